"""Histories: what was recorded about a household, a member or a unit, readable, page by page in log order."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from events.calendar import VIETNAM
from events.envelope import Fact
from events.facts.values import Attachment, Basis
from projections.trails import history
from projections.trails.history import Entry
from services import texts
from services.queries.members import must_be_known as member_must_be_known
from services.queries.naming import Named, Names, look_up
from services.queries.references import Mentioned, erased_in, named_in, readable
from services.queries.session import CannotAnswer, Session


class ActorLine(msgspec.Struct, frozen=True):
    """Who acted: which person (none for a system), in which role and office, for which unit."""

    role: str
    person: Named | None
    office: str | None
    unit: Named


class HistoryLine(msgspec.Struct, frozen=True):
    """One fact. `position` and `recorded_at` are its place in the log; it holds from, or happened on, `effective`.

    `term` is its type in words, `through` the group by which it concerns the household. Sealed fields of `body` are
    text for who may read them, and null otherwise; `erased` are those that nobody reads any more. `names` says what
    the ids in it stand for.
    """

    position: int
    recorded_at: datetime
    effective: date
    instant: datetime | None
    type: str
    term: str
    unit: Named
    actor: ActorLine
    performed_by: Named | None
    source: str
    written_at: datetime | None
    basis: Basis | None
    attachments: tuple[Attachment, ...]
    through: Named | None
    body: dict[str, Any]
    erased: list[str]
    names: dict[UUID, str]


class History(msgspec.Struct, frozen=True):
    """A page of a history as known at the position. `next` is the position after which the next page begins."""

    known_at: int
    entries: list[HistoryLine]
    next: int | None


async def of_household(session: Session, household: UUID, after: int, limit: int) -> History:
    """What was recorded about the household, itself and through its groups. Raises `CannotAnswer` (not_found)."""
    found = await history.of_household(session.connection, household, session.known_at, after)
    if not found and not (after and await history.of_household(session.connection, household, session.known_at)):
        raise CannotAnswer("not_found")
    return await page(session, found, limit)


async def of_member(session: Session, person: UUID, after: int, limit: int) -> History:
    """What was recorded about the person, and what he did. Raises `CannotAnswer` (not_found)."""
    await member_must_be_known(session, person)
    return await page(session, await history.of_member(session.connection, person, session.known_at, after), limit)


async def of_unit(session: Session, unit: UUID, after: int, limit: int) -> History:
    """The facts that name the unit. Raises `CannotAnswer` (not_found)."""
    await session.must_be_in_scope(unit)
    return await page(session, await history.of_unit(session.connection, unit, session.known_at, after), limit)


async def page(session: Session, entries: Sequence[Entry], limit: int, closed: Set[int] = frozenset[int]()) -> History:
    """The first of the entries, with the names of what they mention. What is sealed in those at the positions `closed`
    is read by nobody here."""
    shown = entries[:limit]
    names = await names_for(session, shown)
    facts = [entry.fact for entry in shown]
    opened = [_unread(entry.fact) if entry.position in closed else entry.fact for entry in shown]
    bodies = await readable(session, opened)
    erased = await erased_in(session, facts, bodies)
    told = zip(shown, bodies, erased, strict=True)
    lines = [_line(entry, body, gone, names, session.language) for entry, body, gone in told]
    return History(session.known_at, lines, shown[-1].position if len(entries) > limit else None)


async def names_for(session: Session, entries: Sequence[Entry]) -> Names:
    """The names of all that the facts mention."""
    mentioned = Mentioned()
    for entry in entries:
        fact = entry.fact
        mentioned.add(fact)
        mentioned.units.update((fact.unit, fact.actor.unit))
        mentioned.persons.update(person for person in (fact.actor.person, fact.performed_by) if person is not None)
        if entry.through is not None:
            mentioned.groups.add(entry.through)
    return await look_up(
        session,
        units=mentioned.units,
        persons=mentioned.persons,
        households=mentioned.households,
        groups=mentioned.groups,
    )


def _unread(fact: Fact[Any]) -> Fact[Any]:
    return replace(fact, body=replace(fact.body, **dict.fromkeys(fact.body.SEALED)))


def _line(entry: Entry, body: dict[str, Any], erased: list[str], names: Names, language: str) -> HistoryLine:
    fact, day = entry.fact, entry.fact.effective
    return HistoryLine(
        position=entry.position,
        recorded_at=recorded_at(entry.recorded_ns),
        effective=day,
        instant=fact.instant and fact.instant.astimezone(VIETNAM),
        type=fact.type,
        term=texts.term("fact", fact.type, language),
        unit=names.unit(fact.unit, day),
        actor=actor_line(fact, names),
        performed_by=names.person(fact.performed_by) if fact.performed_by is not None else None,
        source=fact.source.value,
        written_at=fact.written_at and fact.written_at.astimezone(VIETNAM),
        basis=fact.basis,
        attachments=fact.attachments,
        through=names.group(entry.through) if entry.through is not None else None,
        body=body,
        erased=erased,
        names=names_in(fact, names),
    )


def actor_line(fact: Fact[Any], names: Names) -> ActorLine:
    """Who acted, as he and his unit were called on the day."""
    actor = fact.actor
    person = names.person(actor.person) if actor.person is not None else None
    return ActorLine(actor.role, person, actor.office, names.unit(actor.unit, fact.effective))


def names_in(fact: Fact[Any], names: Names) -> dict[UUID, str]:
    """What the ids in the fact's body stand for, where the caller may know it."""
    found = (name_of(names, id_, fact.effective) for _, ids in named_in(fact) for id_ in ids)
    return {named.id: named.name for named in found if named.name is not None}


def name_of(names: Names, id_: UUID, day: date) -> Named:
    """What the id stands for, as it was called on the day."""
    if id_ in names.units:
        return names.unit(id_, day)
    if id_ in names.groups:
        return names.group(id_)
    if id_ in names.households:
        return names.household(id_)
    return names.person(id_)


def recorded_at(recorded_ns: int) -> datetime:
    """The moment in Viet Nam, rounded up to the microsecond: what is known at that moment includes the fact."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=-(-recorded_ns // 1000))
    return moment.astimezone(VIETNAM)
