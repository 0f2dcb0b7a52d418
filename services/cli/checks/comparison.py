"""The log and the archive, message by message: two copies of the same facts must be the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from nats.aio.client import Client
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.client import JetStreamContext

from events.catalogue import UnknownType, boundary, decode
from events.log.stream import STREAM, SUBJECTS
from projections.archive.follower import COLUMNS, NotOurs, Row, leaf_hash, row
from projections.database import Connection
from services.cli.checks.findings import Outcome, Wrong

CHUNK = 1000
WAIT_SECONDS = 3.0

Told = Callable[[int], None]
"""Told the position up to which the copies have been compared."""

_head = msgspec.json.Decoder(dict[str, msgspec.Raw])


async def compare(client: Client, connection: Connection, first: int, last: int, told: Told) -> Outcome:
    """Every message from position `first` to `last`: there in both copies, alike in every part, and each archived row
    true in itself (leaf hash, and what the headers and the subject say of the data)."""
    wrong: list[Wrong] = []
    subscription = await _subscribe(client, first)
    at = first - 1
    try:
        while at < last:
            messages = await _next(subscription)
            in_log: dict[int, Row | NotOurs] = {}
            for message in messages:
                position = int(message.reply.split(".")[5])
                if position <= last:
                    in_log[position] = _row(message)
            upto = max(in_log) if in_log and len(messages) == CHUNK else last
            archived = {found[0]: found for found in await _archived(connection, at, upto)}
            for position in range(at + 1, upto + 1):
                wrong += _differences(position, in_log.get(position), archived.get(position))
            at = upto
            told(at)
    finally:
        await subscription.unsubscribe()
    return Outcome("archive_equals_log", max(last - first + 1, 0), wrong)


async def _subscribe(client: Client, first: int) -> JetStreamContext.PullSubscription:
    config = ConsumerConfig(
        ack_policy=AckPolicy.NONE,
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
        opt_start_seq=first,
        mem_storage=True,
        inactive_threshold=60,
    )
    return await client.jetstream().pull_subscribe(SUBJECTS, stream=STREAM, config=config)


async def _next(subscription: JetStreamContext.PullSubscription) -> list[Any]:
    """A full chunk, or all that is left."""
    messages: list[Any] = []
    while len(messages) < CHUNK:
        try:
            messages += await subscription.fetch(CHUNK - len(messages), timeout=WAIT_SECONDS)
        except TimeoutError:
            break
        if messages[-1].reply.split(".")[8] == "0":
            break
    return messages


def _row(message: Any) -> Row | NotOurs:
    try:
        return row(message)
    except NotOurs as foreign:
        return foreign


async def _archived(connection: Connection, after: int, upto: int) -> Sequence[Any]:
    columns = ", ".join(COLUMNS)
    query = f"SELECT {columns} FROM archive.message WHERE position > $1 AND position <= $2"  # noqa: S608
    return await connection.fetch(query, after, upto)


def _differences(position: int, in_log: Row | NotOurs | None, archived: Any | None) -> list[Wrong]:
    if isinstance(in_log, NotOurs):
        return [Wrong("not_ours", str(in_log), position)]
    found = [] if archived is None else _untrue(position, archived)
    if archived is None:
        return [Wrong("missing_in_archive", "the archive has no such position", position)]
    if in_log is None:
        return [*found, Wrong("missing_in_log", "the log does not deliver this position", position)]
    different = [name for name, one, other in zip(COLUMNS, in_log, archived, strict=True) if one != other]
    if different:
        found.append(Wrong("differs", f"{', '.join(different)} differ: {_verdict(in_log, archived)}", position))
    return found


def _verdict(in_log: Row, archived: Any) -> str:
    """Which of the two copies was changed, as far as the leaf hash kept in the archive tells."""
    if archived["leaf"] == leaf_hash(in_log[6]):
        return "the log has what was first archived, the archive was changed"
    if archived["leaf"] == leaf_hash(archived["data"]):
        return "the archive agrees with its own leaf hash, the log was changed (or the archive, with its hash)"
    return "neither agrees with the leaf hash in the archive"


def _untrue(position: int, archived: Any) -> list[Wrong]:
    """What an archived row says of itself that is not so."""
    found = []
    if archived["leaf"] != leaf_hash(archived["data"]):
        found.append(Wrong("leaf_hash", "the archived data does not have the archived leaf hash", position))
    try:
        fact = decode(archived["type"], archived["data"])
        stated = msgspec.json.decode(_head.decode(archived["data"])["type"], type=str)
    except (UnknownType, msgspec.DecodeError, UnicodeDecodeError):
        return [*found, Wrong("undecodable", f"the archived data is no {archived['type']}", position)]
    for name, said, held in (
        ("type", archived["type"], stated),
        ("id", archived["id"], fact.id),
        ("subject", archived["subject"], boundary(fact.body)),
    ):
        if said != held:
            found.append(Wrong("header_mismatch", f"the archive says {name} {said}, the data {held}", position))
    return found
