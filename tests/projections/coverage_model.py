"""Coverage counted the slow and obvious way: fold what was known, look at every entity on the day, and count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from events.envelope import Fact, Recorded
from events.facts import assignments, households, members, organisation
from projections.registers.coverage import Counts
from projections.states.assignments import Assignment, Target, apply_target
from projections.states.households import Group, Household, apply_group, apply_household
from projections.states.members import Member, apply_member
from projections.states.organisation import Organisation
from projections.states.timeline import CannotApply

ASSIGNABLE = {members.MemberStatus.ACTIVE, members.MemberStatus.PROBATIONARY}


class Model:
    """What is known after the facts taken in."""

    def __init__(self, facts: Sequence[Recorded[Any]] = ()) -> None:
        self.organisation = Organisation()
        self.members: dict[UUID, Member] = {}
        self.households: dict[UUID, Household] = {}
        self.groups: dict[UUID, Group] = {}
        self.targets: dict[UUID, Target] = {}
        self.parked: dict[UUID, set[UUID]] = {}
        for recorded in facts:
            self.take(recorded)

    def take(self, recorded: Recorded[Any]) -> None:
        """One more fact; one that cannot be applied parks what it is about, and what follows about it waits."""
        fact = recorded.fact
        if type(fact.body) in organisation.FACTS:
            self.organisation = self.organisation.after(fact)
            return
        store, key, apply = self._place(fact.body)
        if key in self.parked:
            self.parked[key].add(fact.unit)
            return
        try:
            store[key] = apply(store.get(key), fact)
        except CannotApply:
            self.parked[key] = {fact.unit}

    def applies(self, fact: Fact[Any]) -> bool:
        """Whether the fact would be applied."""
        if type(fact.body) in organisation.FACTS:
            return True
        store, key, apply = self._place(fact.body)
        try:
            apply(store.get(key), fact)
        except CannotApply:
            return False
        return key not in self.parked

    def _place(self, body: Any) -> tuple[dict[UUID, Any], UUID, Any]:
        if type(body) in members.FACTS:
            return self.members, body.person, apply_member
        if type(body) in (households.GroupFormed, households.GroupChanged, households.GroupDissolved):
            return self.groups, body.group, apply_group
        if type(body) in households.FACTS:
            return self.households, body.household, apply_household
        if type(body) is assignments.HouseholdAssigned:
            return self.targets, body.household, apply_target
        if type(body) is assignments.GroupAssigned:
            return self.targets, body.group, apply_target
        return self.targets, body.target, apply_target

    def holding(self, day: date) -> list[tuple[UUID, Assignment]]:
        """Household or group, and the assignment of it that holds."""
        return [(target.target, a) for target in self.targets.values() for a in target.responsible(day)]

    def exists(self, target: UUID, day: date) -> bool:
        if target in self.groups:
            return self.groups[target].span.holds(day)
        return target in self.households and self.households[target].unit(day) is not None

    def is_member(self, person: UUID, day: date) -> bool:
        return person in self.members and self.members[person].unit(day) is not None

    def covered(self, household: UUID, day: date) -> bool:
        targets = {household} | {g.group for g in self.groups.values() if household in g.households(day)}
        return any(target in targets and self.is_member(a.member, day) for target, a in self.holding(day))

    def counts(self, unit: UUID, day: date) -> Counts:
        """The counts at or below the unit."""
        found: Counter[str] = Counter()
        for person in self.members:
            cell = self.members[person].unit(day)
            if cell is not None:
                self._member(self.members[person], day, unit, cell, found)
        for household in self.households.values():
            cell = household.unit(day)
            if cell is not None and self.organisation.covers(unit, cell, day):
                self._household(household, day, found)
        for group in self.groups.values():
            if group.span.holds(day) and self.organisation.covers(unit, group.unit, day):
                found["groups"] += 1
                found["groups_assigned"] += any(
                    target == group.group and self.is_member(a.member, day) for target, a in self.holding(day)
                )
        return Counts(**found)

    def _member(self, member: Member, day: date, unit: UUID, cell: UUID, found: Counter[str]) -> None:
        status = member.status(day)
        held = [a for t, a in self.holding(day) if a.member == member.person and self.exists(t, day)]
        if self.organisation.covers(unit, cell, day):
            found["members"] += 1
            found["eligible" if status in ASSIGNABLE else status.value] += 1
            found["assigned"] += bool(held) and status in ASSIGNABLE
        for second in {r.unit for r in member.residences if r.span.holds(day)}:
            if self.organisation.covers(unit, second, day) and status in ASSIGNABLE:
                found["residence_assigned"] += any(a.unit == second for a in held)

    def _household(self, household: Household, day: date, found: Counter[str]) -> None:
        found["households"] += 1
        found["covered"] += self.covered(household.household, day)
        reviews = [claim for claim in household.classes if claim.since <= day]
        if reviews and reviews[-1].value.value in ("poor", "near_poor"):
            found[reviews[-1].value.value] += 1
        found["left_poverty"] += day.year in household.left_poverty
        found["cultural"] += day.year in household.cultural

    def incomplete(self, unit: UUID, day: date) -> int:
        return sum(any(self.organisation.covers(unit, u, day) for u in units) for units in self.parked.values())
