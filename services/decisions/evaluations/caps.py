"""The cap on the excellent, held against a whole pool or against one more rating of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from events.facts.evaluations import CapCount, Level, LevelCounts, Subject
from events.facts.organisation import CellKind
from projections.states.evaluations import Pool, Rating
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.entries import Base
from projections.states.rulebooks.entries import Pool as Over
from projections.states.rulebooks.readings import CapReading, ShareReading, cap
from services.decisions.evaluations.standing import cited
from services.decisions.outcome import Warned

ALL = "all"
"""The one group of a pool that is capped as a whole."""


def group_of(rulebook: Rulebook, subject: Subject, kind: CellKind | None) -> str:
    """The group in which a rating counts. Where a rulebook caps groups of similar function, these are the kinds of
    cells: our reading, since none of the texts seen says how such groups are formed."""
    rule = next((each for each in rulebook.caps if subject in each.subjects), None)
    if rule is None or rule.pool.pool is Over.GRASSROOTS_ORGANISATION or kind is None:
        return ALL
    return kind.value


def counted(ratings: Iterable[Rating]) -> dict[str, LevelCounts]:
    """Group → how many ratings of each level are in it, in the order of the groups' names."""
    levels: dict[str, list[Level]] = {}
    for rating in ratings:
        levels.setdefault(rating.group, []).append(rating.level)
    return {
        group: LevelCounts(**{level.value: found.count(level) for level in Level})
        for group, found in sorted(levels.items())
    }


def held_against(rulebook: Rulebook, pool: Pool, ratings: Mapping[str, LevelCounts]) -> dict[str, CapReading]:
    """The cap held against each group of the pool; nothing where the rulebook caps no such subjects."""
    readings = {group: cap(rulebook, pool.subject, counts, pool.authorised) for group, counts in ratings.items()}
    return {group: reading for group, reading in readings.items() if reading is not None}


def must_be_kept(
    rulebook: Rulebook, readings: Mapping[str, CapReading], unless: Callable[[Warned], Warned]
) -> tuple[Warned, ...]:
    """What to tell about groups with too many excellent. `unless` raises `Refused` for the first, or lets it be a
    warning (`unless_history`)."""
    warnings = []
    for group, reading in readings.items():
        if reading.within and not reading.disagree:
            continue
        told = {
            "cell_kind": None if group == ALL else group,
            "percent": reading.percent,
            **cited(rulebook, reading.cap),
        }
        told |= _share(reading.reading, reading.cap.base.counts, reading.other)
        if reading.within:
            warnings.append(Warned("cap_readings_disagree", told))
        else:
            warnings.append(unless(Warned("cap_exceeded", told)))
    return tuple(warnings)


def _share(reading: ShareReading, base: Base, other: ShareReading) -> dict[str, int | str]:
    """Both readings: how many there are, and how many may be, of the base that the rulebook names and of the other."""
    return {
        "excellent": reading.excellent,
        "allowed": reading.allowed,
        "base": base.value,
        "counted": reading.base,
        "other_allowed": other.allowed,
        "other_counted": other.base,
    }


def cap_counts(ratings: Mapping[str, LevelCounts], readings: Mapping[str, CapReading]) -> tuple[CapCount, ...]:
    """What the fact says of each group that is capped."""
    return tuple(
        CapCount(group, ratings[group], reading.reading.allowed, reading.within, reading.other.within)
        for group, reading in readings.items()
    )
