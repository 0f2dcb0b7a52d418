"""What is asked about a unit: itself on a day with those above it, those below, its line, and its offices."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from projections.registers import organisation
from projections.registers.organisation import UnitView
from services.queries.members import open_end
from services.queries.naming import Named, look_up
from services.queries.session import CannotAnswer, Session


class UnitCard(msgspec.Struct, frozen=True):
    """A unit on the day, as known at the position. `above` runs from its superior to the top.

    `lineage` is its line where something went into it or it went into something: predecessors, itself, successors, by
    the day of their end.
    """

    as_of: date
    known_at: int
    unit: UnitView
    above: list[UnitView]
    lineage: list[UnitView]


class UnitChildren(msgspec.Struct, frozen=True):
    """Units directly below on the day, as known at the position; by name."""

    unit: UUID
    as_of: date
    known_at: int
    children: list[UnitView]


class Tenure(msgspec.Struct, frozen=True):
    """Who held an office on the day, from `since`, up to and without `until` (None: open)."""

    office: str
    person: Named
    acting: bool
    since: date
    until: date | None


class UnitOffices(msgspec.Struct, frozen=True):
    """The offices of a unit on the day, as known at the position; who acts comes before who was appointed."""

    unit: UUID
    as_of: date
    known_at: int
    offices: list[Tenure]


async def card(session: Session, unit: UUID) -> UnitCard:
    """The unit, where it is in the caller's scope or stands above his own unit. Raises `CannotAnswer` (not_found)."""
    if not await session.in_scope(unit):
        now = await organisation.chain(session.connection, session.asker.unit, session.today, session.position)
        if unit not in {above.unit for above in now}:
            raise CannotAnswer("not_found")
    chain = await organisation.chain(session.connection, unit, session.as_of, session.known_at)
    if not chain:
        raise CannotAnswer("not_found")
    lineage = await organisation.lineage(session.connection, unit, session.known_at)
    return UnitCard(session.as_of, session.known_at, chain[0], chain[1:], lineage if len(lineage) > 1 else [])


async def children(session: Session, unit: UUID) -> UnitChildren:
    """Units directly below. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    found = await organisation.children(session.connection, unit, session.as_of, session.known_at)
    return UnitChildren(unit, session.as_of, session.known_at, found)


async def offices(session: Session, unit: UUID) -> UnitOffices:
    """Who held the offices. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    found = await organisation.offices(session.connection, unit, session.as_of, session.known_at)
    names = await look_up(session, persons={tenure.person for tenure in found})
    lines = [Tenure(t.office, names.person(t.person), t.acting, t.since, open_end(t.until)) for t in found]
    return UnitOffices(unit, session.as_of, session.known_at, lines)


async def must_be_known(session: Session, unit: UUID) -> None:
    """Raises `CannotAnswer` (not_found) where the unit is out of scope, or was not founded by the day."""
    await session.must_be_in_scope(unit)
    if not await organisation.units(session.connection, [unit], session.as_of, session.known_at):
        raise CannotAnswer("not_found")
