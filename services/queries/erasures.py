"""What is asked about requests to erase: where each stands, against which limits, and what is kept by which rule."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from events.facts.erasures import KeptRecord
from projections.registers import erasures
from projections.registers.erasures import RequestView
from projections.states import erasure_rules, retention
from services import texts
from services.queries.naming import Named, Names, look_up
from services.queries.session import CannotAnswer, Session


class LimitLine(msgspec.Struct, frozen=True, kw_only=True):
    """A limit of the law. `due` is its last day (`provisional`: it may still move), `done` the day on which what it is
    for was done; `overdue` on the day asked about, or when it was done."""

    limit: str
    term: str
    due: date
    provisional: bool
    extended: bool
    done: date | None
    overdue: bool
    article: str
    source: str
    certainty: str
    version: str


class KeptLine(msgspec.Struct, frozen=True, kw_only=True):
    """Records of a kind that are kept: up to and with the day `until`, None for good or while they are in use."""

    kind: str
    term: str
    until: date | None
    article: str
    source: str
    certainty: str
    version: str


class ErasureLine(msgspec.Struct, frozen=True, kw_only=True):
    """One request. `stage` is said in words by `term`. What became of a household's cases, and what of them is kept,
    each case says to who may know of it."""

    erasure: UUID
    subject: Named
    of: str
    unit: Named
    ground: str
    ground_term: str
    stage: str
    term: str
    open: bool
    received: date
    acknowledged: date | None
    extended: date | None
    decided: date | None
    ended: date | None
    refusal: str | None
    refusal_term: str | None
    kept: list[KeptLine]
    limits: list[LimitLine]


class ErasureCard(ErasureLine, frozen=True, kw_only=True):
    """One request on the day, as known at the position."""

    as_of: date
    known_at: int


class ErasureList(msgspec.Struct, frozen=True):
    """Requests received by the day at or below the unit; the oldest first."""

    unit: UUID
    as_of: date
    known_at: int
    erasures: list[ErasureLine]


async def card(session: Session, erasure: UUID) -> ErasureCard:
    """The request. Raises `CannotAnswer` (not_found)."""
    found = await erasures.one(session.connection, erasure, session.as_of, session.known_at)
    if found is None:
        raise CannotAnswer("not_found")
    (line,) = await _lines(session, [found])
    return ErasureCard(**msgspec.structs.asdict(line), as_of=session.as_of, known_at=session.known_at)


async def of_unit(session: Session, unit: UUID, only_open: bool, limit: int) -> ErasureList:
    """The requests. Raises `CannotAnswer` (not_found)."""
    await session.must_be_in_scope(unit)
    as_of, known_at = session.as_of, session.known_at
    found = await erasures.of_unit(session.connection, unit, as_of, known_at, only_open, limit)
    return ErasureList(unit, as_of, known_at, await _lines(session, list(found)))


async def _lines(session: Session, found: list[RequestView]) -> list[ErasureLine]:
    names = await look_up(
        session,
        units={request.unit for request in found},
        persons={request.subject for request in found if request.of == "person"},
        households={request.subject for request in found if request.of == "household"},
    )
    return [_line(request, names, session.as_of, session.language) for request in found]


def _line(r: RequestView, names: Names, day: date, language: str) -> ErasureLine:
    subject = names.person(r.subject) if r.of == "person" else names.household(r.subject)
    return ErasureLine(
        erasure=r.erasure,
        subject=subject,
        of=r.of,
        unit=names.unit(r.unit, r.received),
        ground=r.ground,
        ground_term=texts.term("erasure_ground", r.ground, language),
        stage=r.stage,
        term=texts.term("erasure_stage", r.stage, language),
        open=r.open,
        received=r.received,
        acknowledged=r.acknowledged,
        extended=r.extended,
        decided=r.decided,
        ended=r.ended,
        refusal=r.refusal,
        refusal_term=texts.term("erasure_refusal", r.refusal, language) if r.refusal is not None else None,
        kept=[_kept(record, language) for record in r.kept],
        limits=_limits(r, day, language),
    )


def _kept(record: KeptRecord, language: str) -> KeptLine:
    rule = retention.BY_VERSION[record.version].find(record.kind)
    assert rule is not None, "a rule that was once in force stays"
    return KeptLine(
        kind=record.kind,
        term=texts.term("record_kind", record.kind, language),
        until=record.until,
        article=rule.article,
        source=rule.source,
        certainty=rule.certainty.value,
        version=record.version,
    )


def _limits(r: RequestView, day: date, language: str) -> list[LimitLine]:
    rules = erasure_rules.rules_on(r.received)
    replied = min((on for on in (r.acknowledged, r.decided) if on is not None), default=None)
    lines = []
    for name, done, extended in (("reply", replied, None), ("erase", r.ended, r.extended)):
        clock, due = rules.find(name), rules.due(name, r.received, extended)
        if clock is None or due.on is None:
            continue
        lines.append(
            LimitLine(
                limit=name,
                term=texts.term("request_limit", name, language),
                due=due.on,
                provisional=due.provisional,
                extended=extended is not None,
                done=done,
                overdue=(done or day) > due.on,
                article=clock.article,
                source=clock.source,
                certainty=clock.certainty.value,
                version=rules.version,
            )
        )
    return lines
