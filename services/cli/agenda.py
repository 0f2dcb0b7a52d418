"""`soho agenda`: what a cell has before it at its meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import click

from services import texts
from services.cli.printing import as_json, console, print_json, say, table
from services.cli.questions import DAY, ask, day_words, known_at_option, name_of, print_heading

Line = dict[str, Any]


@click.command()
@click.argument("unit", type=click.UUID)
@click.option(
    "--day", type=DAY, help="Ngày họp; mặc định là buổi họp tới. / Day of the meeting; if not given, the next."
)
@known_at_option
@as_json
def agenda(unit: UUID, day: datetime | None, known_at: str | None, json_wanted: bool) -> None:
    """Nội dung buổi họp chi bộ: báo cáo tháng của đảng viên, báo cáo và vụ việc chờ kết luận, phân công cần quyết định.

    The agenda of a cell meeting: the members' monthly reports, reports and grievances that wait for a conclusion,
    assignments to decide about.
    """
    asked = {"day": day.date() if day else None, "known_at": known_at}
    found = ask(lambda api: api.get(f"/v1/units/{unit}/agenda", **asked))
    if json_wanted:
        print_json(found)
    else:
        print_agenda(found)


def print_agenda(found: dict[str, Any]) -> None:
    """The four parts of the agenda, each as a table."""
    print_heading(f"Nội dung họp chi bộ: {found['name']}", found)
    _print_meeting(found)
    _print_part(
        "Báo cáo tháng của đảng viên được phân công",
        ("Đảng viên", "Ngày nộp", "Kết luận"),
        found["reports"],
        lambda line: (
            name_of(line["member"]),
            day_words(line["delivered_on"]) or "chưa nộp / none yet",
            "đã kết luận / concluded" if line["concluded"] else "",
        ),
    )
    _print_part(
        "Báo cáo chờ kết luận",
        ("Đảng viên", "Tháng", "Ngày nộp", "Mã báo cáo"),
        found["waiting"],
        lambda line: (
            name_of(line["member"]),
            month_words(line["month"]),
            day_words(line["submitted_on"]) + (" (muộn / late)" if line["late"] else ""),
            line["report"],
        ),
    )
    _print_part(
        "Vụ việc đang ở chi bộ",
        ("Hộ", "Nội dung", "Trạng thái", "Ngày nhận", "Hạn", "Mã"),
        found["grievances"],
        lambda line: (
            name_of(line["household"]),
            texts.term("grievance_topic", line["topic"], "vi"),
            texts.term("stage", line["stage"], "vi"),
            day_words(line["received"]),
            day_words(line["due"]) + (f" (quá {line['over']} ngày / overdue)" if line["over"] else ""),
            line["grievance"],
        ),
        found["more_grievances"],
    )
    _print_part(
        "Phân công cần quyết định lại",
        ("Đảng viên", "Hộ, nhóm hộ", "Lý do", "Mã phân công"),
        found["decisions"],
        lambda line: (
            name_of(line["member"]),
            name_of(line["target"]),
            "; ".join(texts.term("doubt", reason, "vi") for reason in line["reasons"]),
            line["assignment"],
        ),
        found["more_decisions"],
    )


def _print_meeting(found: dict[str, Any]) -> None:
    planned, called = day_words(found["planned"]), day_words(found["called_on"])
    if called:
        say(
            f"Đã báo họp ngày {called}, trước {found['notice_days']} ngày.",
            f"Called on {called}, {found['notice_days']} days before.",
        )
    elif planned:
        say(f"Theo lịch: {planned}; chưa báo họp.", f"By the calendar: {planned}; not called yet.")
    else:
        say("Chi bộ chưa có lịch họp.", "The cell has no calendar.")


def _print_part(
    title: str,
    headers: Sequence[str],
    lines: Sequence[Line],
    cells: Callable[[Line], Sequence[str]],
    more: bool = False,
) -> None:
    if not lines:
        say(f"{title}: không có.", "None.")
        return
    made = table(title, *headers, left=len(headers))
    for line in lines:
        made.add_row(*cells(line))
    console().print(made)
    if more:
        say("Còn nữa.", "There are more.")


def month_words(month: str) -> str:
    """2026-02-01 → 02/2026"""
    return f"{date.fromisoformat(month):%m/%Y}"
