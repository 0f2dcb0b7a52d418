"""Field reports of visits. A visit that is well-formed, authorised and about things that exist is recorded even
when odd: what is odd about it is derived when asked, and told to the sender."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.envelope import Fact
from events.facts.assignments import RetractionReason
from events.facts.visits import (
    Outcomes,
    Purpose,
    Topics,
    VisitAttested,
    VisitCorrected,
    VisitDisputed,
    VisitRecorded,
    VisitRetracted,
)
from projections.states.members import Member
from projections.states.timeline import Span
from services.decisions.asking import CELL_AND_ABOVE, FIELD, Asker, Role
from services.decisions.clock import check_clock
from services.decisions.command import Command, LongText, Report
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import View


class _Visited(Report, frozen=True, kw_only=True):
    """What a visit report says."""

    ALLOWED = FIELD

    household: UUID
    member: UUID
    group: UUID | None = None
    """The group through which he is or was responsible: only needed where the household is outside his unit."""
    purpose: Purpose = Purpose.REGULAR
    topics: Topics = ()
    outcomes: Outcomes = ()
    note: LongText | None = None

    def needs(self) -> Iterable[str]:
        return (
            subject("household", self.household),
            subject("member", self.member),
            subject("assignment", self.household),
            *((subject("group", self.group), subject("assignment", self.group)) if self.group else ()),
        )

    def _place(self, view: View, asker: Asker) -> tuple[UUID, tuple[Warned, ...]]:
        """The cell the visit belongs to, and what is odd. Raises `Refused` for strangers and things unknown."""
        household, member = view.household(self.household), view.member(self.member)
        if household is None:
            raise Refused("household_unknown", household=self.household)
        if member is None:
            raise Refused("member_unknown", person=self.member)
        if asker.role is Role.MEMBER and asker.person != self.member:
            raise Refused("not_your_visit", person=self.member)
        unit = household.unit(self.day) or household.latest_unit()
        held = self._held(view)
        if not any(_reaches(view, asker, member, cell) for cell in (unit, household.latest_unit())):
            # Who was responsible keeps his late reports, and so does who enters them for a member of his own unit.
            his_own = asker.person == self.member or any(
                cell.value is not None and view.covers(asker, cell.value) for cell in member.cells
            )
            if not (held and his_own):
                raise Refused("outside_your_unit", unit=None)
        warnings = check_clock(view.moment, self.instant, self.written_at)
        if household.unit(view.today) != unit:
            warnings = (*warnings, Warned("household_changed", {"household": self.household}))
        if held and all(span is None or span.until <= view.today for span in held):
            warnings = (*warnings, Warned("no_longer_responsible", {"household": self.household}))
        return unit, warnings

    def _held(self, view: View) -> list[Span | None]:
        """When the member was or is responsible for the household; None for what was taken back."""
        own, through = view.target(self.household), view.target(self.group) if self.group else None
        spans = [a.span for a in own.assignments if a.member == self.member] if own else []
        group = view.group(self.group) if self.group else None
        if through and group and any(place.household == self.household for place in group.places):
            spans += [a.span for a in through.assignments if a.member == self.member]
        return spans

    def _visited(
        self, view: View, asker: Asker, kind: type[VisitRecorded] | type[VisitCorrected], visit: UUID
    ) -> Decided:
        """The visit as the report tells it. Who entered it for somebody else is the actor."""
        unit, warnings = self._place(view, asker)
        body = kind(
            visit=visit,
            household=self.household,
            member=self.member,
            purpose=self.purpose,
            topics=self.topics,
            outcomes=self.outcomes,
            note=self.note,
        )
        performed_by = self.member if asker.person != self.member else None
        return Decided((Draft(body, unit, self.day, self.instant, performed_by),), warnings)


def _reaches(view: View, asker: Asker, member: Member, cell: UUID) -> bool:
    """Whether the asker may report visits in the cell. A member in the cells he belongs or belonged to, as they stand
    today, whatever unit his token names; others at and below their unit."""
    if asker.role is not Role.MEMBER:
        return view.covers(asker, cell)
    own = {claim.value for claim in member.cells} | {residence.unit for residence in member.residences}
    return any(unit is not None and view.same_unit(unit, cell, view.today) for unit in own)


class RecordVisit(_Visited, frozen=True, kw_only=True, tag="visit.record"):
    """A member visited a household. The command's id is the visit's."""

    def decide(self, view: View, asker: Asker) -> Decided:
        return self._visited(view, asker, VisitRecorded, self.id)


def _recorded(view: View, visit: UUID) -> Fact[Any]:
    fact = view.fact(visit)
    if fact is None or not isinstance(fact.body, VisitRecorded):
        raise Refused("visit_unknown", visit=visit)
    return fact


def _original(view: View, asker: Asker, visit: UUID) -> Fact[Any]:
    """The fact that recorded the visit, which the asker made himself or which lies in his unit."""
    fact = _recorded(view, visit)
    if asker.role is Role.MEMBER and asker.person != fact.body.member:
        if not view.covers(asker, fact.unit):
            raise Refused("outside_your_unit", unit=None)
        raise Refused("not_your_visit", person=fact.body.member)
    if asker.role is not Role.MEMBER:
        view.must_cover_one_of(asker, (fact.unit,))
    return fact


class CorrectVisit(_Visited, frozen=True, kw_only=True, tag="visit.correct"):
    """What was recorded about a visit was wrong: this is the whole of it as it was."""

    visit: UUID

    def names_facts(self) -> Iterable[UUID]:
        return (self.visit,)

    def decide(self, view: View, asker: Asker) -> Decided:
        fact = _original(view, asker, self.visit)
        if fact.body.household != self.household:
            raise Refused("another_household", household=fact.body.household)
        return self._visited(view, asker, VisitCorrected, self.visit)


class _AboutVisit(Report, frozen=True, kw_only=True):
    visit: UUID

    def needs(self) -> Iterable[str]:
        return ()

    def names_facts(self) -> Iterable[UUID]:
        return (self.visit,)


class RetractVisit(_AboutVisit, frozen=True, kw_only=True, tag="visit.retract"):
    """A visit had been recorded by mistake."""

    ALLOWED = FIELD

    reason: RetractionReason

    def decide(self, view: View, asker: Asker) -> Decided:
        fact = _original(view, asker, self.visit)
        body = VisitRetracted(
            visit=self.visit, household=fact.body.household, member=fact.body.member, reason=self.reason
        )
        return Decided((Draft(body, fact.unit, self.day, self.instant),), check_clock(view.moment, self.instant))


class AttestVisit(_AboutVisit, frozen=True, kw_only=True, tag="visit.attest"):
    """The household confirmed a visit to the secretary or the office."""

    ALLOWED = CELL_AND_ABOVE

    def decide(self, view: View, asker: Asker) -> Decided:
        fact = _original(view, asker, self.visit)
        body = VisitAttested(visit=self.visit, household=fact.body.household, member=fact.body.member)
        return Decided((Draft(body, fact.unit, self.day, self.instant),), check_clock(view.moment, self.instant))


class DisputeVisit(_AboutVisit, frozen=True, kw_only=True, tag="visit.dispute"):
    """The household told the secretary or the office that a visit was not made as recorded."""

    ALLOWED = CELL_AND_ABOVE

    note: LongText | None = None

    def decide(self, view: View, asker: Asker) -> Decided:
        fact = _original(view, asker, self.visit)
        body = VisitDisputed(visit=self.visit, household=fact.body.household, member=fact.body.member, note=self.note)
        return Decided((Draft(body, fact.unit, self.day, self.instant),), check_clock(view.moment, self.instant))


COMMANDS: tuple[type[Command], ...] = (RecordVisit, CorrectVisit, RetractVisit, AttestVisit, DisputeVisit)
