"""Loading files: a result for every row, and nothing twice."""

from pathlib import Path

import msgspec
import pytest

from services.demo.identifiers import named
from tests.services.cli.command import Up, soho
from tests.services.cli.conftest import COMMUNE


def household(number: int, unit: str) -> dict[str, str]:
    return {
        "type": "household.register",
        "id": f"019b8bab-0000-7000-8000-{number:012}",
        "effective": "2026-02-01",
        "household": str(named(f"test/load/{number}")),
        "unit": unit,
        "head": f"Chủ hộ {number} (tên giả)",
    }


def lines(*rows: dict[str, str]) -> bytes:
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def results(text: str) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in text.splitlines()]


def test_a_file_loaded_again_is_known_row_by_row(up: Up) -> None:
    loaded = soho(up.home, "load", str(COMMUNE), "--json")
    assert loaded.returncode == 0
    assert {result["outcome"] for result in results(loaded.stdout)} == {"duplicate"}


def test_bad_rows_are_named_and_the_others_recorded(up: Up, commands: list[dict[str, str]], tmp_path: Path) -> None:
    cell = commands[2]["unit"]
    file = tmp_path / "rows.ndjson"
    good = lines(household(1, cell), household(2, cell))
    foreign = lines(household(3, "019b8bab-0000-7000-8000-00000000ffff"), {"type": "no.such"})
    deep = b"[" * 5000 + b"]" * 5000 + b"\n"
    file.write_bytes(good + b'\n{"type": "household.reg\n' + foreign + lines(household(4, cell)) + deep)

    told = soho(up.home, "load", str(file))
    assert told.returncode == 1
    assert "Recorded 3, duplicates 0, refused 4." in told.stdout
    for row, code in ((4, "invalid_json"), (5, "unit_unknown"), (6, "unknown_type"), (8, "invalid_json")):
        assert f"row {row}: {code}: " in told.stdout

    again = soho(up.home, "load", str(file), "--json")
    assert [(result["row"], result["outcome"]) for result in results(again.stdout)] == [
        (1, "duplicate"),
        (2, "duplicate"),
        (4, "refused"),
        (5, "refused"),
        (6, "refused"),
        (7, "duplicate"),
        (8, "refused"),
    ]


def test_a_json_array_is_loaded_by_its_items(up: Up, commands: list[dict[str, str]], tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    file.write_bytes(msgspec.json.encode([household(5, commands[2]["unit"]), household(6, commands[2]["unit"])]))
    assert "Recorded 2, duplicates 0, refused 0." in soho(up.home, "load", str(file)).stdout


@pytest.mark.parametrize("end", [b"", b", " + b"[" * 5000 + b"]" * 5001], ids=["cut short", "nested too deeply"])
def test_an_array_that_cannot_be_read_is_not_sent_at_all(
    up: Up, commands: list[dict[str, str]], tmp_path: Path, end: bytes
) -> None:
    file = tmp_path / "rows.json"
    file.write_bytes(msgspec.json.encode([household(7, commands[2]["unit"])])[:-1] + end)
    told = soho(up.home, "load", str(file))
    assert told.returncode == 2
    assert "Nothing of this file was sent" in told.stderr
    assert "Traceback" not in told.stderr


def test_more_rows_than_one_request_holds(up: Up, commands: list[dict[str, str]], tmp_path: Path) -> None:
    file = tmp_path / "many.ndjson"
    file.write_bytes(lines(*(household(number, commands[2]["unit"]) for number in range(1000, 2201))))
    assert "Recorded 1.201, duplicates 0, refused 0." in soho(up.home, "load", str(file)).stdout
