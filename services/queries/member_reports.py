"""What a member reported month by month, what became of it, and to which meetings he came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from events.calendar import day_after
from events.facts.grievance_values import GrievanceTopic
from events.facts.meetings import Attendance, Need, ReportConclusion
from projections.registers import coverage, meetings
from projections.registers import members as members_register
from projections.registers.meetings import ReportCounts, ReportView
from services.queries import members
from services.queries.naming import Named, Names, look_up, unsealed
from services.queries.session import Session


class ReportedLine(msgspec.Struct, frozen=True):
    """What was reported of a household or group. Without topics and needs there was nothing new."""

    target: Named
    topics: list[GrievanceTopic]
    needs: list[Need]


class MemberReport(msgspec.Struct, frozen=True):
    """A report, what the chair concluded about it at which meeting, and since when another one is in its place."""

    report: UUID
    unit: Named
    month: date
    submitted_on: date
    submitted_at: datetime
    replaces: UUID | None
    replaced_on: date | None
    meeting: UUID | None
    concluded_on: date | None
    conclusion: ReportConclusion | None
    conclusion_note: str | None
    note: str | None
    lines: list[ReportedLine]


class OwedMonth(msgspec.Struct, frozen=True):
    """A month in a cell for which a report was due, or came: `planned` is the date by the cell's calendar, up to the
    day asked about."""

    unit: Named
    month: date
    due: bool
    delivered_on: date | None
    late: bool
    concluded: bool


class AttendedMeeting(msgspec.Struct, frozen=True):
    """A meeting in these months of which it is recorded whether the member came."""

    meeting: UUID
    unit: Named
    day: date
    attendance: Attendance


class MemberReports(msgspec.Struct, frozen=True):
    """The member's reports for the months from `month` up to and with `until`, as of the day."""

    person: UUID
    as_of: date
    known_at: int
    month: date
    until: date
    counts: ReportCounts
    months: list[OwedMonth]
    reports: list[MemberReport]
    attendance: list[AttendedMeeting]


async def of_member(session: Session, person: UUID, months: Sequence[date]) -> MemberReports:
    """The member's reports. Raises `CannotAnswer` (not_found)."""
    await members.must_be_known(session, person)
    connection, day, known_at = session.connection, session.as_of, session.known_at
    end = min((months[-1] + timedelta(days=31)).replace(day=1), day_after(day))
    cells = await members_register.cells_of(connection, person, months[0], end, known_at)
    days = await meetings.planned_in(connection, cells, months, day, known_at)
    due = {
        (one.unit, one.day.replace(day=1))
        for one in await coverage.assigned_to_anything(connection, days, known_at, person=person)
    }
    delivered = {
        (one.unit, one.month): one for one in await meetings.deliveries_of(connection, [person], months, day, known_at)
    }
    reports = await meetings.of_member(connection, person, months, day, known_at)
    came = await meetings.attendance_of(connection, person, months[0], end, known_at)
    said = await meetings.lines(connection, [report.report for report in reports], known_at)
    targets = {line.target for line in said} | {target for report in reports for target in report.nothing_new}
    names = await look_up(
        session,
        units={unit for unit, _ in due | delivered.keys()} | {r.unit for r in reports} | {c.unit for c in came},
        households=targets,
        groups=targets,
    )
    owed = [
        OwedMonth(
            names.unit(unit, month),
            month,
            (unit, month) in due,
            delivery.since if delivery else None,
            delivery is not None and delivery.late,
            delivery is not None and delivery.concluded,
        )
        for unit, month in sorted(due | delivered.keys(), key=lambda key: (key[1], key[0]))
        for delivery in [delivered.get((unit, month))]
    ]
    return MemberReports(
        person=person,
        as_of=day,
        known_at=known_at,
        month=months[0],
        until=months[-1],
        counts=ReportCounts(
            due=len(due),
            delivered=len(due & delivered.keys()),
            missing=len(due - delivered.keys()),
            beside=len(delivered.keys() - due),
            late=sum(one.late for one in delivered.values()),
            concluded=sum(one.concluded for one in delivered.values()),
        ),
        months=owed,
        reports=await _told(session, reports, said, names),
        attendance=[
            AttendedMeeting(c.meeting, names.unit(c.unit, c.day), c.day, Attendance(c.attendance)) for c in came
        ],
    )


async def _told(
    session: Session, reports: Sequence[ReportView], said: Sequence[meetings.LineView], names: Names
) -> list[MemberReport]:
    sealed = [(r.member, "note", text) for r in reports for text in (r.note, r.conclusion_note)]
    notes = await unsealed(session, sealed)
    of_report: dict[UUID, list[ReportedLine]] = {report.report: [] for report in reports}
    for line in said:
        topics, needs = [GrievanceTopic(topic) for topic in line.topics], [Need(need) for need in line.needs]
        of_report[line.report].append(ReportedLine(_target(names, line.target), topics, needs))
    found = []
    for index, r in enumerate(reports):
        # What was concluded or replaced after the day asked about was not yet so on it.
        concluded = r.concluded_on is not None and r.concluded_on <= session.as_of
        replaced = r.replaced_on is not None and r.replaced_on <= session.as_of
        quiet = [ReportedLine(_target(names, target), [], []) for target in r.nothing_new]
        found.append(
            MemberReport(
                report=r.report,
                unit=names.unit(r.unit, r.submitted_on),
                month=r.month,
                submitted_on=r.submitted_on,
                submitted_at=r.submitted_at,
                replaces=r.replaces,
                replaced_on=r.replaced_on if replaced else None,
                meeting=r.meeting if concluded else None,
                concluded_on=r.concluded_on if concluded else None,
                conclusion=ReportConclusion(r.conclusion) if concluded else None,
                conclusion_note=notes[2 * index + 1] if concluded else None,
                note=notes[2 * index],
                lines=of_report[r.report] + quiet,
            )
        )
    return found


def _target(names: Names, target: UUID) -> Named:
    """A household by its head, or a group by its name."""
    return names.group(target) if names.groups.get(target) is not None else names.household(target)
