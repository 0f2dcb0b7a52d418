"""A cell's meetings and reports, as the commands answer them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from services.demo.identifiers import named
from tests.services.cli.command import Up, soho

CELL, PERSON, HOME = (str(named(f"test/meetings/{what}")) for what in ("cell", "person", "home"))
MEETING, REPORT = "019b8bab-0000-7000-8002-000000000007", "019b8bab-0000-7000-8002-000000000008"
NOON = "T12:00:00+07:00"


def answered(up: Up, *command: str) -> dict[str, object]:
    told = soho(up.home, *command, "--json")
    assert told.returncode == 0, told.stderr
    found: dict[str, object] = msgspec.json.decode(told.stdout)
    return found


@pytest.fixture(scope="module")
def cell(up: Up, commands: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A cell of its own in the tour's commune, which meets on the 3rd: its one member reported late for February, and
    the meeting of March concluded it."""
    numbers = iter(range(1, 100))

    def command(what: str, **fields: object) -> dict[str, object]:
        when = {} if "instant" in fields else {"effective": "2026-02-01"}
        return {"type": what, "id": f"019b8bab-0000-7000-8002-{next(numbers):012}", **when, **fields}

    rows = [
        command(
            "organisation.found_unit",
            unit=CELL,
            kind="cell",
            cell_kind="village",
            name="Chi bộ bản Họp (ví dụ)",
            parent=commands[1]["unit"],
        ),
        command("organisation.register_person", person=PERSON, unit=CELL, name="Đảng viên Họp (tên giả)"),
        command("member.admit", person=PERSON, unit=CELL),
        command("household.register", household=HOME, unit=CELL, head="Chủ hộ Họp (tên giả)"),
        command("assignment.assign_household", assignment=str(named("test/meetings/a")), household=HOME, member=PERSON),
        command("meeting.set_calendar", unit=CELL, year=2026, day=3),
        command("meeting.call", unit=CELL, effective="2026-03-01", day="2026-03-03"),
        command(
            "meeting.submit_report",
            instant=f"2026-02-20{NOON}",
            unit=CELL,
            member=PERSON,
            month="2026-02-01",
            lines=[{"target": HOME, "topics": ["land"]}],
        ),
        command(
            "meeting.hold",
            instant=f"2026-03-03{NOON}",
            unit=CELL,
            meeting=MEETING,
            attendance=[{"member": PERSON, "attendance": "present"}],
        ),
        command(
            "meeting.conclude_report",
            instant=f"2026-03-03{NOON}",
            unit=CELL,
            meeting=MEETING,
            report=REPORT,
            conclusion="noted",
        ),
    ]
    file: Path = tmp_path_factory.mktemp("meetings") / "rows.ndjson"
    file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    loaded = soho(up.home, "load", str(file))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    return CELL


def test_an_agenda(up: Up, cell: str) -> None:
    found = answered(up, "agenda", cell, "--day", "2026-03-02")
    assert found["reports"] == [
        {
            "member": {"id": PERSON, "name": "Đảng viên Họp (tên giả)"},
            "month": "2026-03-01",
            "delivered_on": None,
            "concluded": False,
        }
    ]
    shown = soho(up.home, "agenda", cell, "--day", "2026-03-02").stdout
    for words in ("Chi bộ bản Họp (ví dụ)", "Đảng viên Họp", "chưa nộp", "02/2026", "20/02/2026 (muộn / late)", REPORT):
        assert words in shown
    called = soho(up.home, "agenda", cell, "--day", "2026-03-03").stdout
    assert "Đã báo họp ngày 01/03/2026, trước 2 ngày." in called
    assert REPORT not in called


def test_a_year_of_meetings(up: Up, cell: str) -> None:
    found = answered(up, "meetings", cell, "--year", "2026", "--as-of", "2026-03-31")
    months = found["months"]
    assert isinstance(months, list)
    assert [len(month["meetings"]) for month in months] == [0, 0, 1, *[0] * 9]
    shown = soho(up.home, "meetings", cell, "--year", "2026", "--as-of", "2026-03-31").stdout
    for words in ("03/02/2026", "01/03/2026 (trước 2 ngày)", "100,00", "HD 42-HD/BTCTW", "Đảng viên Họp (tên giả)"):
        assert words in shown


def test_reports_by_member_by_unit_and_by_list(up: Up, cell: str, commands: list[dict[str, str]]) -> None:
    asked = ("--month", "2026-01", "--until", "2026-03", "--as-of", "2026-03-31")
    counts = {"due": 2, "delivered": 1, "missing": 1, "beside": 0, "late": 1, "concluded": 1}
    found = answered(up, "reports", cell, *asked)
    assert found["counts"] == counts
    assert found["members"] == [{"member": {"id": PERSON, "name": "Đảng viên Họp (tên giả)"}, "counts": counts}]
    rows = answered(up, "reports", commands[1]["unit"], *asked)["rows"]
    assert isinstance(rows, list)
    assert [row["counts"] for row in rows if row["unit"] == cell] == [counts]

    shown = soho(up.home, "reports", cell, *asked).stdout
    for words in ("01/2026 – 03/2026", "Đảng viên Họp (tên giả)", "100,00", "Tổng cộng", "thiếu"):
        assert words in shown
    missing = soho(up.home, "reports", cell, *asked, "--list", "missing").stdout
    assert ("01/2026" in missing, "02/2026" in missing, "03/2026" in missing) == (False, False, True)
    assert "None" in soho(up.home, "reports", cell, *asked, "--list", "waiting").stdout
