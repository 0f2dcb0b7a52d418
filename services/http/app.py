"""The HTTP application."""

from __future__ import annotations

from litestar import Litestar, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from services.http import (
    access,
    authentication,
    coverage,
    erasures,
    evaluations,
    evidence,
    grievances,
    households,
    inspections,
    meetings,
    members,
    openapi,
    problems,
    protective_headers,
    publications,
    rate_limits,
    reads,
    submissions,
    units,
)
from services.http import session as caller
from services.http.state import ApiState
from services.intake.archive_watch import UNREACHABLE
from services.vault.master import MasterKeyError


@get("/health", name="health", opt={authentication.PUBLIC: True}, sync_to_thread=False)
def health() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}


HANDLERS = (
    health,
    openapi.description,
    *submissions.ROUTES,
    *households.ROUTES,
    *members.ROUTES,
    *units.ROUTES,
    *coverage.ROUTES,
    *meetings.ROUTES,
    *grievances.ROUTES,
    *evidence.ROUTES,
    *evaluations.ROUTES,
    *erasures.ROUTES,
    *publications.ROUTES,
    *reads.ROUTES,
    *inspections.ROUTES,
    *caller.ROUTES,
)
"""Every route there is."""


def create_app(state: ApiState) -> Litestar:
    """All routes; but for the public ones each behind who is calling, how often, and what his role may use."""
    return Litestar(
        route_handlers=HANDLERS,
        middleware=[authentication.Authentication(state.verifier), rate_limits.PerCaller(), access.Access()],
        before_send=[protective_headers.protect],
        exception_handlers={
            problems.HttpProblem: problems.on_problem,
            HTTPException: problems.on_http_exception,
            **dict.fromkeys(UNREACHABLE, problems.on_unreachable),
            MasterKeyError: problems.on_vault,
            Exception: problems.on_failure,
        },
        state=State({"api": state, rate_limits.LIMITER: rate_limits.Limiter()}),
        openapi_config=None,
    )
