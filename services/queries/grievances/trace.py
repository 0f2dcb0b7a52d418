"""The trace of one case: every hop and every fact, who held it for how long against which limit, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import VIETNAM, local_date
from events.facts.grievances import GrievanceBooked, GrievanceCorrected, GrievanceRaised, HandlerAssigned
from events.facts.values import Attachment, Basis
from projections.registers import grievances, organisation
from projections.registers.grievances import CaseView, ClockView, FactView, HopView
from projections.states.clocks import MOVES
from services import texts
from services.queries.history import ActorLine, actor_line, names_in, recorded_at
from services.queries.masking import MASK
from services.queries.naming import Named, Names, addresses, look_up
from services.queries.reads import ReadLine, opening_lines, openings, readers
from services.queries.references import Mentioned, erased_in, readable
from services.queries.reveals import shown_petitioner
from services.queries.session import CannotAnswer, Session

READS = 20
"""How many reads a trace shows."""

TELLING = (GrievanceRaised, GrievanceCorrected)
"""Facts whose text is what the household told."""


class ClockLine(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock. `days` is the limit, counted in calendar or working days, None where there is none; it is
    `statutory` or of the house. `document` is the number of what set it, where the installation set a limit of its own.
    `over` is by how many calendar days it was exceeded on the day asked about."""

    clock: str
    term: str
    unit: Named
    started: date
    ended: date | None
    days: int | None
    counted_in: str
    due: date | None
    statutory: bool
    provisional: bool
    extended: bool
    overdue: bool
    over: int
    article: str
    source: str
    certainty: str
    version: str
    document: str | None


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """The case at one unit.

    `now` is the unit that acts for it on the day asked about, where it has ended (what it has gone into, or the nearest
    unit above a dissolved one): that is no hop, and no clock begins anew. `number` is the one under which it is in the
    books there, also when it came back, or in those of the unit before, where that went into this one. `held` is for
    how many calendar days, up to the day asked about where it is there still. `handlers` are those in its office whom
    it was given to. `left_by` is the event by which it left. `clocks` are those that started there.
    """

    unit: Named
    now: Named | None
    level: str
    arrived: datetime
    left: datetime | None
    left_by: str | None
    number: str | None
    held: int
    handlers: list[Named]
    clocks: list[ClockLine]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One fact of the case. `late` is how many days lay between what happened and its reaching the log. Sealed fields
    of `body` are text for who may read them, and null otherwise; `erased` are those that nobody reads any more. `names`
    says what the ids in it stand for."""

    position: int
    recorded_at: datetime
    at: datetime | None
    effective: date
    late: int
    type: str
    term: str
    actor: ActorLine
    performed_by: Named | None
    source: str
    basis: Basis | None
    attachments: tuple[Attachment, ...]
    body: dict[str, Any]
    erased: list[str]
    names: dict[UUID, str]


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """A case from the first word to the day asked about, as known at the position. A mixed one goes on in its `parts`,
    of which those are named that the caller may know of.

    `now` is who acts for the holder on the day asked about, where that has ended. `lay` is how many days it lay with
    the member before a body had it, on `received`: the law's clocks run from then. `address` is the household's.
    `petitioner`, who raised it at an office, is masked but for who had it revealed (`revealed_until`). `reads` are the
    last answers in which a sealed part of the case was opened for somebody, newest first.
    """

    grievance: UUID
    as_of: date
    known_at: int
    kind: str | None
    topic: str
    way: str
    stage: str
    outcome: str | None
    closing: str | None
    raised: date
    received: date
    lay: int
    household: Named | None
    address: str | None
    member: Named | None
    petitioner: str | None
    revealed_until: datetime | None
    holder: Named | None
    now: Named | None
    no_receiver: str | None
    part_of: UUID | None
    parts: tuple[UUID, ...]
    text: str | None
    hops: list[Hop]
    clocks: list[ClockLine]
    steps: list[Step]
    rules: list[str]
    reads: list[ReadLine]


async def of(session: Session, grievance: UUID) -> Trace:
    """The trace. Raises `CannotAnswer` (not_found): there is no such case, or the caller may not know of it."""
    connection, as_of, known_at = session.connection, session.as_of, session.known_at
    case = await grievances.case_of(connection, grievance, as_of, known_at)
    if case is None:
        raise CannotAnswer("not_found")
    facts = await grievances.facts_of(connection, grievance, as_of, known_at)
    hops = await grievances.hops_of(connection, grievance, as_of, known_at)
    clocks = await grievances.clocks_of(connection, grievance, as_of, known_at)
    bodies = await readable(session, [found.fact for found in facts])
    erased = await erased_in(session, [found.fact for found in facts], bodies)
    places = {*(hop.unit for hop in hops), *(() if case.holder is None else (case.holder,))}
    heirs = await organisation.heirs(connection, list(places), as_of, known_at)
    opened = await openings(session, grievance, READS)
    names = await _names(session, case, facts, {*places, *heirs.values()}, opened)
    lines = [_clock(clock, names, as_of, session.language) for clock in clocks]
    raised = next(found.fact for found in facts if isinstance(found.fact.body, GrievanceRaised))
    shown, revealed_until = await shown_petitioner(session, case, raised.body)
    return Trace(
        grievance=grievance,
        as_of=as_of,
        known_at=known_at,
        kind=case.kind,
        topic=case.topic,
        way=case.way,
        stage=case.stage,
        outcome=case.outcome,
        closing=case.closing,
        raised=raised.effective,
        received=case.received,
        lay=(case.received - raised.effective).days,
        household=names.household(case.household) if case.household else None,
        address=(await addresses(session, names)).get(case.household) if case.household else None,
        member=names.person(case.member) if case.member else None,
        petitioner=masked(raised.body) if revealed_until is None else shown,
        revealed_until=revealed_until,
        holder=names.unit(case.holder, as_of) if case.holder else None,
        now=names.unit(heirs[case.holder], as_of) if case.holder in heirs else None,
        no_receiver=case.no_receiver,
        part_of=next((UUID(body["part_of"]) for body in bodies if body.get("part_of")), None),
        parts=tuple(UUID(part) for body in bodies for part in body.get("parts", ())),
        text=text_told(facts, bodies),
        hops=_hops(hops, heirs, facts, clocks, lines, names, as_of),
        clocks=lines,
        steps=[
            _step(found, body, gone, names, session.language)
            for found, body, gone in zip(facts, bodies, erased, strict=True)
        ],
        rules=sorted({line.version for line in lines}),
        reads=opening_lines(session, opened, names),
    )


def masked(raised: GrievanceRaised) -> str | None:
    """That somebody raised it at an office, and not who."""
    return None if raised.petitioner is None else MASK


def text_told(facts: Sequence[FactView], bodies: Sequence[dict[str, Any]]) -> str | None:
    """What was told: as it was corrected last."""
    told = zip(reversed(facts), reversed(bodies), strict=True)
    texts_of = (body.get("text") for found, body in told if isinstance(found.fact.body, TELLING))
    return next((text for text in texts_of if text is not None), None)


async def _names(
    session: Session, case: CaseView, facts: Iterable[FactView], units: Iterable[UUID], opened: Sequence[Any]
) -> Names:
    mentioned = Mentioned()
    persons, places = readers(opened)
    mentioned.persons.update(persons)
    mentioned.units.update(places)
    mentioned.units.update(units)
    mentioned.persons.update(person for person in (case.member, case.handler) if person is not None)
    if case.household is not None:
        mentioned.households.add(case.household)
    for found in facts:
        fact = found.fact
        mentioned.add(fact)
        mentioned.units.update((fact.unit, fact.actor.unit))
        mentioned.persons.update(person for person in (fact.actor.person, fact.performed_by) if person is not None)
        mentioned.persons.update(each.person for each in getattr(fact.body, "about", ()))
    return await look_up(session, units=mentioned.units, persons=mentioned.persons, households=mentioned.households)


def _clock(clock: ClockView, names: Names, as_of: date, language: str) -> ClockLine:
    last = min(clock.ended or as_of, as_of)
    over = (last - clock.due).days if clock.overdue and clock.due is not None else 0
    return ClockLine(
        clock=clock.clock,
        term=texts.term("clock", clock.clock, language),
        unit=names.unit(clock.unit, clock.started),
        started=clock.started,
        ended=clock.ended,
        days=clock.days,
        counted_in=clock.counted_in,
        due=clock.due,
        statutory=clock.statutory,
        provisional=clock.provisional,
        extended=clock.extended,
        overdue=clock.overdue,
        over=over,
        article=clock.article,
        source=clock.source,
        certainty=clock.certainty,
        version=clock.version,
        document=None if clock.house is None else clock.house.document,
    )


def _hops(
    hops: Iterable[HopView],
    heirs: Mapping[UUID, UUID],
    facts: Sequence[FactView],
    clocks: Sequence[ClockView],
    lines: Sequence[ClockLine],
    names: Names,
    as_of: date,
) -> list[Hop]:
    told: list[Hop] = []
    for hop in hops:
        here = [line for clock, line in zip(clocks, lines, strict=True) if clock.hop == hop.place]
        line = _hop(hop, heirs.get(hop.unit), facts, here, names, as_of)
        if line.number is None and told and told[-1].left_by not in MOVES:
            # Taken up again by what the unit went into: nobody books it in anew.
            line = msgspec.structs.replace(line, number=told[-1].number)
        told.append(line)
    return told


def _hop(
    hop: HopView,
    heir: UUID | None,
    facts: Sequence[FactView],
    clocks: list[ClockLine],
    names: Names,
    as_of: date,
) -> Hop:
    arrived, left = local_date(hop.arrived), None if hop.left is None else local_date(hop.left)
    given = [found for found in facts if isinstance(found.fact.body, HandlerAssigned)]
    handlers = dict.fromkeys(one.fact.body.person for one in given if _during(one, hop))
    booked = [found for found in facts if isinstance(found.fact.body, GrievanceBooked)]
    own = [one.fact.body for one in booked if one.fact.body.holder == hop.unit and _before_the_end(one, hop)]
    by_heir = [one.fact.body for one in booked if one.fact.body.holder == heir and _during(one, hop)]
    numbers = [f"{body.number}/{body.year}" for body in (*own, *by_heir)]
    return Hop(
        unit=names.unit(hop.unit, arrived),
        now=None if heir is None else names.unit(heir, as_of),
        level=hop.level,
        arrived=hop.arrived.astimezone(VIETNAM),
        left=None if hop.left is None else hop.left.astimezone(VIETNAM),
        left_by=hop.ended_by,
        number=next(iter(numbers), None),
        held=((left or as_of) - arrived).days,
        handlers=[names.person(person) for person in handlers],
        clocks=clocks,
    )


def _during(found: FactView, hop: HopView) -> bool:
    at = found.fact.instant
    return at is not None and hop.arrived <= at and _before_the_end(found, hop)


def _before_the_end(found: FactView, hop: HopView) -> bool:
    at = found.fact.instant
    return at is not None and (hop.left is None or at <= hop.left)


def _step(found: FactView, body: dict[str, Any], erased: list[str], names: Names, language: str) -> Step:
    fact, day = found.fact, found.fact.effective
    recorded = recorded_at(found.recorded_ns)
    return Step(
        position=found.position,
        recorded_at=recorded,
        at=None if fact.instant is None else fact.instant.astimezone(VIETNAM),
        effective=day,
        late=(recorded.date() - day).days,
        type=fact.type,
        term=texts.term("fact", fact.type, language),
        actor=actor_line(fact, names),
        performed_by=names.person(fact.performed_by) if fact.performed_by is not None else None,
        source=fact.source.value,
        basis=fact.basis,
        attachments=fact.attachments,
        body=body,
        erased=erased,
        names=names_in(fact, names),
    )
