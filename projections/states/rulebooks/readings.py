"""What a rulebook makes of figures: caps, levels derived from those below, the level of a score."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

import msgspec

from events.facts.evaluations import LEVELS, Level, LevelCounts, Subject
from projections.states.rulebooks.books import FULL_SCORE, Rulebook
from projections.states.rulebooks.entries import Base, Cap, Derivation, ScoreBand

Who = TypeVar("Who", bound=Hashable)


class ShareReading(msgspec.Struct, frozen=True):
    """A cap read over one base: how many the base counts, and how many of them may be excellent."""

    base: int
    allowed: int
    excellent: int

    @property
    def within(self) -> bool:
        return self.excellent <= self.allowed

    @property
    def share(self) -> Fraction | None:
        """The excellent as a part of the base; None of an empty base."""
        return Fraction(self.excellent, self.base) if self.base else None


class CapReading(msgspec.Struct, frozen=True):
    """A cap held against figures, by its own base (`reading`) and by the other one (`other`).

    The texts are read both ways: whoever decides sees both where they disagree.
    """

    cap: Cap
    percent: int
    reading: ShareReading
    other: ShareReading

    @property
    def within(self) -> bool:
        return self.reading.within

    @property
    def disagree(self) -> bool:
        """Whether it depends on the base if the cap is kept."""
        return self.reading.within != self.other.within


def cap(rulebook: Rulebook, subject: Subject, counts: LevelCounts, authorised: int | None = None) -> CapReading | None:
    """The cap on the excellent held against the counts of one pool; None where the rulebook caps no such subjects.

    Which pool is for the caller: `reading.cap.pool` says over whom it is taken. `authorised`: the share, in per cent,
    that a document allows instead. (HD 21-HD/BTCTW 2019; QĐ 124-QĐ/TW 2023.)
    """
    rule = next((each for each in rulebook.caps if subject in each.subjects), None)
    if rule is None:
        return None
    percent = rule.rate.percent if authorised is None else authorised
    readings = {base: _share(base, counts, percent) for base in Base}
    other = next(base for base in Base if base is not rule.base.counts)
    return CapReading(rule, percent, readings[rule.base.counts], readings[other])


def _share(base: Base, counts: LevelCounts, percent: int) -> ShareReading:
    whole = counts.good if base is Base.GOOD_ONLY else counts.good + counts.excellent
    # Rounded down, the only rounding that any source shows (`Rounding`).
    return ShareReading(whole, whole * percent // 100, counts.excellent)


class Obstacle(msgspec.Struct, Generic[Who], frozen=True):
    """A derivation that is not met: how many reach its level, how many would have to, and who does not."""

    rule: Derivation
    reached: int
    needed: int
    below: tuple[Who, ...]


class Derived(msgspec.Struct, Generic[Who], frozen=True):
    """The highest level that the ratings of those below allow a unit, and what stands in the way of better ones.

    It is a limit and no rating: the rulebook asks for other things too.
    """

    highest: Level
    obstacles: tuple[Obstacle[Who], ...]


def derived_level(rulebook: Rulebook, subject: Subject, ratings: Mapping[Who, Level]) -> Derived[Who] | None:
    """What the ratings of its members (of a cell) or cells (of a committee) allow a unit.

    None where the rulebook derives nothing for such a unit, or nobody is rated. A level that has no derivation is open
    to any ratings. (HD 21-HD/BTCTW 2019: for excellent 100 % completed or better, 80 % good or better.)
    """
    rules = [rule for rule in rulebook.derivations if rule.subject is subject]
    if not rules or not ratings:
        return None
    obstacles = tuple(obstacle for rule in rules if (obstacle := _obstacle(rule, ratings)) is not None)
    closed = {obstacle.rule.level for obstacle in obstacles}
    return Derived(next(level for level in LEVELS if level not in closed), obstacles)


def _obstacle(rule: Derivation, ratings: Mapping[Who, Level]) -> Obstacle[Who] | None:
    below = tuple(who for who, level in ratings.items() if not level.reaches(rule.reached))
    needed = -(-len(ratings) * rule.percent // 100)
    reached = len(ratings) - len(below)
    return None if reached >= needed else Obstacle(rule, reached, needed, below)


def band_of_score(rulebook: Rulebook, subject: Subject, score: Decimal | int) -> ScoreBand | None:
    """The band that a total score falls into; None where the rulebook knows no scores for such a subject.

    Raises `ValueError` for a score below 0 or above 100. (QĐ 366-QĐ/TW 2025: 90, 70, 50.)
    """
    if not 0 <= score <= FULL_SCORE:
        raise ValueError(f"a score of {score}")
    bands = [band for band in rulebook.score_bands if subject in band.subjects and score >= band.at_least]
    return max(bands, key=lambda band: band.at_least, default=None)


def level_of_score(rulebook: Rulebook, subject: Subject, score: Decimal | int) -> Level | None:
    """The level of the band; like `band_of_score`. A score alone gives no level: the conditions hold beside it."""
    band = band_of_score(rulebook, subject, score)
    return None if band is None else band.level
