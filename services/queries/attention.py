"""What needs somebody's attention in a unit: assignments to decide about, and members with many households."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from projections.registers import assignments, coverage
from projections.registers.coverage import Doubt
from projections.registers.out_of_place import Misplacement
from projections.registers.out_of_place import out_of_place as misplaced
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


class OutOfPlace(msgspec.Struct, frozen=True):
    """A member, household or group (`what`) that stands where it cannot stay.

    `unit` is its cell, `group` the group of another cell that a household has a place in still.
    """

    what: Literal["member", "household", "group"]
    item: Named
    unit: Named
    reason: Misplacement
    group: Named | None


class OutOfPlaceList(msgspec.Struct, frozen=True):
    """A page of them. `next` is the item after which the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    items: list[OutOfPlace]
    next: UUID | None


async def out_of_place(session: Session, unit: UUID, after: UUID | None, limit: int) -> OutOfPlaceList:
    """What is left in dissolved cells or in groups of another cell. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    found = await misplaced(session.connection, unit, day, known_at, after, limit)
    names = await look_up(
        session,
        units={m.unit for m in found},
        persons={m.id for m in found if m.what == "member"},
        households={m.id for m in found if m.what == "household"},
        groups={m.id for m in found if m.what == "group"} | {m.group for m in found if m.group is not None},
    )
    name_of = {"member": names.person, "household": names.household, "group": names.group}
    items = [
        OutOfPlace(
            what=m.what,
            item=name_of[m.what](m.id),
            unit=names.unit(m.unit, day),
            reason=m.reason,
            group=None if m.group is None else names.group(m.group),
        )
        for m in found
    ]
    return OutOfPlaceList(unit, day, known_at, items, found[-1].id if len(found) >= limit else None)


async def overloaded(session: Session, unit: UUID, above: int, after: UUID | None, limit: int) -> Overloaded:
    """Members with many households. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    found = await assignments.above_load(session.connection, unit, above, day, known_at, after, limit)
    names = await look_up(session, persons={load.member for load in found})
    lines = [Loaded(names.person(load.member), load.households) for load in found]
    return Overloaded(unit, day, known_at, above, lines, found[-1].member if len(found) >= limit else None)
