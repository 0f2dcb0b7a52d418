"""Visits of a member to a household, as they are reported from the field."""

from __future__ import annotations

from enum import Enum
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.assignments import RetractionReason
from events.facts.values import Body, Sealed


class Purpose(Enum):
    """Why the visit was made."""

    REGULAR = "regular"
    REQUESTED = "requested"
    INFORM = "inform"
    SUPPORT = "support"
    FOLLOW_UP = "follow_up"


class VisitTopic(Enum):
    """What was talked about, by code; the duties of real plans."""

    POLICY = "policy"
    LIVELIHOOD = "livelihood"
    POVERTY_PLAN = "poverty_plan"
    SCHOOLING = "schooling"
    COMMUNITY = "community"
    PUBLIC_ORDER = "public_order"
    CONCERN = "concern"


class Outcome(Enum):
    """What came of it, by code."""

    NOTHING_NEW = "nothing_new"
    INFORMED = "informed"
    SUPPORT_PROMISED = "support_promised"
    TO_REPORT_AT_MEETING = "to_report_at_meeting"
    NOBODY_HOME = "nobody_home"


Topics = Annotated[tuple[VisitTopic, ...], msgspec.Meta(max_length=7)]
Outcomes = Annotated[tuple[Outcome, ...], msgspec.Meta(max_length=5)]


class VisitRecordedV1(Body, frozen=True):
    """The first form of a visit: it could hold one outcome only. Read as `VisitRecorded`; no longer written."""

    TYPE = "visit.visit_recorded.v1"
    BOUNDARY = ("visit", "household")
    REPORT = True
    SEALED = {"note": "household"}
    TARGET = "household"
    PERSON = "member"

    visit: UUID
    household: UUID
    member: UUID
    purpose: Purpose
    topics: Topics = ()
    outcome: Outcome | None = None
    note: Sealed | None = None


class VisitRecorded(Body, frozen=True):
    """The member visited the household at the instant in the envelope. The note is sealed and names nobody."""

    TYPE = "visit.visit_recorded.v2"
    BOUNDARY = ("visit", "household")
    REPORT = True
    SEALED = {"note": "household"}
    TARGET = "household"
    PERSON = "member"

    visit: UUID
    household: UUID
    member: UUID
    purpose: Purpose
    topics: Topics = ()
    outcomes: Outcomes = ()
    note: Sealed | None = None


class VisitCorrected(Body, frozen=True):
    """What was recorded about the visit was wrong: this is the whole of it, at the instant in the envelope."""

    TYPE = "visit.visit_corrected.v1"
    BOUNDARY = ("visit", "household")
    REPORT = True
    SEALED = {"note": "household"}
    TARGET = "household"
    PERSON = "member"

    visit: UUID
    household: UUID
    member: UUID
    purpose: Purpose
    topics: Topics = ()
    outcomes: Outcomes = ()
    note: Sealed | None = None


class VisitRetracted(Body, frozen=True):
    """The visit was recorded by mistake."""

    TYPE = "visit.visit_retracted.v1"
    BOUNDARY = ("visit", "household")
    REPORT = True
    TARGET = "household"
    PERSON = "member"

    visit: UUID
    household: UUID
    member: UUID
    reason: RetractionReason


class VisitAttested(Body, frozen=True):
    """The household said that the visit was made as recorded."""

    TYPE = "visit.visit_attested.v1"
    BOUNDARY = ("visit", "household")
    REPORT = True
    TARGET = "household"
    PERSON = "member"

    visit: UUID
    household: UUID
    member: UUID


class VisitDisputed(Body, frozen=True):
    """The household said that the visit was not made as recorded."""

    TYPE = "visit.visit_disputed.v1"
    BOUNDARY = ("visit", "household")
    REPORT = True
    SEALED = {"note": "household"}
    TARGET = "household"
    PERSON = "member"

    visit: UUID
    household: UUID
    member: UUID
    note: Sealed | None = None


FACTS = (VisitRecordedV1, VisitRecorded, VisitCorrected, VisitRetracted, VisitAttested, VisitDisputed)
