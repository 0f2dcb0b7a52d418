"""Questions about a household."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody

from events.calendar import today
from services.http.querying import AfterPosition, Day, From, KnownAt, Limit, To, ToOrToday, answer
from services.http.state import ApiState
from services.queries import changes, history, households, search, visits
from services.queries.changes import Changes
from services.queries.history import History
from services.queries.households import HouseholdCard, ResponsibleFor
from services.queries.search import HouseholdsFound, Searching
from services.queries.visits import HouseholdVisits

PATH = "/v1/households/{household:uuid}"


@get(PATH, name="household")
async def household(
    request: Request[Any, Any, Any], household: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[HouseholdCard]:
    """A household: its cell, economic class and groups, and who is responsible for it."""
    return await answer(request, lambda session: households.card(session, household), as_of, known_at)


@get(f"{PATH}/responsible", name="household_responsible")
async def household_responsible(
    request: Request[Any, Any, Any], household: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[ResponsibleFor]:
    """Who was responsible for the household on a day, as known at a position or time."""
    return await answer(request, lambda session: households.responsible(session, household), as_of, known_at)


@get(f"{PATH}/visits", name="household_visits")
async def household_visits(
    request: Request[Any, Any, Any],
    household: FromPath[UUID],
    since: From = date(1930, 1, 1),
    until: ToOrToday = None,
    known_at: KnownAt = None,
) -> Response[HouseholdVisits]:
    """Visits to the household, newest first, with what is odd about each."""
    last = until or today()
    return await answer(request, lambda session: visits.of_household(session, household, since, last), None, known_at)


@get(f"{PATH}/history", name="household_history")
async def household_history(
    request: Request[Any, Any, Any],
    household: FromPath[UUID],
    known_at: KnownAt = None,
    after: AfterPosition = 0,
    limit: Limit = 100,
) -> Response[History]:
    """Everything recorded about the household, itself and through its groups, in the order of the log."""
    return await answer(request, lambda session: history.of_household(session, household, after, limit), None, known_at)


@get(f"{PATH}/changes", name="household_changes")
async def household_changes(
    request: Request[Any, Any, Any], household: FromPath[UUID], since: From, until: To, known_at: KnownAt = None
) -> Response[Changes]:
    """What changed after the first day, up to and including the second, in words."""
    return await answer(request, lambda session: changes.of_household(session, household, since, until), None, known_at)


@post("/v1/households/search", name="household_search", status_code=200)
async def household_search(request: Request[Any, Any, Any], data: JSONBody[Searching]) -> Response[HouseholdsFound]:
    """Households below a unit by a part of the head's name, with or without diacritics. The name travels in the body:
    addresses end in the logs of proxies. A member is answered about his cell with the households that he sees."""
    api: ApiState = request.app.state.api
    known_at = None if data.known_at is None else str(data.known_at)
    return await answer(
        request,
        lambda session: search.by_name(session, api.heads, data),
        data.as_of,
        known_at,
        tagged=False,
        about=data.unit,
    )


ROUTES = (household, household_responsible, household_visits, household_history, household_changes, household_search)
