"""The caller himself, and where the system stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get
from nats.errors import Error as NatsError

from events.log.stream import LogRefused, last_position
from services.decisions.asking import Role
from services.http.authentication import asker_of
from services.http.querying import answer
from services.http.state import ApiState
from services.queries import state as questions
from services.queries.state import SystemState


class Me(msgspec.Struct, frozen=True):
    """Who is calling, as the token says. `sealed` tells whether names and notes are readable for this role."""

    role: Role
    unit: UUID
    person: UUID | None
    office: str | None
    client: str
    sealed: bool


@get("/v1/me", name="me", sync_to_thread=False)
def me(request: Request[Any, Any, Any]) -> Response[Me]:
    """Who is calling, as the token says."""
    asker = asker_of(request)
    content = Me(asker.role, asker.unit, asker.person, asker.office, asker.client, asker.role is not Role.AUDITOR)
    return Response(content)


@get("/v1/state", name="state")
async def system_state(request: Request[Any, Any, Any]) -> Response[SystemState]:
    """Where log, archive and registers stand, what waits in quarantine, and open alarms."""
    api: ApiState = request.app.state.api
    try:
        log: int | None = await last_position(api.log)
    except (LogRefused, NatsError):
        log = None
    return await answer(request, lambda session: questions.standing(session, api.intake, log), tagged=False)


ROUTES = (me, system_state)
