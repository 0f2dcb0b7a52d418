"""The meetings of one cell: its calendar, the meeting that is open, and the reports that wait for a conclusion."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.meetings import (
    Attendance,
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


class Calendar(msgspec.Struct, frozen=True):
    """From the day `since` on the cell meets on this day of every month."""

    since: date
    day: int

    def planned(self, year: int, month: int) -> date:
        """The day of the month, or its last where the month is shorter."""
        return date(year, month, min(self.day, monthrange(year, month)[1]))


class Held(msgspec.Struct, frozen=True):
    """A meeting on `day`: how many were present by the last word on its attendance, which is that fact."""

    day: date
    attendance: UUID
    present: int


class Meetings(msgspec.Struct, frozen=True):
    """What the cell has decided about its meetings. What else there was is kept in the register, not here.

    `calendars` is year → its calendars in the order recorded. `called` and `open` are meeting → day; `held` has every
    meeting, since ballots are held against who was present.
    """

    unit: UUID
    calendars: Mapping[int, tuple[Calendar, ...]] = {}
    called: Mapping[UUID, date] = {}
    open: Mapping[UUID, date] = {}
    held: Mapping[UUID, Held] = {}
    waiting: Mapping[UUID, Report] = {}

    def planned(self, year: int, month: int) -> date | None:
        """The day on which the cell meets that month by its calendar; None where it has none."""
        calendar = calendar_of(self.calendars.get(year, ()), year, month)
        return None if calendar is None else calendar.planned(year, month)


def calendar_of(calendars: Sequence[Calendar], year: int, month: int) -> Calendar | None:
    """The calendar of the month: the last that held already on the day that it names. So what is set later changes no
    month whose day had passed."""
    holding = [calendar for calendar in calendars if calendar.since <= calendar.planned(year, month)]
    # Of two from the same day the one recorded later.
    last = max(enumerate(holding), key=lambda each: (each[1].since, each[0]), default=None)
    return None if last is None else last[1]


def apply_meetings(meetings: Meetings | None, fact: Fact[Any]) -> Meetings:
    """The cell's meetings after the fact. Raises `CannotApply`."""
    body = fact.body
    before = meetings or Meetings(body.unit)
    replace = msgspec.structs.replace
    match body:
        case CalendarSet():
            known = (*before.calendars.get(body.year, ()), Calendar(fact.effective, body.day))
            return replace(before, calendars={**before.calendars, body.year: known})
        case MeetingCalled():
            return replace(before, called={**before.called, body.meeting: body.day})
        case CellMeetingHeld():
            opened = {**before.open, body.meeting: fact.effective}
            held = {**before.held, body.meeting: _held(fact, fact.effective)}
            return replace(before, called=_without(before.called, body.meeting), open=opened, held=held)
        case MonthlyReportSubmitted():
            waiting = _without(before.waiting, body.replaces)
            return replace(before, waiting={**waiting, body.report: Report(body.report, body.member, body.month)})
        case ReportConcluded():
            return replace(before, waiting=_without(before.waiting, body.report))
        case MeetingClosed():
            return replace(before, open=_without(before.open, body.meeting))
        case AttendanceCorrected():
            corrected = before.held.get(body.meeting)
            if corrected is None:
                raise CannotApply("meeting_unknown")
            return replace(before, held={**before.held, body.meeting: _held(fact, corrected.day)})
    raise CannotApply("not_about_meetings")


def _held(fact: Fact[Any], day: date) -> Held:
    return Held(day, fact.id, sum(each.attendance is Attendance.PRESENT for each in fact.body.attendance))


def _without(entries: Mapping[UUID, Any], key: UUID | None) -> Mapping[UUID, Any]:
    return {known: value for known, value in entries.items() if known != key}
