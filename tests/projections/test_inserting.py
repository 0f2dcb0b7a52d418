"""Rows that are added together: few or many, all or none."""

import asyncpg
import pytest

from projections.database import Role, connect
from projections.inserting import FEW, insert
from tests.projections.archive_of import ArchiveOf

COLUMNS = ("register", "position", "generation")


@pytest.mark.parametrize("number", [1, FEW, FEW + 1])
async def test_all_rows_are_there_or_none(archive: ArchiveOf, number: int) -> None:
    rows = [(f"test {position}", position, 1) for position in range(number)]
    of_the_test = (
        "SELECT register, position, generation FROM projection.checkpoint WHERE register ~ '^test ' ORDER BY 2"
    )
    connection = await connect(archive.url, Role.PROJECTOR, "test")
    try:
        with pytest.raises(asyncpg.UniqueViolationError):
            await insert(connection, "projection", "checkpoint", COLUMNS, [*rows[1:], ("organisation_v1", 0, 1)])
        assert await connection.fetch(of_the_test) == []
        await insert(connection, "projection", "checkpoint", COLUMNS, rows)
        assert [tuple(row) for row in await connection.fetch(of_the_test)] == rows
    finally:
        await connection.close()
