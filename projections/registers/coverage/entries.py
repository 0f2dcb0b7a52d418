"""What coverage remembers of each member, household and group, and how a fact about one of them reaches the others.

An assignment concerns three: its member (does he hold anything?), its household or group, and the households of that
group (does anybody hold them?). Each remembers what it needs of the others, so that its own rows follow from itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    GroupAssigned,
    HouseholdAssigned,
)
from events.facts.households import (
    CulturalFamilyRecognised,
    EconomicClassReviewed,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    HouseholdDissolved,
    HouseholdLeftPoverty,
    HouseholdMoved,
    HouseholdRegistered,
)
from events.facts.members import (
    MemberAdmitted,
    MemberLeft,
    MemberStatusChanged,
    MemberTransferred,
    ResidenceEnded,
    ResidenceIntroduced,
)
from events.facts.values import Body
from projections.registers.coverage.holdings import Holding, Holdings
from projections.registers.coverage.intervals import Days, set_days, union, within
from projections.states.assignments import Target, apply_target
from projections.states.households import Group, Household, apply_group, apply_household
from projections.states.members import Member, apply_member
from projections.states.timeline import Span

MEMBER_FACTS: frozenset[type[Body]] = frozenset(
    {MemberAdmitted, MemberTransferred, MemberStatusChanged, MemberLeft, ResidenceIntroduced, ResidenceEnded}
)
HOUSEHOLD_FACTS: frozenset[type[Body]] = frozenset(
    {
        HouseholdRegistered,
        HouseholdMoved,
        HouseholdDissolved,
        EconomicClassReviewed,
        HouseholdLeftPoverty,
        CulturalFamilyRecognised,
    }
)
GROUP_FACTS: frozenset[type[Body]] = frozenset({GroupFormed, GroupChanged, GroupDissolved})
ASSIGNMENT_FACTS: frozenset[type[Body]] = frozenset(
    {HouseholdAssigned, GroupAssigned, AssignmentEnded, AssignmentCorrected, AssignmentRetracted}
)

BEGIN_HOLDING = frozenset({HouseholdAssigned, GroupAssigned})

# After these somebody may be a member, or something may exist, on other days than before.
BEGIN_OR_END = frozenset(
    {MemberAdmitted, MemberTransferred, MemberLeft, HouseholdRegistered, HouseholdMoved, HouseholdDissolved}
)


class Placing(msgspec.Struct, frozen=True, array_like=True):
    """A household's days in a group, and the days on which somebody is responsible for that group."""

    group: UUID
    days: Days
    covered: Days


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is remembered under one id: of a member, or of a household or group with its assignments.

    `present` are the days on which those assigned to the target are members, as far as they matter to it. A household's
    head and address are not kept. What is named by others before it is known itself has an entry, and no rows.
    """

    member: Member | None = None
    holdings: Holdings = Holdings()
    household: Household | None = None
    places: tuple[Placing, ...] = ()
    group: Group | None = None
    target: Target | None = None
    present: dict[UUID, Days] = {}

    def exists(self) -> Days:
        """The days on which the household or group exists."""
        if self.group is not None:
            return union((self.group.span,))
        return () if self.household is None else set_days(self.household.cells)

    def covered(self) -> Days:
        """The days on which a member of the Party is responsible for the household or group itself."""
        if self.target is None:
            return ()
        parts: list[Span] = []
        for a in self.target.assignments:
            if a.span is not None:
                parts += within(a.span, self.present.get(a.member, ()))
        return union(parts)


def key(fact: Fact[Any]) -> UUID:
    """The member, household or group that the fact is about; of an assignment its household or group."""
    body = fact.body
    kind = type(body)
    found: UUID
    if kind in MEMBER_FACTS:
        found = body.person
    elif kind in HOUSEHOLD_FACTS or kind is HouseholdAssigned:
        found = body.household
    elif kind in GROUP_FACTS or kind is GroupAssigned:
        found = body.group
    else:
        found = body.target
    return found


def concerned(fact: Fact[Any], entries: Mapping[UUID, Entry]) -> Iterator[UUID]:
    """Whose entries the fact reads or changes, as far as the entries at hand tell."""
    about = key(fact)
    yield about
    kind, entry = type(fact.body), entries.get(about)
    if kind in ASSIGNMENT_FACTS:
        yield fact.body.member
    elif kind is GroupFormed:
        yield from fact.body.households
    elif kind is GroupChanged:
        yield from fact.body.added
    if entry is None:
        return
    if kind in ASSIGNMENT_FACTS:
        assignment = None if entry.target is None else entry.target.find(fact.body.assignment)
        if assignment is not None:
            yield assignment.member
        yield from _placed_in(entry)
    elif kind in GROUP_FACTS:
        yield from _held_by(entry, date.min)
        yield from _placed_in(entry)
    elif kind in BEGIN_OR_END:
        yield from _held_by(entry, fact.effective)
        for target in _holds(entry, fact.effective):
            yield target
            held = entries.get(target)
            if held is not None:
                yield from _placed_in(held)


def _held_by(entry: Entry, day: date) -> list[UUID]:
    """Who holds the household or group after the day."""
    every = () if entry.target is None else entry.target.assignments
    return [a.member for a in every if a.span is not None and a.span.until > day]


def _holds(entry: Entry, day: date) -> set[UUID]:
    """What the member holds after the day."""
    return {holding.target for holding in entry.holdings.reaching(day).recent if holding.span.until > day}


def _placed_in(entry: Entry) -> Iterable[UUID]:
    return () if entry.group is None else [place.household for place in entry.group.places]


def changed(fact: Fact[Any], entries: Mapping[UUID, Entry]) -> Mapping[UUID, Entry]:
    """The entries that the fact changes, as they are afterwards. Raises `CannotApply`."""
    change = _Change(entries)
    kind = type(fact.body)
    if kind in MEMBER_FACTS:
        change.member(fact)
    elif kind in HOUSEHOLD_FACTS:
        change.household(fact)
    elif kind in GROUP_FACTS:
        change.group(fact)
    else:
        change.assignment(fact)
    return change.after


class _Change:
    """What one fact does to the entries."""

    def __init__(self, entries: Mapping[UUID, Entry]) -> None:
        self._before = entries
        self.after: dict[UUID, Entry] = {}

    def _get(self, about: UUID) -> Entry:
        return self.after.get(about) or self._before.get(about) or Entry()

    def _put(self, about: UUID, **fields: Any) -> Entry:
        entry = self.after[about] = msgspec.structs.replace(self._get(about), **fields)
        return entry

    def member(self, fact: Fact[Any]) -> None:
        person = fact.body.person
        before = self._get(person)
        member = apply_member(before.member, fact)
        # The reason for which he left is told of every gap, the others only of days from the fact's own on.
        same = before.member is not None and before.member.left is member.left
        holdings = before.holdings.reaching(fact.effective) if same else before.holdings.whole()
        after = self._put(person, member=member, holdings=holdings)
        present = _present(after)
        if present != _present(before):
            for target in _holds(after, fact.effective):
                self._put(target, present={**self._get(target).present, person: present})
                self._tell_households(target)

    def household(self, fact: Fact[Any]) -> None:
        about = fact.body.household
        before = self._get(about)
        household = apply_household(before.household, fact)
        if household.head:
            household = msgspec.structs.replace(household, head="", address=None)
        after = self._put(about, household=household)
        if type(fact.body) in BEGIN_OR_END:
            self._tell_members(before, after)

    def group(self, fact: Fact[Any]) -> None:
        about = fact.body.group
        before = self._get(about)
        after = self._put(about, group=apply_group(before.group, fact))
        self._tell_members(before, after)
        self._tell_households(about, _placed_in(before))

    def assignment(self, fact: Fact[Any]) -> None:
        about = key(fact)
        entry = self._get(about)
        target = apply_target(entry.target, fact)
        assignment = target.find(fact.body.assignment)
        assert assignment is not None
        holder = self._get(assignment.member)
        entry = self._put(about, target=target, present={**entry.present, assignment.member: _present(holder)})
        new = None
        if assignment.span is not None:
            given = (assignment.assignment, about, target.is_group, assignment.unit, assignment.span)
            new = Holding(*given, tuple(within(assignment.span, entry.exists())))
        is_new = type(fact.body) in BEGIN_HOLDING
        old = None if is_new else (assignment.assignment, about)
        after = self._hold(assignment.member, old, new)
        self._put(assignment.member, holdings=after.holdings.tidied(fact.effective))
        self._tell_households(about)

    def _hold(self, member: UUID, old: tuple[UUID, UUID] | None, new: Holding | None) -> Entry:
        """The member holds the new in the place of the old one, named by its assignment and target."""
        holdings = self._get(member).holdings
        found = None
        if old is not None:
            found = holdings.find(*old)
            if found is None:
                holdings = holdings.whole()
                found = holdings.find(*old)
        return self._put(member, holdings=holdings.replaced(found, new))

    def _tell_members(self, before: Entry, after: Entry) -> None:
        """Members learn on which days what they hold exists."""
        then, now = before.exists(), after.exists()
        if then == now or after.target is None:
            return
        for a in after.target.assignments:
            if a.span is None:
                continue
            days = tuple(within(a.span, now))
            if days != tuple(within(a.span, then)):
                given = (a.assignment, after.target.target, after.target.is_group, a.unit, a.span)
                self._hold(a.member, (a.assignment, after.target.target), Holding(*given, days))

    def _tell_households(self, target: UUID, formerly: Iterable[UUID] = ()) -> None:
        """Households learn when they are in the group, and when somebody is responsible for it."""
        entry = self._get(target)
        if entry.group is None:
            return
        covered = entry.covered()
        days: dict[UUID, list[Span]] = {household: [] for household in formerly}
        for place in entry.group.places:
            days.setdefault(place.household, []).extend(within(entry.group.span, (place.span,)))
        for household, parts in days.items():
            places = self._get(household).places
            placing = Placing(target, union(parts), covered)
            if placing in places:
                continue
            others = tuple(p for p in places if p.group != target)
            self._put(household, places=(*others, placing) if parts else others)


def _present(entry: Entry) -> Days:
    """The days on which he is a member."""
    return () if entry.member is None else set_days(entry.member.cells)
