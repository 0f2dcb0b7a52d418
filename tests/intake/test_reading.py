"""Reading one item: whatever is wrong with it, it is refused, and nothing else happens."""

from __future__ import annotations

import pytest

from events.facts.values import LONGEST_TEXT
from events.identifiers import uuid7
from services.decisions.command import Refused
from services.intake.reading import command, identity

TOO_LONG = b'"note":"' + b"x" * (LONGEST_TEXT + 1) + b'"'
HEAD = b'{"type":"visit.record",' + TOO_LONG + b","


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (b'"topics":["\\ud800"]}', "unreadable_text"),
        (b'"topics":["\xff"]}', "unreadable_text"),
        (b'"topics":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "text_too_long"),
        (b'"topics":["policy"', "invalid_json"),
        (b'"topics":["policy"]}', "text_too_long"),
    ],
)
def test_what_follows_a_text_that_is_too_long_is_read_as_well(rest: bytes, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        command(HEAD + rest)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "cut",
    [
        b'{"id":"%s","type":"visit.record","instant":"20',
        b'{"type":"visit.record" , "id" : "%s"',
        b'{"type":"visit.record","persons":3,"id":"%s","topics":["id',
        b'{"type":"visit.record","id":"%s","note":"\\"id\\":\\"x',
    ],
)
def test_id_and_type_are_read_of_an_item_that_was_cut_off_after_them(cut: bytes) -> None:
    item = uuid7()
    assert identity(cut % str(item).encode()) == (item, "visit.record")


def test_what_is_nested_or_came_in_part_is_no_id() -> None:
    item = str(uuid7()).encode()
    assert identity(b'{"basis":{"id":"%s"' % item) == (None, None)
    assert identity(b'{"id":"%s' % item) == (None, None)
