"""The index: heads cell by cell, folded and in order, joined to one text through which `str.find` goes.

A province of 600,000 households is some 12 MB of letters in 1,400 texts. What is asked about is found in all of them in
the time that reading these takes, and the cells are merged only as far as a page needs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

END = "\n"
"""Ends a head. No folded name has it: each is one line."""
ID = 16
FEW = 64

Entry = tuple[str, bytes]
"""A folded head and the id of its household: in this order."""


class Match(NamedTuple):
    """A head, folded, that a household was believed to have in a cell at some time."""

    head: str
    household: UUID
    unit: UUID


class HeadIndex:
    """Which heads there ever were in which cell. Whether it is so at the time asked about, the register says."""

    def __init__(self) -> None:
        self._cells: dict[UUID, _Cell] = {}

    def __len__(self) -> int:
        return sum(map(len, self._cells.values()))

    def add(self, unit: UUID, household: UUID, head: str) -> None:
        """From now on the household is found in the cell by this folded head, too."""
        cell = self._cells.get(unit)
        if cell is None:
            cell = self._cells[unit] = _Cell()
        cell.add((head, household.bytes))

    def forget(self, households: Iterable[UUID]) -> None:
        """The households are found no more."""
        for household in households:
            for cell in self._cells.values():
                cell.forget(household.bytes)

    def settled(self) -> Iterator[UUID]:
        """Does cell by cell what the next searches would have to do first."""
        for unit, cell in list(self._cells.items()):
            cell.settle()
            yield unit

    def matching(self, part: str, units: Iterable[UUID], after: tuple[str, UUID] | None = None) -> Iterator[Match]:
        """Heads in these cells that have the folded part in them and follow `after`; by head, then by household."""
        beyond = None if after is None else (after[0], after[1].bytes)
        cells = ((unit, self._cells[unit]) for unit in units if unit in self._cells)
        for head, household, unit in merge(*(cell.matching(part, beyond, unit) for unit, cell in cells)):
            yield Match(head, UUID(bytes=household), unit)


class _Cell:
    """The heads of one cell. What is new waits until somebody searches, or it has become much."""

    __slots__ = ("_ids", "_new", "_starts", "_text")

    def __init__(self) -> None:
        self._text, self._ids = "", b""
        self._starts: array[int] = array("I")
        self._new: list[Entry] = []

    def __len__(self) -> int:
        return len(self._starts) + len(self._new)

    def add(self, entry: Entry) -> None:
        self._new.append(entry)
        if len(self._new) > max(FEW, len(self._starts)):
            self.settle()

    def settle(self) -> None:
        if self._new:
            self._write({*self._entries(), *self._new})
            self._new = []

    def forget(self, household: bytes) -> None:
        if household in self._ids or any(household == id_ for _, id_ in self._new):
            self.settle()
            self._write(entry for entry in self._entries() if entry[1] != household)

    def matching(self, part: str, after: Entry | None, unit: UUID) -> Iterator[tuple[str, bytes, UUID]]:
        self.settle()
        text, starts, ids = self._text, self._starts, self._ids
        place = 0
        if after is not None:
            number = bisect_right(range(len(starts)), after, key=self._entry)
            if number == len(starts):
                return
            place = starts[number]
        while (place := text.find(part, place)) >= 0:
            number = bisect_right(starts, place) - 1
            end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
            yield text[starts[number] : end], ids[number * ID : number * ID + ID], unit
            place = end

    def _entry(self, number: int) -> Entry:
        start = self._starts[number]
        end = self._text.find(END, start)
        return self._text[start : None if end < 0 else end], self._ids[number * ID : number * ID + ID]

    def _entries(self) -> Iterator[Entry]:
        if not self._starts:
            return iter(())
        ids = (self._ids[start : start + ID] for start in range(0, len(self._ids), ID))
        return zip(self._text.split(END), ids, strict=True)

    def _write(self, entries: Iterable[Entry]) -> None:
        """New objects in place of the old: a search that goes on reads what was there when it began."""
        kept = sorted(entries)
        self._text = END.join(head for head, _ in kept)
        self._ids = b"".join(household for _, household in kept)
        self._starts = array("I", accumulate((len(head) + 1 for head, _ in kept[:-1]), initial=0) if kept else ())
