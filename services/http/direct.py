"""Routes that work on raw bytes, past litestar's handling of requests, which costs more than recording a fact does.

Litestar still finds such a route, names it and turns what it raises into problems; who is calling and what his role may
use is asked before it like before any other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from services import texts
from services.decisions.asking import Asker
from services.http.authentication import ASKER
from services.http.problems import HttpProblem
from services.http.state import ApiState

LARGEST_BODY = 8 * 1024 * 1024
MOST_DISCARDED = 64 * 1024 * 1024
"""Bytes of a body too large that are read before it is refused; beyond that the connection is just closed."""


class Call:
    """One request to such a route."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._scope = scope
        self._receive = receive

    @property
    def asker(self) -> Asker:
        """Who is calling."""
        asker: Asker = self._scope["state"][ASKER]
        return asker

    @property
    def api(self) -> ApiState:
        """What the process holds open."""
        state: ApiState = self._scope["litestar_app"].state.api
        return state

    def language(self) -> str:
        """Vietnamese, unless the caller prefers English."""
        wishes = (value for name, value in self._scope["headers"] if name == b"accept-language")
        return texts.negotiate(next(wishes, b"").decode("latin-1"))

    async def body(self) -> bytes:
        """The whole body. Raises a problem with 413 when it is too large, 400 when the caller left in the middle."""
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self._receive()
            if message["type"] != "http.request":
                raise HttpProblem(400, "invalid_json")
            size, more = size + len(message["body"]), message["more_body"]
            # Who is cut off while he still sends never reads why: the rest is read, but not kept.
            if size <= LARGEST_BODY:
                parts.append(message["body"])
            elif size > LARGEST_BODY + MOST_DISCARDED:
                break
        if size > LARGEST_BODY:
            raise HttpProblem(413, "body_too_large")
        return parts[0] if len(parts) == 1 else b"".join(parts)


class Answer(NamedTuple):
    """What such a route answers: JSON with this status, and headers (name → value) beside those of any answer."""

    status: int
    content: bytes
    headers: Mapping[str, str] = {}


def direct_post(path: str, *, name: str) -> Callable[[Callable[[Call], Awaitable[Answer]]], HTTPRouteHandler]:
    """A decorator that makes a route of a function; the function's docstring describes it."""

    def decorated(answer: Callable[[Call], Awaitable[Answer]]) -> HTTPRouteHandler:
        async def application(scope: Scope, receive: Receive, send: Send) -> None:
            status, content, headers = await answer(Call(scope, receive))
            head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))]
            head += [(key.lower().encode(), value.encode()) for key, value in headers.items()]
            await send({"type": "http.response.start", "status": status, "headers": head})
            await send({"type": "http.response.body", "body": content, "more_body": False})

        def in_its_place(**_: ASGIApp) -> ASGIApp:
            return application

        async def handler() -> None:
            """Never called: the innermost middleware answers in its place."""

        handler.__doc__ = answer.__doc__
        return post(path, name=name, middleware=[in_its_place])(handler)

    return decorated
