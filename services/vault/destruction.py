"""Carrying out what the log says has ended: keys whose facts were recorded are destroyed, whatever happened meanwhile.

Intake destroys a key as it records the fact. What a crash came between, what another process recorded, and what a vault
restored from an older backup has again, is made good here: before anything is served, and then all the time.
"""

from __future__ import annotations

import asyncio
from uuid import UUID

import structlog
from nats.aio.client import Client

from events.catalogue import BODIES, DESTROYING, decode, destroyed
from events.log.reading import next_of
from projections.archive import reader
from projections.database import Pool
from services.vault.keys import Keys

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 1.0

SUBJECTS = sorted({f"facts.{BODIES[name].BOUNDARY[0]}.*" for name in DESTROYING})

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
        self._task: asyncio.Task[None] | None = None

    async def start(self, client: Client) -> None:
        """Makes sure that everything is destroyed that ever was, and goes on until `close`.

        From the first position on: of a vault that was put back from a backup in parts, the position may be newer than
        the keys. And to the end of the log, which an archive put back from the same backup does not have yet.
        """
        await self._destroy_after(0)
        await self._destroy_ahead(client)
        self._task = asyncio.create_task(self._follow())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def catch_up(self) -> None:
        """Destroys the keys that end with facts which the vault has not seen."""
        # Asked anew each time: a vault may be put back from its backup while this runs.
        await self._destroy_after(await self._keeper.fetchval(POSITION))

    async def _destroy_after(self, position: int) -> None:
        async with self._archive.acquire() as connection:
            await self._destroy(await reader.destroyed_after(connection, position))

    async def _destroy_ahead(self, client: Client) -> None:
        """What ends with facts that the log has and the archive does not."""
        async with self._archive.acquire() as connection:
            head = await reader.head(connection)
        ahead: list[tuple[int, UUID]] = []
        for subject in SUBJECTS:
            position = head
            while (message := await next_of(client, subject, position)) is not None:
                position, kind, data = message
                owner = destroyed(decode(kind, data).body) if kind in DESTROYING else None
                if owner is not None:
                    ahead.append((position, owner))
        await self._destroy(sorted(ahead))

    async def _destroy(self, found: list[tuple[int, UUID]]) -> None:
        if found:
            await self._keys.destroy(owner for _, owner in found)
            await self._keeper.execute(REACHED, found[-1][0])
            log.info("vault.keys_destroyed", count=len(found), position=found[-1][0])

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            try:
                await self.catch_up()
            except Exception as trouble:
                # The database may be away for a moment; nothing is skipped.
                log.warning("vault.destruction_waits", kind=type(trouble).__name__)
