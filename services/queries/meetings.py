"""What is asked about a cell's meetings: its calendar of a year with what became of each date, and one meeting."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from uuid import UUID

import msgspec

from events.calendar import VIETNAM
from events.facts.grievance_values import CellConclusion, GrievanceKind, GrievanceTopic
from events.facts.meetings import Attendance, ReportConclusion
from events.facts.members import MemberStatus
from events.facts.organisation import UnitKind
from projections.registers import grievances, meetings, organisation
from projections.registers.meetings import MeetingView
from projections.registers.organisation import UnitView
from services.decisions.asking import Role
from services.meeting_rules import MeetingRule, meeting_rule
from services.queries.attendance import Came, Criterion, Line, came, lines, unmet
from services.queries.naming import Named, look_up, unsealed
from services.queries.session import CannotAnswer, Session


class HeldOrCalled(msgspec.Struct, frozen=True):
    """A meeting as of the day asked about. `notice_days`: how many days before the date the members were told.

    `concluded`: how many reports were. `came` is None until it was held. `unmet`: the criteria of a good meeting that
    it did not meet, by the rule valid from `rule`; None where it was not held, or no rule of its time is known.
    """

    meeting: UUID
    called_on: date | None
    called_for: date | None
    notice_days: int | None
    held_on: date | None
    held_at: datetime | None
    closed_on: date | None
    concluded: int
    came: Came | None
    rule: date | None
    unmet: list[Criterion] | None


class MonthOfMeetings(msgspec.Struct, frozen=True):
    """A month: the date by the cell's calendar, and the meetings called for or held in it."""

    month: date
    planned: date | None
    meetings: list[HeldOrCalled]


class MembersYear(msgspec.Struct, frozen=True):
    """At how many meetings held in the year a member counted, and how he stood at these."""

    member: Named
    counted: int
    present: int
    excused: int
    unexcused: int
    not_said: int
    longest_excused: int


class YearOfMeetings(msgspec.Struct, frozen=True):
    """A cell's year as of the day. `day` is the day of the month by its last calendar, `rules` those that were in force
    on the days of its meetings."""

    unit: UUID
    name: str
    as_of: date
    known_at: int
    year: int
    day: int | None
    months: list[MonthOfMeetings]
    members: list[MembersYear]
    rules: list[MeetingRule]


class AttendanceLine(msgspec.Struct, frozen=True):
    """A member at the meeting; `counted` where he is not left out of the count. None: nothing is recorded of him."""

    member: Named
    status: MemberStatus | None
    counted: bool
    attendance: Attendance | None


class ConcludedReport(msgspec.Struct, frozen=True):
    """A report that was concluded at the meeting."""

    report: UUID
    member: Named
    month: date
    conclusion: ReportConclusion
    note: str | None


class ConcludedGrievance(msgspec.Struct, frozen=True):
    """A grievance that was concluded at the meeting, with what the chair concluded."""

    grievance: UUID
    kind: GrievanceKind | None
    topic: GrievanceTopic
    household: Named | None
    conclusion: CellConclusion


class MeetingCard(msgspec.Struct, frozen=True):
    """A meeting with who came, and which reports and grievances were concluded: of these the ones that the caller may
    know of. A member reads his own lines only, and no count."""

    meeting: UUID
    unit: Named
    known_at: int
    called_on: date | None
    called_for: date | None
    notice_days: int | None
    held_on: date | None
    held_at: datetime | None
    closed_on: date | None
    came: Came | None
    attendance: list[AttendanceLine]
    reports: list[ConcludedReport]
    grievances: list[ConcludedGrievance]


async def cell_of(session: Session, unit: UUID) -> UnitView:
    """The cell as it was on the day. Raises `CannotAnswer` (not_found, not_a_cell)."""
    await session.must_be_in_scope(unit)
    found = await organisation.units(session.connection, [unit], session.as_of, session.known_at)
    if not found:
        raise CannotAnswer("not_found")
    if found[0].kind != UnitKind.CELL.value:
        raise CannotAnswer("not_a_cell", unit=unit)
    return found[0]


async def year(session: Session, unit: UUID, year: int) -> YearOfMeetings:
    """The cell's year. Raises `CannotAnswer` (not_found, not_a_cell)."""
    cell = await cell_of(session, unit)
    connection, known_at = session.connection, session.known_at
    first = date(year, 1, 1)
    # Who is excused many times in a row may have begun in the year before.
    known = await meetings.meetings(connection, unit, first.replace(year=year - 1), date(year + 1, 1, 1), known_at)
    seen = [meeting for one in known if (meeting := _as_of(one, session.as_of)) is not None]
    by_meeting = await lines(session, unit, [meeting for meeting in seen if meeting.held_on is not None])
    shown = [meeting for meeting in seen if meeting.day >= first]
    concluded = Counter(
        report.meeting
        for report in await meetings.concluded_at(connection, [m.meeting for m in shown], known_at)
        if report.concluded_on is not None and report.concluded_on <= session.as_of
    )
    months = []
    for number in range(1, 13):
        here = [_told(m, by_meeting.get(m.meeting), concluded[m.meeting]) for m in shown if m.day.month == number]
        planned = await meetings.planned_day(connection, unit, date(year, number, 1), known_at)
        months.append(MonthOfMeetings(date(year, number, 1), planned, here))
    # December has every day that a calendar may name.
    day = None if planned is None else planned.day
    held = [by_meeting[meeting.meeting] for meeting in shown if meeting.meeting in by_meeting]
    rules = {rule.valid_from: rule for m in shown if m.held_on and (rule := meeting_rule(m.held_on))}
    members = await _members_year(session, held)
    return YearOfMeetings(
        unit, cell.name, session.as_of, known_at, year, day, months, members, [rules[day] for day in sorted(rules)]
    )


def _as_of(meeting: MeetingView, day: date) -> MeetingView | None:
    """The meeting without what had not happened by the day."""
    changes = {
        name: None
        for name in ("called_on", "held_on", "closed_on")
        if (when := getattr(meeting, name)) is not None and when > day
    }
    if "held_on" in changes:
        changes["held_at"] = None
    if "called_on" in changes:
        changes["called_for"] = None
    seen = msgspec.structs.replace(meeting, **changes)
    return seen if seen.held_on is not None or seen.called_for is not None else None


def notice_days(meeting: MeetingView) -> int | None:
    """How many days before its date the members were told."""
    if meeting.called_on is None or meeting.called_for is None:
        return None
    return (meeting.called_for - meeting.called_on).days


def _in_viet_nam(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(VIETNAM)


def _told(meeting: MeetingView, attended: list[Line] | None, concluded: int) -> HeldOrCalled:
    counts = None if attended is None else came(attended)
    rule = meeting_rule(meeting.day)
    return HeldOrCalled(
        meeting=meeting.meeting,
        called_on=meeting.called_on,
        called_for=meeting.called_for,
        notice_days=notice_days(meeting),
        held_on=meeting.held_on,
        held_at=_in_viet_nam(meeting.held_at),
        closed_on=meeting.closed_on,
        concluded=concluded,
        came=counts,
        rule=rule.valid_from if rule else None,
        unmet=unmet(counts, rule) if counts and rule else None,
    )


async def _members_year(session: Session, held: list[list[Line]]) -> list[MembersYear]:
    by_member: dict[UUID, list[Line]] = {}
    for line in (line for attended in held for line in attended if line.counted):
        by_member.setdefault(line.person, []).append(line)
    names = await look_up(session, persons=by_member)
    found = []
    for person, own in sorted(by_member.items()):
        said = Counter(line.attendance for line in own)
        numbers = (said[Attendance.PRESENT], said[Attendance.EXCUSED], said[Attendance.UNEXCUSED], said[None])
        found.append(MembersYear(names.person(person), len(own), *numbers, max(line.in_a_row for line in own)))
    return found


async def card(session: Session, meeting: UUID) -> MeetingCard:
    """One meeting. Raises `CannotAnswer` (not_found)."""
    connection, known_at = session.connection, session.known_at
    found = await meetings.meeting(connection, meeting, known_at)
    if found is None:
        raise CannotAnswer("not_found")
    attended = (await lines(session, found.unit, [found]))[meeting] if found.held_on is not None else []
    reports = await meetings.concluded_at(connection, [meeting], known_at)
    cases = await grievances.concluded_at(connection, meeting, session.as_of, known_at)
    session.seen.grievances.update(case.grievance for case, _ in cases)
    names = await look_up(
        session,
        units=[found.unit],
        persons={line.person for line in attended} | {r.member for r in reports},
        households={case.household for case, _ in cases if case.household is not None},
    )
    notes = await unsealed(session, [(r.member, "note", r.conclusion_note) for r in reports])
    whole = found.held_on is not None and session.asker.role is not Role.MEMBER
    return MeetingCard(
        meeting=meeting,
        unit=names.unit(found.unit, found.day),
        known_at=known_at,
        called_on=found.called_on,
        called_for=found.called_for,
        notice_days=notice_days(found),
        held_on=found.held_on,
        held_at=_in_viet_nam(found.held_at),
        closed_on=found.closed_on,
        came=came(attended) if whole else None,
        attendance=[
            AttendanceLine(names.person(line.person), line.status, line.counted, line.attendance) for line in attended
        ],
        reports=[
            ConcludedReport(r.report, names.person(r.member), r.month, ReportConclusion(r.conclusion), note)
            for r, note in zip(reports, notes, strict=True)
        ],
        grievances=[
            ConcludedGrievance(
                case.grievance,
                None if case.kind is None else GrievanceKind(case.kind),
                GrievanceTopic(case.topic),
                None if case.household is None else names.household(case.household),
                CellConclusion(conclusion),
            )
            for case, conclusion in cases
        ],
    )
