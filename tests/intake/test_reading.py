"""Reading one item: whatever is wrong with it, it is refused, and nothing else happens."""

from __future__ import annotations

import pytest

from events.facts.values import LONGEST_TEXT
from events.facts.visits import Purpose, VisitTopic
from events.identifiers import uuid7
from services import texts
from services.decisions.outcome import Refused
from services.intake.reading import LARGEST_ITEM, command, identity

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


def refusal_of(item: bytes) -> Refused:
    with pytest.raises(Refused) as refusal:
        command(item)
    return refusal.value


@pytest.mark.parametrize("number", [b"1e400", b"-1", b"100000"])
def test_a_number_out_of_range_is_a_fault_of_its_field(number: bytes) -> None:
    refused = refusal_of(b'{"type":"household.register","persons":%s}' % number)
    assert (refused.code, refused.parameters) == ("number_out_of_range", {"field": "persons"})


@pytest.mark.parametrize("field", [b'"purpose":"tea"', b'"topics":["tea"]'])
def test_of_a_closed_list_the_values_are_named_and_not_what_was_sent(field: bytes) -> None:
    refused = refusal_of(b'{"type":"visit.record",%s}' % field)
    assert refused.code == "not_in_list"
    listed = {value.value for value in (Purpose if b"purpose" in field else VisitTopic)}
    assert set(refused.parameters["allowed"].split(", ")) == listed
    assert "tea" not in texts.detail(refused.code, refused.parameters, "vi")


def test_the_kind_of_value_is_told_in_the_callers_language() -> None:
    refused = refusal_of(b'{"type":"household.register","persons":"ba"}')
    assert refused.parameters == {"field": "persons", "expected": "whole_number"}
    assert "số nguyên" in texts.detail(refused.code, refused.parameters, "vi")
    assert "a whole number" in texts.detail(refused.code, refused.parameters, "en")


def test_an_item_too_large_is_not_looked_into() -> None:
    refused = refusal_of(b'{"type":"visit.record","note":"' + b"x" * LARGEST_ITEM + b'"}')
    assert (refused.code, refused.parameters) == ("item_too_large", {"limit": LARGEST_ITEM})
