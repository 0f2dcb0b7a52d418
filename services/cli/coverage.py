"""`soho coverage`: the assignment summary of a unit (rules F9), and the list behind each of its numbers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click
from rich.table import Table

from services import texts
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, in_order, number, print_json, print_left_out, share, table
from services.cli.questions import ask, at_two_times, name_of, print_heading
from services.queries.coverage import LISTS

ROOM_FOR_KINDS = 100
OPENED = LISTS | {
    "unassigned": "members?column=unassigned",
    "uncovered": "households?column=uncovered",
    "groups_unassigned": "groups?column=unassigned",
}
"""What can be listed → where."""

TITLE = "Biểu tổng hợp phân công đảng viên phụ trách hộ, nhóm hộ"
PEOPLE = (
    ("Tổng số ĐV", "members"),
    ("Miễn CT&SH", "exempt"),
    ("Tạm miễn", "temporarily_exempt"),
    ("Thuộc diện phân công", "eligible"),
    ("Đã phân công", "assigned"),
)
HOUSEHOLDS = (
    ("Tổng số hộ", "households"),
    ("Hộ đã có ĐV phụ trách", "covered"),
)
OTHERS = (
    ("Số nhóm hộ", "groups"),
    ("Hộ nghèo", "poor"),
    ("Hộ cận nghèo", "near_poor"),
    ("Hộ thoát nghèo", "left_poverty"),
    ("Gia đình văn hóa", "cultural"),
)


@click.command()
@click.argument("unit", type=click.UUID)
@at_two_times
@click.option("--list", "opened", type=click.Choice(list(OPENED)), help="Mở danh sách đằng sau một cột.")
@as_json
def coverage(unit: UUID, when: dict[str, Any], opened: str | None, json_wanted: bool) -> None:
    """Biểu tổng hợp phân công của một đơn vị, và danh sách đằng sau mỗi con số.

    The assignment summary of a unit, with a row for each unit directly below; --list opens a number to its list.
    """
    found = ask(lambda api: _found(api, unit, opened, when))
    if json_wanted:
        print_json(found)
    elif opened:
        print_list(found)
    else:
        print_summary(found)


async def _found(api: HttpClient, unit: UUID, opened: str | None, when: dict[str, Any]) -> Any:
    if opened is None:
        return await api.get(f"/v1/units/{unit}/coverage", **when)
    return await listed(api, unit, opened, **when)


async def listed(api: HttpClient, unit: UUID, column: str, **when: Any) -> list[dict[str, Any]]:
    """Every line of the list behind the column, page by page."""
    path, _, choice = OPENED[column].partition("?column=")
    pages = api.pages(f"/v1/units/{unit}/coverage/{path}", column=choice, **when)
    return [line async for page in pages for line in page[path]]


def print_summary(found: dict[str, Any]) -> None:
    """The summary in two tables, people and households, that a terminal has room for."""
    print_heading(f"{TITLE}: {found['name'] or found['unit']}", found)
    to = console()
    kinds = ("Loại",) if to.width >= ROOM_FOR_KINDS else ()
    shares = ("% diện PC", "% tổng số")
    people = table("", "Đơn vị", *kinds, *(h for h, _ in PEOPLE), *shares, left=1 + len(kinds))
    households = table("", "Đơn vị", *(h for h, _ in HOUSEHOLDS), "Tỷ lệ %", *(h for h, _ in OTHERS))
    for row in sorted(found["rows"], key=in_order):
        own = row["unit"] == found["unit"]
        name = "(trực thuộc / directly)" if own else row["name"] or row["unit"]
        _add(people, households, (name, _kind(row))[: 1 + len(kinds)], row["counts"] if row["visible"] else None)
    people.add_section()
    households.add_section()
    _add(people, households, ("Tổng cộng / Total", "")[: 1 + len(kinds)], found["counts"])
    to.print(people)
    to.print(households)
    print_left_out(found)


def _kind(row: dict[str, Any]) -> str:
    if row["cell_kind"]:
        return texts.term("cell_kind", row["cell_kind"], "vi")
    return texts.term("unit_kind", row["kind"], "vi") if row["kind"] else ""


def _add(people: Table, households: Table, words: tuple[str, ...], counts: dict[str, int] | None) -> None:
    if counts is None:
        people.add_row(*words, *"–" * (len(people.columns) - len(words)))
        households.add_row(words[0], *"–" * (len(households.columns) - 1))
        return
    numbers = (number(counts[column]) for _, column in PEOPLE)
    assigned = counts["assigned"]
    shares = share(assigned, counts["eligible"]), share(assigned, counts["members"])
    people.add_row(*words, *numbers, *shares)
    covered = (number(counts[column]) for _, column in HOUSEHOLDS)
    others = (number(counts[column]) for _, column in OTHERS)
    households.add_row(words[0], *covered, share(counts["covered"], counts["households"]), *others)


def print_list(lines: list[dict[str, Any]]) -> None:
    """A list behind a number: the name, the cell, and the id by which its history is asked for."""
    made = table("", "STT", "Tên / Name", "Chi bộ / Cell", "Mã / Id", left=4)
    for index, line in enumerate(lines, 1):
        named = next(line[key] for key in ("person", "household", "group") if key in line)
        made.add_row(str(index), name_of(named), name_of(line["unit"]), named["id"])
    console().print(made)
