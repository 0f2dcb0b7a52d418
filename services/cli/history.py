"""`soho history`: everything recorded about a household, a member or a unit, in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import click

from services import texts
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, number, print_json, table
from services.cli.questions import ask, day_words, known_at_option

PLACES = {"household": "households", "member": "members", "unit": "units"}
EVER = {"from": date(1900, 1, 1), "to": date(2100, 1, 1)}


@click.command()
@click.argument("what", type=click.Choice(list(PLACES)))
@click.argument("subject", metavar="ID", type=click.UUID)
@known_at_option
@as_json
def history(what: str, subject: UUID, known_at: str | None, json_wanted: bool) -> None:
    """Toàn bộ lịch sử của một hộ, đảng viên hoặc đơn vị: cả hai mốc thời gian, ai ghi, căn cứ.

    All of a household's, a member's or a unit's history: both times, who said it and in which office, the basis.
    """
    entries = ask(lambda api: told(api, what, subject, known_at))
    if json_wanted:
        print_json(entries)
    else:
        print_history(entries)


async def told(api: HttpClient, what: str, subject: UUID, known_at: str | None = None) -> list[dict[str, Any]]:
    """Every entry of the history, each with what it changed in words (`sentence`)."""
    place = f"/v1/{PLACES[what]}/{subject}"
    entries: list[dict[str, Any]] = []
    seen: str | int | None = known_at
    async for page in api.pages(f"{place}/history", known_at):
        entries += page["entries"]
        seen = page["known_at"]
    changes = (await api.get(f"{place}/changes", known_at=seen, **EVER))["changes"]
    sentences = {change["position"]: change["sentence"] for change in changes if not change["expired"]}
    return [entry | {"sentence": sentences.get(entry["position"], entry["term"])} for entry in entries]


def print_history(entries: list[dict[str, Any]]) -> None:
    """One line for each fact, in the order of the log."""
    made = table("", "Vị trí", "Ngày", "Ghi lúc", "Nội dung", "Người ghi", "Căn cứ", left=6)
    for entry in entries:
        made.add_row(
            number(entry["position"]),
            day_words(entry["effective"]),
            f"{datetime.fromisoformat(entry['recorded_at']):%d/%m/%Y %H:%M}",
            entry["sentence"],
            _who(entry),
            entry["basis"]["number"] if entry["basis"] else "",
        )
    console().print(made)


def _who(entry: dict[str, Any]) -> str:
    actor = entry["actor"]
    office = texts.term("office_kind", actor["office"], "vi") if actor["office"] else None
    said = office or texts.term("role", actor["role"], "vi")
    return f"{actor['person']['name']}, {said}" if actor["person"] and actor["person"]["name"] else said
