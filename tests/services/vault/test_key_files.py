"""The files of the two keys are whole or not there, and never made anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from services.accounts.tokens import create_key_file, issuer_from_file
from services.vault import master

KINDS: dict[str, tuple[Callable[[Path], None], Callable[[Path], object]]] = {
    "master key": (master.create_file, master.from_file),
    "token key": (create_key_file, issuer_from_file),
}
"""What makes the file, and what reads it."""


@pytest.mark.parametrize(("create", "read"), KINDS.values(), ids=KINDS.keys())
def test_a_key_file_is_whole_private_and_left_alone(
    tmp_path: Path, create: Callable[[Path], None], read: Callable[[Path], object]
) -> None:
    path = tmp_path / "key"
    create(path)
    read(path)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    create(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("create", "read"), KINDS.values(), ids=KINDS.keys())
def test_a_disk_that_fails_leaves_no_part_of_a_key(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    create: Callable[[Path], None],
    read: Callable[[Path], object],
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            create(tmp_path / "key")
    assert list(tmp_path.iterdir()) == []
    create(tmp_path / "key")
    read(tmp_path / "key")
