"""The demo's traced grievance as the API tells it, compared with what was counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import local_date, today
from events.facts.values import encode
from services.accounts.tokens import DevelopmentIssuer
from services.cli.http_client import HttpClient
from services.demo.ban_hon import EXPECTED, TRACED, story
from services.demo.ban_hon.clients import INSPECTION, PROVINCE_COMMITTEE
from services.demo.ban_hon.inspection import of_today


async def mandated(url: str, issuer: DevelopmentIssuer) -> int:
    """The province's committee has the case inspected, by a mandate of today. The position that sees it."""
    async with HttpClient(url, issuer.token(story().client(PROVINCE_COMMITTEE).asker())) as committee:
        await committee.submit([encode(of_today(today()))])
        return committee.at_least


async def asked(url: str, issuer: DevelopmentIssuer, at_least: int) -> dict[str, Any]:
    """The trace as it stood on the last day of the year, as the province's inspector reads it under his mandate.
    `at_least` is the log position that the registers must have."""
    async with HttpClient(url, issuer.token(story().client(INSPECTION).asker())) as inspection:
        inspection.at_least = at_least
        found: dict[str, Any] = await inspection.get(f"/v1/grievances/{TRACED.grievance}/trace", as_of=EXPECTED.day)
        return found


def otherwise(found: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """What is not as counted: its name, what was found, what was expected. Empty where all is."""
    pairs = (
        ("hops", [_hop(hop) for hop in found["hops"]], [msgspec.structs.astuple(hop) for hop in TRACED.hops]),
        ("clocks", [_clock(run) for run in found["clocks"]], [msgspec.structs.astuple(one) for one in TRACED.limits]),
    )
    return [(name, came, expected) for name, came, expected in pairs if came != expected]


def _hop(hop: dict[str, Any]) -> tuple[UUID, date, date, int]:
    arrived, left = (local_date(datetime.fromisoformat(hop[name])) for name in ("arrived", "left"))
    return UUID(hop["unit"]["id"]), arrived, left, hop["held"]


def _clock(clock: dict[str, Any]) -> tuple[str, UUID, date, date, date, bool]:
    started, due, ended = (date.fromisoformat(clock[name]) for name in ("started", "due", "ended"))
    return clock["clock"], UUID(clock["unit"]["id"]), started, due, ended, clock["overdue"]
