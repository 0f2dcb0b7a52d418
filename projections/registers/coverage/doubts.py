"""Assignments that still hold although something has changed: nothing is ended silently, somebody has to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from itertools import zip_longest
from typing import TypeVar
from uuid import UUID

from events.calendar import FOREVER
from projections.bitemporal import Row, Table
from projections.registers.coverage.entries import Entry
from projections.registers.coverage.holdings import Holding
from projections.states.assignments import Assignment, Target
from projections.states.households import Group, Household
from projections.states.members import ASSIGNABLE, Member
from projections.states.timeline import Span, boundaries

_COLUMNS = {
    "is_group": "boolean NOT NULL",
    "member": "uuid NOT NULL",
    "unit": "uuid NOT NULL",
    "reason": "text NOT NULL",
}
MEMBER_DOUBT = Table("member_doubt", ("assignment", "target"), _COLUMNS)
TARGET_DOUBT = Table("target_doubt", ("assignment", "target"), _COLUMNS)
PLACE_DOUBT = Table("place_doubt", ("assignment", "target"), {**_COLUMNS, "given_by": "uuid NOT NULL"})
"""Of those about households the ones that concern another cell: `unit` has the household, `given_by` assigned it."""

T = TypeVar("T")


class Doubt(Enum):
    """Why an assignment that holds needs a decision: something about its member, or about its household or group."""

    EXEMPT = "exempt"
    TEMPORARILY_EXEMPT = "temporarily_exempt"
    SUSPENDED = "suspended"
    NOT_YET_A_MEMBER = "not_yet_a_member"
    TRANSFERRED_OUT = "transferred_out"
    DIED = "died"
    LEFT = "left"
    REMOVED = "removed"
    MEMBER_IN_ANOTHER_CELL = "member_in_another_cell"
    HOUSEHOLD_NOT_THERE = "household_not_there"
    HOUSEHOLD_IN_ANOTHER_CELL = "household_in_another_cell"
    GROUP_NOT_THERE = "group_not_there"


def doubts(entry: Entry, beside: Entry) -> Iterator[tuple[Table, Row]]:
    """The doubts about the assignments of a member, or of a household or group, as believed now: without those that
    follow from what `beside` has as well."""
    if entry.member is not None:
        holdings = _concerned(entry.member, entry, beside)
        if not _settled(entry.member, holdings):
            for holding in holdings:
                what = (holding.is_group, entry.member.person, holding.unit)
                for since, until, doubt in _about_member(entry.member, holding):
                    yield MEMBER_DOUBT, (holding.assignment, holding.target, since, until, *what, doubt.value)
    if entry.target is None:
        return
    for a in _assigned(entry.target, entry, beside):
        if a.span is not None:
            what = (entry.target.is_group, a.member, a.unit)
            for since, until, doubt in _about_target(entry, a.span, a.unit):
                yield TARGET_DOUBT, (a.assignment, entry.target.target, since, until, *what, doubt.value)
            for since, until, cell, doubt in _elsewhere(entry.household, a.span, a.unit):
                place = (entry.target.is_group, a.member, cell, doubt.value, a.unit)
                yield PLACE_DOUBT, (a.assignment, entry.target.target, since, until, *place)


def _concerned(member: Member, entry: Entry, beside: Entry) -> list[Holding]:
    """What the member holds on days on which it may be doubtful in another way than beside."""
    if member is beside.member:
        return entry.holdings.but(beside.holdings)
    first = date.min if beside.member is None else _first_difference(member, beside.member)
    return entry.holdings.after(first, beside.holdings)


def _assigned(target: Target, entry: Entry, beside: Entry) -> Sequence[Assignment]:
    """The assignments that may be doubtful in another way than beside."""
    if beside.target is None or not _same_place(entry, beside):
        return target.assignments
    if beside.target is target:
        return ()
    others = beside.target.assignments
    return [a for a in target.assignments if not any(a is other for other in others)]


def _first_difference(one: Member, other: Member) -> date:
    """A day before which both are in the same cells with the same status."""
    if one.left is not other.left or one.residences != other.residences:
        return date.min
    pairs = (*zip_longest(one.cells, other.cells), *zip_longest(one.statuses, other.statuses))
    return min((claim.since for pair in pairs if pair[0] is not pair[1] for claim in pair if claim), default=FOREVER)


def _same_place(entry: Entry, beside: Entry) -> bool:
    """Whether the household or group is in the same cells, on the same days."""
    one, other = entry.household, beside.household
    if (one and one.cells) is not (other and other.cells):
        return False
    return (entry.group and entry.group.span) == (beside.group and beside.group.span)


def _settled(member: Member, holdings: Sequence[Holding]) -> bool:
    """Whether nothing can be doubtful, as with most members: one cell from the start, and always assignable."""
    first = member.cells[0]
    return (
        len(member.cells) == 1
        and all(claim.value in ASSIGNABLE for claim in member.statuses)
        and all(first.since <= holding.span.since for holding in holdings)
    )


def _about_member(member: Member, holding: Holding) -> Iterator[tuple[date, date, Doubt]]:
    began = holding.span.since
    of_this_cell, home = holding.unit in member.units(began), member.unit(began)

    def doubt(day: date) -> Doubt | None:
        cell = member.unit(day)
        if cell is None:
            if day < member.cells[0].since:
                return Doubt.NOT_YET_A_MEMBER
            return Doubt.LEFT if member.left is None else Doubt(member.left.value)
        status = member.status(day)
        if status not in ASSIGNABLE:
            return Doubt(status.value)
        stayed = holding.unit in member.units(day) or (not of_this_cell and cell == home)
        return None if stayed else Doubt.MEMBER_IN_ANOTHER_CELL

    days = boundaries(member.cells) | boundaries(member.statuses)
    for residence in member.residences:
        days |= {residence.span.since, residence.span.until}
    return _spans(holding.span, days, doubt)


def _about_target(entry: Entry, span: Span, unit: UUID) -> Iterator[tuple[date, date, Doubt]]:
    if entry.group is not None:
        return _about_group(entry.group, span)
    if entry.household is not None:
        return _about_household(entry.household, span, unit)
    return iter(())


def _about_group(group: Group, span: Span) -> Iterator[tuple[date, date, Doubt]]:
    def doubt(day: date) -> Doubt | None:
        return None if group.span.holds(day) else Doubt.GROUP_NOT_THERE

    return _spans(span, {group.span.since, group.span.until}, doubt)


def _about_household(household: Household, span: Span, unit: UUID) -> Iterator[tuple[date, date, Doubt]]:
    if len(household.cells) == 1 and household.cells[0].since <= span.since:
        return iter(())
    accepted = {unit, household.unit(span.since)}

    def doubt(day: date) -> Doubt | None:
        cell = household.unit(day)
        if cell is None:
            return Doubt.HOUSEHOLD_NOT_THERE
        return None if cell in accepted else Doubt.HOUSEHOLD_IN_ANOTHER_CELL

    return _spans(span, boundaries(household.cells), doubt)


def _elsewhere(household: Household | None, span: Span, unit: UUID) -> Iterator[tuple[date, date, UUID, Doubt]]:
    """When the household is, or was last, in a cell that neither assigned it nor had it then."""
    if household is None or len(household.cells) == 1:
        return
    accepted = {unit, household.unit(span.since)}

    def place(day: date) -> tuple[UUID, Doubt] | None:
        cell = household.unit(day)
        last = cell or next((c.value for c in reversed(household.cells) if c.value and c.since <= day), None)
        if last is None or last in accepted:
            return None
        return last, Doubt.HOUSEHOLD_NOT_THERE if cell is None else Doubt.HOUSEHOLD_IN_ANOTHER_CELL

    for since, until, (cell, doubt) in _spans(span, boundaries(household.cells), place):
        yield since, until, cell, doubt


def _spans(span: Span, days: Iterable[date], doubt: Callable[[date], T | None]) -> Iterator[tuple[date, date, T]]:
    cuts = [span.since, *sorted(day for day in days if span.since < day < span.until), span.until]
    found = [(cuts[0], doubt(cuts[0]))]
    for day in cuts[1:-1]:
        reason = doubt(day)
        if reason != found[-1][1]:
            found.append((day, reason))
    ends = [since for since, _ in found[1:]] + [span.until]
    for (since, reason), until in zip(found, ends, strict=True):
        if reason is not None:
            yield since, until, reason
