"""Questions about the mandates of inspection teams."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter

from services.http.querying import Day, KnownAt, Limit, answer
from services.http.units import PATH as UNIT
from services.queries import inspections
from services.queries.inspections import MandateCard, Mandates

InForce = Annotated[bool, QueryParameter(description="Only those in force on the day asked about.")]


@get("/v1/mandates", name="own_mandates")
async def own_mandates(
    request: Request[Any, Any, Any], as_of: Day = None, known_at: KnownAt = None
) -> Response[Mandates]:
    """Mandates of the caller's own inspection teams, those that are over or still to come among them."""
    return await answer(request, inspections.own, as_of, known_at)


@get("/v1/mandates/{mandate:uuid}", name="mandate")
async def mandate(
    request: Request[Any, Any, Any], mandate: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[MandateCard]:
    """A mandate: the team, what it inspects, from when to when, and by which documents it was given and changed."""
    return await answer(request, lambda session: inspections.card(session, mandate), as_of, known_at)


@get(f"{UNIT}/mandates", name="unit_mandates")
async def unit_mandates(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    in_force: InForce = False,
    as_of: Day = None,
    known_at: KnownAt = None,
    limit: Limit = 100,
) -> Response[Mandates]:
    """Mandates that committees at or below the unit gave; with `in_force` only those in force on the day."""
    return await answer(request, lambda session: inspections.of_unit(session, unit, in_force, limit), as_of, known_at)


ROUTES = (own_mandates, mandate, unit_mandates)
