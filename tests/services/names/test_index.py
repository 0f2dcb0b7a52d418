"""The index against brute force: whatever comes and goes, it finds what going through all heads finds, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.names.folding import folded
from services.names.index import CELLS, FEW, HeadIndex, Match

UNITS = [UUID(int=number) for number in range(1, 2 * CELLS)]
NOWHERE = UUID(int=99)
HOUSEHOLDS = [UUID(int=number << 64) for number in range(1, 30)]
"""Ids with many equal bytes: one may not be taken for a part of two others."""
WORDS = ("Nguyễn", "NGUYEN", "Đỗ", "Do", "Lò", "Lo", "Văn", "An", "Anh", "Ân", "Ă", "H’Bia", "é", "Bưởi", "Buoi")

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
parts = st.one_of(
    st.sampled_from(WORDS).map(folded), st.text("aduongly ' ", min_size=1, max_size=4).map(folded).filter(bool)
)
some_units = st.lists(st.sampled_from([*UNITS, NOWHERE]), unique=True)


def ids(units: Iterable[UUID]) -> set[bytes]:
    return {unit.bytes for unit in units}


class AgainstBruteForce(RuleBasedStateMachine):
    """Heads come, households are forgotten, and people search in between."""

    def __init__(self) -> None:
        super().__init__()
        self.index = HeadIndex()
        self.everything: set[Match] = set()

    def expected(self, part: str, units: Iterable[UUID]) -> list[Match]:
        asked = set(units)
        return sorted(match for match in self.everything if match.unit in asked and part in match.head)

    def found(self, part: str, units: Iterable[UUID], after: tuple[str, UUID] | None = None) -> Iterator[Match]:
        return self.index.matching(part, ids(units), after)

    @rule(unit=st.sampled_from(UNITS), household=st.sampled_from(HOUSEHOLDS), name=names)
    def comes(self, unit: UUID, household: UUID, name: str) -> None:
        self.index.add(unit, household, folded(name))
        self.everything.add(Match(folded(name), household, unit))

    @rule(unit=st.sampled_from(UNITS), first=st.integers(0, 1000), number=st.integers(FEW, 2 * FEW), name=names)
    def many_come(self, unit: UUID, first: int, number: int, name: str) -> None:
        for each in range(first, first + number):
            self.comes(unit, UUID(int=each << 32), f"{name} {each % 7}")

    @rule(households=st.lists(st.sampled_from(HOUSEHOLDS), max_size=3))
    def are_forgotten(self, households: list[UUID]) -> None:
        self.index.forget(households)
        self.everything = {match for match in self.everything if match.household not in households}

    @rule(part=parts, units=some_units)
    def are_searched(self, part: str, units: list[UUID]) -> None:
        assert list(self.found(part, units)) == self.expected(part, units)

    @rule(part=parts)
    def are_searched_everywhere(self, part: str) -> None:
        assert list(self.index.matching(part, None)) == self.expected(part, UNITS)

    @rule(part=parts, units=some_units, size=st.integers(1, 5))
    def are_searched_page_by_page(self, part: str, units: list[UUID], size: int) -> None:
        found: list[Match] = []
        after: tuple[str, UUID] | None = None
        while page := list(islice(self.found(part, units, after), size)):
            # All of one head and household: they may stand in several cells.
            last = page[-1]
            page += [m for m in self.expected(part, units) if m[:2] == last[:2] and m not in page]
            found += page
            after = last.head, last.household
        assert found == self.expected(part, units)

    @rule()
    def put_in_order(self) -> None:
        assert sum(self.index.put_in_order()) == len(self.everything)

    @invariant()
    def has_each_at_least_once(self) -> None:
        assert len(self.index) >= len(self.everything)


def test_it_finds_what_brute_force_finds() -> None:
    run_state_machine_as_test(
        AgainstBruteForce, settings=settings(max_examples=60, stateful_step_count=40, deadline=None)
    )


@given(heads=st.lists(st.tuples(names, st.sampled_from(HOUSEHOLDS)), min_size=1), part=parts)
def test_a_search_that_has_begun_finds_what_there_was(heads: list[tuple[str, UUID]], part: str) -> None:
    index = HeadIndex()
    for name, household in heads:
        index.add(UNITS[0], household, folded(name))
    expected = list(index.matching(part, ids(UNITS)))
    going_on = index.matching(part, ids(UNITS))
    first = list(islice(going_on, 1))
    index.add(UNITS[0], HOUSEHOLDS[0], part)
    index.forget(HOUSEHOLDS)
    assert first + list(going_on) == expected
    assert list(index.matching(part, ids(UNITS))) == []


def test_one_that_was_forgotten_is_nowhere_in_it() -> None:
    """Not only is it not found: its letters are gone."""
    index = HeadIndex()
    for number, household in enumerate(HOUSEHOLDS):
        index.add(UNITS[number % 2], household, f"planted {number}" if number == 7 else "other")
    index.forget([HOUSEHOLDS[7]])
    (block,) = index._blocks
    assert "other" in block._text
    assert "planted" not in block._text + str(block._new)
