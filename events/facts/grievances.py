"""What troubles a household, from its word to an answer: one case, one boundary.

Text and petitioner's name are sealed with a key of the case itself, so that a case can be made unreadable alone.
Being overdue is not a fact: it follows from the clocks and the time asked about.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.grievance_values import (
    About,
    AnswerOutcome,
    CaseNumber,
    CellConclusion,
    ClosingReason,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    NoReceiver,
    RefusalReason,
    ReopeningReason,
    ReturnReason,
    Way,
    Year,
)
from events.facts.values import Body, Sealed


class _Case(Body, frozen=True):
    BOUNDARY = ("grievance", "grievance")

    grievance: UUID


class GrievanceRaised(_Case, frozen=True):
    """A household's trouble was told to `member`, or at the office, and stands at the unit `holder`; nowhere where
    there is nobody above those it is about.

    `received` is the day on which a body had it: of a member's report the day it was recorded, at the office the day
    it was told. `part_of` is the mixed case that this is a part of, which had stood at `holder` from the day
    `stood_since`. `visible` is the lowest unit that sees the case; `told_to` the one that would be, were it about
    nobody, where that is another.
    """

    TYPE = "grievance.grievance_raised.v1"
    SEALED = {"text": "grievance", "petitioner": "grievance"}
    REPORT = True

    way: Way
    visible: UUID
    received: date
    topic: GrievanceTopic
    text: Sealed
    holder: UUID | None = None
    kind: GrievanceKind | None = None
    household: UUID | None = None
    member: UUID | None = None
    petitioner: Sealed | None = None
    about: About = ()
    part_of: UUID | None = None
    stood_since: date | None = None
    told_to: UUID | None = None


class GrievanceCorrected(_Case, frozen=True):
    """What was recorded of the case was wrong: topic, household or text are these."""

    TYPE = "grievance.grievance_corrected.v1"
    SEALED = {"text": "grievance"}

    topic: GrievanceTopic | None = None
    household: UUID | None = None
    text: Sealed | None = None


class PersonConcerned(_Case, frozen=True):
    """The case turned out to be about these persons (all of them, those named before included).

    It stands at `holder` from now on, above each of them; nowhere where there is nobody.
    """

    TYPE = "grievance.person_concerned.v1"

    about: About
    visible: UUID
    holder: UUID | None = None


class NamingTakenBack(_Case, frozen=True):
    """It was wrong that the case is about those `cleared`, by the document in the basis: it is about those alone that
    are still named in `about`. It stands at `holder` from now on; nowhere where nobody is above those."""

    TYPE = "grievance.naming_taken_back.v1"

    cleared: Annotated[tuple[UUID, ...], msgspec.Meta(min_length=1, max_length=10)]
    visible: UUID
    about: About = ()
    holder: UUID | None = None


class GrievanceReferredOutside(_Case, frozen=True):
    """Nobody in the installation may have the case, since it is about somebody of the highest unit: by the document in
    the basis, inspection handed it to a body that is not in the installation, and here it is settled. `receiver` is
    that body as the document names it."""

    TYPE = "grievance.grievance_referred_outside.v1"
    SEALED = {"receiver": "grievance"}

    receiver: Sealed


class GrievanceBooked(_Case, frozen=True):
    """The office that has the case booked it in, under its number of the year."""

    TYPE = "grievance.grievance_booked.v1"

    holder: UUID
    year: Year
    number: CaseNumber


class CaseNumbered(Body, frozen=True):
    """The office gave its next number of the year. The guard by which no number is given twice."""

    TYPE = "grievance.case_numbered.v1"
    BOUNDARY = ("docket", "unit")

    unit: UUID
    year: Year
    number: CaseNumber


class KindDetermined(_Case, frozen=True):
    """The kind by content. `second` is a complaint against a first answer; `remote` one from a remote area."""

    TYPE = "grievance.kind_determined.v1"

    kind: GrievanceKind
    second: bool = False
    remote: bool = False


class GrievanceSplit(_Case, frozen=True):
    """The case had several contents: each goes on as a case of its own, and this one ends."""

    TYPE = "grievance.grievance_split.v1"

    parts: Annotated[tuple[UUID, ...], msgspec.Meta(min_length=2, max_length=10)]


class ConcludedAtCell(_Case, frozen=True):
    """The chair concluded the case at a cell meeting."""

    TYPE = "grievance.concluded_at_cell.v1"

    meeting: UUID
    conclusion: CellConclusion


class GrievanceAccepted(_Case, frozen=True):
    """The holder accepted the case for settlement (thụ lý)."""

    TYPE = "grievance.grievance_accepted.v1"

    holder: UUID


class GrievanceRefused(_Case, frozen=True):
    """The holder did not accept the case. The household must still be told."""

    TYPE = "grievance.grievance_refused.v1"

    holder: UUID
    reason: RefusalReason


class HandlerAssigned(_Case, frozen=True):
    """The holder gave the case to a person in its office."""

    TYPE = "grievance.handler_assigned.v1"

    holder: UUID
    person: UUID


class GrievanceEscalated(_Case, frozen=True):
    """The case went up, to `to`; where there was nobody to receive it, it stands at `sender` with the reason."""

    TYPE = "grievance.grievance_escalated.v1"

    sender: UUID
    reason: EscalationReason
    to: UUID | None = None
    no_receiver: NoReceiver | None = None


class GrievanceTransferred(_Case, frozen=True):
    """The case went to the competent body, by the document in the basis, instead of "not ours". From a unit that was
    dissolved it goes to the one above that took it over."""

    TYPE = "grievance.grievance_transferred.v1"

    sender: UUID
    to: UUID


class GrievanceReturned(_Case, frozen=True):
    """The case went back to who had sent it."""

    TYPE = "grievance.grievance_returned.v1"

    sender: UUID
    to: UUID
    reason: ReturnReason


class DeadlineExtended(_Case, frozen=True):
    """The limit of the running clock was extended, by the document in the basis, up to and with `until`."""

    TYPE = "grievance.deadline_extended.v1"

    clock: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    until: date
    reason: ExtensionReason


class InterimReplied(_Case, frozen=True):
    """The household was told how far its case is."""

    TYPE = "grievance.interim_replied.v1"
    SEALED = {"text": "grievance"}

    holder: UUID
    text: Sealed | None = None


class GrievanceAnswered(_Case, frozen=True):
    """The holder answered in substance. The household does not know it yet."""

    TYPE = "grievance.grievance_answered.v1"
    SEALED = {"text": "grievance"}

    holder: UUID
    outcome: AnswerOutcome
    text: Sealed | None = None


class AnswerDelivered(_Case, frozen=True):
    """The household was told the answer, by the person in the envelope."""

    TYPE = "grievance.answer_delivered.v1"

    channel: DeliveryChannel


class AnswerAccepted(_Case, frozen=True):
    """The household said that it is an answer."""

    TYPE = "grievance.answer_accepted.v1"


class AnswerContested(_Case, frozen=True):
    """The household said that it is no answer."""

    TYPE = "grievance.answer_contested.v1"
    SEALED = {"text": "grievance"}

    text: Sealed | None = None


class GrievanceReopened(_Case, frozen=True):
    """The case is taken up again, at `holder`; nowhere where nobody may have it."""

    TYPE = "grievance.grievance_reopened.v1"

    holder: UUID | None
    reason: ReopeningReason


class GrievanceWithdrawn(_Case, frozen=True):
    """The household took its grievance back."""

    TYPE = "grievance.grievance_withdrawn.v1"


class GrievanceClosed(_Case, frozen=True):
    """The case was closed; what came of it stands in its last answer."""

    TYPE = "grievance.grievance_closed.v1"

    reason: ClosingReason


class OverdueNoticed(_Case, frozen=True):
    """The unit `sender` reminded the holder that the clock had run out on `due`."""

    TYPE = "grievance.overdue_noticed.v1"

    sender: UUID
    holder: UUID
    clock: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    due: date


class GrievanceWithheld(_Case, frozen=True):
    """The text was not for Sổ Hộ: the key of the case is destroyed, and it stands in no register any more."""

    TYPE = "grievance.grievance_withheld.v1"
    DESTROYS = "grievance"


class DenunciationHandedOver(Body, frozen=True):
    """A denunciation reached Sổ Hộ, which is not its channel, and was handed to the competent body.

    For inspection alone. Nothing in it leads to a case, a household or a person.
    """

    TYPE = "grievance.denunciation_handed_over.v1"
    BOUNDARY = ("receipt", "receipt")

    receipt: UUID
    received: date
    handed_to: UUID
    number: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


FACTS = (
    GrievanceRaised,
    GrievanceCorrected,
    PersonConcerned,
    NamingTakenBack,
    GrievanceReferredOutside,
    GrievanceBooked,
    CaseNumbered,
    KindDetermined,
    GrievanceSplit,
    ConcludedAtCell,
    GrievanceAccepted,
    GrievanceRefused,
    HandlerAssigned,
    GrievanceEscalated,
    GrievanceTransferred,
    GrievanceReturned,
    DeadlineExtended,
    InterimReplied,
    GrievanceAnswered,
    AnswerDelivered,
    AnswerAccepted,
    AnswerContested,
    GrievanceReopened,
    GrievanceWithdrawn,
    GrievanceClosed,
    OverdueNoticed,
    GrievanceWithheld,
    DenunciationHandedOver,
)
