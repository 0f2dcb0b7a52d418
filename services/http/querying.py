"""What every query has in common: its parameters, its session, and the headers of its answer."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec
from litestar import MediaType, Request, Response
from litestar.params import QueryParameter
from litestar.serialization import encode_json

from projections.projector import CHANNEL as PROJECTED
from services.http.authentication import asker_of
from services.http.problems import HttpProblem, language_of
from services.http.state import ApiState
from services.http.submissions import POSITION
from services.intake.archive_watch import Behind
from services.queries.session import CannotAnswer, Session, open_session
from services.reads.log import Reading, ReadNotRecorded, Why
from services.reads.reasons import why_asked
from services.reads.seen import Seen

AT_LEAST = "Soho-At-Least"
REASON = "Soho-Reason"
DOCUMENT = "Soho-Document"
LARGEST_PAGE = 500
STATUS_OF = {
    "your_unit_ended": 403,
    "role_unit_mismatch": 403,
    "your_office_needed": 403,
    "your_office_not_held": 403,
    "reveal_not_yours": 403,
    "contact_not_yours": 403,
    "reads_for_auditors": 403,
    "review_not_yours": 403,
    "mandate_needed": 403,
    "mandate_expired": 403,
    "mandate_not_yet": 403,
    "not_found": 404,
    "layout_unknown": 404,
    "nothing_masked": 409,
    "search_changed": 409,
    "registers_behind": 503,
    "register_being_built": 503,
    "names_not_read_yet": 503,
}
"""Why a question cannot be answered → status; everything else is a fault in the question."""

Day = Annotated[date | None, QueryParameter(description="The day asked about; today in Viet Nam, if not given.")]
KnownAt = Annotated[
    str | None,
    QueryParameter(
        description="As known at this log position, at this time with offset (RFC 3339), or at the end of this day in "
        "Viet Nam (2018-05-10); now, if not given.",
    ),
]
Limit = Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE, description="At most so many on this page.")]
After = Annotated[UUID | None, QueryParameter(description="`next` of the page before.")]
AfterPosition = Annotated[int, QueryParameter(ge=0, description="`next` of the page before: a log position.")]
From = Annotated[date, QueryParameter(name="from", description="The first of the two days.")]
To = Annotated[date, QueryParameter(name="to", description="The second of the two days.")]

ToOrToday = Annotated[date | None, QueryParameter(name="to", description="The last day; today, if not given.")]

T = TypeVar("T", bound=msgspec.Struct)


async def answer(
    request: Request[Any, Any, Any],
    question: Callable[[Session], Awaitable[T]],
    as_of: date | None = None,
    known_at: str | None = None,
    tagged: bool = True,
    of_one: bool = False,
    why: Why | None = None,
    about: UUID | None = None,
) -> Response[T]:
    """The answer to the question in a session of the caller's, or 304 where he has it already.

    `tagged` is False for what does not follow from the registers alone; `of_one` see `open_session`; `why` is what the
    request's headers say, if not given; `about` the unit that is asked about, where the address does not name it. Whose
    personal data is in the answer is in the read log before it leaves.
    Raises a problem.
    """
    api: ApiState = request.app.state.api
    asker, language = asker_of(request), language_of(request)
    await wait_for(api, request.headers.get(AT_LEAST))
    try:
        if why is None:
            said = request.headers.get(REASON), request.headers.get(DOCUMENT)
            why = why_asked(asker.role, route_of(request), *said)
        reading = Reading(route_of(request), about or request.path_params.get("unit"), why)
        async with api.reads.recording(reading) as record:
            async with open_session(api.reader, api.keys, asker, language, record, as_of, known_at, of_one) as session:
                headers = {
                    POSITION: str(session.position),
                    "Content-Language": session.language,
                    "Vary": "Authorization, Accept-Language",
                }
                if tagged:
                    headers["ETag"] = tag = _tag(request, session)
                    if has(request.headers.get("if-none-match", ""), tag):
                        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]
                _see_asked(request, session.seen)
                content = await question(session)
            # Here, while the record is written, and not after the return.
            body = encode_json(content)
        return Response(body, media_type=MediaType.JSON, headers=headers)  # type: ignore[arg-type]
    except ReadNotRecorded:
        raise HttpProblem(503, "read_not_recorded") from None
    except CannotAnswer as reason:
        raise HttpProblem(STATUS_OF.get(reason.code, 400), reason.code, **reason.parameters) from None


def route_of(request: Request[Any, Any, Any]) -> str:
    """The name of the route that is asked."""
    return str(request.scope["route_handler"].name)


def _see_asked(request: Request[Any, Any, Any], seen: Seen) -> None:
    """The answer tells of whom it was asked about, also where it found nothing to tell."""
    asked = request.path_params
    for name, ids in (("person", seen.persons), ("household", seen.households), ("grievance", seen.grievances)):
        if name in asked:
            ids.add(asked[name])


async def wait_for(api: ApiState, wanted: str | None) -> None:
    """Until the registers have the position the caller must see. Raises a problem with 503 when they take too long."""
    if wanted is None:
        return
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) <= 18):
        raise HttpProblem(400, "invalid_parameter", field=AT_LEAST)
    try:
        await api.watch.reached(int(wanted), PROJECTED)
    except Behind:
        raise HttpProblem(503, "registers_behind", position=int(wanted), reached=api.watch.projected) from None


def has(wanted: str, tag: str) -> bool:
    """Whether If-None-Match names the tag: any of a list, weak or strong, or `*` (RFC 9110, 13.1.2)."""
    return wanted.strip() == "*" or tag in re.findall(r'(?:W/)?("[^"]*")', wanted)


def _tag(request: Request[Any, Any, Any], session: Session) -> str:
    """The tag stands for all that the answer follows from: who asks what, on which day, and where the registers
    stand. Rights are those of today, so the day is part of it even where another one is asked about."""
    asker = session.asker
    parts = (
        request.url.path,
        request.url.query,
        session.language,
        asker.role.value,
        str(asker.unit),
        str(asker.person),
        str(session.today),
        str(session.known_at),
        str(session.position),
    )
    return f'"{sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"'
