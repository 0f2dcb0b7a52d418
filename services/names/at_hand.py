"""The heads of all households at hand in this process, as far as the register has come.

They are read at the start, in the background and in small parts, so that other questions are answered meanwhile. From
then on whoever searches says where the register stands in his session, and what has come since is read before he is
answered: what is at hand is never behind what he sees. A register that was built anew is read anew.
"""

from __future__ import annotations

import asyncio
import time

import structlog

from projections.database import Pool
from projections.registers import heads
from projections.registers.heads import Stand
from services.names.folding import folded
from services.names.index import HeadIndex
from services.vault.keys import Keys

log = structlog.get_logger()

PART = 100
"""Heads opened at once: some milliseconds in which this process does nothing else."""
PARTS_FOR_ONE = 50
"""What somebody who searches waits for; when more has come at once he is told to ask again."""
LOOK_EVERY_SECONDS = 1.0
TELL_EVERY_SECONDS = 10.0


class NotReadYet(Exception):
    """The heads are still being read: ask again in some seconds."""


class HeadsAtHand:
    """`keeper` is a pool in the role of the keeper. A household whose key ends is found no more from then on.

    Everything that was believed up to where `_stand` says is in the index, and as a rule nothing else.
    """

    def __init__(self, keys: Keys, keeper: Pool) -> None:
        self._keys = keys
        self._keeper = keeper
        self._index = HeadIndex()
        self._stand = Stand(0, 0)
        self._turn = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        keys.when_forgotten(lambda owners: self._index.forget(owners))

    def start(self) -> None:
        """Begins to read what there is; nothing new where that is under way."""
        if not self._is_reading():
            self._task = asyncio.create_task(self._read())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def at(self, wanted: Stand) -> HeadIndex:
        """The heads, with everything that a session sees in which the register stands there. Raises `NotReadYet`."""
        if self._stand.generation == wanted.generation and not self._is_reading():
            await self._go_on(wanted.position)
        if self._stand.generation == wanted.generation and self._stand.position >= wanted.position:
            return self._index
        # Of two generations the session may see the older: who asks again sees the other.
        if self._stand.generation <= wanted.generation:
            self.start()
        raise NotReadYet

    def _is_reading(self) -> bool:
        return self._task is not None and not self._task.done()

    async def _go_on(self, position: int) -> None:
        """Reads what has come up to the position, unless it is more than somebody can wait for."""
        for _ in range(PARTS_FOR_ONE):
            if self._stand.position >= position:
                return
            async with self._turn:
                if self._stand.position < position:
                    await self._part()

    async def _part(self) -> bool:
        """Reads what comes next; whether that was everything."""
        found = await heads.since(self._keeper, self._stand.position, PART)
        if found is None:
            # The register is not built yet: an installation starts for the first time.
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            return False
        if found.stand.generation != self._stand.generation:
            self._index, self._stand = HeadIndex(), Stand(found.stand.generation, 0)
            return False
        sealed = [(line.household, "head", line.head) for line in found.heads if line.head is not None]
        names = iter(await self._keys.read_in_passing(sealed))
        for line in found.heads:
            name = None if line.head is None else next(names)
            # Its key may have ended while we read.
            if name is not None and not self._keys.has_ended(line.household):
                self._index.add(line.unit, line.household, folded(name))
        self._stand = found.stand
        return not found.more

    async def _read(self) -> None:
        started = told = time.monotonic()
        whole = False
        while not whole:
            try:
                async with self._turn:
                    whole = await self._part()
            except Exception as trouble:
                # The database may be away for a moment; nothing is skipped.
                log.warning("names.waits", kind=type(trouble).__name__)
                await asyncio.sleep(LOOK_EVERY_SECONDS)
            if time.monotonic() - told > TELL_EVERY_SECONDS:
                told = time.monotonic()
                log.info("names.reading", heads=len(self._index), position=self._stand.position)
        for _ in self._index.put_in_order():
            await asyncio.sleep(0)
        log.info("names.read", heads=len(self._index), seconds=round(time.monotonic() - started, 1))
