"""`soho changes`: what changed between two days, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from services.cli.history import PLACES
from services.cli.printing import as_json, console, number, print_json, say, table
from services.cli.questions import DAY, ask, day_words, known_at_option


@click.command()
@click.argument("what", type=click.Choice(list(PLACES)))
@click.argument("subject", metavar="ID", type=click.UUID)
@click.option("--from", "since", type=DAY, required=True, help="Sau ngày này. / After this day.")
@click.option("--to", "until", type=DAY, required=True, help="Đến hết ngày này. / Up to and including this day.")
@known_at_option
@as_json
def changes(
    what: str, subject: UUID, since: datetime, until: datetime, known_at: str | None, json_wanted: bool
) -> None:
    """Một hộ, đảng viên hoặc đơn vị khác đi thế nào giữa hai ngày, bằng lời.

    How a household, a member or a unit differs between two days, in words.
    """
    days = {"from": since.date(), "to": until.date()}
    found = ask(lambda api: api.get(f"/v1/{PLACES[what]}/{subject}/changes", known_at=known_at, **days))
    if json_wanted:
        print_json(found)
    else:
        print_changes(found)


def print_changes(found: dict[str, Any]) -> None:
    """One line for each change, in the order of the days."""
    known = number(found["known_at"])
    days = f"{day_words(found['since'])} – {day_words(found['until'])}"
    say(
        f"Thay đổi {days}, theo nhật ký đến vị trí {known}",
        f"What changed between the two days, as known at position {known}",
    )
    if not found["changes"]:
        say("Không có gì thay đổi.", "Nothing changed.")
        return
    made = table("", "Ngày", "Nội dung", "Vị trí", left=2)
    for change in found["changes"]:
        made.add_row(day_words(change["day"]), change["sentence"], number(change["position"]))
    console().print(made)
