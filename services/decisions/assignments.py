"""Decisions about who is responsible for which household or group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.catalogue import subject
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    GroupAssigned,
    HouseholdAssigned,
    HouseholdNotified,
    NoticeChannel,
    PlanAdopted,
    RetractionReason,
)
from events.facts.households import Year
from events.log.limits import LARGEST_BATCH
from projections.states.assignments import Assignment, Target
from projections.states.timeline import Span
from services.decisions.asking import CELL_AND_ABOVE, Asker
from services.decisions.command import Decided, Decision, Draft, Refused, View, Warned


def _boundaries(member: UUID, household: UUID | None, group: UUID | None) -> tuple[str, ...]:
    target = household or group
    return (
        subject("member", member),
        *((subject("household", household),) if household else ()),
        *((subject("group", group),) if group else ()),
        *((subject("assignment", target),) if target else ()),
    )


def _target_unit(view: View, asker: Asker, household: UUID | None, group: UUID | None, day: date) -> UUID:
    """The cell of the household or group on the day; the successor of a merged one. Raises `Refused`.

    That it was not there on the day is told only to who covers it.
    """
    if household is not None:
        found = view.household(household)
        if found is None:
            raise Refused("household_unknown", household=household)
        unit = found.unit(day)
        if unit is None:
            view.must_cover_one_of(asker, (claim.value for claim in found.cells))
            raise Refused("household_not_then", household=household, day=day)
        return view.organisation.standing_for(unit, day)
    if group is None:
        raise Refused("household_or_group_needed")
    known = view.group(group)
    if known is None:
        raise Refused("group_unknown", group=group)
    if not known.span.holds(day):
        view.must_cover_one_of(asker, (known.unit,))
        raise Refused("group_not_then", group=group, day=day)
    return view.organisation.standing_for(known.unit, day)


def _may_be_assigned(view: View, asker: Asker, member: UUID, day: date, unit: UUID) -> tuple[Warned, ...]:
    """Who may be given households: CV 1499-CV/TU, point 2. Warns where he belongs to another cell."""
    known = view.member(member)
    if known is None:
        raise Refused("member_unknown", person=member)
    cell = known.unit(day)
    if cell is None:
        view.must_cover_one_of(asker, (claim.value for claim in known.cells))
        raise Refused("not_a_member_then", person=member, day=day)
    of_this_cell = any(view.same_unit(own, unit, day) for own in known.units(day))
    if not of_this_cell:
        view.must_cover_one_of(asker, (cell,))
    if not known.assignable(day):
        raise Refused("member_not_assignable", person=member, member_status=known.status(day).value, day=day)
    if of_this_cell:
        return ()
    return (Warned("member_of_another_cell", {"person": member, "unit": cell}),)


def _must_end_in_time(
    view: View, asker: Asker, member: UUID, household: UUID | None, unit: UUID, span: Span, held: Span | None = None
) -> None:
    """Who gave up the household, or the member, gives nothing of them beyond that day. Raises `Refused`."""
    place = view.household(household) if household is not None else None
    if place is not None:
        view.must_end_in_time(asker, place.cells, span, held)
    known = view.member(member)
    if known is not None and not any(r.unit == unit and r.span.holds(view.today) for r in known.residences):
        view.must_end_in_time(asker, known.cells, span, held)


def _must_be_new(target: Target | None, assignment: UUID) -> None:
    if target is not None and target.find(assignment) is not None:
        raise Refused("assignment_exists", assignment=assignment)


def _must_not_overlap(target: Target | None, member: UUID, span: Span, but: UUID | None = None) -> None:
    other = target.overlapping(member, span, but) if target else None
    if other is not None and other.span is not None:
        raise Refused("already_assigned", assignment=other.assignment, since=other.span.since, person=member)


def _span(since: date, until: date | None) -> Span:
    if until is not None and until <= since:
        raise Refused("ends_before_it_begins", since=since, until=until)
    return Span(since, until or FOREVER)


def _held_directly(
    view: View, member: UUID, group: UUID, span: Span, gone: Iterable[UUID] = (), planned: Iterable[UUID] = ()
) -> list[UUID]:
    """Households of the group on its first day for which the member is responsible directly as well, not counting the
    assignments `gone`. They lie in other boundaries, which nothing locks: told, and not refused."""
    found = view.group(group)
    held = set(planned)
    for household in found.households(span.since) if found else ():
        known = _without(view.target(household), gone)
        if known is not None and known.overlapping(member, span) is not None:
            held.add(household)
    return sorted(held & found.households(span.since)) if found else []


def _without(target: Target | None, gone: Iterable[UUID]) -> Target | None:
    if target is None:
        return None
    kept = tuple(a for a in target.assignments if a.assignment not in gone)
    return msgspec.structs.replace(target, assignments=kept)


def _also_directly(member: UUID, households: Iterable[UUID]) -> tuple[Warned, ...]:
    return tuple(Warned("also_directly", {"person": member, "household": household}) for household in households)


def _assignments_of_households(states: Mapping[str, Any], groups: Iterable[UUID]) -> Iterable[str]:
    """Subjects of the assignments of all households that were ever in the groups."""
    found = [states.get(subject("group", group)) for group in groups]
    return {subject("assignment", place.household) for group in found if group for place in group.places}


def _load_warning(view: View, member: UUID, added: int) -> tuple[Warned, ...]:
    load = view.load(member) + added
    if load <= view.warn_above:
        return ()
    return (Warned("load_high", {"person": member, "load": load, "limit": view.warn_above}),)


class _Assign(Decision, frozen=True, kw_only=True):
    ALLOWED = CELL_AND_ABOVE

    assignment: UUID
    member: UUID
    until: date | None = None

    def names_members(self) -> Iterable[UUID]:
        return (self.member,)

    def _decide(self, view: View, asker: Asker, household: UUID | None, group: UUID | None) -> Decided:
        unit = _target_unit(view, asker, household, group, self.effective)
        view.must_cover_one_of(asker, (unit,))
        warnings = _may_be_assigned(view, asker, self.member, self.effective, unit)
        target = household or group
        known = view.target(target) if target else None
        _must_be_new(known, self.assignment)
        span = _span(self.effective, self.until)
        _must_not_overlap(known, self.member, span)
        _must_end_in_time(view, asker, self.member, household, unit, span)
        added, twice = 1, list[UUID]()
        if group is not None:
            found = view.group(group)
            twice = _held_directly(view, self.member, group, span)
            added = len(found.households(self.effective)) - len(twice) if found else 0
        body = _assigned(self.assignment, self.member, household, group, self.until, None)
        told = (*warnings, *_also_directly(self.member, twice), *_load_warning(view, self.member, added))
        return Decided((Draft(body, unit, self.effective),), told)


def _assigned(
    assignment: UUID, member: UUID, household: UUID | None, group: UUID | None, until: date | None, plan: UUID | None
) -> HouseholdAssigned | GroupAssigned:
    if household is not None:
        return HouseholdAssigned(assignment=assignment, household=household, member=member, until=until, plan=plan)
    if group is None:
        raise Refused("household_or_group_needed")
    return GroupAssigned(assignment=assignment, group=group, member=member, until=until, plan=plan)


class AssignHousehold(_Assign, frozen=True, kw_only=True, tag="assignment.assign_household"):
    """A member becomes responsible for a household."""

    household: UUID

    def needs(self) -> Iterable[str]:
        return _boundaries(self.member, self.household, None)

    def decide(self, view: View, asker: Asker) -> Decided:
        return self._decide(view, asker, self.household, None)


class AssignGroup(_Assign, frozen=True, kw_only=True, tag="assignment.assign_group"):
    """A member becomes responsible for the households of a group."""

    group: UUID

    def needs(self) -> Iterable[str]:
        return _boundaries(self.member, None, self.group)

    def follows(self, states: Mapping[str, Any]) -> Iterable[str]:
        return _assignments_of_households(states, (self.group,))

    def decide(self, view: View, asker: Asker) -> Decided:
        return self._decide(view, asker, None, self.group)


class Planned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of a plan: a member for a household or for a group."""

    assignment: UUID
    member: UUID
    household: UUID | None = None
    group: UUID | None = None
    until: date | None = None


class Ending(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An assignment that the plan ends."""

    assignment: UUID
    target: UUID


class AdoptPlan(Decision, frozen=True, kw_only=True, tag="assignment.adopt_plan"):
    """A cell's plan for a year: recorded as a whole or not at all."""

    ALLOWED = CELL_AND_ABOVE

    plan: UUID
    unit: UUID
    year: Year
    assignments: Annotated[tuple[Planned, ...], msgspec.Meta(min_length=1, max_length=LARGEST_BATCH)]
    endings: Annotated[tuple[Ending, ...], msgspec.Meta(max_length=LARGEST_BATCH)] = ()

    def needs(self) -> Iterable[str]:
        yield subject("plan", self.unit)
        for line in self.assignments:
            yield from _boundaries(line.member, line.household, line.group)
        for ending in self.endings:
            yield subject("assignment", ending.target)
            yield subject("household", ending.target)
            yield subject("group", ending.target)

    def follows(self, states: Mapping[str, Any]) -> Iterable[str]:
        return _assignments_of_households(states, (line.group for line in self.assignments if line.group))

    def names_members(self) -> Iterable[UUID]:
        return {line.member for line in self.assignments}

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if self.basis is None:
            raise Refused("basis_needed")
        plans = view.plans(self.unit)
        if plans is not None and plans.of(self.year) is not None:
            raise Refused("plan_exists", unit=self.unit, year=self.year, plan=plans.of(self.year))
        if 1 + len(self.assignments) + len(self.endings) > LARGEST_BATCH:
            raise Refused("plan_too_large", limit=LARGEST_BATCH - 1)
        header = PlanAdopted(plan=self.plan, unit=self.unit, year=self.year, assignments=len(self.assignments))
        drafts = [Draft(header, self.unit, self.effective)]
        freed, added, ended_drafts = self._endings(view, asker)
        drafts += ended_drafts
        warnings: list[Warned] = []
        taken: set[tuple[UUID, UUID] | UUID] = set()
        for number, line in enumerate(self.assignments, 1):
            try:
                unit = _target_unit(view, asker, line.household, line.group, self.effective)
                view.must_cover_one_of(asker, (unit,))
                draft, size, told = self._line(view, asker, line, unit, freed, taken)
            except Refused as refusal:
                raise Refused(refusal.code, **{**refusal.parameters, "line": number}) from None
            drafts.append(draft)
            added[line.member] += size
            warnings += told
        for member in sorted(self.names_members()):
            warnings += _load_warning(view, member, added[member])
        return Decided(tuple(drafts), tuple(warnings))

    def _endings(self, view: View, asker: Asker) -> tuple[set[UUID], Counter[UUID], list[Draft]]:
        """The assignments ended, by how many households that lightens each member's load, and the facts."""
        freed: set[UUID] = set()
        lightened: Counter[UUID] = Counter()
        drafts = []
        for ending in self.endings:
            found = _to_end(view, asker, ending.assignment, ending.target, self.effective)
            if ending.assignment in freed:
                raise Refused("twice_in_plan", assignment=ending.assignment)
            freed.add(ending.assignment)
            group = view.group(ending.target)
            lightened[found.member] -= len(group.households(self.effective)) if group else 1
            body = AssignmentEnded(
                assignment=ending.assignment,
                target=ending.target,
                member=found.member,
                reason=EndingReason.PLAN_CHANGED,
            )
            drafts.append(Draft(body, found.unit, self.effective))
        return freed, lightened, drafts

    def _line(
        self,
        view: View,
        asker: Asker,
        line: Planned,
        unit: UUID,
        freed: set[UUID],
        taken: set[tuple[UUID, UUID] | UUID],
    ) -> tuple[Draft, int, tuple[Warned, ...]]:
        if unit != self.unit:
            raise Refused("not_of_this_cell", unit=unit)
        target = line.household or line.group
        if target is None or (line.household and line.group):
            raise Refused("household_or_group_needed")
        told = _may_be_assigned(view, asker, line.member, self.effective, unit)
        if (line.member, target) in taken or line.assignment in taken:
            raise Refused("twice_in_plan", assignment=line.assignment)
        taken |= {(line.member, target), line.assignment}
        known = view.target(target)
        _must_be_new(known, line.assignment)
        known = _without(known, freed)
        span = _span(self.effective, line.until)
        _must_not_overlap(known, line.member, span)
        _must_end_in_time(view, asker, line.member, line.household, unit, span)
        group = view.group(line.group) if line.group else None
        size = 1
        if group is not None:
            planned = [each.household for each in self.assignments if each.household and each.member == line.member]
            twice = _held_directly(view, line.member, group.group, span, freed, planned)
            told = (*told, *_also_directly(line.member, twice))
            size = len(group.households(self.effective)) - len(twice)
        body = _assigned(line.assignment, line.member, line.household, line.group, line.until, self.plan)
        return Draft(body, unit, self.effective), size, told


def _find(view: View, assignment: UUID, target: UUID) -> tuple[Assignment, Target]:
    known = view.target(target)
    found = known.find(assignment) if known else None
    if known is None or found is None:
        raise Refused("assignment_unknown", assignment=assignment)
    return found, known


def _running(view: View, asker: Asker, assignment: UUID, target: UUID, day: date) -> Assignment:
    """The assignment, which must be the asker's to decide about, and not over (or taken back) by the day."""
    found, _ = _find(view, assignment, target)
    view.must_cover_one_of(asker, (found.unit,))
    _must_run(found, day)
    return found


def _to_end(view: View, asker: Asker, assignment: UUID, target: UUID, day: date) -> Assignment:
    """The same of one that the asker ends. Besides who gave it, who has the household today may, for his own time."""
    found, _ = _find(view, assignment, target)
    household = view.household(target)
    keeper = None
    if household is not None and view.covers(asker, household.unit(day) or household.latest_unit()):
        keeper = household.unit(view.today) or household.latest_unit()
    view.must_cover_one_of(asker, (found.unit, keeper))
    _must_run(found, day)
    return found


def _must_run(found: Assignment, day: date) -> None:
    if found.span is None:
        raise Refused("assignment_taken_back", assignment=found.assignment)
    if found.span.until <= day:
        raise Refused("assignment_over", assignment=found.assignment, until=found.span.until)
    if day < found.span.since:
        raise Refused("ends_before_it_begins", since=found.span.since, until=day)


class _About(Decision, frozen=True, kw_only=True):
    ALLOWED = CELL_AND_ABOVE

    assignment: UUID
    target: UUID

    def needs(self) -> Iterable[str]:
        return (subject("assignment", self.target),)


class EndAssignment(_About, frozen=True, kw_only=True, tag="assignment.end"):
    """An assignment ends, for a reason. Who has the household now may end one that a former cell of it gave."""

    reason: EndingReason

    def needs(self) -> Iterable[str]:
        return (*super().needs(), subject("household", self.target))

    def decide(self, view: View, asker: Asker) -> Decided:
        found = _to_end(view, asker, self.assignment, self.target, self.effective)
        body = AssignmentEnded(assignment=self.assignment, target=self.target, member=found.member, reason=self.reason)
        return self.one(body, found.unit)


class CorrectAssignment(_About, frozen=True, kw_only=True, tag="assignment.correct"):
    """The dates recorded for an assignment were wrong. `effective` is the day of the correction."""

    since: date
    until: date | None = None

    def needs(self) -> Iterable[str]:
        return (*super().needs(), subject("household", self.target), subject("group", self.target))

    def follows(self, states: Mapping[str, Any]) -> Iterable[str]:
        known = states.get(subject("assignment", self.target))
        found = known.find(self.assignment) if known else None
        return (subject("member", found.member),) if found else ()

    def decide(self, view: View, asker: Asker) -> Decided:
        found, known = _find(view, self.assignment, self.target)
        view.must_cover_one_of(asker, (found.unit,))
        if found.span is None:
            raise Refused("assignment_taken_back", assignment=self.assignment)
        household, group = (None, self.target) if known.is_group else (self.target, None)
        unit = _target_unit(view, asker, household, group, self.since)
        view.must_cover_one_of(asker, (unit,))
        span = _span(self.since, self.until)
        begins = self.since != found.span.since
        warnings = _may_be_assigned(view, asker, found.member, self.since, unit) if begins else ()
        _must_not_overlap(known, found.member, span, but=self.assignment)
        _must_end_in_time(view, asker, found.member, household, unit, span, held=found.span)
        body = AssignmentCorrected(
            assignment=self.assignment,
            target=self.target,
            member=found.member,
            since=self.since,
            until=self.until,
        )
        return self.one(body, found.unit, *warnings)


class RetractAssignment(_About, frozen=True, kw_only=True, tag="assignment.retract"):
    """An assignment had been recorded by mistake."""

    reason: RetractionReason

    def decide(self, view: View, asker: Asker) -> Decided:
        found, _ = _find(view, self.assignment, self.target)
        view.must_cover_one_of(asker, (found.unit,))
        if found.span is None:
            raise Refused("assignment_taken_back", assignment=self.assignment)
        body = AssignmentRetracted(
            assignment=self.assignment, target=self.target, member=found.member, reason=self.reason
        )
        return self.one(body, found.unit)


class NotifyHousehold(_About, frozen=True, kw_only=True, tag="assignment.notify_household"):
    """The household was told who is responsible for it."""

    channel: NoticeChannel

    def decide(self, view: View, asker: Asker) -> Decided:
        found = _running(view, asker, self.assignment, self.target, self.effective)
        body = HouseholdNotified(
            assignment=self.assignment, target=self.target, member=found.member, channel=self.channel
        )
        return self.one(body, found.unit)


COMMANDS = (
    AssignHousehold,
    AssignGroup,
    AdoptPlan,
    EndAssignment,
    CorrectAssignment,
    RetractAssignment,
    NotifyHousehold,
)
