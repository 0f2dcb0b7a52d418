"""Histories: every recorded fact about a household, a member or a unit, in the order of the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.catalogue import decode
from events.envelope import Fact
from events.facts.assignments import AssignmentCorrected, GroupAssigned
from projections.database import Connection
from projections.registers.households import PlaceView, places


class Entry(msgspec.Struct, frozen=True):
    """One fact of a history: its position, its recorded time (nanoseconds since 1970, UTC), and itself.

    `through` is the group by which it concerns the household, where it is not about the household itself.
    """

    position: int
    recorded_ns: int
    fact: Fact[Any]
    through: UUID | None = None


TARGET = "SELECT DISTINCT position FROM trails_v1.entry WHERE target = $1 AND position > $2 AND position <= $3"
PERSON = "SELECT DISTINCT position FROM trails_v1.entry WHERE person = $1 AND position > $2 AND position <= $3"
NAMED = "SELECT position FROM trails_v1.entry WHERE unit = $1 AND named AND position > $2 AND position <= $3"
MESSAGES = """SELECT position, recorded_ns, type, data FROM trails_v1.message
              WHERE position = ANY($1::bigint[]) ORDER BY position"""
CASES = """SELECT m.position, m.recorded_ns, m.type, m.data FROM grievances_v1.message m
           WHERE m.position > $2 AND m.position <= $3 AND m.position = ANY(ARRAY(
               SELECT f.position FROM grievances_v1.fact f WHERE f.grievance IN (
                   SELECT s.grievance FROM grievances_v1.step s
                   WHERE s.{} = $1 AND s.from_position <= $3 AND s.to_position > $3 AND s.void_position > $3)))
           ORDER BY m.position"""
SEEN = """SELECT position FROM trails_v1.message WHERE position = ANY($1::bigint[])
          UNION SELECT position FROM grievances_v1.message WHERE position = ANY($1::bigint[])"""
OF_HOUSEHOLD, RAISED_BY = CASES.format("household"), CASES.format("member")


async def of_household(connection: Connection, household: UUID, known_at: int, after: int = 0) -> list[Entry]:
    """The household's facts that follow the position `after`, up to `known_at`: those about itself, those by which it
    joined or left a group, what was recorded about a group for the time it was in it, and those of the grievances that
    it is known to have, as far as the caller may know of these."""
    own = await _read(connection, TARGET, household, after, known_at)
    own += await _of_cases(connection, OF_HOUSEHOLD, household, after, known_at)
    found = {entry.position: entry for entry in own}
    stays: dict[UUID, list[PlaceView]] = {}
    for place in await places(connection, household, known_at):
        stays.setdefault(place.group, []).append(place)
    for group, periods in stays.items():
        for entry in _meanwhile(await _read(connection, TARGET, group, 0, known_at), periods):
            if entry.position > after:
                found.setdefault(entry.position, msgspec.structs.replace(entry, through=group))
    return [found[position] for position in sorted(found)]


async def of_group(connection: Connection, group: UUID, known_at: int, after: int = 0) -> list[Entry]:
    """The group's facts that follow the position `after`, up to `known_at`."""
    return await _read(connection, TARGET, group, after, known_at)


async def of_member(connection: Connection, person: UUID, known_at: int, after: int = 0) -> list[Entry]:
    """Facts about the person, as a person, member or office holder, what he did, and those of the grievances that he
    raised, as far as the caller may know of these; after `after` up to `known_at`."""
    own = await _read(connection, PERSON, person, after, known_at)
    own += await _of_cases(connection, RAISED_BY, person, after, known_at)
    return sorted(own, key=lambda entry: entry.position)


async def of_unit(connection: Connection, unit: UUID, known_at: int, after: int = 0) -> list[Entry]:
    """Facts that name the unit: its founding, names, superiors and end, units that went into it or stood under it,
    its offices, plans and meetings, and who and what joined or left it; after `after`, up to `known_at`.

    What happened inside it to its members and households is in their histories.
    """
    return await _read(connection, NAMED, unit, after, known_at)


def between(entries: Iterable[Entry], since: date, until: date) -> list[Entry]:
    """Those that hold from, or happened on, a day from `since`, up to and without `until`; in the order of the days."""
    inside = (entry for entry in entries if since <= entry.fact.effective < until)
    return sorted(inside, key=lambda entry: (entry.fact.effective, entry.position))


async def recorded_ns(connection: Connection, positions: Sequence[int]) -> dict[int, int]:
    """When the facts at the positions were recorded (nanoseconds since 1970, UTC)."""
    return {row[0]: row[1] for row in await connection.fetch(MESSAGES, positions)}


async def _of_cases(connection: Connection, query: str, key: UUID, after: int, known_at: int) -> list[Entry]:
    rows = await connection.fetch(query, key, after, known_at)
    return [Entry(position, recorded_ns, decode(kind, data)) for position, recorded_ns, kind, data in rows]


async def facts_at(connection: Connection, positions: Sequence[int]) -> list[Entry]:
    """The facts at these positions, as far as the caller may see them; in order."""
    rows = await connection.fetch(MESSAGES, positions) if positions else []
    return [Entry(position, recorded_ns, decode(kind, data)) for position, recorded_ns, kind, data in rows]


async def seen_of(connection: Connection, positions: Sequence[int]) -> set[int]:
    """Those of the positions whose facts the caller may see, be it in a trail or in a case."""
    return {row[0] for row in await connection.fetch(SEEN, positions)} if positions else set()


async def _read(connection: Connection, query: str, key: UUID, after: int, known_at: int) -> list[Entry]:
    return await facts_at(connection, [row[0] for row in await connection.fetch(query, key, after, known_at)])


def _meanwhile(entries: Sequence[Entry], periods: Sequence[PlaceView]) -> list[Entry]:
    """What a group's facts mean for a household that was in it for these periods.

    An assignment concerns it, with everything later recorded about it, when it may ever have been thought to hold on a
    day of these periods; other facts when they took effect within them (the last day included: the group's end).
    """
    days: dict[UUID, tuple[date, date]] = {}
    for entry in entries:
        body = entry.fact.body
        if isinstance(body, GroupAssigned | AssignmentCorrected):
            since = body.since if isinstance(body, AssignmentCorrected) else entry.fact.effective
            known = days.get(body.assignment, (since, date.min))
            days[body.assignment] = min(known[0], since), max(known[1], body.until or FOREVER)
    found = []
    for entry in entries:
        assignment = getattr(entry.fact.body, "assignment", None)
        day = entry.fact.effective
        since, until = days.get(assignment, (day, day)) if assignment else (day, day)
        if any(since < p.until and p.since < until if since < until else p.since <= day <= p.until for p in periods):
            found.append(entry)
    return found
