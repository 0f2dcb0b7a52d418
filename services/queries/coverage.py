"""What is asked about coverage: the summary of a unit, and the list behind each of its numbers."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from events.facts.households import EconomicClass
from events.facts.members import MemberStatus
from projections.registers import coverage, organisation
from projections.registers.coverage import Counts, Part
from projections.registers.organisation import UnitView
from services.queries.naming import Named, look_up
from services.queries.session import Session
from services.queries.units import must_be_known

MemberColumn = Literal[
    "all",
    "exempt",
    "temporarily_exempt",
    "suspended",
    "eligible",
    "assigned",
    "unassigned",
    "residence_assigned",
]
HouseholdColumn = Literal["all", "covered", "uncovered", "poor", "near_poor", "left_poverty", "cultural"]
GroupColumn = Literal["all", "assigned", "unassigned"]

LISTS = {
    "members": "members?column=all",
    "exempt": "members?column=exempt",
    "temporarily_exempt": "members?column=temporarily_exempt",
    "suspended": "members?column=suspended",
    "eligible": "members?column=eligible",
    "assigned": "members?column=assigned",
    "residence_assigned": "members?column=residence_assigned",
    "households": "households?column=all",
    "covered": "households?column=covered",
    "poor": "households?column=poor",
    "near_poor": "households?column=near_poor",
    "left_poverty": "households?column=left_poverty",
    "cultural": "households?column=cultural",
    "groups": "groups?column=all",
    "groups_assigned": "groups?column=assigned",
}
"""Number of the summary → the list that it opens to."""


class CoverageRow(msgspec.Struct, frozen=True):
    """The counts of one unit. A row under the id of the unit asked about holds what belongs to none of its units.

    `visible` is false where the unit has left the caller's scope since the day: its counts are not told.
    """

    unit: UUID
    name: str | None
    kind: str | None
    cell_kind: str | None
    counts: Counts
    visible: bool = True


class CoverageTable(msgspec.Struct, frozen=True):
    """The assignment summary of a unit on the day, as known at the position, with a row for each unit directly below.

    `incomplete` is how many members, households and groups are not counted because a fact about them could not be
    applied. `hidden` is how many units stood there on the day that are out of the caller's scope today: they are not
    counted. `lists` has for each number of `counts` the address that lists what it counts.
    """

    unit: UUID
    as_of: date
    known_at: int
    name: str | None
    counts: Counts
    rows: list[CoverageRow]
    incomplete: int
    hidden: int
    lists: dict[str, str]


class CountedMember(msgspec.Struct, frozen=True):
    """A member in the cell that counts him; `holds` where he is responsible for anything that exists."""

    person: Named
    unit: Named
    status: MemberStatus
    holds: bool


class CountedHousehold(msgspec.Struct, frozen=True):
    """A household in its cell; `left_poverty` and `cultural` are about the year of the day."""

    household: Named
    unit: Named
    economic_class: EconomicClass | None
    covered: bool
    left_poverty: bool
    cultural: bool


class CountedGroup(msgspec.Struct, frozen=True):
    """A group in its cell; `assigned` where a member is responsible for it."""

    group: Named
    unit: Named
    assigned: bool


class Members(msgspec.Struct, frozen=True):
    """A page of members. `next` is the person after which the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    members: list[CountedMember]
    next: UUID | None


class Households(msgspec.Struct, frozen=True):
    """A page of households. `next` is the household after which the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    households: list[CountedHousehold]
    next: UUID | None


class Groups(msgspec.Struct, frozen=True):
    """A page of groups. `next` is the group after which the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    groups: list[CountedGroup]
    next: UUID | None


async def table(session: Session, unit: UUID) -> CoverageTable:
    """The summary of the unit. Raises `CannotAnswer` (not_found)."""
    day, known_at = session.as_of, session.known_at
    await must_be_known(session, unit)
    summary = await coverage.coverage(session.connection, unit, day, known_at)
    ids = [unit, *(part.unit for part in summary.parts)]
    units = {view.unit: view for view in await organisation.units(session.connection, ids, day, known_at)}
    rows = [_row(part, units.get(part.unit)) for part in summary.parts]
    when = f"as_of={day}&known_at={known_at}"
    lists = {name: f"/v1/units/{unit}/coverage/{place}&{when}" for name, place in LISTS.items()}
    name = units[unit].name if unit in units else None
    return CoverageTable(unit, day, known_at, name, summary.counts, rows, summary.incomplete, summary.hidden, lists)


def _row(part: Part, view: UnitView | None) -> CoverageRow:
    if view is None:
        return CoverageRow(part.unit, None, None, None, part.counts, part.visible)
    return CoverageRow(part.unit, view.name, view.kind, view.cell_kind, part.counts, part.visible)


async def members(session: Session, unit: UUID, column: MemberColumn, after: UUID | None, limit: int) -> Members:
    """Members that the column counts. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    found = await coverage.members_in(session.connection, unit, day, known_at, column, after, limit)
    persons, units = {line.person for line in found}, {line.unit for line in found}
    session.tells_of(persons=persons)
    names = await look_up(session, persons=persons, units=units)
    lines = [
        CountedMember(names.person(m.person), names.unit(m.unit, day), MemberStatus(m.status), m.holds) for m in found
    ]
    return Members(unit, day, known_at, lines, found[-1].person if len(found) >= limit else None)


async def households(
    session: Session, unit: UUID, column: HouseholdColumn, after: UUID | None, limit: int
) -> Households:
    """Households that the column counts. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    found = await coverage.households_in(session.connection, unit, day, known_at, column, after, limit)
    homes, units = {line.household for line in found}, {line.unit for line in found}
    session.tells_of(households=homes)
    names = await look_up(session, households=homes, units=units)
    lines = [
        CountedHousehold(
            household=names.household(line.household),
            unit=names.unit(line.unit, day),
            economic_class=EconomicClass(line.economic_class) if line.economic_class else None,
            covered=line.covered,
            left_poverty=line.left_poverty,
            cultural=line.cultural,
        )
        for line in found
    ]
    return Households(unit, day, known_at, lines, found[-1].household if len(found) >= limit else None)


async def groups(session: Session, unit: UUID, column: GroupColumn, after: UUID | None, limit: int) -> Groups:
    """Groups that the column counts. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    found = await coverage.groups_in(session.connection, unit, day, known_at, column, after, limit)
    names = await look_up(session, groups={line.group for line in found}, units={line.unit for line in found})
    lines = [CountedGroup(names.group(line.group), names.unit(line.unit, day), line.assigned) for line in found]
    return Groups(unit, day, known_at, lines, found[-1].group if len(found) >= limit else None)
