"""What is asked about a member: himself on a day, and the households and groups he is responsible for."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.facts.members import MemberStatus
from projections.registers import assignments, households, members, organisation
from services.decisions.asking import Role
from services.queries.masking import CONTACT, MASK, in_force
from services.queries.naming import Named, look_up, unsealed
from services.queries.session import CannotAnswer, Session


class Standing(msgspec.Struct, frozen=True):
    """His cell and status on the day: this status since, up to and without `until` (None: open)."""

    unit: Named
    status: MemberStatus
    since: date
    until: date | None
    residences: list[Named]


class HeldOffice(msgspec.Struct, frozen=True):
    """An office held on the day; `acting` where he only acts in it."""

    unit: Named
    office: str
    acting: bool
    since: date
    until: date | None


class MemberCard(msgspec.Struct, frozen=True):
    """A person as a member on the day, as known at the position; `membership` is None where he was none then. Name and
    contact are None where the caller may not read them or they were `erased`; the contact is masked but for himself,
    his cell, and who had it revealed (`revealed_until`)."""

    person: UUID
    as_of: date
    known_at: int
    name: str | None
    contact: str | None
    erased: bool
    revealed_until: datetime | None
    membership: Standing | None
    offices: list[HeldOffice]


class Held(msgspec.Struct, frozen=True):
    """A household or group (`is_group`) that a member is responsible for, with the households that this means."""

    assignment: UUID
    target: Named
    is_group: bool
    households: list[Named]
    unit: Named
    plan: UUID | None
    since: date
    until: date | None
    notified: date | None


class MemberAssignments(msgspec.Struct, frozen=True):
    """What a member is responsible for on the day, as known at the position; households first."""

    person: UUID
    as_of: date
    known_at: int
    assignments: list[Held]


async def card(session: Session, person: UUID) -> MemberCard:
    """The member. Raises `CannotAnswer` (not_found)."""
    connection, day, known_at = session.connection, session.as_of, session.known_at
    found = await members.members(connection, [person], day, known_at)
    known = (await organisation.persons(connection, [person], known_at)).get(person)
    if not found and known is None:
        raise CannotAnswer("not_found")
    session.tells_of()
    offices = [t for t in await organisation.offices_of(connection, person, known_at) if t.since <= day < t.until]
    units = {office.unit for office in offices}
    for membership in found:
        units |= {membership.unit, *membership.residences}
    names = await look_up(session, units=units)
    name, contact = await unsealed(
        session,
        [(person, "name", known.name if known else None), (person, "contact", known.contact if known else None)],
    )
    standing = None
    for m in found:
        residences = [names.unit(unit, day) for unit in m.residences]
        standing = Standing(names.unit(m.unit, day), m.status, m.since, open_end(m.until), residences)
    held = [HeldOffice(names.unit(t.unit, day), t.office, t.acting, t.since, open_end(t.until)) for t in offices]
    erased = known is not None and known.name is None
    revealed = None
    if contact is not None and not await _may_call(session, person):
        revealed = await in_force(session, CONTACT, person)
        contact = MASK if revealed is None else contact
    until = None if revealed is None else revealed.until
    return MemberCard(person, day, known_at, name, contact, erased, until, standing, held)


async def stands_below(session: Session, person: UUID) -> bool:
    """Whether the person is in a cell, or holds an office, at or below the caller's unit today."""
    connection, day, known_at = session.connection, session.today, session.known_at
    offices = await organisation.offices_of(connection, person, known_at)
    places = {office.unit for office in offices if office.since <= day < office.until}
    for membership in await members.members(connection, [person], day, known_at):
        places |= {membership.unit, *membership.residences}
    for place in places:
        if await session.in_scope(place):
            return True
    return False


async def _may_call(session: Session, person: UUID) -> bool:
    """Whether the caller is the person himself, or his cell, which calls him to its meetings."""
    asker = session.asker
    if asker.role is Role.CELL_SECRETARY:
        return await stands_below(session, person)
    return asker.role is Role.MEMBER and asker.person == person


async def must_be_known(session: Session, person: UUID) -> None:
    """Raises `CannotAnswer` (not_found) where the person is unknown or out of the caller's sight."""
    if await organisation.persons(session.connection, [person], session.known_at):
        return
    if not await members.members(session.connection, [person], session.as_of, session.known_at):
        raise CannotAnswer("not_found")


async def assigned_to(session: Session, person: UUID) -> MemberAssignments:
    """What the member is responsible for. Raises `CannotAnswer` (not_found)."""
    connection, day, known_at = session.connection, session.as_of, session.known_at
    await must_be_known(session, person)
    found = await assignments.of_member(connection, person, day, known_at)
    group_ids = [a.target for a in found if a.is_group]
    groups = {g.group: g for g in await households.groups(connection, group_ids, day, known_at)} if group_ids else {}
    inside = {household for group in groups.values() for household in group.households}
    names = await look_up(
        session,
        units={a.unit for a in found},
        households=inside | {a.target for a in found if not a.is_group},
        groups=group_ids,
    )
    lines = []
    for a in found:
        group = groups.get(a.target)
        meant = (group.households if group else []) if a.is_group else [a.target]
        lines.append(
            Held(
                assignment=a.assignment,
                target=names.group(a.target) if a.is_group else names.household(a.target),
                is_group=a.is_group,
                households=[names.household(household) for household in meant],
                unit=names.unit(a.unit, day),
                plan=a.plan,
                since=a.since,
                until=a.until,
                notified=a.notified,
            )
        )
    return MemberAssignments(person, day, known_at, lines)


def open_end(day: date) -> date | None:
    """None where the end is open."""
    return None if day == FOREVER else day
