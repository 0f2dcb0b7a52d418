"""The index: heads in blocks of some cells, folded and in order, joined to one text through which `str.find` goes.

A province of 600,000 households is some 10 MB of letters in a hundred texts. What is asked about is found in all of
them in the time that reading these takes, and the blocks are merged only as far as a page needs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set
from heapq import merge
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

END = "\n"
"""Ends a head. No folded name has it: each is one line."""
ID = 16
CELLS = 32
"""Cells of a block: the more, the fewer there are to be merged, and the longer one takes to write anew."""
FEW = 64
SHARE = 8
"""When a block has this part of its heads, or more than a few, waiting beside it, it is written anew."""

Entry = tuple[str, bytes, bytes]
"""A folded head, and the ids of its household and of its cell: in this order."""


class Match(NamedTuple):
    """A head, folded, that a household was believed to have in a cell at some time."""

    head: str
    household: UUID
    unit: UUID


class HeadIndex:
    """Which heads there ever were in which cell. Whether it is so at the time asked about, the register says."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._block_of: dict[bytes, _Block] = {}

    def __len__(self) -> int:
        return sum(map(len, self._blocks))

    def add(self, unit: UUID, household: UUID, head: str) -> None:
        """From now on the household is found in the cell by this folded head, too."""
        cell = unit.bytes
        block = self._block_of.get(cell)
        if block is None:
            # Cells come as they were told: those of one commune are mostly neighbours.
            if not self._blocks or self._blocks[-1].is_full():
                self._blocks.append(_Block())
            block = self._block_of[cell] = self._blocks[-1]
        block.add((head, household.bytes, cell))

    def forget(self, households: Iterable[UUID]) -> None:
        """The households are found no more."""
        for household in households:
            for block in self._blocks:
                block.forget(household.bytes)

    def put_in_order(self) -> Iterator[int]:
        """Takes what waits beside the blocks into them, block by block; yields how many heads each has."""
        for block in list(self._blocks):
            block.put_in_order()
            yield len(block)

    def matching(self, part: str, cells: Set[bytes] | None, after: tuple[str, UUID] | None = None) -> Iterator[Match]:
        """Heads in these cells (None: in all) that have the folded part in them and follow `after`; by head, then by
        household."""
        beyond = None if after is None else (after[0], after[1].bytes)
        found = [each for block in self._blocks for each in block.matching(part, cells, beyond)]
        before: Entry | None = None
        for entry in merge(*found):
            # What is new may be what is there already.
            if entry != before:
                before = entry
                yield Match(entry[0], UUID(bytes=entry[1]), UUID(bytes=entry[2]))


class _Block:
    """The heads of some cells. What is new waits beside them, until it has become much."""

    __slots__ = ("_cell_of", "_cells", "_ids", "_new", "_numbers", "_starts", "_text")

    def __init__(self) -> None:
        self._text, self._ids = "", b""
        self._starts, self._cell_of = array("I"), array("H")
        self._cells: list[bytes] = []
        self._numbers: dict[bytes, int] = {}
        self._new: list[Entry] = []

    def __len__(self) -> int:
        return len(self._starts) + len(self._new)

    def is_full(self) -> bool:
        return len(self._cells) >= CELLS

    def add(self, entry: Entry) -> None:
        if entry[2] not in self._numbers:
            self._numbers[entry[2]] = len(self._cells)
            self._cells.append(entry[2])
        self._new.append(entry)
        if len(self._new) > max(FEW, len(self._starts) // SHARE):
            self.put_in_order()

    def put_in_order(self) -> None:
        if self._new:
            self._write({*self._entries(), *self._new})

    def forget(self, household: bytes) -> None:
        if household in self._ids or any(household == entry[1] for entry in self._new):
            self._write({entry for entry in (*self._entries(), *self._new) if entry[1] != household})

    def matching(
        self, part: str, cells: Set[bytes] | None, after: tuple[str, bytes] | None
    ) -> Iterator[Iterator[Entry]]:
        """What is in order, and what is new, each in order."""
        wanted = {number for number, cell in enumerate(self._cells) if cells is None or cell in cells}
        if not wanted:
            return
        yield self._settled(part, wanted, after)
        new = [entry for entry in self._new if part in entry[0] and self._numbers[entry[2]] in wanted]
        if new:
            yield iter(sorted(entry for entry in new if after is None or entry[:2] > after))

    def _settled(self, part: str, wanted: Set[int], after: tuple[str, bytes] | None) -> Iterator[Entry]:
        text, starts, ids, cell_of, cells = self._text, self._starts, self._ids, self._cell_of, self._cells
        place = 0
        if after is not None:
            number = bisect_right(range(len(starts)), after, key=lambda number: self._entry(number)[:2])
            if number == len(starts):
                return
            place = starts[number]
        while (place := text.find(part, place)) >= 0:
            number = bisect_right(starts, place) - 1
            end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
            if cell_of[number] in wanted:
                yield text[starts[number] : end], ids[number * ID : number * ID + ID], cells[cell_of[number]]
            place = end

    def _entry(self, number: int) -> Entry:
        start = self._starts[number]
        end = self._text.find(END, start)
        head = self._text[start : None if end < 0 else end]
        return head, self._ids[number * ID : number * ID + ID], self._cells[self._cell_of[number]]

    def _entries(self) -> Iterator[Entry]:
        if not self._starts:
            return iter(())
        ids = (self._ids[start : start + ID] for start in range(0, len(self._ids), ID))
        return zip(self._text.split(END), ids, (self._cells[number] for number in self._cell_of), strict=True)

    def _write(self, entries: Iterable[Entry]) -> None:
        """New objects in place of the old: a search that goes on reads what was there when it began."""
        kept = sorted(entries)
        self._text = END.join(head for head, _, _ in kept)
        self._ids = b"".join(household for _, household, _ in kept)
        self._cell_of = array("H", (self._numbers[cell] for _, _, cell in kept))
        self._starts = array("I", accumulate((len(head) + 1 for head, _, _ in kept[:-1]), initial=0) if kept else ())
        self._new = []
