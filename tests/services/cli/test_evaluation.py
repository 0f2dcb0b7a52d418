"""A cell's classification, as the commands answer it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from services.cli.evaluation import print_ratings, print_round, print_streaks
from services.demo.identifiers import named
from tests.services.cli.command import Up, soho

CELL, PERSON, OTHER = (str(named(f"test/evaluation/{what}")) for what in ("cell", "person", "other"))
YEAR = "2026"
RATING = str(named("test/evaluation/rating"))


def answered(up: Up, *command: str) -> dict[str, Any]:
    told = soho(up.home, "evaluation", *command, "--json")
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = msgspec.json.decode(told.stdout)
    return found


def shown(up: Up, *command: str) -> str:
    told = soho(up.home, "evaluation", *command)
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def cell(up: Up, commands: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cell of its own in the tour's commune, with two members: one rated himself excellent, the other is absent."""
    numbers = iter(range(1, 100))

    def command(what: str, day: str, **fields: object) -> dict[str, object]:
        return {"type": what, "id": f"019b8bab-0000-7000-8004-{next(numbers):012}", "effective": day, **fields}

    def step(what: str, day: str, **fields: object) -> dict[str, object]:
        return command(f"evaluation.{what}", day, unit=CELL, year=2026, **fields)

    scores = [{"group": "common", "tenths": 300}, {"group": "task", "tenths": 625}]
    people = {PERSON: "Đảng viên Xếp (tên giả)", OTHER: "Đảng viên Vắng (tên giả)"}
    founding = {"unit": CELL, "kind": "cell", "cell_kind": "school", "name": "Chi bộ Trường (ví dụ)"}
    rows = [
        command("organisation.found_unit", "2026-02-01", **founding, parent=commands[1]["unit"]),
        *(
            command("organisation.register_person", "2026-02-01", person=person, unit=CELL, name=name)
            for person, name in people.items()
        ),
        *(command("member.admit", "2026-02-01", person=person, unit=CELL) for person in people),
        step("open_round", "2026-10-01", rulebook="366-hd43.v1"),
        step("attest_case", "2026-10-02", member=OTHER, case="absent", basis={"number": "07-GM/CB"}),
        step("self_assess", "2026-10-03", member=PERSON, level="excellent", scores=scores),
    ]
    file: Path = tmp_path_factory.mktemp("evaluation") / "rows.ndjson"
    file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    loaded = soho(up.home, "load", str(file))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    return CELL


def test_a_round(up: Up, cell: str) -> None:
    found = answered(up, "round", cell, YEAR)
    assert {line["member"]["id"] for line in found["members"]} == {PERSON, OTHER}
    told = shown(up, "round", cell, YEAR)
    for words in ("Chi bộ Trường (ví dụ)", "Đảng viên Xếp", "Kiểm điểm và xếp loại", "366-hd43.v1", "01/10/2026"):
        assert words in told
    assert "Hoàn thành xuất sắc" in told
    assert "No round" in shown(up, "round", cell, "2025")


def test_statistics(up: Up, cell: str, commands: list[dict[str, str]]) -> None:
    members = answered(up, "statistics", cell, YEAR)["figures"]["members"]
    assert (members["present"], members["not_yet"], members["rated"]) == (2, 2, 0)
    told = shown(up, "statistics", commands[1]["unit"], YEAR)
    for words in ("Chi bộ Trường (ví dụ)", "Trường học", "Tổng cộng", "Chưa mở đợt"):
        assert words in told


def test_lists_and_streaks(up: Up, cell: str) -> None:
    assert "Đảng viên Vắng" in shown(up, "ratings", cell, YEAR, "--column", "not_yet")
    assert "None" in shown(up, "ratings", cell, YEAR)
    assert "5 năm liền Hoàn thành xuất sắc nhiệm vụ" in shown(up, "streaks", cell, YEAR)


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        ("national_statistic", ("1. Số có mặt", "Công an", "Cột trống / empty: Phường")),
        ("narrative_report", ("chưa đánh giá", "Dòng trống / empty")),
        ("mau_14", ("Đảng viên Xếp", "62,5", "92,5")),
        ("mau_15", ("Chi bộ Trường", "Đạt chuẩn")),
        ("ballot_sheet", ("Số tham gia bỏ phiếu: 0",)),
    ],
)
def test_an_official_table(up: Up, cell: str, layout: str, words: tuple[str, ...]) -> None:
    told = shown(up, "layout", cell, YEAR, layout)
    for each in words:
        assert each in told


def test_an_unknown_table_is_refused_with_those_that_there_are(up: Up, cell: str) -> None:
    told = soho(up.home, "evaluation", "layout", cell, YEAR, "mau_99")
    assert told.returncode != 0
    assert "mau_14" in told.stderr


def test_a_rating_and_a_streak_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    member, unit = {"id": PERSON, "name": "Đảng viên Xếp"}, {"id": CELL, "name": "Chi bộ Trường"}
    line = {"member": member, "unit": unit, "outcome": "classify", "level": "good", "decided_on": "2026-01-15"}
    print_ratings([line | {"revised": True, "position": 1234, "rating": RATING}])
    rule = {"name": "screening", "text": "Hai năm liền", "clause": "Điều khoản chưa rõ", "certainty": "unverified"}
    streak = {"rule": rule, "subject": "member", "level": "not_completed", "years": 2}
    of = [{"member": member, "unit": unit}]
    print_streaks({"year": 2025, "as_of": "2026-01-31", "known_at": 9, "streaks": [streak | {"of": of}]})
    told = capsys.readouterr().out
    for words in ("15/01/2026 (xét lại / revised)", "1.234", "Đảng viên Xếp · Chi bộ Trường", "2 năm liền Không hoàn"):
        assert words in told
    assert RATING in told


def test_a_round_says_by_which_id_a_rating_is_verified(capsys: pytest.CaptureFixture[str]) -> None:
    unit = {"id": CELL, "name": "Chi bộ Trường"}
    opened = {"rulebook": "366-hd43.v1", "opened": "2026-10-01", "roster_day": "2026-10-01", "decided_by": unit}
    line = {"member": {"id": PERSON, "name": "Đảng viên Xếp"}, "outcome": "classify", "steps": []}
    rated = line | {"rating": {"rating": RATING, "level": "good", "decided_on": "2026-12-15"}}
    waiting = line | {"member": {"id": OTHER, "name": "Đảng viên Vắng"}, "rating": None}
    found = {"year": 2026, "name": "Chi bộ Trường", "as_of": "2026-12-31", "known_at": 9, "own": None, "caps": []}
    found |= {"round": opened | {"digest": "a" * 64, "closed": None}, "members": [rated, waiting], "derived": None}
    print_round(found)
    (named,) = [line for line in capsys.readouterr().out.splitlines() if RATING in line]
    assert "Đảng viên Xếp" in named
