"""Every table that is released, made up at random: who has all of its releases works out no small count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.facts.evaluations import Level
from events.facts.grievance_values import GrievanceKind
from events.facts.members import MemberStatus
from projections.publications.counting import SOURCES
from projections.publications.sheets import Place, Sheet
from projections.publications.suppression import Released, suppressed
from projections.publications.tables import Period, Table, tables
from tests.given import named
from tests.projections.publications.attacker import Attacker, must_not_know, small

TABLES = sorted(tables().values(), key=lambda table: table.name)
PROVINCE, COMMUNES = named("province"), [named(name) for name in ("north", "south", "east")]
VILLAGES = [named(f"village {number}") for number in range(3)]
COUNTS = st.one_of(st.integers(0, 3), st.integers(0, 9))


def own_counts(table: Table) -> st.SearchStrategy[dict[str, int]]:
    """The counts of one village by category. What follows a column has its sum."""
    followed = {column.name: column.adds for column in table.columns}
    following = {name for column in table.columns if column.follows for name in column.adds}
    categories = {name for adds in followed.values() for name in adds} - following

    @st.composite
    def drawn(draw: st.DrawFn) -> dict[str, int]:
        counts = {name: draw(COUNTS) for name in sorted(categories)}
        left: dict[str, int] = {}
        for column in table.columns:
            if column.follows:
                rest = left.setdefault(column.follows, sum(counts[name] for name in followed[column.follows]))
                last = column == [each for each in table.columns if each.follows == column.follows][-1]
                (name,) = column.adds
                counts[name] = rest if last else draw(st.integers(0, rest))
                left[column.follows] -= counts[name]
        return counts

    return drawn()


@st.composite
def months(draw: st.DrawFn, table: Table) -> list[Sheet]:
    """Releases that are weighed together: of villages that change their counts, and sometimes their commune."""
    villages = VILLAGES[: draw(st.integers(2, 3))]
    counts = {village: draw(own_counts(table)) for village in villages}
    where = {village: draw(st.sampled_from(COMMUNES)) for village in villages}
    found = []
    for _ in range(draw(st.integers(1, 3)) if table.period is Period.DAY else 1):
        found.append(_sheet(table, where, dict(counts)))
        for village in draw(st.sets(st.sampled_from(villages), max_size=2)):
            counts[village] = draw(own_counts(table))
        for village in draw(st.sets(st.sampled_from(villages), max_size=1)):
            where[village] = draw(st.sampled_from(COMMUNES))
    return found


def _sheet(table: Table, where: Mapping[UUID, UUID], counts: Mapping[UUID, Mapping[str, int]]) -> Sheet:
    places = {PROVINCE: Place(0, frozenset(counts))}
    for commune in COMMUNES:
        below = frozenset(village for village, place in where.items() if place == commune)
        places |= {commune: Place(1, below)} if below else {}
    return Sheet(tuple(column.column() for column in table.columns), places, counts)


def released(sheets: Sequence[Sheet]) -> list[Released]:
    """One sheet after another is released."""
    found: list[Released] = []
    for each in sheets:
        found.append(Released(each, suppressed(each, found)))
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_who_has_every_release_works_out_no_small_count(table: Table, data: st.DataObject) -> None:
    releases = released(data.draw(months(table)))
    attacker = Attacker(releases)
    for release in releases:
        for parts in small(release.sheet):
            must_not_know(attacker, parts)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_small_count_is_not_shown_and_what_follows_a_column_is_shown_where_that_is(
    table: Table, data: st.DataObject
) -> None:
    (*_, last) = released(data.draw(months(table)))
    for unit in last.sheet.places:
        for column in last.sheet.columns:
            cell = unit, column.name
            if column.circumstances and 1 <= last.sheet.value(unit, column) <= 4:
                assert cell in last.suppressed
            if column.follows is not None:
                assert (cell in last.suppressed) == ((unit, column.follows) in last.suppressed)


def test_what_follows_a_column_would_tell_of_it_where_it_is_kept_back() -> None:
    """Three poor households are left of seven, and the others are known: without the whole nothing tells, with those
    who have somebody responsible and those who have nobody the whole is there again."""
    table = tables()["households"]
    before, after = (
        _sheet(table, {VILLAGES[0]: COMMUNES[0], VILLAGES[1]: COMMUNES[1]}, counts)
        for counts in (_villages(7, covered=20), _villages(3, covered=18))
    )
    first, second = released([before, after])
    assert first.suppressed == frozenset()
    assert {(COMMUNES[0], name) for name in ("households", "covered", "uncovered")} <= second.suppressed
    three = frozenset({(VILLAGES[0], "poor", 3)})
    assert not Attacker([first, second]).knows(three)
    careless = frozenset(cell for cell in second.suppressed if cell[1] not in ("covered", "uncovered"))
    assert Attacker([first, Released(after, careless)]).knows(three)


def _villages(poor: int, covered: int) -> dict[UUID, dict[str, int]]:
    one: dict[str, Any] = {"poor": poor, "near_poor": 8, "other": 10, "covered": covered}
    other = {"poor": 6, "near_poor": 7, "other": 30, "covered": 40, "uncovered": 3}
    return {VILLAGES[0]: {**one, "uncovered": poor + 18 - covered}, VILLAGES[1]: other}


def test_no_kind_level_or_status_is_left_out_of_its_table() -> None:
    kinds, levels, statuses = ({each.value for each in of} for of in (GrievanceKind, Level, MemberStatus))
    for name, every in (("grievances", kinds | {"undetermined"}), ("classification", levels), ("members", statuses)):
        first, *_ = tables()[name].columns
        assert set(first.adds) == every


def test_every_table_is_counted_and_every_source_has_a_table() -> None:
    assert set(tables()) == set(SOURCES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_whole(table: Table) -> None:
    """A yearly table has its month and the others have none; what is followed is there; no category hides."""
    assert (table.month is not None) == (table.period is Period.YEAR)
    names = {column.name for column in table.columns}
    assert {column.follows for column in table.columns} - {None} <= names
    for column in table.columns:
        if column.circumstances and len(column.adds) > 1:
            assert all(any(other.adds == (name,) for other in table.columns) for name in column.adds)
