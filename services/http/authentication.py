"""Who is calling, on every route: one middleware of the whole application, so that no route can forget it."""

from __future__ import annotations

from litestar.connection import ASGIConnection
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from services.accounts.claims import IssuerUnreachable, TokenRefused, Verifier
from services.decisions.asking import Asker
from services.http.problems import HttpProblem

PUBLIC = "public"
"""`opt` of the few routes that need no token: health and the interface's own description."""

ASKER = "asker"


class Authentication(ASGIMiddleware):
    """Puts the caller into the request's state. Raises a problem: 401, 403 where a valid token gives no rights here, or
    503 where it cannot be checked now."""

    exclude_opt_key = PUBLIC

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        scope["state"][ASKER] = await self._asker(scope)
        await next_app(scope, receive, send)

    async def _asker(self, scope: Scope) -> Asker:
        header = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        kind, _, token = header.decode("latin-1").partition(" ")
        if kind.lower() != "bearer" or not token:
            raise HttpProblem(401, "token_missing")
        try:
            return await self._verifier.verify(token)
        except TokenRefused as refusal:
            status = 403 if refusal.code == "token_without_role" else 401
            raise HttpProblem(status, refusal.code, **refusal.parameters) from None
        except IssuerUnreachable:
            raise HttpProblem(503, "issuer_unreachable") from None


def asker_of(connection: ASGIConnection) -> Asker:  # type: ignore[type-arg]
    """The caller, as the middleware found him."""
    asker: Asker = connection.scope["state"][ASKER]
    return asker
