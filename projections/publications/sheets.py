"""A table as counted, before anything of it is kept back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

import msgspec

THRESHOLD = 5
"""The smallest count that is no small one (rules, 8.7: statistics suppressed when small)."""

Cell = tuple[UUID, str]
"""The unit of the row and the name of the column."""

Count = tuple[UUID, str, int]
"""How many one unit has by itself in one category: the same number in two releases is the same unknown."""


class Column(msgspec.Struct, frozen=True):
    """A column: which categories it adds up, and whether it is about people's circumstances. One that `follows` another
    is not weighed, since the columns that follow have the other as their sum: it is shown where that is."""

    name: str
    adds: tuple[str, ...]
    circumstances: bool
    follows: str | None = None


class Place(msgspec.Struct, frozen=True):
    """A unit that has a row: how far below the topmost one, and the units whose own counts it adds up."""

    depth: int
    units: frozenset[UUID]


class Sheet(msgspec.Struct, frozen=True):
    """A table as counted: its columns, its rows, and the own counts of each unit by category (what is missing is 0)."""

    columns: tuple[Column, ...]
    places: Mapping[UUID, Place]
    counts: Mapping[UUID, Mapping[str, int]]

    @property
    def weighed(self) -> tuple[Column, ...]:
        """The columns that do not follow another."""
        return tuple(column for column in self.columns if column.follows is None)

    def cells(self) -> Iterator[Cell]:
        """Every cell that is weighed, row by row."""
        return ((unit, column.name) for unit in self.places for column in self.weighed)

    def parts(self, unit: UUID, column: Column) -> frozenset[Count]:
        """The own counts that a cell adds up."""
        units = self.places[unit].units
        return frozenset((each, name, self._own(each, name)) for each in units for name in column.adds)

    def value(self, unit: UUID, column: Column) -> int:
        """The exact count of a cell."""
        return sum(count for _, _, count in self.parts(unit, column))

    def _own(self, unit: UUID, category: str) -> int:
        return self.counts.get(unit, {}).get(category, 0)


def is_small(count: int) -> bool:
    """Whether a count about people's circumstances is kept back."""
    return 0 < count < THRESHOLD
