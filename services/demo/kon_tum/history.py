"""What changes from year to year, as bodies of facts: all made up, and leaving the figures as they are.

Every year in each village cell: one member becomes exempt and an exempt one returns and takes over his households;
of the other assignments some 20 % go to another member (with the first, about a quarter changes hands); in one cell of
ten a household is dissolved and a new one takes its place, in another one of ten a household in nobody's charge moves
to the next cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from events.facts.assignments import AssignmentEnded, EndingReason, GroupAssigned, HouseholdAssigned, PlanAdopted
from events.facts.households import DissolutionReason, HouseholdDissolved, HouseholdMoved, HouseholdRegistered
from events.facts.members import MemberStatus, MemberStatusChanged
from events.facts.values import Basis, Body
from services.demo.identifiers import named
from services.demo.kon_tum import shape
from services.demo.kon_tum.province import Province, plan_basis, plan_day
from services.demo.kon_tum.visiting import Visited

STEP = 5
"""One assignment in so many is given to somebody else each year."""


class Happened(NamedTuple):
    """Facts of one command: their bodies, the cell they belong to, their day, and the document."""

    bodies: tuple[Body, ...]
    unit: UUID
    day: date
    basis: Basis | None = None


class Held(msgspec.Struct):
    """A running assignment of a household or group."""

    target: UUID
    assignment: UUID
    member: UUID


class CellHistory:
    """One village cell as it stands after the years told so far."""

    def __init__(self, cell: shape.Cell, year: int) -> None:
        self.cell = cell
        self.unit = cell.id
        self.groups = [
            self._held(shape.group_id(cell.first_group + index), cell.first_member + index, year)
            for index in range(cell.with_group)
        ]
        self.inside = [[shape.household_id(n) for n in cell.group_households(i)] for i in range(cell.with_group)]
        self.single = [self._held(shape.household_id(n), member, year) for member, n in cell.single_lines()]
        first = cell.first_member + cell.with_group + cell.with_single
        self.exempt = [shape.person_id(number) for number in range(first, first + cell.exempt)]
        last = cell.first_household + cell.households
        self.alone = [shape.household_id(number) for number in range(last - cell.alone, last)]

    def _held(self, target: UUID, member: int, year: int) -> Held:
        return Held(target, shape.assignment_id(year, target), shape.person_id(member))

    def visited(self) -> Iterator[Visited]:
        """Who visits whom now."""
        unit = str(self.unit)
        for held, households in zip(self.groups, self.inside, strict=True):
            member = str(held.member)
            for household in households:
                yield Visited(str(household), member, unit)
        for held in self.single:
            yield Visited(str(held.target), str(held.member), unit)

    def plan_again(self, year: int) -> Iterator[Happened]:
        """A member becomes exempt for one who returns, and the plan of the year gives assignments to others."""
        day = plan_day(year)
        owners = [held.member for held in (*self.groups, *self.single)]
        replaced, returned = None, None
        if self.exempt and self.single:
            replaced = self.single[year * 7 % len(self.single)].member
            returned = self.exempt.pop(0)
            self.exempt.append(replaced)
            owners = [returned if owner == replaced else owner for owner in owners]
            for person, status in ((replaced, MemberStatus.EXEMPT), (returned, MemberStatus.ACTIVE)):
                changed = MemberStatusChanged(person=person, status=status, granted_by=self.unit)
                yield Happened((changed,), self.unit, date(year, 1, 2), plan_basis(year, self.cell))
        _rotate(owners, range(year % STEP, len(self.groups), STEP))
        _rotate(owners, range(len(self.groups) + year % STEP, len(owners), STEP))
        bodies = tuple(self._bodies(owners, year, replaced))
        assigned = sum(isinstance(body, HouseholdAssigned | GroupAssigned) for body in bodies)
        plan = PlanAdopted(
            plan=named(f"kon-tum/plan/{self.cell.number}/{year}"), unit=self.unit, year=year, assignments=assigned
        )
        yield Happened((plan, *bodies), self.unit, day, plan_basis(year, self.cell))

    def _bodies(self, owners: Sequence[UUID], year: int, replaced: UUID | None) -> Iterator[Body]:
        plan = named(f"kon-tum/plan/{self.cell.number}/{year}")
        given: list[Body] = []
        for index, (held, owner) in enumerate(zip((*self.groups, *self.single), owners, strict=True)):
            if held.member == owner:
                continue
            reason = EndingReason.MEMBER_EXEMPT if held.member == replaced else EndingReason.PLAN_CHANGED
            yield AssignmentEnded(assignment=held.assignment, target=held.target, member=held.member, reason=reason)
            held.assignment, held.member = shape.assignment_id(year, held.target), owner
            if index < len(self.groups):
                given.append(GroupAssigned(assignment=held.assignment, group=held.target, member=owner, plan=plan))
            else:
                given.append(
                    HouseholdAssigned(assignment=held.assignment, household=held.target, member=owner, plan=plan)
                )
        yield from given

    def dissolve(self, year: int) -> Iterator[Happened]:
        """A household moves away; a new one is registered and given to the same member."""
        day, held = date(year, 1, 5), self.single[year * 3 % len(self.single)]
        yield Happened(
            (HouseholdDissolved(household=held.target, reason=DissolutionReason.MOVED_AWAY),), self.unit, day
        )
        ended = AssignmentEnded(
            assignment=held.assignment,
            target=held.target,
            member=held.member,
            reason=EndingReason.HOUSEHOLD_DISSOLVED,
        )
        yield Happened((ended,), self.unit, day)
        held.target = shape.household_id(f"{self.cell.number}/{year}")
        held.assignment = shape.assignment_id(year, held.target)
        head = f"Chủ hộ {self.cell.number}/{year} (tên giả)"
        yield Happened(
            (HouseholdRegistered(household=held.target, unit=self.unit, head=head, persons=4),), self.unit, day
        )
        given = HouseholdAssigned(assignment=held.assignment, household=held.target, member=held.member)
        yield Happened((given,), self.unit, day)

    def move_to(self, other: CellHistory, year: int) -> Iterator[Happened]:
        """A household in nobody's charge moves to the other cell."""
        household = self.alone.pop(0)
        other.alone.append(household)
        moved = HouseholdMoved(household=household, unit=other.unit, former_unit=self.unit)
        yield Happened((moved,), other.unit, date(year, 1, 5))


class History:
    """The village cells over the years, from the first plan on."""

    def __init__(self, province: Province, first_year: int) -> None:
        self._cells = [CellHistory(cell, first_year) for cell in province.villages()]

    def visited(self) -> list[Visited]:
        """Each covered household with its member, as things stand now."""
        return [visited for cell in self._cells for visited in cell.visited()]

    def next_year(self, year: int) -> Iterator[Happened]:
        """What January of a later year brings."""
        for cell in self._cells:
            yield from cell.plan_again(year)
        for number, cell in enumerate(self._cells):
            if number % 10 == year % 10:
                yield from cell.dissolve(year)
            elif number % 10 == (year + 5) % 10 and cell.alone:
                yield from cell.move_to(self._cells[(number + 1) % len(self._cells)], year)


def _rotate(owners: list[UUID], places: range) -> None:
    """Each of these places gets the owner of the next but one of them."""
    before = [owners[place] for place in places]
    for index, place in enumerate(places):
        owners[place] = before[(index + 2) % len(before)]
