"""`soho erasure`: requests to erase somebody's data, and where each stands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from services.cli.printing import as_json, console, print_json, say, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading

Line = dict[str, Any]


@click.group()
def erasure() -> None:
    """Yêu cầu xóa dữ liệu: danh sách, từng yêu cầu. / Requests to erase: list them, and show one."""


@erasure.command("list")
@click.argument("unit", type=click.UUID)
@click.option("--open", "only_open", is_flag=True, help="Chưa xử lý xong. / Those not settled yet.")
@at_two_times
@as_json
def list_erasures(unit: UUID, only_open: bool, when: dict[str, Any], json_wanted: bool) -> None:
    """Các yêu cầu ở một đơn vị và bên dưới, cũ nhất trước. / Requests at a unit and below it, oldest first."""
    found = ask(lambda api: api.get(f"/v1/units/{unit}/erasures", open=only_open, limit=500, **when))
    if json_wanted:
        print_json(found)
        return
    print_heading("Yêu cầu xóa dữ liệu", found)
    if not found["erasures"]:
        say("Không có.", "None.")
        return
    headers = ("Tiếp nhận", "Đơn vị", "Của", "Tình trạng", "Hạn trả lời", "Hạn xóa", "Mã")
    made = table("", *headers, left=len(headers))
    made.columns[-1].no_wrap = True
    for line in found["erasures"]:
        limits = {limit["limit"]: limit for limit in line["limits"]}
        made.add_row(
            day_words(line["received"]),
            name_of(line["unit"]),
            _whose(line),
            line["term"],
            _due(limits.get("reply")),
            _due(limits.get("erase")),
            line["erasure"],
        )
    console().print(made)


@erasure.command()
@click.argument("request", metavar="ID", type=click.UUID)
@at_two_times
@as_json
def show(request: UUID, when: dict[str, Any], json_wanted: bool) -> None:
    """Một yêu cầu: đang ở bước nào, thời hạn, và những gì phải giữ. / One request: its stage, limits, what is kept."""
    found = ask(lambda api: api.get(f"/v1/erasures/{request}", **when))
    if json_wanted:
        print_json(found)
        return
    print_heading(f"Yêu cầu xóa dữ liệu {found['erasure']}", found)
    to = console()
    to.print(f"Của: {_whose(found)}; tiếp nhận {day_words(found['received'])} tại {name_of(found['unit'])}")
    to.print(f"Căn cứ: {found['ground_term']}")
    to.print(f"Tình trạng: {found['term']} {day_words(found['ended'])}".rstrip())
    if found["refusal_term"]:
        to.print(f"Lý do từ chối: {found['refusal_term']}")
    _print_limits(found["limits"])
    _print_kept(found["kept"])


def _print_limits(limits: list[Line]) -> None:
    headers = ("Thời hạn", "Hạn", "Xong", "Căn cứ")
    made = table("Thời hạn / limits", *headers, left=len(headers))
    for limit in limits:
        made.add_row(limit["term"], _due(limit), day_words(limit["done"]), limit["article"])
    console().print(made)


def _print_kept(kept: list[Line]) -> None:
    if not kept:
        return
    headers = ("Phải giữ", "Đến hết", "Căn cứ")
    made = table("Phải lưu giữ / kept", *headers, left=len(headers))
    for record in kept:
        made.add_row(record["term"], day_words(record["until"]) or "–", record["article"])
    console().print(made)


def _whose(line: Line) -> str:
    """The name; that it was erased; or the id, where the caller reads no names."""
    subject = line["subject"]
    if subject.get("erased"):
        return "(đã xóa)"
    return subject["name"] or f"…{subject['id'][-8:]}"


def _due(limit: Line | None) -> str:
    if limit is None:
        return ""
    words = day_words(limit["due"]) + (" (tạm tính)" if limit["provisional"] else "")
    return words + (" – QUÁ HẠN" if limit["overdue"] else "")
