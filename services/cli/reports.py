"""`soho reports`: monthly reports due, delivered, missing, late and concluded, and the list behind each number."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from services.cli.agenda import month_words
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, in_order, number, print_json, print_left_out, say, share, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading
from services.queries.reports import COLUMNS

MONTH = click.DateTime(["%Y-%m"])
NUMBERS = {
    "due": "Phải báo cáo",
    "delivered": "Đã báo cáo",
    "missing": "Còn thiếu",
    "beside": "Ngoài diện",
    "late": "Muộn",
    "concluded": "Đã kết luận",
}


@click.command()
@click.argument("unit", type=click.UUID)
@click.option("--month", type=MONTH, help="Tháng (năm-tháng); mặc định là tháng này. / This month if not given.")
@click.option("--until", type=MONTH, help="Đến hết tháng. / Up to and with this month.")
@click.option("--list", "opened", type=click.Choice(COLUMNS), help="Mở danh sách đằng sau một cột. / Opens a number.")
@at_two_times
@as_json
def reports(
    unit: UUID,
    month: datetime | None,
    until: datetime | None,
    opened: str | None,
    when: dict[str, Any],
    json_wanted: bool,
) -> None:
    """Báo cáo tháng của đảng viên: phải nộp, đã nộp, còn thiếu, ngoài diện, muộn, đã kết luận; theo đơn vị, hoặc theo
    đảng viên của chi bộ.

    Monthly reports due, of these delivered and missing, those that came beside, late and concluded: by unit, or of a
    cell by member; --list opens a number to its list.
    """
    asked = when | {"month": month.date() if month else None, "until": until.date() if until else None}
    found = ask(lambda api: _found(api, unit, opened, asked))
    if json_wanted:
        print_json(found)
    elif opened:
        print_list(found)
    else:
        print_table(found)


async def _found(api: HttpClient, unit: UUID, opened: str | None, asked: dict[str, Any]) -> Any:
    if opened is None:
        return await api.get(f"/v1/units/{unit}/reports", **asked)
    pages = api.pages(f"/v1/units/{unit}/reports/members", column=opened, **asked)
    return [line async for page in pages for line in page["months"]]


def print_table(found: dict[str, Any]) -> None:
    """A row for each unit directly below, or for each member of a cell."""
    months = " – ".join(dict.fromkeys((month_words(found["month"]), month_words(found["until"]))))
    print_heading(f"Báo cáo tháng {months}: {found['name']}", found)
    made = table("", "Đảng viên" if found["members"] else "Đơn vị", *NUMBERS.values(), "% đã kết luận")
    for row in found["members"]:
        _add(made, name_of(row["member"]), row["counts"])
    for row in sorted(found["rows"], key=in_order):
        own = row["unit"] == found["unit"]
        name = "(trực thuộc / directly)" if own else row["name"] or row["unit"]
        _add(made, name, row["counts"] if row["visible"] else None)
    made.add_section()
    _add(made, "Tổng cộng / Total", found["counts"])
    console().print(made)
    print_left_out(found)


def _add(made: Any, name: str, counts: dict[str, int] | None) -> None:
    if counts is None:
        made.add_row(name, *"–" * (len(NUMBERS) + 1))
        return
    came = counts["delivered"] + counts["beside"]
    made.add_row(name, *(number(counts[column]) for column in NUMBERS), share(counts["concluded"], came))


def print_list(lines: list[dict[str, Any]]) -> None:
    """Members' months, with what was delivered."""
    if not lines:
        say("Không có.", "None.")
        return
    headers = ("STT", "Đảng viên", "Chi bộ", "Tháng", "Ngày nộp", "Mã")
    made = table("", *headers, left=len(headers))
    for index, line in enumerate(lines, 1):
        delivered = day_words(line["delivered_on"]) + (" (muộn / late)" if line["late"] else "")
        member = line["member"]
        where = name_of(line["unit"])
        made.add_row(str(index), name_of(member), where, month_words(line["month"]), delivered, member["id"])
    console().print(made)
