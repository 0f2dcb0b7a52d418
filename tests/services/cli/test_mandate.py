"""`soho mandate`: what a committee has inspected is listed and shown, and an inspector without one is told so."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from events.calendar import today
from events.facts.values import encode
from events.identifiers import uuid7
from tests.services.cli.command import Up, soho

OFFICER, INSPECTOR, OTHER, MANDATE = uuid7(), uuid7(), uuid7(), uuid7()


def line(type_name: str, **fields: Any) -> bytes:
    return encode({"type": type_name, "id": uuid7(), "effective": "2026-01-05"} | fields)


def loaded(up: Up, folder: Path, lines: list[bytes], **token: str) -> None:
    path = folder / "lines.ndjson"
    path.write_bytes(b"\n".join(lines) + b"\n")
    told = soho(up.home, "load", str(path), **token)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.fixture
def province(up: Up, commands: list[dict[str, str]], tmp_path: Path) -> str:
    """The tour's province, whose officer has let his inspector inspect all of it for a week."""
    unit = commands[0]["unit"]
    people = {OFFICER: "organisation_officer", INSPECTOR: "inspection_officer", OTHER: "inspection_officer"}
    system = soho(up.home, "token", "--role", "system", "--unit", unit).stdout.strip()
    registered = [
        *(
            line("organisation.register_person", person=each, unit=unit, name=f"Tên giả {each.hex[-3:]}")
            for each in people
        ),
        *(
            line("organisation.appoint_office", unit=unit, office=office, person=each)
            for each, office in people.items()
        ),
    ]
    loaded(up, tmp_path, registered, SOHO_TOKEN=system)
    given = line(
        "inspection.give_mandate",
        id=MANDATE,
        effective=today(),
        until=today() + timedelta(days=6),
        team=[INSPECTOR],
        units=[unit],
        basis={"number": "77-QĐ/UBKT", "issued_on": today()},
    )
    who = ("--unit", unit, "--person", str(OFFICER), "--office", "organisation_officer")
    office = soho(up.home, "token", "--role", "provincial_office", *who).stdout.strip()
    loaded(up, tmp_path, [given], SOHO_TOKEN=office)
    return unit


def test_a_mandate_is_listed_and_shown_and_who_has_none_is_told(up: Up, province: str) -> None:
    listed = msgspec.json.decode(soho(up.home, "mandate", "list", province, "--in-force", "--json").stdout)
    assert [each["mandate"] for each in listed["mandates"]] == [str(MANDATE)]
    assert str(MANDATE) in soho(up.home, "mandate", "list", province).stdout
    over = str(today() + timedelta(days=7))
    assert "Không có." in soho(up.home, "mandate", "list", province, "--in-force", "--as-of", over).stdout
    shown = soho(up.home, "mandate", "show", str(MANDATE)).stdout
    assert "77-QĐ/UBKT" in shown
    assert f"đến hết {today() + timedelta(days=6):%d/%m/%Y} (đang hiệu lực)" in shown
    assert f"Tên giả {INSPECTOR.hex[-3:]}" in shown

    def token(person: object) -> str:
        who = ("--unit", province, "--person", str(person), "--office", "inspection_officer")
        return soho(up.home, "token", "--role", "inspection", *who).stdout.strip()

    asked = ("grievance", "list", province, "open")
    assert soho(up.home, *asked, SOHO_TOKEN=token(INSPECTOR)).returncode == 0
    refused = soho(up.home, *asked, SOHO_TOKEN=token(OTHER))
    assert refused.returncode != 0
    assert "Chưa có quyết định kiểm tra" in refused.stdout + refused.stderr
