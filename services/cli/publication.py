"""`soho publication`: what left the hierarchy, and releasing the next month."""

from __future__ import annotations

from typing import Any

import click

from events.calendar import today
from events.facts.values import encode
from events.identifiers import uuid7
from services import texts
from services.cli.failures import Stopped
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, number, print_json, say, table
from services.cli.questions import ask, day_words

KEPT_BACK = "…"


@click.group()
def publication() -> None:
    """Số liệu công bố hằng tháng: danh sách, nội dung, công bố tháng mới.

    Monthly publications: what was released, what it says, and releasing the next one.
    """


@publication.command("list")
@as_json
def list_(json_wanted: bool) -> None:
    """Các bảng đã công bố, tháng mới nhất trước. / Every table released, the newest month first."""
    found = ask(lambda api: api.get("/v1/publications"))["publications"]
    if json_wanted:
        print_json(found)
        return
    made = table("Số liệu đã công bố / Publications", "Tháng", "Bảng", "Ngày công bố", "SHA-256", left=4)
    for each in found:
        made.add_row(each["month"], each["table"], day_words(each["released"]), each["digest"])
    console().print(made)


@publication.command()
@click.argument("month", metavar="THÁNG")
@click.argument("table_name", metavar="BẢNG")
@as_json
def show(month: str, table_name: str, json_wanted: bool) -> None:
    """Một bảng đã công bố; THÁNG viết năm-tháng (2026-10). / A table as it was released for a month."""
    found = ask(lambda api: api.get(f"/v1/publications/{month}/{table_name}"))
    if json_wanted:
        print_json(found)
        return
    columns = found["columns"]
    title = f"{found['titles']['vi']}: {_when(found)} / {found['titles']['en']}"
    made = table(title, "Đơn vị", *(column["titles"]["vi"] for column in columns))
    for row in found["rows"]:
        made.add_row(row["name"], *(KEPT_BACK if count is None else number(count) for count in row["counts"]))
    console().print(made)
    position = number(found["position"])
    say(
        f"Theo nhật ký đến vị trí {position}. {KEPT_BACK}: không công bố, để không ai suy ra được số từ 1 đến "
        f"{found['smallest'] - 1} về hoàn cảnh của người dân, đảng viên.",
        f"As known at position {position}. {KEPT_BACK}: kept back, so that no count below {found['smallest']} about "
        "people's circumstances can be worked out.",
    )


@publication.command()
@click.argument("month", metavar="THÁNG")
@click.argument("table_name", metavar="BẢNG")
def release(month: str, table_name: str) -> None:
    """Công bố một bảng của một tháng đã hết; không sửa, không rút lại được. Các bảng: households (hộ), members (đảng
    viên), grievances (ý kiến, kiến nghị tiếp nhận trong tháng), classification (xếp loại năm trước, chỉ cho tháng 3).

    Releases a table for a month that is over, for ever; classification for March alone, about the year before. Needs
    SOHO_TOKEN of the provincial office (`soho token`).
    """
    result = ask(lambda api: _release(api, month, table_name))
    if result["outcome"] == "refused":
        problem = result["problem"]
        english = texts.detail(problem["code"], problem["parameters"], "en")
        raise Stopped(f"{problem['title']}. {problem['detail']}", english)
    say(
        f"Đã công bố bảng {table_name} tháng {month} (vị trí {number(result['position'])}).",
        f"The table {table_name} of {month} is released, at position {number(result['position'])}.",
    )


def _when(found: dict[str, Any]) -> str:
    """Of which day, month or year a table tells."""
    year, month = found["month"].split("-")
    if found["period"] == "month":
        return f"tháng {month}/{year}"
    day = f"ngày {day_words(found['day'])}"
    return day if found["year"] is None else f"năm {found['year']}, tính đến {day}"


async def _release(api: HttpClient, month: str, table_name: str) -> dict[str, Any]:
    unit = (await api.get("/v1/me"))["unit"]
    fields = {"unit": unit, "table": table_name, "month": month, "effective": today()}
    (result,) = await api.submit([encode({"type": "publication.release", "id": uuid7(), **fields})])
    return result
