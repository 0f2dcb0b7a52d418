"""The statistics of a classification up the tree: present = exempt + not yet rated + rated; rated = the four levels."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

import msgspec

from events.facts.evaluations import Subject
from projections.registers import evaluations, organisation
from projections.registers.evaluations import LISTS, EvaluationFigures, GroundsCount, KindPart, Part
from projections.registers.organisation import UnitView
from services.queries.evaluations.rules import CapLine, RuleLine, cap_lines, ground_lines, known_rulebook
from services.queries.session import Session
from services.queries.units import must_be_known


class StatisticsRow(msgspec.Struct, frozen=True):
    """The figures of a unit directly below. `visible` is false where it has left the caller's scope since the day: its
    figures are not told."""

    unit: UUID
    name: str | None
    kind: str | None
    cell_kind: str | None
    figures: EvaluationFigures
    visible: bool


class GroundLine(msgspec.Struct, frozen=True):
    """How many are rated "not completed" on the ground, or on none that is named (None). Who has two is in both."""

    subject: Subject
    ground: RuleLine | None
    count: int


class Statistics(msgspec.Struct, frozen=True):
    """The classification of a year at or below the unit, in the tree of the day.

    `exempt` are those whom nobody rates this year by the roster, `review_only` those of them who do the self-review.
    Units that have opened no round are `without_round`; they and the members of these cells count as not yet rated. A
    member on the rosters of two cells counts in both. `caps` are those that are exceeded, depend on how they are read,
    or have an exception, of `capped` in all. `incomplete` rounds, members and pools are not counted, because a fact
    about them could not be applied; `hidden` units stood there on the day and are out of the caller's scope today.
    `lists` has the address of the list behind each number of members.
    """

    unit: UUID
    as_of: date
    known_at: int
    year: int
    name: str
    figures: EvaluationFigures
    rows: list[StatisticsRow]
    kinds: list[KindPart]
    grounds: list[GroundLine]
    capped: int
    caps: list[CapLine]
    incomplete: int
    hidden: int
    lists: dict[str, str]


async def statistics(session: Session, unit: UUID, year: int) -> Statistics:
    """The figures of the unit. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    summary = await evaluations.statistics(session.connection, unit, year, day, known_at)
    ids = [unit, *(part.unit for part in summary.parts)]
    units = {view.unit: view for view in await organisation.units(session.connection, ids, day, known_at)}
    caps = await cap_lines(session, await evaluations.pools(session.connection, unit, year, day, known_at))
    where, when = f"/v1/units/{unit}/classification", f"year={year}&as_of={day}&known_at={known_at}"
    return Statistics(
        unit=unit,
        as_of=day,
        known_at=known_at,
        year=year,
        name=units[unit].name,
        figures=summary.figures,
        rows=[_row(part, units.get(part.unit)) for part in summary.parts],
        kinds=summary.kinds,
        grounds=ground_counts(summary.grounds),
        capped=len(caps),
        caps=[line for line in caps if line.exceeded or line.disagree or line.authorised is not None],
        incomplete=summary.incomplete,
        hidden=summary.hidden,
        lists={column: f"{where}/ratings?column={column}&{when}" for column in LISTS}
        | {"without_round": f"{where}/without-round?{when}"},
    )


def _row(part: Part, view: UnitView | None) -> StatisticsRow:
    if view is None:
        return StatisticsRow(part.unit, None, None, None, part.figures, part.visible)
    return StatisticsRow(part.unit, view.name, view.kind, view.cell_kind, part.figures, part.visible)


def ground_counts(found: list[GroundsCount]) -> list[GroundLine]:
    """By subject and ground, in the order of the grounds' names; last who has none."""
    counts: Counter[tuple[str, str | None]] = Counter()
    lines: dict[str, RuleLine] = {}
    for each in found:
        of_nothing: list[str | None] = [None]
        for ground in each.grounds or of_nothing:
            counts[each.subject, ground] += each.count
        lines |= {line.name: line for line in ground_lines(known_rulebook(each.digest), each.grounds)}
    return [
        GroundLine(Subject(subject), lines[ground] if ground else None, count)
        for (subject, ground), count in sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] or "~"))
    ]
