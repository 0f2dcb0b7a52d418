"""Questions about a unit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath

from services.http.querying import AfterPosition, Day, From, KnownAt, Limit, To, answer
from services.queries import changes, history, units
from services.queries.changes import Changes
from services.queries.history import History
from services.queries.units import UnitCard, UnitChildren, UnitOffices

PATH = "/v1/units/{unit:uuid}"


@get(PATH, name="unit")
async def unit_card(
    request: Request[Any, Any, Any], unit: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[UnitCard]:
    """A unit in the caller's scope or above his own: those above it on the day, and its line."""
    return await answer(request, lambda session: units.card(session, unit), as_of, known_at)


@get(f"{PATH}/children", name="unit_children")
async def unit_children(
    request: Request[Any, Any, Any], unit: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[UnitChildren]:
    """The units directly below on the day."""
    return await answer(request, lambda session: units.children(session, unit), as_of, known_at)


@get(f"{PATH}/offices", name="unit_offices")
async def unit_offices(
    request: Request[Any, Any, Any], unit: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[UnitOffices]:
    """Who held which office of the unit on the day."""
    return await answer(request, lambda session: units.offices(session, unit), as_of, known_at)


@get(f"{PATH}/history", name="unit_history")
async def unit_history(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    known_at: KnownAt = None,
    after: AfterPosition = 0,
    limit: Limit = 100,
) -> Response[History]:
    """Everything recorded that names the unit, in the order of the log."""
    return await answer(request, lambda session: history.of_unit(session, unit, after, limit), None, known_at)


@get(f"{PATH}/changes", name="unit_changes")
async def unit_changes(
    request: Request[Any, Any, Any], unit: FromPath[UUID], since: From, until: To, known_at: KnownAt = None
) -> Response[Changes]:
    """What changed after the first day, up to and including the second, in words."""
    return await answer(request, lambda session: changes.of_unit(session, unit, since, until), None, known_at)


ROUTES = (unit_card, unit_children, unit_offices, unit_history, unit_changes)
