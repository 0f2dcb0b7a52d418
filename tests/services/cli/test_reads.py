"""`soho reads` and `soho grievance file`: who looked is told to who may ask, and an inspector says why he looks."""

import msgspec

from tests.services.cli.command import Up, soho
from tests.services.cli.mandated import INSPECTOR


def test_who_looked_at_a_household_is_listed_for_an_auditor(up: Up, commands: list[dict[str, str]]) -> None:
    household, unit = commands[7]["household"], commands[0]["unit"]
    system = soho(up.home, "token", "--role", "system", "--unit", unit).stdout.strip()
    auditor = soho(up.home, "token", "--role", "auditor", "--unit", unit).stdout.strip()
    assert soho(up.home, "responsible", household, SOHO_TOKEN=system).returncode == 0

    listed = soho(up.home, "reads", "household", household, "--json", SOHO_TOKEN=auditor)
    last = next(line for line in msgspec.json.decode(listed.stdout)["reads"] if line["role"] == "system")
    assert (last["route"], last["client"], last["reason"]) == ("household_responsible", "soho command", None)

    shown = soho(up.home, "reads", "list", SOHO_TOKEN=auditor).stdout
    assert "household_responsible" in shown
    assert "Hệ thống kết nối" in shown
    refused = soho(up.home, "reads", "list", SOHO_TOKEN=system)
    assert refused.returncode != 0
    assert "role_not_allowed" in refused.stderr


def test_an_inspector_takes_out_a_case_file_with_a_reason(
    up: Up, commands: list[dict[str, str]], inspected: str
) -> None:
    case = next(each["id"] for each in commands if each["type"] == "grievance.raise")
    who = ("--unit", inspected, "--person", str(INSPECTOR), "--office", "inspection_officer")
    token = soho(up.home, "token", "--role", "inspection", *who).stdout.strip()

    refused = soho(up.home, "grievance", "file", case, SOHO_TOKEN=token)
    assert refused.returncode != 0
    assert "Cần nêu lý do xem" in refused.stdout + refused.stderr

    why = ("--reason", "inspection", "--document", "77-QĐ/UBKT")
    taken = soho(up.home, "grievance", "file", case, *why, SOHO_TOKEN=token)
    assert taken.returncode == 0, taken.stdout + taken.stderr
    auditor = soho(up.home, "token", "--role", "auditor", "--unit", inspected).stdout.strip()
    shown = soho(up.home, "reads", "grievance", case, SOHO_TOKEN=auditor).stdout
    assert "77-QĐ/UBKT" in shown
    assert "Kiểm tra, giám sát" in shown
