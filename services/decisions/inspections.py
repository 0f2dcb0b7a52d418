"""Mandates of inspection teams: given, extended and ended by the committee, never by who is in the team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.facts.inspections import (
    Cases,
    MandateEnded,
    MandateEnding,
    MandateExtended,
    MandateGiven,
    Team,
    Units,
)
from events.facts.organisation import OfficeKind
from projections.states.grievances import Case, Stage
from projections.states.inspections import ONE_DAY, Mandate
from projections.states.mandate_rules import rules_on
from projections.states.organisation import Organisation
from services.decisions.asking import Asker, Role
from services.decisions.command import Command, Decision
from services.decisions.grievances.standing import sees
from services.decisions.meetings import must_be_once
from services.decisions.outcome import Decided, Refused
from services.decisions.view import View


class _ByCommittee(Decision, frozen=True, kw_only=True):
    """Decided in an office of a commune or the province, by people."""

    ALLOWED = frozenset({Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE})

    def must_be_for_others(self, asker: Asker, team: Team) -> None:
        """Raises `Refused` where the asker would let himself inspect, or speaks for the inspection itself."""
        if asker.person in team:
            raise Refused("own_mandate")
        if asker.office == OfficeKind.INSPECTION_OFFICER.value:
            raise Refused("inspection_gives_none", office=asker.office)

    def must_be_documented(self, view: View) -> None:
        """Raises `Refused` unless it names its document with its day, and holds from that day on or a later one."""
        if self.basis is None or self.basis.issued_on is None:
            raise Refused("basis_needed")
        self.must_be_timely(view)
        if self.basis.issued_on > self.effective:
            raise Refused("mandate_backdated", first=self.effective)

    def must_be_timely(self, view: View) -> None:
        """Raises `Refused` where it is put back to an earlier day without a paper that says so."""
        if self.effective < view.today and not self.signed_by(self.effective):
            raise Refused("mandate_backdated", first=self.effective)


class GiveMandate(_ByCommittee, frozen=True, kw_only=True, tag="inspection.give_mandate"):
    """The committee lets a team inspect cases that it sees, and units at or below its own with all that stands below
    them, from the effective day up to and including `until`. The mandate bears the command's own id."""

    team: Team
    cases: Cases = ()
    units: Units = ()
    until: date

    def needs(self) -> Iterable[str]:
        persons = (subject("person", person) for person in self.team)
        cases = (subject("grievance", grievance) for grievance in self.cases)
        return (subject("mandate", self.id), *persons, *cases)

    def names_office_holders(self, states: Mapping[str, Any]) -> Iterable[UUID]:
        cases = (states.get(subject("grievance", grievance)) for grievance in self.cases)
        return (person.person for case in cases if case is not None for person in case.about)

    def decide(self, view: View, asker: Asker) -> Decided:
        self.must_be_for_others(asker, self.team)
        view.must_cover(asker, asker.unit)
        if not self.cases and not self.units:
            raise Refused("mandate_about_nothing")
        for listed in (self.team, self.cases, self.units):
            must_be_once(listed)
        for unit in self.units:
            view.must_cover(asker, unit)
            view.unit(unit, max(self.effective, view.today))
        for person in self.team:
            if view.person(person) is None:
                raise Refused("person_unknown", person=person)
        for grievance in self.cases:
            case = view.case(grievance)
            if case is None or case.stage is Stage.WITHHELD or not sees(view, asker, case):
                raise Refused("grievance_unknown", grievance=grievance)
            _must_be_free(self.team, case)
        self.must_be_documented(view)
        _must_be_short(self.effective, self.until)
        body = MandateGiven(
            mandate=self.id, unit=asker.unit, team=self.team, cases=self.cases, units=self.units, until=self.until
        )
        return self.one(body, asker.unit)


class _OfMandate(_ByCommittee, frozen=True, kw_only=True):
    """A step of a mandate that is not over, by who gave it or a committee above."""

    mandate: UUID

    def needs(self) -> Iterable[str]:
        return (subject("mandate", self.mandate),)

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        mandate: Mandate | None = states.get(subject("mandate", self.mandate))
        return () if mandate is None else (subject("grievance", grievance) for grievance in mandate.cases)

    def look(self, view: View, asker: Asker) -> Mandate:
        """The mandate. Raises `Refused` where it is over, or nothing that the asker may know of."""
        view.must_cover(asker, asker.unit)
        mandate = view.mandate(self.mandate)
        if mandate is None or not view.covers(asker, mandate.unit) or _concerns(view, mandate, asker):
            raise Refused("mandate_unknown", mandate=self.mandate)
        on_paper = self.signed_by(self.effective)
        if mandate.span.until <= (self.effective if on_paper else max(self.effective, view.today)):
            raise Refused("mandate_over", last=mandate.span.until - ONE_DAY)
        return mandate


class ExtendMandate(_OfMandate, frozen=True, kw_only=True, tag="inspection.extend_mandate"):
    """While it holds, a mandate is made to hold up to and including `until`, by a document."""

    until: date

    def decide(self, view: View, asker: Asker) -> Decided:
        mandate = self.look(view, asker)
        self.must_be_for_others(asker, mandate.team)
        for case in _cases(view, mandate):
            _must_be_free(mandate.team, case)
        self.must_be_documented(view)
        if self.until <= mandate.until:
            raise Refused("extends_nothing", due=mandate.until)
        _must_be_short(mandate.first, self.until)
        return self.one(MandateExtended(mandate=self.mandate, until=self.until), mandate.unit)


class EndMandate(_OfMandate, frozen=True, kw_only=True, tag="inspection.end_mandate"):
    """From the effective day on the mandate gives nothing any more."""

    reason: MandateEnding

    def decide(self, view: View, asker: Asker) -> Decided:
        mandate = self.look(view, asker)
        self.must_be_timely(view)
        return self.one(MandateEnded(mandate=self.mandate, reason=self.reason), mandate.unit)


def _must_be_short(first: date, until: date) -> None:
    """Raises `Refused` where a mandate would end before it begins, or hold longer than the rule lets it."""
    if until < first:
        raise Refused("ends_before_it_begins", since=first, until=until)
    rules = rules_on(first)
    if until > rules.latest(first):
        raise Refused("mandate_too_long", latest=rules.latest(first), longest=rules.longest_days)


def _must_be_free(team: Iterable[UUID], case: Case) -> None:
    """Raises `Refused` where the case is about somebody of the team."""
    for person in team:
        if case.concerns(person):
            raise Refused("team_member_concerned", person=person, grievance=case.grievance)


def _concerns(view: View, mandate: Mandate, asker: Asker) -> bool:
    return any(case.concerns(asker.person) for case in _cases(view, mandate))


def _cases(view: View, mandate: Mandate) -> list[Case]:
    cases = (view.case(grievance) for grievance in mandate.cases)
    return [case for case in cases if case is not None]


COMMANDS: tuple[type[Command], ...] = (GiveMandate, ExtendMandate, EndMandate)
