"""`soho dossier`: the evidence for a member's year, or for all members of a unit as lines of JSON."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import msgspec

from services import texts
from services.cli.failures import Stopped
from services.cli.history import print_history
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, number, print_json, progress, say, table
from services.cli.questions import ask, day_words, known_at_option, name_of

PARTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "assignments": (
        "Phân công / assignments",
        {
            "days": "Số ngày được phân công",
            "household_days": "Số ngày × hộ",
            "households": "Số hộ",
            "groups": "Số nhóm hộ",
        },
    ),
    "visits": (
        "Thăm hộ / visits",
        {
            "made": "Lần thăm",
            "nobody_home": "trong đó không gặp ai",
            "elsewhere": "trong đó hộ không phụ trách hôm đó",
            "attested": "hộ xác nhận",
            "disputed": "hộ không công nhận",
            "months": "Số tháng × hộ phải thăm",
            "visited": "trong đó đã thăm đủ",
        },
    ),
    "reports": (
        "Báo cáo tháng / monthly reports",
        {"due": "Phải nộp", "delivered": "Đã nộp", "late": "Nộp muộn", "concluded": "Đã kết luận"},
    ),
    "attendance": (
        "Sinh hoạt chi bộ / cell meetings",
        {"present": "Có mặt", "excused": "Vắng có lý do", "unexcused": "Vắng không lý do"},
    ),
    "grievances": (
        "Vấn đề của hộ đã chuyển / grievances carried",
        {
            "raised": "Đã phản ánh",
            "concluded": "Chi bộ đã kết luận",
            "escalated": "Đã chuyển cấp trên",
            "answered": "Đã trả lời",
            "delivered": "Đã báo cho hộ",
        },
    ),
    "outcomes": (
        "Kết quả của các hộ / outcomes of households",
        {
            "left_poverty": "Hộ thoát nghèo",
            "cultural": "Gia đình văn hóa",
            "reviewed": "Hộ được rà soát",
            "poor": "trong đó nghèo",
            "near_poor": "cận nghèo",
            "average": "mức sống trung bình",
            "better_off": "khá, giàu",
        },
    ),
    "recording": (
        "Ghi sổ / recording",
        {"late": "Ghi muộn", "corrected": "Đã đính chính", "retracted": "Đã hủy"},
    ),
}
"""Part of the dossier → its heading, and its figures by their names."""


def figure_words(name: str) -> str:
    """What people call a figure: visits.made → Thăm hộ: Lần thăm. Of a unit's evidence the levels by their terms."""
    part, _, figure = name.partition(".")
    if part in PARTS and figure in PARTS[part][1]:
        return f"{PARTS[part][0].split(' / ')[0]}: {PARTS[part][1][figure]}"
    return name


SHOWN = 6
"""Positions shown beside a figure; --json has them all."""


@click.command()
@click.argument("person", metavar="[PERSON]", nargs=-1, type=click.UUID)
@click.argument("year", type=click.IntRange(2000, 2100))
@click.option("--unit", type=click.UUID, help="Mọi đảng viên của đơn vị, cần --out. / All members of a unit.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Tệp, mỗi đảng viên một dòng. / NDJSON.")
@click.option("--facts", is_flag=True, help="Các sự việc làm căn cứ. / The facts that it is counted from.")
@click.option("--figure", help="Căn cứ của một con số, ví dụ visits.made. / The facts of one figure.")
@known_at_option
@as_json
def dossier(
    person: tuple[UUID, ...],
    year: int,
    unit: UUID | None,
    out: Path | None,
    facts: bool,
    figure: str | None,
    known_at: str | None,
    json_wanted: bool,
) -> None:
    """Hồ sơ minh chứng một năm của đảng viên: mỗi con số kèm vị trí các sự việc làm căn cứ.

    A member's year as evidence, each figure with the positions of its facts; with --facts or --figure these facts; with
    --unit and --out the dossiers of all members of a unit, a line of JSON for each.
    """
    opened = facts or figure is not None
    if unit is not None and out is not None and not person and not opened:
        _export(unit, year, out, known_at)
        return
    if len(person) != 1 or unit is not None or out is not None:
        raise click.UsageError(
            "Cần một đảng viên (soho dossier MÃ NĂM), hoặc một đơn vị và tệp (soho dossier --unit MÃ NĂM --out TỆP). / "
            "Name one person, or a unit with --unit and a file with --out."
        )
    if opened:
        _open(person[0], year, figure, known_at, json_wanted)
        return
    found = ask(lambda api: api.get(f"/v1/members/{person[0]}/dossier", year=year, known_at=known_at))
    if json_wanted:
        print_json(found)
    else:
        print_dossier(found)


def _open(person: UUID, year: int, figure: str | None, known_at: str | None, json_wanted: bool) -> None:
    async def told(api: HttpClient) -> list[dict[str, Any]]:
        asked = {"year": year} if figure is None else {"year": year, "figure": figure}
        pages = api.pages(f"/v1/members/{person}/dossier/facts", known_at, **asked)
        return [entry async for page in pages for entry in page["entries"]]

    entries = ask(told)
    if json_wanted:
        print_json(entries)
    else:
        print_history([entry | {"sentence": entry["term"]} for entry in entries])


def print_dossier(found: dict[str, Any]) -> None:
    """Part by part, and a line for each household, report and grievance."""
    told = found["dossier"]
    to = console()
    to.print(f"Hồ sơ minh chứng năm {told['year']}: {name_of(found['member'])}", style="bold")
    say(
        f"Tính đến hết ngày {day_words(told['until'])}, theo nhật ký đến vị trí {number(found['known_at'])}. "
        "Hồ sơ không chấm điểm, không xếp loại.",
        f"Up to {told['until']}, as known at position {found['known_at']}. It holds no score and no level.",
    )
    for part, (heading, figures) in PARTS.items():
        made = table(heading, "", "Số", "Vị trí trong nhật ký", left=1)
        made.columns[2].max_width, made.columns[2].justify = None, "left"
        for name, words in figures.items():
            figure = told[part][name]
            made.add_row(words, number(figure["value"]), _positions(figure["positions"]))
        to.print(made)
    _print_households(told, found["names"])
    _print_changes(told, found["names"])
    _print_ends(found)


def _positions(positions: list[int]) -> str:
    """The first of them, and how many more there are."""
    shown = ", ".join(map(number, positions[:SHOWN]))
    return f"{shown} … (+{number(len(positions) - SHOWN)})" if len(positions) > SHOWN else shown


def _print_households(told: dict[str, Any], names: dict[str, str]) -> None:
    lines = told["visits"]["households"]
    if lines:
        made = table("Từng hộ / each household", "Hộ", "Ngày phụ trách", "Tháng phải thăm", "Tháng đã thăm", "Lần thăm")
        for line in lines:
            what = names.get(line["household"], line["household"])
            made.add_row(what, *(number(line[name]) for name in ("days", "months", "visited", "visits")))
        console().print(made)
    cases = told["grievances"]["lines"]
    if cases:
        words = ("Hộ", "Hộ nói", "Ghi sổ", "Chi bộ kết luận", "Chuyển cấp trên", "Trả lời", "Báo cho hộ")
        made = table("Từng vấn đề / each grievance", *words, left=len(words))
        for line in cases:
            days = ("told", "recorded", "concluded", "escalated", "answered", "delivered")
            what = names.get(line["household"] or "", line["household"] or "")
            made.add_row(what, *(day_words(line[day]) for day in days))
        console().print(made)


def _print_changes(told: dict[str, Any], names: dict[str, str]) -> None:
    for change in told["changes"]:
        what = texts.term("fact", change["type"], "vi")
        status = texts.term("member_status", change["status"], "vi") if change["status"] else ""
        where = names.get(change["unit"] or "", "")
        details = ", ".join(part for part in (status, where) if part)
        said = f"{what} ({details})" if details else what
        console().print(f"• {day_words(change['day'])}: {said} [{number(change['position'])}]")


def _print_ends(found: dict[str, Any]) -> None:
    if found["erased"]:
        gone = number(found["erased"])
        say(f"{gone} vụ việc đã được xóa khỏi hồ sơ.", f"{gone} of its cases erased since.")
    rules, evidence = found["rules"], found["evidence"]
    say(
        f"Quy ước {rules['version']} ({rules['certainty']}): mỗi hộ {rules['visits_each_month']} lần thăm một tháng; "
        f"ghi sau {rules['late_after_days']} ngày là ghi muộn.",
        f"Facts {evidence['facts']}, result {evidence['result']} ({evidence['builder']}).",
    )


def _export(unit: UUID, year: int, out: Path, known_at: str | None) -> None:
    """Writes beside the file first: one that is there is whole."""
    part = out.with_name(f"{out.name}.part")

    async def written(api: HttpClient) -> tuple[int, int]:
        lines = hidden = 0
        with part.open("wb") as file, progress() as bar:
            task = bar.add_task(f"{year}", total=None)
            async for page in api.pages(f"/v1/units/{unit}/dossiers", known_at, year=year):
                for line in page["members"]:
                    file.write(msgspec.json.encode({"known_at": page["known_at"], **line}) + b"\n")
                lines, hidden = lines + len(page["members"]), hidden + page["hidden"]
                bar.update(task, completed=lines, total=page["total"])
        return lines, hidden

    try:
        lines, hidden = ask(written)
        os.replace(part, out)
    except OSError as trouble:
        raise Stopped(f"Không ghi được tệp {out}: {trouble}.", f"Cannot write {out}.") from trouble
    finally:
        part.unlink(missing_ok=True)
    say(f"Đã ghi hồ sơ của {number(lines)} đảng viên vào {out}.", f"Dossiers of {lines} members are in {out}.")
    if hidden:
        say(
            f"{number(hidden)} đảng viên nay không còn thuộc phạm vi của đồng chí.",
            f"{hidden} members are no longer in your scope.",
        )
