"""The data folder: where it is, whom it admits, what it keeps."""

import os
import stat
from pathlib import Path

import pytest

from services.embedded import Home, HomeInUse, HomeUnusable, NotRunning, default_home
from services.embedded.files import write_private

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as somebody else")


def test_the_environment_names_the_home(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("SOHO_HOME", str(folder))
    assert default_home() == folder
    monkeypatch.delenv("SOHO_HOME")
    assert default_home() != folder


def test_a_second_holder_is_refused_in_both_languages_and_told_what_to_do(folder: Path) -> None:
    with Home(folder).locked(), pytest.raises(HomeInUse) as refusal, Home(folder).locked():
        pass
    assert f"kill {os.getpid()}" in refusal.value.vietnamese
    assert f"kill {os.getpid()}" in refusal.value.english
    with Home(folder).locked():
        pass


def test_a_folder_that_holds_something_else_is_not_taken(folder: Path) -> None:
    (folder / "thesis.txt").write_text("years of work")
    mode = folder.stat().st_mode
    with pytest.raises(HomeUnusable), Home(folder).locked():
        pass
    assert os.listdir(folder) == ["thesis.txt"]
    assert folder.stat().st_mode == mode


def test_passwords_are_made_once_and_readable_by_nobody_else(folder: Path) -> None:
    home = Home(folder)
    with home.locked():
        password = home.secret("nats.intake")
        assert home.secret("nats.intake") == password
        assert home.secret("nats.follower") != password
    assert Home(folder).secret("nats.intake") == password
    assert stat.S_IMODE((folder / "secrets.json").stat().st_mode) == 0o600
    assert not stat.S_IMODE(folder.stat().st_mode) & 0o007


def test_a_password_is_not_invented_by_who_only_looks(folder: Path) -> None:
    with pytest.raises(NotRunning):
        Home(folder).secret("nats.intake")


def test_a_damaged_password_file_is_named_and_kept(folder: Path) -> None:
    home = Home(folder)
    with home.locked():
        write_private(folder / "secrets.json", b"{")
        with pytest.raises(HomeUnusable, match=r"secrets\.json"):
            home.secret("nats.intake")
    assert (folder / "secrets.json").read_bytes() == b"{"


def test_nothing_runs_on_an_empty_home(folder: Path) -> None:
    with pytest.raises(NotRunning):
        Home(folder).runtime()


@as_root
def test_a_home_that_the_servers_cannot_reach_is_refused_and_nothing_is_opened(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(HomeUnusable, match=str(closed)), Home(closed / "home").locked():
        pass
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_root_does_not_take_over_the_home_of_an_ordinary_user(folder: Path) -> None:
    with Home(folder).locked():
        pass
    os.chown(folder, 1000, 1000)
    with pytest.raises(HomeUnusable), Home(folder).locked():
        pass
