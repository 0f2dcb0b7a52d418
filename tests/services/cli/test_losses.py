"""What was lost from an installation is not made anew in silence: it says what to restore, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.cli.command import Up, free_port
from tests.services.cli.test_up import covered, load
from tests.services.embedded.processes import empty_folder

LOST = {
    "master key": ("master.key", "khóa chính", "the master key is missing"),
    "log": ("nats/jetstream", "khôi phục nhật ký", "Restore the log from its backup"),
    "database": ("postgres", "khôi phục cơ sở dữ liệu", "Restore the database from its backup"),
}
"""What is lost: its place in the home, and words of the refusal in both languages."""


@pytest.fixture(scope="module")
def stopped(commands: list[dict[str, str]]) -> Iterator[Up]:
    """An installation with a commune in it, at rest."""
    with empty_folder() as home, Up(home, free_port()) as up:
        up.start()
        load(up, commands[0]["unit"])
        assert covered(up, commands[1]["unit"]) == 2
        assert up.interrupt()[0] == 0
        yield up


@pytest.mark.parametrize(("place", "vietnamese", "english"), LOST.values(), ids=LOST.keys())
def test_what_was_lost_is_restored_and_not_made_anew(
    stopped: Up, commands: list[dict[str, str]], tmp_path: Path, place: str, vietnamese: str, english: str
) -> None:
    home, kept = stopped.home, stopped.home.parent / f"{stopped.home.name}-kept"
    (home / place).rename(kept)
    try:
        said = refusal(stopped)
        assert vietnamese in said
        assert english in said
        assert "Traceback" not in said
        assert place != "master.key" or not (home / place).exists()
    finally:
        if (home / place).exists():
            (home / place).rename(tmp_path / "made")
        kept.rename(home / place)
    stopped.start()
    assert covered(stopped, commands[1]["unit"]) == 2
    assert stopped.interrupt()[0] == 0


def refusal(up: Up) -> str:
    """What it says when it does not start."""
    try:
        said = up.start()
    except AssertionError as ended:
        return str(ended)
    up.interrupt()
    pytest.fail(f"it started: {said}")
