"""`soho evaluation`: a unit's round of a year, the statistics with their lists, streaks, and the official tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args
from uuid import UUID

import click

from services import texts
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, in_order, number, print_json, print_left_out, say, share, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading
from services.queries.evaluations.ratings import Column, Whom
from services.texts.resource import resource

Line = dict[str, Any]

COUNTS = {
    "present": "Có mặt",
    "exempt": "Được miễn",
    "review_only": "Trong đó chỉ kiểm điểm",
    "not_yet": "Chưa xếp loại",
    "rated": "Đã xếp loại",
    "excellent": "HTXSNV",
    "good": "HTTNV",
    "completed": "HTNV",
    "not_completed": "KHTNV",
}
"""Numbers of the statistics, as the official table calls them for short."""

SUBJECTS = {"members": "Đảng viên", "cells": "Chi bộ", "committees": "Tổ chức cơ sở đảng"}
GROUPS = {"all": "Tất cả"}

unit_argument = click.argument("unit", type=click.UUID)
year_argument = click.argument("year", type=click.IntRange(2000, 2100))


@click.group()
def evaluation() -> None:
    """Đánh giá, xếp loại hằng năm: đợt, số liệu, danh sách, mẫu biểu. / The yearly classification."""


@evaluation.command("round")
@unit_argument
@year_argument
@at_two_times
@as_json
def round_(unit: UUID, year: int, when: dict[str, Any], json_wanted: bool) -> None:
    """Đợt xếp loại của một đơn vị: quy định, từng người đã qua bước nào, mức nào, trần xuất sắc.

    A unit's round of a year: its rulebook, how far everybody is, what the ratings below allow the unit, and the caps.
    """
    found = ask(lambda api: api.get(f"/v1/units/{unit}/classification", year=year, **when))
    if json_wanted:
        print_json(found)
    else:
        print_round(found)


@evaluation.command()
@unit_argument
@year_argument
@at_two_times
@as_json
def statistics(unit: UUID, year: int, when: dict[str, Any], json_wanted: bool) -> None:
    """Số liệu xếp loại: có mặt = được miễn + chưa xếp loại + đã xếp loại; theo đơn vị và loại chi bộ.

    Present = exempt + not yet rated + rated: by unit directly below and by kind of cell.
    """
    found = ask(lambda api: api.get(f"/v1/units/{unit}/classification/statistics", year=year, **when))
    if json_wanted:
        print_json(found)
    else:
        print_statistics(found)


@evaluation.command()
@unit_argument
@year_argument
@click.option("--column", type=click.Choice(get_args(Column)), default="rated", help="Cột số liệu. / Which number.")
@click.option("--subject", type=click.Choice(get_args(Whom)), default="member", help="Ai được xếp loại. / Of whom.")
@at_two_times
@as_json
def ratings(unit: UUID, year: int, column: str, subject: str, when: dict[str, Any], json_wanted: bool) -> None:
    """Danh sách đằng sau một cột số liệu. / The list behind a number of the statistics."""
    asked = when | {"year": year, "column": column, "subject": subject}
    lines = ask(lambda api: _listed(api, unit, asked))
    if json_wanted:
        print_json(lines)
    else:
        print_ratings(lines)


async def _listed(api: HttpClient, unit: UUID, asked: dict[str, Any]) -> list[Line]:
    pages = api.pages(f"/v1/units/{unit}/classification/ratings", **asked)
    return [line async for page in pages for line in page["lines"]]


@evaluation.command()
@unit_argument
@click.argument("year", type=click.IntRange(2000, 2100), required=False)
@at_two_times
@as_json
def streaks(unit: UUID, year: int | None, when: dict[str, Any], json_wanted: bool) -> None:
    """Nhiều năm liền một mức, đến hết năm đã nêu (mặc định là năm xếp loại gần nhất).

    Who had a level several years in a row, up to that year; the last rated one, if none is given.
    """
    found = ask(lambda api: api.get(f"/v1/units/{unit}/classification/streaks", year=year, **when))
    if json_wanted:
        print_json(found)
    else:
        print_streaks(found)


@evaluation.command()
@unit_argument
@year_argument
@click.argument("name", metavar="LAYOUT")
@at_two_times
@as_json
def layout(unit: UUID, year: int, name: str, when: dict[str, Any], json_wanted: bool) -> None:
    """Mẫu biểu chính thức: national_statistic, narrative_report, mau_14, mau_15, ballot_sheet.

    An official table, filled for the unit and year; what is not recorded stays empty and says so.
    """
    found = ask(lambda api: api.get(f"/v1/units/{unit}/classification/layouts/{name}", year=year, **when))
    if json_wanted:
        print_json(found)
    else:
        print_layout(found)


def print_round(found: Line) -> None:
    """The round, a row for each member, what stands in the unit's way, and the caps."""
    print_heading(f"Xếp loại năm {found['year']}: {found['name']}", found)
    if found["round"] is None:
        say("Chưa mở đợt xếp loại.", "No round was opened.")
    else:
        _print_members(found)
    _print_derived(found["derived"])
    _print_caps(found["caps"])


def _print_members(found: Line) -> None:
    opened = found["round"]
    say(
        f"Theo {opened['rulebook']}; mở ngày {day_words(opened['opened'])}, danh sách ngày "
        f"{day_words(opened['roster_day'])}; {name_of(opened['decided_by'])} quyết định.",
        f"Digest of the rulebook {opened['digest']}" + (f"; closed {opened['closed']}" if opened["closed"] else ""),
    )
    words = ("", "Diện", "Tự nhận", "Phiếu 4 mức", "Đề xuất", "Thẩm định", "Mức quyết định", "Ngày")
    made = table("", *words, left=len(words))
    lines = [*([found["own"]] if found["own"] else []), *found["members"]]
    for line in lines:
        made.add_row(name_of(line["member"]) or found["name"], *_line_cells(line))
    console().print(made)
    _print_ids((name_of(line["member"]) or found["name"], (line["rating"] or {}).get("rating")) for line in lines)


def _print_ids(rated: Iterable[tuple[str, str | None]]) -> None:
    """By which id each rating is verified; those without one are left out."""
    made = table("Mã để kiểm chứng / for `soho verify evaluation`", "", "Mã xếp loại", left=2)
    for name, rating in rated:
        if rating is not None:
            made.add_row(name, rating)
    if made.row_count:
        made.columns[1].no_wrap = True
        console().print(made)


def _line_cells(line: Line) -> tuple[str, ...]:
    steps = {step["kind"]: step for step in line["steps"]}
    ballot = steps.get("ballot", {}).get("ballots")
    levels = (_level(steps.get(kind, {}).get("level")) for kind in ("proposal", "appraisal"))
    rating = line["rating"] or {}
    return (
        _term("eligibility_outcome", line["outcome"]),
        _level(steps.get("self_assessment", {}).get("level")),
        " - ".join(str(count) for count in ballot["votes"].values()) if ballot else "",
        *levels,
        _level(rating.get("level")),
        day_words(rating.get("decided_on")),
    )


def _print_derived(derived: Line | None) -> None:
    for obstacle in derived["obstacles"] if derived else ():
        names = ", ".join(name_of(each["of"]) for each in obstacle["below"])
        say(
            f"Chưa đạt điều kiện {_level(obstacle['level'])}: {obstacle['rule']['text']} "
            f"({obstacle['rule']['clause']}); đạt {obstacle['reached']}, cần {obstacle['needed']}. Vướng: {names}.",
            f"{obstacle['reached']} reach {obstacle['asked']}, {obstacle['needed']} would have to.",
        )


def _print_caps(caps: list[Line]) -> None:
    if not caps:
        return
    words = ("Quyết định", "Đối tượng", "Nhóm")
    numbers = ("Tỷ lệ %", "HTXSNV", "Trên", "Được phép", "Trên (cách khác)", "Được phép (cách khác)")
    made = table("Trần hoàn thành xuất sắc", *words, *numbers, "", left=len(words))
    for line in caps:
        one, other = line["reading"], line["other"]
        warning = "VƯỢT / exceeded" if line["exceeded"] else "hai cách tính khác nhau" if line["disagree"] else ""
        document = f" ({line['document']})" if line["document"] else ""
        made.add_row(
            name_of(line["committee"]),
            _term("subject", line["subject"]),
            GROUPS.get(line["group"]) or _term("cell_kind", line["group"]),
            f"{line['percent']}{document}",
            *(number(each) for each in (one["excellent"], one["counted"], one["allowed"])),
            *(number(each) for each in (other["counted"], other["allowed"])),
            warning,
        )
    console().print(made)


def print_statistics(found: Line) -> None:
    """Members by unit directly below; then members, cells and committees in all, and by kind of cell."""
    print_heading(f"Số liệu xếp loại năm {found['year']}: {found['name']}", found)
    made = table("Đảng viên theo đơn vị", "Đơn vị", *COUNTS.values())
    for row in sorted(found["rows"], key=in_order):
        own = row["unit"] == found["unit"]
        counts = row["figures"]["members"]
        if own and not counts["present"]:
            continue
        name = "(trực thuộc / directly)" if own else row["name"] or row["unit"]
        made.add_row(name, *(_numbers(counts) if row["visible"] else ("–",) * len(COUNTS)))
    made.add_section()
    made.add_row("Tổng cộng / Total", *_numbers(found["figures"]["members"]))
    console().print(made)
    _print_subjects(found)
    _print_kinds(found)
    without = found["figures"]["without_round"]
    if any(without.values()):
        say(
            f"Chưa mở đợt: {without['cells']} chi bộ ({without['members']} đảng viên), {without['committees']} tổ chức "
            "cơ sở đảng; tính là chưa xếp loại.",
            "Units that opened no round; they and the members of these cells count as not yet rated.",
        )
    _print_grounds(found["grounds"])
    _print_caps(found["caps"])
    print_left_out(found)


def _numbers(counts: dict[str, int]) -> tuple[str, ...]:
    return tuple(number(counts[name]) for name in COUNTS)


def _print_subjects(found: Line) -> None:
    made = table("Tổng hợp", "", *COUNTS.values(), "% HTXSNV")
    for name, title in SUBJECTS.items():
        counts = found["figures"][name]
        made.add_row(title, *_numbers(counts), share(counts["excellent"], counts["rated"]))
    console().print(made)


def _print_kinds(found: Line) -> None:
    made = table("Đảng viên theo loại chi bộ", "", *COUNTS.values())
    for part in found["kinds"]:
        if part["cell_kind"] is not None:
            made.add_row(_term("cell_kind", part["cell_kind"]), *_numbers(part["figures"]["members"]))
    console().print(made)


def _print_grounds(grounds: list[Line]) -> None:
    for line in grounds:
        ground = line["ground"]
        text = (ground["text"] or ground["name"]) if ground else "không nêu lý do"
        whose = _term("subject", line["subject"])
        say(
            f"Không hoàn thành nhiệm vụ, {whose}: {number(line['count'])}, {text}.",
            f"not completed: {line['count']}, {ground['name'] if ground else 'no ground named'}",
        )


def print_ratings(lines: list[Line]) -> None:
    """A row for each member or unit."""
    if not lines:
        say("Không có.", "None.")
        return
    words = ("STT", "Đảng viên", "Đơn vị", "Diện", "Mức", "Ngày quyết định", "Vị trí")
    made = table("", *words, left=len(words))
    for index, line in enumerate(lines, 1):
        revised = " (xét lại / revised)" if line["revised"] else ""
        made.add_row(
            str(index),
            name_of(line["member"]),
            name_of(line["unit"]),
            _term("eligibility_outcome", line["outcome"]),
            _level(line["level"]),
            day_words(line["decided_on"]) + revised,
            number(line["position"]) if line["position"] else "",
        )
    console().print(made)
    _print_ids((name_of(line["member"] or line["unit"]), line["rating"]) for line in lines)


def print_streaks(found: Line) -> None:
    """Each rule, and whom it concerns."""
    print_heading(f"Nhiều năm liền, đến hết năm {found['year'] or '–'}", found)
    for line in found["streaks"]:
        say(
            f"{line['years']} năm liền {_level(line['level'])}, {_term('subject', line['subject'])}: "
            f"{number(len(line['of']))}. {line['rule']['text']} ({line['rule']['clause']})",
            f"{line['years']} years in a row: {line['level']}; people decide what follows.",
        )
        for one in line["of"]:
            console().print(f"  {name_of(one['member'] or one['unit'])} · {name_of(one['unit'])}")


def print_layout(found: Line) -> None:
    """The table as the form has it: columns that are empty for want of data say so under it."""
    print_heading(f"{found['title']} – {found['name']}, năm {found['year']}", found)
    say(f"{found['form']} ({_certainty(found['certainty'])})", found["source"])
    for line in found["head"]:
        console().print(f"{line['heading']}: {_cell(line['value'])}")
    shown = [index for index, column in enumerate(found["columns"]) if column["empty"] is None]
    headers = (" / ".join((*column["under"], column["heading"])) for column in found["columns"])
    worded = [
        place for place, index in enumerate(shown) if any(_is_words(row["cells"][index]) for row in found["rows"])
    ]
    left = max(worded, default=0) + 1
    made = table("", *(header for index, header in enumerate(headers) if index in shown), left=left)
    for row in found["rows"]:
        cells = [_cell(row["cells"][index]) for index in shown]
        made.add_row("  " * row["depth"] + cells[0], *cells[1:])
    console().print(made)
    for column in found["columns"]:
        if column["empty"] is not None:
            console().print(f"Cột trống / empty: {column['heading']}: {column['empty']}", soft_wrap=True, style="dim")
    for row in found["rows"]:
        if row["empty"] is not None:
            console().print(f"Dòng trống / empty: {row['cells'][0]}: {row['empty']}", soft_wrap=True, style="dim")
    for note in found["notes"]:
        console().print(note, soft_wrap=True, style="dim")


def _is_words(value: int | str | None) -> bool:
    return isinstance(value, str) and not value[0].isdecimal()


def _cell(value: int | str | None) -> str:
    return number(value) if isinstance(value, int) else value or ""


def _certainty(value: str) -> str:
    return resource("vi", "rulebooks").format(f"certainty-{value}", {})


def _level(level: str | None) -> str:
    return _term("level", level)


def _term(group: str, value: str | None) -> str:
    return texts.term(group, value, "vi") if value else ""
