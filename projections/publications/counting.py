"""Counting a table on a day, as known at a log position, from the registers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from events.facts.organisation import UnitKind
from projections.database import Connection
from projections.publications.sheets import Place, Sheet
from projections.publications.tables import Table
from projections.publications.writing import Counted, Unit

SOURCES: Mapping[str, tuple[str, str]] = {
    "classification": ("SELECT * FROM access.counted_ratings($1, $2, $3)", "evaluations_v1"),
    "grievances": ("SELECT * FROM access.counted_grievances($1, $2, $3)", "grievances_v1"),
    "households": ("SELECT * FROM access.counted_households($1, $2, $3)", "coverage_v1"),
    "members": ("SELECT * FROM access.counted_members($1, $2, $3)", "coverage_v1"),
}
"""Table → own counts of each unit at or below one, by category; and the register that knows them."""


async def counted(connection: Connection, table: Table, unit: UUID, day: date, position: int) -> Counted:
    """The table for everything at or below the unit, in the tree of the day; registers must have the position."""
    levels = [kind.value for kind in table.levels]
    rows = await connection.fetch("SELECT * FROM access.publication_rows($1, $2, $3, $4)", unit, day, position, levels)
    places = {row["unit"]: Place(levels.index(row["kind"]), frozenset(row["units"])) for row in rows}
    counts: dict[UUID, dict[str, int]] = {}
    query, register = SOURCES[table.name]
    for row in await connection.fetch(query, unit, day, position):
        counts.setdefault(row["unit"], {})[row["category"]] = row["number"]
    units = tuple(Unit(row["unit"], UnitKind(row["kind"]), row["name"]) for row in rows)
    incomplete = await connection.fetchval("SELECT access.not_counted($1, $2, $3, $4)", register, unit, day, position)
    return Counted(
        position, units, Sheet(tuple(column.column() for column in table.columns), places, counts), incomplete
    )
