"""One case: where it stands, with whom, and the moments from which its clocks follow; and an office's numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from itertools import count
from typing import Any
from uuid import UUID, uuid5

import msgspec

from events.calendar import local_date
from events.envelope import Fact
from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    ClosingReason,
    GrievanceKind,
    GrievanceTopic,
    NoReceiver,
    Person,
    Way,
)
from events.facts.grievances import (
    AnswerAccepted,
    AnswerContested,
    AnswerDelivered,
    CaseNumbered,
    ConcludedAtCell,
    DeadlineExtended,
    DenunciationHandedOver,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceBooked,
    GrievanceClosed,
    GrievanceCorrected,
    GrievanceEscalated,
    GrievanceRaised,
    GrievanceReferredOutside,
    GrievanceRefused,
    GrievanceReopened,
    GrievanceReturned,
    GrievanceSplit,
    GrievanceTransferred,
    GrievanceWithdrawn,
    GrievanceWithheld,
    HandlerAssigned,
    InterimReplied,
    KindDetermined,
    NamingTakenBack,
    OverdueNoticed,
    PersonConcerned,
)
from projections.states.timeline import CannotApply


class Stage(Enum):
    """Where a case stands. The first three are open with a holder; in the next two the household is to be heard."""

    WAITING = "waiting"
    BOOKED = "booked"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    DELIVERED = "delivered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    SPLIT = "split"
    REFERRED = "referred"
    WITHHELD = "withheld"


UNSETTLED = frozenset({Stage.WAITING, Stage.BOOKED, Stage.ACCEPTED})
"""Stages before the answer."""

OPEN = frozenset({Stage.WAITING, Stage.BOOKED, Stage.ACCEPTED, Stage.ANSWERED, Stage.DELIVERED})
"""Stages in which somebody still has something to do."""


class Moment(msgspec.Struct, frozen=True, array_like=True):
    """Something that happened to the case, while it stood at `unit` (after it, where it moved); where nobody had it,
    the lowest unit that would have seen it."""

    event: str
    at: datetime
    unit: UUID

    @property
    def day(self) -> date:
        return local_date(self.at)


class Extension(msgspec.Struct, frozen=True, array_like=True):
    """A document of the day that extended the clock which then ran, up to and with `until`."""

    clock: str
    until: date
    day: date


NOTES = frozenset({"interim_replied", "handler_assigned", "deadline_extended", "corrected", "overdue_noticed"})
"""Moments that turn nothing: what is entered later may have happened before them."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case as known. `holder` is the unit it stands at; None where there is nobody to receive it.

    `visible` is the lowest unit that sees it, `told_to` the one that would, were it about nobody. `second_at`, of a
    `second` complaint, is the place in `moments` of what determined that. `received` is the day a body first had it;
    `stood_since`, of a part of a mixed case, the day from which that stood at the holder. `sender` is who sent it to
    the holder. `accepted` tells whether the holder accepted it for settlement. `raised_as` is the kind with which it
    was raised. `numbers` are year and number in the books of the offices that had it.
    """

    grievance: UUID
    way: Way
    visible: UUID
    told_to: UUID
    received: date
    topic: GrievanceTopic
    stage: Stage
    holder: UUID | None
    moments: tuple[Moment, ...]
    household: UUID | None = None
    member: UUID | None = None
    raised_as: GrievanceKind | None = None
    kind: GrievanceKind | None = None
    second: bool = False
    second_at: int | None = None
    remote: bool = False
    about: tuple[Person, ...] = ()
    sender: UUID | None = None
    handler: UUID | None = None
    accepted: bool = False
    no_receiver: NoReceiver | None = None
    numbers: Mapping[UUID, tuple[int, int]] = {}
    extensions: tuple[Extension, ...] = ()
    outcome: AnswerOutcome | None = None
    accepted_by_household: bool = False
    closing: ClosingReason | None = None
    parts: tuple[UUID, ...] = ()
    part_of: UUID | None = None
    stood_since: date | None = None

    @property
    def last(self) -> datetime:
        """When the last thing happened to it."""
        return self.moments[-1].at

    def turned(self, moment: datetime) -> datetime | None:
        """When it came to stand as it stands, as far as that does not lie ahead of `moment` (a clock was fast)."""
        turns = (each.at for each in reversed(self.moments) if each.event not in NOTES)
        return next((at for at in turns if at <= moment), None)

    def last_day(self, event: str) -> date | None:
        """The day of the last such moment."""
        return next((moment.day for moment in reversed(self.moments) if moment.event == event), None)

    def times(self, event: str) -> int:
        return sum(moment.event == event for moment in self.moments)

    def concerns(self, person: UUID | None) -> bool:
        """Whether the case is about the person."""
        return any(each.person == person for each in self.about)


FIRST_DRAWN = 100_000
LAST_DRAWN = 999_999
"""Between these a number is drawn and not counted: nobody can tell from those that he sees what others there are."""


class Docket(msgspec.Struct, frozen=True):
    """The numbers an office has given: year → the last one counted, and those that were drawn."""

    unit: UUID
    last: Mapping[int, int] = {}
    drawn: Mapping[int, frozenset[int]] = {}

    def next(self, year: int) -> int:
        return self.last.get(year, 0) + 1

    def draw(self, year: int, lot: UUID) -> int:
        """A number that the office has not given in the year; the same lot draws the same one."""
        given, span = self.drawn.get(year, frozenset()), LAST_DRAWN - FIRST_DRAWN + 1
        numbers = (FIRST_DRAWN + uuid5(lot, f"number {attempt}").int % span for attempt in count())
        return next(number for number in numbers if number not in given)


def apply_docket(docket: Docket | None, fact: Fact[Any]) -> Docket:
    """The office's numbers after the fact. Raises `CannotApply`."""
    body = fact.body
    if not isinstance(body, CaseNumbered):
        raise CannotApply("not_a_number")
    before = docket or Docket(body.unit)
    if body.number < FIRST_DRAWN:
        return msgspec.structs.replace(before, last={**before.last, body.year: body.number})
    given = before.drawn.get(body.year, frozenset()) | {body.number}
    return msgspec.structs.replace(before, drawn={**before.drawn, body.year: given})


class Receipt(msgspec.Struct, frozen=True):
    """A receipt exists: its id is taken."""

    receipt: UUID


def apply_receipt(receipt: Receipt | None, fact: Fact[Any]) -> Receipt:
    """The receipt. Raises `CannotApply`."""
    if receipt is not None or not isinstance(fact.body, DenunciationHandedOver):
        raise CannotApply("not_a_receipt")
    return Receipt(fact.body.receipt)


def apply_case(case: Case | None, fact: Fact[Any]) -> Case:
    """The case after the fact. Raises `CannotApply`."""
    body = fact.body
    at = fact.instant
    if at is None:
        raise CannotApply("no_instant")
    if isinstance(body, GrievanceRaised):
        if case is not None:
            raise CannotApply("grievance_exists")
        return _raised(body, at)
    if case is None:
        raise CannotApply("grievance_unknown")
    changed = _changed(case, body, at)
    if changed.stage is not case.stage and changed.holder is not None:
        changed = msgspec.structs.replace(changed, no_receiver=None)
    happened = tuple(Moment(event, at, changed.holder or changed.visible) for event in _events(body))
    return msgspec.structs.replace(changed, moments=(*case.moments, *happened))


def _raised(body: GrievanceRaised, at: datetime) -> Case:
    return Case(
        grievance=body.grievance,
        way=body.way,
        visible=body.visible,
        told_to=body.told_to or body.visible,
        received=body.received,
        topic=body.topic,
        stage=Stage.WAITING,
        holder=body.holder,
        moments=(Moment("raised", at, body.holder or body.visible),),
        household=body.household,
        member=body.member,
        raised_as=body.kind,
        kind=body.kind,
        about=body.about,
        no_receiver=NoReceiver.CONFLICT_OF_INTEREST if body.holder is None else None,
        part_of=body.part_of,
        stood_since=body.stood_since,
    )


def _changed(case: Case, body: Any, at: datetime) -> Case:
    replace = msgspec.structs.replace
    match body:
        case GrievanceCorrected():
            household = body.household or case.household
            return replace(case, topic=body.topic or case.topic, household=household)
        case PersonConcerned() | NamingTakenBack():
            moved = body.holder != case.holder
            changed = replace(case, about=body.about, visible=body.visible, holder=body.holder)
            missing = NoReceiver.CONFLICT_OF_INTEREST if body.holder is None else None
            return replace(_arrived(changed, case.holder), no_receiver=missing) if moved else changed
        case GrievanceBooked():
            numbers = {**case.numbers, body.holder: (body.year, body.number)}
            return replace(case, stage=Stage.BOOKED, holder=body.holder, numbers=numbers)
        case KindDetermined():
            at_first = len(case.moments) if case.second_at is None else case.second_at
            second_at = at_first if body.second else None
            return replace(case, kind=body.kind, second=body.second, second_at=second_at, remote=body.remote)
        case GrievanceSplit():
            return replace(case, stage=Stage.SPLIT, parts=body.parts)
        case GrievanceAccepted():
            return replace(case, stage=Stage.ACCEPTED, holder=body.holder, accepted=True)
        case GrievanceRefused():
            return replace(case, stage=Stage.ANSWERED, outcome=AnswerOutcome.NOT_ACCEPTED)
        case HandlerAssigned():
            return replace(case, handler=body.person)
        case GrievanceEscalated() if body.to is None:
            return replace(case, no_receiver=body.no_receiver)
        case GrievanceEscalated() | GrievanceTransferred() | GrievanceReturned():
            return _arrived(replace(case, holder=body.to), body.sender)
        case DeadlineExtended():
            extension = Extension(body.clock, body.until, local_date(at))
            return replace(case, extensions=(*case.extensions, extension))
        case GrievanceAnswered():
            return replace(case, stage=Stage.ANSWERED, outcome=body.outcome)
        case AnswerDelivered():
            return replace(case, stage=Stage.DELIVERED)
        case AnswerAccepted():
            return replace(case, accepted_by_household=True)
        case GrievanceReopened():
            missing = NoReceiver.CONFLICT_OF_INTEREST if body.holder is None else None
            again = replace(case, closing=None, accepted_by_household=False, no_receiver=missing)
            return replace(again, stage=_taken_up(case), holder=body.holder)
        case GrievanceWithdrawn():
            return replace(case, stage=Stage.WITHDRAWN)
        case GrievanceClosed():
            return replace(case, stage=Stage.CLOSED, closing=body.reason)
        case GrievanceReferredOutside():
            outcome = AnswerOutcome.REFERRED_OUTSIDE
            return replace(case, stage=Stage.REFERRED, outcome=outcome, no_receiver=None)
        case GrievanceWithheld():
            return replace(case, stage=Stage.WITHHELD)
        case ConcludedAtCell() | InterimReplied() | AnswerContested() | OverdueNoticed():
            return case
    raise CannotApply("not_about_a_grievance")


def _arrived(case: Case, sender: UUID | None) -> Case:
    """The case newly before its holder: nobody there has taken it up yet. What is settled stays so."""
    stage = Stage.WAITING if case.stage in UNSETTLED else case.stage
    return msgspec.structs.replace(case, stage=stage, sender=sender, handler=None, accepted=False, no_receiver=None)


def taken_over(case: Case, to: UUID, at: datetime) -> Case:
    """The case of a unit that was dissolved, once `to` took it over."""
    moved = _arrived(msgspec.structs.replace(case, holder=to), case.holder)
    return msgspec.structs.replace(moved, moments=(*case.moments, Moment("transferred", at, to)))


def _taken_up(case: Case) -> Stage:
    """Where a case goes on that is taken up again: as far as its holder had come with it, before the answer."""
    if case.accepted:
        return Stage.ACCEPTED
    return Stage.BOOKED if case.holder in case.numbers else Stage.WAITING


EVENTS: Mapping[type[Any], str] = {
    GrievanceBooked: "booked",
    KindDetermined: "kind_determined",
    GrievanceSplit: "split",
    GrievanceAccepted: "accepted",
    GrievanceRefused: "refused",
    GrievanceTransferred: "transferred",
    GrievanceReturned: "returned",
    InterimReplied: "interim_replied",
    GrievanceAnswered: "answered",
    AnswerDelivered: "delivered",
    AnswerAccepted: "household_accepted",
    AnswerContested: "contested",
    GrievanceReopened: "reopened",
    GrievanceWithdrawn: "withdrawn",
    GrievanceClosed: "closed",
    GrievanceWithheld: "withheld",
    OverdueNoticed: "overdue_noticed",
    PersonConcerned: "person_concerned",
    NamingTakenBack: "naming_taken_back",
    GrievanceReferredOutside: "referred_outside",
    HandlerAssigned: "handler_assigned",
    DeadlineExtended: "deadline_extended",
    GrievanceCorrected: "corrected",
}
"""Kind of fact → the event that clocks and traces know it by."""


def _events(body: Any) -> tuple[str, ...]:
    match body:
        case GrievanceEscalated():
            return ("escalated",) if body.to is not None else ("no_receiver",)
        case ConcludedAtCell():
            concluded = body.conclusion is not CellConclusion.ESCALATED
            return ("concluded_at_cell",) if concluded else ()
    return (EVENTS[type(body)],)
