"""`soho publication`: a month is released by the office of the province, listed and shown."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from events.facts.values import encode
from events.identifiers import uuid7
from tests.services.cli.command import running_up, soho

PROVINCE, COMMUNE, CELL = uuid7(), uuid7(), uuid7()
OFFICER = uuid7()


def line(type_name: str, **fields: Any) -> bytes:
    return encode({"type": type_name, "id": uuid7(), "effective": "2025-07-01"} | fields)


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A province with a commune, whose cell has seven households, two of them poor; and an officer of the province."""
    households = [uuid7() for _ in range(7)]
    lines = [
        line("organisation.found_unit", unit=PROVINCE, kind="province", name="Tỉnh thử"),
        line("organisation.found_unit", unit=COMMUNE, kind="commune", name="Xã thử", parent=PROVINCE),
        line("organisation.found_unit", unit=CELL, kind="cell", cell_kind="village", name="Bản thử", parent=COMMUNE),
        line("organisation.register_person", person=OFFICER, unit=PROVINCE, name="Cán bộ (tên giả)"),
        line("organisation.appoint_office", unit=PROVINCE, office="organisation_officer", person=OFFICER),
        *(line("household.register", household=each, unit=CELL, head="Chủ hộ (tên giả)") for each in households),
        *(
            line("household.review_economic_class", household=each, year=2025, economic_class="poor")
            for each in households[:2]
        ),
    ]
    path = tmp_path / "told.ndjson"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_a_month_is_released_listed_and_shown(told: Path) -> None:
    with running_up() as up:
        system = soho(up.home, "token", "--role", "system", "--unit", str(PROVINCE)).stdout.strip()
        loaded = soho(up.home, "load", str(told), SOHO_TOKEN=system)
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        who = ("--person", str(OFFICER), "--office", "organisation_officer")
        office = soho(up.home, "token", "--role", "provincial_office", *who).stdout.strip()
        released = soho(up.home, "publication", "release", "2026-01", "households", SOHO_TOKEN=office)
        assert released.returncode == 0, released.stdout + released.stderr
        again = soho(up.home, "publication", "release", "2026-01", "households", SOHO_TOKEN=office)
        assert again.returncode != 0
        assert "Đã công bố" in again.stdout + again.stderr

        (listed,) = msgspec.json.decode(soho(up.home, "publication", "list", "--json").stdout)
        assert (listed["month"], listed["table"]) == ("2026-01", "households")
        assert listed["digest"] in soho(up.home, "publication", "list").stdout

        shown = msgspec.json.decode(soho(up.home, "publication", "show", "2026-01", "households", "--json").stdout)
        # Two poor of seven: with the sum of the others nobody could miss them.
        assert {row["name"]: row["counts"][:2] for row in shown["rows"]} == {"Tỉnh thử": [7, None], "Xã thử": [7, None]}
        assert all(None in row["counts"][2:] for row in shown["rows"])
        printed = soho(up.home, "publication", "show", "2026-01", "households").stdout
        assert "Hộ theo mức sống, và hộ có đảng viên phụ trách: ngày 31/01/2026" in " ".join(printed.split())
        assert "Xã thử" in printed
        received = soho(up.home, "publication", "release", "2026-01", "grievances", SOHO_TOKEN=office)
        assert received.returncode == 0, received.stdout + received.stderr
        printed = soho(up.home, "publication", "show", "2026-01", "grievances").stdout
        assert "tiếp nhận trong tháng: tháng 01/2026" in " ".join(printed.split())
        wrong = soho(up.home, "publication", "release", "2026-02", "classification", SOHO_TOKEN=office)
        assert wrong.returncode != 0
        assert "cho tháng 3, về năm trước đó" in " ".join((wrong.stdout + wrong.stderr).split())
        missing = soho(up.home, "publication", "show", "2026-02", "households")
        assert missing.returncode != 0
        assert "Chưa có bảng households" in missing.stdout + missing.stderr
