"""The follower: copies the log into the archive, in order, and stops at a gap."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.client import JetStreamContext

from events.log.publishing import ID_HEADER, TYPE_HEADER
from events.log.stream import STREAM, SUBJECTS, LogRefused, check_stream, last_position
from projections.database import Connection

log = structlog.get_logger()

CHUNK = 1000
WAIT_SECONDS = 5.0
CHECK_EVERY_SECONDS = 30.0
CHANNEL = "soho_archive"
COLUMNS = ("position", "recorded_ns", "subject", "type", "id", "headers", "data", "leaf")
LOCK = 7_305_001

T = TypeVar("T")

Row = tuple[int, int, str, str, UUID, bytes, bytes, bytes]


class Gap(Exception):
    """The log skipped a position: the archive stops here until an operator has looked at the disk."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"expected position {expected}, the log delivered {found}")
        self.expected = expected


class NotOurs(Exception):
    """A message in the log was not written by Sổ Hộ: it has no type or no id."""


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
        but not the process: whoever looks must find it standing there."""
        if await _unless(stop, self._connection.execute("SELECT pg_advisory_lock($1)", LOCK)) is None:
            return
        self._head = await self._connection.fetchval("SELECT archive.head()")
        try:
            await self._remember_stream()
            await self._follow(stop)
        except (Gap, NotOurs, LogRefused) as trouble:
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
                log.warning("archive.asked_again", position=gap.expected)

    async def _copy(self, stop: asyncio.Event) -> None:
        """Copies until `stop`, or until the server has forgotten us (it does when it is started anew)."""
        subscription = await self._subscribe()
        checked = asyncio.get_running_loop().time()
        try:
            while not stop.is_set():
                try:
                    messages = await _unless(stop, subscription.fetch(CHUNK, timeout=WAIT_SECONDS))
                except TimeoutError:
                    messages = None
                if messages:
                    await self._keep([row(message) for message in messages])
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
        """One COPY is one transaction; a notice lost after it is made good by the projector's own looking."""
        contiguous(rows, self._head)
        await self._connection.copy_records_to_table("message", schema_name="archive", columns=COLUMNS, records=rows)
        self._head = rows[-1][0]
        await self._connection.execute("SELECT pg_notify($1, $2)", CHANNEL, str(self._head))

    async def _remember_stream(self) -> None:
        """Checks settings, creation time and first position against those seen at the very first start."""
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

    async def _alarm(self, trouble: Gap | NotOurs | LogRefused) -> None:
        code = trouble.code if isinstance(trouble, LogRefused) else type(trouble).__name__.lower()
        position = trouble.expected if isinstance(trouble, Gap) else self._head
        log.error("archive.stopped", code=code, position=position, reason=str(trouble))
        await self._connection.execute(
            """INSERT INTO archive.alarm (code, position, message) SELECT $1, $2, $3
               WHERE NOT EXISTS (SELECT FROM archive.alarm WHERE code = $1 AND position = $2 AND ended_at IS NULL)""",
            code,
            position,
            str(trouble),
        )
