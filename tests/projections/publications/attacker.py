"""Somebody who has every release: he looks, number by number, for other counts that fit everything he was told.

He works on the own counts of the units, with nothing but whole numbers from zero up, and shares no code with what he
attacks. Counts of a unit and category that are equal in two releases are one unknown for him.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from projections.publications.suppression import Released, Sheet

Unknown = tuple[UUID, str, int]


class Attacker:
    """Knows every cell of the releases that was not kept back, with its exact count."""

    def __init__(self, releases: Sequence[Released]) -> None:
        self._truth: dict[Unknown, int] = {}
        self._told: list[tuple[frozenset[Unknown], int]] = []
        for release in releases:
            for unit, place in release.sheet.places.items():
                for column in release.sheet.columns:
                    parts = unknowns(release.sheet, place.units, column.adds)
                    self._truth |= {part: part[2] for part in parts}
                    if (unit, column.name) not in release.suppressed:
                        self._told.append((parts, sum(part[2] for part in parts)))

    def knows(self, asked: frozenset[Unknown]) -> bool:
        """Whether the sum can only be what it is."""
        order = self._order(asked)
        total = sum(self._truth[part] for part in asked)
        return not self._another(order, 0, {}, asked, total)

    def _order(self, asked: frozenset[Unknown]) -> list[Unknown]:
        """The asked ones first, then whatever is told of together with those before."""
        order: dict[Unknown, None] = dict.fromkeys(sorted(asked))
        while True:
            near: list[frozenset[Unknown]] = [
                parts for parts, _ in self._told if not parts.isdisjoint(order) and not parts <= order.keys()
            ]
            if not near:
                return list(order)
            closest = min(near, key=len)
            order |= dict.fromkeys(sorted(closest))

    def _another(
        self, order: list[Unknown], index: int, world: dict[Unknown, int], asked: frozenset[Unknown], total: int
    ) -> bool:
        if index == len(order):
            return sum(world[part] for part in asked) != total
        if asked <= world.keys() and sum(world[part] for part in asked) == total:
            return False
        part = order[index]
        most = self._most(part, world)
        for value in sorted(range(most + 1), key=lambda value: abs(value - part[2])):
            world[part] = value
            if self._fits(part, world) and self._another(order, index + 1, world, asked, total):
                return True
            del world[part]
        return False

    def _most(self, part: Unknown, world: Mapping[Unknown, int]) -> int:
        room = [
            total - sum(world.get(each, 0) for each in parts if each != part)
            for parts, total in self._told
            if part in parts
        ]
        return max(min(room, default=part[2] + 1), -1)

    def _fits(self, part: Unknown, world: Mapping[Unknown, int]) -> bool:
        return all(
            sum(world[each] for each in parts) == total
            for parts, total in self._told
            if part in parts and parts <= world.keys()
        )


def unknowns(sheet: Sheet, units: Iterable[UUID], categories: Iterable[str]) -> frozenset[Unknown]:
    """The own counts behind a cell."""
    return frozenset((unit, name, sheet.counts.get(unit, {}).get(name, 0)) for unit in units for name in categories)
