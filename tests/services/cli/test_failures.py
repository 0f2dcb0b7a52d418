"""What keeps a command from its work is said in both languages, without a traceback, with exit code 2."""

from pathlib import Path

import pytest

from tests.services.cli.command import free_port, soho

SOMEBODY = "019b8bab-0000-7000-8000-00000000ffff"


@pytest.mark.parametrize(
    "command",
    [
        ("state",),
        ("doctor",),
        ("rebuild", "--all"),
        ("coverage", SOMEBODY),
        ("history", "unit", SOMEBODY),
        ("responsible", SOMEBODY),
        ("member", SOMEBODY),
        ("changes", "unit", SOMEBODY, "--from", "2026-01-01", "--to", "2026-02-01"),
        ("attention", SOMEBODY, "uncovered"),
        ("token", "--role", "auditor"),
    ],
)
def test_nothing_runs(tmp_path: Path, command: tuple[str, ...]) -> None:
    told = soho(tmp_path, *command)
    assert told.returncode == 2
    assert [line[:6] for line in told.stderr.splitlines()] == ["Sổ Hộ ", "Sổ Hộ "]
    assert "soho up" in told.stderr


def test_an_api_that_does_not_answer(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    told = soho(tmp_path, "coverage", SOMEBODY, SOHO_API_URL=address, SOHO_TOKEN="x")
    assert told.returncode == 2
    assert told.stderr.count(address) == 2
    assert "Traceback" not in told.stderr


def test_a_missing_setting_is_named(tmp_path: Path) -> None:
    for command, name in (("follower", "SOHO_NATS_URL"), ("setup", "SOHO_OWNER_DATABASE_URL")):
        told = soho(tmp_path, command)
        assert told.returncode == 2
        assert len(told.stderr.splitlines()) == 2
        assert name in told.stderr


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    nowhere = {
        "SOHO_DATABASE_URL": f"postgresql://soho_console:x@127.0.0.1:{free_port()}/soho",
        "SOHO_NATS_URL": f"nats://follower:x@127.0.0.1:{free_port()}",
    }
    told = soho(tmp_path, "state", **nowhere)
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 2
    assert "Traceback" not in told.stderr
