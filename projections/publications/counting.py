"""Counting a table on a day, as known at a log position, from the registers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from events.facts.organisation import UnitKind
from projections.database import Connection
from projections.publications.suppression import Place, Sheet
from projections.publications.tables import Table
from projections.publications.writing import Counted, Unit

SOURCES: Mapping[str, str] = {
    "households": "SELECT * FROM access.counted_households($1, $2, $3)",
    "members": "SELECT * FROM access.counted_members($1, $2, $3)",
}
"""Table → own counts of each unit at or below one, by category."""


async def counted(connection: Connection, table: Table, unit: UUID, day: date, position: int) -> Counted:
    """The table for everything at or below the unit, in the tree of the day; registers must have the position."""
    levels = [kind.value for kind in table.levels]
    rows = await connection.fetch("SELECT * FROM access.publication_rows($1, $2, $3, $4)", unit, day, position, levels)
    places = {row["unit"]: Place(levels.index(row["kind"]), frozenset(row["units"])) for row in rows}
    counts: dict[UUID, dict[str, int]] = {}
    for row in await connection.fetch(SOURCES[table.name], unit, day, position):
        counts.setdefault(row["unit"], {})[row["category"]] = row["number"]
    units = tuple(Unit(row["unit"], UnitKind(row["kind"]), row["name"]) for row in rows)
    incomplete = await connection.fetchval("SELECT access.not_counted($1, $2, $3)", unit, day, position)
    return Counted(
        position, units, Sheet(tuple(column.column() for column in table.columns), places, counts), incomplete
    )
