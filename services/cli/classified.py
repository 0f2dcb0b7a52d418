"""The demo's classifications as the API tells them: compared with what was reckoned by hand, and shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from events.facts.evaluations import LevelCounts, Subject
from services import texts
from services.cli.dossier import PARTS
from services.cli.http_client import HttpClient
from services.cli.printing import console, number, say, table
from services.cli.questions import name_of
from services.cli.verify import print_verification
from services.demo.ban_hon.evaluations.figures import IN_2018, IN_2025, OPENED, Capped, Classified, Counted

CLASSIFIED = (IN_2018, IN_2025)
COLUMNS = (("members", "Đảng viên"), ("cells", "Chi bộ"), ("committees", "Đảng bộ xã"))
ROWS = (
    ("present", "Có mặt"),
    ("exempt", "Được miễn, không thuộc diện"),
    ("review_only", "– trong đó chỉ kiểm điểm"),
    ("not_yet", "Chưa đánh giá, xếp loại"),
    ("rated", "Đã đánh giá, xếp loại"),
)
WHOM = {"member": ("đảng viên", "members"), "cell": ("chi bộ", "cells"), "committee": ("đảng bộ xã", "communes")}
BASES = {
    "good_only": ("hoàn thành tốt", "good"),
    "good_or_better": ("hoàn thành tốt trở lên", "good or better"),
}
SHOWN = 3
"""Positions shown beside a figure."""


class Told(msgspec.Struct, frozen=True):
    """What the API tells: of each year the statistics and the caps of what the commune's committee decides; and of the
    member whose rating was revised the dossier and the verification."""

    statistics: tuple[dict[str, Any], ...]
    caps: tuple[list[dict[str, Any]], ...]
    dossier: dict[str, Any]
    verification: dict[str, Any]


async def asked(api: HttpClient) -> Told:
    statistics, caps = [], []
    for year in CLASSIFIED:
        where, when = f"/v1/units/{year.commune}/classification", {"year": year.year, "as_of": year.day}
        statistics.append(await api.get(f"{where}/statistics", **when))
        caps.append((await api.get(where, **when))["caps"])
    dossier = await api.get(f"/v1/members/{OPENED.member}/dossier", year=OPENED.year)
    verification = await api.get(f"/v1/ratings/{OPENED.rating}/verification")
    return Told(tuple(statistics), tuple(caps), dossier, verification)


def otherwise(told: Told) -> list[tuple[str, Any, Any]]:
    """What is not as reckoned: its name, what was found, what was expected. Empty where all is."""
    found = [
        (f"classified in {expected.year}", _classified(expected, statistics, caps), expected)
        for expected, statistics, caps in zip(CLASSIFIED, told.statistics, told.caps, strict=True)
    ]
    pairs: list[tuple[str, Any, Any]] = [
        *found,
        ("dossier", {name: _figure(told.dossier, name)["value"] for name in OPENED.figures}, OPENED.figures),
        (
            "verification",
            [(decision["level"], decision["verdict"]) for decision in told.verification["decisions"]],
            [(level.value, "same") for level in OPENED.decided],
        ),
    ]
    return [(name, came, expected) for name, came, expected in pairs if came != expected]


def _classified(expected: Classified, statistics: dict[str, Any], caps: list[dict[str, Any]]) -> Classified:
    figures = statistics["figures"]
    read = (_capped(cap) for cap in caps)
    return Classified(
        commune=UUID(statistics["unit"]),
        year=statistics["year"],
        day=expected.day,
        members=_counted(figures["members"]),
        cells=_counted(figures["cells"]),
        committees=_counted(figures["committees"]),
        caps=tuple(sorted(read, key=lambda cap: (cap.subject.value, cap.group))),
    )


def _counted(counts: dict[str, int]) -> Counted:
    levels = LevelCounts(**{name: counts[name] for name in LevelCounts.__struct_fields__})
    return Counted(**{name: counts[name] for name, _ in ROWS}, levels=levels)


def _capped(cap: dict[str, Any]) -> Capped:
    sides = {side["base"]: (side["counted"], side["allowed"]) for side in (cap["reading"], cap["other"])}
    excellent = cap["reading"]["excellent"]
    bases = sides["good_only"], sides["good_or_better"]
    return Capped(Subject(cap["subject"]), cap["group"], cap["percent"], excellent, *bases)


def _figure(dossier: dict[str, Any], name: str) -> dict[str, Any]:
    part, figure = name.split(".")
    found: dict[str, Any] = dossier["dossier"][part][figure]
    return found


def print_classified(told: Told) -> None:
    """Both years beside each other, what a cap says, and what the member's rating rests on."""
    headers = [f"{words} {year.year}" for year in CLASSIFIED for _, words in COLUMNS]
    made = table("Kết quả đánh giá, xếp loại chất lượng (2018: số đã công bố; 2025: giả định)", "", *headers)
    levels = [(level, texts.term("level", level, "vi")) for level in LevelCounts.__struct_fields__]
    for name, words in (*ROWS, *levels):
        counts = (each["figures"][column][name] for each in told.statistics for column, _ in COLUMNS)
        made.add_row(words, *map(number, counts))
    console().print(made)
    for year, caps in zip(CLASSIFIED, told.caps, strict=True):
        for cap in caps:
            _print_cap(year.year, cap)
    _print_dossier(told.dossier)
    print_verification(told.verification)


def _print_cap(year: int, cap: dict[str, Any]) -> None:
    """Where it is broken, or hangs on how it is read."""
    if not cap["exceeded"] and not cap["disagree"]:
        return
    vi, en = WHOM[cap["subject"]]
    if cap["group"] != "all":
        vi = f"{vi} ({texts.term('cell_kind', cap['group'], 'vi')})"
        en = f"{en} ({texts.term('cell_kind', cap['group'], 'en')})"
    over_vi, over_en = ("vượt", "over") if cap["exceeded"] else ("có cách hiểu là vượt", "by one reading over")
    sides = [(side, *BASES[side["base"]]) for side in (cap["reading"], cap["other"])]
    limits_vi = "; ".join(f"tối đa {side['allowed']} trên {side['counted']} {words}" for side, words, _ in sides)
    limits_en = "; ".join(f"at most {side['allowed']} of {side['counted']} {words}" for side, _, words in sides)
    percent = f"{cap['percent']} %" + (f" ({cap['document']})" if cap["document"] else "")
    excellent = number(cap["reading"]["excellent"])
    say(
        f"Cảnh báo năm {year}, {vi}: {excellent} xuất sắc, {over_vi} tỷ lệ {percent}: {limits_vi}.",
        f"Warning of {year}, {en}: {excellent} excellent, {over_en} the cap of {percent}: {limits_en}.",
    )


def _print_dossier(found: dict[str, Any]) -> None:
    """Some of its figures, each with where in the log it opens to."""
    title = f"Từ hồ sơ minh chứng năm {OPENED.year}: {name_of(found['member'])}"
    made = table(title, "", "Số", "Sự việc", "Vị trí trong nhật ký")
    made.columns[3].max_width, made.columns[3].justify = None, "left"
    for name in OPENED.figures:
        part, figure = name.split(".")
        heading, words = PARTS[part]
        opened = _figure(found, name)
        positions = opened["positions"]
        shown = ", ".join(map(number, positions[:SHOWN])) + (" …" if len(positions) > SHOWN else "")
        label = f"{heading.split(' / ')[0]}: {words[figure].lower().removeprefix('trong đó ')}"
        made.add_row(label, number(opened["value"]), number(len(positions)), shown)
    console().print(made)
