"""Questions about the yearly classification: rounds, statistics, the lists behind them, and a member's own years."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from services.http.members import PATH as MEMBER
from services.http.querying import After, Day, KnownAt, Limit, answer
from services.http.units import PATH as UNIT
from services.queries.evaluations import ratings, rounds, statistics
from services.queries.evaluations.layouts.filled import FilledLayout, filled
from services.queries.evaluations.ratings import Column, MemberRatings, Ratings, Streaks, UnopenedUnits, Whom
from services.queries.evaluations.rounds import Classification
from services.queries.evaluations.statistics import Statistics

PATH = f"{UNIT}/classification"

Year = Annotated[int, QueryParameter(ge=2000, le=2100, description="The evaluation year.")]
LastYear = Annotated[
    int | None,
    QueryParameter(
        ge=2000,
        le=2100,
        description="The year with which the streaks end; the last one of which anybody is rated, if not given.",
    ),
]


@get(PATH, name="unit_classification")
async def unit_classification(
    request: Request[Any, Any, Any], unit: FromPath[UUID], year: Year, as_of: Day = None, known_at: KnownAt = None
) -> Response[Classification]:
    """A unit's round of a year: its rulebook, who is in it and what was done about each, what the ratings below allow
    the unit, and the caps of what it decides."""
    return await answer(request, lambda session: rounds.classification(session, unit, year), as_of, known_at)


@get(f"{PATH}/statistics", name="unit_classification_statistics")
async def unit_classification_statistics(
    request: Request[Any, Any, Any], unit: FromPath[UUID], year: Year, as_of: Day = None, known_at: KnownAt = None
) -> Response[Statistics]:
    """Present, exempt, not yet rated and rated: members, cells and committees, by unit and by kind of cell."""
    return await answer(request, lambda session: statistics.statistics(session, unit, year), as_of, known_at)


@get(f"{PATH}/ratings", name="unit_classification_ratings")
async def unit_classification_ratings(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    year: Year,
    column: FromQuery[Column] = "rated",
    subject: FromQuery[Whom] = "member",
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[Ratings]:
    """What a number of the statistics counts: a level, all who are rated, exempt or not yet rated, or all present."""
    return await answer(
        request,
        lambda session: ratings.listed(session, unit, year, column, subject, after, limit),
        as_of,
        known_at,
    )


@get(f"{PATH}/without-round", name="unit_classification_without_round")
async def unit_classification_without_round(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    year: Year,
    as_of: Day = None,
    known_at: KnownAt = None,
    after: After = None,
    limit: Limit = 100,
) -> Response[UnopenedUnits]:
    """The units that have opened no round of the year, with the members who wait in them."""
    return await answer(request, lambda session: ratings.unopened(session, unit, year, after, limit), as_of, known_at)


@get(f"{PATH}/streaks", name="unit_classification_streaks")
async def unit_classification_streaks(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    year: LastYear = None,
    as_of: Day = None,
    known_at: KnownAt = None,
) -> Response[Streaks]:
    """Who had a level so many years in a row that the rulebook names a consequence, which people decide about."""
    return await answer(request, lambda session: ratings.streaks(session, unit, year), as_of, known_at)


@get(f"{PATH}/layouts/{{layout:str}}", name="unit_classification_layout")
async def unit_classification_layout(
    request: Request[Any, Any, Any],
    unit: FromPath[UUID],
    layout: FromPath[str],
    year: Year,
    as_of: Day = None,
    known_at: KnownAt = None,
) -> Response[FilledLayout]:
    """An official table (national_statistic, narrative_report, mau_14, mau_15, ballot_sheet), filled for the unit."""
    return await answer(request, lambda session: filled(session, unit, layout, year), as_of, known_at)


@get(f"{MEMBER}/ratings", name="member_ratings")
async def member_ratings(
    request: Request[Any, Any, Any], person: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[MemberRatings]:
    """A member's classifications, year by year, with the level of his cell."""
    return await answer(request, lambda session: ratings.of_member(session, person), as_of, known_at)


ROUTES = (
    unit_classification,
    unit_classification_statistics,
    unit_classification_ratings,
    unit_classification_without_round,
    unit_classification_streaks,
    unit_classification_layout,
    member_ratings,
)
