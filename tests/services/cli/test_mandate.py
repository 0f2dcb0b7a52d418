"""`soho mandate`: what a committee has inspected is listed and shown, and an inspector without one is told so."""

from datetime import timedelta

import msgspec

from events.calendar import today
from tests.services.cli.command import Up, soho
from tests.services.cli.mandated import INSPECTOR, MANDATE, OTHER


def test_a_mandate_is_listed_and_shown_and_who_has_none_is_told(up: Up, inspected: str) -> None:
    listed = msgspec.json.decode(soho(up.home, "mandate", "list", inspected, "--in-force", "--json").stdout)
    assert [each["mandate"] for each in listed["mandates"]] == [str(MANDATE)]
    assert str(MANDATE) in soho(up.home, "mandate", "list", inspected).stdout
    over = str(today() + timedelta(days=7))
    assert "Không có." in soho(up.home, "mandate", "list", inspected, "--in-force", "--as-of", over).stdout
    shown = soho(up.home, "mandate", "show", str(MANDATE)).stdout
    assert "77-QĐ/UBKT" in shown
    assert f"đến hết {today() + timedelta(days=6):%d/%m/%Y} (đang hiệu lực)" in shown
    assert f"Tên giả {INSPECTOR.hex[-3:]}" in shown

    def token(person: object) -> str:
        who = ("--unit", inspected, "--person", str(person), "--office", "inspection_officer")
        return soho(up.home, "token", "--role", "inspection", *who).stdout.strip()

    asked = ("grievance", "list", inspected, "open")
    assert soho(up.home, *asked, SOHO_TOKEN=token(INSPECTOR)).returncode == 0
    refused = soho(up.home, *asked, SOHO_TOKEN=token(OTHER))
    assert refused.returncode != 0
    assert "Chưa có quyết định kiểm tra" in refused.stdout + refused.stderr
