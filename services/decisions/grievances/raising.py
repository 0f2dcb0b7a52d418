"""The two ways in: through the member responsible, and at the office, past the member and his cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.grievance_values import GrievanceKind, GrievanceTopic, Way
from events.facts.grievances import CaseNumbered, GrievanceBooked, GrievanceRaised
from events.facts.organisation import UnitKind
from projections.states.grievances import Docket
from services.decisions.asking import FIELD, OFFICES, Asker, Role
from services.decisions.clock import check_clock
from services.decisions.command import LongText, Report, ShortText
from services.decisions.grievances import receivers
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.standing import above_all, standing
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import View

AboutPersons = Annotated[tuple[Concerned, ...], msgspec.Meta(max_length=10)]


class _Raised(Report, frozen=True, kw_only=True):
    """A grievance as it was told. The command's id is the case's. Not for denunciations, which have their own law:
    the client says so before a text is entered."""

    topic: GrievanceTopic
    text: LongText
    kind: GrievanceKind | None = None
    about: AboutPersons = ()

    def names_office_holders(self, states: Mapping[str, Any]) -> Iterable[UUID]:  # noqa: ARG002
        return (concerned.person for concerned in self.about)


class RaiseGrievance(_Raised, frozen=True, kw_only=True, tag="grievance.raise"):
    """A household told the member, who passes it on to its cell; above who it is about, where it is about somebody."""

    ALLOWED = FIELD

    household: UUID
    member: UUID
    received: date | None = None
    """The day the cell had it, as its own book says; without it, today. Only who keeps the book says so."""

    def needs(self) -> Iterable[str]:
        return (
            subject("household", self.household),
            subject("member", self.member),
            subject("assignment", self.household),
            *_members(self.about),
        )

    def decide(self, view: View, asker: Asker) -> Decided:
        household, member = view.household(self.household), view.member(self.member)
        if household is None:
            raise Refused("household_unknown", household=self.household)
        if member is None:
            raise Refused("member_unknown", person=self.member)
        cell = standing(view, household.latest_unit())
        held = view.target(self.household)
        spans = [a.span for a in held.assignments if a.member == self.member] if held else []
        own = {claim.value for claim in member.cells} | {residence.unit for residence in member.residences}
        if asker.role is Role.MEMBER:
            if asker.person != self.member:
                raise Refused("not_your_grievance", person=self.member)
            if self.received is not None:
                raise Refused("receipt_is_the_cells")
            if not spans and not any(unit is not None and standing(view, unit) == cell for unit in own):
                raise Refused("outside_your_unit", unit=None)
        else:
            # Who was responsible keeps his late reports, and so does who enters them for a member of his own unit.
            view.must_cover_one_of(asker, (cell, *(own if spans else ())))
        warnings = check_clock(view.moment, self.instant, self.written_at)
        if spans and all(span is None or span.until <= view.today for span in spans):
            warnings = (*warnings, Warned("no_longer_responsible", {"household": self.household}))
        if self.received is not None and not self.day <= self.received <= view.today:
            raise Refused("receipt_out_of_order", received=self.received, told=self.day)
        about = receivers.persons(view, self.about)
        visible = receivers.visible_to(view, cell, about)
        body = GrievanceRaised(
            grievance=self.id,
            way=Way.MEMBER,
            visible=visible,
            received=self.received or view.today,
            topic=self.topic,
            text=self.text,
            holder=visible if above_all(view, visible, about) else None,
            kind=self.kind,
            household=self.household,
            member=self.member,
            about=about,
            told_to=None if visible == cell else cell,
        )
        performed_by = self.member if asker.person != self.member else None
        return Decided((Draft(body, visible, self.day, self.instant, performed_by),), warnings)


class ReceiveGrievance(_Raised, frozen=True, kw_only=True, tag="grievance.receive"):
    """Somebody told the office, at citizen reception: neither the member responsible nor his cell learns of it. It is
    booked in at once under the office's next number, unless it must go to a unit above who it is about."""

    ALLOWED = OFFICES

    unit: UUID
    household: UUID | None = None
    petitioner: ShortText | None = None

    def needs(self) -> Iterable[str]:
        yield subject("docket", self.unit)
        if self.household is not None:
            yield subject("household", self.household)
        yield from _members(self.about)

    def decide(self, view: View, asker: Asker) -> Decided:
        if view.unit(self.unit, view.today).kind is UnitKind.CELL:
            raise Refused("not_an_office", unit=self.unit)
        view.must_cover(asker, self.unit)
        if self.household is None and self.petitioner is None:
            raise Refused("petitioner_needed")
        if self.household is not None and view.household(self.household) is None:
            raise Refused("household_unknown", household=self.household)
        about = receivers.persons(view, self.about)
        visible = receivers.visible_to(view, self.unit, about)
        holder = visible if above_all(view, visible, about) else None
        raised = GrievanceRaised(
            grievance=self.id,
            way=Way.OFFICE,
            visible=visible,
            received=min(self.day, view.today),
            topic=self.topic,
            text=self.text,
            holder=holder,
            kind=self.kind,
            household=self.household,
            petitioner=self.petitioner,
            about=about,
            told_to=None if visible == self.unit else self.unit,
        )
        number = drawn(view, self.unit, self.day.year, self.id) if about else counted(view, self.unit, self.day.year)
        booked = booking(self.id, self.unit, self.day.year, number) if holder == self.unit else ()
        bodies = [raised, *booked]
        drafts = tuple(Draft(body, visible, self.day, self.instant) for body in bodies)
        return Decided(drafts, check_clock(view.moment, self.instant, self.written_at))


def counted(view: View, unit: UUID, year: int) -> int:
    """The office's next number of the year."""
    return (view.docket(unit) or Docket(unit)).next(year)


def drawn(view: View, unit: UUID, year: int, lot: UUID) -> int:
    """A number of the office's for a case about somebody. It is not counted with the others: where the case is hidden,
    no gap in the numbers tells of it."""
    return (view.docket(unit) or Docket(unit)).draw(year, lot)


def booking(grievance: UUID, unit: UUID, year: int, number: int) -> Iterator[GrievanceBooked | CaseNumbered]:
    """The case in the office's book of the year, with the guard that the number is given once."""
    yield GrievanceBooked(grievance=grievance, holder=unit, year=year, number=number)
    yield CaseNumbered(unit=unit, year=year, number=number)


def _members(about: Sequence[Concerned]) -> list[str]:
    return [subject("member", concerned.person) for concerned in about]


COMMANDS = (RaiseGrievance, ReceiveGrievance)
