"""Schemas for other programs."""

from pathlib import Path

import msgspec

from events.catalogue import BODIES
from tests.services.cli.command import soho


def test_every_fact_and_the_log_are_described(tmp_path: Path) -> None:
    assert soho(tmp_path, "schemas", str(tmp_path / "out")).returncode == 0
    described = {path.name.removesuffix(".json") for path in (tmp_path / "out" / "facts").iterdir()}
    assert described == set(BODIES)
    assert msgspec.json.decode((tmp_path / "out" / "asyncapi.json").read_bytes())["asyncapi"] == "3.0.0"
