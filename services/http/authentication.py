"""Who is calling, on every route: a guard of the whole application, so that no route can forget it."""

from __future__ import annotations

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from services.accounts.tokens import TokenRefused
from services.decisions.asking import Asker
from services.http.problems import HttpProblem
from services.http.state import ApiState

PUBLIC = "public"
"""`opt` of the few routes that need no token: health and the interface's own description."""


def authenticated(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg]
    """Puts the caller into the request's state. Raises a problem with 401."""
    if handler.opt.get(PUBLIC):
        return
    header = connection.headers.get("authorization", "")
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise HttpProblem(401, "token_missing")
    api: ApiState = connection.app.state.api
    try:
        connection.state.asker = api.verifier.verify(token)
    except TokenRefused as refusal:
        raise HttpProblem(401, refusal.code) from None


def asker_of(connection: ASGIConnection) -> Asker:  # type: ignore[type-arg]
    """The caller, as the guard found him."""
    asker: Asker = connection.state.asker
    return asker
