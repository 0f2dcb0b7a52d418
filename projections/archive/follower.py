"""The follower: copies the log into the archive, in order, and stops at a gap."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

import asyncpg
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.client import JetStreamContext
from nats.js.errors import ServiceUnavailableError

from events.log.publishing import ID_HEADER, TYPE_HEADER
from events.log.reading import message_at
from events.log.stream import STREAM, SUBJECTS, LogRefused, check_stream, last_position
from projections.database import Connection
from projections.inserting import insert

log = structlog.get_logger()

CHUNK = 1000
WAIT_SECONDS = 5.0
CHECK_EVERY_SECONDS = 30.0
CHANNEL = "soho_archive"
"""Told the archive's head by a trigger of the archive, in the transaction that moves it."""
COLUMNS = ("position", "recorded_ns", "subject", "type", "id", "headers", "data", "leaf")
LOCK = 7_305_001

T = TypeVar("T")

Row = tuple[int, int, str, str, UUID, bytes, bytes, bytes]


TO_BE_ENDED = r"""SELECT code, position FROM archive.alarm
                  WHERE ended_at IS NULL AND (code LIKE 'stream\_%' OR code = 'gap') ORDER BY alarm LIMIT 1"""
WHAT_TO_DO = "Nothing is copied until an operator has mended it, ended this (soho alarm end) and started it again."


class Gap(Exception):
    """The log skipped a position: the archive stops here until an operator has looked at the disk."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"expected position {expected}, the log delivered {found}")
        self.position = expected


class DuplicateId(Exception):
    """The log has an id at a second position: a fact must be known by its id, so the archive stops before it."""

    def __init__(self, position: int, first: int) -> None:
        super().__init__(f"position {position} has the id of position {first}")
        self.position = position


class NotOurs(Exception):
    """A message in the log was not written by Sổ Hộ: it has no type or no id."""


CODES: Mapping[type[Exception], str] = {Gap: "gap", DuplicateId: "duplicate_id", NotOurs: "notours"}
"""What stops the archive → the code of its alarm."""


def leaf_hash(data: bytes) -> bytes:
    """RFC 6962 leaf hash of the stored bytes (32 bytes)."""
    return sha256(b"\x00" + data).digest()


def row(message: Msg) -> Row:
    """The archive's row for a delivered message. Raises `NotOurs`."""
    place = message.reply.split(".")
    headers = message.headers or {}
    try:
        kind, fact = headers[TYPE_HEADER], UUID(headers[ID_HEADER])
    except (KeyError, ValueError) as missing:
        raise NotOurs(f"message {place[5]} on {message.subject}: no usable {missing}") from missing
    raw = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    data = message.data
    return int(place[5]), int(place[7]), message.subject, kind, fact, raw, data, leaf_hash(data)


def contiguous(rows: Sequence[Row], after: int) -> None:
    """Raises `Gap` unless the rows stand at after+1, after+2, …"""
    for expected, candidate in enumerate(rows, after + 1):
        if candidate[0] != expected:
            raise Gap(expected, candidate[0])


async def _unless(stop: asyncio.Event, work: Awaitable[T]) -> T | None:
    """What the work comes to; None when it was stopped first."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.wait((working, stopping))


class Follower:
    """Copies until stopped. One process at a time: an advisory lock holds the place."""

    def __init__(self, client: Client, connection: Connection) -> None:
        self._client = client
        self._connection = connection
        self._head = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Follows until `stop`. A gap, a foreign message or a changed stream raises an alarm and ends the copying,
        but not the process: whoever looks must find it standing there. An alarm that is still open does the same."""
        if await _unless(stop, self._connection.execute("SELECT pg_advisory_lock($1)", LOCK)) is None:
            return
        self._head = await self._connection.fetchval("SELECT archive.head()")
        held = await self._connection.fetchrow(TO_BE_ENDED)
        if held is not None:
            # The cause may have gone by itself, as an older log grows; what it did to the facts has not.
            log.error("archive.stands_still", code=held["code"], position=held["position"])
            await stop.wait()
            return
        try:
            await self._remember_stream()
            await self._follow(stop)
        except (Gap, DuplicateId, NotOurs, LogRefused) as trouble:
            await self._alarm(trouble)
            await stop.wait()

    async def _follow(self, stop: asyncio.Event) -> None:
        asked_twice = -1
        while not stop.is_set():
            try:
                await self._copy(stop)
            except Gap as gap:
                # What was lost on its way to us is delivered once more; what the log has lost is not.
                if asked_twice == self._head:
                    raise
                asked_twice = self._head
                log.warning("archive.asked_again", position=gap.position)

    async def _copy(self, stop: asyncio.Event) -> None:
        """Copies until `stop`, or until the server has forgotten us (it does when it is started anew)."""
        subscription = await self._subscribe()
        waiting = 0
        checked = asyncio.get_running_loop().time()
        try:
            # Now that it knows us: a server with another log behind it does not.
            await self._remember_stream()
            while not stop.is_set():
                try:
                    # Nothing waiting: the next one is delivered at once if one is all that is asked for.
                    messages = await _unless(stop, subscription.fetch(min(waiting, CHUNK) or 1, timeout=WAIT_SECONDS))
                except TimeoutError:
                    messages = None
                except ServiceUnavailableError:
                    return
                waiting = 0
                if messages:
                    await self._keep([row(message) for message in messages])
                    waiting = messages[-1].metadata.num_pending
                elif not stop.is_set() and await last_position(self._client) > self._head:
                    return
                if asyncio.get_running_loop().time() - checked > CHECK_EVERY_SECONDS:
                    await self._remember_stream()
                    checked = asyncio.get_running_loop().time()
        finally:
            await subscription.unsubscribe()

    async def _subscribe(self) -> JetStreamContext.PullSubscription:
        config = ConsumerConfig(
            ack_policy=AckPolicy.NONE,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=self._head + 1,
            mem_storage=True,
            inactive_threshold=60,
        )
        return await self._client.jetstream().pull_subscribe(SUBJECTS, stream=STREAM, config=config)

    async def _keep(self, rows: list[Row]) -> None:
        contiguous(rows, self._head)
        try:
            await self._insert(rows)
        except asyncpg.UniqueViolationError:
            duplicate = await self._duplicate(rows)
            if good := rows[: duplicate.position - 1 - self._head]:
                await self._insert(good)
            raise duplicate from None

    async def _insert(self, rows: list[Row]) -> None:
        await insert(self._connection, "archive", "message", COLUMNS, rows)
        self._head = rows[-1][0]

    async def _duplicate(self, rows: list[Row]) -> DuplicateId:
        """Which of the rows has an id that stands before it already. Raises `LookupError` when none has."""
        known = "SELECT id, position FROM archive.message WHERE id = ANY($1::uuid[])"
        found = await self._connection.fetch(known, [one[4] for one in rows])
        seen: dict[UUID, int] = {row["id"]: row["position"] for row in found}
        for one in rows:
            if one[4] in seen:
                return DuplicateId(one[0], seen[one[4]])
            seen[one[4]] = one[0]
        raise LookupError("no id stands twice")

    async def _remember_stream(self) -> None:
        """Checks settings, creation time and first position against those seen at the very first start, and whether the
        log still has what was archived last."""
        state = await check_stream(self._client)
        await self._connection.execute(
            "INSERT INTO archive.stream (created, first) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            state.created,
            1,
        )
        known = await self._connection.fetchrow("SELECT created, first FROM archive.stream")
        if known is None or known["created"] != state.created:
            raise LogRefused("stream_replaced", f"stream {STREAM} was created anew on {state.created}")
        if state.last and state.first != known["first"]:
            raise LogRefused("stream_shortened", f"stream {STREAM} now begins at {state.first}")
        if state.last < self._head:
            raise LogRefused("stream_shortened", f"stream {STREAM} ends at {state.last}, the archive at {self._head}")
        if not await self._has_our_last():
            raise LogRefused("stream_diverged", f"stream {STREAM} has another fact at {self._head} than the archive")

    async def _has_our_last(self) -> bool:
        """Whether id and data at the archive's last position are what the log has there. An older copy of the log that
        went on has the right length, beginning and creation time, but other facts."""
        ours = await self._connection.fetchrow("SELECT id, leaf FROM archive.message WHERE position = $1", self._head)
        if ours is None:
            return self._head == 0
        theirs = await message_at(self._client, self._head)
        return theirs is not None and theirs[0].lower() == str(ours["id"]) and leaf_hash(theirs[1]) == ours["leaf"]

    async def _alarm(self, trouble: Gap | DuplicateId | NotOurs | LogRefused) -> None:
        code = trouble.code if isinstance(trouble, LogRefused) else CODES[type(trouble)]
        position = trouble.position if isinstance(trouble, Gap | DuplicateId) else self._head
        log.error("archive.stopped", code=code, position=position, reason=str(trouble))
        await self._connection.execute(
            """INSERT INTO archive.alarm (code, position, message) SELECT $1, $2, $3
               WHERE NOT EXISTS (SELECT FROM archive.alarm WHERE code = $1 AND position = $2 AND ended_at IS NULL)""",
            code,
            position,
            f"{trouble}. {WHAT_TO_DO}",
        )
