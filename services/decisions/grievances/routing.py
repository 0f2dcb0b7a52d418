"""Where a case goes: booked in, concluded at the cell, up, sideways, back, or apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec

from events.catalogue import subject
from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    EscalationReason,
    GrievanceKind,
    GrievanceTopic,
    NoReceiver,
    ReturnReason,
)
from events.facts.grievances import (
    ConcludedAtCell,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceBooked,
    GrievanceEscalated,
    GrievanceRaised,
    GrievanceReturned,
    GrievanceSplit,
    GrievanceTransferred,
    KindDetermined,
    PersonConcerned,
)
from events.facts.values import Body
from projections.states.clocks import arrived_on
from projections.states.grievances import Case
from services.decisions.asking import Asker
from services.decisions.command import LongText, ShortText
from services.decisions.grievances import receivers
from services.decisions.grievances.raising import AboutPersons, booking, counted, drawn
from services.decisions.grievances.standing import ByHolder, OfFamily, above_all, first_able, standing_at
from services.decisions.meetings import must_be_open
from services.decisions.outcome import Decided, Refused
from services.decisions.view import View


class BookGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.book"):
    """The office books the case in under its next number of the year, one about somebody under a number that is drawn;
    one that comes back under the number it had."""

    def needs(self) -> Iterable[str]:
        return (*super().needs(), subject("docket", self.unit))

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.unit in case.numbers:
            year, number = case.numbers[self.unit]
            again = GrievanceBooked(grievance=self.grievance, holder=self.unit, year=year, number=number)
            return self.facts(view, case, again)
        year = self.day.year
        number = drawn(view, self.unit, year, self.id) if case.about else counted(view, self.unit, year)
        return self.facts(view, case, *booking(self.grievance, self.unit, year, number))


class DetermineKind(ByHolder, frozen=True, kw_only=True, tag="grievance.determine_kind"):
    """What the case is by its content. It selects the clocks."""

    kind: GrievanceKind
    second: bool = False
    remote: bool = False

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if (self.second or self.remote) and self.kind is not GrievanceKind.COMPLAINT:
            raise Refused("only_for_complaints")
        body = KindDetermined(grievance=self.grievance, kind=self.kind, second=self.second, remote=self.remote)
        return self.facts(view, case, body)


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One content of a mixed case, as a case of its own."""

    topic: GrievanceTopic
    text: LongText
    kind: GrievanceKind
    petitioner: ShortText | None = None


class SplitGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.split"):
    """A case with several contents: each becomes a case of its own, with the same day of receipt."""

    parts: Annotated[tuple[Part, ...], msgspec.Meta(min_length=2, max_length=10)]

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        ids = [uuid5(self.id, f"part {number}") for number, _ in enumerate(self.parts, 1)]
        raised = [self._raised(case, id_, part) for id_, part in zip(ids, self.parts, strict=True)]
        return self.facts(view, case, GrievanceSplit(grievance=self.grievance, parts=tuple(ids)), *raised)

    def _raised(self, case: Case, grievance: UUID, part: Part) -> GrievanceRaised:
        return GrievanceRaised(
            grievance=grievance,
            way=case.way,
            visible=case.visible,
            received=case.received,
            topic=part.topic,
            text=part.text,
            holder=case.holder,
            kind=part.kind,
            household=case.household,
            member=case.member,
            petitioner=part.petitioner,
            about=case.about,
            part_of=self.grievance,
            stood_since=arrived_on(case),
            told_to=None if case.visible == case.told_to else case.told_to,
        )


class ConcludeAtCell(ByHolder, frozen=True, kw_only=True, tag="grievance.conclude_at_cell"):
    """The chair concludes the case at an open meeting: explained, the cell solves it, or it goes up (to `to`, or to
    the next unit above)."""

    meeting: UUID
    conclusion: CellConclusion
    text: LongText | None = None
    to: UUID | None = None

    def needs(self) -> Iterable[str]:
        return (*super().needs(), subject("meeting", self.unit))

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        must_be_open(view, self.unit, self.meeting, self.day)
        if self.text is not None and self.conclusion is not CellConclusion.EXPLAINED:
            raise Refused("text_only_for_explained")
        if self.to is not None and self.conclusion is not CellConclusion.ESCALATED:
            raise Refused("receiver_only_for_escalated")
        concluded = ConcludedAtCell(grievance=self.grievance, meeting=self.meeting, conclusion=self.conclusion)
        return self.facts(view, case, concluded, self._next(view, case))

    def _next(self, view: View, case: Case) -> Body:
        if self.conclusion is CellConclusion.EXPLAINED:
            explained = AnswerOutcome.EXPLAINED
            return GrievanceAnswered(grievance=self.grievance, holder=self.unit, outcome=explained, text=self.text)
        if self.conclusion is CellConclusion.CELL_SOLVES:
            return GrievanceAccepted(grievance=self.grievance, holder=self.unit)
        return escalated(view, case, EscalationReason.BEYOND_COMPETENCE, self.to)


class EscalateGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.escalate"):
    """The case goes up: to `to`, a unit above; without it to the next one. Where nobody can receive it, it stands where
    it is, in the queue of those that have no receiver. To a body that is not above it is a transfer."""

    reason: EscalationReason
    to: UUID | None = None

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        return self.facts(view, case, escalated(view, case, self.reason, self.to))


def escalated(view: View, case: Case, reason: EscalationReason, to: UUID | None) -> GrievanceEscalated:
    """The case going up from where it stands. Raises `Refused` where `to` may not have it."""
    sender = standing_at(view, case)
    receiver = receivers.superior(view, case) if to is None else receivers.must_be_office(view, case, to)
    if receiver is not None and not view.organisation.covers(receiver, sender, view.today):
        raise Refused("not_upwards", unit=receiver)
    # Above a holder that may have the case, everybody may: nobody is missing but a superior.
    missing = NoReceiver.NO_SUPERIOR if receiver is None else None
    return GrievanceEscalated(grievance=case.grievance, sender=sender, reason=reason, to=receiver, no_receiver=missing)


class TransferGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.transfer"):
    """The case goes to the competent body, by a document, instead of "not ours"."""

    to: UUID

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.basis is None:
            raise Refused("basis_needed")
        receiver = receivers.must_be_office(view, case, self.to)
        sender = standing_at(view, case)
        return self.facts(view, case, GrievanceTransferred(grievance=self.grievance, sender=sender, to=receiver))


class ReturnGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.return"):
    """The case goes back to who sent it."""

    reason: ReturnReason

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if case.sender is None:
            raise Refused("nobody_sent_it")
        receiver = receivers.must_receive(view, case, case.sender)
        sender = standing_at(view, case)
        body = GrievanceReturned(grievance=self.grievance, sender=sender, to=receiver, reason=self.reason)
        return self.facts(view, case, body)


class NamePerson(OfFamily, ByHolder, frozen=True, kw_only=True, tag="grievance.name_person"):
    """The case turns out to be about persons, named here beside those already known. It goes above them, and with it
    every other case of the mixed one that it came from; one that is settled is taken out of their sight alone."""

    about: Annotated[AboutPersons, msgspec.Meta(min_length=1)]

    def needs(self) -> Iterable[str]:
        members = (subject("member", concerned.person) for concerned in self.about)
        return (*super().needs(), *members)

    def names_office_holders(self, states: Mapping[str, Any]) -> Iterable[UUID]:
        return (*super().names_office_holders(states), *(concerned.person for concerned in self.about))

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        own = self.facts(view, case, self._concerned(view, case))
        others = (self.fact(view, each, self._concerned(view, each)) for each in self.relatives(view))
        return Decided((*own.drafts, *others), own.warnings)

    def _concerned(self, view: View, case: Case) -> PersonConcerned:
        about = receivers.persons(view, self.about, case.about)
        visible = receivers.visible_to(view, case.visible, about)
        holder = case.holder
        if holder is None or not above_all(view, standing_at(view, case), about):
            named = msgspec.structs.replace(case, about=about)
            holder = first_able(view, named, view.organisation.chain(visible, view.today))
        return PersonConcerned(grievance=case.grievance, about=about, visible=visible, holder=holder)


COMMANDS = (
    BookGrievance,
    DetermineKind,
    SplitGrievance,
    ConcludeAtCell,
    EscalateGrievance,
    TransferGrievance,
    ReturnGrievance,
    NamePerson,
)
