"""Which member is responsible for which household or group, from when to when."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.households import Year
from events.facts.values import Body


class EndingReason(Enum):
    """Why an assignment ended."""

    PLAN_CHANGED = "plan_changed"
    MEMBER_EXEMPT = "member_exempt"
    MEMBER_MOVED = "member_moved"
    MEMBER_LEFT = "member_left"
    MEMBER_DIED = "member_died"
    HOUSEHOLD_MOVED = "household_moved"
    HOUSEHOLD_DISSOLVED = "household_dissolved"
    AT_OWN_REQUEST = "at_own_request"


class RetractionReason(Enum):
    """Why something recorded should not have been."""

    ENTERED_TWICE = "entered_twice"
    WRONG_HOUSEHOLD = "wrong_household"
    WRONG_MEMBER = "wrong_member"
    DID_NOT_HAPPEN = "did_not_happen"


class NoticeChannel(Enum):
    """How a household was told who is responsible for it."""

    IN_PERSON = "in_person"
    LETTER = "letter"
    MEETING = "meeting"


class PlanAdopted(Body, frozen=True):
    """The cell adopted its assignment plan of `year` by the resolution in the basis, with so many assignments."""

    TYPE = "assignment.plan_adopted.v1"
    BOUNDARY = ("plan", "unit")
    UNITS = ("unit",)

    plan: UUID
    unit: UUID
    year: Year
    assignments: Annotated[int, msgspec.Meta(ge=0)]


class HouseholdAssigned(Body, frozen=True):
    """The member is responsible for the household from the effective date, up to and without `until`."""

    TYPE = "assignment.household_assigned.v1"
    BOUNDARY = ("assignment", "household")
    TARGET = "household"
    PERSON = "member"

    assignment: UUID
    household: UUID
    member: UUID
    until: date | None = None
    plan: UUID | None = None


class GroupAssigned(Body, frozen=True):
    """The member is responsible for every household in the group, while it is in the group."""

    TYPE = "assignment.group_assigned.v1"
    BOUNDARY = ("assignment", "group")
    TARGET = "group"
    PERSON = "member"

    assignment: UUID
    group: UUID
    member: UUID
    until: date | None = None
    plan: UUID | None = None


class AssignmentEnded(Body, frozen=True):
    """The assignment ended on the effective date. `target` is its household or group."""

    TYPE = "assignment.assignment_ended.v1"
    BOUNDARY = ("assignment", "target")
    TARGET = "target"
    PERSON = "member"

    assignment: UUID
    target: UUID
    member: UUID
    reason: EndingReason


class AssignmentCorrected(Body, frozen=True):
    """What was recorded about the dates was wrong: it held from `since`, up to and without `until`."""

    TYPE = "assignment.assignment_corrected.v1"
    BOUNDARY = ("assignment", "target")
    TARGET = "target"
    PERSON = "member"

    assignment: UUID
    target: UUID
    member: UUID
    since: date
    until: date | None = None


class AssignmentRetracted(Body, frozen=True):
    """The assignment never was: it had been recorded by mistake."""

    TYPE = "assignment.assignment_retracted.v1"
    BOUNDARY = ("assignment", "target")
    TARGET = "target"
    PERSON = "member"

    assignment: UUID
    target: UUID
    member: UUID
    reason: RetractionReason


class HouseholdNotified(Body, frozen=True):
    """The household was told on the effective date who is responsible for it."""

    TYPE = "assignment.household_notified.v1"
    BOUNDARY = ("assignment", "target")
    TARGET = "target"
    PERSON = "member"

    assignment: UUID
    target: UUID
    member: UUID
    channel: NoticeChannel


FACTS = (
    PlanAdopted,
    HouseholdAssigned,
    GroupAssigned,
    AssignmentEnded,
    AssignmentCorrected,
    AssignmentRetracted,
    HouseholdNotified,
)
