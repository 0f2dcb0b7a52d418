"""Cell meetings: called, held, reported to, concluded and closed."""

from datetime import date, timedelta
from typing import Any

from events.facts.grievance_values import GrievanceTopic
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
from events.facts.members import MemberStatus, MemberStatusChanged, MemberTransferred
from events.facts.organisation import UnitMerged
from projections.states.meetings import Meetings
from services.decisions.meetings import (
    CallMeeting,
    CloseMeeting,
    ConcludeReport,
    CorrectAttendance,
    HoldMeeting,
    SetCalendar,
    SubmitReport,
)
from tests.given import LATER, Given, folded, named, noon, on
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    COMMUNITY,
    FAR_CELL,
    GROUP,
    GROUPED,
    HOUSEHOLD,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    PROVINCIAL,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    SPRING,
    START,
    STRANGER,
    SUMMER,
    TWO,
    decide,
    phone_of,
    report,
)

MET = date(2018, 3, 3)
MEETING = named("meeting")
PHONE = phone_of(MEMBER, CELL)
HERE = Attended(MEMBER, Attendance.PRESENT)
HELD = on(noon(MET), CellMeetingHeld(unit=CELL, meeting=MEETING, attendance=(HERE,)))
OPEN = COMMUNITY.given(HELD).at(MET)


def meeting(moment: Any = MET, **fields: Any) -> HoldMeeting:
    return report(HoldMeeting, moment, **{"unit": CELL, "attendance": (HERE,), **fields})


def act(kind: Any, moment: Any = MET, **fields: Any) -> Any:
    return report(kind, moment, **{"unit": CELL, **fields})


# The calendar and the notice.


def test_a_cell_meets_on_the_same_day_of_every_month_of_a_year() -> None:
    command = decide(SetCalendar, START, unit=CELL, year=2018, day=3)
    COMMUNITY.when(command, SECRETARY).quietly().then(CalendarSet(unit=CELL, year=2018, day=3), unit=CELL)
    COMMUNITY.when(command, SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)
    COMMUNITY.when(decide(SetCalendar, START, unit=COMMUNE, year=2018, day=3), OFFICE).refused("not_a_cell")


def test_members_are_told_of_a_meeting_one_or_two_days_before() -> None:
    planned = COMMUNITY.given(on(START, CalendarSet(unit=CELL, year=2018, day=3)))
    for days in (1, 2):
        called = decide(CallMeeting, MET - timedelta(days=days), unit=CELL, day=MET)
        planned.when(called, SECRETARY).quietly().then(MeetingCalled(unit=CELL, meeting=called.id, day=MET))
    for days in (0, 3):
        called = decide(CallMeeting, MET - timedelta(days=days), unit=CELL, day=MET)
        planned.when(called, SECRETARY).warned("notice_unusual", days=days)
    other_day = decide(CallMeeting, MET, unit=CELL, day=date(2018, 3, 5))
    planned.when(other_day, SECRETARY).warned("not_on_calendar", planned=MET)
    after = decide(CallMeeting, SPRING, unit=CELL, day=date(2018, 2, 28))
    planned.when(after, SECRETARY).refused("notice_after_meeting", day=date(2018, 2, 28))


def test_a_calendar_set_in_summer_leaves_the_months_before_as_they_were() -> None:
    """On the 3rd from January on; from 1 July on the 15th; from 10 September on the 5th, so in September still 15."""
    cell = COMMUNITY.given(
        on(date(2018, 1, 1), CalendarSet(unit=CELL, year=2018, day=3)),
        on(date(2018, 9, 10), CalendarSet(unit=CELL, year=2018, day=5)),
        on(date(2018, 7, 1), CalendarSet(unit=CELL, year=2018, day=15)),
    )
    known: Meetings = folded(cell.facts)[1][f"facts.meeting.{CELL}"]
    days = [planned.day for month in range(1, 13) if (planned := known.planned(2018, month)) is not None]
    assert days == [3, 3, 3, 3, 3, 3, 15, 15, 15, 5, 5, 5]
    late = COMMUNITY.given(on(date(2018, 3, 4), CalendarSet(unit=CELL, year=2018, day=3)))
    of_late: Meetings = folded(late.facts)[1][f"facts.meeting.{CELL}"]
    assert (of_late.planned(2018, 3), of_late.planned(2018, 4)) == (None, date(2018, 4, 3))


def test_a_month_that_is_shorter_has_its_meeting_on_its_last_day() -> None:
    planned = COMMUNITY.given(on(START, CalendarSet(unit=CELL, year=2018, day=31)))
    last = date(2018, 2, 28)
    planned.when(decide(CallMeeting, date(2018, 2, 27), unit=CELL, day=last), SECRETARY).quietly()
    early = decide(CallMeeting, date(2018, 2, 26), unit=CELL, day=date(2018, 2, 27))
    planned.when(early, SECRETARY).warned("not_on_calendar", planned=last)


# The meeting and who came.


def test_a_cell_meets_and_the_meeting_is_open_until_it_is_closed() -> None:
    command = meeting()
    given = (
        COMMUNITY.when(command, SECRETARY)
        .quietly()
        .then(CellMeetingHeld(unit=CELL, meeting=command.id, attendance=(HERE,)), unit=CELL)
    )
    given.when(meeting(SUMMER), SECRETARY).refused("meeting_still_open", meeting=command.id, day=MET)


def test_the_meeting_held_is_the_one_that_was_called() -> None:
    called = COMMUNITY.given(on(SPRING, MeetingCalled(unit=CELL, meeting=MEETING, day=MET)))
    called.when(meeting(meeting=MEETING), SECRETARY).then(
        CellMeetingHeld(unit=CELL, meeting=MEETING, attendance=(HERE,))
    )
    called.when(meeting(meeting=named("another")), SECRETARY).refused("meeting_unknown", meeting=named("another"))


def test_only_a_cell_that_exists_meets_and_its_own_secretary_says_so() -> None:
    COMMUNITY.when(meeting(unit=COMMUNE), OFFICE).refused("not_a_cell", unit=COMMUNE)
    COMMUNITY.when(meeting(date(2017, 12, 31)), SECRETARY).refused("unit_not_then", unit=CELL)
    COMMUNITY.when(meeting(), SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)


def test_a_meeting_in_the_future_is_refused_and_a_fast_clock_is_told() -> None:
    COMMUNITY.when(meeting(LATER + timedelta(hours=30)), SECRETARY).refused("in_the_future", hours=30)
    COMMUNITY.when(meeting(LATER + timedelta(minutes=20)), SECRETARY).warned("clock_ahead", minutes=20)


def status(new: MemberStatus) -> Given:
    return COMMUNITY.given(on(START, MemberStatusChanged(person=MEMBER, status=new), CELL))


def test_who_is_exempt_may_come_and_is_never_missing() -> None:
    """HD 12-HD/BTCTW: exempted members are left out of the count."""
    excused, missing = (Attended(MEMBER, how) for how in (Attendance.EXCUSED, Attendance.UNEXCUSED))
    for new in (MemberStatus.EXEMPT, MemberStatus.TEMPORARILY_EXEMPT, MemberStatus.SUSPENDED):
        given = status(new)
        given.when(meeting(), SECRETARY).recorded()
        for entry in (excused, missing):
            given.when(meeting(attendance=(entry,)), SECRETARY).refused("absence_not_counted", person=MEMBER)
    for new in (MemberStatus.ACTIVE, MemberStatus.PROBATIONARY):
        for entry in (excused, missing):
            status(new).when(meeting(attendance=(entry,)), SECRETARY).recorded()


def test_the_list_names_members_of_the_cell_and_each_once() -> None:
    stranger = Attended(NEIGHBOUR, Attendance.PRESENT)
    COMMUNITY.when(meeting(attendance=(stranger,)), SECRETARY).refused("not_a_member_of_cell", person=NEIGHBOUR)
    COMMUNITY.when(meeting(attendance=(HERE, HERE)), SECRETARY).refused("listed_twice", id=MEMBER)


def test_what_was_written_of_the_attendance_is_corrected_as_a_whole() -> None:
    whole = (Attended(MEMBER, Attendance.EXCUSED), Attended(COLLEAGUE, Attendance.PRESENT))
    command = act(CorrectAttendance, SUMMER, meeting=MEETING, held=HELD.id, attendance=whole)
    OPEN.at(SUMMER).when(command, SECRETARY).quietly().then(
        AttendanceCorrected(unit=CELL, meeting=MEETING, attendance=whole)
    )
    other = act(CorrectAttendance, SUMMER, meeting=named("another"), held=HELD.id, attendance=whole)
    OPEN.at(SUMMER).when(other, SECRETARY).refused("meeting_unknown", meeting=named("another"))
    elsewhere = act(CorrectAttendance, SUMMER, meeting=MEETING, held=HELD.id, attendance=whole, unit=SECOND_CELL)
    OPEN.at(SUMMER).when(elsewhere, OFFICE).refused("meeting_unknown")
    OPEN.at(SUMMER).when(command, SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)


# Reports.


def reporting(moment: Any = MET, **fields: Any) -> SubmitReport:
    lines = (ReportLine(HOUSEHOLD), ReportLine(TWO, topics=(GrievanceTopic.LAND,), needs=(Need.PAPERS,)))
    return report(SubmitReport, moment, **{"unit": CELL, "member": MEMBER, "month": SPRING, "lines": lines, **fields})


def submitted(command: SubmitReport) -> MonthlyReportSubmitted:
    return MonthlyReportSubmitted(
        unit=CELL,
        report=command.id,
        member=command.member,
        month=command.month,
        lines=command.lines,
        note=command.note,
        replaces=command.replaces,
    )


def test_a_member_reports_of_each_of_his_households() -> None:
    command = reporting(note="Không có gì thêm")
    COMMUNITY.at(MET).when(command, PHONE).quietly().then(submitted(command), unit=CELL)
    (draft,) = COMMUNITY.at(MET).when(command, SECRETARY).drafts()
    assert draft.performed_by == MEMBER
    GROUPED.at(MET).when(reporting(lines=(ReportLine(GROUP),)), PHONE).recorded()


def test_a_report_is_never_too_late_not_even_by_who_has_left_the_cell() -> None:
    moved = COMMUNITY.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=SECOND_CELL, former_unit=CELL)))
    command = reporting()
    moved.at(LATER).when(command, PHONE).warned("no_longer_in_cell", unit=CELL).then(submitted(command))
    late = reporting(LATER)
    COMMUNITY.at(LATER).when(late, PHONE).quietly().then(submitted(late))


def test_a_report_is_of_ones_own_in_ones_cell_about_a_month_that_has_begun() -> None:
    given = COMMUNITY.at(MET)
    given.when(reporting(), phone_of(COLLEAGUE, CELL)).refused("not_your_report", person=MEMBER)
    given.when(reporting(), SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)
    given.when(reporting(member=STRANGER), phone_of(STRANGER, CELL)).refused("not_a_member_of_cell", person=STRANGER)
    given.when(reporting(member=named("nobody")), SECRETARY).refused("member_unknown", person=named("nobody"))
    given.when(reporting(month=MET), PHONE).refused("month_begins_on_first", month=MET)
    given.when(reporting(month=date(2018, 4, 1)), PHONE).refused("month_not_begun", month=date(2018, 4, 1))
    twice = (ReportLine(HOUSEHOLD), ReportLine(HOUSEHOLD))
    given.when(reporting(lines=twice), PHONE).refused("listed_twice", id=HOUSEHOLD)
    unknown = (ReportLine(named("no household")),)
    given.when(reporting(lines=unknown), PHONE).refused("target_unknown", target=named("no household"))


def test_a_report_replaces_ones_own_of_the_month_and_the_first_waits_no_more() -> None:
    first = reporting()
    given = COMMUNITY.at(MET).when(first, PHONE).recorded()
    second = reporting(lines=(), replaces=first.id)
    after = given.when(second, PHONE).recorded().given(HELD)
    conclude = {"meeting": MEETING, "conclusion": ReportConclusion.NOTED}
    after.when(act(ConcludeReport, report=first.id, **conclude), SECRETARY).refused("report_not_waiting")
    after.when(act(ConcludeReport, report=second.id, **conclude), SECRETARY).recorded()
    others = reporting(member=COLLEAGUE, replaces=first.id)
    given.when(others, phone_of(COLLEAGUE, CELL)).refused("replaces_another_report", report=first.id)
    other_month = reporting(month=date(2018, 2, 1), replaces=first.id)
    given.when(other_month, PHONE).refused("replaces_another_report", report=first.id)


# Conclusions.

REPORTED = OPEN.when(reporting(), PHONE).recorded()
REPORT = reporting().id


def test_the_chair_concludes_every_report() -> None:
    command = act(
        ConcludeReport, meeting=MEETING, report=REPORT, conclusion=ReportConclusion.CELL_FOLLOWS_UP, note="Theo dõi"
    )
    given = REPORTED.when(command, SECRETARY).then(
        ReportConcluded(
            unit=CELL,
            meeting=MEETING,
            report=REPORT,
            member=MEMBER,
            conclusion=ReportConclusion.CELL_FOLLOWS_UP,
            note="Theo dõi",
        ),
        unit=CELL,
    )
    given.when(command, SECRETARY).refused("report_not_waiting", report=REPORT)
    REPORTED.when(command, SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)


def test_only_at_a_meeting_that_is_open_and_has_begun() -> None:
    conclude = {"report": REPORT, "conclusion": ReportConclusion.NOTED}
    REPORTED.when(act(ConcludeReport, meeting=named("another"), **conclude), SECRETARY).refused("meeting_not_open")
    COMMUNITY.when(act(ConcludeReport, meeting=MEETING, **conclude), SECRETARY).refused("meeting_not_open")
    before = act(ConcludeReport, date(2018, 3, 2), meeting=MEETING, **conclude)
    REPORTED.when(before, SECRETARY).refused("before_meeting", held=MET)


def test_a_meeting_is_not_closed_with_one_unconcluded() -> None:
    close = act(CloseMeeting, meeting=MEETING)
    REPORTED.when(close, SECRETARY).refused("not_all_concluded", reports=1, grievances=0, open=[REPORT])
    waiting = OPEN.waiting(CELL, named("case"))
    waiting.when(close, SECRETARY).refused("not_all_concluded", reports=0, grievances=1, open=[named("case")])
    OPEN.waiting(SECOND_CELL, named("case")).when(close, SECRETARY).recorded()
    noted = act(ConcludeReport, meeting=MEETING, report=REPORT, conclusion=ReportConclusion.NOTED)
    done = REPORTED.when(noted, SECRETARY).recorded()
    closed = done.when(close, SECRETARY).quietly().then(MeetingClosed(unit=CELL, meeting=MEETING), unit=CELL)
    closed.when(close, SECRETARY).refused("meeting_not_open", meeting=MEETING)
    closed.at(SUMMER).when(meeting(SUMMER), SECRETARY).recorded()


def test_a_report_that_arrives_while_the_meeting_is_open_waits_for_it_too() -> None:
    late = reporting(member=COLLEAGUE)
    given = OPEN.when(late, phone_of(COLLEAGUE, CELL)).recorded()
    given.when(act(CloseMeeting, meeting=MEETING), SECRETARY).refused("not_all_concluded", reports=1)


# A cell that has gone into another.

MERGED = date(2018, 3, 2)


def beside(kind: type[Any], moment: date = MET, /, **fields: Any) -> Any:
    """What the successor's secretary does."""
    return report(kind, moment, **{"unit": SECOND_CELL, "meeting": MEETING, **fields})


def merged(since: date = MERGED) -> Given:
    """The first cell goes into the second, which meets; a member had reported to the first."""
    held = CellMeetingHeld(unit=SECOND_CELL, meeting=MEETING, attendance=())
    told = reporting(month=date(2018, 2, 1), moment=date(2018, 2, 28))
    given = COMMUNITY.at(MET).when(told, PHONE).recorded()
    return given.given(on(since, UnitMerged(unit=CELL, into=SECOND_CELL)), on(noon(MET), held)).at(MET)


TOLD = reporting(month=date(2018, 2, 1), moment=date(2018, 2, 28)).id
NOTED = {"report": TOLD, "conclusion": ReportConclusion.NOTED}


def test_what_was_reported_to_a_cell_that_went_into_another_is_concluded_at_a_meeting_of_that() -> None:
    given = merged()
    close = beside(CloseMeeting)
    given.when(close, SECOND_SECRETARY).refused("not_all_concluded", reports=1, grievances=0, open=[TOLD])
    after = given.when(beside(ConcludeReport, **NOTED), SECOND_SECRETARY).then(
        ReportConcluded(unit=CELL, meeting=MEETING, report=TOLD, member=MEMBER, conclusion=ReportConclusion.NOTED),
        unit=SECOND_CELL,
    )
    after.when(beside(ConcludeReport, **NOTED), SECOND_SECRETARY).refused("report_not_waiting", report=TOLD)
    after.when(close, SECOND_SECRETARY).then(MeetingClosed(unit=SECOND_CELL, meeting=MEETING))


def test_it_is_so_through_several_mergers() -> None:
    given = merged().given(
        on(MERGED, UnitMerged(unit=SECOND_CELL, into=FAR_CELL)),
        on(noon(MET), CellMeetingHeld(unit=FAR_CELL, meeting=named("far meeting"), attendance=())),
    )
    far = {"unit": FAR_CELL, "meeting": named("far meeting")}
    given.when(beside(CloseMeeting, **far), OFFICE).refused("outside_your_unit")
    given.when(beside(CloseMeeting, **far), PROVINCIAL).refused("not_all_concluded", reports=1, open=[TOLD])
    given.when(beside(ConcludeReport, **far, **NOTED), PROVINCIAL).recorded()


def test_a_meeting_before_the_merger_waits_for_nothing_of_the_other_cell() -> None:
    """The cells are one from the day after the meeting: its secretary closes it late."""
    given = merged(MET + timedelta(days=1)).at(MET + timedelta(days=5))
    given.when(beside(ConcludeReport, **NOTED), SECOND_SECRETARY).refused("report_not_waiting", report=TOLD)
    given.when(beside(CloseMeeting), SECOND_SECRETARY).recorded()
