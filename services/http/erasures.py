"""Questions about requests to erase somebody's data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from services.http.querying import Day, KnownAt, Limit, answer
from services.http.units import PATH as UNIT
from services.queries import erasures
from services.queries.erasures import ErasureCard, ErasureList


@get("/v1/erasures/{erasure:uuid}", name="erasure")
async def erasure(
    request: Request[Any, Any, Any], erasure: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[ErasureCard]:
    """A request to erase: where it stands, its limits, and what is kept by which rule."""
    return await answer(request, lambda session: erasures.card(session, erasure), as_of, known_at)


@get(f"{UNIT}/erasures", name="unit_erasures")
async def unit_erasures(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    open: FromQuery[bool] = False,
    as_of: Day = None,
    known_at: KnownAt = None,
    limit: Limit = 100,
) -> Response[ErasureList]:
    """Requests to erase that were received at or below the unit; with `open` only those not settled yet."""
    return await answer(request, lambda session: erasures.of_unit(session, unit, open, limit), as_of, known_at)


ROUTES = (erasure, unit_erasures)
