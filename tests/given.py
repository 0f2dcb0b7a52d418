"""Decisions told as sentences: given these facts, when somebody submits this, then these facts or this refusal.

given(*facts).at(day).when(command, asker).then(body)
given(*facts).when(command, asker).refused("unit_unknown", unit=UNIT)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from events.calendar import VIETNAM, local_date
from events.catalogue import boundary, subject
from events.envelope import Fact
from events.facts.evaluations import Evidence
from events.facts.organisation import UnitKind
from events.facts.values import Actor, Body, Source
from projections.publications.writing import Counted
from projections.states.grievances import OPEN, Case
from projections.states.inspections import Mandate
from projections.states.members import Member
from projections.states.organisation import Offices, Organisation
from services import texts
from services.decisions.asking import Asker
from services.decisions.command import Command
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import CaseRecord, CountsOf, EvidenceOf, Records, View
from services.intake.boundaries import FOLDS, fold
from services.texts.resource import resource

WARN_ABOVE = 20
LATER = datetime(2018, 12, 31, 12, tzinfo=VIETNAM)
"""The moment of deciding, where a test names none."""

_NAMES = UUID(int=0)


def named(name: str) -> UUID:
    """The same made-up id for the same name."""
    return uuid5(_NAMES, name)


def noon(day: date) -> datetime:
    """Twelve o'clock on the day, in Viet Nam."""
    return datetime.combine(day, time(12), VIETNAM)


def on(day: date | datetime, body: Body, unit: UUID | None = None, *, id: UUID | None = None) -> Fact[Any]:
    """The fact that holds from the day, or happened at the instant. It belongs to `unit`, or to the one it names."""
    belongs_to = unit if unit is not None else getattr(body, "unit", named("somewhere"))
    instant = day if isinstance(day, datetime) else None
    return Fact(
        type=body.TYPE,
        id=id or named(repr((day, body))),
        unit=belongs_to,
        effective=day if instant is None else local_date(instant),
        instant=instant,
        actor=Actor(role="system", unit=belongs_to),
        client="test",
        source=Source.IMPORT,
        digest="",
        body=body,
    )


@dataclass(frozen=True)
class Given:
    """What is recorded when somebody submits something, at which moment, and what the registers count as loads."""

    facts: tuple[Fact[Any], ...]
    moment: datetime = LATER
    loads: dict[UUID, int] = field(default_factory=dict)
    waits: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    attachments: dict[UUID, dict[str, int]] = field(default_factory=dict)
    counts: dict[CountsOf, Counted] = field(default_factory=dict)

    def given(self, *facts: Fact[Any]) -> Given:
        """These facts too, recorded later than the others."""
        return replace(self, facts=(*self.facts, *facts))

    def at(self, moment: date | datetime) -> Given:
        return replace(self, moment=moment if isinstance(moment, datetime) else noon(moment))

    def attached(self, id: UUID, **numbers: int) -> Given:
        """What the registers count as hanging on a cell or household."""
        return replace(self, attachments={**self.attachments, id: numbers})

    def counting(self, counts: dict[CountsOf, Counted]) -> Given:
        """What the registers count for tables that are released."""
        return replace(self, counts={**self.counts, **counts})

    def load(self, member: UUID, households: int) -> Given:
        return replace(self, loads={**self.loads, member: households})

    def waiting(self, cell: UUID, *grievances: UUID) -> Given:
        """These grievances wait for a conclusion of the cell, by the registers."""
        return replace(self, waits={**self.waits, cell: grievances})

    def when(self, command: Command, asker: Asker) -> Outcome:
        """What comes of it. The decision sees nothing but what the command says that it needs."""
        assert asker.role in command.ALLOWED, "intake lets nobody else submit this"
        organisation, states = folded(self.facts)
        rosters = {asked: roster(organisation, states, *asked) for asked in command.names_rosters()}
        needed = needs(command, states, organisation)
        needed |= {subject("member", member) for found in rosters.values() for member in found}
        view = View(
            organisation,
            {name: state for name, state in states.items() if name in needed},
            {fact.id: fact for fact in self.facts if fact.id in set(command.names_facts())},
            {member: load for member, load in self.loads.items() if member in set(command.names_members())},
            self.moment,
            WARN_ABOVE,
            {cell: found for cell, found in self.waits.items() if cell in set(command.names_cells())},
            {key: found for key, found in self.attachments.items() if key in set(command.names_attached())},
            offices_of(states, command.names_office_holders(states), local_date(self.moment)),
            rosters,
            {of: rests_on(of) for of in command.names_evidence()},
            {subject: records_of(self.facts, states, subject) for subject in command.names_erased()},
            {of: self.counts[of] for of in command.names_counts(states)},
            mandates_of(states, asker),
        )
        try:
            view.must_fit(asker)
            return Outcome(self, command, command.decide(view, asker))
        except Refused as refusal:
            return Outcome(self, command, refusal)


def needs(command: Command, states: Mapping[str, Any], organisation: Organisation) -> set[str]:
    """Subjects of everything that the decision looks at."""
    needed, before = set(command.needs()), set[str]()
    while needed != before:
        before = set(needed)
        needed |= set(command.follows({name: states.get(name) for name in needed}, organisation))
    return needed


given = Given(()).given


def offices_of(states: Mapping[str, Any], persons: Iterable[UUID], day: date) -> dict[UUID, list[UUID]]:
    """Units in which the persons hold an office on the day."""
    tenures = [(s.unit, tenure) for s in states.values() if isinstance(s, Offices) for tenure in s.tenures]
    return {
        person: [unit for unit, tenure in tenures if tenure.person == person and tenure.span.holds(day)]
        for person in persons
    }


def mandates_of(states: Mapping[str, Any], asker: Asker) -> list[Mandate]:
    """Mandates of the inspection teams that the asker is in."""
    return [state for state in states.values() if isinstance(state, Mandate) and asker.person in state.team]


def records_of(facts: Iterable[Fact[Any]], states: Mapping[str, Any], of: UUID) -> Records:
    """What the registers have of the person or household: the last day of each type of fact, and its cases."""
    types: dict[str, date] = {}
    for fact in facts:
        named = {getattr(fact.body, field, None) for field in (fact.body.TARGET, fact.body.PERSON) if field}
        if of in named and fact.body.BOUNDARY[0] != "grievance":
            types[fact.type] = max(fact.effective, types.get(fact.type, fact.effective))
    cases = {
        case.grievance: CaseRecord(case.stage in OPEN, local_date(case.moments[-1].at))
        for case in states.values()
        if isinstance(case, Case) and case.household == of
    }
    return Records(types, cases)


def roster(organisation: Organisation, states: Mapping[str, Any], cell: UUID, day: date) -> list[UUID]:
    """Members whose own cell it is on the day, be it through a cell that has gone into it."""
    members = (state for state in states.values() if isinstance(state, Member))
    of_cell = organisation.units[cell].kind is UnitKind.CELL
    return sorted(
        member.person
        for member in members
        if of_cell and (unit := member.unit(day)) is not None and organisation.covers(cell, unit, day)
    )


def rests_on(of: EvidenceOf) -> Evidence:
    """Made-up evidence, another for each."""
    digest = sha256(repr(of).encode()).hexdigest()
    return Evidence(7, digest, "made_up.v1", digest[::-1])


def folded(facts: Iterable[Fact[Any]]) -> tuple[Organisation, dict[str, Any]]:
    """What the facts amount to. Raises `CannotApply`."""
    organisation, states = Organisation(), dict[str, Any]()
    for fact in facts:
        area = fact.body.BOUNDARY[0]
        if area == "unit":
            organisation = organisation.after(fact)
        elif area in FOLDS:
            name = boundary(fact.body)
            states[name] = fold(states.get(name), fact)
    return organisation, states


@dataclass(frozen=True)
class Outcome:
    """What came of a command."""

    before: Given
    command: Command
    result: Decided | Refused

    def then(self, *bodies: Body, unit: UUID | None = None) -> Given:
        """Exactly these facts were decided, for the unit where one is given. What is recorded afterwards."""
        decided = self._decided()
        assert [draft.body for draft in decided.drafts] == list(bodies)
        if unit is not None:
            assert {draft.unit for draft in decided.drafts} == {unit}
        return self.recorded()

    def recorded(self) -> Given:
        """What is recorded afterwards: everything decided can be folded."""
        facts = [
            on(draft.instant or draft.effective, draft.body, draft.unit, id=self.command.id if index == 0 else None)
            for index, draft in enumerate(self._decided().drafts)
        ]
        after = self.before.given(*facts)
        folded(after.facts)
        return after

    def refused(self, code: str, **parameters: Any) -> None:
        """It was refused with the code and, among others, these parameters."""
        assert isinstance(self.result, Refused), f"decided: {self.result}"
        assert self.result.code == code
        assert parameters.items() <= self.result.parameters.items()
        _has_texts(code, self.result.parameters)

    def warned(self, code: str, **parameters: Any) -> Outcome:
        """It was recorded with this warning and, among others, these parameters."""
        found = [warning for warning in self.warnings() if warning.code == code]
        assert len(found) == 1, f"warned: {self.warnings()}"
        assert parameters.items() <= found[0].parameters.items()
        _has_texts(code, found[0].parameters)
        return self

    def quietly(self) -> Outcome:
        """It was recorded without a warning."""
        assert self.warnings() == ()
        return self

    def drafts(self) -> tuple[Draft, ...]:
        """What was decided, before it has its envelope."""
        return self._decided().drafts

    def warnings(self) -> tuple[Warned, ...]:
        return self._decided().warnings

    def _decided(self) -> Decided:
        assert isinstance(self.result, Decided), f"refused: {self.result} {getattr(self.result, 'parameters', '')}"
        return self.result


def _has_texts(code: str, parameters: dict[str, Any]) -> None:
    """Every code comes with everything that its sentences say."""
    for language in texts.languages:
        assert texts.title(code, language)
        assert texts.detail(code, parameters, language)
        assert resource(language, "problems").variables(f"{code}.detail") <= parameters.keys()
