"""`soho mandate`: the mandates of inspection teams, who may look into what and how long."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from services.cli.printing import as_json, console, print_json, say, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading

Line = dict[str, Any]


@click.group()
def mandate() -> None:
    """Quyết định kiểm tra: danh sách, từng quyết định. / Mandates of inspection teams: list them, and show one."""


@mandate.command("list")
@click.argument("unit", type=click.UUID)
@click.option("--in-force", is_flag=True, help="Còn hiệu lực trong ngày. / Those in force on the day.")
@at_two_times
@as_json
def list_mandates(unit: UUID, in_force: bool, when: dict[str, Any], json_wanted: bool) -> None:
    """Các quyết định do một đơn vị và bên dưới ban hành. / Mandates that a unit, and those below it, gave."""
    found = ask(lambda api: api.get(f"/v1/units/{unit}/mandates", in_force=in_force, limit=500, **when))
    if json_wanted:
        print_json(found)
        return
    print_heading("Quyết định kiểm tra", found)
    if not found["mandates"]:
        say("Không có.", "None.")
        return
    headers = ("Từ", "Đến hết", "Hiệu lực", "Đơn vị", "Đoàn", "Số vụ việc", "Kiểm tra ở", "Mã")
    made = table("", *headers, left=len(headers))
    made.columns[-1].no_wrap = True
    for line in found["mandates"]:
        made.add_row(
            day_words(line["first"]),
            day_words(line["last"]) or "–",
            "có" if line["in_force"] else "không",
            name_of(line["unit"]),
            ", ".join(map(name_of, line["team"])),
            str(len(line["cases"]) + line["hidden_cases"]),
            ", ".join(map(name_of, line["units"])),
            line["mandate"],
        )
    console().print(made)


@mandate.command()
@click.argument("mandate", metavar="ID", type=click.UUID)
@at_two_times
@as_json
def show(mandate: UUID, when: dict[str, Any], json_wanted: bool) -> None:
    """Một quyết định: đoàn, nội dung, thời hạn và các văn bản. / One mandate: its team, scope, days and documents."""
    found = ask(lambda api: api.get(f"/v1/mandates/{mandate}", **when))
    if json_wanted:
        print_json(found)
        return
    print_heading(f"Quyết định kiểm tra {found['mandate']}", found)
    to = console()
    to.print(f"Do {name_of(found['unit'])} ban hành; {_days(found)}")
    to.print(f"Đoàn: {', '.join(map(name_of, found['team']))}")
    for unit in found["units"]:
        to.print(f"Kiểm tra ở: {name_of(unit)} và các đơn vị bên dưới")
    for case in found["cases"]:
        to.print(f"Kiểm tra vụ việc: {case}")
    if found["hidden_cases"]:
        to.print(f"Và {found['hidden_cases']} vụ việc không thuộc phạm vi được xem")
    _print_steps(found["steps"])


def _days(found: Line) -> str:
    if found["last"] is None:
        return "đã kết thúc trước ngày có hiệu lực"
    held = "đang" if found["in_force"] else "không"
    return f"hiệu lực từ {day_words(found['first'])} đến hết {day_words(found['last'])} ({held} hiệu lực)"


def _print_steps(steps: list[Line]) -> None:
    headers = ("Ngày", "Việc", "Văn bản", "Của ngày", "Đến hết", "Lý do", "Người ghi")
    made = table("Đã ghi / what was recorded", *headers, left=len(headers))
    for step in steps:
        made.add_row(
            day_words(step["day"]),
            step["term"],
            step["document"] or "",
            day_words(step["issued_on"]),
            day_words(step["until"]),
            step["reason_term"] or "",
            name_of(step["person"]),
        )
    console().print(made)
