"""Building registers from position 1 beside the live ones.

However many are built, the archive is read once. Each is built over a connection of its own, so that one folds while
the database writes for another, and goes on at its own pace.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import events
import projections
from events.catalogue import read_as
from events.envelope import Recorded
from projections import collecting
from projections.archive import reader
from projections.database import Connection, Role, connect
from projections.projection import Projection
from projections.projector import Folding, create_empty, drop, split
from projections.states.house_limits import adopted

CHUNK = 5_000
AHEAD = 2
"""Chunks that may wait for a register which is slower than the others."""

Chunk = tuple[list[Recorded[Any]], int]
"""Facts, and the position up to which there are no others for the registers."""

Progress = Callable[[int, int], None]
"""Told (done, total) in positions of the log: how far the slowest register is."""


class RebuildRunning(Exception):
    """Another rebuild or comparison of the same register is under way."""

    def __init__(self, register: type[Projection]) -> None:
        super().__init__(f"another rebuild or comparison of {register.live_schema()} is under way")
        self.register = register


class NotLive(Exception):
    """The register has never been built: start the projector once."""

    def __init__(self, register: type[Projection]) -> None:
        super().__init__(f"{register.live_schema()} has never been built")
        self.register = register


class Site:
    """Where a register is built: its tables, its folding, how far it is and has to go, and its own connection."""

    def __init__(self, register: Projection, live: str, connection: Connection) -> None:
        self.register, self.live, self.connection = register, live, connection
        self.folding = Folding([register])
        self.position = self.goal = 0

    @property
    def schema(self) -> str:
        return self.register.schema

    async def open(self) -> None:
        """Finds out where it stands."""
        self.position = await self.folding.open(self.connection)

    async def take(self, connection: Connection, chunk: Chunk) -> None:
        """Folds those facts of the chunk that it lacks, in one transaction with its checkpoint."""
        facts, reached = chunk[0], min(chunk[1], self.goal)
        if reached <= self.position:
            return
        if facts and (facts[0].position <= self.position or facts[-1].position > reached):
            facts = [recorded for recorded in facts if self.position < recorded.position <= reached]
        async with connection.transaction():
            self.position = await self.folding.advance(connection, facts, reached)


class Building:
    """Registers that are built from one reading of the archive."""

    def __init__(self, sites: Sequence[Site], reading: Connection, progress: Progress) -> None:
        self.sites, self._reading, self._progress = sites, reading, progress
        self._types = read_as(frozenset[Any]().union(*(site.register.handles for site in sites)))
        self._told = 0

    async def catch_up(self) -> None:
        """Folds up to where the live registers stand, and on while they move: all side by side."""
        while await self._lags(self._reading):
            feeds = [asyncio.Queue[Chunk | None](AHEAD) for _ in self.sites]
            eating = [self._eat(site, feed) for site, feed in zip(self.sites, feeds, strict=True)]
            await together([self._serve(feeds), *eating])

    async def finish(self, connection: Connection) -> None:
        """The same one after another over one connection, as part of its transaction."""
        while await self._lags(connection):
            async for chunk in self._chunks():
                for site in self.sites:
                    await site.take(connection, chunk)
                self._tell()

    async def _lags(self, connection: Connection) -> bool:
        """Whether a live register is further on than the one being built."""
        for site in self.sites:
            site.goal = await _live_position(connection, type(site.register))
        return any(site.position < site.goal for site in self.sites)

    async def _serve(self, feeds: Sequence[asyncio.Queue[Chunk | None]]) -> None:
        registers = [site.register for site in self.sites]
        async for facts, reached in self._chunks():
            for feed, handled in zip(feeds, split(facts, registers), strict=True):
                await feed.put((handled, reached))
        for feed in feeds:
            await feed.put(None)

    async def _eat(self, site: Site, feed: asyncio.Queue[Chunk | None]) -> None:
        while (chunk := await feed.get()) is not None:
            await site.take(site.connection, chunk)
            self._tell()

    async def _chunks(self) -> AsyncIterator[Chunk]:
        """The facts that any of the registers lacks."""
        goal = max(site.goal for site in self.sites)
        position = min(site.position for site in self.sites if site.position < site.goal)
        while position < goal:
            facts, position = await reader.of_types(self._reading, position, goal, self._types, CHUNK)
            yield facts, position

    def _tell(self) -> None:
        done = min(site.position for site in self.sites)
        if done > self._told:
            self._told = done
            self._progress(done, max(site.goal for site in self.sites))


@asynccontextmanager
async def building(
    url: str, registers: Sequence[type[Projection]], suffix: str, progress: Progress
) -> AsyncIterator[Building]:
    """Sites for the registers, in schemas named like the live ones with the suffix. Nobody else builds them meanwhile.

    Raises `RebuildRunning` or `NotLive`.
    """
    async with AsyncExitStack() as stack:
        sites = []
        for register in registers:
            connection = await stack.enter_async_context(_connection(url))
            live = register.live_schema()
            if not await connection.fetchval("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", f"rebuild {live}"):
                raise RebuildRunning(register)
            await _live_position(connection, register)
            sites.append(Site(register(live + suffix), live, connection))
        reading = await stack.enter_async_context(_connection(url))
        stack.enter_context(collecting.seldom())
        yield Building(sites, reading, progress)


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[Connection]:
    connection = await connect(url, Role.PROJECTOR, "rebuild")
    try:
        yield connection
    finally:
        await connection.close()


async def together(works: Iterable[Awaitable[None]]) -> None:
    """Does all of it side by side. When one fails the others are stopped before that is raised."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _live_position(connection: Connection, register: type[Projection]) -> int:
    """Where the live register stands. Raises `NotLive`."""
    query = "SELECT position FROM projection.checkpoint WHERE register = $1"
    position: int | None = await connection.fetchval(query, register.live_schema())
    if position is None:
        raise NotLive(register)
    return position


async def begin(site: Site) -> None:
    """Empty tables, signed with the code that will fill them."""
    await drop(site.connection, site.schema)
    async with site.connection.transaction():
        await create_empty(site.connection, site.register)
        await sign(site, code())


async def sign(site: Site, name: str) -> None:
    """Notes on the schema who built it."""
    await site.connection.execute(f"COMMENT ON SCHEMA {site.schema} IS '{name}'")


async def built_by(site: Site) -> str:
    """What `sign` wrote; empty when there is no such schema."""
    query = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = $1"
    return await site.connection.fetchval(query, site.schema) or ""


def code() -> str:
    """A digest of the code that folds, and of the limits that it goes by: what other code began is not continued."""
    digest = sha256(adopted().digest.encode())
    for package in (events, projections):
        root = Path(package.__path__[0])
        for file in sorted(root.rglob("*.py")):
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
