"""What somebody who has every release does not know, numbered, and what of it he must not find out.

For him, a count of one unit that is the same in two releases is one unknown. What he must not find out are the small
counts about people's circumstances: those of a column, or of several columns together, since a difference of two others
tells them; of a row, of what lies between two rows of two releases, and of single units.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from uuid import UUID

from projections.publications.knowledge import Sum
from projections.publications.sheets import THRESHOLD, Cell, Column, Count, Sheet, is_small

Told = frozenset[str]
"""Columns that together tell of people's circumstances: one that is about them, or several."""


def told_by(columns: Sequence[Column]) -> tuple[Told, ...]:
    """What a sheet of these columns tells: every one about people's circumstances, and every several of them, but those
    that together are a column about something else."""
    about = [column for column in columns if column.circumstances]
    categories = {column.name: frozenset(column.adds) for column in columns}
    others = {categories[column.name] for column in columns if not column.circumstances}
    found: dict[frozenset[str], Told] = {}
    for number in range(1, len(about) + 1):
        for several in combinations(about, number):
            adds = frozenset[str]().union(*(categories[column.name] for column in several))
            if number == 1 or adds not in others:
                found.setdefault(adds, frozenset(column.name for column in several))
    return tuple(found.values())


class Numbers:
    """The unknowns, numbered: own counts that every cell of every sheet has together or not at all are one."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        found: dict[Count, list[int]] = {}
        cells: dict[int, dict[Cell, frozenset[Count]]] = {}
        number = 0
        for sheet in sheets:
            of_sheet = cells[id(sheet)] = {
                (unit, column.name): sheet.parts(unit, column) for unit in sheet.places for column in sheet.weighed
            }
            for parts in of_sheet.values():
                number += 1
                for part in sorted(parts):
                    found.setdefault(part, []).append(number)
        groups: dict[tuple[int, ...], int] = {}
        numbers = {part: groups.setdefault(tuple(places), len(groups)) for part, places in found.items()}
        self.values = [0] * len(groups)
        self._units: list[set[UUID]] = [set() for _ in groups]
        self._category = [""] * len(groups)
        for part, index in numbers.items():
            self.values[index] += part[2]
            self._units[index].add(part[0])
            self._category[index] = part[1]
        self._sums = {
            sheet: {cell: frozenset(numbers[part] for part in parts) for cell, parts in of_sheet.items()}
            for sheet, of_sheet in cells.items()
        }

    def cells(self, sheet: Sheet) -> Mapping[Cell, Sum]:
        """Every cell of the sheet, as the sum of unknowns."""
        return self._sums[id(sheet)]

    def secrets(self, newest: Sheet) -> list[Sum]:
        """Every small count: of rows of all sheets, of unknowns by themselves, of what lies between the newest and
        others; in one column, or in several together."""
        rows = chain.from_iterable(map(self._rows, self._sheets))
        own = chain.from_iterable(map(self._own, self._sheets))
        between = chain.from_iterable(self._differences(newest, sheet) for sheet in self._sheets)
        return list(dict.fromkeys(chain(rows, own, between)))

    def _rows(self, sheet: Sheet) -> Iterator[Sum]:
        cells, told = self.cells(sheet), told_by(sheet.weighed)
        for unit in sheet.places:
            yield from self._small(told, {column.name: cells[unit, column.name] for column in sheet.weighed})

    def _own(self, sheet: Sheet) -> Iterator[Sum]:
        telling = {name for column in sheet.weighed if column.circumstances for name in column.adds}
        of_units: dict[frozenset[UUID], dict[str, set[int]]] = {}
        for index in frozenset[int]().union(*self.cells(sheet).values()):
            category = self._category[index]
            if category in telling and is_small(self.values[index]):
                yield frozenset({index})
            of_units.setdefault(frozenset(self._units[index]), {}).setdefault(category, set()).add(index)
        told = told_by(sheet.weighed)
        for own in of_units.values():
            whole = [column for column in sheet.weighed if own.keys() >= set(column.adds)]
            sums = {column.name: frozenset[int]().union(*(own[name] for name in column.adds)) for column in whole}
            yield from self._small(told, sums)

    def _differences(self, newest: Sheet, other: Sheet) -> Iterator[Sum]:
        here, there, told = self.cells(newest), self.cells(other), told_by(newest.weighed)
        common = {column.name for column in newest.weighed} & {column.name for column in other.weighed}
        for unit, beside in _overlapping(newest, other):
            yield from self._small(told, {name: here[unit, name] - there[beside, name] for name in common})
            yield from self._small(told, {name: there[beside, name] - here[unit, name] for name in common})

    def _small(self, told: Sequence[Told], sums: Mapping[str, Sum]) -> Iterator[Sum]:
        """The small counts about people's circumstances among the sums of the columns, each of the same units."""
        counts = {name: self._count(asked) for name, asked in sums.items()}
        for names in told:
            if not names <= sums.keys() or any(counts[name] >= THRESHOLD for name in names):
                continue
            asked = frozenset[int]().union(*(sums[name] for name in names))
            if is_small(self._count(asked)) and self._of_the_same(sums[name] for name in names):
                yield asked

    def _count(self, asked: Sum) -> int:
        return sum(self.values[index] for index in asked)

    def _of_the_same(self, sums: Iterable[Sum]) -> bool:
        """Whether the sums are counts of the same units."""
        return len({frozenset[UUID]().union(*(self._units[index] for index in each)) for each in sums}) == 1


def _overlapping(one: Sheet, other: Sheet) -> Iterator[tuple[UUID, UUID]]:
    """Rows of the one and of the other that add up counts of the same units."""
    within: dict[UUID, list[UUID]] = {}
    for beside, place in other.places.items():
        for unit in place.units:
            within.setdefault(unit, []).append(beside)
    for row, place in one.places.items():
        found = {beside for unit in place.units for beside in within.get(unit, ())}
        yield from ((row, beside) for beside in other.places if beside in found)
