"""`soho meetings`: a cell's year of meetings, and who came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from services.cli.agenda import month_words
from services.cli.printing import as_json, console, number, print_json, say, share, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading

NUMBERS = ("counted", "present", "excused", "unexcused", "not_said", "longest_excused")
HEADERS = ("Diện tính", "Có mặt", "Vắng có lý do", "Vắng không lý do", "Chưa ghi", "Vắng có lý do liền nhau")
CRITERIA = {
    "attendance": "tỷ lệ có mặt / attendance",
    "unexcused": "vắng không lý do / unexcused",
    "excused_in_a_row": "vắng nhiều lần liền / excused in a row",
}
"""Criterion of a good meeting → what people call it."""


@click.command()
@click.argument("unit", type=click.UUID)
@click.option("--year", type=click.IntRange(1990, 2100), help="Năm; mặc định là năm nay. / This year if not given.")
@at_two_times
@as_json
def meetings(unit: UUID, year: int | None, when: dict[str, Any], json_wanted: bool) -> None:
    """Lịch họp một năm của chi bộ: ngày theo lịch, báo họp, họp, kết thúc, ai có mặt.

    A cell's year of meetings: the dates of its calendar, when each was called, held and closed, and who came.
    """
    found = ask(lambda api: api.get(f"/v1/units/{unit}/meetings", year=year, **when))
    if json_wanted:
        print_json(found)
    else:
        print_year(found)


def print_year(found: dict[str, Any]) -> None:
    """The year's meetings, and under them how each member stood."""
    print_heading(f"Họp chi bộ năm {found['year']}: {found['name']}", found)
    words = ("Tháng", "Theo lịch", "Báo họp", "Họp", "Kết thúc")
    made = table("", *words, "Báo cáo đã kết luận", "Diện tính", "Có mặt", "% có mặt", "Chưa đạt", left=len(words))
    for month in found["months"]:
        shown = month_words(month["month"]), day_words(month["planned"])
        for meeting in month["meetings"] or [None]:
            made.add_row(*shown, *(_cells(meeting) if meeting else ()))
            shown = ("", "")
    console().print(made)
    for rule in found["rules"]:
        say(
            f"Từ {day_words(rule['valid_from'])}: {rule['source']} ({rule['certainty']})",
            f"A good meeting: above {rule['attendance_above_percent']} % present, at most {rule['unexcused_most']} "
            f"unexcused, nobody excused more than {rule['excused_in_a_row_most']} times in a row.",
        )
    if found["members"]:
        of_members = table("Đảng viên thuộc diện tính", "Đảng viên", *HEADERS)
        for line in found["members"]:
            of_members.add_row(name_of(line["member"]), *(number(line[name]) for name in NUMBERS))
        console().print(of_members)


def _cells(meeting: dict[str, Any]) -> tuple[str, ...]:
    called = day_words(meeting["called_on"])
    notice = f"{called} (trước {meeting['notice_days']} ngày)" if called else ""
    days = notice, day_words(meeting["held_on"]), day_words(meeting["closed_on"])
    came = meeting["came"]
    if came is None:
        return *days, number(meeting["concluded"])
    missed = "; ".join(CRITERIA[criterion] for criterion in meeting["unmet"] or ())
    present = share(came["present"], came["counted"])
    return *days, number(meeting["concluded"]), number(came["counted"]), number(came["present"]), present, missed
