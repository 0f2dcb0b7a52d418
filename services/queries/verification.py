"""Verification: the evidence of a rating worked out again, and what was recorded after it was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from events.facts.evaluations import Evidence, Level, RatingRevised, RevisionReason, Rules, Subject
from projections.evidence import reading, verification
from projections.evidence.digests import Told
from projections.evidence.figures import Dossier
from projections.evidence.reading import Of
from projections.evidence.units import UnitDossier
from projections.evidence.verification import ErasedFields, FigureChange, Since, Verdict
from projections.trails.history import Entry
from services import texts
from services.queries.history import recorded_at
from services.queries.naming import Named, look_up
from services.queries.session import CannotAnswer, Session


class DecisionVerified(msgspec.Struct, frozen=True):
    """One decision of the rating: what it rests on, and what came of working that out again at its position.

    `erased` counts the cases of its evidence that may not be told of any more, `fields_erased` the sealed fields of its
    other facts whose keys ended after it was taken.
    """

    position: int
    recorded_at: datetime
    effective: date
    level: Level
    reason: RevisionReason | None
    rules: Rules
    evidence: Evidence
    verdict: Verdict
    erased: int
    fields_erased: tuple[ErasedFields, ...]


class LaterFact(msgspec.Struct, frozen=True):
    """A fact recorded after the decision that bears on the same year, and the figures that are counted from it."""

    position: int
    recorded_at: datetime
    effective: date
    type: str
    term: str
    figures: tuple[str, ...]


class RatingVerification(msgspec.Struct, frozen=True):
    """A rating with all its decisions, oldest first, as known at the position; and what was changed after the last one:
    figures, and the facts by which."""

    rating: UUID
    known_at: int
    unit: Named
    member: Named | None
    year: int
    subject: Subject
    decisions: list[DecisionVerified]
    changes: tuple[FigureChange, ...]
    later: list[LaterFact]


class _Read(msgspec.Struct, frozen=True):
    """The evidence as it was known at a position: as a decision names it, as it is shown, and its facts."""

    evidence: Evidence
    shown: Dossier | UnitDossier
    counted: Sequence[Told]
    erased: int


async def of_rating(session: Session, rating: UUID) -> RatingVerification:
    """The rating's verification. Raises `CannotAnswer` (not_found) also where the member is out of sight."""
    decided = await reading.decisions(session.connection, rating, session.known_at)
    if not decided:
        raise CannotAnswer("not_found")
    last = decided[-1].fact.body
    positions = {entry.fact.body.evidence.position for entry in decided} | {session.known_at}
    read = {position: await _read(session, last, position) for position in positions}
    owners = verification.owners(told for each in read.values() for told in each.counted)
    ended = await reading.keys_ended(session.connection, sorted(owners), session.known_at)
    position = last.evidence.position
    now = read[session.known_at]
    since = verification.since(read[position].shown, now.shown, position)
    persons = [] if last.member is None else [last.member]
    names = await look_up(session, units=[last.unit], persons=persons)
    return RatingVerification(
        rating=rating,
        known_at=session.known_at,
        unit=names.unit(last.unit, decided[-1].fact.effective),
        member=None if last.member is None else names.person(last.member),
        year=last.year,
        subject=last.subject,
        decisions=[_decision(entry, read[entry.fact.body.evidence.position], ended) for entry in decided],
        changes=since.changes,
        later=_later(since, now.counted, session.language),
    )


async def _read(session: Session, body: Any, position: int) -> _Read:
    """Raises `CannotAnswer` (not_found)."""
    if body.member is not None:
        read = await reading.facts_seen(session.connection, (body.member, body.year), position)
        if read is None:
            raise CannotAnswer("not_found")
        found, facts = read
        return _Read(found.evidence, found.dossier, facts, found.erased)
    of: Of = (body.unit, body.year)
    built = (await reading.units_seen(session.connection, [of], position)).get(of)
    if built is None:
        raise CannotAnswer("not_found")
    return _Read(built.evidence(position), built.dossier, built.counted, 0)


def _decision(entry: Entry, read: _Read, ended: Mapping[UUID, int]) -> DecisionVerified:
    body = entry.fact.body
    later = {owner for owner, position in ended.items() if position > entry.position}
    return DecisionVerified(
        position=entry.position,
        recorded_at=recorded_at(entry.recorded_ns),
        effective=entry.fact.effective,
        level=body.level,
        reason=body.reason if isinstance(body, RatingRevised) else None,
        rules=body.rules,
        evidence=body.evidence,
        verdict=verification.verdict(body.evidence, read.evidence),
        erased=read.erased,
        fields_erased=verification.erased(read.counted, later),
    )


def _later(since: Since, counted: Sequence[Told], language: str) -> list[LaterFact]:
    facts = {told.position: told for told in counted}
    return [
        LaterFact(
            position=later.position,
            recorded_at=recorded_at(facts[later.position].recorded_ns),
            effective=facts[later.position].fact.effective,
            type=facts[later.position].fact.type,
            term=texts.term("fact", facts[later.position].fact.type, language),
            figures=later.figures,
        )
        for later in since.facts
    ]
