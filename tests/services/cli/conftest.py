"""One installation with the tour's commune in it, for all tests of commands."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.services.cli.command import Up, running_up, soho
from tests.services.cli.mandated import inspect

COMMUNE = Path(__file__).parents[3] / "docs" / "tour" / "commands.ndjson"


@pytest.fixture(scope="session")
def commands() -> list[dict[str, str]]:
    """The commands of the tour, in order."""
    return [msgspec.json.decode(line) for line in COMMUNE.read_bytes().splitlines()]


@pytest.fixture(scope="session")
def up(commands: list[dict[str, str]]) -> Iterator[Up]:
    """A running installation that has recorded them."""
    with running_up() as running:
        made = soho(running.home, "token", "--role", "system", "--unit", commands[0]["unit"])
        loaded = soho(running.home, "load", str(COMMUNE), SOHO_TOKEN=made.stdout.strip())
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        yield running


@pytest.fixture(scope="session")
def inspected(up: Up, commands: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tour's province, once a mandate to inspect it was given."""
    unit = commands[0]["unit"]
    inspect(up, unit, tmp_path_factory.mktemp("inspected"))
    return unit
