"""A question without any condition, on every table that the reader may read, gives only rows of the caller's scope."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest

from projections.database import Connection, connect
from projections.database import Role as DatabaseRole
from services.decisions.asking import Role
from tests.services.http.moved import Moved

READABLE = """
    SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND has_any_column_privilege('soho_reader', c.oid, 'SELECT')
      AND n.nspname NOT IN ('pg_catalog', 'information_schema')"""

RELEASED = "publications_v1.publication"
PUBLIC = {
    RELEASED: "what was released to everybody, where anything was",
    "organisation_v1.unit": "names and kinds of units, without persons",
    "organisation_v1.closure": "which unit stands under which",
    "coverage_v1.eras": "from which log position on coverage is added up how",
    "projection.checkpoint": "where the registers stand",
}
"""Readable by everybody, and what for."""


@asynccontextmanager
async def reading(moved: Moved, role: Role | None) -> AsyncIterator[Connection]:
    """The database as the API asks it for somebody of `here`; for nobody without a role."""
    installation = moved.installation
    url = installation.endpoints.postgres_url("soho_api", installation.passwords["soho_api"])
    asker = None if role is None else moved.asker(role)
    connection = await connect(url, DatabaseRole.READER, "test")
    try:
        async with connection.transaction(readonly=True):
            for name, value in (
                ("soho.unit", asker.unit if asker and role is not Role.MEMBER else None),
                ("soho.person", asker.person if asker and role is Role.MEMBER else None),
                ("soho.asker", asker and asker.person),
                ("soho.role", role and role.value),
            ):
                await connection.execute("SELECT set_config($1, $2, true)", name, str(value or ""))
            yield connection
    finally:
        await connection.close()


async def everything(connection: Connection) -> dict[str, list[Any]]:
    """Table → all rows that are seen of it."""
    tables = [row[0] for row in await connection.fetch(READABLE)]
    assert len(tables) > 30
    return {table: await connection.fetch(f"SELECT * FROM {table}") for table in tables}


def written(row: Any) -> str:
    """All values of the row, readable."""
    return " ".join(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in row)


def scope(moved: Moved, role: Role) -> set[UUID]:
    """Units of the caller's scope: his own and those below it, with what went into them."""
    here, gone, left = moved.here, moved.gone, moved.left
    if role in (Role.MEMBER, Role.CELL_SECRETARY):
        return {here.cell}
    commune = {here.unit, here.cell, gone.unit, gone.cell}
    if role is not Role.PROVINCIAL_OFFICE:
        return commune
    return commune | {moved.province, left.unit, left.cell, moved.there.unit, moved.there.cell}


@pytest.mark.parametrize("role", Role)
async def test_only_rows_of_the_callers_scope_are_seen(moved: Moved, role: Role) -> None:
    strange, units = moved.strange(role), scope(moved, role)
    # What a committee decided itself stays in its trail, and in the read log that its trail was read.
    decided = {str(moved.left.member)} if units > {moved.here.unit} else set()
    async with reading(moved, role) as connection:
        found = await everything(connection)
    for table, rows in found.items():
        allowed = decided if table.startswith(("trails_v1.", "evaluations_v1.", "reads.")) else set()
        for row in rows:
            text = written(row)
            assert [part for part in strange - allowed if part in text] == [], table
            # A case is seen from its cell up, wherever it stands; a member sees what names him, whoever decided it.
            his = role is Role.MEMBER and str(moved.here.member) in text
            elsewhere = his or table in PUBLIC or table.startswith("grievances_v1.")
            if not elsewhere and isinstance(row.get("unit"), UUID):
                assert row["unit"] in units, table
    seen = {table for table, rows in found.items() if rows} - set(PUBLIC)
    own = " ".join(written(row) for table in seen for row in found[table])
    for mine in (moved.here.member, moved.here.household, moved.here.case):
        assert str(mine) in own
    assert len(seen) >= (8 if role is Role.MEMBER else 20)


async def test_nobody_sees_nothing_but_what_is_public(moved: Moved) -> None:
    async with reading(moved, None) as connection:
        found = await everything(connection)
    assert {table for table, rows in found.items() if rows} | {RELEASED} == set(PUBLIC)
