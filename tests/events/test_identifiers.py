"""Identifiers as RFC 9562 lays them out."""

from __future__ import annotations

import time
from uuid import RFC_4122, UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from events.identifiers import derived, uuid7

COMMAND = UUID("01920000-0000-7000-8000-000000000001")


@given(milliseconds=st.integers(0, (1 << 48) - 1), rest=st.integers(0, 999_999))
def test_a_uuid7_begins_with_its_moment(milliseconds: int, rest: int) -> None:
    made = uuid7(milliseconds * 1_000_000 + rest)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == milliseconds


def test_the_example_of_the_rfc() -> None:
    """RFC 9562, appendix A.6: 22/2/2022 19:22:22 UTC."""
    assert str(uuid7(0x017F22E279B0 * 1_000_000))[:15] == "017f22e2-79b0-7"


def test_later_ones_sort_later_and_none_repeats() -> None:
    moments = [1_640_995_200_000_000_000 + step * 1_000_000 for step in range(200)]
    made = [uuid7(moment) for moment in moments]
    assert made == sorted(made)
    assert len({uuid7(moments[0]) for _ in range(1000)}) == 1000


def test_without_a_moment_it_is_now() -> None:
    before = time.time_ns() // 1_000_000
    assert before <= uuid7().int >> 80 <= time.time_ns() // 1_000_000


def test_derived_ids_are_those_of_every_retry() -> None:
    """They are kept for ever: version 5 of the index in decimal, in the name space of the command."""
    assert derived(COMMAND, 0) == uuid5(COMMAND, "0")
    found = [derived(COMMAND, index) for index in range(1000)]
    assert len(set(found)) == 1000
    assert found == [derived(COMMAND, index) for index in range(1000)]
    assert derived(uuid7(), 0) != found[0]
