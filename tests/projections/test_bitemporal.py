"""Bitemporal tables: the database refuses overlapping beliefs, by an index that nothing else uses."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import asyncpg
import pytest

from projections.bitemporal import UNKNOWN_YET, Table
from tests.projections.archive_of import ArchiveOf

GIVEN = Table("given", ("loan", "book"), {"reader": "uuid NOT NULL"}, exclusive=("reader", "book"))
SPRING, SUMMER, AUTUMN = date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1)


async def _table(archive: ArchiveOf) -> None:
    await archive.fetch("CREATE SCHEMA library")
    await archive.fetch(GIVEN.create("library"))


async def _give(archive: ArchiveOf, loan: int, since: date, until: date, known_from: int = 1) -> None:
    values = (UUID(int=loan), UUID(int=1), since, until, UUID(int=2), known_from, UNKNOWN_YET)
    await archive.fetch("INSERT INTO library.given VALUES ($1, $2, $3, $4, $5, $6, $7)", *values)


async def test_two_beliefs_about_one_day_are_refused(archive: ArchiveOf) -> None:
    await _table(archive)
    await _give(archive, 1, SPRING, SUMMER)
    await _give(archive, 2, SUMMER, AUTUMN)

    with pytest.raises(asyncpg.ExclusionViolationError):
        await _give(archive, 3, SPRING, AUTUMN, known_from=5)


async def test_the_index_of_the_constraint_serves_no_query(archive: ArchiveOf) -> None:
    await _table(archive)
    await _give(archive, 1, SPRING, SUMMER)

    # The planner at its most eager: with nothing else to take, it would take the constraint's index.
    connection = await asyncpg.connect(archive.url, server_settings={"enable_seqscan": "off"})
    try:
        by_reader = await connection.fetch("EXPLAIN SELECT FROM library.given WHERE reader = $1", UUID(int=2))
        by_key = await connection.fetch("EXPLAIN SELECT FROM library.given WHERE loan = $1", UUID(int=1))
    finally:
        await connection.close()
    assert not any("excl" in line for (line,) in by_reader), by_reader
    assert any("given_pkey" in line for (line,) in by_key), by_key
