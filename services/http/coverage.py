"""Questions about coverage: the summary of a unit, the list behind each number, and what needs attention."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from services.http.querying import After, Day, KnownAt, Limit, answer
from services.http.units import PATH
from services.limits import load_limits
from services.queries import attention, coverage, visits
from services.queries.attention import NeedsDecision, OutOfPlaceList, Overloaded
from services.queries.coverage import CoverageTable, GroupColumn, Groups, HouseholdColumn, Households, MemberColumn
from services.queries.coverage import Members as CountedMembers
from services.queries.visits import NotVisited

Above = Annotated[
    int | None,
    QueryParameter(ge=0, le=100_000, description="More than so many; the load limit in force, if not given."),
]
Months = Annotated[int, QueryParameter(ge=1, le=600, description="For so many months before the day.")]


@get(f"{PATH}/coverage", name="unit_coverage")
async def unit_coverage(
    request: Request[Any, Any, Any], unit: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[CoverageTable]:
    """The assignment summary of the unit, with a row for each unit directly below; each number opens to its list."""
    return await answer(request, lambda session: coverage.table(session, unit), as_of, known_at)


@get(f"{PATH}/coverage/members", name="unit_coverage_members")
async def unit_coverage_members(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    column: FromQuery[MemberColumn] = "all",
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[CountedMembers]:
    """The members that a column of the summary counts."""
    return await answer(request, lambda session: coverage.members(session, unit, column, after, limit), as_of, known_at)


@get(f"{PATH}/coverage/households", name="unit_coverage_households")
async def unit_coverage_households(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    column: FromQuery[HouseholdColumn] = "all",
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[Households]:
    """The households that a column of the summary counts."""
    return await answer(
        request, lambda session: coverage.households(session, unit, column, after, limit), as_of, known_at
    )


@get(f"{PATH}/coverage/groups", name="unit_coverage_groups")
async def unit_coverage_groups(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    column: FromQuery[GroupColumn] = "all",
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[Groups]:
    """The groups that a column of the summary counts."""
    return await answer(request, lambda session: coverage.groups(session, unit, column, after, limit), as_of, known_at)


@get(f"{PATH}/uncovered", name="unit_uncovered")
async def unit_uncovered(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[Households]:
    """Households for which nobody is responsible."""
    return await answer(
        request, lambda session: coverage.households(session, unit, "uncovered", after, limit), as_of, known_at
    )


@get(f"{PATH}/needs-decision", name="unit_needs_decision")
async def unit_needs_decision(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[NeedsDecision]:
    """Assignments that hold although their member, household or group has changed."""
    return await answer(request, lambda session: attention.needs_decision(session, unit, after, limit), as_of, known_at)


@get(f"{PATH}/out-of-place", name="unit_out_of_place")
async def unit_out_of_place(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[OutOfPlaceList]:
    """Members, households and groups left in a dissolved cell, and households in a group of another cell."""
    return await answer(request, lambda session: attention.out_of_place(session, unit, after, limit), as_of, known_at)


@get(f"{PATH}/overloaded", name="unit_overloaded")
async def unit_overloaded(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    above: Above = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[Overloaded]:
    """Members responsible for more households than the number given."""
    most = load_limits().warn_above if above is None else above
    return await answer(
        request, lambda session: attention.overloaded(session, unit, most, after, limit), as_of, known_at
    )


@get(f"{PATH}/not-visited", name="unit_not_visited")
async def unit_not_visited(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    months: Months,
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[NotVisited]:
    """Households that nobody has visited for so many months."""
    return await answer(
        request, lambda session: visits.not_visited(session, unit, months, after, limit), as_of, known_at
    )


ROUTES = (
    unit_coverage,
    unit_coverage_members,
    unit_coverage_households,
    unit_coverage_groups,
    unit_uncovered,
    unit_needs_decision,
    unit_out_of_place,
    unit_overloaded,
    unit_not_visited,
)
