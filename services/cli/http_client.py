"""Talking to the API: submitting with patience, and asking."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_exponential_jitter

from services.cli.failures import Stopped

PATIENCE_SECONDS = 120.0
ANSWER_SECONDS = 60.0
PAGE = 500
POSITION = "Soho-Position"
AT_LEAST = "Soho-At-Least"


class Problem(msgspec.Struct, frozen=True):
    """What the API says went wrong (RFC 9457)."""

    status: int
    code: str
    title: str = ""
    detail: str = ""


class Refused(Stopped):
    """The API refused the whole request."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.title}. {problem.detail}", f"The API answered {problem.status} {problem.code}.")
        self.problem = problem


class Unavailable(Exception):
    """The API asks to try again later (503, 429)."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(str(response.url))
        self.response = response


class HttpClient:
    """One caller of the API; use it inside `async with`. Raises `Refused` and `httpx.TransportError`.

    Where the API asks for patience (503, 429), the same is sent again, for two minutes at most. What is asked after a
    submission is answered from registers that have it. `why` are the headers that say for what reason is asked.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx.AsyncClient(base_url=url, headers=headers, timeout=ANSWER_SECONDS)
        self.at_least = 0
        self.why: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, path: str, **parameters: Any) -> Any:
        """The answer to a question; parameters that are None are left out."""
        given = {name: value for name, value in parameters.items() if value is not None}
        headers = dict(self.why)
        if self.at_least:
            headers[AT_LEAST] = str(self.at_least)
        response = await self._patiently("GET", path, (Unavailable,), params=given, headers=headers)
        return response.json()

    async def post(self, path: str, **asked: Any) -> Any:
        """The answer to a question that travels in the body; what is None is left out."""
        given = {name: value for name, value in asked.items() if value is not None}
        headers = {AT_LEAST: str(self.at_least)} if self.at_least else {}
        headers["Content-Type"] = "application/json"
        body = msgspec.json.encode(given)
        response = await self._patiently("POST", path, (Unavailable,), content=body, headers=headers)
        return response.json()

    async def pages(self, path: str, known_at: str | int | None = None, **parameters: Any) -> AsyncIterator[Any]:
        """Every page of a list, all as known where the first one was, whatever is recorded meanwhile."""
        after = None
        while True:
            page = await self.get(path, after=after, limit=PAGE, known_at=known_at, **parameters)
            yield page
            after, known_at = page["next"], page["known_at"]
            if after is None:
                return

    async def submit(self, items: Sequence[bytes]) -> list[dict[str, Any]]:
        """Submits a batch: a result for each item. Sent again, with the same ids, where nobody answered as well."""
        response = await self._patiently(
            "POST",
            "/v1/batches",
            (Unavailable, httpx.TransportError),
            content=b"[" + b",".join(items) + b"]",
            headers={"Content-Type": "application/json"},
        )
        self.at_least = max(self.at_least, int(response.headers.get(POSITION, 0)))
        results: list[dict[str, Any]] = response.json()["results"]
        return results

    async def _patiently(
        self, method: str, path: str, retried: tuple[type[Exception], ...], **request: Any
    ) -> httpx.Response:
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type(retried),
                stop=stop_after_delay(PATIENCE_SECONDS),
                wait=wait_exponential_jitter(initial=0.2, max=5),
                reraise=True,
            ):
                with attempt:
                    response = await self._client.request(method, path, **request)
                    if response.status_code in (httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.TOO_MANY_REQUESTS):
                        raise Unavailable(response)
        except Unavailable as unavailable:
            response = unavailable.response
        return self._read(response)

    def _read(self, response: httpx.Response) -> httpx.Response:
        if response.is_success:
            return response
        try:
            problem = msgspec.json.decode(response.content, type=Problem)
        except msgspec.DecodeError:
            problem = Problem(response.status_code, "unreadable_answer")
        raise Refused(problem)

    async def becomes_ready(self, seconds: float = 60) -> None:
        """Waits until the API answers. Raises `httpx.TransportError` when it does not in time."""
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            try:
                self._read(await self._client.get("/health"))
                return
            except httpx.TransportError:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.1)
