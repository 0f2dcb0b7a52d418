"""Decisions about cell meetings, and the members' monthly reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.grievance_values import Year
from events.facts.meetings import (
    Attendance,
    AttendanceCorrected,
    Attendances,
    CalendarSet,
    CellMeetingHeld,
    Lines,
    MeetingCalled,
    MeetingClosed,
    MonthlyReportSubmitted,
    ReportConcluded,
    ReportConclusion,
)
from events.facts.members import MemberStatus
from projections.states.meetings import Meetings
from projections.states.meetings import Report as Waiting
from projections.states.members import Member
from projections.states.organisation import Organisation
from services.decisions.asking import CELL_AND_ABOVE, FIELD, Asker, Role
from services.decisions.clock import check_clock
from services.decisions.command import Act, Command, Decision, LongText, Report
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import View

NOTICE_DAYS = range(1, 3)
"""Days between the notice and the meeting (SEED 003: one to two)."""

NOT_COUNTED = frozenset({MemberStatus.EXEMPT, MemberStatus.TEMPORARILY_EXEMPT, MemberStatus.SUSPENDED})
"""Who may come and is not missed (HD 12-HD/BTCTW: exempted members are left out of the count)."""


class SetCalendar(Decision, frozen=True, kw_only=True, tag="meeting.set_calendar"):
    """The cell meets on the same day of every month of a year."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID
    year: Year
    day: Annotated[int, msgspec.Meta(ge=1, le=31)]

    def needs(self) -> Iterable[str]:
        return (subject("meeting", self.unit),)

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        return self.one(CalendarSet(unit=self.unit, year=self.year, day=self.day), self.unit)


class CallMeeting(Decision, frozen=True, kw_only=True, tag="meeting.call"):
    """The members are told of a meeting: its date. The command's id is the meeting's."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID
    day: date

    def needs(self) -> Iterable[str]:
        return (subject("meeting", self.unit),)

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.day)
        view.must_cover(asker, self.unit)
        if self.day < self.effective:
            raise Refused("notice_after_meeting", day=self.day)
        warnings = []
        if (self.day - self.effective).days not in NOTICE_DAYS:
            warnings.append(Warned("notice_unusual", {"days": (self.day - self.effective).days}))
        known = view.meetings(self.unit)
        planned = known.planned(self.day.year, self.day.month) if known else None
        if planned not in (None, self.day):
            warnings.append(Warned("not_on_calendar", {"planned": planned}))
        return self.one(MeetingCalled(unit=self.unit, meeting=self.id, day=self.day), self.unit, *warnings)


class HoldMeeting(Act, frozen=True, kw_only=True, tag="meeting.hold"):
    """A cell met, and its meeting is open until it is closed. `meeting` is the one that was called; without it the
    command's id is the meeting's."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID
    attendance: Attendances
    meeting: UUID | None = None

    def needs(self) -> Iterable[str]:
        return (subject("meeting", self.unit), *_members(self.attendance))

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.day)
        view.must_cover(asker, self.unit)
        known = view.meetings(self.unit) or Meetings(self.unit)
        if known.open:
            meeting, day = next(iter(known.open.items()))
            raise Refused("meeting_still_open", meeting=meeting, day=day)
        if self.meeting is not None and self.meeting not in known.called:
            raise Refused("meeting_unknown", meeting=self.meeting)
        warnings = check_clock(view.moment, self.instant, self.written_at)
        _must_be_countable(view, self.unit, self.day, self.attendance)
        body = CellMeetingHeld(unit=self.unit, meeting=self.meeting or self.id, attendance=self.attendance)
        return self.one(body, self.unit, *warnings)


class CorrectAttendance(Act, frozen=True, kw_only=True, tag="meeting.correct_attendance"):
    """What was recorded of the attendance of a meeting on `held` was wrong: this is the whole of it."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID
    meeting: UUID
    held: UUID
    """The fact that recorded the meeting."""
    attendance: Attendances

    def needs(self) -> Iterable[str]:
        return (subject("meeting", self.unit), *_members(self.attendance))

    def names_facts(self) -> Iterable[UUID]:
        return (self.held,)

    def decide(self, view: View, asker: Asker) -> Decided:
        fact = view.fact(self.held)
        if fact is None or not isinstance(fact.body, CellMeetingHeld) or fact.body.meeting != self.meeting:
            raise Refused("meeting_unknown", meeting=self.meeting)
        if fact.body.unit != self.unit:
            raise Refused("meeting_unknown", meeting=self.meeting)
        view.must_cover(asker, self.unit)
        _must_be_countable(view, self.unit, fact.effective, self.attendance)
        body = AttendanceCorrected(unit=self.unit, meeting=self.meeting, attendance=self.attendance)
        return self.one(body, self.unit, *check_clock(view.moment, self.instant, self.written_at))


class SubmitReport(Report, frozen=True, kw_only=True, tag="meeting.submit_report"):
    """A member reports on his households for a month. The command's id is the report's. It is never too late."""

    ALLOWED = FIELD

    unit: UUID
    member: UUID
    month: date
    lines: Lines
    note: LongText | None = None
    replaces: UUID | None = None

    def needs(self) -> Iterable[str]:
        yield subject("meeting", self.unit)
        yield subject("member", self.member)
        for line in self.lines:
            yield subject("household", line.target)
            yield subject("group", line.target)

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.day)
        member = view.member(self.member)
        if member is None:
            raise Refused("member_unknown", person=self.member)
        if asker.role is Role.MEMBER:
            if asker.person != self.member:
                raise Refused("not_your_report", person=self.member)
        else:
            view.must_cover(asker, self.unit)
        if not _ever_in(member, self.unit):
            raise Refused("not_a_member_of_cell", person=self.member, unit=self.unit)
        if self.month.day != 1:
            raise Refused("month_begins_on_first", month=self.month)
        if self.month > self.day:
            raise Refused("month_not_begun", month=self.month)
        must_be_once(line.target for line in self.lines)
        for line in self.lines:
            if view.household(line.target) is None and view.group(line.target) is None:
                raise Refused("target_unknown", target=line.target)
        self._must_replace_its_own(view)
        warnings = check_clock(view.moment, self.instant, self.written_at)
        if member.unit(view.today) is None or self.unit not in member.units(view.today):
            warnings = (*warnings, Warned("no_longer_in_cell", {"unit": self.unit}))
        body = MonthlyReportSubmitted(
            unit=self.unit,
            report=self.id,
            member=self.member,
            month=self.month,
            lines=self.lines,
            note=self.note,
            replaces=self.replaces,
        )
        performed_by = self.member if asker.person != self.member else None
        return Decided((Draft(body, self.unit, self.day, self.instant, performed_by),), warnings)

    def _must_replace_its_own(self, view: View) -> None:
        known = view.meetings(self.unit)
        former = known.waiting.get(self.replaces) if known and self.replaces else None
        if former is not None and (former.member, former.month) != (self.member, self.month):
            raise Refused("replaces_another_report", report=self.replaces)


class _AtMeeting(Act, frozen=True, kw_only=True):
    """Something the chair does while the meeting is open."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID
    meeting: UUID

    def needs(self) -> Iterable[str]:
        return (subject("meeting", self.unit),)

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        return (subject("meeting", cell) for cell in organisation.absorbed(self.unit))

    def waiting(self, view: View, asker: Asker) -> dict[UUID, tuple[UUID, Waiting]]:
        """The cell's reports without a conclusion, of an open meeting, and those of cells that had gone into it by its
        day: report → cell, report. Raises `Refused`."""
        view.must_cover(asker, self.unit)
        must_be_open(view, self.unit, self.meeting, self.day)
        cells = (cell for cell in view.organisation.absorbed(self.unit) if view.same_unit(cell, self.unit, self.day))
        known = (meetings for cell in (self.unit, *cells) if (meetings := view.meetings(cell)) is not None)
        return {report: (each.unit, waiting) for each in known for report, waiting in each.waiting.items()}


class ConcludeReport(_AtMeeting, frozen=True, kw_only=True, tag="meeting.conclude_report"):
    """The chair concludes a member's report; also one that was given to a cell which has gone into this one since."""

    report: UUID
    conclusion: ReportConclusion
    note: LongText | None = None

    def decide(self, view: View, asker: Asker) -> Decided:
        waiting = self.waiting(view, asker)
        if self.report not in waiting:
            raise Refused("report_not_waiting", report=self.report)
        cell, report = waiting[self.report]
        body = ReportConcluded(
            unit=cell,
            meeting=self.meeting,
            report=self.report,
            member=report.member,
            conclusion=self.conclusion,
            note=self.note,
        )
        return self.one(body, self.unit, *check_clock(view.moment, self.instant, self.written_at))


class CloseMeeting(_AtMeeting, frozen=True, kw_only=True, tag="meeting.close"):
    """The meeting is over. Not while a report or a grievance before the cell has no conclusion (SEED 004, point 3)."""

    def names_cells(self) -> Iterable[UUID]:
        return (self.unit,)

    def decide(self, view: View, asker: Asker) -> Decided:
        reports, waiting = self.waiting(view, asker), view.waiting_at(self.unit)
        if reports or waiting:
            raise Refused("not_all_concluded", reports=len(reports), grievances=len(waiting), open=[*reports, *waiting])
        body = MeetingClosed(unit=self.unit, meeting=self.meeting)
        return self.one(body, self.unit, *check_clock(view.moment, self.instant, self.written_at))


def must_be_open(view: View, unit: UUID, meeting: UUID, day: date) -> Meetings:
    """The cell's meetings, of which this one must be open, and have begun by the day. Raises `Refused`."""
    known = view.meetings(unit)
    if known is None or meeting not in known.open:
        raise Refused("meeting_not_open", meeting=meeting)
    if day < known.open[meeting]:
        raise Refused("before_meeting", held=known.open[meeting])
    return known


def _members(attendance: Attendances) -> list[str]:
    return [subject("member", attended.member) for attended in attendance]


def must_be_once(ids: Iterable[UUID]) -> None:
    """Raises `Refused` where an id stands twice."""
    id_, times = next(iter(Counter(ids).most_common(1)), (None, 0))
    if times > 1:
        raise Refused("listed_twice", id=id_)


def _must_be_countable(view: View, unit: UUID, day: date, attendance: Attendances) -> None:
    """Everybody on the list belongs to the cell that day, and who is not counted is not said to be missing."""
    must_be_once(attended.member for attended in attendance)
    for attended in attendance:
        member = view.member(attended.member)
        if member is None or unit not in member.units(day):
            raise Refused("not_a_member_of_cell", person=attended.member, unit=unit)
        if attended.attendance is not Attendance.PRESENT and member.status(day) in NOT_COUNTED:
            status = member.status(day).value
            raise Refused("absence_not_counted", person=attended.member, member_status=status)


def _ever_in(member: Member, unit: UUID) -> bool:
    return any(claim.value == unit for claim in member.cells) or any(r.unit == unit for r in member.residences)


COMMANDS: tuple[type[Command], ...] = (
    SetCalendar,
    CallMeeting,
    HoldMeeting,
    CorrectAttendance,
    SubmitReport,
    ConcludeReport,
    CloseMeeting,
)
