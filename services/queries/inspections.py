"""What is asked about the mandates of inspection teams: who may look into what, how long, and by which decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date, timedelta
from uuid import UUID

import msgspec

from projections.registers import grievances, inspections
from projections.registers.inspections import MandateView
from projections.states.inspections import MandateStep
from services import texts
from services.queries.naming import Named, Names, look_up
from services.queries.session import CannotAnswer, Session


class MandateStepLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of a mandate. It holds from `day`; `until` is the last day of the mandate that it names."""

    type: str
    term: str
    day: date
    person: Named | None
    office: str | None
    document: str | None
    issued_on: date | None
    until: date | None
    reason: str | None
    reason_term: str | None


class MandateLine(msgspec.Struct, frozen=True, kw_only=True):
    """A mandate that the committee of `unit` gave the team: for the cases, and for all at or below the units. Of its
    cases those are named that the caller may know of, and `hidden_cases` counts the others. It holds from `first` up to
    and including `last` (None: it ended before it began); `in_force` on the day asked about."""

    mandate: UUID
    unit: Named
    team: list[Named]
    cases: list[UUID]
    hidden_cases: int
    units: list[Named]
    first: date
    last: date | None
    ended: date | None
    in_force: bool
    steps: list[MandateStepLine]


class MandateCard(MandateLine, frozen=True, kw_only=True):
    """One mandate on the day, as known at the position."""

    as_of: date
    known_at: int


class Mandates(msgspec.Struct, frozen=True):
    """Mandates as known at the position; those that begin last come first."""

    as_of: date
    known_at: int
    mandates: list[MandateLine]


async def card(session: Session, mandate: UUID) -> MandateCard:
    """The mandate. Raises `CannotAnswer` (not_found)."""
    found = await inspections.one(session.connection, mandate, session.known_at)
    if found is None:
        raise CannotAnswer("not_found")
    (line,) = await _lines(session, [found])
    return MandateCard(**msgspec.structs.asdict(line), as_of=session.as_of, known_at=session.known_at)


async def of_unit(session: Session, unit: UUID, only_in_force: bool, limit: int) -> Mandates:
    """Mandates given at or below the unit. Raises `CannotAnswer` (not_found)."""
    await session.must_be_in_scope(unit)
    as_of, known_at = session.as_of, session.known_at
    found = await inspections.of_unit(session.connection, unit, as_of, known_at, only_in_force, limit)
    return Mandates(as_of, known_at, await _lines(session, found))


async def own(session: Session) -> Mandates:
    """Mandates of the caller's own teams."""
    person = session.asker.person
    found = [] if person is None else await inspections.of_person(session.connection, person, session.known_at)
    return Mandates(session.as_of, session.known_at, await _lines(session, found))


async def _lines(session: Session, found: Sequence[MandateView]) -> list[MandateLine]:
    names = await look_up(
        session,
        units={unit for mandate in found for unit in (mandate.unit, *mandate.units)},
        persons=_persons(found),
    )
    named = {case for mandate in found for case in mandate.cases}
    known = await grievances.known(session.connection, named) if named else named
    return [_line(mandate, names, known, session.as_of, session.language) for mandate in found]


def _persons(found: Iterable[MandateView]) -> set[UUID]:
    in_teams = {person for mandate in found for person in mandate.team}
    return in_teams | {step.person for mandate in found for step in mandate.steps if step.person is not None}


def _line(m: MandateView, names: Names, known: Set[UUID], day: date, language: str) -> MandateLine:
    cases = [case for case in m.cases if case in known]
    return MandateLine(
        mandate=m.mandate,
        unit=names.unit(m.unit, m.first),
        team=[names.person(person) for person in m.team],
        cases=cases,
        hidden_cases=len(m.cases) - len(cases),
        units=[names.unit(unit, m.first) for unit in m.units],
        first=m.first,
        last=m.ends - timedelta(days=1) if m.first < m.ends else None,
        ended=m.ended,
        in_force=m.first <= day < m.ends,
        steps=[_step(step, names, language) for step in m.steps],
    )


def _step(step: MandateStep, names: Names, language: str) -> MandateStepLine:
    return MandateStepLine(
        type=step.type,
        term=texts.term("fact", step.type, language),
        day=step.day,
        person=None if step.person is None else names.person(step.person),
        office=step.office,
        document=step.document,
        issued_on=step.issued_on,
        until=step.until,
        reason=step.reason,
        reason_term=None if step.reason is None else texts.term("mandate_ending", step.reason, language),
    )
