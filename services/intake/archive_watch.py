"""Watching the archive grow: who must see a position waits for it here, and intake learns when it lags."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from events.log.stream import DUPLICATE_WINDOW_SECONDS
from projections.archive.follower import CHANNEL as ARCHIVED
from projections.database import Connection
from projections.projector import CHANNEL as PROJECTED

LONGEST_LAG_SECONDS = DUPLICATE_WINDOW_SECONDS / 2
PATIENCE_SECONDS = 10.0


class Behind(Exception):
    """The position was not reached in time."""


class ArchiveWatch:
    """Heads of the archive and of the registers, as their notices tell."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._heads = {ARCHIVED: 0, PROJECTED: 0}
        self._moved = asyncio.Condition()
        self._acknowledged: list[tuple[float, int]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listens, and reads where the heads stand now."""
        for channel in self._heads:
            await self._connection.add_listener(channel, self._heard)
        self._set(ARCHIVED, await self._connection.fetchval("SELECT archive.head()"))
        at = await self._connection.fetchval("SELECT coalesce(min(position), 0) FROM projection.checkpoint")
        self._set(PROJECTED, at)

    @property
    def archived(self) -> int:
        return self._heads[ARCHIVED]

    @property
    def projected(self) -> int:
        return self._heads[PROJECTED]

    async def reached(self, position: int, channel: str = ARCHIVED) -> None:
        """Waits until the archive (or the registers) have the position. Raises `Behind`."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._moved:
                await self._moved.wait_for(lambda: self._heads[channel] >= position)
        except TimeoutError:
            raise Behind(str(position)) from None

    def acknowledged(self, position: int) -> None:
        """Told of each recorded position, so that a lag of the archive is noticed."""
        self._acknowledged = [(at, p) for at, p in self._acknowledged if p > self.archived]
        if not self._acknowledged or time.monotonic() - self._acknowledged[-1][0] > 1:
            self._acknowledged.append((time.monotonic(), position))

    def lag_seconds(self) -> float:
        """How long the oldest recorded position has waited to be archived."""
        waiting = [at for at, position in self._acknowledged if position > self.archived]
        return time.monotonic() - waiting[0] if waiting else 0.0

    def _heard(self, _connection: Any, _pid: int, channel: str, payload: object) -> None:
        self._set(channel, int(str(payload)))

    def _set(self, channel: str, position: int) -> None:
        if position > self._heads[channel]:
            self._heads[channel] = position
            task = asyncio.ensure_future(self._tell())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _tell(self) -> None:
        async with self._moved:
            self._moved.notify_all()
