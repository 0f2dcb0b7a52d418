"""What the register of meetings remembers under each id, and how a fact changes it.

A report concerns three: itself, its member's month in the cell (has he delivered, does one of his reports wait?), and
the cell's meetings of that month (was it in time?). The last two are kept together, by cell and month.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec

from events.envelope import Fact
from events.facts.meetings import (
    Attendance,
    AttendanceCorrected,
    Attended,
    CalendarSet,
    CellMeetingHeld,
    MeetingCalled,
    MeetingClosed,
    MonthlyReportSubmitted,
    ReportConcluded,
    ReportConclusion,
    ReportLine,
)
from projections.states.meetings import Calendar as Claimed
from projections.states.meetings import calendar_of
from projections.states.timeline import CannotApply


class Calendar(msgspec.Struct, frozen=True):
    """The calendars of a cell, by year."""

    unit: UUID
    years: Mapping[int, tuple[Claimed, ...]]


class Meeting(msgspec.Struct, frozen=True):
    """A meeting of a cell: told of on `called_on` for `called_for`, held, closed."""

    meeting: UUID
    unit: UUID
    called_on: date | None = None
    called_for: date | None = None
    held_on: date | None = None
    held_at: datetime | None = None
    closed_on: date | None = None
    attendance: tuple[tuple[UUID, Attendance], ...] = ()


class Report(msgspec.Struct, frozen=True):
    """A member's report of a month, what the chair concluded about it, and when another one took its place."""

    report: UUID
    unit: UUID
    member: UUID
    month: date
    submitted_on: date
    submitted_at: datetime | None
    lines: tuple[ReportLine, ...]
    note: str | None
    replaces: UUID | None
    replaced_on: date | None = None
    meeting: UUID | None = None
    concluded_on: date | None = None
    conclusion: ReportConclusion | None = None
    conclusion_note: str | None = None


class Filed(msgspec.Struct, frozen=True, array_like=True):
    """A report among those of its month: since when it was there, and from when on it no longer waited."""

    report: UUID
    member: UUID
    submitted_on: date
    concluded_on: date | None = None
    replaced_on: date | None = None


class Month(msgspec.Struct, frozen=True):
    """A month of a cell: the day by its calendar, the meetings held in it, and the reports of it."""

    unit: UUID
    month: date
    planned: date | None = None
    held: tuple[tuple[UUID, date], ...] = ()
    reports: tuple[Filed, ...] = ()

    def deadline(self) -> date | None:
        """The day up to which a report is in time: of the first meeting held, else by the calendar."""
        return min((day for _, day in self.held), default=self.planned)


class Entry(msgspec.Struct, frozen=True):
    """All that is known under one id."""

    calendar: Calendar | None = None
    meeting: Meeting | None = None
    report: Report | None = None
    month: Month | None = None


NOTHING = Entry()


def month_of(day: date) -> date:
    """The month as the day on which it begins."""
    return day.replace(day=1)


def month_key(unit: UUID, month: date) -> UUID:
    """Under which id a month of a cell is kept."""
    return uuid5(unit, f"{month:%Y-%m}")


def entity(fact: Fact[Any]) -> UUID:
    """What waits if the fact cannot be applied."""
    match fact.body:
        case CalendarSet() as body:
            return body.unit
        case MonthlyReportSubmitted() | ReportConcluded() as body:
            return body.report
    meeting: UUID = fact.body.meeting
    return meeting


def concerned(fact: Fact[Any], states: Mapping[UUID, Entry]) -> Iterator[UUID]:
    """Ids of what the fact reads or changes, as far as it can be told from what is at hand."""
    yield entity(fact)
    match fact.body:
        case CalendarSet() as body:
            yield from (month_key(body.unit, date(body.year, month, 1)) for month in range(1, 13))
        case CellMeetingHeld() as body:
            yield month_key(body.unit, fact.effective)
        case MonthlyReportSubmitted() as body:
            yield month_key(body.unit, body.month)
            if body.replaces is not None:
                yield body.replaces
                yield from _month_of(states.get(body.replaces))
        case ReportConcluded() as body:
            yield from _month_of(states.get(body.report))


def _month_of(entry: Entry | None) -> Iterator[UUID]:
    if entry is not None and entry.report is not None:
        yield month_key(entry.report.unit, entry.report.month)


def changed(fact: Fact[Any], states: Mapping[UUID, Entry]) -> dict[UUID, Entry]:
    """What is known under each id that the fact concerns, afterwards. Raises `CannotApply`."""
    match fact.body:
        case CalendarSet():
            return _calendar(fact, states)
        case MonthlyReportSubmitted():
            return _submitted(fact, states)
        case ReportConcluded():
            return _concluded(fact, states)
        case CellMeetingHeld() as body:
            month = _month(states, body.unit, fact.effective)
            held = (*month.held, (body.meeting, fact.effective))
            return {
                body.meeting: Entry(meeting=_meeting(fact, states)),
                month_key(body.unit, fact.effective): Entry(month=msgspec.structs.replace(month, held=held)),
            }
    return {fact.body.meeting: Entry(meeting=_meeting(fact, states))}


def _month(states: Mapping[UUID, Entry], unit: UUID, day: date) -> Month:
    return states.get(month_key(unit, day), NOTHING).month or Month(unit, month_of(day))


def _calendar(fact: Fact[Any], states: Mapping[UUID, Entry]) -> dict[UUID, Entry]:
    body = fact.body
    before = states.get(body.unit, NOTHING).calendar
    years = before.years if before else {}
    known = (*years.get(body.year, ()), Claimed(fact.effective, body.day))
    found = {body.unit: Entry(calendar=Calendar(body.unit, {**years, body.year: known}))}
    for number in range(1, 13):
        month = _month(states, body.unit, date(body.year, number, 1))
        calendar = calendar_of(known, body.year, number)
        planned = None if calendar is None else calendar.planned(body.year, number)
        found[month_key(body.unit, month.month)] = Entry(month=msgspec.structs.replace(month, planned=planned))
    return found


def _meeting(fact: Fact[Any], states: Mapping[UUID, Entry]) -> Meeting:
    body, replace = fact.body, msgspec.structs.replace
    known = states.get(body.meeting, NOTHING).meeting
    match body:
        case MeetingCalled():
            known = known or Meeting(body.meeting, body.unit)
            return replace(known, called_on=fact.effective, called_for=body.day)
        case CellMeetingHeld():
            known = known or Meeting(body.meeting, body.unit)
            came = _attendance(body.attendance)
            return replace(known, held_on=fact.effective, held_at=fact.instant, attendance=came)
    if known is None or known.held_on is None:
        raise CannotApply("meeting_unknown")
    match body:
        case AttendanceCorrected():
            return replace(known, attendance=_attendance(body.attendance))
        case MeetingClosed():
            return replace(known, closed_on=fact.effective)
    raise CannotApply("not_about_meetings")


def _attendance(attended: tuple[Attended, ...]) -> tuple[tuple[UUID, Attendance], ...]:
    return tuple((one.member, one.attendance) for one in attended)


def _submitted(fact: Fact[Any], states: Mapping[UUID, Entry]) -> dict[UUID, Entry]:
    body, replace = fact.body, msgspec.structs.replace
    report = Report(
        report=body.report,
        unit=body.unit,
        member=body.member,
        month=month_of(body.month),
        submitted_on=fact.effective,
        submitted_at=fact.instant,
        lines=body.lines,
        note=body.note,
        replaces=body.replaces,
    )
    month = _month(states, body.unit, body.month)
    filed = Filed(body.report, body.member, fact.effective)
    found = {
        body.report: Entry(report=report),
        month_key(body.unit, body.month): Entry(month=replace(month, reports=(*month.reports, filed))),
    }
    earlier = states.get(body.replaces, NOTHING).report if body.replaces else None
    # A report is never lost to a rule: one that names another cell's report, or none, replaces nothing.
    if earlier is None or earlier.unit != body.unit or earlier.replaced_on is not None:
        return found
    key = month_key(earlier.unit, earlier.month)
    known = (found.get(key) or states[key]).month
    assert known is not None
    found[earlier.report] = Entry(report=replace(earlier, replaced_on=fact.effective))
    found[key] = Entry(month=_refiled(known, earlier.report, replaced_on=fact.effective))
    return found


def _concluded(fact: Fact[Any], states: Mapping[UUID, Entry]) -> dict[UUID, Entry]:
    body = fact.body
    report = states.get(body.report, NOTHING).report
    if report is None or report.unit != body.unit:
        raise CannotApply("report_unknown")
    key = month_key(report.unit, report.month)
    month = states[key].month
    assert month is not None
    after = msgspec.structs.replace(
        report,
        meeting=body.meeting,
        concluded_on=fact.effective,
        conclusion=body.conclusion,
        conclusion_note=body.note,
    )
    return {
        body.report: Entry(report=after),
        key: Entry(month=_refiled(month, body.report, concluded_on=fact.effective)),
    }


def _refiled(month: Month, report: UUID, **changes: date) -> Month:
    replace = msgspec.structs.replace
    return replace(month, reports=tuple(replace(f, **changes) if f.report == report else f for f in month.reports))
