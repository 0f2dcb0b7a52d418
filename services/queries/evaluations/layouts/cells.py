"""The table that holds the cap on the excellent against each cell (Mẫu 15)."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import msgspec

from events.facts.evaluations import LevelCounts, Subject, pool_id
from projections.registers import evaluations
from projections.registers.evaluations import RoundView
from projections.states.layouts import Column, Filling, Layout
from projections.states.rulebooks.entries import Base
from projections.states.rulebooks.readings import ShareReading, cap
from projections.states.rulebooks.round_entries import StepKind
from services.queries.evaluations.layouts.rows import MOST_LINES, Cell, Table, TableRow, per_cent
from services.queries.evaluations.rules import known_rulebook
from services.queries.naming import look_up
from services.queries.session import CannotAnswer, Session

KEPT, EXCEEDED = "Đạt chuẩn", "VƯỢT TRẦN"


class CellLevels(msgspec.Struct, frozen=True):
    """A cell with the levels of its members. `share` reads the cap over those good or better; None where none holds."""

    name: str | None
    members: int
    levels: LevelCounts
    share: ShareReading | None
    percent: int | None


async def table(session: Session, unit: UUID, year: int, layout: Layout) -> Table:
    """A row for each cell with a round at or below the unit. Raises `CannotAnswer` (layout_too_large)."""
    connection, day, known_at = session.connection, session.as_of, session.known_at
    lines = await evaluations.listed(connection, unit, year, day, known_at, "member", "present", None, MOST_LINES + 1)
    if len(lines) > MOST_LINES:
        raise CannotAnswer("layout_too_large", most=MOST_LINES)
    steps = await evaluations.steps(connection, list({line.round for line in lines}), day, known_at)
    proposed = {(s.round, s.member): s.level for s in steps if s.kind == StepKind.PROPOSAL.value}
    levels: dict[UUID, Counter[str]] = {}
    present: Counter[UUID] = Counter(line.unit for line in lines)
    for line in lines:
        level = line.level or proposed.get((line.round, line.member))
        levels.setdefault(line.unit, Counter())[level or ""] += 1
    rounds = await evaluations.rounds(connection, list(levels), year, day, known_at)
    authorised = await _authorised(session, {view.members_by or view.committee for view in rounds.values()}, year)
    names = await look_up(session, units=levels)
    cells = [
        _levels(names.unit(cell, day).name, present[cell], counted, rounds.get(cell), authorised)
        for cell, counted in levels.items()
    ]
    cells.sort(key=lambda cell: cell.name or "")
    return Table(
        [TableRow([_cell(column, number, cell) for column in layout.columns]) for number, cell in enumerate(cells, 1)]
    )


async def _authorised(session: Session, committees: set[UUID], year: int) -> dict[UUID, int]:
    """The share that a document allows each of the committees' pools of members."""
    pools = {pool_id(committee, year, Subject.MEMBER): committee for committee in committees}
    found = await evaluations.authorised(session.connection, list(pools), session.as_of, session.known_at)
    return {pools[pool]: percent for pool, percent in found.items()}


def _levels(
    name: str | None, members: int, counted: Counter[str], view: RoundView | None, authorised: dict[UUID, int]
) -> CellLevels:
    counts = LevelCounts(**{level: number for level, number in counted.items() if level})
    rulebook = None if view is None else known_rulebook(view.digest)
    if rulebook is None or view is None:
        return CellLevels(name, members, counts, None, None)
    held = cap(rulebook, Subject.MEMBER, counts, authorised.get(view.members_by or view.committee))
    if held is None:
        return CellLevels(name, members, counts, None, None)
    share = held.reading if held.cap.base.counts is Base.GOOD_OR_BETTER else held.other
    return CellLevels(name, members, counts, share, held.percent)


def _cell(column: Column, number: int, cell: CellLevels) -> Cell:
    share = cell.share
    match column.fills:
        case Filling.INDEX:
            return number
        case Filling.CELL:
            return cell.name
        case Filling.MEMBERS:
            return cell.members
        case Filling.GOOD_OR_BETTER:
            return cell.levels.excellent + cell.levels.good
        case Filling.ALLOWED:
            return share.allowed if share else None
        case Filling.EXCELLENT:
            return cell.levels.excellent
        case Filling.SHARE:
            return per_cent(cell.levels.excellent, cell.levels.excellent + cell.levels.good)
        case Filling.VERDICT if share is not None:
            return KEPT if share.within else f"{EXCEEDED} {cell.percent}%"
    return None
