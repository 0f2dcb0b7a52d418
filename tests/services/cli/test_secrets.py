"""No secret of an installation stands in a list of processes, in a log, or in what a command says."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from services.installation import LOGINS
from tests.services.cli.command import Up, free_port, soho
from tests.services.cli.conftest import COMMUNE
from tests.services.embedded.processes import empty_folder, processes_of

BETWEEN_LOOKS = 0.1


class Watch:
    """Every command line that any process of this machine had while it looked."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self._stop.wait(BETWEEN_LOOKS):
            for process in psutil.process_iter():
                try:
                    self.seen.add("\0".join(process.cmdline()))
                except (psutil.NoSuchProcess, psutil.AccessDenied):
                    continue

    @contextmanager
    def looking(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._stop.set()
            self._thread.join()


def secrets_of(home: Path) -> dict[str, str]:
    """Name → every password and key of the home; of a PEM file its longest line."""
    passwords: dict[str, str] = json.loads((home / "secrets.json").read_text())
    pem = max((home / "token.pem").read_text().splitlines(), key=len)
    return passwords | {"master.key": (home / "master.key").read_text().strip(), "token.pem": pem}


@pytest.mark.slow
def test_no_secret_stands_in_a_list_of_processes_nor_in_a_log(commands: list[dict[str, str]]) -> None:
    watch, said = Watch(), ""
    with empty_folder() as home, Up(home, free_port()) as up, watch.looking():
        said += up.start()
        issued = soho(home, "token", "--role", "system", "--unit", commands[0]["unit"]).stdout.strip()
        household, commune = commands[7]["household"], commands[1]["unit"]
        for arguments in (
            ("load", str(COMMUNE)),
            ("coverage", commune),
            ("history", "household", household),
            ("state", "--json"),
            ("doctor", "--registers"),
            ("rebuild", "visits"),
            ("coverage", "nothing"),
            ("load", "nowhere"),
        ):
            told = soho(home, *arguments, SOHO_TOKEN=issued)
            assert "Traceback" not in told.stderr
            said += told.stdout + told.stderr
        told = soho(home, "coverage", commune, SOHO_TOKEN=f"{issued}x")
        assert told.returncode == 2
        said += told.stdout + told.stderr
        secrets = secrets_of(home) | {"a caller's token": issued}
        assert {f"nats.{user}" for user in ("setup", "intake", "follower")} <= secrets.keys()
        assert {f"postgres.{login}" for login in (*LOGINS, "soho_admin")} <= secrets.keys()
        assert len(secrets) == 3 + len(LOGINS) + 1 + 3
        servers = [process for process in processes_of(home) if process.name() in ("nats-server", "postgres")]
        assert {process.name() for process in servers} == {"nats-server", "postgres"}
        for process in servers:
            inherited = "\0".join(process.environ().values())
            assert [name for name, secret in secrets.items() if secret in inherited] == []
        code, last_words = up.interrupt()
        assert code == 0
        said += last_words
        logs = [path for path in (home / "logs").rglob("*") if path.is_file()]
        everything = {str(path.relative_to(home)): path.read_text(errors="replace") for path in logs}
        for file in (home / "secrets.json", home / "master.key", home / "token.pem", home / "nats" / "nats.conf"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for program in ("nats-server", "initdb", "postgres", "follower", "projector", "api", "doctor"):
        assert any(program in line for line in watch.seen), f"{program} was looked at"
    assert "api.started" in everything["logs/api.log"], "the programs do log: the search works"
    everything |= {"what commands said": said} | {f"process {line}": line for line in watch.seen}
    found = [(place, name) for place, text in everything.items() for name, secret in secrets.items() if secret in text]
    assert found == []
