"""What coverage answers: the summary of a unit (rules F9), the list behind each number, and what needs a decision."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from projections.bitemporal import at
from projections.database import Connection
from projections.registers import organisation
from projections.registers.coverage.totals import COUNTS
from projections.tree import below, out_of_sight


class Counts(msgspec.Struct, frozen=True):
    """Counts of a day. Each member counts in his own cell, each household and group in its cell: sums add up.

    `eligible`: active or probationary. `assigned`: of those, who holds a household or group that exists.
    `residence_assigned`: who holds one given by this cell, where he takes part besides his own (QĐ 213).
    `covered`: households for which a member is responsible, directly or through a group.
    `left_poverty`, `cultural`: recognised for the year of the day.
    """

    members: int = 0
    exempt: int = 0
    temporarily_exempt: int = 0
    suspended: int = 0
    eligible: int = 0
    assigned: int = 0
    residence_assigned: int = 0
    households: int = 0
    covered: int = 0
    poor: int = 0
    near_poor: int = 0
    left_poverty: int = 0
    cultural: int = 0
    groups: int = 0
    groups_assigned: int = 0


class Part(msgspec.Struct, frozen=True):
    """The counts of a unit directly below; under the unit's own id what belongs to none that still exists.

    `visible` is False where the part has left the caller's scope since: its counts are not zero but not his to see.
    """

    unit: UUID
    counts: Counts
    visible: bool = True


class Summary(msgspec.Struct, frozen=True):
    """The assignment summary of a unit. `incomplete`: how many members, households and groups wait in quarantine.

    `hidden`: how many units stood at or below it on the day that are out of the caller's scope today; not counted.
    """

    unit: UUID
    as_of: date
    known_at: int
    counts: Counts
    parts: list[Part]
    incomplete: int
    hidden: int = 0


class MemberLine(msgspec.Struct, frozen=True):
    """A member in the cell that counts him; `holds` tells whether he is responsible for anything that exists."""

    person: UUID
    unit: UUID
    status: str
    holds: bool


class HouseholdLine(msgspec.Struct, frozen=True):
    """A household in its cell; `left_poverty` and `cultural` are about the year of the day."""

    household: UUID
    unit: UUID
    economic_class: str | None
    covered: bool
    left_poverty: bool
    cultural: bool


class GroupLine(msgspec.Struct, frozen=True):
    """A group in its cell; `assigned` tells whether a member is responsible for it."""

    group: UUID
    unit: UUID
    assigned: bool


class Undecided(msgspec.Struct, frozen=True):
    """An assignment that holds although something changed; `reasons` are names of `Doubt`."""

    assignment: UUID
    target: UUID
    is_group: bool
    member: UUID
    unit: UUID
    reasons: list[str]


_ELIGIBLE = "status IN ('active', 'probationary')"
MEMBER_LISTS = {
    "all": "true",
    "exempt": "status = 'exempt'",
    "temporarily_exempt": "status = 'temporarily_exempt'",
    "suspended": "status = 'suspended'",
    "eligible": _ELIGIBLE,
    "assigned": f"holds AND {_ELIGIBLE}",
    "unassigned": f"NOT holds AND {_ELIGIBLE}",
    "residence_assigned": f"holds AND {_ELIGIBLE}",
}
_COVERED = f"SELECT FROM coverage_v1.covered_step o WHERE o.household = s.household AND {at('$2', '$3', 'o')}"
HOUSEHOLD_LISTS = {
    "all": ("household_step", "true"),
    "covered": ("covered_step", "true"),
    "uncovered": (
        "household_step s",
        f"NOT EXISTS ({_COVERED})",
    ),
    "poor": ("class_step", "economic_class = 'poor'"),
    "near_poor": ("class_step", "economic_class = 'near_poor'"),
    "left_poverty": ("left_poverty_step", "true"),
    "cultural": ("cultural_step", "true"),
}
GROUP_LISTS = {"all": "true", "assigned": "assigned", "unassigned": "NOT assigned"}

_SUMS = ", ".join(f"sum({name})::int" for name in COUNTS)
_NAMES = ", ".join(COUNTS)


async def coverage(connection: Connection, unit: UUID, as_of: date, known_at: int) -> Summary:
    """The summary of the unit and of each unit directly below it, on the day as known at the position."""
    children = [child.unit for child in await organisation.children(connection, unit, as_of, known_at)]
    base, first, last, sign = await route(connection, known_at, "cells.unit", "$2")
    query = f"""
        WITH cells AS MATERIALIZED (
            SELECT b.unit, coalesce(d.ancestor, $1) AS part FROM ({below("$1", "$2", "$3")}) b
            LEFT JOIN organisation_v1.closure d
                ON d.descendant = b.unit AND d.ancestor = ANY($4::uuid[]) AND {at("$2", "$3", "d")}),
        moved AS (
            SELECT unit, {", ".join(f"{sign} * sum({name}) AS {name}" for name in COUNTS)}
            FROM coverage_v1.shift WHERE position > {first} AND position <= {last} AND day <= $2 GROUP BY unit)
        SELECT part, {_SUMS} FROM (
            SELECT cells.part, {_NAMES} FROM cells CROSS JOIN LATERAL ({base}) b
            UNION ALL
            SELECT cells.part, {_NAMES} FROM cells JOIN moved ON moved.unit = cells.unit) found
        GROUP BY part"""  # noqa: S608
    rows = await connection.fetch(query, unit, as_of, known_at, children)
    found = {row[0]: Counts(*row[1:]) for row in rows}
    own = [Part(unit, found[unit])] if found.get(unit, Counts()) != Counts() else []
    hidden = await out_of_sight(connection, unit, as_of, known_at)
    parts = [Part(child, found.get(child, Counts()), child not in hidden) for child in children] + own
    whole = Counts(*(sum(getattr(part.counts, name) for part in parts) for name in COUNTS))
    incomplete = await _incomplete(connection, unit, as_of, known_at)
    return Summary(unit, as_of, known_at, whole, parts, incomplete, len(hidden))


async def route(connection: Connection, known_at: int, unit: str, day: str) -> tuple[str, int, int, int]:
    """The shortest way to the counts as known at the position: SQL for what to begin with (of the cell `unit` on `day`,
    two expressions), and which shifts to add or take away (after one position, up to another)."""
    ((length, complete, head),) = await connection.fetch(
        """SELECT e.length, e.complete, c.position FROM coverage_v1.eras e, projection.checkpoint c
           WHERE c.register = 'coverage_v1'"""
    )
    eras = min(complete, (known_at + length // 2) // length)
    start = eras * length
    latest = f"AND day <= {day} ORDER BY day DESC LIMIT 1"
    if head - known_at <= abs(known_at - start):
        now = f"SELECT {_NAMES} FROM coverage_v1.total t WHERE t.unit = {unit} {latest}"  # noqa: S608
        return now, known_at, 2**63 - 1, -1
    base = f"""SELECT {_NAMES} FROM generate_series(0, {eras - 1}) n CROSS JOIN LATERAL (
               SELECT * FROM coverage_v1.era e WHERE e.unit = {unit} AND e.era = n {latest}) e"""  # noqa: S608
    return (base, start, known_at, 1) if known_at >= start else (base, known_at, start, -1)


async def _incomplete(connection: Connection, unit: UUID, as_of: date, known_at: int) -> int:
    count: int = await connection.fetchval(
        f"""SELECT count(DISTINCT entity) FROM projection.quarantine
            WHERE register = 'coverage_v1' AND position <= $3 AND unit IN ({below("$1", "$2", "$3")})""",  # noqa: S608
        unit,
        as_of,
        known_at,
    )
    return count


async def members_in(
    connection: Connection, unit: UUID, as_of: date, known_at: int, column: str, after: UUID | None, limit: int
) -> list[MemberLine]:
    """Members that the column (a key of MEMBER_LISTS) counts at or below the unit, by id; `after` is the last one of
    the page before. With `residence_assigned`, `unit` is the cell of residence."""
    table = "residence_step" if column == "residence_assigned" else "member_step"
    query = _list(table, "person", "person, unit, status, holds", MEMBER_LISTS[column])
    return [MemberLine(*row) for row in await connection.fetch(query, unit, as_of, known_at, after, limit)]


async def households_in(
    connection: Connection, unit: UUID, as_of: date, known_at: int, column: str, after: UUID | None, limit: int
) -> list[HouseholdLine]:
    """Households that the column (a key of HOUSEHOLD_LISTS) counts at or below the unit, by id, after `after`."""
    # Counted, for the planner turns what is only asked to exist into a list of all there are.
    here = f"o.household = page.household AND {at('$2', '$3', 'o')}"
    query = f"""
        SELECT household, unit, (SELECT economic_class FROM coverage_v1.class_step o WHERE {here}),
            (SELECT count(*) > 0 FROM coverage_v1.covered_step o WHERE {here}),
            (SELECT count(*) > 0 FROM coverage_v1.left_poverty_step o WHERE {here}),
            (SELECT count(*) > 0 FROM coverage_v1.cultural_step o WHERE {here})
        FROM ({_list(HOUSEHOLD_LISTS[column][0], "household", "household, unit", HOUSEHOLD_LISTS[column][1])}) page
        ORDER BY household"""  # noqa: S608
    return [HouseholdLine(*row) for row in await connection.fetch(query, unit, as_of, known_at, after, limit)]


async def groups_in(
    connection: Connection, unit: UUID, as_of: date, known_at: int, column: str, after: UUID | None, limit: int
) -> list[GroupLine]:
    """Groups that the column (a key of GROUP_LISTS) counts at or below the unit, by id, after `after`."""
    query = _list("group_step", "group_id", "group_id, unit, assigned", GROUP_LISTS[column])
    return [GroupLine(*row) for row in await connection.fetch(query, unit, as_of, known_at, after, limit)]


def _list(table: str, key: str, columns: str, condition: str) -> str:
    # WITH TIES: who has two cells of residence has two lines, and a page does not end between them.
    return f"""SELECT {columns} FROM coverage_v1.{table}
               WHERE unit IN ({below("$1", "$2", "$3")}) AND {at("$2", "$3")} AND {condition}
                 AND ($4::uuid IS NULL OR {key} > $4)
               ORDER BY {key} FETCH FIRST $5 ROWS WITH TIES"""  # noqa: S608


async def needs_decision(
    connection: Connection, unit: UUID, as_of: date, known_at: int, after: UUID | None, limit: int
) -> list[Undecided]:
    """Assignments by cells at or below the unit, or of households that are there now, that hold on the day although
    their member, household or group has changed; by assignment, after `after`. `unit` is the cell that assigned."""
    columns = "assignment, target, is_group, member, unit"
    concerned = f"unit IN ({below('$1', '$2', '$3')}) AND {at('$2', '$3')} AND ($4::uuid IS NULL OR assignment > $4)"
    query = f"""
        SELECT {columns}, array_agg(DISTINCT reason ORDER BY reason) FROM (
            SELECT {columns}, reason FROM coverage_v1.member_doubt WHERE {concerned}
            UNION ALL
            SELECT {columns}, reason FROM coverage_v1.target_doubt WHERE {concerned}
            UNION ALL
            SELECT assignment, target, is_group, member, given_by, reason
            FROM coverage_v1.place_doubt WHERE {concerned}) found
        GROUP BY {columns} ORDER BY assignment FETCH FIRST $5 ROWS WITH TIES"""  # noqa: S608
    return [Undecided(*row) for row in await connection.fetch(query, unit, as_of, known_at, after, limit)]
