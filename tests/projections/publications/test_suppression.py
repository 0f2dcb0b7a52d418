"""Whoever has every release cannot work out a small count; what is shown is exact and not less than it must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.publications.sheets import Column, Place, Sheet
from projections.publications.suppression import Released, suppressed
from tests.given import named
from tests.projections.publications.attacker import Attacker, must_not_know, small, unknowns

POOR = Column("poor", ("poor",), circumstances=True)
OTHER = Column("other", ("other",), circumstances=True)
HOUSEHOLDS = Column("households", ("poor", "other"), circumstances=False)
COLUMNS = (HOUSEHOLDS, POOR, OTHER)

PROVINCE, NORTH, SOUTH, EAST = (named(name) for name in ("province", "north", "south", "east"))
VILLAGES = [named(f"village {number}") for number in range(5)]


def sheet(of: Mapping[UUID, Sequence[UUID]], counts: Mapping[UUID, tuple[int, int]]) -> Sheet:
    """Communes with their villages, and of each village the households that are poor and those that are not."""
    places = {PROVINCE: Place(0, frozenset(counts))}
    places |= {commune: Place(1, frozenset(villages)) for commune, villages in of.items()}
    return Sheet(COLUMNS, places, {unit: {"poor": poor, "other": other} for unit, (poor, other) in counts.items()})


def released(sheets: Sequence[Sheet]) -> list[Released]:
    """One sheet after another is released."""
    found: list[Released] = []
    for each in sheets:
        found.append(Released(each, suppressed(each, found)))
    return found


def small_cells(sheet: Sheet) -> Iterator[tuple[UUID, str]]:
    """The cells with small counts about people's circumstances."""
    for unit in sheet.places:
        yield from ((unit, c.name) for c in sheet.columns if c.circumstances and 1 <= sheet.value(unit, c) <= 4)


def one_each(*counts: tuple[int, int]) -> Sheet:
    """Three communes of one village each."""
    names = (NORTH, SOUTH, EAST)
    villages = VILLAGES[: len(counts)]
    return sheet(
        dict(zip(names, ([village] for village in villages), strict=False)), dict(zip(villages, counts, strict=True))
    )


def test_nothing_is_kept_back_where_nothing_is_small() -> None:
    assert suppressed(one_each((5, 20), (0, 30), (12, 40)), []) == frozenset()


def test_a_small_count_takes_three_others_with_it() -> None:
    kept = suppressed(one_each((3, 20), (8, 30), (12, 40)), [])
    assert kept == {(NORTH, "poor"), (NORTH, "other"), (SOUTH, "poor"), (SOUTH, "other")}


def test_the_whole_is_kept_back_where_it_is_small_itself() -> None:
    kept = suppressed(one_each((3, 20), (0, 30), (0, 40)), [])
    assert (PROVINCE, "poor") in kept
    assert not Attacker([Released(one_each((3, 20), (0, 30), (0, 40)), kept)]).knows(
        frozenset({(VILLAGES[0], "poor", 3)})
    )


NEAR = Column("near", ("near",), circumstances=True)
EVERY = Column("every", ("poor", "near", "other"), circumstances=False)


def three(*counts: tuple[int, int, int]) -> Sheet:
    """Communes of one village each: households that are poor, near-poor, and neither."""
    rows = dict(zip((NORTH, SOUTH, EAST), VILLAGES, strict=False))
    places = {PROVINCE: Place(0, frozenset(VILLAGES[: len(counts)]))}
    places |= {commune: Place(1, frozenset({rows[commune]})) for commune in list(rows)[: len(counts)]}
    names = ("poor", "near", "other")
    own = {village: dict(zip(names, of, strict=True)) for village, of in zip(VILLAGES, counts, strict=False)}
    return Sheet((EVERY, POOR, NEAR, OTHER), places, own)


def test_how_many_are_one_or_the_other_is_not_told_by_the_rest() -> None:
    """One poor and one near-poor: whole less others would say that two are one or the other."""
    now = three((1, 1, 6), (8, 9, 30), (12, 9, 40))
    kept = suppressed(now, [])
    assert {(NORTH, "poor"), (NORTH, "near"), (NORTH, "other")} <= kept
    both = frozenset({(VILLAGES[0], "poor", 1), (VILLAGES[0], "near", 1)})
    shown = {cell for cell in kept if cell[1] != "other"}
    assert Attacker([Released(now, frozenset(shown))]).knows(both)
    assert not Attacker([Released(now, kept)]).knows(both)


def test_where_all_are_one_or_the_other_the_whole_stays_and_the_zero_goes() -> None:
    """Three households: with the zero of the others, the whole would say how many are poor or near-poor."""
    kept = suppressed(three((2, 1, 0), (8, 9, 30), (12, 9, 40)), [])
    assert (NORTH, "every") not in kept
    assert {(NORTH, "poor"), (NORTH, "near"), (NORTH, "other")} <= kept


def test_of_a_village_that_moved_the_sum_of_two_counts_is_not_told_either() -> None:
    """One poor and one near-poor went over with it. Its others and its whole are what the communes' differ by."""
    counts = {VILLAGES[0]: (20, 20, 50), VILLAGES[1]: (1, 1, 50), VILLAGES[2]: (30, 30, 60)}
    own = {village: dict(zip(("poor", "near", "other"), of, strict=True)) for village, of in counts.items()}

    def month(north: Sequence[UUID], south: Sequence[UUID]) -> Sheet:
        places = {PROVINCE: Place(0, frozenset(counts)), NORTH: Place(1, frozenset(north))}
        return Sheet((EVERY, POOR, NEAR, OTHER), places | {SOUTH: Place(1, frozenset(south))}, own)

    releases = released([month(VILLAGES[:2], VILLAGES[2:3]), month(VILLAGES[:1], VILLAGES[1:3])])
    assert releases[0].suppressed == frozenset()
    assert not Attacker(releases).knows(frozenset({(VILLAGES[1], "poor", 1), (VILLAGES[1], "near", 1)}))


def test_what_was_shown_and_has_not_changed_is_not_kept_back_to_hide_something() -> None:
    """The south has not changed since it was shown: keeping it back would hide nothing."""
    before, now = one_each((7, 20), (8, 30), (12, 40)), one_each((3, 24), (8, 30), (12, 40))
    first, second = released([before, now])
    assert first.suppressed == frozenset()
    assert second.suppressed == {(NORTH, "poor"), (NORTH, "other"), (PROVINCE, "poor"), (PROVINCE, "other")}


def test_a_village_that_changes_its_commune_is_not_told_by_the_difference() -> None:
    counts = {VILLAGES[0]: (20, 50), VILLAGES[1]: (3, 50), VILLAGES[2]: (30, 60)}
    before = sheet({NORTH: VILLAGES[:2], SOUTH: VILLAGES[2:3]}, counts)
    after = sheet({NORTH: VILLAGES[:1], SOUTH: VILLAGES[1:3]}, counts)
    releases = released([before, after])
    assert releases[0].suppressed == frozenset()
    assert {(NORTH, "poor"), (SOUTH, "poor")} <= releases[1].suppressed
    village = frozenset({(VILLAGES[1], "poor", 3)})
    assert Attacker([releases[0], Released(after, frozenset())]).knows(village)
    assert not Attacker(releases).knows(village)


def test_two_communes_that_become_one_do_not_give_back_what_was_kept_of_one() -> None:
    counts = {VILLAGES[0]: (20, 50), VILLAGES[1]: (3, 50), VILLAGES[2]: (30, 60)}
    before = sheet({NORTH: VILLAGES[:1], SOUTH: VILLAGES[1:2], EAST: VILLAGES[2:3]}, counts)
    after = sheet({NORTH: VILLAGES[:2], EAST: VILLAGES[2:3]}, counts)
    releases = released([before, after])
    assert not Attacker(releases).knows(frozenset({(VILLAGES[1], "poor", 3)}))


def test_what_was_kept_back_stays_so_while_it_does_not_change() -> None:
    month = one_each((3, 20), (8, 30), (12, 40))
    first, second, third = released([month, month, month])
    assert first.suppressed == second.suppressed == third.suppressed


pairs = st.tuples(st.integers(0, 7), st.integers(0, 7))


@st.composite
def histories(draw: st.DrawFn) -> list[Sheet]:
    """Up to three months in which villages change their counts, and sometimes their commune."""
    villages = VILLAGES[: draw(st.integers(2, 4))]
    counts = {village: draw(pairs) for village in villages}
    where = {village: draw(st.sampled_from((NORTH, SOUTH, EAST))) for village in villages}
    found = []
    for _ in range(draw(st.integers(1, 3))):
        of: dict[UUID, list[UUID]] = {}
        for village in villages:
            of.setdefault(where[village], []).append(village)
        found.append(sheet(of, dict(counts)))
        for village in draw(st.sets(st.sampled_from(villages), max_size=2)):
            counts[village] = draw(pairs)
        for village in draw(st.sets(st.sampled_from(villages), max_size=1)):
            where[village] = draw(st.sampled_from((NORTH, SOUTH, EAST)))
    return found


@settings(max_examples=300, deadline=None)
@given(histories())
def test_who_has_every_release_works_out_no_small_count(history: list[Sheet]) -> None:
    releases = released(history)
    attacker = Attacker(releases)
    for release in releases:
        assert set(small_cells(release.sheet)) <= release.suppressed
        for parts in small(release.sheet):
            must_not_know(attacker, parts)


@settings(max_examples=200, deadline=None)
@given(histories())
def test_who_has_every_release_works_out_no_village_that_moved(history: list[Sheet]) -> None:
    releases = released(history)
    attacker = Attacker(releases)
    for release in releases:
        for village in release.sheet.counts:
            for name in ("poor", "other"):
                (part,) = unknowns(release.sheet, [village], [name])
                if 1 <= part[2] <= 4:
                    must_not_know(attacker, frozenset({part}))


@settings(max_examples=100, deadline=None)
@given(histories())
def test_a_first_release_without_small_counts_shows_everything(history: list[Sheet]) -> None:
    first = history[0]
    assert (suppressed(first, []) == frozenset()) == (not list(small_cells(first)))


@settings(max_examples=50, deadline=None)
@given(histories())
def test_the_order_in_which_units_are_counted_does_not_matter(history: list[Sheet]) -> None:
    first = history[0]
    turned = Sheet(first.columns, first.places, dict(reversed(list(first.counts.items()))))
    assert suppressed(first, []) == suppressed(turned, [])
