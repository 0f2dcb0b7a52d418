"""Sổ Hộ in a few dictionaries: decides and folds with the same pure code, without a log or a database.

It is the brute-force model that registers are compared with, and the quickest way to tell a story in a test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from events import calendar
from events.catalogue import boundary, subject
from events.envelope import Fact, Recorded
from events.facts.visits import VisitCorrected, VisitRecorded, VisitRetracted
from projections.states.assignments import Target
from projections.states.grievances import Case, Stage
from projections.states.households import Group, Household
from projections.states.members import Member
from projections.states.organisation import Organisation
from services.decisions.asking import Asker
from services.decisions.command import Command
from services.decisions.outcome import Refused, Warned
from services.decisions.view import View
from services.intake.boundaries import FOLDS, fold
from services.intake.drafting import digest_of, facts_of
from tests.given import mandates_of, needs, offices_of, rests_on, roster


class InMemory:
    """What is known after some facts. `log` holds them in order; positions count from 1.

    Nothing is sealed and text is taken as it comes.
    """

    def __init__(self, warn_above: int = 20) -> None:
        self.log: list[Recorded[Any]] = []
        self.organisation = Organisation()
        self.states: dict[str, Any] = {}
        self.warnings: tuple[Warned, ...] = ()
        """What the last accepted command warned of."""
        self._facts: dict[UUID, Fact[Any]] = {}
        self._submitted: dict[UUID, str] = {}
        self._warn_above = warn_above

    def submit(self, asker: Asker, command: Command, moment: datetime | None = None) -> list[Fact[Any]] | Refused:
        """The facts recorded, none for an item sent before, or the refusal. `moment` is now, if not given."""
        moment = moment or calendar.now()
        digest = digest_of(b"", command)
        if command.id in self._submitted:
            return [] if self._submitted[command.id] == digest else Refused("id_conflict", id=command.id)
        try:
            if asker.role not in command.ALLOWED:
                raise Refused("role_not_allowed", role=asker.role.value)
            view = self._view(command, asker, moment)
            view.must_fit(asker)
            view.must_hold(asker)
            decided = command.decide(view, asker)
        except Refused as refusal:
            return refusal
        facts = facts_of(command, decided, asker, digest, len(self.log))
        self._submitted[command.id] = digest
        self.warnings = decided.warnings
        self.fold(facts, int(moment.timestamp() * 1_000_000_000))
        return facts

    def fold(self, facts: Iterable[Fact[Any]], recorded_ns: int = 0) -> None:
        """Takes the facts as recorded, one after the other. Raises `CannotApply`."""
        for fact in facts:
            name = boundary(fact.body)
            area = name.split(".")[1]
            if area == "unit":
                self.organisation = self.organisation.after(fact)
            elif area in FOLDS:
                self.states[name] = fold(self.states.get(name), fact)
            self._facts[fact.id] = fact
            self.log.append(Recorded(len(self.log) + 1, recorded_ns, fact))

    def known_at(self, position: int) -> InMemory:
        """The same, as it stood after the fact at `position`."""
        earlier = InMemory(self._warn_above)
        earlier.fold(recorded.fact for recorded in self.log[:position])
        return earlier

    def members(self) -> Mapping[UUID, Member]:
        return self._of("member")

    def households(self) -> Mapping[UUID, Household]:
        return self._of("household")

    def groups(self) -> Mapping[UUID, Group]:
        return self._of("group")

    def targets(self) -> Mapping[UUID, Target]:
        """Households and groups that were ever assigned."""
        return self._of("assignment")

    def responsible(self, household: UUID, day: date) -> set[UUID]:
        """Members responsible for the household on the day, directly or through a group."""
        groups = [key for key, group in self.groups().items() if household in group.households(day)]
        known = self.targets()
        return {a.member for key in (household, *groups) if key in known for a in known[key].responsible(day)}

    def loads(self, day: date) -> dict[UUID, set[UUID]]:
        """Member → the households he is responsible for on the day."""
        loads: dict[UUID, set[UUID]] = {}
        groups = self.groups()
        for key, target in self.targets().items():
            households = groups[key].households(day) if target.is_group else {key}
            for assignment in target.responsible(day):
                loads.setdefault(assignment.member, set()).update(households)
        return loads

    def visits(self) -> dict[UUID, Fact[Any]]:
        """Visit → the fact that says how it was, without those taken back."""
        standing: dict[UUID, Fact[Any]] = {}
        for recorded in self.log:
            body = recorded.fact.body
            if isinstance(body, VisitRecorded | VisitCorrected):
                standing[body.visit] = recorded.fact
            elif isinstance(body, VisitRetracted):
                standing.pop(body.visit, None)
        return standing

    def cases(self) -> Mapping[UUID, Case]:
        return self._of("grievance")

    def _waiting_at(self, cell: UUID, moment: datetime) -> list[UUID]:
        """Grievances that the cell has not concluded."""
        day = calendar.local_date(moment)
        return [
            key
            for key, case in self.cases().items()
            if case.stage is Stage.WAITING
            and case.holder is not None
            and self.organisation.standing_for(case.holder, day) == cell
        ]

    def _of(self, area: str) -> dict[UUID, Any]:
        start = f"facts.{area}."
        return {UUID(name[len(start) :]): state for name, state in self.states.items() if name.startswith(start)}

    def _view(self, command: Command, asker: Asker, moment: datetime) -> View:
        rosters = {asked: roster(self.organisation, self.states, *asked) for asked in command.names_rosters()}
        needed = {*asker.needs(), *needs(command, self.states, self.organisation)}
        needed |= {subject("member", member) for found in rosters.values() for member in found}
        states = {name: self.states.get(name) for name in needed}
        facts = {key: self._facts[key] for key in command.names_facts() if key in self._facts}
        members = set(command.names_members())
        found = self.loads(calendar.local_date(moment)) if members else {}
        loads = {member: len(found.get(member, ())) for member in members}
        waiting = {cell: self._waiting_at(cell, moment) for cell in command.names_cells()}
        held = offices_of(self.states, command.names_office_holders(self.states), calendar.local_date(moment))
        evidence = {of: rests_on(of) for of in command.names_evidence()}
        limit = self._warn_above
        seen = (self.organisation, states, facts, loads, moment, limit, waiting, None, held, rosters, evidence)
        return View(*seen, mandates=mandates_of(self.states, asker))
