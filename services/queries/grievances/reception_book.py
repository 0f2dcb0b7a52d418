"""The book of citizen reception of an office, in the columns of its official form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from events.facts.grievances import (
    AnswerDelivered,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceBooked,
    GrievanceEscalated,
    GrievanceRefused,
    GrievanceReopened,
    GrievanceTransferred,
)
from events.facts.values import Basis, Body
from projections.registers import grievances
from projections.registers.grievances import CaseView, FactView
from services.queries.grievances.trace import text_told
from services.queries.naming import Named, Names, addresses, look_up
from services.queries.references import readable
from services.queries.session import Session

B = TypeVar("B", bound=Body)


class Forwarded(msgspec.Struct, frozen=True):
    """The case went to a competent body: up, or sideways, by the document."""

    on: date
    to: Named
    basis: Basis | None


class BookLine(msgspec.Struct, frozen=True, kw_only=True):
    """A case in the columns of the form (Mẫu số 03, Thông tư 04/2021/TT-TTCP); in brackets their numbers.

    `number` (1), `received` (2); `household` with its `address`, where the caller may read it, or `petitioner`, who
    stays masked (3); identity papers (4) are not recorded; `text` and `topic` (5); `kind` and `persons` (6): how many
    persons came is not recorded, and the column stays empty; `dealt_before`: who had the
    case before (7). What the office did: `accepted_on` (8), `refused_on` with `refusal` (9), `forwarded` (10).
    `outcome`, by whoever answered last, on `answered_on`, of which the household was told on `delivered_on` (11).
    `stage`, and how often it was `reopened` (12). Of each act of the office its last one.
    """

    grievance: UUID
    number: int
    received: date
    household: Named | None
    address: str | None
    petitioner: str | None
    text: str | None
    topic: str
    kind: str | None
    persons: None
    dealt_before: list[Named]
    accepted_on: date | None
    refused_on: date | None
    refusal: str | None
    forwarded: Forwarded | None
    outcome: str | None
    answered_on: date | None
    delivered_on: date | None
    stage: str
    reopened: int


class ReceptionBook(msgspec.Struct, frozen=True):
    """A page of the office's book of the year. `next` is the number after which the next page begins."""

    unit: UUID
    name: str | None
    as_of: date
    known_at: int
    year: int
    lines: list[BookLine]
    next: int | None


async def of(session: Session, unit: UUID, year: int, after: int, limit: int) -> ReceptionBook:
    """The page. Raises `CannotAnswer` (not_found)."""
    await session.must_be_in_scope(unit)
    connection, as_of, known_at = session.connection, session.as_of, session.known_at
    booked = await grievances.booked(connection, unit, year, as_of, known_at, after, limit)
    facts = await grievances.facts_of_cases(connection, [case for _, case in booked], as_of, known_at)
    # What went into the unit had numbers of its own; a case that keeps one is in that book.
    own = [(n, found) for n, case in booked if _booked_in(found := facts.get(case, []), unit, year, n)]
    entries = [entry for number, found in own if (entry := await _entry(session, number, found)) is not None]
    names = await look_up(
        session,
        units={unit, *(other for entry in entries for other in _units(entry[2]))},
        households={entry[1].household for entry in entries if entry[1].household is not None},
    )
    places = await addresses(session, names)
    lines = [_line(unit, *entry, names, places) for entry in entries]
    following = booked[-1][0] if len(booked) >= limit else None
    return ReceptionBook(unit, names.unit(unit, as_of).name, as_of, known_at, year, lines, following)


Entry = tuple[int, CaseView, Sequence[FactView], Sequence[dict[str, Any]]]


async def _entry(session: Session, number: int, facts: Sequence[FactView]) -> Entry | None:
    case = await grievances.case_of(session.connection, facts[0].fact.body.grievance, session.as_of, session.known_at)
    bodies = await readable(session, [found.fact for found in facts])
    return None if case is None else (number, case, facts, bodies)


def _booked_in(facts: Sequence[FactView], unit: UUID, year: int, number: int) -> bool:
    return any(
        (body.holder, body.year, body.number) == (unit, year, number) for _, body in _all(facts, GrievanceBooked)
    )


def _all(facts: Sequence[FactView], kind: type[B]) -> Iterator[tuple[FactView, B]]:
    return ((found, found.fact.body) for found in facts if isinstance(found.fact.body, kind))


def _last(facts: Sequence[FactView], kind: type[B], **given: UUID) -> tuple[FactView | None, B | None]:
    """The last fact of the kind of which the fields are as given."""
    found = [(one, b) for one, b in _all(facts, kind) if all(getattr(b, name) == v for name, v in given.items())]
    return found[-1] if found else (None, None)


def _units(facts: Sequence[FactView]) -> Iterator[UUID]:
    for found in facts:
        yield from (found.fact.unit, *filter(None, [getattr(found.fact.body, "to", None)]))


def _line(
    unit: UUID,
    number: int,
    case: CaseView,
    facts: Sequence[FactView],
    bodies: Sequence[dict[str, Any]],
    names: Names,
    places: Mapping[UUID, str | None],
) -> BookLine:
    accepted, _ = _last(facts, GrievanceAccepted, holder=unit)
    refused, refusal = _last(facts, GrievanceRefused, holder=unit)
    answered, _ = _last(facts, GrievanceAnswered)
    delivered, _ = _last(facts, AnswerDelivered)
    return BookLine(
        grievance=case.grievance,
        number=number,
        received=case.received,
        household=names.household(case.household) if case.household else None,
        address=places.get(case.household) if case.household else None,
        petitioner=bodies[0].get("petitioner"),
        text=text_told(facts, bodies),
        topic=case.topic,
        kind=case.kind,
        persons=None,
        dealt_before=_before(unit, facts, names),
        accepted_on=_day(accepted),
        refused_on=_day(refused),
        refusal=refusal.reason.value if refusal else None,
        forwarded=_forwarded(unit, facts, names),
        outcome=case.outcome,
        answered_on=_day(answered),
        delivered_on=_day(delivered),
        stage=case.stage,
        reopened=sum(1 for _ in _all(facts, GrievanceReopened)),
    )


def _before(unit: UUID, facts: Sequence[FactView], names: Names) -> list[Named]:
    """The units that had the case before the office booked it in, each once."""
    had: dict[UUID, date] = {}
    for found in facts:
        if isinstance(found.fact.body, GrievanceBooked) and found.fact.body.holder == unit:
            break
        had.setdefault(found.fact.unit, found.fact.effective)
    return [names.unit(other, day) for other, day in had.items() if other != unit]


def _forwarded(unit: UUID, facts: Sequence[FactView], names: Names) -> Forwarded | None:
    sent = [_last(facts, GrievanceTransferred, sender=unit), _last(facts, GrievanceEscalated, sender=unit)]
    gone = [(found, body.to) for found, body in sent if found is not None and body is not None and body.to is not None]
    if not gone:
        return None
    found, to = max(gone, key=lambda each: each[0].position)
    return Forwarded(found.fact.effective, names.unit(to, found.fact.effective), found.fact.basis)


def _day(found: FactView | None) -> date | None:
    return None if found is None else found.fact.effective
