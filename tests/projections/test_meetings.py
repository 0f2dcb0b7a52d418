"""The register of meetings: against a slow model whatever happened, and what each kind of fact means."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.calendar import VIETNAM
from events.envelope import Fact
from events.facts.assignments import HouseholdAssigned
from events.facts.grievance_values import GrievanceTopic
from events.facts.households import HouseholdRegistered
from events.facts.meetings import (
    Attendance,
    AttendanceCorrected,
    Attended,
    CalendarSet,
    CellMeetingHeld,
    MeetingCalled,
    MeetingClosed,
    MonthlyReportSubmitted,
    Need,
    ReportConcluded,
    ReportConclusion,
    ReportLine,
)
from events.facts.members import MemberAdmitted, MemberStatus
from events.facts.organisation import UnitFounded, UnitKind
from projections.registers import coverage, meetings
from projections.registers.coverage import Coverage
from projections.registers.meetings import Delivery, Meetings, ReportCounts
from projections.registers.meetings.reports import DELIVERIES
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.meetings_histories import BEGINNING, CELLS, END, MONTHS, PEOPLE, PROVINCE, UNITS, History
from tests.projections.meetings_model import MeetingsModel

NEEDED = [Organisation, Members, Coverage, Meetings]


async def _renew(archive: ArchiveOf) -> None:
    await archive.fetch("DELETE FROM projection.quarantine")
    await archive.fetch("DELETE FROM projection.checkpoint")


async def _contents(archive: ArchiveOf) -> dict[str, list[Any]]:
    tables = await archive.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'meetings_v1'")
    return {
        name: sorted(row[0] for row in await archive.fetch(f"SELECT t::text FROM meetings_v1.{name} t"))
        for (name,) in tables
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 2**32), length=st.integers(10, 120), chunk=st.integers(1, 20))
async def test_every_answer_agrees_with_the_model(
    archive: ArchiveOf, data: st.DataObject, seed: int, length: int, chunk: int
) -> None:
    await archive.fetch("TRUNCATE archive.message")
    archive.facts.clear()
    await archive.record(*History(seed, length).facts)
    await _renew(archive)
    await archive.project(NEEDED, chunk=1000)
    at_once = await _contents(archive)
    await _renew(archive)
    await archive.project(NEEDED, chunk=chunk)
    assert await _contents(archive) == at_once

    days = st.dates(BEGINNING, END)
    asked = data.draw(st.lists(st.tuples(days, st.integers(0, archive.head)), min_size=6, max_size=6))
    first, last = sorted(data.draw(st.lists(st.integers(0, len(MONTHS) - 1), min_size=2, max_size=2)))
    async with archive.asking(unit=PROVINCE) as connection:
        for as_of, known_at in [*asked, (END, archive.head)]:
            model = MeetingsModel(archive.facts[:known_at])
            await _agrees(connection, model, MONTHS[first : last + 1], as_of, known_at)


async def _agrees(connection: Any, model: MeetingsModel, months: list[date], as_of: date, known_at: int) -> None:
    for unit in UNITS:
        if unit not in model.around.organisation.units:
            continue
        found = await meetings.counts(connection, unit, months, as_of, known_at)
        assert found.counts == model.counts(unit, months, as_of), (unit, as_of, known_at)
        await _lists_agree(connection, unit, found.counts, months, as_of, known_at)
    expected = {key: what for key, what in model.deliveries(as_of).items() if key[2] in months}
    delivered = await meetings.deliveries_of(connection, PEOPLE, months, as_of, known_at)
    assert {(d.unit, d.member, d.month): (d.since, d.late, d.concluded) for d in delivered} == expected
    for cell in CELLS:
        waiting = await meetings.waiting(connection, [cell], as_of, known_at)
        assert {report.report for report in waiting} == model.waiting(cell, as_of)
        for meeting in await meetings.meetings(connection, cell, BEGINNING, date.max, known_at):
            came = await meetings.attendance(connection, [meeting.meeting], known_at)
            assert {a.member: a.attendance for a in came} == model.attendance(meeting.meeting)


async def _lists_agree(
    connection: Any, unit: UUID, counts: ReportCounts, months: list[date], as_of: date, known_at: int
) -> None:
    days = await meetings.planned(connection, unit, months, as_of, known_at)
    assert len(await coverage.assigned_to_anything(connection, days, known_at)) == counts.due
    sizes = {
        column: len(await meetings.deliveries(connection, unit, months, as_of, known_at, column, None, 1000))
        for column in DELIVERIES
    }
    assert counts.missing == counts.due - counts.delivered
    assert sizes == {
        "came": counts.delivered + counts.beside,
        "delivered": counts.delivered,
        "beside": counts.beside,
        "late": counts.late,
        "concluded": counts.concluded,
        "waiting": counts.delivered + counts.beside - counts.concluded,
    }


COMMUNE, CELL, NEIGHBOUR, HOME = uuid4(), uuid4(), uuid4(), uuid4()
MEMBER, OTHER = uuid4(), uuid4()
MARCH = date(2022, 3, 1)
MEETING = uuid4()


def community() -> list[Fact[Any]]:
    """A commune with a cell that meets on the 3rd, a member with a household, another with none, and a neighbour."""
    day = date(2022, 1, 1)
    founded = [
        fact(UnitFounded(unit=COMMUNE, kind=UnitKind.COMMUNE, name="Xã"), day, COMMUNE),
        fact(UnitFounded(unit=CELL, kind=UnitKind.CELL, name="Bản", parent=COMMUNE), day, COMMUNE),
        fact(UnitFounded(unit=NEIGHBOUR, kind=UnitKind.CELL, name="Bản bên", parent=COMMUNE), day, COMMUNE),
    ]
    admitted = [MemberAdmitted(person=person, unit=CELL, status=MemberStatus.ACTIVE) for person in (MEMBER, OTHER)]
    return [
        *founded,
        *(fact(body, day, CELL) for body in admitted),
        fact(HouseholdRegistered(household=HOME, unit=CELL, head="s1:head"), day, CELL),
        fact(HouseholdAssigned(assignment=uuid4(), household=HOME, member=MEMBER), day, CELL),
        fact(CalendarSet(unit=CELL, year=2022, day=3), day, CELL),
    ]


def submitted(day: date, report: UUID | None = None, **fields: Any) -> Fact[Any]:
    body = {"month": MARCH, "member": MEMBER, "lines": ()} | fields
    return fact(MonthlyReportSubmitted(unit=CELL, report=report or uuid4(), **body), day, CELL)


def held(day: date, *attended: Attended) -> Fact[Any]:
    return fact(CellMeetingHeld(unit=CELL, meeting=MEETING, attendance=attended), day, CELL)


def concluded(day: date, report: UUID) -> Fact[Any]:
    noted = ReportConclusion.NOTED
    return fact(ReportConcluded(unit=CELL, meeting=MEETING, report=report, member=MEMBER, conclusion=noted), day, CELL)


async def march(archive: ArchiveOf, as_of: date, known_at: int | None = None) -> ReportCounts:
    async with archive.asking(COMMUNE) as connection:
        found = await meetings.counts(connection, COMMUNE, [MARCH], as_of, known_at or archive.head)
    assert found.incomplete == 0
    return found.counts


async def test_a_report_is_due_from_the_day_of_the_calendar_of_those_who_are_assigned(archive: ArchiveOf) -> None:
    await archive.record(*community())
    await archive.project(NEEDED)
    assert await march(archive, date(2022, 3, 2)) == ReportCounts()
    assert await march(archive, date(2022, 3, 3)) == ReportCounts(due=1, missing=1)


async def test_a_report_of_who_owes_none_hides_nobody_who_is_missing(archive: ArchiveOf) -> None:
    """The one who is assigned owes a report and brings none; the one who is not brings one."""
    await archive.record(*community(), submitted(date(2022, 3, 2), member=OTHER))
    await archive.project(NEEDED)
    last = date(2022, 3, 31)
    assert await march(archive, last) == ReportCounts(due=1, delivered=0, missing=1, beside=1)
    async with archive.asking(COMMUNE) as connection:
        found = {
            column: await meetings.deliveries(connection, COMMUNE, [MARCH], last, archive.head, column, None, 9)
            for column in ("delivered", "beside")
        }
    assert [one.member for one in found["beside"]] == [OTHER]
    assert found["delivered"] == []


async def test_in_time_is_up_to_the_meeting_that_was_held_else_up_to_the_day_of_the_calendar(
    archive: ArchiveOf,
) -> None:
    await archive.record(*community(), submitted(date(2022, 3, 5)))
    before = archive.head
    await archive.record(held(date(2022, 3, 5)))
    await archive.project(NEEDED)
    assert await march(archive, date(2022, 3, 31), before) == ReportCounts(due=1, delivered=1, late=1)
    assert await march(archive, date(2022, 3, 31)) == ReportCounts(due=1, delivered=1)


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_report_that_replaces_a_concluded_one_waits_again_and_is_not_late_for_it(
    archive: ArchiveOf, chunk: int
) -> None:
    first, second = uuid4(), uuid4()
    await archive.record(
        *community(),
        submitted(date(2022, 3, 2), first),
        held(date(2022, 3, 3)),
        concluded(date(2022, 3, 3), first),
        submitted(date(2022, 3, 9), second, replaces=first),
        concluded(date(2022, 3, 9), second),
    )
    await archive.project(NEEDED, chunk=chunk)
    assert await march(archive, date(2022, 3, 2)) == ReportCounts(beside=1)
    assert await march(archive, date(2022, 3, 8)) == ReportCounts(due=1, delivered=1, concluded=1)
    assert await march(archive, date(2022, 3, 31), archive.head - 1) == ReportCounts(due=1, delivered=1)
    assert await march(archive, date(2022, 3, 31)) == ReportCounts(due=1, delivered=1, concluded=1)
    async with archive.asking(CELL) as connection:
        reports = await meetings.of_member(connection, MEMBER, [MARCH], date(2022, 3, 31), archive.head)
    assert [(r.report, r.replaced_on, r.concluded_on) for r in reports] == [
        (first, date(2022, 3, 9), date(2022, 3, 3)),
        (second, None, date(2022, 3, 9)),
    ]


async def test_a_late_report_of_a_former_month_waits_until_it_is_concluded(archive: ArchiveOf) -> None:
    late = uuid4()
    await archive.record(*community(), submitted(date(2022, 4, 2), late), concluded(date(2022, 4, 3), late))
    await archive.project(NEEDED)
    async with archive.asking(CELL) as connection:
        for day, there in ((1, []), (2, [late]), (3, [])):
            found = await meetings.waiting(connection, [CELL], date(2022, 4, day), archive.head)
            assert [report.report for report in found] == there


async def test_what_a_report_says_of_each_household(archive: ArchiveOf) -> None:
    quiet, report = uuid4(), uuid4()
    lines = (ReportLine(quiet), ReportLine(HOME, (GrievanceTopic.LAND,), (Need.PAPERS,)))
    await archive.record(*community(), submitted(date(2022, 3, 2), report, lines=lines, note="s1:note"))
    await archive.project(NEEDED)
    async with archive.asking(person=MEMBER) as connection:
        (own,) = await meetings.of_member(connection, MEMBER, [MARCH], date(2022, 3, 2), archive.head)
        (news,) = await meetings.lines(connection, [report], archive.head)
    assert (own.nothing_new, own.note) == ([quiet], "s1:note")
    assert (news.target, news.topics, news.needs) == (HOME, ["land"], ["papers"])


async def test_a_meeting_from_its_call_to_its_close_with_attendance_as_corrected(archive: ArchiveOf) -> None:
    present, excused = Attended(MEMBER, Attendance.PRESENT), Attended(OTHER, Attendance.EXCUSED)
    called = MeetingCalled(unit=CELL, meeting=MEETING, day=date(2022, 3, 4))
    corrected = AttendanceCorrected(unit=CELL, meeting=MEETING, attendance=(present,))
    await archive.record(
        *community(),
        fact(called, date(2022, 3, 2), CELL),
        held(date(2022, 3, 5), present, excused),
        fact(corrected, date(2022, 3, 6), CELL),
        fact(MeetingClosed(unit=CELL, meeting=MEETING), date(2022, 3, 5), CELL),
    )
    await archive.project(NEEDED)
    async with archive.asking(CELL) as connection:
        known = archive.head
        stages = [await meetings.meeting(connection, MEETING, position) for position in range(known - 4, known + 1)]
        came = [await meetings.attendance(connection, [MEETING], position) for position in (known - 2, known - 1)]
    assert stages[0] is None
    assert [stage.day for stage in stages[1:] if stage] == [date(2022, 3, 4), *[date(2022, 3, 5)] * 3]
    assert [stage.closed_on for stage in stages[1:] if stage] == [None, None, None, date(2022, 3, 5)]
    assert stages[4] is not None
    assert stages[4].held_at == datetime(2022, 3, 5, 12, tzinfo=VIETNAM)
    assert [{a.member: a.attendance for a in line} for line in came] == [
        {MEMBER: "present", OTHER: "excused"},
        {MEMBER: "present"},
    ]


async def test_what_names_an_unknown_meeting_or_report_waits_and_is_counted_as_incomplete(archive: ArchiveOf) -> None:
    nowhere = concluded(date(2022, 3, 3), uuid4())
    await archive.record(*community(), fact(MeetingClosed(unit=CELL, meeting=uuid4()), MARCH, CELL), nowhere)
    await archive.project(NEEDED)
    reasons = {row[0] for row in await archive.fetch("SELECT reason FROM projection.quarantine")}
    assert reasons == {"meeting_unknown", "report_unknown"}
    async with archive.asking(COMMUNE) as connection:
        assert (await meetings.counts(connection, COMMUNE, [MARCH], MARCH, archive.head)).incomplete == 2


async def test_a_member_sees_his_own_a_secretary_his_cells_a_neighbour_nothing(archive: ArchiveOf) -> None:
    report, others = uuid4(), uuid4()
    lines = (ReportLine(HOME, (GrievanceTopic.LAND,)),)
    await archive.record(
        *community(),
        submitted(date(2022, 3, 2), report, lines=lines),
        submitted(date(2022, 3, 2), others, member=OTHER, lines=lines),
        held(date(2022, 3, 3), Attended(MEMBER, Attendance.PRESENT), Attended(OTHER, Attendance.PRESENT)),
    )
    await archive.project(NEEDED)

    async def seen(**who: UUID) -> dict[str, int]:
        async with archive.asking(**who) as connection:
            return {
                table.name: await connection.fetchval(f"SELECT count(*) FROM meetings_v1.{table.name}")
                for table in Meetings.tables
            } | {name: await connection.fetchval(f"SELECT count(*) FROM meetings_v1.{name}") for name in ("tally",)}

    whole = {"calendar": 1, "meeting": 1, "attendance": 2, "report": 2, "line": 2, "delivery": 2, "tally": 1}
    assert await seen(unit=CELL) == await seen(unit=COMMUNE) == whole
    assert set((await seen(unit=NEIGHBOUR)).values()) == {0}
    own = {"calendar": 1, "meeting": 1, "attendance": 1, "report": 1, "delivery": 1, "tally": 0}
    assert await seen(person=OTHER) == own | {"line": 1}
    assert set((await seen(person=uuid4())).values()) == {0}
    async with archive.asking(person=MEMBER) as connection:
        found = await meetings.deliveries_of(connection, [MEMBER, OTHER], [MARCH], date(2022, 3, 3), archive.head)
    assert found == [Delivery(CELL, MEMBER, MARCH, date(2022, 3, 2), False, False)]
