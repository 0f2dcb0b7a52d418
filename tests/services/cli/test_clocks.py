"""`soho clocks`, and programs that are told of a file of house limits that cannot be used."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from services.cli import main
from services.cli.failures import FAILED
from tests.house_limits import entry, file
from tests.services.cli.command import soho


@pytest.fixture
def limits(tmp_path: Path) -> Path:
    return tmp_path / "house-limits.json"


def test_a_good_file_is_shown(limits: Path) -> None:
    limits.write_bytes(file(entry()))
    told = CliRunner().invoke(main, ["clocks", "check", str(limits)])
    assert told.exit_code == 0, told.output
    assert "45 ngày" in told.output
    assert "01/06/2022" in told.output
    assert "12-QĐ/ĐU" in told.output


def test_a_bad_file_is_refused_in_both_languages_with_its_place(limits: Path) -> None:
    limits.write_bytes(file(entry(), entry(clock="first_answer")))
    told = CliRunner().invoke(main, ["clocks", "check", str(limits)])
    assert told.exit_code == FAILED
    assert "sai ở $.limits[1]: pháp luật đã định thời hạn" in told.output
    assert "is wrong at $.limits[1]: the law sets the limit" in told.output


@pytest.mark.parametrize("content", [None, b"{}"])
def test_a_projector_does_not_start_on_a_file_that_cannot_be_used(limits: Path, content: bytes | None) -> None:
    if content is not None:
        limits.write_bytes(content)
    nowhere = {"SOHO_NATS_URL": "nats://nobody@127.0.0.1:1", "SOHO_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/no"}
    told = soho(limits.parent, "projector", SOHO_HOUSE_LIMITS_FILE=str(limits), **nowhere)
    assert told.returncode == FAILED
    assert str(limits) in told.stderr
    assert "mức nội bộ" in told.stderr
    assert "house limits" in told.stderr
