"""Rebuilding a register beside the live one, and comparing the live one with what the archive says.

A rebuild can be killed at any moment and started again: it goes on where it stood, unless the code has changed since.
It writes to PostgreSQL only, so that building twice does nothing twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import structlog

import events
import projections
from events.catalogue import read_as
from events.envelope import Recorded
from projections import collecting
from projections.archive import reader
from projections.database import Connection, Role, connect
from projections.projection import Projection
from projections.projector import Folding, analyse, create_empty, drop

log = structlog.get_logger()

CHUNK = 5_000
INDEXED = " indexed"
EXAMPLES = 100
"""Differing rows that `compare` returns at most, for each table and side."""

Chunk = tuple[list[Recorded[Any]], int]
"""Facts, and the position up to which there are no others for the register."""

Progress = Callable[[int, int], None]
"""Told (done, total) in positions of the log."""


class RebuildRunning(Exception):
    """Another rebuild or comparison of the same register is under way."""


class NotLive(Exception):
    """The register has never been built: start the projector once."""


class Difference(msgspec.Struct, frozen=True):
    """A row that stands only on one `side`: "live" or "refolded". The row is JSON text."""

    table: str
    side: str
    row: str


class _Site:
    """Where a register is built: its folding, and the connections to write and to read ahead."""

    def __init__(self, register: Projection, live: str, writing: Connection, reading: Connection) -> None:
        self.register, self.live, self.writing, self.reading = register, live, writing, reading
        self.types = read_as(register.handles)
        self.folding = Folding([register])
        self.position = 0

    async def goal(self) -> int:
        """Where the live register stands."""
        query = "SELECT position FROM projection.checkpoint WHERE register = $1"
        position: int | None = await self.writing.fetchval(query, self.live)
        if position is None:
            raise NotLive(self.live)
        return position

    async def catch_up(self, progress: Progress) -> None:
        """Folds up to where the live register stands, and on while it moves."""
        while self.position < (goal := await self.goal()):
            async for facts, reached in self._chunks(goal):
                async with self.writing.transaction():
                    self.position = await self.folding.advance(self.writing, facts, reached)
                progress(self.position, goal)

    async def _chunks(self, goal: int) -> AsyncIterator[Chunk]:
        """The register's facts up to `goal`; while a chunk is folded the next one is on its way."""
        position = self.position
        ahead = self._read(position, goal)
        try:
            while position < goal:
                facts, position = await ahead
                ahead = self._read(position, goal)
                yield facts, position
        finally:
            ahead.cancel()
            await asyncio.wait([ahead])

    def _read(self, position: int, goal: int) -> asyncio.Task[Chunk]:
        return asyncio.create_task(reader.of_types(self.reading, position, goal, self.types, CHUNK))


async def rebuild(url: str, register_class: type[Projection], progress: Progress) -> None:
    """Builds the register anew from position 1 and puts it in the place of the live one.

    A running projector waits for the length of the swap, finds its checkpoint fenced, and goes on with the new tables.
    Raises `RebuildRunning` or `NotLive`.
    """
    async with _site(url, register_class, "_new") as site:
        built_by, code = await _built_by(site.writing, site.register.schema), _code()
        if built_by not in (code, code + INDEXED):
            await _start(site)
        site.position = await site.folding.open(site.writing)
        await site.catch_up(progress)
        if built_by != code + INDEXED:
            async with site.writing.transaction():
                await site.writing.execute(site.register.index())
                await _sign(site.writing, site.register.schema, code + INDEXED)
            await site.catch_up(progress)
        await analyse(site.writing, site.register.schema)
        await _swap(site, progress)
        await site.writing.execute(f"DROP SCHEMA {_old(site.live)} CASCADE")


async def compare(url: str, register_class: type[Projection], progress: Progress) -> list[Difference]:
    """Folds the archive again and compares with the live register, row by row, at the position where it stands.

    Empty when they agree. Raises `RebuildRunning` or `NotLive`.
    """
    async with _site(url, register_class, "_check") as site:
        await _start(site)
        try:
            site.position = await site.folding.open(site.writing)
            await site.catch_up(progress)
            # One snapshot for the position and the rows: the live register may move on meanwhile.
            async with site.writing.transaction(isolation="repeatable_read"):
                await site.catch_up(progress)
                return await _differences(site)
        finally:
            await drop(site.writing, site.register.schema)


@asynccontextmanager
async def _site(url: str, register_class: type[Projection], suffix: str) -> AsyncIterator[_Site]:
    writing = await connect(url, Role.PROJECTOR, "rebuild")
    reading = await connect(url, Role.PROJECTOR, "rebuild")
    live = register_class.live_schema()
    try:
        if not await writing.fetchval("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", f"rebuild {live}"):
            raise RebuildRunning(f"another rebuild or comparison of {live} is under way")
        site = _Site(register_class(live + suffix), live, writing, reading)
        await site.goal()
        with collecting.seldom():
            yield site
    finally:
        await reading.close()
        await writing.close()


async def _start(site: _Site) -> None:
    await drop(site.writing, site.register.schema)
    async with site.writing.transaction():
        await create_empty(site.writing, site.register)
        await _sign(site.writing, site.register.schema, _code())


async def _swap(site: _Site, progress: Progress) -> None:
    """The last facts, then the names, in one transaction. The old tables go afterwards: they may still be read."""
    new, live, old = site.register.schema, site.live, _old(site.live)
    await site.writing.execute(f"DROP SCHEMA IF EXISTS {old} CASCADE")
    async with site.writing.transaction():
        await site.writing.execute("SELECT FROM projection.checkpoint WHERE register = $1 FOR UPDATE", live)
        await site.catch_up(progress)
        await site.writing.execute(f"ALTER SCHEMA {live} RENAME TO {old}")
        await site.writing.execute(f"ALTER SCHEMA {new} RENAME TO {live}")
        await site.writing.execute("DELETE FROM projection.checkpoint WHERE register = $1", new)
        await site.writing.execute(
            "UPDATE projection.checkpoint SET generation = generation + 1 WHERE register = $1", live
        )
        await site.writing.execute("DELETE FROM projection.quarantine WHERE register = $1", live)
        await site.writing.execute("UPDATE projection.quarantine SET register = $2 WHERE register = $1", new, live)
    log.info("projection.rebuilt", register=live, position=site.position)


async def _differences(site: _Site) -> list[Difference]:
    writing, new, live = site.writing, site.register.schema, site.live
    tables = await writing.fetch("SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1", new)
    sources = [(name, f"SELECT * FROM {live}.{name}", f"SELECT * FROM {new}.{name}") for (name,) in tables]  # noqa: S608
    parked = "SELECT entity, position, type, reason, unit FROM projection.quarantine WHERE register = '{}'"
    sources.append(("quarantine", parked.format(live), parked.format(new)))
    found: list[Difference] = []
    for table, stands, refolded in sources:
        for side, one, other in (("live", stands, refolded), ("refolded", refolded, stands)):
            query = f"SELECT row_to_json(d)::text FROM ({one} EXCEPT ALL {other}) d LIMIT {EXAMPLES}"  # noqa: S608
            found += [Difference(table, side, row[0]) for row in await writing.fetch(query)]
    return found


async def _sign(connection: Connection, schema: str, code: str) -> None:
    await connection.execute(f"COMMENT ON SCHEMA {schema} IS '{code}'")


async def _built_by(connection: Connection, schema: str) -> str:
    """What `_sign` wrote; empty when there is no such schema."""
    query = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = $1"
    return await connection.fetchval(query, schema) or ""


def _code() -> str:
    """A digest of the code that folds: what other code began is not continued."""
    digest = sha256()
    for package in (events, projections):
        root = Path(package.__path__[0])
        for file in sorted(root.rglob("*.py")):
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _old(live: str) -> str:
    return f"{live}_old"
