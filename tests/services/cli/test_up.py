"""The whole installation under one command: interrupted, killed, started again."""

import os
import signal

import msgspec
import psutil

from services.embedded import Home
from tests.services.cli.command import Up, free_port, soho
from tests.services.cli.conftest import COMMUNE
from tests.services.embedded.processes import becomes_true, empty_folder, processes_of


def covered(up: Up, commune: str) -> int:
    told = soho(up.home, "coverage", commune, "--json")
    assert told.returncode == 0, told.stderr
    count: int = msgspec.json.decode(told.stdout)["counts"]["covered"]
    return count


def load(up: Up, province: str) -> None:
    made = soho(up.home, "token", "--role", "system", "--unit", province)
    assert soho(up.home, "load", str(COMMUNE), SOHO_TOKEN=made.stdout.strip()).returncode == 0


async def test_what_was_recorded_outlives_kill_9_and_ctrl_c(commands: list[dict[str, str]]) -> None:
    commune = commands[1]["unit"]
    with empty_folder() as home, Up(home, free_port()) as up:
        assert str(up.port) in up.start()
        load(up, commands[0]["unit"])
        assert covered(up, commune) == 2

        up.kill()
        told = soho(home, "state")
        assert told.returncode == 2
        assert "soho up" in told.stderr
        assert "Traceback" not in told.stderr

        up.start()
        assert covered(up, commune) == 2
        code, said = up.interrupt()
        assert code == 0, said
        assert processes_of(home) == []


async def test_a_program_that_dies_is_started_again(up: Up, commands: list[dict[str, str]]) -> None:
    home = Home(up.home)
    for name in ("api", "follower", "projector"):
        pid = home.runtime().processes[name].pid
        os.kill(pid, signal.SIGKILL)
        await becomes_true(lambda: home.runtime().processes[name].pid != pid, f"{name} runs again")  # noqa: B023
    assert psutil.pid_exists(home.runtime().processes["api"].pid)
    loaded = soho(up.home, "load", str(COMMUNE))
    assert "duplicates 18" in loaded.stdout


def test_a_second_one_on_the_same_home_is_told_of_the_first(up: Up) -> None:
    told = soho(up.home, "up")
    assert told.returncode == 2
    assert "already running" in told.stderr
    assert "Traceback" not in told.stderr
