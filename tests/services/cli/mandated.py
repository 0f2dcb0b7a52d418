"""The tour's province with an officer who has let his inspector inspect all of it for a week; names are made up."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from events.calendar import today
from events.facts.values import encode
from events.identifiers import uuid7
from tests.services.cli.command import Up, soho

OFFICER, INSPECTOR, OTHER, MANDATE = uuid7(), uuid7(), uuid7(), uuid7()


def _line(type_name: str, **fields: Any) -> bytes:
    return encode({"type": type_name, "id": uuid7(), "effective": "2026-01-05"} | fields)


def _load(up: Up, folder: Path, lines: list[bytes], **token: str) -> None:
    path = folder / "lines.ndjson"
    path.write_bytes(b"\n".join(lines) + b"\n")
    told = soho(up.home, "load", str(path), **token)
    assert told.returncode == 0, told.stdout + told.stderr


def inspect(up: Up, unit: str, folder: Path) -> None:
    """Has the unit inspected: INSPECTOR under MANDATE, and OTHER, who has none."""
    people = {OFFICER: "organisation_officer", INSPECTOR: "inspection_officer", OTHER: "inspection_officer"}
    system = soho(up.home, "token", "--role", "system", "--unit", unit).stdout.strip()
    registered = [
        *(
            _line("organisation.register_person", person=each, unit=unit, name=f"Tên giả {each.hex[-3:]}")
            for each in people
        ),
        *(
            _line("organisation.appoint_office", unit=unit, office=office, person=each)
            for each, office in people.items()
        ),
    ]
    _load(up, folder, registered, SOHO_TOKEN=system)
    given = _line(
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
    _load(up, folder, [given], SOHO_TOKEN=office)
