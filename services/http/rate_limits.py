"""How many requests a caller may send in a minute; counted in the memory of each API process, over the last minute.

A phone that comes back after days sends its reports in a few batches, or one by one in a few hundred requests, and asks
about its households in a few hundred more: twice that is let through. A program (`system`) is not counted: it loads a
whole province, and is held up by the log and the archive themselves (503).
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from services.decisions.asking import Asker, Role
from services.http.authentication import ASKER, PUBLIC
from services.http.problems import HttpProblem

CALLER = RateLimitItemPerMinute(1200, namespace="caller")
"""Of a person, whatever devices he uses; of a caller without a person, of his unit and program."""
FOLLOWED = RateLimitItemPerMinute(10, namespace="followed")
"""Questions with a household's code from one address: codes are not to be guessed."""
LIMITER = "limiter"


class Limiter:
    """Counts requests."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def count(self, limit: RateLimitItem, code: str, *caller: str) -> None:
        """One more request of the caller. Raises a problem with 429, which says in how many seconds to come again."""
        if not self._window.hit(limit, *caller):
            oldest_leaves = self._window.get_window_stats(limit, *caller).reset_time
            raise HttpProblem(429, code, seconds=max(1, math.ceil(oldest_leaves - time.time())))


class PerCaller(ASGIMiddleware):
    """Counts what people send. To stand behind the authentication."""

    exclude_opt_key = PUBLIC

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        asker: Asker = scope["state"][ASKER]
        if asker.role is not Role.SYSTEM:
            caller = (str(asker.person),) if asker.person else (str(asker.unit), asker.client)
            _limiter(scope).count(CALLER, "too_many_requests", *caller)
        await next_app(scope, receive, send)


class PerAddress(ASGIMiddleware):
    """Counts questions with a household's code, which need no token, by the address of the connection."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        address, _ = scope["client"] or ("", 0)
        _limiter(scope).count(FOLLOWED, "too_many_questions", address)
        await next_app(scope, receive, send)


def _limiter(scope: Scope) -> Limiter:
    found: Limiter = scope["litestar_app"].state[LIMITER]
    return found
