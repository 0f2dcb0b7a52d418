"""What a member held on which days of the year, directly and through groups, and by which facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from events.envelope import Fact
from projections.evidence.calendar import Calendar, Days
from projections.evidence.digests import Told
from projections.evidence.figures import AssignmentLine, Assignments, Figure, Positions, ordered
from projections.states.assignments import Target, apply_target
from projections.states.households import apply_group, apply_household
from projections.states.members import Member, apply_member
from projections.states.timeline import CannotApply

S = TypeVar("S")


def folded(apply: Callable[[S | None, Fact[Any]], S], facts: Iterable[Told], year: int) -> tuple[S | None, list[int]]:
    """What the facts amount to that take effect by the end of the year, the first of all besides; and their positions.

    What takes effect later leaves the year as it was. What cannot be applied waits in quarantine elsewhere too: it does
    not count.
    """
    state: S | None = None
    positions: list[int] = []
    for told in facts:
        if state is not None and told.fact.effective.year > year:
            continue
        try:
            state = apply(state, told.fact)
        except CannotApply:
            continue
        positions.append(told.position)
    return state, positions


class Given:
    """One assignment by itself, as it was believed in turn: its days of the year now, and whether it ever had any.

    That it overlaps with no other was decided when it was given; here each day counts once anyway.
    """

    def __init__(self, target: Target, position: int) -> None:
        self.target = target
        self.days: Days = 0
        self.ever = False
        self.positions = {position}

    def take(self, target: Target, position: int, days: Days) -> None:
        """Counts the fact, unless it leaves the days of the year as they were."""
        if days != self.days:
            self.positions.add(position)
        self.target, self.days, self.ever = target, days, self.ever or days != 0


About = Mapping[UUID, Sequence[Told]]
"""Household or group → the facts that tell when it existed, and of a group who was in it."""


class Holding:
    """What the member held. `days` of anything that existed, `households` and `groups` each with their days; the days
    on which he was no member do not count. `basis`: the positions of the facts by which."""

    def __init__(self, calendar: Calendar, membership: Iterable[Told], given: Iterable[Told], about: About) -> None:
        self._calendar, self._about = calendar, about
        self.member: Member | None
        self.member, self.membership = folded(apply_member, membership, calendar.year)
        self._present = calendar.with_value(self.member.cells) if self.member is not None else 0
        self.days: Days = 0
        self.households: dict[UUID, Days] = {}
        self.groups: dict[UUID, Days] = {}
        self.positions_of: dict[UUID, list[int]] = {}
        self._basis: set[int] = set(self.membership)
        self._lines: list[AssignmentLine] = []
        self._take(given)
        self.basis = ordered(self._basis)

    def holds(self, day: date) -> bool:
        """Whether he is assigned on the day, as coverage counts it."""
        return bool(self.days & self._calendar.day(day))

    def _take(self, facts: Iterable[Told]) -> None:
        for given in self._believed(facts):
            if given.ever:
                self._lines.append(self._line(given))
                self._basis.update(given.positions)
                if given.days:
                    self._hold(given)
        self._settle()

    def _believed(self, facts: Iterable[Told]) -> list[Given]:
        every: dict[UUID, Given] = {}
        for told in facts:
            known = every.get(told.fact.body.assignment)
            try:
                target = apply_target(known.target if known is not None else None, told.fact)
            except CannotApply:
                continue
            if known is None:
                known = every[told.fact.body.assignment] = Given(target, told.position)
            (assignment,) = target.assignments
            span = assignment.span
            days = self._calendar.days(span.since, span.until) if span is not None else 0
            known.take(target, told.position, days)
        return list(every.values())

    def _line(self, given: Given) -> AssignmentLine:
        since, until = self._calendar.ends(given.days)
        return AssignmentLine(
            assignment=given.target.assignments[0].assignment,
            target=given.target.target,
            is_group=given.target.is_group,
            since=since,
            until=until,
            days=given.days.bit_count(),
            positions=ordered(given.positions),
        )

    def _hold(self, given: Given) -> None:
        target = given.target
        if not target.is_group:
            self._hold_household(target.target, given.days, given.positions)
            return
        group, positions = folded(apply_group, self._about.get(target.target, ()), self._calendar.year)
        self._basis.update(positions)
        self.positions_of.setdefault(target.target, []).extend((*given.positions, *positions))
        days = self._calendar.days(group.span.since, group.span.until) & given.days if group is not None else 0
        self.groups[target.target] = self.groups.get(target.target, 0) | days
        for place in group.places if group is not None else ():
            inside = self._calendar.days(place.span.since, place.span.until) & days
            if inside:
                self._hold_household(place.household, inside, (*given.positions, *positions))

    def _hold_household(self, household: UUID, days: Days, positions: Iterable[int]) -> None:
        self.households[household] = self.households.get(household, 0) | days
        self.positions_of.setdefault(household, []).extend(positions)

    def _settle(self) -> None:
        """Takes away the days on which the household was none, or he no member."""
        for household, days in list(self.households.items()):
            known, positions = folded(apply_household, self._about.get(household, ()), self._calendar.year)
            exists = self._calendar.with_value(known.cells) if known is not None else 0
            self._basis.update(positions)
            self.positions_of[household] += positions
            self.households[household] = days & exists & self._present
        self.households = {key: days for key, days in self.households.items() if days}
        self.groups = {key: days & self._present for key, days in self.groups.items() if days & self._present}
        for days in (*self.households.values(), *self.groups.values()):
            self.days |= days

    def opens(self, targets: Iterable[UUID]) -> Positions:
        """The facts by which he held these."""
        return ordered(position for target in targets for position in (*self.membership, *self.positions_of[target]))

    def assignments(self) -> Assignments:
        """The part of the dossier."""
        return Assignments(
            days=Figure(self.days.bit_count(), self.basis),
            household_days=Figure(sum(days.bit_count() for days in self.households.values()), self.basis),
            households=Figure(len(self.households), self.basis),
            groups=Figure(len(self.groups), self.opens(self.groups)),
            lines=tuple(self._lines),
        )
