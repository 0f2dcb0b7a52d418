"""The evidence for a unit's own level: its round, and the levels that stand of those below it. Pure.

It may be given more facts than bear on the unit, in any order, like the dossier of a member.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from events.facts.evaluations import (
    Evidence,
    Level,
    RatingDecided,
    RatingRevised,
    RoundClosed,
    Subject,
    round_id,
)
from projections.evidence import digests
from projections.evidence.digests import Told
from projections.evidence.figures import Figure, opened, ordered

BUILDER = "unit.v1"

RATINGS = (RatingDecided, RatingRevised)


class Levels(msgspec.Struct, frozen=True):
    """How many of those below have which level, by the rating that stands."""

    rated: Figure
    excellent: Figure
    good: Figure
    completed: Figure
    not_completed: Figure


class UnitDossier(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence for one unit and year: the steps of its round, and the ratings of its members and of what stands
    under it. Its own rating is not among them."""

    unit: UUID
    year: int
    steps: Figure
    members: Levels
    cells: Levels
    committees: Levels
    leadership: Levels


class BuiltUnit(msgspec.Struct, frozen=True):
    """A unit's evidence, and the facts that counted, in the order of the log."""

    dossier: UnitDossier
    counted: tuple[Told, ...]

    def evidence(self, position: int) -> Evidence:
        """By what a decision taken at the position names it."""
        return Evidence(position, digests.of_facts(self.counted), BUILDER, digests.of_result(self.dossier))


def build(unit: UUID, year: int, facts: Iterable[Told]) -> BuiltUnit:
    """The unit's evidence of the year."""
    every = {told.position: told for told in facts}
    of_round = round_id(unit, year)
    steps: list[int] = []
    stands: dict[UUID, tuple[Any, list[int]]] = {}
    for position, told in sorted(every.items()):
        body = told.fact.body
        if isinstance(body, RATINGS):
            if body.year == year and _below(unit, body):
                _, positions = stands.get(body.rating, (None, []))
                stands[body.rating] = body, [*positions, position]
        elif getattr(body, "round", None) == of_round and not isinstance(body, RoundClosed):
            steps.append(position)
    dossier = UnitDossier(
        unit=unit,
        year=year,
        steps=Figure(len(steps), tuple(steps)),
        members=_levels(Subject.MEMBER, stands),
        cells=_levels(Subject.CELL, stands),
        committees=_levels(Subject.COMMITTEE, stands),
        leadership=_levels(Subject.LEADERSHIP, stands),
    )
    return BuiltUnit(dossier, tuple(every[position] for position in opened(dossier)))


def _below(unit: UUID, body: Any) -> bool:
    """Whether it is the rating of a member of the unit, or one that the unit decided of others."""
    own = body.unit == unit and body.member is None
    return not own and unit in (body.unit, body.committee)


def _levels(subject: Subject, stands: dict[UUID, tuple[Any, list[int]]]) -> Levels:
    ratings = [rating for rating in stands.values() if rating[0].subject is subject]
    every = [positions for _, positions in ratings]
    of_level = [[positions for body, positions in ratings if body.level is level] for level in Level]
    return Levels(*(Figure(len(found), ordered(p for each in found for p in each)) for found in (every, *of_level)))
