"""`soho responsible`: who is responsible for a household."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from services import texts
from services.cli.printing import as_json, console, print_json, say, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading


@click.command()
@click.argument("household", type=click.UUID)
@at_two_times
@as_json
def responsible(household: UUID, when: dict[str, Any], json_wanted: bool) -> None:
    """Ai phụ trách một hộ vào một ngày, trực tiếp hoặc qua nhóm hộ.

    Who was responsible for a household on a day, directly or through a group.
    """
    found = ask(lambda api: api.get(f"/v1/households/{household}/responsible", **when))
    if json_wanted:
        print_json(found)
    else:
        print_responsible(found)


def print_responsible(found: dict[str, Any]) -> None:
    """One line for each assignment that held, and below why any of them needs a decision."""
    print_heading(f"Người phụ trách hộ {found['household']}", found)
    if not found["responsible"]:
        say("Không có ai phụ trách hộ này.", "Nobody is responsible for this household.")
        return
    made = table(
        "", "Đảng viên", "Qua nhóm hộ", "Chi bộ phân công", "Từ ngày", "Đến trước ngày", "Báo hộ ngày", "Mã", left=7
    )
    grounds = [(one["member"], ground) for one in found["responsible"] for ground in (one, *one["besides"])]
    for member, ground in grounds:
        made.add_row(
            name_of(member),
            name_of(ground["through"]),
            name_of(ground["unit"]),
            day_words(ground["since"]),
            day_words(ground["until"]),
            day_words(ground["notified"]),
            member["id"],
        )
    console().print(made)
    for _, ground in grounds:
        if ground["doubts"]:
            doubts = ground["doubts"]
            vi, en = ("; ".join(texts.term("doubt", d, language) for d in doubts) for language in ("vi", "en"))
            say(
                f"Phân công {ground['assignment']} cần được quyết định lại: {vi}.",
                f"Assignment {ground['assignment']} needs a decision: {en}.",
            )
