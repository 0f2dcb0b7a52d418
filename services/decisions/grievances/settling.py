"""How a case is settled: accepted or not, handed to somebody, extended, answered; corrected, or taken out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from events.calendar import local_date
from events.catalogue import subject
from events.facts.grievance_values import AnswerOutcome, ExtensionReason, GrievanceTopic, RefusalReason
from events.facts.grievances import (
    DeadlineExtended,
    DenunciationHandedOver,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceCorrected,
    GrievanceRefused,
    GrievanceWithheld,
    HandlerAssigned,
    InterimReplied,
)
from events.facts.organisation import UnitKind
from projections.states import clocks
from projections.states.grievances import Case
from services.decisions.asking import Asker
from services.decisions.command import LongText
from services.decisions.grievances.receivers import superior
from services.decisions.grievances.standing import ByHolder, OfFamily, above_all, level_of, sees
from services.decisions.outcome import Decided, Draft, Refused
from services.decisions.view import View

Given = frozenset(AnswerOutcome) - {AnswerOutcome.NOT_ACCEPTED, AnswerOutcome.REFERRED_OUTSIDE}


class AcceptGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.accept"):
    """The office accepts the case for settlement. Its kind must be determined: the clocks depend on it."""

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if case.kind is None:
            raise Refused("kind_not_determined")
        return self.facts(view, case, GrievanceAccepted(grievance=self.grievance, holder=self.unit))


class RefuseGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.refuse"):
    """The office does not accept the case, for a reason that the household is told. "Not ours" is a transfer."""

    reason: RefusalReason

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        body = GrievanceRefused(grievance=self.grievance, holder=self.unit, reason=self.reason)
        return self.facts(view, case, body)


class AssignHandler(ByHolder, frozen=True, kw_only=True, tag="grievance.assign_handler"):
    """Somebody who holds an office in the unit handles the case."""

    person: UUID

    def needs(self) -> Iterable[str]:
        return (*super().needs(), subject("office", self.unit))

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if case.concerns(self.person):
            raise Refused("conflict_of_interest", unit=self.unit, receiver=None)
        offices = view.offices(self.unit)
        tenures = offices.tenures if offices else ()
        if not any(tenure.person == self.person and tenure.span.holds(view.today) for tenure in tenures):
            raise Refused("handler_without_office", person=self.person, unit=self.unit)
        body = HandlerAssigned(grievance=self.grievance, holder=self.unit, person=self.person)
        return self.facts(view, case, body)


class ExtendDeadline(ByHolder, frozen=True, kw_only=True, tag="grievance.extend"):
    """A limit is extended while it runs, by a document of that time, as far as its rule allows. What had passed has
    passed: no extension undoes the days that were overdue. So it is entered while the limit runs, and not for a day
    before something else that is known of the case; afterwards only from a paper that bears its date."""

    clock: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    until: date
    reason: ExtensionReason

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.basis is None:
            raise Refused("basis_needed")
        if self.clock not in clocks.NAMES:
            raise Refused("clock_unknown", name=self.clock)
        run = clocks.running(case, self.clock, level_of(view))
        if run is None or run.due is None:
            raise Refused("clock_not_running", clock=self.clock)
        signed, on_paper = self.basis.issued_on, self.signed_by(self.day)
        last = max((moment.at for moment in case.moments if moment.at <= view.moment), default=None)
        if not on_paper and last is not None and self.day < local_date(last):
            raise Refused("extension_backdated", last=last)
        reached = (self.day,) if on_paper else (self.day, view.today)
        if max(*reached, signed or self.day) > run.due:
            raise Refused("limit_already_passed", due=run.due)
        if self.until <= run.due:
            raise Refused("not_an_extension", due=run.due)
        if run.latest is not None and self.until > run.latest:
            house = None if run.house is None else run.house.document
            raise Refused("extension_too_long", latest=run.latest, article=run.article if run.statutory else house)
        body = DeadlineExtended(grievance=self.grievance, clock=self.clock, until=self.until, reason=self.reason)
        return self.facts(view, case, body)


class ReplyInterim(ByHolder, frozen=True, kw_only=True, tag="grievance.reply_interim"):
    """The household is told how far its case is."""

    text: LongText | None = None

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        return self.facts(view, case, InterimReplied(grievance=self.grievance, holder=self.unit, text=self.text))


class AnswerGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.answer"):
    """The holder answers in substance. That the household learns it is a step of its own."""

    outcome: AnswerOutcome
    text: LongText | None = None

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.outcome not in Given:
            raise Refused("outcome_is_a_refusal")
        body = GrievanceAnswered(grievance=self.grievance, holder=self.unit, outcome=self.outcome, text=self.text)
        return self.facts(view, case, body)


class CorrectGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.correct"):
    """What was recorded of the case was wrong."""

    topic: GrievanceTopic | None = None
    household: UUID | None = None
    text: LongText | None = None

    def needs(self) -> Iterable[str]:
        named = () if self.household is None else (subject("household", self.household),)
        return (*super().needs(), *named)

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.topic is None and self.household is None and self.text is None:
            raise Refused("nothing_to_correct")
        if self.household is not None and view.household(self.household) is None:
            raise Refused("household_unknown", household=self.household)
        body = GrievanceCorrected(grievance=self.grievance, topic=self.topic, household=self.household, text=self.text)
        return self.facts(view, case, body)


class JudgedCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Another case of the mixed one: whether its text repeats what turned out to be a denunciation."""

    grievance: UUID
    repeats: bool


class WithholdGrievance(OfFamily, ByHolder, frozen=True, kw_only=True, tag="grievance.withhold"):
    """The text turns out to be a denunciation, for which Sổ Hộ is not the channel: the key of the case is destroyed,
    the registers forget it, and a receipt that leads nowhere remains for inspection. `receipt` is a new id.

    Of a mixed case the whole goes with it, whose text has everything in it. Each other case of it has a text of its
    own, written when it was split: the office says of each that it knows of whether that repeats the denunciation
    (`others`), and those that do go too. The others go on, wherever they stand, and lead to nothing that has gone.

    An office does so, by a document, and hands it to one that is not below it: no cell makes a case vanish. What a cell
    finds it sends up."""

    receipt: UUID
    others: Annotated[tuple[JudgedCase, ...], msgspec.Meta(max_length=100)] = ()
    handed_to: UUID
    number: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]

    def needs(self) -> Iterable[str]:
        return (*super().needs(), subject("receipt", self.receipt))

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.basis is None:
            raise Refused("basis_needed")
        if view.unit(self.handed_to, view.today).kind is UnitKind.CELL:
            raise Refused("not_an_office", unit=self.handed_to)
        if self.handed_to != self.unit and view.organisation.covers(self.unit, self.handed_to, view.today):
            raise Refused("not_upwards", unit=self.handed_to)
        if not above_all(view, self.handed_to, case.about):
            raise Refused("conflict_of_interest", unit=self.handed_to, receiver=superior(view, case))
        if view.receipt(self.receipt) is not None:
            raise Refused("receipt_exists", receipt=self.receipt)
        own = self.facts(view, case, GrievanceWithheld(grievance=self.grievance))
        gone = self._repeating(view, asker)
        others = (self.fact(view, each, GrievanceWithheld(grievance=each.grievance)) for each in gone)
        receipt = DenunciationHandedOver(
            receipt=self.receipt, received=case.received, handed_to=self.handed_to, number=self.number
        )
        draft = Draft(receipt, self.handed_to, self.day, apart=True)
        return Decided((*own.drafts, *others, draft), own.warnings)

    def _repeating(self, view: View, asker: Asker) -> list[Case]:
        """The other cases of the family that go too: the wholes above this one and above those that repeat its text,
        and these. Raises `Refused` where one that the asker knows of was not judged, or no such case was."""
        relatives = {each.grievance: each for each in self.relatives(view)}
        wholes = set(self.wholes(view, self.grievance))
        to_judge = [key for key, each in relatives.items() if key not in wholes and sees(view, asker, each)]
        judged = {each.grievance: each.repeats for each in self.others}
        for other in judged:
            if other not in to_judge:
                raise Refused("not_a_part", grievance=other)
        missing = [key for key in to_judge if key not in judged]
        if missing:
            raise Refused("parts_not_judged", count=len(missing), parts=missing)
        repeating = {key for key, repeats in judged.items() if repeats}
        gone = repeating.union(wholes, *(self.wholes(view, each) for each in repeating))
        return [each for key, each in relatives.items() if key in gone]


COMMANDS = (
    AcceptGrievance,
    RefuseGrievance,
    AssignHandler,
    ExtendDeadline,
    ReplyInterim,
    AnswerGrievance,
    CorrectGrievance,
    WithholdGrievance,
)
