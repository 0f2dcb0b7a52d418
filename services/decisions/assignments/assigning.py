"""A member becomes responsible for a household or a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from projections.states.organisation import Organisation
from services.decisions.asking import CELL_AND_ABOVE, Asker
from services.decisions.assignments.rules import (
    also_directly,
    assigned,
    assignments_of_households,
    boundaries,
    held_directly,
    load_warning,
    may_be_assigned,
    must_be_new,
    must_end_in_time,
    must_not_overlap,
    span_of,
    target_unit,
)
from services.decisions.command import Decision
from services.decisions.outcome import Decided, Draft
from services.decisions.view import View


class _Assign(Decision, frozen=True, kw_only=True):
    ALLOWED = CELL_AND_ABOVE

    assignment: UUID
    member: UUID
    until: date | None = None

    def names_members(self) -> Iterable[UUID]:
        return (self.member,)

    def _decide(self, view: View, asker: Asker, household: UUID | None, group: UUID | None) -> Decided:
        unit = target_unit(view, asker, household, group, self.effective)
        view.must_cover_one_of(asker, (unit,))
        warnings = may_be_assigned(view, asker, self.member, self.effective, unit)
        target = household or group
        known = view.target(target) if target else None
        must_be_new(known, self.assignment)
        span = span_of(self.effective, self.until)
        must_not_overlap(known, self.member, span)
        must_end_in_time(view, asker, self.member, household, unit, span)
        added, twice = 1, list[UUID]()
        if group is not None:
            found = view.group(group)
            twice = held_directly(view, self.member, group, span)
            added = len(found.households(self.effective)) - len(twice) if found else 0
        body = assigned(self.assignment, self.member, household, group, self.until, None)
        told = (*warnings, *also_directly(self.member, twice), *load_warning(view, self.member, added))
        return Decided((Draft(body, unit, self.effective),), told)


class AssignHousehold(_Assign, frozen=True, kw_only=True, tag="assignment.assign_household"):
    """A member becomes responsible for a household."""

    household: UUID

    def needs(self) -> Iterable[str]:
        return boundaries(self.member, self.household, None)

    def decide(self, view: View, asker: Asker) -> Decided:
        return self._decide(view, asker, self.household, None)


class AssignGroup(_Assign, frozen=True, kw_only=True, tag="assignment.assign_group"):
    """A member becomes responsible for the households of a group."""

    group: UUID

    def needs(self) -> Iterable[str]:
        return boundaries(self.member, None, self.group)

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        return assignments_of_households(states, (self.group,))

    def decide(self, view: View, asker: Asker) -> Decided:
        return self._decide(view, asker, None, self.group)
