"""Cell meetings: when they are, who came, what each member reported of his households, and how the chair concluded."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.grievance_values import GrievanceTopic, Year
from events.facts.values import Body, Sealed


class Attendance(Enum):
    """Whether a member came. Exempt members are left out of the count (HD 12-HD/BTCTW)."""

    PRESENT = "present"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


class Attended(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One member's attendance at one meeting."""

    member: UUID
    attendance: Attendance


class Need(Enum):
    """What a household needs, by code."""

    LIVELIHOOD = "livelihood"
    HOUSING = "housing"
    SCHOOLING = "schooling"
    CARE = "care"
    PAPERS = "papers"
    INFORMATION = "information"


class ReportLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a member reports of one household, or of a group apart from its households that have a line of their own.

    Without topics and needs there is nothing new. A trouble that is to be followed is raised as a grievance.
    """

    target: UUID
    topics: Annotated[tuple[GrievanceTopic, ...], msgspec.Meta(max_length=10)] = ()
    needs: Annotated[tuple[Need, ...], msgspec.Meta(max_length=6)] = ()


class ReportConclusion(Enum):
    """What the chair concluded about a member's report (SEED 004, point 3)."""

    NOTED = "noted"
    CELL_FOLLOWS_UP = "cell_follows_up"
    EXPLAINED = "explained"
    TO_BE_COMPLETED = "to_be_completed"


Attendances = Annotated[tuple[Attended, ...], msgspec.Meta(max_length=500)]
Lines = Annotated[tuple[ReportLine, ...], msgspec.Meta(max_length=500)]


class _OfCell(Body, frozen=True):
    BOUNDARY = ("meeting", "unit")
    UNITS = ("unit",)

    unit: UUID


class CalendarSet(_OfCell, frozen=True):
    """The cell meets on this day of every month of the year (on the month's last, where it is shorter)."""

    TYPE = "meeting.calendar_set.v1"

    year: Year
    day: Annotated[int, msgspec.Meta(ge=1, le=31)]


class MeetingCalled(_OfCell, frozen=True):
    """The members were told on the effective date that the cell meets on `day`."""

    TYPE = "meeting.meeting_called.v1"

    meeting: UUID
    day: date


class CellMeetingHeld(_OfCell, frozen=True):
    """The cell met at the instant in the envelope. It is open until it is closed."""

    TYPE = "meeting.cell_meeting_held.v1"

    meeting: UUID
    attendance: Attendances


class AttendanceCorrected(_OfCell, frozen=True):
    """What was recorded of the attendance was wrong: this is the whole of it."""

    TYPE = "meeting.attendance_corrected.v1"

    meeting: UUID
    attendance: Attendances


class MonthlyReportSubmitted(_OfCell, frozen=True):
    """The member's report of his households for the month that begins on `month`.

    `replaces` is an earlier report of the same member and month that this one corrects.
    """

    TYPE = "meeting.monthly_report_submitted.v1"
    PERSON = "member"
    SEALED = {"note": "member"}
    REPORT = True

    report: UUID
    member: UUID
    month: date
    lines: Lines
    note: Sealed | None = None
    replaces: UUID | None = None


class ReportConcluded(_OfCell, frozen=True):
    """The chair concluded the member's report at the meeting."""

    TYPE = "meeting.report_concluded.v1"
    PERSON = "member"
    SEALED = {"note": "member"}

    meeting: UUID
    report: UUID
    member: UUID
    conclusion: ReportConclusion
    note: Sealed | None = None


class MeetingClosed(_OfCell, frozen=True):
    """The meeting is over, and every report and grievance before it was concluded. Minutes are in the basis."""

    TYPE = "meeting.meeting_closed.v1"

    meeting: UUID


FACTS = (
    CalendarSet,
    MeetingCalled,
    CellMeetingHeld,
    AttendanceCorrected,
    MonthlyReportSubmitted,
    ReportConcluded,
    MeetingClosed,
)
