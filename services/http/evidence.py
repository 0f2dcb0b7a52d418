"""Questions about evidence: dossiers, and whether a rating's evidence can be worked out again."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter

from services.http.members import PATH as MEMBER
from services.http.querying import AfterPosition, KnownAt, Limit, answer
from services.http.units import PATH as UNIT
from services.queries import dossier_facts, dossiers, verification
from services.queries.dossiers import MemberDossier, UnitDossiers
from services.queries.history import History
from services.queries.verification import RatingVerification

Year = Annotated[int, QueryParameter(ge=2000, le=2100, description="The evaluation year.")]
OneFigure = Annotated[str | None, QueryParameter(description="One figure of the dossier, as in `visits.made`.")]
AfterMember = Annotated[str | None, QueryParameter(description="`next` of the page before.")]


@get(f"{MEMBER}/dossier", name="member_dossier")
async def member_dossier(
    request: Request[Any, Any, Any], person: FromPath[UUID], year: Year, known_at: KnownAt = None
) -> Response[MemberDossier]:
    """A member's year as evidence: each figure with the positions of the facts that it is counted from."""
    return await answer(request, lambda session: dossiers.of_member(session, person, year), None, known_at)


@get(f"{MEMBER}/dossier/facts", name="member_dossier_facts")
async def member_dossier_facts(
    request: Request[Any, Any, Any],
    person: FromPath[UUID],
    year: Year,
    figure: OneFigure = None,
    known_at: KnownAt = None,
    after: AfterPosition = 0,
    limit: Limit = 100,
) -> Response[History]:
    """The facts that a member's dossier is counted from, or one of its figures; of a meeting his own attendance."""
    return await answer(
        request,
        lambda session: dossier_facts.of_member(session, person, year, figure, after, limit),
        None,
        known_at,
    )


@get(f"{UNIT}/dossiers", name="unit_dossiers")
async def unit_dossiers(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    year: Year,
    known_at: KnownAt = None,
    after: AfterMember = None,
    limit: Limit = 100,
) -> Response[UnitDossiers]:
    """The dossiers of all who stood at or below the unit on the last day of the year that is counted."""
    return await answer(request, lambda session: dossiers.of_unit(session, unit, year, after, limit), None, known_at)


@get("/v1/ratings/{rating:uuid}/verification", name="rating_verification")
async def rating_verification(
    request: Request[Any, Any, Any], rating: FromPath[UUID], known_at: KnownAt = None
) -> Response[RatingVerification]:
    """Whether the evidence of each decision of the rating can be worked out again, and what was recorded since."""
    return await answer(request, lambda session: verification.of_rating(session, rating), None, known_at)


ROUTES = (member_dossier, member_dossier_facts, unit_dossiers, rating_verification)
