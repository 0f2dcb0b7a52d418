"""`soho member`: a member, and the households and groups that he is responsible for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import click

from services import texts
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, print_json, say, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading


@click.command()
@click.argument("person", metavar="ID", type=click.UUID)
@at_two_times
@as_json
def member(person: UUID, when: dict[str, Any], json_wanted: bool) -> None:
    """Một đảng viên và các hộ, nhóm hộ được phân công vào một ngày.

    A member, and the households and groups that he was responsible for on a day.
    """
    found = ask(lambda api: _found(api, person, when))
    if json_wanted:
        print_json(found)
    else:
        print_member(found)


async def _found(api: HttpClient, person: UUID, when: dict[str, Any]) -> dict[str, Any]:
    """The member's card with his assignments, both as known at one position."""
    place = f"/v1/members/{person}"
    card: dict[str, Any] = await api.get(place, **when)
    held: dict[str, Any] = await api.get(f"{place}/assignments", as_of=card["as_of"], known_at=card["known_at"])
    return card | held


def print_member(found: dict[str, Any]) -> None:
    """Where he stands, and one line for each household, and for each group without any."""
    print_heading(f"Đảng viên: {found['name'] or found['person']}", found)
    say(_standing(found["membership"], "vi"), _standing(found["membership"], "en"))
    if not found["assignments"]:
        say("Không được phân công hộ, nhóm hộ nào.", "Responsible for no household and no group.")
        return
    made = table(
        "", "STT", "Hộ", "Qua nhóm hộ", "Chi bộ phân công", "Từ ngày", "Đến trước ngày", "Báo hộ ngày", "Mã", left=8
    )
    for index, (household, one) in enumerate(_households(found["assignments"]), 1):
        made.add_row(
            str(index),
            name_of(household),
            name_of(one["target"]) if one["is_group"] else "",
            name_of(one["unit"]),
            day_words(one["since"]),
            day_words(one["until"]),
            day_words(one["notified"]),
            (household or one["target"])["id"],
        )
    console().print(made)


def _standing(membership: dict[str, Any] | None, language: str) -> str:
    if membership is None:
        return {"vi": "Ngày đó không phải là đảng viên ở đây.", "en": "Not a member here on that day."}[language]
    status = texts.term("member_status", membership["status"], language)
    since = {"vi": "từ ngày", "en": "since"}[language]
    return f"{name_of(membership['unit'])}: {status}, {since} {day_words(membership['since'])}"


def _households(assignments: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any]]]:
    """Each household with the assignment that it comes from; a group without households stands for itself."""
    for one in assignments:
        for household in one["households"] or [None]:
            yield household, one
