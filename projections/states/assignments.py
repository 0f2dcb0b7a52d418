"""The assignments of one household or group over time, and the plans of one cell."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.envelope import Fact
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    GroupAssigned,
    HouseholdAssigned,
    HouseholdNotified,
    PlanAdopted,
)
from projections.states.timeline import CannotApply, Span


class Assignment(msgspec.Struct, frozen=True):
    """One member responsible for one household or group. A retracted one has no span."""

    assignment: UUID
    member: UUID
    span: Span | None
    unit: UUID
    plan: UUID | None = None
    ended: EndingReason | None = None
    notified: date | None = None


class Target(msgspec.Struct, frozen=True):
    """Everything ever assigned about one household or group, in the order it was recorded."""

    target: UUID
    is_group: bool
    assignments: tuple[Assignment, ...] = ()

    def find(self, assignment: UUID) -> Assignment | None:
        return next((a for a in self.assignments if a.assignment == assignment), None)

    def responsible(self, day: date) -> list[Assignment]:
        """Who is responsible on the day."""
        return [a for a in self.assignments if a.span is not None and a.span.holds(day)]

    def overlapping(self, member: UUID, span: Span, but: UUID | None = None) -> Assignment | None:
        """An assignment of the same member that shares a day with the span (leaving `but` out)."""
        for a in self.assignments:
            concerned = a.member == member and a.assignment != but
            if concerned and a.span is not None and a.span.since < span.until and span.since < a.span.until:
                return a
        return None


def apply_target(target: Target | None, fact: Fact[Any]) -> Target:
    """The target after the fact. Raises `CannotApply`."""
    body, day = fact.body, fact.effective
    if isinstance(body, HouseholdAssigned | GroupAssigned):
        is_group = isinstance(body, GroupAssigned)
        key = body.group if isinstance(body, GroupAssigned) else body.household
        new = Assignment(body.assignment, body.member, Span(day, body.until or FOREVER), fact.unit, body.plan)
        known = target or Target(key, is_group)
        if known.is_group != is_group:
            raise CannotApply("target_of_another_kind")
        if known.find(body.assignment) is not None:
            raise CannotApply("assignment_exists")
        _must_fit(known, new)
        return msgspec.structs.replace(known, assignments=(*known.assignments, new))
    if target is None:
        raise CannotApply("assignment_unknown")
    found = target.find(body.assignment)
    if found is None:
        raise CannotApply("assignment_unknown")
    changed = _changed(found, fact)
    _must_fit(target, changed)
    return msgspec.structs.replace(target, assignments=tuple(changed if a is found else a for a in target.assignments))


def _must_fit(target: Target, changed: Assignment) -> None:
    span = changed.span
    if span is None:
        return
    if span.until <= span.since:
        raise CannotApply("ends_before_it_begins")
    if target.overlapping(changed.member, span, changed.assignment) is not None:
        raise CannotApply("assignments_overlap")


def _changed(found: Assignment, fact: Fact[Any]) -> Assignment:
    body, day = fact.body, fact.effective
    replace = msgspec.structs.replace
    match body:
        case AssignmentEnded():
            if found.span is None:
                raise CannotApply("assignment_retracted")
            span = Span(found.span.since, min(day, found.span.until)) if found.span.since < day else None
            return replace(found, span=span, ended=body.reason)
        case AssignmentCorrected():
            if found.span is None:
                raise CannotApply("assignment_retracted")
            ended = found.ended if body.until else None
            return replace(found, span=Span(body.since, body.until or FOREVER), ended=ended)
        case AssignmentRetracted():
            return replace(found, span=None)
        case HouseholdNotified():
            return replace(found, notified=day)
    raise CannotApply("not_about_an_assignment")


class Plans(msgspec.Struct, frozen=True):
    """The plans a cell adopted: year → plan."""

    unit: UUID
    adopted: tuple[tuple[int, UUID], ...] = ()

    def of(self, year: int) -> UUID | None:
        return next((plan for planned, plan in self.adopted if planned == year), None)


def apply_plan(plans: Plans | None, fact: Fact[Any]) -> Plans:
    """The cell's plans after the fact."""
    body = fact.body
    if not isinstance(body, PlanAdopted):
        raise CannotApply("not_about_a_plan")
    return Plans(body.unit, (*(plans.adopted if plans else ()), (body.year, body.plan)))
