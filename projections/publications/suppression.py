"""Which cells of a table are kept back, so that no small count about people's circumstances can be worked out.

A count of 1 to 4 is small. Zero is shown: it says of nobody what he is. Kept back are the small counts themselves and
as many others as it takes (complementary suppression), over rows, columns, up the tree, and over all releases before.

Against whom: somebody who has every release, knows which counts have not changed between them, and which units made up
which. For him, a count of one unit that is the same in two releases is one unknown. A small count is safe where other
whole counts, none below zero, fit everything that was released and give it another value. Small counts are the cells of
any release, and what lies between two of them: a village that went from one commune to another is the difference of the
commune before and after. How a count moved from month to month is no count of people, and is not kept back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from uuid import UUID

import msgspec

from projections.publications.knowledge import Knowledge, Sum

THRESHOLD = 5
"""The smallest count that is no small one (rules, 8.7: statistics suppressed when small)."""

Cell = tuple[UUID, str]
"""The unit of the row and the name of the column."""

Count = tuple[UUID, str, int]
"""How many one unit has by itself in one category: the same number in two releases is the same unknown."""


class Column(msgspec.Struct, frozen=True):
    """A column: which categories it adds up, and whether it is about people's circumstances."""

    name: str
    adds: tuple[str, ...]
    circumstances: bool


class Place(msgspec.Struct, frozen=True):
    """A unit that has a row: how far below the topmost one, and the units whose own counts it adds up."""

    depth: int
    units: frozenset[UUID]


class Sheet(msgspec.Struct, frozen=True):
    """A table as counted: its columns, its rows, and the own counts of each unit by category (what is missing is 0)."""

    columns: tuple[Column, ...]
    places: Mapping[UUID, Place]
    counts: Mapping[UUID, Mapping[str, int]]

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row."""
        return ((unit, column.name) for unit in self.places for column in self.columns)

    def parts(self, unit: UUID, column: Column) -> frozenset[Count]:
        """The own counts that a cell adds up."""
        units = self.places[unit].units
        return frozenset((each, name, self._own(each, name)) for each in units for name in column.adds)

    def value(self, unit: UUID, column: Column) -> int:
        """The exact count of a cell."""
        return sum(count for _, _, count in self.parts(unit, column))

    def _own(self, unit: UUID, category: str) -> int:
        return self.counts.get(unit, {}).get(category, 0)


class Released(msgspec.Struct, frozen=True):
    """A table that was released: as it was counted, and which of its cells were kept back."""

    sheet: Sheet
    suppressed: frozenset[Cell]


def suppressed(sheet: Sheet, earlier: Sequence[Released]) -> frozenset[Cell]:
    """The cells to be kept back when the table is released after the earlier ones."""
    return _Weighing(sheet, earlier).suppressed()


def is_small(count: int) -> bool:
    """Whether a count about people's circumstances is kept back."""
    return 0 < count < THRESHOLD


class _Weighing:
    """What may be shown of a sheet, weighed against everything that was shown before."""

    def __init__(self, sheet: Sheet, earlier: Sequence[Released]) -> None:
        self._sheet = sheet
        self._columns = {column.name: column for column in sheet.columns}
        numbers = _Numbers([*(each.sheet for each in earlier), sheet])
        self._sums = {cell: numbers.sum(sheet, cell) for cell in sheet.cells()}
        self._secrets = numbers.secrets(sheet)
        self._before = Knowledge(numbers.values)
        for each in earlier:
            shown = (numbers.sum(each.sheet, cell) for cell in each.sheet.cells() if cell not in each.suppressed)
            for known in sorted(set(shown), key=len):
                self._before.learn(known)

    def suppressed(self) -> frozenset[Cell]:
        small = {cell for cell in self._sheet.cells() if self._is_secret(cell)}
        kept = dict.fromkeys(small)
        while more := self._lacking(kept):
            kept |= dict.fromkeys(more)
        # What was kept back first may have become needless by what was kept back later.
        for cell in reversed([cell for cell in kept if cell not in small]):
            without = {each: None for each in kept if each != cell}
            if next(self._given_away(without), None) is None:
                kept = without
        return frozenset(kept)

    def _is_secret(self, cell: Cell) -> bool:
        unit, name = cell
        column = self._columns[name]
        return column.circumstances and is_small(self._sheet.value(unit, column))

    def _lacking(self, kept: Mapping[Cell, None]) -> list[Cell]:
        """One more cell for each small count that is still given away; none where all are safe, as far as they can be
        made safe here."""
        chosen: dict[Cell, None] = {}
        for telling in self._given_away(kept):
            if chosen.keys().isdisjoint(telling):
                chosen[min(telling, key=self._price)] = None
        return list(chosen)

    def _given_away(self, kept: Mapping[Cell, None]) -> Iterator[frozenset[Cell]]:
        """For each small count that follows from what is shown: the cells of which one must be kept back as well."""
        known = self._before.copy()
        for cell in sorted((cell for cell in self._sums if cell not in kept), key=lambda cell: len(self._sums[cell])):
            known.learn(self._sums[cell], cell)
        for secret in self._secrets:
            telling: frozenset[Cell] | None = known.given_away_by(secret)  # type: ignore[assignment]
            if telling:
                yield telling

    def _price(self, cell: Cell) -> tuple[bool, int, bool, int, str, UUID]:
        """What keeping a cell back costs the reader: totals most, then what stands high in the tree, then large counts.
        A zero is taken last: it says most clearly that nobody is meant."""
        unit, name = cell
        column = self._columns[name]
        count = self._sheet.value(unit, column)
        return len(column.adds) > 1, -self._sheet.places[unit].depth, count == 0, count, name, unit


class _Numbers:
    """The unknowns, numbered: own counts that every cell of every sheet has together or not at all are one."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        found: dict[Count, list[int]] = {}
        cells: dict[int, dict[Cell, frozenset[Count]]] = {}
        number = 0
        for sheet in sheets:
            of_sheet = cells[id(sheet)] = {
                (unit, column.name): sheet.parts(unit, column) for unit in sheet.places for column in sheet.columns
            }
            for parts in of_sheet.values():
                number += 1
                for part in sorted(parts):
                    found.setdefault(part, []).append(number)
        groups: dict[tuple[int, ...], int] = {}
        numbers = {part: groups.setdefault(tuple(places), len(groups)) for part, places in found.items()}
        self.values = [0] * len(groups)
        self._category = [""] * len(groups)
        for part, index in numbers.items():
            self.values[index] += part[2]
            self._category[index] = part[1]
        self._sums = {
            sheet: {cell: frozenset(numbers[part] for part in parts) for cell, parts in of_sheet.items()}
            for sheet, of_sheet in cells.items()
        }

    def sum(self, sheet: Sheet, cell: Cell) -> Sum:
        return self._sums[id(sheet)][cell]

    def secrets(self, newest: Sheet) -> list[Sum]:
        """Every small count: cells of all sheets, unknowns by themselves, what lies between the newest and others."""
        telling = {name for s in self._sheets for c in s.columns if c.circumstances for name in c.adds}
        own = [frozenset({index}) for index, category in enumerate(self._category) if category in telling]
        cells = (self._told(sheet) for sheet in self._sheets)
        between = (difference for sheet in self._sheets for difference in self._differences(newest, sheet))
        every = dict.fromkeys(chain(chain.from_iterable(cells), own, between))
        return [each for each in every if is_small(sum(self.values[index] for index in each))]

    def _told(self, sheet: Sheet) -> Iterable[Sum]:
        columns = [column for column in sheet.columns if column.circumstances]
        return (self.sum(sheet, (unit, column.name)) for unit in sheet.places for column in columns)

    def _differences(self, newest: Sheet, other: Sheet) -> Iterator[Sum]:
        names = {column.name for column in other.columns}
        columns = [column.name for column in newest.columns if column.circumstances and column.name in names]
        for unit, beside in _overlapping(newest, other):
            for name in columns:
                mine, theirs = self.sum(newest, (unit, name)), self.sum(other, (beside, name))
                yield mine - theirs
                yield theirs - mine


def _overlapping(one: Sheet, other: Sheet) -> Iterator[tuple[UUID, UUID]]:
    """Rows of the one and of the other that add up counts of the same units."""
    within: dict[UUID, list[UUID]] = {}
    for beside, place in other.places.items():
        for unit in place.units:
            within.setdefault(unit, []).append(beside)
    for row, place in one.places.items():
        found = {beside for unit in place.units for beside in within.get(unit, ())}
        yield from ((row, beside) for beside in other.places if beside in found)
