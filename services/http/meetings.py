"""Questions about cell meetings: the agenda, a cell's year, one meeting, and the registers of monthly reports."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from events.calendar import today
from services.http.members import PATH as MEMBER
from services.http.querying import After, Day, KnownAt, Limit, answer
from services.http.units import PATH as UNIT
from services.queries import agenda, meetings, member_reports, reports
from services.queries.agenda import Agenda
from services.queries.meetings import MeetingCard, YearOfMeetings
from services.queries.member_reports import MemberReports
from services.queries.reports import Column, MembersMonths, ReportTable, months_asked

MeetingDay = Annotated[
    date | None, QueryParameter(description="The day of the meeting; the next one that is known, if not given.")
]
Year = Annotated[int | None, QueryParameter(ge=1990, le=2100, description="This year in Viet Nam, if not given.")]
Month = Annotated[
    date | None,
    QueryParameter(description="The first month, as the day on which it begins; that of `as_of`, if not given."),
]
Until = Annotated[
    date | None,
    QueryParameter(description="The last month, as the day on which it begins; the first one, if not given."),
]


@get(f"{UNIT}/agenda", name="unit_agenda")
async def unit_agenda(
    request: Request[Any, Any, Any], unit: FromPath[UUID], day: MeetingDay = None, known_at: KnownAt = None
) -> Response[Agenda]:
    """What a cell has before it at its meeting on a day: reports due and waiting, grievances, decisions."""
    return await answer(request, lambda session: agenda.agenda(session, unit, day), day, known_at)


@get(f"{UNIT}/meetings", name="unit_meetings")
async def unit_meetings(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    year: Year = None,
    as_of: Day = None,
    known_at: KnownAt = None,
) -> Response[YearOfMeetings]:
    """A cell's year: the dates of its calendar, what became of each, and who came."""
    asked = year or (as_of or today()).year
    return await answer(request, lambda session: meetings.year(session, unit, asked), as_of, known_at)


@get("/v1/meetings/{meeting:uuid}", name="meeting")
async def meeting_card(
    request: Request[Any, Any, Any], meeting: FromPath[UUID], known_at: KnownAt = None
) -> Response[MeetingCard]:
    """One meeting: when it was called, held and closed, who came, and which reports and grievances were concluded."""
    return await answer(request, lambda session: meetings.card(session, meeting), None, known_at)


@get(f"{UNIT}/reports", name="unit_reports")
async def unit_reports(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    month: Month = None,
    until: Until = None,
    as_of: Day = None,
    known_at: KnownAt = None,
) -> Response[ReportTable]:
    """How many monthly reports were due, came, are missing or concluded, by unit or member; each opens to its list."""
    return await answer(
        request, lambda session: reports.table(session, unit, months_asked(session, month, until)), as_of, known_at
    )


@get(f"{UNIT}/reports/members", name="unit_reports_members")
async def unit_reports_members(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    column: FromQuery[Column] = "due",
    month: Month = None,
    until: Until = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[MembersMonths]:
    """The members' months that a number of the register of reports counts."""
    return await answer(
        request,
        lambda session: reports.listed(session, unit, months_asked(session, month, until), column, after, limit),
        as_of,
        known_at,
    )


@get(f"{MEMBER}/reports", name="member_reports")
async def member_reports_of(
    request: Request[Any, Any, Any],
    person: FromPath[UUID],
    month: Month = None,
    until: Until = None,
    as_of: Day = None,
    known_at: KnownAt = None,
) -> Response[MemberReports]:
    """A member's monthly reports with what became of them, and the meetings he came to."""
    return await answer(
        request,
        lambda session: member_reports.of_member(session, person, months_asked(session, month, until)),
        as_of,
        known_at,
    )


ROUTES = (unit_agenda, unit_meetings, meeting_card, unit_reports, unit_reports_members, member_reports_of)
