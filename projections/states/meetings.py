"""The meetings of one cell: its calendar, the meeting that is open, and the reports that wait for a conclusion."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.meetings import (
    AttendanceCorrected,
    CalendarSet,
    CellMeetingHeld,
    MeetingCalled,
    MeetingClosed,
    MonthlyReportSubmitted,
    ReportConcluded,
)
from projections.states.timeline import CannotApply


class Report(msgspec.Struct, frozen=True):
    """A member's report of a month that no meeting has concluded yet."""

    report: UUID
    member: UUID
    month: date


class Meetings(msgspec.Struct, frozen=True):
    """What the cell has decided about its meetings. What is over is kept in the register, not here.

    `calendars` is year → day of the month. `called` and `open` are meeting → day.
    """

    unit: UUID
    calendars: Mapping[int, int] = {}
    called: Mapping[UUID, date] = {}
    open: Mapping[UUID, date] = {}
    waiting: Mapping[UUID, Report] = {}

    def planned(self, year: int, month: int) -> date | None:
        """The day on which the cell meets that month by its calendar; None where it has none."""
        return planned_day(self.calendars.get(year), year, month)


def planned_day(day: int | None, year: int, month: int) -> date | None:
    """The day of the month, or its last where the month is shorter."""
    return None if day is None else date(year, month, min(day, monthrange(year, month)[1]))


def apply_meetings(meetings: Meetings | None, fact: Fact[Any]) -> Meetings:
    """The cell's meetings after the fact. Raises `CannotApply`."""
    body = fact.body
    before = meetings or Meetings(body.unit)
    replace = msgspec.structs.replace
    match body:
        case CalendarSet():
            return replace(before, calendars={**before.calendars, body.year: body.day})
        case MeetingCalled():
            return replace(before, called={**before.called, body.meeting: body.day})
        case CellMeetingHeld():
            opened = {**before.open, body.meeting: fact.effective}
            return replace(before, called=_without(before.called, body.meeting), open=opened)
        case MonthlyReportSubmitted():
            waiting = _without(before.waiting, body.replaces)
            return replace(before, waiting={**waiting, body.report: Report(body.report, body.member, body.month)})
        case ReportConcluded():
            return replace(before, waiting=_without(before.waiting, body.report))
        case MeetingClosed():
            return replace(before, open=_without(before.open, body.meeting))
        case AttendanceCorrected():
            return before
    raise CannotApply("not_about_meetings")


def _without(entries: Mapping[UUID, Any], key: UUID | None) -> Mapping[UUID, Any]:
    return {known: value for known, value in entries.items() if known != key}
