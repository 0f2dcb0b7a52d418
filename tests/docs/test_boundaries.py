"""docs/boundaries.md says what the catalogue says."""

import re
from pathlib import Path

from events.catalogue import BODIES
from services.texts import codes
from tests.docs.boundary_table import table

DOCUMENT = (Path(__file__).parents[2] / "docs" / "boundaries.md").read_text("utf-8")


def test_the_table_is_that_of_the_catalogue() -> None:
    assert table() in DOCUMENT


def test_every_boundary_has_its_rules() -> None:
    rules = DOCUMENT.partition("## Which rules are strict")[2]
    described = set(re.findall(r"^\| `facts\.(\w+)\.<", rules, re.MULTILINE))
    assert described == {body.BOUNDARY[0] for body in BODIES.values()}


def test_every_code_named_is_one_that_callers_can_meet() -> None:
    rules = DOCUMENT.partition("## Which rules are strict")[2].partition("\nA rule that")[0]
    named = set(re.findall(r"`([a-z_]+)`", rules))
    assert named
    assert named <= codes()
