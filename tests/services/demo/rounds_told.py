"""What the log and the boundaries say of the rounds of Bản Hon, without any of the code that reads registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from events.envelope import Fact
from events.facts.evaluations import (
    Level,
    LevelCounts,
    RatingDecided,
    RatingRevised,
    Subject,
    pool_id,
    round_id,
)
from projections.states.evaluations import Pool, Round
from tests.in_memory import InMemory

RATED = (RatingDecided, RatingRevised)


def facts_of(model: InMemory, *kinds: type[Any]) -> list[Fact[Any]]:
    return [recorded.fact for recorded in model.log if isinstance(recorded.fact.body, kinds)]


def round_of(model: InMemory, unit: UUID, year: int = 2018) -> Round:
    found: Round = model.states[f"facts.evaluation.{round_id(unit, year)}"]
    return found


def pool_of(model: InMemory, committee: UUID, subject: Subject, year: int = 2018) -> Pool:
    found: Pool = model.states[f"facts.ratings.{pool_id(committee, year, subject)}"]
    return found


def counts(levels: Iterable[Level]) -> LevelCounts:
    found = Counter(levels)
    return LevelCounts(**{level.value: found[level] for level in Level})


def levels_of(model: InMemory, cell: UUID, year: int = 2018) -> dict[UUID, Level]:
    """Members of the cell, and the level each ended up with, from the facts alone."""
    return {
        fact.body.member: fact.body.level
        for fact in facts_of(model, *RATED)
        if fact.body.unit == cell and fact.body.year == year and fact.body.member is not None
    }
