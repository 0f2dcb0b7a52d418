"""Rebuilding registers, and comparing the live ones with what the archive says.

A rebuild can be killed at any moment and started again: each register goes on where it stood, unless the code has
changed since. It writes to PostgreSQL only, so that building twice does nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import structlog

from projections.building import Building, Progress, Site, begin, building, built_by, code, sign, together
from projections.database import Connection
from projections.projection import Projection
from projections.projector import analyse, drop

log = structlog.get_logger()

INDEXED = " indexed"
EXAMPLES = 100
"""Differing rows that `compare` returns at most, for each table and side."""


class Difference(msgspec.Struct, frozen=True):
    """A row of the register that stands only on one `side`: "live" or "refolded". The row is JSON text."""

    register: str
    table: str
    side: str
    row: str


async def rebuild(url: str, registers: Sequence[type[Projection]], progress: Progress) -> None:
    """Builds the registers anew from position 1 and puts them in the place of the live ones, all at the same moment.

    A running projector waits for the length of the swap, finds its checkpoints fenced, and goes on with the new tables.
    Raises `RebuildRunning` or `NotLive`.
    """
    async with building(url, registers, "_new", progress) as new:
        kept = (code(), code() + INDEXED)
        await together([begin(site) for site in new.sites if await built_by(site) not in kept])
        for site in new.sites:
            await site.open()
        await new.catch_up()
        await together(_index(site) for site in new.sites)
        await new.catch_up()
        await _swap(new)
        for site in new.sites:
            await site.connection.execute(f"DROP SCHEMA {_old(site.live)} CASCADE")


async def compare(url: str, registers: Sequence[type[Projection]], progress: Progress) -> list[Difference]:
    """Folds the archive again and compares with the live registers, row by row, at the position where they stand.

    Empty when they agree. Raises `RebuildRunning` or `NotLive`.
    """
    async with building(url, registers, "_check", progress) as check:
        await together(begin(site) for site in check.sites)
        try:
            for site in check.sites:
                await site.open()
            await check.catch_up()
            # One snapshot for the positions and the rows: the live registers may move on meanwhile.
            connection = check.sites[0].connection
            async with connection.transaction(isolation="repeatable_read"):
                await check.finish(connection)
                return [found for site in check.sites for found in await _differences(connection, site)]
        finally:
            for site in check.sites:
                await drop(site.connection, site.schema)


async def _index(site: Site) -> None:
    """Indexes, unless it has them already, and statistics."""
    if await built_by(site) != code() + INDEXED:
        async with site.connection.transaction():
            await site.connection.execute(site.register.index())
            await sign(site, code() + INDEXED)
    await analyse(site.connection, site.schema)


async def _swap(new: Building) -> None:
    """The last facts, then the names, in one transaction. The old tables go afterwards: they may still be read."""
    connection = new.sites[0].connection
    for site in new.sites:
        await connection.execute(f"DROP SCHEMA IF EXISTS {_old(site.live)} CASCADE")
    async with connection.transaction():
        # The whole table and not row by row: projectors and rebuilds move their checkpoints first of all, in whatever
        # order the planner likes, and two orders would be a deadlock.
        await connection.execute("LOCK TABLE projection.checkpoint IN SHARE ROW EXCLUSIVE MODE")
        await new.finish(connection)
        for site in new.sites:
            await _rename(connection, site)
    for site in new.sites:
        log.info("projection.rebuilt", register=site.live, position=site.position)


async def _rename(connection: Connection, site: Site) -> None:
    new, live = site.schema, site.live
    await connection.execute(f"ALTER SCHEMA {live} RENAME TO {_old(live)}")
    await connection.execute(f"ALTER SCHEMA {new} RENAME TO {live}")
    await connection.execute("DELETE FROM projection.checkpoint WHERE register = $1", new)
    await connection.execute("UPDATE projection.checkpoint SET generation = generation + 1 WHERE register = $1", live)
    await connection.execute("DELETE FROM projection.quarantine WHERE register = $1", live)
    await connection.execute("UPDATE projection.quarantine SET register = $2 WHERE register = $1", new, live)


async def _differences(connection: Connection, site: Site) -> list[Difference]:
    new, live = site.schema, site.live
    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1", new)
    sources = [(name, f"SELECT * FROM {live}.{name}", f"SELECT * FROM {new}.{name}") for (name,) in tables]  # noqa: S608
    parked = "SELECT entity, position, type, reason, unit FROM projection.quarantine WHERE register = '{}'"
    sources.append(("quarantine", parked.format(live), parked.format(new)))
    found: list[Difference] = []
    for table, stands, refolded in sources:
        for side, one, other in (("live", stands, refolded), ("refolded", refolded, stands)):
            query = f"SELECT row_to_json(d)::text FROM ({one} EXCEPT ALL {other}) d LIMIT {EXAMPLES}"  # noqa: S608
            found += [Difference(site.register.name, table, side, row[0]) for row in await connection.fetch(query)]
    return found


def _old(live: str) -> str:
    return f"{live}_old"
