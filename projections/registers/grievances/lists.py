"""Many cases: found by what they are, overdue, counted by holder and handler, and for how long they were held.

Pages go on after the last case of the page before: `after` is the day by which they are ordered, and its id.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from projections.bitemporal import UNKNOWN_YET
from projections.database import Connection
from projections.registers.grievances.periods import day_end, held
from projections.registers.grievances.questions import case_columns, case_view
from projections.registers.grievances.views import (
    CaseView,
    Filters,
    HandlerTotals,
    HolderTotals,
    HoldingTime,
    Receipt,
)
from projections.states.grievances import OPEN
from projections.tree import below, united

After = tuple[date, UUID]

# What is settled holds no open case: where only those are asked for, its part is not read.
IS_OPEN = f"s.part IN ('live', 'past') AND s.stage IN ({', '.join(sorted(repr(stage.value) for stage in OPEN))})"

_EQUAL = ("handler", "household", "member", "kind", "topic", "stage")
_WHETHER = {
    "is_open": IS_OPEN,
    "overdue": "coalesce(s.due < $1, false)",
    "reopened": "s.reopened > 0",
    "contested": "s.contested > 0",
}
FEW_UNITS = 64
"""Below a commune. Open cases of so many are looked for unit by unit and then put in order; of more, enough are met
soon where all of them are walked in that order."""


async def search(
    connection: Connection,
    unit: UUID | None,
    as_of: date,
    known_at: int,
    filters: Filters,
    after: After | None,
    limit: int,
) -> list[CaseView]:
    """Cases that stand, or are seen lowest, at or below the unit (None: all that the caller may see), on the day as
    known at the position; those received last come first. `after` is (received, grievance)."""
    arguments: list[Any] = [as_of, known_at]

    def given(value: Any) -> str:
        arguments.append(value)
        return f"${len(arguments)}"

    conditions = [f"s.{name} = {given(value)}" for name in _EQUAL if (value := getattr(filters, name)) is not None]
    for name, condition in _WHETHER.items():
        if (wanted := getattr(filters, name)) is not None:
            conditions.append(f"({condition})" if wanted else f"NOT ({condition})")
    if filters.holder is not None:
        conditions.append(f"s.unit IN ({united(given(filters.holder), '$1', '$2')})")
    if filters.received_since is not None:
        conditions.append(f"s.received >= {given(filters.received_since)}")
    if filters.received_until is not None:
        conditions.append(f"s.received < {given(filters.received_until)}")
    if filters.year is not None or filters.number is not None:
        booked = [f"b.{name} = {given(v)}" for name in ("year", "number") if (v := getattr(filters, name)) is not None]
        conditions.append(
            f"""s.grievance IN (SELECT b.grievance FROM grievances_v1.step b WHERE {" AND ".join(booked)}
                AND b.from_position <= $2 AND b.from_at < {day_end("$1")})"""  # noqa: S608
        )
    few: list[UUID] = []
    if unit is not None:
        if filters.is_open:
            few = await _few_below(connection, unit, as_of, known_at)
        these = f"= ANY({given(few)}::uuid[])" if few else f"IN ({below(given(unit), '$1', '$2')})"
        conditions.append(f"(s.unit {these} OR s.visible {these})")
    if after is not None:
        conditions.append(f"(s.received, s.grievance) < ({given(after[0])}, {given(after[1])})")
    return await _page(connection, conditions, "s.received DESC, s.grievance DESC", arguments, limit, bool(few))


async def _few_below(connection: Connection, unit: UUID, as_of: date, known_at: int) -> list[UUID]:
    """The units at or below this one; none where they are many."""
    query = below("$1", "$2", "$3") + f" LIMIT {FEW_UNITS + 1}"
    found = [row[0] for row in await connection.fetch(query, unit, as_of, known_at)]
    return found if len(found) <= FEW_UNITS else []


async def overdue(
    connection: Connection,
    unit: UUID,
    as_of: date,
    known_at: int,
    after: After | None,
    limit: int,
    level: str | None = None,
    holder: UUID | None = None,
) -> list[CaseView]:
    """Open cases at or below the unit of which a clock had run out by the day, as known at the position; the longest
    overdue first. `after` is (due, grievance)."""
    conditions = ["s.due < $1", IS_OPEN, f"s.unit IN ({below('$3', '$1', '$2')})"]
    arguments: list[Any] = [as_of, known_at, unit]
    if level is not None:
        arguments.append(level)
        conditions.append(f"s.level = ${len(arguments)}")
    if holder is not None:
        arguments.append(holder)
        conditions.append(f"s.unit IN ({united(f'${len(arguments)}', '$1', '$2')})")
    if after is not None:
        arguments += after
        conditions.append(f"(s.due, s.grievance) > (${len(arguments) - 1}, ${len(arguments)})")
    return await _page(connection, conditions, "s.due, s.grievance", arguments, limit)


async def _page(
    connection: Connection,
    conditions: list[str],
    order: str,
    arguments: list[Any],
    limit: int,
    found_first: bool = False,
) -> list[CaseView]:
    """The first of those that meet the conditions; `found_first`: all of them are found before they are put in order,
    whatever PostgreSQL thinks of that."""
    query = f"""SELECT {case_columns("s", "$1")} FROM grievances_v1.step s
                WHERE {" AND ".join((held("$1", "$2", "s"), *conditions))}"""  # noqa: S608
    if found_first:
        query = f"WITH s AS MATERIALIZED ({query}) SELECT * FROM s"  # noqa: S608
    query += f" ORDER BY {order} LIMIT {limit:d}"
    return [case_view(tuple(row)) for row in await connection.fetch(query, *arguments)]


async def of_household(connection: Connection, household: UUID, as_of: date, known_at: int) -> list[CaseView]:
    """The household's cases on the day as known at the position; those received last come first."""
    return await search(connection, None, as_of, known_at, Filters(household=household), None, UNKNOWN_YET)


async def of_member(connection: Connection, member: UUID, as_of: date, known_at: int) -> list[CaseView]:
    """The cases that the member raised, on the day as known at the position; those received last come first."""
    return await search(connection, None, as_of, known_at, Filters(member=member), None, UNKNOWN_YET)


_OPEN_BELOW = f"""FROM grievances_v1.step s
    WHERE {held("$2", "$3", "s")} AND {IS_OPEN} AND s.unit IN ({below("$1", "$2", "$3")})"""


async def totals(connection: Connection, unit: UUID, as_of: date, known_at: int) -> list[HolderTotals]:
    """Open cases at each unit at or below this one, on the day as known at the position; the most overdue first."""
    query = f"""
        SELECT s.unit, s.level, count(*), count(*) FILTER (WHERE s.due < $2),
               count(*) FILTER (WHERE s.statutory_due < $2), count(*) FILTER (WHERE s.reopened > 0),
               count(*) FILTER (WHERE s.contested > 0)
        {_OPEN_BELOW} GROUP BY s.unit, s.level ORDER BY 4 DESC, 3 DESC, s.unit"""
    return [HolderTotals(*row) for row in await connection.fetch(query, unit, as_of, known_at)]


async def handlers(connection: Connection, unit: UUID, as_of: date, known_at: int) -> list[HandlerTotals]:
    """What each handler at or below the unit has, on the day as known at the position; the most overdue first."""
    query = f"""SELECT s.handler, s.unit, count(*), count(*) FILTER (WHERE s.due < $2)
                {_OPEN_BELOW} AND s.handler IS NOT NULL
                GROUP BY s.handler, s.unit ORDER BY 4 DESC, 3 DESC, s.handler, s.unit"""
    return [HandlerTotals(*row) for row in await connection.fetch(query, unit, as_of, known_at)]


async def holding_times(
    connection: Connection, unit: UUID, since: date, until: date, as_of: date, known_at: int
) -> list[HoldingTime]:
    """For how long cases stood at each unit at or below this one (in the tree of `as_of`), of those that left it, or
    of which the household was told, from the day `since`, up to and without `until`; by unit and kind."""
    length = "extract(epoch FROM h.departed - h.arrived)"
    start = "($4::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"
    end = "($5::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"
    query = f"""
        SELECT h.unit, h.kind, count(*),
               make_interval(secs => percentile_cont(0.5) WITHIN GROUP (ORDER BY {length})),
               make_interval(secs => percentile_disc(0.9) WITHIN GROUP (ORDER BY {length}))
        FROM grievances_v1.hop h
        WHERE h.departed >= {start} AND h.departed < {end} AND {held("$2", "$3", "h")}
          AND h.unit IN ({below("$1", "$2", "$3")})
        GROUP BY h.unit, h.kind ORDER BY h.unit, h.kind NULLS FIRST"""  # noqa: S608
    return [HoldingTime(*row) for row in await connection.fetch(query, unit, as_of, known_at, since, until)]


async def booked(
    connection: Connection, unit: UUID, year: int, as_of: date, known_at: int, after: int, limit: int
) -> list[tuple[int, UUID]]:
    """Number and case of what had stood at the unit in its books of the year by the day, as known at the position; in
    the order of the numbers, from the one after `after` on."""
    query = f"""SELECT DISTINCT s.number, s.grievance FROM grievances_v1.step s
                WHERE s.unit = $1 AND s.year = $2 AND s.stage = 'booked' AND s.number > $5
                  AND s.from_position <= $4 AND s.from_at < {day_end("$3")} AND $4 < s.void_position
                ORDER BY s.number, s.grievance LIMIT $6"""  # noqa: S608
    rows = await connection.fetch(query, unit, year, as_of, known_at, after, limit)
    return [(number, grievance) for number, grievance in rows]


async def concluded_at(connection: Connection, meeting: UUID, as_of: date, known_at: int) -> list[tuple[CaseView, str]]:
    """The cases that were concluded at the meeting, as they stood on the day as known at the position, each with what
    the chair concluded; in the order in which he did."""
    query = f"""SELECT {case_columns("s", "$2")}, f.conclusion FROM grievances_v1.fact f
                JOIN grievances_v1.step s ON s.grievance = f.grievance AND {held("$2", "$3", "s")}
                WHERE f.meeting = $1 AND f.position <= $3 AND f.at < {day_end("$2")} ORDER BY f.position"""  # noqa: S608
    rows = await connection.fetch(query, meeting, as_of, known_at)
    return [(case_view(tuple(row)), row["conclusion"]) for row in rows]


async def receipts(connection: Connection) -> list[Receipt]:
    """Receipts of denunciations, for who asks for an inspection; those received last come first."""
    query = """SELECT receipt, received, handed_to, number FROM grievances_v1.receipt
               ORDER BY received DESC, receipt"""
    return [Receipt(*row) for row in await connection.fetch(query)]
