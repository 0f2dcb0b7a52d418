"""The README's commands are run as they stand."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.cli.command import Up, environment, running_up

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh( tour)?\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
TOUR = [block for tour, block in BLOCKS if tour]
CHORES = sorted({chore for _, block in BLOCKS for chore in re.findall(r"^make (\w+)", block, re.MULTILINE)})
LINKS = re.findall(r"\]\(([^)#]+)\)", README)


@pytest.fixture(scope="module")
def tourist() -> Iterator[Up]:
    """The first terminal."""
    with running_up() as up:
        yield up


@pytest.mark.skipif(shutil.which("curl") is None, reason="the tour shows a request made with curl")
def test_the_tour_is_run_as_it_stands(tourist: Up, tmp_path: Path) -> None:
    script = tmp_path / "soho"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m services.cli "$@"\n')
    script.chmod(0o755)
    told = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "".join(TOUR).replace(":8470/", f":{tourist.port}/")],
        cwd=ROOT,
        env=environment(tourist.home, PATH=f"{tmp_path}:{environment(tourist.home)['PATH']}"),
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    for shown in ("Recorded 18,", "duplicates 18,", "Chủ hộ Ba (tên giả)", "Không có cảnh báo", "Rebuilt: visits"):
        assert shown in told.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_every_chore_named_exists() -> None:
    assert {"demo", "test", "bench"} <= set(CHORES)
    for chore in CHORES:
        planned = subprocess.run(["make", "-n", chore], cwd=ROOT, capture_output=True, text=True)
        assert planned.returncode == 0, planned.stderr


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
