"""The demo, from an empty folder to its figures, twice."""

import re
from pathlib import Path

import pytest

from services.demo.ban_hon import EXPECTED
from tests.services.cli.command import free_port, soho
from tests.services.embedded.processes import empty_folder

RECORDED_AT = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d ")


def shown(home: Path) -> list[str]:
    """The lines of the coverage table, the history and the verdict."""
    told = soho(home, "demo", "--once", SOHO_PORT=str(free_port()))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "As published: 13 cells, 166 members, 7 admitted, 18.9 % poor households (21.7 %" in told.stdout
    return told.stdout[told.stdout.index("Biểu tổng hợp") :].splitlines()


@pytest.mark.slow
def test_a_year_comes_out_as_published_and_the_same_again() -> None:
    with empty_folder() as home:
        first = shown(home)
        again = shown(home)
    assert again == first
    total = next(line for line in first if line.startswith(" Tổng cộng")).split()
    assert [str(n) for n in (EXPECTED.members, EXPECTED.exempt, EXPECTED.temporarily_exempt)] == total[4:7]
    assert any("A complaint, overdue at two levels" in line for line in first)
    assert "Đã đánh giá, xếp loại 147 13 1 156 13 1" in {" ".join(line.split()) for line in first}
    assert sum(line.startswith("Warning of 2018, cells: 5 excellent, over the cap") for line in first) == 1
    assert sum(line.startswith("Warning of 2025, members (School): 9 excellent") for line in first) == 1
    assert sum(bool(RECORDED_AT.search(line)) for line in first) > 15
