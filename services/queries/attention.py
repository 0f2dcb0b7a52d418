"""What needs somebody's attention in a unit: assignments to decide about, and members with many households."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from projections.registers import assignments, coverage
from projections.registers.coverage import Doubt
from services.queries.naming import Named, look_up
from services.queries.session import Session
from services.queries.units import must_be_known


class Undecided(msgspec.Struct, frozen=True):
    """An assignment that holds although its member, household or group has changed. `unit` is the cell that gave it."""

    assignment: UUID
    member: Named
    target: Named
    is_group: bool
    unit: Named
    reasons: list[Doubt]


class NeedsDecision(msgspec.Struct, frozen=True):
    """A page of assignments. `next` is the assignment after which the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    assignments: list[Undecided]
    next: UUID | None


class Loaded(msgspec.Struct, frozen=True):
    """For how many households a member is responsible, those of his groups included."""

    member: Named
    households: int


class Overloaded(msgspec.Struct, frozen=True):
    """A page of members with more than `above` households. `next` is the member after which the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    above: int
    members: list[Loaded]
    next: UUID | None


async def needs_decision(session: Session, unit: UUID, after: UUID | None, limit: int) -> NeedsDecision:
    """Assignments to decide about. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    found = await coverage.needs_decision(session.connection, unit, day, known_at, after, limit)
    names = await look_up(
        session,
        units={u.unit for u in found},
        persons={u.member for u in found},
        households={u.target for u in found if not u.is_group},
        groups={u.target for u in found if u.is_group},
    )
    lines = [
        Undecided(
            assignment=u.assignment,
            member=names.person(u.member),
            target=names.group(u.target) if u.is_group else names.household(u.target),
            is_group=u.is_group,
            unit=names.unit(u.unit, day),
            reasons=[Doubt(reason) for reason in u.reasons],
        )
        for u in found
    ]
    return NeedsDecision(unit, day, known_at, lines, found[-1].assignment if len(found) >= limit else None)


async def overloaded(session: Session, unit: UUID, above: int, after: UUID | None, limit: int) -> Overloaded:
    """Members with many households. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    found = await assignments.above_load(session.connection, unit, above, day, known_at, after, limit)
    names = await look_up(session, persons={load.member for load in found})
    lines = [Loaded(names.person(load.member), load.households) for load in found]
    return Overloaded(unit, day, known_at, above, lines, found[-1].member if len(found) >= limit else None)
