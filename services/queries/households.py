"""What is asked about a household: itself on a day, and who was responsible for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from events.facts.households import EconomicClass
from projections.registers import assignments, households
from projections.registers.assignments import AssignmentView
from projections.registers.coverage import Doubt
from projections.registers.coverage.doubted import doubted
from services.queries.naming import Named, Names, look_up, unsealed
from services.queries.session import CannotAnswer, Session


class Ground(msgspec.Struct, frozen=True):
    """An assignment by which somebody is responsible for a household: directly, or `through` a group.

    `since` is the first day, `until` the first day on which it no longer holds (None: open). `notified` is the day on
    which the household was told. `unit` is the cell that assigned. `doubts` tell why it needs a decision: who has
    died, say, is still listed until somebody ends it, though the household counts as uncovered.
    """

    assignment: UUID
    through: Named | None
    unit: Named
    since: date
    until: date | None
    notified: date | None
    doubts: list[Doubt]


class Responsible(Ground, frozen=True):
    """A member responsible for a household: listed once, with the other grounds there are `besides`. A direct
    assignment comes before those through groups."""

    member: Named
    besides: list[Ground]


class ResponsibleFor(msgspec.Struct, frozen=True):
    """Who was responsible for the household on the day, as known at the position."""

    household: UUID
    as_of: date
    known_at: int
    responsible: list[Responsible]


class HouseholdCard(msgspec.Struct, frozen=True):
    """A household on the day, as known at the position. Head and address are None where the caller may not read them
    or they were `erased`."""

    household: UUID
    as_of: date
    known_at: int
    head: str | None
    address: str | None
    erased: bool
    persons: int | None
    unit: Named
    economic_class: EconomicClass | None
    groups: list[Named]
    responsible: list[Responsible]


async def card(session: Session, household: UUID) -> HouseholdCard:
    """The household with who is responsible for it. Raises `CannotAnswer` (not_found)."""
    found = await households.households(session.connection, [household], session.as_of, session.known_at)
    if not found:
        raise CannotAnswer("not_found")
    (view,) = found
    groups, held = await _held(session, household)
    persons = [assignment.member for assignment in held]
    session.tells_of(persons=persons)
    names = await look_up(session, units=[view.unit, *(a.unit for a in held)], persons=persons)
    head, address = await unsealed(session, [(household, "head", view.head), (household, "address", view.address)])
    return HouseholdCard(
        household=household,
        as_of=session.as_of,
        known_at=session.known_at,
        head=head,
        address=address,
        erased=view.head is None,
        persons=view.persons,
        unit=names.unit(view.unit, session.as_of),
        economic_class=view.economic_class,
        groups=[Named(group, name) for group, name in groups],
        responsible=await _lines(session, groups, held, names),
    )


async def responsible(session: Session, household: UUID) -> ResponsibleFor:
    """Who was responsible. Raises `CannotAnswer` (not_found) where there was no such household on the day."""
    groups, held = await _held(session, household)
    if not held:
        found = await households.households(session.connection, [household], session.as_of, session.known_at)
        if not found:
            raise CannotAnswer("not_found")
    names = await look_up(session, units=[a.unit for a in held], persons=[assignment.member for assignment in held])
    lines = await _lines(session, groups, held, names)
    return ResponsibleFor(household, session.as_of, session.known_at, lines)


async def _held(session: Session, household: UUID) -> tuple[list[tuple[UUID, str]], list[AssignmentView]]:
    groups = await households.groups_of(session.connection, household, session.as_of, session.known_at)
    held = await assignments.responsible(
        session.connection, household, [group for group, _ in groups], session.as_of, session.known_at
    )
    return groups, held


async def _lines(
    session: Session, groups: Sequence[tuple[UUID, str]], held: Sequence[AssignmentView], names: Names
) -> list[Responsible]:
    of_assignment = [a.assignment for a in held]
    doubts = await doubted(session.connection, of_assignment, session.as_of, session.known_at) if held else {}
    group_names = dict(groups)
    grounds: dict[UUID, list[Ground]] = {}
    for a in held:
        ground = Ground(
            assignment=a.assignment,
            through=Named(a.target, group_names.get(a.target)) if a.is_group else None,
            unit=names.unit(a.unit, session.as_of),
            since=a.since,
            until=a.until,
            notified=a.notified,
            doubts=doubts.get(a.assignment, []),
        )
        grounds.setdefault(a.member, []).append(ground)
    return [
        Responsible(**msgspec.structs.asdict(first), member=names.person(member), besides=besides)
        for member, (first, *besides) in grounds.items()
    ]
