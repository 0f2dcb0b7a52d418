"""What becomes of an assignment: ended, corrected, taken back, told to the household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    HouseholdNotified,
    NoticeChannel,
    RetractionReason,
)
from projections.states.organisation import Organisation
from services.decisions.asking import CELL_AND_ABOVE, Asker
from services.decisions.assignments.rules import (
    find,
    may_be_assigned,
    must_end_in_time,
    must_not_overlap,
    running,
    span_of,
    target_unit,
    to_end,
)
from services.decisions.command import Decision
from services.decisions.outcome import Decided, Refused
from services.decisions.view import View


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
        found = to_end(view, asker, self.assignment, self.target, self.effective)
        body = AssignmentEnded(assignment=self.assignment, target=self.target, member=found.member, reason=self.reason)
        return self.one(body, found.unit)


class CorrectAssignment(_About, frozen=True, kw_only=True, tag="assignment.correct"):
    """The dates recorded for an assignment were wrong. `effective` is the day of the correction."""

    since: date
    until: date | None = None

    def needs(self) -> Iterable[str]:
        return (*super().needs(), subject("household", self.target), subject("group", self.target))

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        known = states.get(subject("assignment", self.target))
        found = known.find(self.assignment) if known else None
        return (subject("member", found.member),) if found else ()

    def decide(self, view: View, asker: Asker) -> Decided:
        found, known = find(view, self.assignment, self.target)
        view.must_cover_one_of(asker, (found.unit,))
        if found.span is None:
            raise Refused("assignment_taken_back", assignment=self.assignment)
        household, group = (None, self.target) if known.is_group else (self.target, None)
        unit = target_unit(view, asker, household, group, self.since)
        view.must_cover_one_of(asker, (unit,))
        span = span_of(self.since, self.until)
        begins = self.since != found.span.since
        warnings = may_be_assigned(view, asker, found.member, self.since, unit) if begins else ()
        must_not_overlap(known, found.member, span, but=self.assignment)
        must_end_in_time(view, asker, found.member, household, unit, span, held=found.span)
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
        found, _ = find(view, self.assignment, self.target)
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
        found = running(view, asker, self.assignment, self.target, self.effective)
        body = HouseholdNotified(
            assignment=self.assignment, target=self.target, member=found.member, channel=self.channel
        )
        return self.one(body, found.unit)
