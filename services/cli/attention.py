"""`soho attention`: what somebody should look at in a unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import click
import msgspec

from services import texts
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, number, print_json, say, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading

MONTHS = 3

Line = dict[str, Any]


class Listed(msgspec.Struct, frozen=True):
    """A list of the API at a unit: its lines under `key`, its title, and what a person sees of each line."""

    key: str
    title: str
    headers: Sequence[str]
    cells: Callable[[Line], Sequence[str]]


def _undecided(line: Line) -> Sequence[str]:
    reasons = "; ".join(texts.term("doubt", reason, "vi") for reason in line["reasons"])
    return name_of(line["member"]), name_of(line["target"]), name_of(line["unit"]), reasons, line["assignment"]


LISTS = {
    "needs-decision": Listed(
        "assignments",
        "Phân công cần được quyết định lại",
        ("Đảng viên", "Hộ, nhóm hộ", "Chi bộ phân công", "Lý do", "Mã phân công"),
        _undecided,
    ),
    "out-of-place": Listed(
        "items",
        "Đảng viên, hộ, nhóm hộ cần được quyết định nơi thuộc về",
        ("Đảng viên, hộ, nhóm hộ", "Chi bộ", "Nhóm hộ", "Lý do", "Mã"),
        lambda line: (
            name_of(line["item"]),
            name_of(line["unit"]),
            name_of(line["group"]) if line["group"] else "",
            texts.term("misplacement", line["reason"], "vi"),
            line["item"]["id"],
        ),
    ),
    "overloaded": Listed(
        "members",
        "Đảng viên phụ trách nhiều hộ",
        ("Đảng viên", "Số hộ", "Mã"),
        lambda line: (name_of(line["member"]), number(line["households"]), line["member"]["id"]),
    ),
    "not-visited": Listed(
        "households",
        "Hộ chưa được thăm",
        ("Chủ hộ", "Chi bộ", "Lần thăm trước", "Mã"),
        lambda line: (
            name_of(line["household"]),
            name_of(line["unit"]),
            day_words(line["last"]),
            line["household"]["id"],
        ),
    ),
    "uncovered": Listed(
        "households",
        "Hộ chưa có đảng viên phụ trách",
        ("Chủ hộ", "Chi bộ", "Mã"),
        lambda line: (name_of(line["household"]), name_of(line["unit"]), line["household"]["id"]),
    ),
}
"""What can be asked for, named as the routes are → what comes back."""


@click.command()
@click.argument("unit", type=click.UUID)
@click.argument("what", type=click.Choice(list(LISTS)))
@click.option(
    "--above",
    type=click.IntRange(0, 100_000),
    help="overloaded: nhiều hơn số hộ này, mặc định là mức đang áp dụng. / More households than this.",
)
@click.option(
    "--months",
    type=click.IntRange(1, 600),
    help=f"not-visited: trong số tháng này, mặc định {MONTHS}. / For so many months, {MONTHS} if not given.",
)
@at_two_times
@as_json
def attention(
    unit: UUID, what: str, above: int | None, months: int | None, when: dict[str, Any], json_wanted: bool
) -> None:
    """Việc cần xem ở một đơn vị: phân công cần quyết định lại, đảng viên và hộ còn ở chi bộ đã giải thể, đảng viên phụ
    trách nhiều hộ, hộ chưa được thăm, hộ chưa có ai phụ trách.

    What needs attention in a unit: assignments to be decided about, members and households left in dissolved cells,
    members with many households, households not visited for months, households with nobody.
    """
    if above is not None and what != "overloaded":
        raise click.UsageError("--above chỉ dùng với overloaded. / --above goes with overloaded only.")
    if months is not None and what != "not-visited":
        raise click.UsageError("--months chỉ dùng với not-visited. / --months goes with not-visited only.")
    asked = when | {"above": above, "months": (months or MONTHS) if what == "not-visited" else None}
    found = ask(lambda api: _found(api, unit, what, asked))
    if json_wanted:
        print_json(found)
    else:
        print_attention(what, found)


async def _found(api: HttpClient, unit: UUID, what: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The first page with the lines of all of them."""
    pages: list[dict[str, Any]] = [page async for page in api.pages(f"/v1/units/{unit}/{what}", **asked)]
    key = LISTS[what].key
    return pages[0] | {key: [line for page in pages for line in page[key]], "next": None}


def print_attention(what: str, found: dict[str, Any]) -> None:
    """The list as a table, with the bound that it was made by."""
    listed = LISTS[what]
    print_heading(listed.title + _bound(found), found)
    lines = found[listed.key]
    if not lines:
        say("Không có.", "None.")
        return
    made = table("", "STT", *listed.headers, left=1 + len(listed.headers))
    for index, line in enumerate(lines, 1):
        made.add_row(str(index), *listed.cells(line))
    console().print(made)


def _bound(found: dict[str, Any]) -> str:
    if "above" in found:
        return f" (trên {number(found['above'])} hộ)"
    return f" (từ ngày {day_words(found['since'])})" if "since" in found else ""
