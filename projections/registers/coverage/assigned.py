"""Who was assigned in many cells on a day for each of them: who owed something on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from projections.bitemporal import at
from projections.database import Connection
from projections.registers.coverage.questions import MEMBER_LISTS, route


class Assigned(msgspec.Struct, frozen=True):
    """A member whom his cell counts as assigned on the day."""

    person: UUID
    unit: UUID
    day: date


async def assigned_on(connection: Connection, days: str, known_at: int) -> str:
    """SQL for rows (unit, day, assigned) which add up to how many members each cell has assigned on its day.

    `days` is the name of a table with the columns unit and day. As known at the position.
    """
    base, first, last, sign = await route(connection, known_at, "d.unit", "d.day")
    return f"""
        SELECT d.unit, d.day, b.assigned FROM {days} d CROSS JOIN LATERAL ({base}) b
        UNION ALL
        SELECT d.unit, d.day, {sign} * s.assigned FROM coverage_v1.shift s
        JOIN {days} d ON d.unit = s.unit AND s.day <= d.day
        WHERE s.position > {first} AND s.position <= {last} AND s.assigned <> 0"""  # noqa: S608


def is_assigned(unit: str, person: str, day: str, position: str) -> str:
    """SQL condition: the cell counts the member as assigned on the day, as known at the position (expressions)."""
    return f"EXISTS (SELECT FROM {among_assigned(unit, person, day, position)})"


def among_assigned(unit: str, person: str, day: str, position: str) -> str:
    """SQL to be joined, with WHERE: one row where the cell counts the member as assigned on the day, otherwise none.
    For many at once, where the planner may read either side whole."""
    return f"""coverage_v1.member_step s
        WHERE s.unit = {unit} AND s.person = {person} AND {at(day, position, "s")} AND {MEMBER_LISTS["assigned"]}"""


async def assigned_to_anything(
    connection: Connection,
    days: Sequence[tuple[UUID, date]],
    known_at: int,
    person: UUID | None = None,
    after: UUID | None = None,
    limit: int = 10_000,
) -> list[Assigned]:
    """The members (or the one) whom these cells have assigned on these days, by id; `after` is the last one of the page
    before. Whoever is on the page is on it with all of his days."""
    query = f"""
        SELECT s.person, d.unit, d.day FROM unnest($1::uuid[], $2::date[]) d (unit, day)
        JOIN coverage_v1.member_step s ON s.unit = d.unit AND {at("d.day", "$3", "s")}
        WHERE {MEMBER_LISTS["assigned"]} AND ($4::uuid IS NULL OR s.person = $4) AND ($5::uuid IS NULL OR s.person > $5)
        ORDER BY s.person FETCH FIRST $6 ROWS WITH TIES"""  # noqa: S608
    units, dates = [unit for unit, _ in days], [day for _, day in days]
    return [Assigned(*row) for row in await connection.fetch(query, units, dates, known_at, person, after, limit)]
