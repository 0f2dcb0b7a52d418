"""Reading one item: whatever is wrong with it, it is refused, and nothing else happens."""

from __future__ import annotations

import pytest

from events.facts.values import LONGEST_TEXT
from services.decisions.command import Refused
from services.intake.reading import command

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
