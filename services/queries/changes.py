"""The difference between two days in words: what took effect after the first, up to and including the second."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.facts.assignments import AssignmentCorrected, GroupAssigned, HouseholdAssigned
from events.facts.members import MemberStatusChanged
from events.facts.organisation import UnitRenamed
from projections.trails import history
from projections.trails.history import Entry
from services import texts
from services.queries.expiries import Expiry, expiries
from services.queries.history import names_for
from services.queries.members import must_be_known as member_must_be_known
from services.queries.naming import Named, Names
from services.queries.references import EITHER, GROUPS, HOUSEHOLDS, PERSONS, SUBJECTS, UNITS
from services.queries.session import CannotAnswer, Session
from services.texts.references import reference


class ChangeLine(msgspec.Struct, frozen=True):
    """One change in words, in the caller's language. `type` and `position` are of the fact that says so; `expired`
    where nothing was recorded on the day because the fact had said until when it holds."""

    day: date
    sentence: str
    type: str
    position: int
    expired: bool


class Changes(msgspec.Struct, frozen=True):
    """What changed after the day `since`, up to and including the day `until`, in the order of the days."""

    since: date
    until: date
    known_at: int
    changes: list[ChangeLine]


async def of_household(session: Session, household: UUID, since: date, until: date) -> Changes:
    """Changes of the household, itself and through its groups. Raises `CannotAnswer` (not_found)."""
    entries = await history.of_household(session.connection, household, session.known_at)
    if not entries:
        raise CannotAnswer("not_found")
    return await _changes(session, entries, since, until)


async def of_member(session: Session, person: UUID, since: date, until: date) -> Changes:
    """Changes of the member, and what he did. Raises `CannotAnswer` (not_found)."""
    await member_must_be_known(session, person)
    return await _changes(session, await history.of_member(session.connection, person, session.known_at), since, until)


async def of_unit(session: Session, unit: UUID, since: date, until: date) -> Changes:
    """Changes of the unit itself. Raises `CannotAnswer` (not_found)."""
    await session.must_be_in_scope(unit)
    return await _changes(session, await history.of_unit(session.connection, unit, session.known_at), since, until)


async def _changes(session: Session, entries: Sequence[Entry], since: date, until: date) -> Changes:
    if since > until:
        raise CannotAnswer("invalid_parameter", field="from")
    first, last = since + timedelta(days=1), min(until, FOREVER - timedelta(days=1)) + timedelta(days=1)
    recorded = history.between(entries, first, last)
    over = [expiry for expiry in expiries(entries) if first <= expiry.day < last]
    names = await names_for(session, [*recorded, *(expiry.entry for expiry in over)])
    lines = [
        ChangeLine(e.fact.effective, _sentence(e, names, session.language), e.fact.type, e.position, False)
        for e in recorded
    ]
    lines += [
        ChangeLine(e.day, _expired(e, names, session.language), e.entry.fact.type, e.entry.position, True) for e in over
    ]
    return Changes(since, until, session.known_at, sorted(lines, key=lambda line: line.day))


def _sentence(entry: Entry, names: Names, language: str) -> str:
    fact = entry.fact
    number = fact.basis.number if fact.basis is not None else None
    values = {**_values(entry, names, language), "day": fact.effective, "number": number}
    return texts.sentence(fact.type, values, language)


def _expired(expiry: Expiry, names: Names, language: str) -> str:
    body = expiry.entry.fact.body
    values = {**_values(expiry.entry, names, language), "day": expiry.day}
    if isinstance(body, HouseholdAssigned):
        return reference("assignment-over", {**values, "target": values["household"]}, language)
    if isinstance(body, GroupAssigned):
        target = _called("group", names.group(body.group), language)
        return reference("assignment-over", {**values, "target": target}, language)
    if isinstance(body, AssignmentCorrected):
        return reference("assignment-over", values, language)
    if isinstance(body, MemberStatusChanged):
        return reference("status-over", values, language)
    return reference("acting-over", values, language)


def _values(entry: Entry, names: Names, language: str) -> dict[str, Any]:
    """The fields of the fact's body, with words in place of ids."""
    fact = entry.fact
    # What is renamed is called by the name it had until then.
    day = fact.effective - timedelta(days=1) if isinstance(fact.body, UnitRenamed) else fact.effective
    values: dict[str, Any] = {}
    for name in fact.body.__struct_fields__:
        value = getattr(fact.body, name)
        values[name] = _word(name, value, names, day, language) if isinstance(value, UUID) else value
    return values


def _word(field: str, value: UUID, names: Names, day: date, language: str) -> str:
    if field in UNITS:
        return _name("unit", names.unit(value, day), language)
    if field in PERSONS:
        return _name("person", names.person(value), language)
    if field in GROUPS:
        return names.group(value).name or _short(value)
    if field in EITHER and value in names.groups:
        return _called("group", names.group(value), language)
    if field in SUBJECTS and value not in names.households:
        return _name("person", names.person(value), language)
    if field in HOUSEHOLDS or field in EITHER or field in SUBJECTS:
        return _called("household", names.household(value), language)
    return _short(value)


def _name(kind: str, named: Named, language: str) -> str:
    return named.name or reference(f"{kind}-unnamed", {"id": _short(named.id)}, language)


def _called(kind: str, named: Named, language: str) -> str:
    if named.name is None:
        return reference(f"{kind}-unnamed", {"id": _short(named.id)}, language)
    return reference(kind, {"name": named.name}, language)


def _short(id_: UUID) -> str:
    return id_.hex[-8:]
