"""Questions about the read log: who looked at whom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from events.calendar import today
from services.http.authentication import asker_of
from services.http.grievances import PATH as CASE
from services.http.households import PATH as HOUSEHOLD
from services.http.members import PATH as MEMBER
from services.http.problems import HttpProblem
from services.http.querying import Limit, ToOrToday, answer
from services.http.state import ApiState
from services.queries import reads as questions
from services.queries import reveals
from services.queries.masking import CONTACT, PETITIONER
from services.queries.reads import Asked, Reads, Reviewed, Reviewing
from services.queries.reveals import Contact, Petitioner, Revealing
from services.queries.session import CannotAnswer, Session
from services.reads.log import reader_of
from services.reads.reasons import why

T = TypeVar("T", bound=msgspec.Struct)

AfterRead = Annotated[int | None, QueryParameter(ge=1, le=2**63 - 1, description="`next` of the page before.")]
Since = Annotated[
    date | None, QueryParameter(name="from", description="The first day; 365 days before the last, if not given.")
]


@get("/v1/reads", name="reads")
async def reads(
    request: Request[Any, Any, Any],
    person: FromQuery[UUID | None] = None,
    household: FromQuery[UUID | None] = None,
    grievance: FromQuery[UUID | None] = None,
    reader: FromQuery[UUID | None] = None,
    review: FromQuery[Literal["open"] | None] = None,
    since: Since = None,
    until: ToOrToday = None,
    after: AfterRead = None,
    limit: Limit = 100,
) -> Response[Reads]:
    """Who read what, newest first: of one person, household or grievance by anybody; else by the units that the auditor
    sees. Of cases that he may not know of nothing is told. With `review`: those that showed somebody what is masked,
    and that the caller, an auditor or a unit above, has to look at again."""
    asked = Asked(*_days(since, until), person, household, grievance, reader, review)
    return await answer(request, lambda session: questions.audited(session, asked, after, limit), tagged=False)


@get(f"{MEMBER}/reads", name="member_reads")
async def member_reads(
    request: Request[Any, Any, Any],
    person: FromPath[UUID],
    since: Since = None,
    until: ToOrToday = None,
    after: AfterRead = None,
    limit: Limit = 100,
) -> Response[Reads]:
    """Who looked at the member: for himself and auditors."""
    asked = Asked(*_days(since, until), person=person)
    return await answer(request, lambda session: questions.found(session, asked, after, limit), tagged=False)


@get(f"{HOUSEHOLD}/reads", name="household_reads")
async def household_reads(
    request: Request[Any, Any, Any],
    household: FromPath[UUID],
    since: Since = None,
    until: ToOrToday = None,
    after: AfterRead = None,
    limit: Limit = 100,
) -> Response[Reads]:
    """Who looked at the household: for an office that asks on its behalf, and auditors."""
    asked = Asked(*_days(since, until), household=household)
    return await answer(request, lambda session: questions.found(session, asked, after, limit), tagged=False)


@post("/v1/reads/{read:int}/review", name="read_review", status_code=201)
async def read_review(
    request: Request[Any, Any, Any], read: FromPath[int], data: JSONBody[Reviewing]
) -> Response[Reviewed]:
    """Closes the review of a read that showed somebody what is masked: once, and never by its reader."""
    closed = await answer(request, lambda session: questions.reviewed(session, read, data.outcome), tagged=False)
    api: ApiState = request.app.state.api
    if not await api.reads.conclude(reader_of(asker_of(request)), read, data.outcome.value):
        raise HttpProblem(403, "review_not_yours")
    return closed


@post(f"{CASE}/reveal", name=PETITIONER, status_code=201)
async def grievance_reveal(
    request: Request[Any, Any, Any], grievance: FromPath[UUID], data: JSONBody[Revealing]
) -> Response[Petitioner]:
    """Who told the case at the office: for who holds it or stands above, for a stated reason and some hours; for others
    who see the case in danger alone (`break_glass`). It goes on the list of what is looked at again."""
    return await _reveal(request, data, lambda session: reveals.petitioner(session, grievance, data))


@post(f"{MEMBER}/contact", name=CONTACT, status_code=201)
async def member_contact(
    request: Request[Any, Any, Any], person: FromPath[UUID], data: JSONBody[Revealing]
) -> Response[Contact]:
    """How the member is reached: for his cell and offices above it, for a stated reason and some hours; for those that
    he has left in danger alone (`break_glass`). It goes on the list of what is looked at again."""
    return await _reveal(request, data, lambda session: reveals.contact(session, person, data))


async def _reveal(
    request: Request[Any, Any, Any], data: Revealing, question: Callable[[Session], Awaitable[T]]
) -> Response[T]:
    try:
        said = why(data.reason.value, data.document)
    except CannotAnswer as reason:
        raise HttpProblem(400, reason.code, **reason.parameters) from None
    return await answer(request, question, tagged=False, why=said)


def _days(since: date | None, until: date | None) -> tuple[date, date]:
    """The first and the last day asked about."""
    last = until or today()
    return since or (last if last.year < 2 else last - timedelta(days=365)), last


ROUTES = (reads, member_reads, household_reads, read_review, grievance_reveal, member_contact)
