"""Reading the evidence of many members at once from the archive, as it was known at a log position."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from events.catalogue import decode
from events.facts.evaluations import Evidence
from projections.database import Connection
from projections.evidence import carrying
from projections.evidence.calendar import recorded_on
from projections.evidence.digests import Told
from projections.evidence.dossiers import Built, build
from projections.evidence.figures import Dossier

MANY = 500
"""Members read at a time: their facts are in memory together."""

Of = tuple[UUID, int]
"""A member and a year."""


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
        whole = self.built.dossier
        if not self.gone:
            return whole
        return msgspec.structs.replace(whole, grievances=carrying.without(whole.grievances, self.gone))

    def evidence(self) -> Evidence:
        """By what a decision names it: that does not change when something is erased later."""
        return self.built.evidence(self.position)


async def of_members(connection: Connection, members: Sequence[Of], position: int) -> dict[Of, Evidence]:
    """The evidence on which decisions about these members and years rest, as known at the position.

    For deciding: the connection is in the role of the intake. Every pair that is asked for is answered, that of an
    unknown member with the evidence of no facts. Raises `Behind`.
    """
    return {of: found.evidence() for of, found in (await _read(connection, "bearing", members, position)).items()}


async def of_seen(connection: Connection, members: Sequence[Of], position: int) -> dict[Of, Found]:
    """The dossiers of those of the members whom the reader may see, as known at the position. Raises `Behind`."""
    people = [member for member, _ in members]
    rows = await connection.fetch("SELECT access.dossiers_of($1::uuid[])", people)
    seen = {row[0] for row in rows}
    return await _read(connection, "bearing_seen", [of for of in members if of[0] in seen], position)


async def _read(connection: Connection, source: str, members: Sequence[Of], position: int) -> dict[Of, Found]:
    reached = await connection.fetchval("SELECT position FROM projection.checkpoint WHERE register = 'trails_v1'")
    if reached is None or reached < position:
        raise Behind(position, reached or 0)
    recorded_ns = await connection.fetchval("SELECT archive.recorded_ns($1)", position)
    known = recorded_on(recorded_ns or 0)
    found: dict[Of, Found] = {}
    for start in range(0, len(members), MANY):
        found.update(await _some(connection, source, members[start : start + MANY], position, known))
    return found


async def _some(
    connection: Connection, source: str, members: Sequence[Of], position: int, known: date
) -> dict[Of, Found]:
    people = {member: list[Told]() for member, _ in members}
    later = {member: list[Told]() for member in people}
    query = f"SELECT members, position, recorded_ns, type, data, leaf FROM access.{source}($1, $2, $3)"  # noqa: S608
    years = sorted({year for _, year in members})
    for concerned, at, recorded_ns, kind, data, leaf in await connection.fetch(query, list(people), years, position):
        told = Told(at, recorded_ns, leaf, decode(kind, data))
        for member in concerned:
            (people if at <= position else later)[member].append(told)
    found = {}
    for member, year in members:
        built = build(member, year, known, people[member])
        cases = {line.grievance for line in built.dossier.grievances.lines}
        gone = frozenset(cases & carrying.ended(later[member]))
        found[member, year] = Found(built, position, gone)
    return found
