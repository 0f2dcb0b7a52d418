"""The tables of the register of meetings, and the rows that follow from what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from uuid import UUID, uuid5

from events.calendar import FOREVER
from projections.bitemporal import Row, Table
from projections.registers.meetings.entries import Calendar, Entry, Filed, Meeting, Month, Report
from projections.states.meetings import calendar_of
from projections.tally import Tally

CALENDAR = Table("calendar", ("unit",), {"day": "int NOT NULL"})
"""Valid in its year."""
MEETING = Table(
    "meeting",
    ("meeting",),
    {
        "unit": "uuid NOT NULL",
        "called_on": "date",
        "called_for": "date",
        "held_on": "date",
        "held_at": "timestamptz",
        "closed_on": "date",
    },
)
"""Valid from the day on which it was held, before that from the day it was called for."""
ATTENDANCE = Table("attendance", ("meeting", "member"), {"unit": "uuid NOT NULL", "attendance": "text NOT NULL"})
"""Valid from the day of the meeting."""
REPORT = Table(
    "report",
    ("report",),
    {
        "unit": "uuid NOT NULL",
        "member": "uuid NOT NULL",
        "month": "date NOT NULL",
        "submitted_at": "timestamptz NOT NULL",
        "replaces": "uuid",
        "replaced_on": "date",
        "meeting": "uuid",
        "concluded_on": "date",
        "conclusion": "text",
        "nothing_new": "uuid[] NOT NULL",
        "note": "text",
        "conclusion_note": "text",
    },
)
"""Valid from the day of its submission. `nothing_new` are the households and groups reported with nothing new."""
LINE = Table(
    "line",
    ("report", "target"),
    {"unit": "uuid NOT NULL", "member": "uuid NOT NULL", "topics": "text[] NOT NULL", "needs": "text[] NOT NULL"},
)
"""What a report has to say of a household or group, if anything. Valid from the day of its submission."""
DELIVERY = Table(
    "delivery",
    ("delivery",),
    {
        "unit": "uuid NOT NULL",
        "member": "uuid NOT NULL",
        "month": "date NOT NULL",
        "since": "date NOT NULL",
        "late": "boolean NOT NULL",
        "concluded": "boolean NOT NULL",
    },
)
"""A member's month in a cell, `since` the first report of it: whatever number of reports, he delivers once. Concluded
while one of them is and none waits."""

TABLES = (CALENDAR, MEETING, ATTENDANCE, REPORT, LINE, DELIVERY)

_UNIT, _MONTH, _LATE, _CONCLUDED = (DELIVERY.names.index(name) for name in ("unit", "month", "late", "concluded"))


def counting() -> Tally:
    """Counts of deliveries by cell and month."""
    return Tally(DELIVERY, {"unit": "uuid", "month": "date"}, ("delivered", "late", "concluded"), "monthly", _counted)


def _counted(row: Row) -> tuple[tuple[UUID, date], tuple[int, ...]]:
    return (row[_UNIT], row[_MONTH]), (1, int(row[_LATE]), int(row[_CONCLUDED]))


def rows(entry: Entry, beside: Entry) -> Iterator[tuple[Table, Row]]:
    """What is believed now. Of a month without what is the same in `beside`."""
    if entry.calendar is not None:
        yield from _calendar_rows(entry.calendar)
    if entry.meeting is not None:
        yield from _meeting_rows(entry.meeting)
    if entry.report is not None:
        yield from _report_rows(entry.report)
    if entry.month is not None:
        yield from _delivery_rows(entry.month, beside.month)


def _calendar_rows(calendar: Calendar) -> Iterator[tuple[Table, Row]]:
    """The day on which the cell meets, from month to month, as long as it stays the same."""
    for year, known in calendar.years.items():
        of_months = [(date(year, month, 1), calendar_of(known, year, month)) for month in range(1, 13)]
        for of_month, group in groupby(of_months, key=lambda each: each[1]):
            if of_month is not None:
                months = [month for month, _ in group]
                following = (months[-1].replace(day=28) + timedelta(days=4)).replace(day=1)
                yield CALENDAR, (calendar.unit, months[0], following, of_month.day)


def _meeting_rows(meeting: Meeting) -> Iterator[tuple[Table, Row]]:
    m, since = meeting, meeting.held_on or meeting.called_for
    yield MEETING, (m.meeting, since, FOREVER, m.unit, m.called_on, m.called_for, m.held_on, m.held_at, m.closed_on)
    for member, attendance in m.attendance:
        yield ATTENDANCE, (m.meeting, member, since, FOREVER, m.unit, attendance.value)


def _report_rows(report: Report) -> Iterator[tuple[Table, Row]]:
    r = report
    news = [line for line in r.lines if line.topics or line.needs]
    quiet = tuple(line.target for line in r.lines if not (line.topics or line.needs))
    concluded = r.meeting, r.concluded_on, r.conclusion.value if r.conclusion else None
    what = (r.unit, r.member, r.month, r.submitted_at, r.replaces, r.replaced_on, *concluded)
    yield REPORT, (r.report, r.submitted_on, FOREVER, *what, quiet, r.note, r.conclusion_note)
    for line in news:
        topics, needs = tuple(topic.value for topic in line.topics), tuple(need.value for need in line.needs)
        yield LINE, (r.report, line.target, r.submitted_on, FOREVER, r.unit, r.member, topics, needs)


def _delivery_rows(month: Month, beside: Month | None) -> Iterator[tuple[Table, Row]]:
    deadline = month.deadline()
    same = _by_member(beside) if beside is not None and beside.deadline() == deadline else {}
    for member, reports in _by_member(month).items():
        if same.get(member) == reports:
            continue
        first = min(report.submitted_on for report in reports)
        late = deadline is not None and first > deadline
        key = uuid5(month.unit, f"{member} {month.month}")
        for since, until, concluded in _spans(reports, first):
            yield DELIVERY, (key, since, until, month.unit, member, month.month, first, late, concluded)


def _by_member(month: Month) -> dict[UUID, list[Filed]]:
    filed: dict[UUID, list[Filed]] = {}
    for report in month.reports:
        filed.setdefault(report.member, []).append(report)
    return filed


def _spans(reports: list[Filed], first: date) -> Iterator[tuple[date, date, bool]]:
    """From when until when nothing of the member's month waits, and from when until when something does."""
    days = {day for r in reports for day in (r.submitted_on, r.concluded_on, r.replaced_on) if day and day >= first}
    begun, state = first, _settled(reports, first)
    for since, _ in pairwise([*sorted(days), FOREVER]):
        now = _settled(reports, since)
        if now != state:
            yield begun, since, state
            begun, state = since, now
    yield begun, FOREVER, state


def _settled(reports: list[Filed], day: date) -> bool:
    there = [report for report in reports if report.submitted_on <= day]
    waiting = any(not _by(r.concluded_on, day) and not _by(r.replaced_on, day) for r in there)
    return not waiting and any(_by(report.concluded_on, day) for report in there)


def _by(happened: date | None, day: date) -> bool:
    return happened is not None and happened <= day
