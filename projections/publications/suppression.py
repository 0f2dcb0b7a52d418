"""Which cells of a table are kept back, so that no small count about people's circumstances can be worked out.

A count of 1 to 4 is small. Zero is shown: it says of nobody what he is. Kept back are the small counts themselves and
as many others as it takes (complementary suppression), over rows, columns, up the tree, and over all releases before.

Against whom: somebody who has every release, knows which counts have not changed between them, and which units made up
which. A small count is safe where other whole counts, none below zero, fit everything that was released and give it
another value. Small counts are those of a row, of one column or of several together, and what lies between two
releases: a village that went from one commune to another is the difference of the commune before and after. How a count
moved from month to month is no count of people, and is not kept back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import msgspec

from projections.publications.knowledge import Knowledge
from projections.publications.sheets import Cell, Sheet, is_small
from projections.publications.unknowns import Numbers


class Released(msgspec.Struct, frozen=True):
    """A table that was released: as it was counted, and which of its cells were kept back."""

    sheet: Sheet
    suppressed: frozenset[Cell]


def suppressed(sheet: Sheet, earlier: Sequence[Released]) -> frozenset[Cell]:
    """The cells to be kept back when the table is released after the earlier ones."""
    kept = _Weighing(sheet, earlier).suppressed()
    following = [column for column in sheet.columns if column.follows is not None]
    return kept | {(unit, c.name) for unit in sheet.places for c in following if (unit, c.follows) in kept}


class _Weighing:
    """What may be shown of a sheet, weighed against everything that was shown before."""

    def __init__(self, sheet: Sheet, earlier: Sequence[Released]) -> None:
        self._sheet = sheet
        self._columns = {column.name: column for column in sheet.columns}
        numbers = Numbers([*(each.sheet for each in earlier), sheet])
        self._sums = numbers.cells(sheet)
        self._secrets = numbers.secrets(sheet)
        self._before = Knowledge(numbers.values)
        for each in earlier:
            shown = (known for cell, known in numbers.cells(each.sheet).items() if cell not in each.suppressed)
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
