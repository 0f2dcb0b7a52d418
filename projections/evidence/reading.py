"""Reading the evidence of many members at once from the archive, as it was known at a log position."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.catalogue import decode
from events.facts.evaluations import Evidence
from projections import collecting
from projections.database import Connection
from projections.evidence import carrying, dossiers, units
from projections.evidence.calendar import recorded_on
from projections.evidence.digests import Told
from projections.evidence.dossiers import Built
from projections.evidence.figures import Dossier
from projections.evidence.units import BuiltUnit
from projections.trails import history
from projections.trails.history import Entry

MANY = 100
"""Members read at a time: their facts are in memory together."""

Of = tuple[UUID, int]
"""A member or unit, and a year."""


class Behind(Exception):
    """The index of the archive by person has not come to the position yet: wait for it (as for any register)."""

    def __init__(self, position: int, reached: int) -> None:
        super().__init__(f"evidence at position {position} was asked for, the trails stand at {reached}")
        self.position, self.reached = position, reached


class Found(msgspec.Struct, frozen=True):
    """A dossier as it was known at the position; `gone` are the cases in it that may not be told of any more."""

    built: Built
    position: int
    gone: frozenset[UUID]

    def shown(self) -> Dossier:
        """What people see of it."""
        return dossiers.without(self.built, self.gone) if self.gone else self.built.dossier

    def evidence(self) -> Evidence:
        """By what a decision names it: that does not change when something is erased later."""
        return self.built.evidence(self.position)


async def of_members(connection: Connection, members: Sequence[Of], position: int) -> dict[Of, Evidence]:
    """The evidence on which decisions about these members and years rest, as known at the position.

    For deciding: the connection is in the role of the intake. Every pair that is asked for is answered, that of an
    unknown member with the evidence of no facts. Raises `Behind`.
    """
    found = await _dossiers(connection, "bearing", members, position)
    return {of: each.evidence() for of, each in found.items()}


async def of_units(connection: Connection, of: Sequence[Of], position: int) -> dict[Of, Evidence]:
    """The same for decisions about units: (unit, year) → what stands in its round and of those below it."""
    found = await _units(connection, "bearing_on_units", of, position)
    return {each: built.evidence(position) for each, built in found.items()}


async def dossiers_seen(connection: Connection, members: Sequence[Of], position: int) -> dict[Of, Found]:
    """The dossiers of those of the members whom the reader may see, as known at the position. Raises `Behind`."""
    rows = await connection.fetch("SELECT access.dossiers_of($1::uuid[])", [member for member, _ in members])
    seen = {row[0] for row in rows}
    return await _dossiers(connection, "bearing_seen", [of for of in members if of[0] in seen], position)


async def units_seen(connection: Connection, of: Sequence[Of], position: int) -> dict[Of, BuiltUnit]:
    """The evidence of those of the units that are in the reader's scope, as known at the position. Raises `Behind`."""
    rows = await connection.fetch("SELECT access.scope()")
    seen = {row[0] for row in rows}
    return await _units(connection, "bearing_on_units_seen", [each for each in of if each[0] in seen], position)


async def decisions(connection: Connection, rating: UUID, known_at: int) -> list[Entry]:
    """The facts by which the rating was decided and revised, as far as the reader may see them, in order."""
    rows = await connection.fetch("SELECT access.positions_of_rating($1)", rating)
    return await history.facts_at(connection, [row[0] for row in rows if row[0] <= known_at])


async def day_of(connection: Connection, position: int) -> date:
    """The day in Viet Nam on which the position was recorded; of position 0 the first of all days."""
    return recorded_on(await connection.fetchval("SELECT archive.recorded_ns($1)", position) or 0)


async def _must_have_come_to(connection: Connection, position: int) -> None:
    reached = await connection.fetchval("SELECT position FROM projection.checkpoint WHERE register = 'trails_v1'")
    if reached is None or reached < position:
        raise Behind(position, reached or 0)


async def _dossiers(connection: Connection, source: str, members: Sequence[Of], position: int) -> dict[Of, Found]:
    await _must_have_come_to(connection, position)
    known = await day_of(connection, position)
    found: dict[Of, Found] = {}
    for start in range(0, len(members), MANY):
        found.update(await _some(connection, source, members[start : start + MANY], position, known))
    return found


async def _some(
    connection: Connection, source: str, members: Sequence[Of], position: int, known: date
) -> dict[Of, Found]:
    query = f"SELECT members, position, recorded_ns, type, data, leaf FROM access.{source}($1, $2, $3)"  # noqa: S608
    people, years = [member for member, _ in members], sorted({year for _, year in members})
    rows = await connection.fetch(query, people, years, position)
    # Nothing that is made here has cycles; the collector would spend as long on it as all the rest.
    with collecting.paused():
        return _found(rows, members, position, known)


def _found(rows: Iterable[Any], members: Sequence[Of], position: int, known: date) -> dict[Of, Found]:
    people = {member: list[Told]() for member, _ in members}
    later = {member: list[Told]() for member in people}
    for concerned, at, recorded_ns, kind, data, leaf in rows:
        told = Told(at, recorded_ns, leaf, decode(kind, data))
        for member in concerned:
            (people if at <= position else later)[member].append(told)
    found = {}
    for member, year in members:
        built = dossiers.build(member, year, known, people[member])
        cases = {line.grievance for line in built.dossier.grievances.lines}
        found[member, year] = Found(built, position, frozenset(cases & carrying.ended(later[member])))
    return found


async def _units(connection: Connection, source: str, of: Sequence[Of], position: int) -> dict[Of, BuiltUnit]:
    await _must_have_come_to(connection, position)
    facts = {unit: list[Told]() for unit, _ in of}
    query = f"SELECT units, position, recorded_ns, type, data, leaf FROM access.{source}($1, $2)"  # noqa: S608
    for concerned, at, recorded_ns, kind, data, leaf in await connection.fetch(query, list(facts), position):
        told = Told(at, recorded_ns, leaf, decode(kind, data))
        for unit in concerned:
            facts[unit].append(told)
    return {(unit, year): units.build(unit, year, facts[unit]) for unit, year in of}
