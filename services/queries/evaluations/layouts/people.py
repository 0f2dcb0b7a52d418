"""Tables with a row for each member: points and levels (Mẫu 14), and the count of the ballots."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from events.facts.evaluations import LEVELS
from projections.registers import evaluations, organisation
from projections.registers.evaluations import LineView, StepView
from projections.states.layouts import Column, Filling, Layout
from projections.states.rulebooks.round_entries import StepKind
from services import texts
from services.queries.evaluations.layouts.rows import (
    MOST_LINES,
    Cell,
    HeadLine,
    Table,
    TableRow,
    by_name,
    decimal,
    joined,
    level_words,
    per_cent,
    points,
)
from services.queries.meetings import cell_of
from services.queries.naming import look_up
from services.queries.session import CannotAnswer, Session


class Person(msgspec.Struct, frozen=True):
    """What a row may show of a member."""

    name: str | None
    cell: str | None
    offices: str | None
    line: LineView
    steps: Mapping[str, StepView]

    def step(self, kind: StepKind) -> StepView | None:
        return self.steps.get(kind.value)


async def members(session: Session, unit: UUID, year: int, layout: Layout) -> Table:
    """Every member of the rounds at or below the unit; by cell and given name. Raises `CannotAnswer`."""
    people = await _people(session, unit, year)
    return Table([_row(layout, number, person) for number, person in enumerate(people, 1)])


async def ballots(session: Session, unit: UUID, year: int, layout: Layout) -> Table:
    """Every member of the cell on whom a ballot was held, those with the best average first. Raises `CannotAnswer`."""
    await cell_of(session, unit)
    people = await _people(session, unit, year)
    voted = [person for person in people if person.step(StepKind.BALLOT) is not None]
    voted.sort(key=lambda person: _average(person) or Decimal(0), reverse=True)
    returned = max((_papers(person) for person in voted), default=0)
    head = [
        HeadLine("Tổng số đảng viên", len(people)),
        HeadLine("Số tham gia bỏ phiếu", returned),
        HeadLine("Tỷ lệ (%)", per_cent(returned, len(people))),
    ]
    return Table([_row(layout, number, person) for number, person in enumerate(voted, 1)], head)


async def _people(session: Session, unit: UUID, year: int) -> list[Person]:
    connection, day, known_at = session.connection, session.as_of, session.known_at
    lines = await evaluations.listed(connection, unit, year, day, known_at, "member", "present", None, MOST_LINES + 1)
    if len(lines) > MOST_LINES:
        raise CannotAnswer("layout_too_large", most=MOST_LINES)
    persons = [line.member for line in lines if line.member is not None]
    steps = await evaluations.steps(connection, list({line.round for line in lines}), day, known_at, persons)
    names = await look_up(session, persons=persons, units={line.unit for line in lines})
    offices: dict[UUID, list[str]] = {}
    for tenure in await organisation.offices_held(connection, persons, day, known_at):
        offices.setdefault(tenure.person, []).append(texts.term("office_kind", tenure.office, "vi"))
    taken: dict[tuple[UUID, Any], dict[str, StepView]] = {}
    for step in steps:
        taken.setdefault((step.round, step.member), {})[step.kind] = step
    found = [
        Person(
            name=names.person(line.member).name,
            cell=names.unit(line.unit, day).name,
            offices=joined(offices.get(line.member, ())),
            line=line,
            steps=taken.get((line.round, line.member), {}),
        )
        for line in lines
        if line.member is not None
    ]
    return sorted(found, key=lambda person: (person.cell or "", *by_name(person.name), person.line.line))


def _row(layout: Layout, number: int, person: Person) -> TableRow:
    return TableRow([_cell(column, number, person) for column in layout.columns])


def _cell(column: Column, number: int, person: Person) -> Cell:
    assessed, proposed = person.step(StepKind.SELF_ASSESSMENT), person.step(StepKind.PROPOSAL)
    match column.fills:
        case Filling.INDEX:
            return number
        case Filling.NAME:
            return person.name
        case Filling.PARTY_OFFICE:
            return person.offices
        case Filling.CELL:
            return person.cell
        case Filling.SELF_POINTS:
            return points(_tenths(assessed, column.of))
        case Filling.SELF_TOTAL:
            return points(_total(assessed))
        case Filling.APPRAISED_TOTAL:
            return points(_total(person.step(StepKind.APPRAISAL)))
        case Filling.PROPOSED:
            return level_words(proposed.level if proposed else None)
        case Filling.LEVEL:
            return level_words(person.line.level)
        case Filling.VOTES:
            return _votes(person)[column.of or ""]
        case Filling.AVERAGE:
            average = _average(person)
            return None if average is None else decimal(average, 2)
    return None


def _tenths(step: StepView | None, group: str | None) -> int | None:
    return None if step is None else dict(zip(step.score_groups, step.tenths, strict=True)).get(group or "")


def _total(step: StepView | None) -> int | None:
    return sum(step.tenths) if step is not None and step.tenths else None


def _votes(person: Person) -> dict[str, int]:
    ballot = person.step(StepKind.BALLOT)
    return dict(zip((level.value for level in LEVELS), ballot.votes if ballot else (0, 0, 0, 0), strict=True))


def _papers(person: Person) -> int:
    ballot = person.step(StepKind.BALLOT)
    return (ballot.returned if ballot else None) or 0


def _average(person: Person) -> Decimal | None:
    """Of the valid votes, four for the best level and one for the last."""
    votes = list(_votes(person).values())
    weighed = sum(count * weight for count, weight in zip(votes, (4, 3, 2, 1), strict=True))
    return Decimal(weighed) / sum(votes) if sum(votes) else None
