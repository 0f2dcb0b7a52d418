"""Tables of figures: numbers of members by what became of them, in all and by kind of cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from uuid import UUID

from projections.registers import evaluations
from projections.registers.evaluations import EvaluationCounts, GroundsCount, Summary
from projections.states.layouts import Column, Figure, Filling, Layout, Row
from services.queries.evaluations.layouts.rows import Cell, Table, TableRow
from services.queries.session import Session

Kinds = frozenset[str] | None
"""Kinds of cells; None for all."""


class _Numbers:
    """Every number that a row can show."""

    def __init__(
        self, summary: Summary, cases: dict[tuple[str, str | None], int], probationary: int, named: frozenset[str]
    ) -> None:
        self._summary, self._cases, self._probationary = summary, cases, probationary
        self._grounds = [each for each in summary.grounds if each.subject == "member"]
        self._named = named

    def of(self, row: Row, kinds: Kinds) -> Cell:
        """The row's number for cells of these kinds; nothing where it is known for all of them only."""
        match row.shows:
            case None:
                return None
            case Figure.CASE:
                counts = ((kind, number) for (case, kind), number in self._cases.items() if case == row.of)
                return sum(number for kind, number in counts if kinds is None or kind in kinds)
            case Figure.GROUND:
                return self._by_ground(kinds, lambda grounds: row.of in grounds)
            case Figure.OTHER_GROUNDS:
                return self._by_ground(kinds, lambda grounds: self._named.isdisjoint(grounds))
            case Figure.PROBATIONARY:
                return self._probationary if kinds is None else None
        counts_ = self._counts(kinds)
        match row.shows:
            case Figure.FULL:
                return counts_.present - self._probationary if kinds is None else None
            case Figure.CLASSIFIED:
                return counts_.present - counts_.exempt
        number: int = getattr(counts_, row.shows.value)
        return number

    def _counts(self, kinds: Kinds) -> EvaluationCounts:
        if kinds is None:
            return self._summary.figures.members
        parts = (part.figures.members for part in self._summary.kinds if part.cell_kind in kinds)
        return sum(parts, EvaluationCounts())

    def _by_ground(self, kinds: Kinds, wanted: Callable[[list[str]], bool]) -> int:
        found: Counter[bool] = Counter()
        for each in self._grounds:
            found[self._is_of(each, kinds) and wanted(each.grounds)] += each.count
        return found[True]

    def _is_of(self, each: GroundsCount, kinds: Kinds) -> bool:
        return kinds is None or each.cell_kind in kinds


async def table(session: Session, unit: UUID, year: int, layout: Layout) -> Table:
    """The rows of the file with their numbers."""
    asked = session.connection, unit, year, session.as_of, session.known_at
    named = frozenset(row.of for row in layout.rows if row.shows is Figure.GROUND and row.of is not None)
    numbers = _Numbers(
        await evaluations.statistics(*asked),
        await evaluations.exempt_by_case(*asked),
        await evaluations.probationary(*asked),
        named,
    )
    return Table(
        [TableRow([_cell(c, row, numbers) for c in layout.columns], row.depth, row.empty) for row in layout.rows]
    )


def _cell(column: Column, row: Row, numbers: _Numbers) -> Cell:
    match column.fills:
        case None:
            return None
        case Filling.HEADING:
            return row.heading
    kinds = frozenset(kind.value for kind in column.cell_kinds) or None
    return numbers.of(row, kinds)
