"""Questions about grievances, and the code with which a household follows its own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from events.calendar import day_after, today
from events.facts.grievance_values import GrievanceKind, GrievanceTopic
from events.facts.organisation import UnitKind
from projections.registers.grievances import Filters
from projections.states.grievances import Stage
from services.http.authentication import PUBLIC
from services.http.problems import HttpProblem, language_of
from services.http.querying import Day, From, KnownAt, Limit, ToOrToday, answer
from services.http.rate_limits import PerAddress
from services.http.state import ApiState
from services.http.units import PATH as UNIT
from services.queries.grievances import files, following, lists, reception_book, trace
from services.queries.grievances.files import CaseFile
from services.queries.grievances.following import FollowCode, Followed, Following
from services.queries.grievances.lists import Cases, Handlers, Holders, HoldingTimes, Receipts
from services.queries.grievances.reception_book import ReceptionBook
from services.queries.grievances.trace import Trace
from services.reads.log import ReadNotRecorded

PATH = "/v1/grievances/{grievance:uuid}"
LISTS = f"{UNIT}/grievances"

AfterCase = Annotated[
    str | None,
    QueryParameter(description="`next` of the page before; as known where that was, where `known_at` is not given."),
]
BookYear = Annotated[int | None, QueryParameter(ge=1990, le=2100, description="The year of the case's number.")]
BookNumber = Annotated[int | None, QueryParameter(ge=1, le=2**31 - 1, description="The case's number in that year.")]
AfterNumber = Annotated[int, QueryParameter(ge=0, le=2**31 - 1, description="`next` of the page before: a number.")]
Whether = Annotated[bool | None, QueryParameter(description="Only those for which it is so, or is not.")]


@get(f"{PATH}/trace", name="grievance_trace")
async def grievance_trace(
    request: Request[Any, Any, Any], grievance: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[Trace]:
    """One case: every hop and fact, who held it how long against which limit, and the rules applied."""
    return await answer(
        request, lambda session: trace.of(session, grievance), as_of, known_at, tagged=False, of_one=True
    )


@get(f"{PATH}/file", name="grievance_file")
async def grievance_file(
    request: Request[Any, Any, Any], grievance: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[CaseFile]:
    """The case file: the trace with the stored facts and the rules that it rests on, readable without the system."""
    return await answer(request, lambda session: files.of(session, grievance), as_of, known_at, tagged=False)


@get(LISTS, name="unit_grievances")
async def unit_grievances(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    holder: FromQuery[UUID | None] = None,
    handler: FromQuery[UUID | None] = None,
    household: FromQuery[UUID | None] = None,
    member: FromQuery[UUID | None] = None,
    kind: FromQuery[GrievanceKind | None] = None,
    topic: FromQuery[GrievanceTopic | None] = None,
    stage: FromQuery[Stage | None] = None,
    year: BookYear = None,
    number: BookNumber = None,
    open: Whether = None,
    overdue: Whether = None,
    reopened: Whether = None,
    contested: Whether = None,
    received_from: FromQuery[date | None] = None,
    received_to: FromQuery[date | None] = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    after: AfterCase = None,
    limit: Limit = 100,
) -> Response[Cases]:
    """Cases that stand, or are seen lowest, at or below the unit; those received last come first."""
    known = known_at or lists.known_at_of(after)
    filters = Filters(
        holder=holder,
        handler=handler,
        household=household,
        member=member,
        kind=kind.value if kind else None,
        topic=topic.value if topic else None,
        stage=stage.value if stage else None,
        year=year,
        number=number,
        is_open=open,
        overdue=overdue,
        reopened=reopened,
        contested=contested,
        received_since=received_from,
        received_until=day_after(received_to) if received_to else None,
    )
    return await answer(request, lambda session: lists.search(session, unit, filters, after, limit), as_of, known)


@get(f"{LISTS}/overdue", name="unit_grievances_overdue")
async def unit_grievances_overdue(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    level: FromQuery[UnitKind | None] = None,
    holder: FromQuery[UUID | None] = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    after: AfterCase = None,
    limit: Limit = 100,
) -> Response[Cases]:
    """Open cases of which a clock has run out; the longest overdue first."""
    at = level.value if level else None
    known = known_at or lists.known_at_of(after)
    return await answer(request, lambda session: lists.overdue(session, unit, at, holder, after, limit), as_of, known)


@get(f"{LISTS}/unroutable", name="unit_grievances_unroutable")
async def unit_grievances_unroutable(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    as_of: Day = None,
    known_at: KnownAt = None,
    after: AfterCase = None,
    limit: Limit = 100,
) -> Response[Cases]:
    """Open cases that nobody can work on, each with the reason."""
    known = known_at or lists.known_at_of(after)
    return await answer(request, lambda session: lists.unroutable(session, unit, after, limit), as_of, known)


@get(f"{LISTS}/holders", name="unit_grievances_holders")
async def unit_grievances_holders(
    request: Request[Any, Any, Any], unit: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[Holders]:
    """Open and overdue cases by the unit where they stand."""
    return await answer(request, lambda session: lists.holders(session, unit), as_of, known_at)


@get(f"{LISTS}/handlers", name="unit_grievances_handlers")
async def unit_grievances_handlers(
    request: Request[Any, Any, Any], unit: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[Handlers]:
    """What each handler holds, and how much of it is overdue."""
    return await answer(request, lambda session: lists.handlers(session, unit), as_of, known_at)


@get(f"{LISTS}/holding-times", name="unit_grievances_holding_times")
async def unit_grievances_holding_times(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    since: From,
    until: ToOrToday = None,
    as_of: Day = None,
    known_at: KnownAt = None,
) -> Response[HoldingTimes]:
    """Median and 90th percentile of the time that units held cases, by unit and kind."""
    last = until or today()
    return await answer(request, lambda session: lists.holding_times(session, unit, since, last), as_of, known_at)


@get(f"{LISTS}/reception-book", name="unit_grievances_reception_book")
async def unit_grievances_reception_book(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    year: BookYear = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    after: AfterNumber = 0,
    limit: Limit = 100,
) -> Response[ReceptionBook]:
    """The office's book of citizen reception, in the columns of its official form (Mẫu số 03, TT 04/2021/TT-TTCP)."""
    of_year = year or (as_of or today()).year
    return await answer(
        request, lambda session: reception_book.of(session, unit, of_year, after, limit), as_of, known_at
    )


@get("/v1/denunciation-receipts", name="denunciation_receipts")
async def denunciation_receipts(request: Request[Any, Any, Any]) -> Response[Receipts]:
    """That denunciations came and to whom they were handed: for inspection alone, and nothing else is known of them."""
    return await answer(request, lists.receipts)


@post(f"{PATH}/follow-code", name="grievance_follow_code", status_code=201)
async def grievance_follow_code(request: Request[Any, Any, Any], grievance: FromPath[UUID]) -> Response[FollowCode]:
    """A new code with which the household follows its case. One given before it is not valid any more."""
    api: ApiState = request.app.state.api
    return await answer(request, lambda session: following.issue(session, api.codes, grievance), tagged=False)


@post(
    "/v1/follow",
    name="follow",
    status_code=200,
    opt={PUBLIC: True},
    middleware=[PerAddress()],
)
async def follow(request: Request[Any, Any, Any], data: JSONBody[Following]) -> Response[Followed]:
    """How far the case of the code is. Ten questions a minute from one address (behind a trusted proxy, the one that it
    names); nothing else is told."""
    api: ApiState = request.app.state.api
    try:
        found = await following.followed(api.reader, api.reads, api.codes, data.code, language_of(request))
    except ReadNotRecorded:
        raise HttpProblem(503, "read_not_recorded") from None
    if found is None:
        raise HttpProblem(404, "follow_code_unknown")
    return Response(found)


ROUTES = (
    grievance_trace,
    grievance_file,
    unit_grievances,
    unit_grievances_overdue,
    unit_grievances_unroutable,
    unit_grievances_holders,
    unit_grievances_handlers,
    unit_grievances_holding_times,
    unit_grievances_reception_book,
    denunciation_receipts,
    grievance_follow_code,
    follow,
)
