"""A cell's plan for a year: many assignments and endings, recorded together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.assignments import (
    AssignmentEnded,
    EndingReason,
    PlanAdopted,
)
from events.facts.households import Year
from events.log.limits import LARGEST_BATCH
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
    to_end,
    without,
)
from services.decisions.command import Decision
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import View


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
            yield from boundaries(line.member, line.household, line.group)
        for ending in self.endings:
            yield subject("assignment", ending.target)
            yield subject("household", ending.target)
            yield subject("group", ending.target)

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        return assignments_of_households(states, (line.group for line in self.assignments if line.group))

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
                unit = target_unit(view, asker, line.household, line.group, self.effective)
                view.must_cover_one_of(asker, (unit,))
                draft, size, told = self._line(view, asker, line, unit, freed, taken)
            except Refused as refusal:
                raise Refused(refusal.code, **{**refusal.parameters, "line": number}) from None
            drafts.append(draft)
            added[line.member] += size
            warnings += told
        for member in sorted(self.names_members()):
            warnings += load_warning(view, member, added[member])
        return Decided(tuple(drafts), tuple(warnings))

    def _endings(self, view: View, asker: Asker) -> tuple[set[UUID], Counter[UUID], list[Draft]]:
        """The assignments ended, by how many households that lightens each member's load, and the facts."""
        freed: set[UUID] = set()
        lightened: Counter[UUID] = Counter()
        drafts = []
        for ending in self.endings:
            found = to_end(view, asker, ending.assignment, ending.target, self.effective)
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
        told = may_be_assigned(view, asker, line.member, self.effective, unit)
        if (line.member, target) in taken or line.assignment in taken:
            raise Refused("twice_in_plan", assignment=line.assignment)
        taken |= {(line.member, target), line.assignment}
        known = view.target(target)
        must_be_new(known, line.assignment)
        known = without(known, freed)
        span = span_of(self.effective, line.until)
        must_not_overlap(known, line.member, span)
        must_end_in_time(view, asker, line.member, line.household, unit, span)
        group = view.group(line.group) if line.group else None
        size = 1
        if group is not None:
            planned = [each.household for each in self.assignments if each.household and each.member == line.member]
            twice = held_directly(view, line.member, group.group, span, freed, planned)
            told = (*told, *also_directly(line.member, twice))
            size = len(group.households(self.effective)) - len(twice)
        body = assigned(line.assignment, line.member, line.household, line.group, line.until, self.plan)
        return Draft(body, unit, self.effective), size, told
