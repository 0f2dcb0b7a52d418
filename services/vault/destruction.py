"""Carrying out what the log says has ended: keys whose facts were recorded are destroyed, whatever happened meanwhile.

Intake destroys a key as it records the fact. What a crash came between, what another process recorded, and what a vault
restored from an older backup has again, is made good here: before anything is served, and then all the time.
"""

from __future__ import annotations

import asyncio

import structlog

from projections.archive import reader
from projections.database import Pool
from services.vault.keys import Keys

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0

POSITION = "SELECT coalesce(max(position), 0) FROM vault.destroyed"
REACHED = """INSERT INTO vault.destroyed (position) VALUES ($1)
             ON CONFLICT (singleton) DO UPDATE SET position = excluded.position
             WHERE destroyed.position < excluded.position"""


class Destruction:
    """Follows the archive. `keeper` and `archive` are pools in the roles of the keeper and of intake."""

    def __init__(self, keys: Keys, keeper: Pool, archive: Pool) -> None:
        self._keys = keys
        self._keeper = keeper
        self._archive = archive
        self._position = 0
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Catches up from where the vault stands, and goes on until `close`."""
        self._position = await self._keeper.fetchval(POSITION)
        await self.catch_up()
        self._task = asyncio.create_task(self._follow())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def catch_up(self) -> None:
        """Destroys the keys that end with facts not looked at yet."""
        async with self._archive.acquire() as connection:
            found = await reader.destroyed_after(connection, self._position)
        if found:
            await self._keys.destroy(owner for _, owner in found)
            await self._keeper.execute(REACHED, found[-1][0])
            self._position = found[-1][0]
            log.info("vault.keys_destroyed", count=len(found), position=self._position)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            try:
                await self.catch_up()
            except Exception as trouble:
                # The database may be away for a moment; nothing is skipped.
                log.warning("vault.destruction_waits", kind=type(trouble).__name__)
