"""What rulebooks make of published and made-up figures; every number worked out by hand."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.facts.evaluations import LEVELS, Level, LevelCounts, Subject
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.entries import Base, Pool
from projections.states.rulebooks.library import rulebook_for
from projections.states.rulebooks.readings import (
    CapReading,
    Derived,
    ShareReading,
    band_of_score,
    cap,
    derived_level,
    level_of_score,
)

MEMBER, CELL, COMMITTEE, LEADERSHIP = Subject
EXCELLENT, GOOD, COMPLETED, NOT_COMPLETED = LEVELS
YEARS = (2018, 2019, 2023, 2025)
THOUSANDTH = Fraction(1, 1000)


def read(
    year: int, subject: Subject, excellent: int, good: int, completed: int = 0, *, authorised: int | None = None
) -> CapReading:
    found = cap(rulebook_for(year), subject, LevelCounts(excellent, good, completed), authorised)
    assert found is not None
    return found


# Caps


def test_the_members_of_ban_hon_2018_keep_the_cap_read_either_way() -> None:
    # 17 excellent, 108 good, 22 completed of 147: a fifth of 108 is 21.6, of 125 it is 25
    told = read(2018, MEMBER, 17, 108, 22)
    assert told.reading == ShareReading(base=108, allowed=21, excellent=17)
    assert told.other == ShareReading(base=125, allowed=25, excellent=17)
    assert told.within
    assert not told.disagree
    assert told.reading.share is not None
    assert abs(told.reading.share - Fraction("0.157")) < THOUSANDTH


def test_the_cells_of_ban_hon_2018_break_it_read_either_way() -> None:
    # 5 of 13 cells excellent, the other 8 good: a fifth of 8 is 1.6, of 13 it is 2.6
    told = read(2018, CELL, 5, 8)
    assert told.reading == ShareReading(base=8, allowed=1, excellent=5)
    assert told.other == ShareReading(base=13, allowed=2, excellent=5)
    assert not told.within
    assert not told.disagree
    assert told.reading.share == Fraction("0.625")


def test_dong_nai_2024_keeps_it_only_if_the_excellent_are_counted_in() -> None:
    # 16 good or better, 3 of them excellent: a fifth of 13 is 2.6, of 16 it is 3.2
    told = read(2024, COMMITTEE, 3, 13)
    assert told.cap.base.counts is Base.GOOD_ONLY
    assert told.reading == ShareReading(base=13, allowed=2, excellent=3)
    assert told.other == ShareReading(base=16, allowed=3, excellent=3)
    assert not told.within
    assert told.disagree
    # the same figures a year later, by the base of that rulebook
    later = read(2025, COMMITTEE, 3, 13)
    assert later.within
    assert later.disagree


def test_dong_thap_2012_published_a_share_of_the_good_alone() -> None:
    # 13 % of all excellent, 80.42 % good, so of 10,000: 1300 of 8042 are 16.165 %; of 9342 they would be 13.9 %
    told = read(2018, MEMBER, 1300, 8042, 658)
    assert told.reading.share is not None
    assert told.other.share is not None
    assert abs(told.reading.share - Fraction("0.16165")) < Fraction(1, 100_000)
    assert abs(told.other.share - Fraction("0.139")) < THOUSANDTH
    assert told.within


@pytest.mark.parametrize(
    ("good", "allowed"),
    # a fifth rounded down: one in five, never one in four
    [(0, 0), (1, 0), (4, 0), (5, 1), (9, 1), (10, 2), (14, 2), (15, 3), (99, 19), (100, 20)],
)
def test_the_number_allowed_is_rounded_down(good: int, allowed: int) -> None:
    told = read(2019, MEMBER, allowed, good)
    assert told.reading.allowed == allowed
    assert told.within
    assert not read(2019, MEMBER, allowed + 1, good).within


def test_a_pool_without_any_good_allows_no_excellent_and_has_no_share() -> None:
    told = read(2019, MEMBER, 1, 0, 9)
    assert told.reading == ShareReading(base=0, allowed=0, excellent=1)
    assert told.reading.share is None
    assert not told.within
    assert read(2019, MEMBER, 0, 0, 9).within


def test_a_document_authorises_a_higher_share() -> None:
    # of 20 good or better a fifth is 4, a quarter 5
    assert not read(2025, MEMBER, 5, 15).within
    excepted = read(2025, MEMBER, 5, 15, authorised=25)
    assert (excepted.percent, excepted.reading.allowed, excepted.within) == (25, 5, True)
    assert not read(2025, MEMBER, 6, 14, authorised=25).within


def test_over_whom_a_cap_is_taken_is_said_by_the_rulebook() -> None:
    assert read(2019, MEMBER, 0, 0).cap.pool.pool is Pool.GRASSROOTS_ORGANISATION
    assert read(2023, CELL, 0, 0).cap.pool.pool is Pool.SIMILAR_GROUP


def test_whom_no_cap_names_has_none() -> None:
    assert cap(rulebook_for(2019), LEADERSHIP, LevelCounts(5, 0)) is None


def test_nobody_counts_less_than_none() -> None:
    with pytest.raises(ValueError, match="negative"):
        LevelCounts(1, -1)


numbers = st.integers(0, 400)


@given(st.sampled_from(YEARS), numbers, numbers, numbers, st.none() | st.integers(1, 100))
def test_a_cap_agrees_with_trying_every_number(
    year: int, excellent: int, good: int, completed: int, authorised: int | None
) -> None:
    told = read(year, MEMBER, excellent, good, completed, authorised=authorised)
    part = Fraction(authorised or 20, 100)
    bases = {Base.GOOD_ONLY: good, Base.GOOD_OR_BETTER: good + excellent}
    own = told.cap.base.counts
    other = next(base for base in Base if base is not own)
    for base, reading in ((own, told.reading), (other, told.other)):
        assert reading.base == bases[base]
        assert reading.allowed == max(number for number in range(bases[base] + 1) if number <= bases[base] * part)
        assert reading.within == (excellent <= bases[base] * part)
    # whoever is counted in makes room: the wider base never forbids what the narrower one allows
    within = {own: told.within, other: told.other.within}
    assert within[Base.GOOD_OR_BETTER] or not within[Base.GOOD_ONLY]
    assert told.disagree == (within[Base.GOOD_OR_BETTER] != within[Base.GOOD_ONLY])


@given(st.sampled_from(YEARS), numbers, numbers)
def test_somebody_more_who_is_good_never_breaks_a_cap_that_is_kept(year: int, excellent: int, good: int) -> None:
    if read(year, MEMBER, excellent, good).within:
        assert read(year, MEMBER, excellent, good + 1).within


# Levels derived from those below


def derived(year: int, subject: Subject, ratings: dict[str, Level]) -> Derived[str]:
    found = derived_level(rulebook_for(year), subject, ratings)
    assert found is not None
    return found


def rated(**counts: int) -> dict[str, Level]:
    """Of each level so many, named by level and number."""
    return {f"{name}-{number}": Level(name) for name, count in counts.items() for number in range(count)}


def test_a_cell_of_which_four_fifths_are_good_may_be_excellent() -> None:
    assert derived(2019, CELL, rated(excellent=1, good=7, completed=2)) == Derived(EXCELLENT, ())


def test_a_cell_just_below_four_fifths_may_not_and_says_who_stands_below() -> None:
    # 7 of 9 are good or better; four fifths of 9 are 7.2, so 8 would have to be
    told = derived(2019, CELL, rated(good=7, completed=2))
    assert told.highest is GOOD
    (obstacle,) = told.obstacles
    assert (obstacle.rule.name, obstacle.reached, obstacle.needed) == ("cell_most_good", 7, 8)
    assert obstacle.below == ("completed-0", "completed-1")


def test_one_member_who_did_not_complete_blocks_the_cell() -> None:
    # 99 of 100 are good or better, and one is enough
    told = derived(2019, CELL, rated(good=99, not_completed=1))
    assert told.highest is GOOD
    (obstacle,) = told.obstacles
    assert (obstacle.rule.name, obstacle.reached, obstacle.needed) == ("cell_all_completed", 99, 100)
    assert obstacle.below == ("not_completed-0",)


def test_both_conditions_are_explained_when_both_fail() -> None:
    told = derived(2019, CELL, rated(good=3, completed=1, not_completed=1))
    assert [obstacle.rule.name for obstacle in told.obstacles] == ["cell_all_completed", "cell_most_good"]
    assert [obstacle.below for obstacle in told.obstacles] == [("not_completed-0",), ("completed-0", "not_completed-0")]


def test_the_committee_of_ban_hon_might_have_been_excellent_by_its_cells() -> None:
    # 13 of 13 cells good or better; it was rated good: the rating is for people, this is a limit
    assert derived(2018, COMMITTEE, rated(excellent=5, good=8)).highest is EXCELLENT


def test_124_and_366_derive_no_level_by_numbers() -> None:
    for year, subject in product((2023, 2025), (CELL, COMMITTEE)):
        assert derived_level(rulebook_for(year), subject, rated(not_completed=3)) is None


def test_nothing_is_derived_where_nobody_is_rated_or_for_a_member() -> None:
    assert derived_level(rulebook_for(2019), CELL, {}) is None
    assert derived_level(rulebook_for(2019), MEMBER, rated(good=1)) is None


@given(st.dictionaries(st.integers(), st.sampled_from(LEVELS), min_size=1, max_size=60))
def test_a_derived_level_agrees_with_counting(ratings: dict[int, Level]) -> None:
    found = derived_level(rulebook_for(2019), CELL, ratings)
    assert found is not None
    good = sum(level in (EXCELLENT, GOOD) for level in ratings.values())
    all_completed = NOT_COMPLETED not in ratings.values()
    assert (found.highest is EXCELLENT) == (all_completed and Fraction(good, len(ratings)) >= Fraction(4, 5))
    for obstacle in found.obstacles:
        # raising as many of those below as are missing, and no fewer, clears it
        missing = obstacle.needed - obstacle.reached
        raised = {**ratings, **dict.fromkeys(obstacle.below[:missing], EXCELLENT)}
        one_less = {**ratings, **dict.fromkeys(obstacle.below[: missing - 1], EXCELLENT)}
        assert obstacle.rule not in rules_in_the_way(raised)
        assert obstacle.rule in rules_in_the_way(one_less)


def rules_in_the_way(ratings: dict[int, Level]) -> list[object]:
    found = derived_level(rulebook_for(2019), CELL, ratings)
    assert found is not None
    return [obstacle.rule for obstacle in found.obstacles]


# Scores


@pytest.mark.parametrize(
    ("score", "level"),
    [
        ("100", EXCELLENT),
        ("90", EXCELLENT),
        ("89.99", GOOD),
        ("70", GOOD),
        ("69.99", COMPLETED),
        ("50", COMPLETED),
        ("49.99", NOT_COMPLETED),
        ("0", NOT_COMPLETED),
    ],
)
def test_a_score_falls_into_the_band_that_it_reaches(score: str, level: Level) -> None:
    for subject in Subject:
        assert level_of_score(rulebook_for(2025), subject, Decimal(score)) is level


@pytest.mark.parametrize("score", ["-0.01", "100.01"])
def test_a_score_outside_the_frame_is_none(score: str) -> None:
    with pytest.raises(ValueError, match="score"):
        level_of_score(rulebook_for(2025), MEMBER, Decimal(score))


@pytest.mark.parametrize("year", [2018, 2022, 2024])
def test_no_scores_before_366(year: int) -> None:
    assert band_of_score(rulebook_for(year), MEMBER, 95) is None
    assert level_of_score(rulebook_for(year), MEMBER, 95) is None


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_a_higher_score_never_gives_a_lower_level(one: Decimal, other: Decimal) -> None:
    rulebook: Rulebook = rulebook_for(2025)
    lower, higher = (level_of_score(rulebook, MEMBER, score) for score in sorted((one, other)))
    assert lower is not None
    assert higher is not None
    assert higher.reaches(lower)


def test_the_rate_comes_from_the_rulebook_and_from_nowhere_else() -> None:
    rulebook = rulebook_for(2019)
    rule = rulebook.caps[0]
    halved = msgspec.structs.replace(rule, rate=msgspec.structs.replace(rule.rate, percent=10))
    found = cap(msgspec.structs.replace(rulebook, caps=(halved,)), MEMBER, LevelCounts(2, 10))
    assert found is not None
    assert (found.percent, found.reading.allowed, found.within) == (10, 1, False)
