"""What every assignment must satisfy, whether it is given alone, in a plan, or changed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.catalogue import subject
from events.facts.assignments import (
    GroupAssigned,
    HouseholdAssigned,
)
from projections.states.assignments import Assignment, Target
from projections.states.timeline import Span
from services.decisions.asking import Asker
from services.decisions.outcome import Refused, Warned
from services.decisions.view import View


def boundaries(member: UUID, household: UUID | None, group: UUID | None) -> tuple[str, ...]:
    target = household or group
    return (
        subject("member", member),
        *((subject("household", household),) if household else ()),
        *((subject("group", group),) if group else ()),
        *((subject("assignment", target),) if target else ()),
    )


def target_unit(view: View, asker: Asker, household: UUID | None, group: UUID | None, day: date) -> UUID:
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


def may_be_assigned(view: View, asker: Asker, member: UUID, day: date, unit: UUID) -> tuple[Warned, ...]:
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


def must_end_in_time(
    view: View, asker: Asker, member: UUID, household: UUID | None, unit: UUID, span: Span, held: Span | None = None
) -> None:
    """Who gave up the household, or the member, gives nothing of them beyond that day. Raises `Refused`."""
    place = view.household(household) if household is not None else None
    if place is not None:
        view.must_end_in_time(asker, place.cells, span, held)
    known = view.member(member)
    if known is not None and not any(r.unit == unit and r.span.holds(view.today) for r in known.residences):
        view.must_end_in_time(asker, known.cells, span, held)


def must_be_new(target: Target | None, assignment: UUID) -> None:
    if target is not None and target.find(assignment) is not None:
        raise Refused("assignment_exists", assignment=assignment)


def must_not_overlap(target: Target | None, member: UUID, span: Span, but: UUID | None = None) -> None:
    other = target.overlapping(member, span, but) if target else None
    if other is not None and other.span is not None:
        raise Refused("already_assigned", assignment=other.assignment, since=other.span.since, person=member)


def span_of(since: date, until: date | None) -> Span:
    if until is not None and until <= since:
        raise Refused("ends_before_it_begins", since=since, until=until)
    return Span(since, until or FOREVER)


def held_directly(
    view: View, member: UUID, group: UUID, span: Span, gone: Iterable[UUID] = (), planned: Iterable[UUID] = ()
) -> list[UUID]:
    """Households of the group on its first day for which the member is responsible directly as well, not counting the
    assignments `gone`. They lie in other boundaries, which nothing locks: told, and not refused."""
    found = view.group(group)
    held = set(planned)
    for household in found.households(span.since) if found else ():
        known = without(view.target(household), gone)
        if known is not None and known.overlapping(member, span) is not None:
            held.add(household)
    return sorted(held & found.households(span.since)) if found else []


def without(target: Target | None, gone: Iterable[UUID]) -> Target | None:
    if target is None:
        return None
    kept = tuple(a for a in target.assignments if a.assignment not in gone)
    return msgspec.structs.replace(target, assignments=kept)


def also_directly(member: UUID, households: Iterable[UUID]) -> tuple[Warned, ...]:
    return tuple(Warned("also_directly", {"person": member, "household": household}) for household in households)


def assignments_of_households(states: Mapping[str, Any], groups: Iterable[UUID]) -> Iterable[str]:
    """Subjects of the assignments of all households that were ever in the groups."""
    found = [states.get(subject("group", group)) for group in groups]
    return {subject("assignment", place.household) for group in found if group for place in group.places}


def load_warning(view: View, member: UUID, added: int) -> tuple[Warned, ...]:
    load = view.load(member) + added
    if load <= view.warn_above:
        return ()
    return (Warned("load_high", {"person": member, "load": load, "limit": view.warn_above}),)


def assigned(
    assignment: UUID, member: UUID, household: UUID | None, group: UUID | None, until: date | None, plan: UUID | None
) -> HouseholdAssigned | GroupAssigned:
    if household is not None:
        return HouseholdAssigned(assignment=assignment, household=household, member=member, until=until, plan=plan)
    if group is None:
        raise Refused("household_or_group_needed")
    return GroupAssigned(assignment=assignment, group=group, member=member, until=until, plan=plan)


def find(view: View, assignment: UUID, target: UUID) -> tuple[Assignment, Target]:
    known = view.target(target)
    found = known.find(assignment) if known else None
    if known is None or found is None:
        raise Refused("assignment_unknown", assignment=assignment)
    return found, known


def running(view: View, asker: Asker, assignment: UUID, target: UUID, day: date) -> Assignment:
    """The assignment, which must be the asker's to decide about, and not over (or taken back) by the day."""
    found, _ = find(view, assignment, target)
    view.must_cover_one_of(asker, (found.unit,))
    must_run(found, day)
    return found


def to_end(view: View, asker: Asker, assignment: UUID, target: UUID, day: date) -> Assignment:
    """The same of one that the asker ends. Besides who gave it, who has the household today may, for his own time."""
    found, _ = find(view, assignment, target)
    household = view.household(target)
    keeper = None
    if household is not None and view.covers(asker, household.unit(day) or household.latest_unit()):
        keeper = household.unit(view.today) or household.latest_unit()
    view.must_cover_one_of(asker, (found.unit, keeper))
    must_run(found, day)
    return found


def must_run(found: Assignment, day: date) -> None:
    if found.span is None:
        raise Refused("assignment_taken_back", assignment=found.assignment)
    if found.span.until <= day:
        raise Refused("assignment_over", assignment=found.assignment, until=found.span.until)
    if day < found.span.since:
        raise Refused("ends_before_it_begins", since=found.span.since, until=day)
