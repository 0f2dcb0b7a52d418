"""The HTTP application."""

from __future__ import annotations

from litestar import Litestar, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from services.http import authentication, problems, submissions
from services.http.state import ApiState

LARGEST_BODY = 8 * 1024 * 1024


@get("/health", opt={authentication.PUBLIC: True}, sync_to_thread=False)
def health() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}


def create_app(state: ApiState) -> Litestar:
    """All routes, each behind the same guard."""
    return Litestar(
        route_handlers=[
            health,
            submissions.submit_command,
            submissions.submit_batch,
            submissions.submission_statuses,
        ],
        middleware=[authentication.Authentication(state.verifier)],
        exception_handlers={
            problems.HttpProblem: problems.on_problem,
            HTTPException: problems.on_http_exception,
            Exception: problems.on_failure,
        },
        state=State({"api": state}),
        request_max_body_size=LARGEST_BODY,
        openapi_config=None,
    )
