"""Somebody who has every release: he looks, number by number, for other counts that fit everything he was told.

He works on the own counts of the units, with nothing but whole numbers from zero up, and shares no code with what he
attacks. Counts of a unit and category that are equal in two releases are one unknown for him. Of columns that follow
another he knows that, unit by unit, they have the same sum; which of their counts did not change he does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from uuid import UUID

from hypothesis import reject

from projections.publications.sheets import Column, Sheet
from projections.publications.suppression import Released

Unknown = tuple[UUID, str, int]

FEW = 9
"""So many changes at first: more are seldom needed."""

PATIENCE = 3_000
"""After so many attempts he gives up."""

Sum = tuple[frozenset[Unknown], frozenset[Unknown], int]
"""What is added up, what is taken away, and what comes out."""


class GivenUp(Exception):
    """He found no other counts, and has not tried all there are: neither the one nor the other is shown."""


def must_not_know(attacker: Attacker, parts: frozenset[Unknown]) -> None:
    """Fails where he knows the sum of these parts. An example that he gives up is no example."""
    try:
        known = attacker.knows(parts)
    except GivenUp:
        reject()
    assert not known, sorted(parts)


class Attacker:
    """Knows every cell of the releases that was not kept back, with its exact count."""

    def __init__(self, releases: Sequence[Released]) -> None:
        self._truth: dict[Unknown, int] = {}
        self._sums: list[Sum] = []
        for number, release in enumerate(releases):
            for unit, place in release.sheet.places.items():
                for column in release.sheet.columns:
                    parts = _parts(release.sheet, place.units, column, number)
                    self._truth |= {part: part[2] for part in parts}
                    if (unit, column.name) not in release.suppressed:
                        self._sums.append((parts, frozenset(), sum(part[2] for part in parts)))
            self._sums += _followed(release.sheet, number)
        self._about: dict[Unknown, list[Sum]] = {part: [] for part in self._truth}
        for told in dict.fromkeys(self._sums):
            for part in told[0] | told[1]:
                self._about[part].append(told)

    def knows(self, asked: frozenset[Unknown]) -> bool:
        """Whether the sum can only be what it is. Raises `GivenUp`."""
        self._attempts = 0
        total = sum(self._truth[part] for part in asked)
        return not self._another(sorted(asked), {}, total)

    def _another(self, asked: Sequence[Unknown], world: dict[Unknown, int], total: int) -> bool:
        """Whether the asked counts have another total in some world. Those before are chosen already."""
        if len(world) == len(asked):
            if sum(world.values()) == total:
                return False
            return any(self._soon_mended(world, changes) for changes in range(FEW)) or self._mended(world)
        part = asked[len(world)]
        for value in sorted(range(self._most(part, world, part[2]) + 1), key=lambda value: abs(value - part[2])):
            world[part] = value
            if self._another(asked, world, total):
                return True
            del world[part]
        return False

    def _soon_mended(self, world: dict[Unknown, int], changes: int) -> bool:
        """The same by so many changes, of which each mends a sum by itself: where they do, they are soon found."""
        wrong = self._wrong(world)
        if wrong is None or not changes:
            return wrong is None
        told, by = wrong
        for part in sorted((told[0] | told[1]) - world.keys(), key=lambda part: (len(self._about[part]), part)):
            wanted = part[2] + (by if part in told[0] else -by)
            if 0 <= wanted <= self._most(part, world, wanted):
                world[part] = wanted
                if self._soon_mended(world, changes - 1):
                    return True
                del world[part]
        return False

    def _mended(self, world: dict[Unknown, int]) -> bool:
        """Whether other counts can be chosen so that every sum comes out again. What is not chosen is as it is."""
        wrong = self._wrong(world)
        if wrong is None:
            return True
        told, by = wrong
        free = sorted((told[0] | told[1]) - world.keys())
        if not free:
            return False
        part = free[0]
        wanted = part[2] + (by if part in told[0] else -by)
        values: Iterable[int] = range(self._most(part, world, max(part[2], wanted)) + 1)
        values = {wanted} & {*values} if len(free) == 1 else values
        for value in sorted(values, key=lambda value: abs(value - wanted)):
            world[part] = value
            if self._mended(world):
                return True
            del world[part]
        return False

    def _wrong(self, world: Mapping[Unknown, int]) -> tuple[Sum, int] | None:
        """Of the sums that do not come out the one with the fewest counts to choose; by how much it is too small."""
        self._attempts += 1
        if self._attempts > PATIENCE:
            raise GivenUp
        touched = dict.fromkeys(told for part, value in world.items() if value != part[2] for told in self._about[part])
        wrong = [(told, by) for told in touched if (by := self._off(told, world))]
        return min(wrong, key=lambda each: len((each[0][0] | each[0][1]) - world.keys()), default=None)

    def _off(self, told: Sum, world: Mapping[Unknown, int]) -> int:
        """By how much the sum is too small."""
        added, taken, total = told
        return total - sum(world.get(part, part[2]) for part in added) + sum(world.get(part, part[2]) for part in taken)

    def _most(self, part: Unknown, world: Mapping[Unknown, int], least: int) -> int:
        """The largest count that he tries: as far as the sums leave room; one above `least` where they leave all."""
        room = []
        for added, taken, total in self._about[part]:
            side, other, sign = (added, taken, 1) if part in added else (taken, added, -1)
            if other <= world.keys():
                beside = sum(world.get(each, 0) for each in side if each != part)
                room.append(sign * total + sum(world[each] for each in other) - beside)
        return max(min(room, default=least + 1), -1)


def unknowns(sheet: Sheet, units: Iterable[UUID], categories: Iterable[str]) -> frozenset[Unknown]:
    """The own counts behind a cell."""
    return frozenset((unit, name, sheet.counts.get(unit, {}).get(name, 0)) for unit in units for name in categories)


def small(sheet: Sheet) -> Iterator[frozenset[Unknown]]:
    """The own counts behind each small count about people's circumstances: of a row, in one column or in several taken
    together, unless these are a column about something else."""
    about = [column for column in sheet.columns if column.circumstances]
    for place in sheet.places.values():
        for several in chain.from_iterable(combinations(about, number) for number in range(1, len(about) + 1)):
            categories = {name for column in several for name in column.adds}
            parts = unknowns(sheet, place.units, categories)
            count = sum(part[2] for part in parts)
            another = len(several) > 1 and any(
                categories == set(column.adds) for column in sheet.columns if not column.circumstances
            )
            if 1 <= count <= 4 and not another:
                yield parts


def _parts(sheet: Sheet, units: Iterable[UUID], column: Column, number: int) -> frozenset[Unknown]:
    if column.follows is None:
        return unknowns(sheet, units, column.adds)
    parts = unknowns(sheet, units, column.adds)
    return frozenset((unit, f"{name} of release {number}", count) for unit, name, count in parts)


def _followed(sheet: Sheet, number: int) -> Iterator[Sum]:
    """Unit by unit: what follows a column adds up to it."""
    for name in dict.fromkeys(column.follows for column in sheet.columns if column.follows is not None):
        (followed,) = (column for column in sheet.columns if column.name == name)
        following = [column for column in sheet.columns if column.follows == name]
        for unit in frozenset[UUID]().union(*(place.units for place in sheet.places.values())):
            beside = (_parts(sheet, [unit], column, number) for column in following)
            yield unknowns(sheet, [unit], followed.adds), frozenset[Unknown]().union(*beside), 0
