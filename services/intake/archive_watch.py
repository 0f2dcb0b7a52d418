"""Watching the archive grow: who must see a position waits for it here, and intake learns when it lags."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import asyncpg
import structlog

from events.log.stream import DUPLICATE_WINDOW_SECONDS
from projections.archive.follower import CHANNEL as ARCHIVED
from projections.database import Connection
from projections.projector import CHANNEL as PROJECTED
from projections.registers import LIVE

log = structlog.get_logger()

LONGEST_LAG_SECONDS = DUPLICATE_WINDOW_SECONDS / 2
PATIENCE_SECONDS = 10.0
LOOK_EVERY_SECONDS = 1.0

HEADS = """SELECT archive.head(), (SELECT CASE WHEN count(*) = cardinality($1::text[]) THEN min(position) ELSE 0 END
           FROM projection.checkpoint WHERE register = ANY($1::text[])),
           EXISTS (SELECT FROM archive.alarm WHERE ended_at IS NULL)"""
UNREACHABLE = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
)
"""PostgreSQL does not answer, or not any more: it may come back."""


class Behind(Exception):
    """The position was not reached in time by what `channel` tells of: the archive, or the registers."""

    def __init__(self, position: int, channel: str) -> None:
        super().__init__(f"position {position} was not reached on {channel}")
        self.position = position
        self.channel = channel


class ArchiveWatch:
    """Heads of the archive and of the registers, as their notices tell.

    A notice can be missed and the connection lost, so it also looks by itself, and comes back after a loss. Other
    processes record too: it looks at the end of the log as well.
    """

    def __init__(
        self, connect: Callable[[], Awaitable[Connection]], last_position: Callable[[], Awaitable[int]]
    ) -> None:
        self._connect = connect
        self._last_position = last_position
        self._connection: Connection | None = None
        self._heads = {ARCHIVED: 0, PROJECTED: 0}
        self._alarmed = False
        self._shortened = False
        self._moved = asyncio.Condition()
        self._acknowledged: list[tuple[float, int]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Looks where everything stands now, gives the archive a moment to catch up with the log, and goes on watching
        until `close`."""
        await self._look_at_heads()
        last = await self._look_at_log()
        with suppress(Behind):
            await self.reached(last)
        # What waits still may have waited for any time.
        self.acknowledged(last, -float("inf"))
        self._keep(self._watch())

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._connection is not None:
            await self._connection.close()

    @property
    def archived(self) -> int:
        return self._heads[ARCHIVED]

    @property
    def projected(self) -> int:
        return self._heads[PROJECTED]

    @property
    def log_refused(self) -> bool:
        """Whether the archive does not follow this log: an alarm is open, or the log ends before the archive does."""
        return self._alarmed or self._shortened

    async def reached(self, position: int, channel: str = ARCHIVED) -> None:
        """Waits until the archive (or the registers) have the position. Raises `Behind`."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._moved:
                await self._moved.wait_for(lambda: self._heads[channel] >= position)
        except TimeoutError:
            raise Behind(position, channel) from None

    def acknowledged(self, position: int, at: float | None = None) -> None:
        """Told of each recorded position (`at` this moment of the monotonic clock), so that a lag is noticed."""
        self._acknowledged = [waiting for waiting in self._acknowledged if waiting[1] > self.archived]
        moment = time.monotonic() if at is None else at
        last = self._acknowledged[-1] if self._acknowledged else None
        if position > (last[1] if last else self.archived) and (not last or moment - last[0] > LOOK_EVERY_SECONDS):
            self._acknowledged.append((moment, position))

    def lag_seconds(self) -> float:
        """How long the oldest recorded position has waited to be archived."""
        waiting = [at for at, position in self._acknowledged if position > self.archived]
        return time.monotonic() - waiting[0] if waiting else 0.0

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            # Whatever fails: who stopped looking would take facts for ever without knowing where they go.
            try:
                await self._look_at_heads()
            except Exception as trouble:
                log.warning("intake.archive_unreachable", kind=type(trouble).__name__)
                if self._connection is not None:
                    self._connection.terminate()
            try:
                self.acknowledged(await self._look_at_log())
            except Exception as trouble:
                log.warning("intake.log_unreachable", kind=type(trouble).__name__)

    async def _look_at_log(self) -> int:
        """The end of the log."""
        # Before the log is asked: what is archived meanwhile may lie behind the answer.
        archived = self.archived
        last = await self._last_position()
        self._shortened = last < archived
        return last

    async def _look_at_heads(self) -> None:
        if self._connection is None or self._connection.is_closed():
            self._connection = await self._connect()
            for channel in self._heads:
                await self._connection.add_listener(channel, self._heard)
        heads = await self._connection.fetchrow(HEADS, LIVE)
        assert heads is not None
        self._set(ARCHIVED, heads[0])
        self._set(PROJECTED, heads[1])
        self._alarmed = heads[2]

    def _heard(self, _connection: Any, _pid: int, channel: str, payload: object) -> None:
        self._set(channel, int(str(payload)))

    def _set(self, channel: str, position: int) -> None:
        # It falls back when PostgreSQL was killed: the last of what was archived is copied again.
        if position != self._heads[channel]:
            self._heads[channel] = position
            self._keep(self._tell())

    def _keep(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell(self) -> None:
        async with self._moved:
            self._moved.notify_all()
