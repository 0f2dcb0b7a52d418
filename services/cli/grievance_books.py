"""`soho grievance times` and `book`: how long cases were held, and an office's book of citizen reception."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from services import texts
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, number, print_json, say, table
from services.cli.questions import DAY, ask, at_two_times, day_words, name_of, print_heading

Line = dict[str, Any]

TIMES = ("Đơn vị", "Loại", "Số vụ việc", "Trung vị (ngày)", "90% không quá (ngày)")
BOOK = ("Số", "Ngày", "Hộ", "Địa chỉ", "Nội dung", "Loại", "Số người", "Thụ lý", "Không thụ lý", "Chuyển", "Trả lời")


@click.command()
@click.argument("unit", type=click.UUID)
@click.option("--from", "since", type=DAY, required=True, help="Từ ngày. / From the day.")
@click.option("--to", "until", type=DAY, help="Đến hết ngày; mặc định là hôm nay. / Up to and with the day.")
@at_two_times
@as_json
def times(unit: UUID, since: datetime, until: datetime | None, when: dict[str, Any], json_wanted: bool) -> None:
    """Vụ việc ở mỗi nơi bao lâu: trung vị và mức 90%, theo đơn vị và loại.

    For how long cases stood at each unit: the middle one, and what nine of ten do not exceed, by unit and kind.
    """
    asked = when | {"from": since.date(), "to": until.date() if until else None}
    found = ask(lambda api: api.get(f"/v1/units/{unit}/grievances/holding-times", **asked))
    if json_wanted:
        print_json(found)
        return
    print_heading(f"Thời gian giữ vụ việc {day_words(found['since'])} – {day_words(found['until'])}", found)
    made = table("", *TIMES, left=2)
    for line in found["times"]:
        days = (f"{line[name]:.1f}".replace(".", ",") for name in ("median_days", "ninetieth_days"))
        made.add_row(name_of(line["unit"]), _kind(line), number(line["cases"]), *days)
    _print(found["times"], made)


@click.command()
@click.argument("unit", type=click.UUID)
@click.option("--year", type=click.IntRange(1990, 2100), help="Năm; mặc định là năm nay. / This year if not given.")
@at_two_times
@as_json
def book(unit: UUID, year: int | None, when: dict[str, Any], json_wanted: bool) -> None:
    """Sổ tiếp công dân của một văn phòng trong năm (Mẫu số 03, TT 04/2021/TT-TTCP).

    An office's book of citizen reception of the year, in the columns of its official form.
    """
    found = ask(lambda api: _book(api, unit, when | {"year": year}))
    if json_wanted:
        print_json(found)
        return
    print_heading(f"Sổ tiếp công dân năm {found['year']}: {found['name']}", found)
    made = table("", *BOOK, left=len(BOOK))
    for line in found["lines"]:
        made.add_row(*_cells(line))
    _print(found["lines"], made)
    say("Số người đến không được ghi.", "How many persons came is not recorded.")


async def _book(api: HttpClient, unit: UUID, asked: dict[str, Any]) -> dict[str, Any]:
    """The first page with the lines of all of them."""
    path = f"/v1/units/{unit}/grievances/reception-book"
    pages: list[dict[str, Any]] = [page async for page in api.pages(path, **asked)]
    return pages[0] | {"lines": [line for page in pages for line in page["lines"]], "next": None}


def _cells(line: Line) -> tuple[str, ...]:
    forwarded = line["forwarded"]
    return (
        number(line["number"]),
        day_words(line["received"]),
        name_of(line["household"]) or line["petitioner"] or "–",
        line["address"] or "",
        texts.term("grievance_topic", line["topic"], "vi"),
        _kind(line),
        "",
        day_words(line["accepted_on"]),
        day_words(line["refused_on"]),
        f"{day_words(forwarded['on'])} {name_of(forwarded['to'])}" if forwarded else "",
        day_words(line["answered_on"]),
    )


def _kind(line: Line) -> str:
    return texts.term("grievance_kind", line["kind"], "vi") if line["kind"] else "chưa xác định"


def _print(lines: list[Line], made: Any) -> None:
    if lines:
        console().print(made)
    else:
        say("Không có.", "None.")
