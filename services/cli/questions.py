"""What questions about a day have in common: the two times they are asked at, and that they are asked over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

import click
import uvloop

from services.cli.http_client import HttpClient
from services.cli.printing import console, number
from services.cli.running import http_client

DAY = click.DateTime(["%Y-%m-%d"])

known_at_option = click.option(
    "--known-at",
    help="Theo những gì đã biết ở vị trí, lúc (2018-05-10T08:00:00+07:00) hoặc hết ngày (2018-05-10). "
    "/ As known at a position, a time, or the end of a day.",
)

Answer = TypeVar("Answer")


def at_two_times(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options --as-of and --known-at; it gets them as `when`, the parameters of its questions."""

    @click.option("--as-of", type=DAY, help="Vào ngày (năm-tháng-ngày). / On the day.")
    @known_at_option
    @wraps(command)
    def timed(as_of: datetime | None, known_at: str | None, **given: Any) -> None:
        command(when={"as_of": as_of.date() if as_of else None, "known_at": known_at}, **given)

    return timed


def ask(question: Callable[[HttpClient], Awaitable[Answer]], headers: Mapping[str, str] | None = None) -> Answer:
    """What the API answers, asked as the provincial office or with SOHO_TOKEN; `headers` say `why`. Raises as
    `http_client` does."""

    async def asked() -> Answer:
        async with await http_client() as api:
            api.why.update(headers or {})
            return await question(api)

    return uvloop.run(asked())


def why(reason: str | None, document: str | None) -> dict[str, str]:
    """The headers that say why somebody asks. A document's number may have letters that no header holds."""
    given = {"Soho-Reason": reason, "Soho-Document": None if document is None else quote(document)}
    return {name: value for name, value in given.items() if value is not None}


def print_heading(title: str, answer: dict[str, Any]) -> None:
    """The title, and under it the two times that the answer holds for."""
    to = console()
    to.print(title, style="bold")
    known = number(answer["known_at"])
    day = day_words(answer["as_of"])
    to.print(f"Ngày {day}, theo nhật ký đến vị trí {known} / on that day, as known at position {known}")


def day_words(day: str | None) -> str:
    """2026-02-28 → 28/02/2026; nothing for no day."""
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""


def name_of(named: dict[str, Any] | None) -> str:
    """The name, or a dash where the caller reads none; nothing for nobody."""
    return (named["name"] or "–") if named else ""
