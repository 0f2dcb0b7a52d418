"""Reading the evidence of many members at once from the archive, as it was known at a log position."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from events.catalogue import decode
from events.facts.evaluations import Evidence
from projections import collecting
from projections.archive.follower import leaf_hash
from projections.database import Connection
from projections.evidence import carrying, dossiers, units
from projections.evidence.calendar import recorded_on
from projections.evidence.digests import Told
from projections.evidence.dossiers import Built
from projections.evidence.figures import Dossier
from projections.evidence.units import BuiltUnit
from projections.trails import history
from projections.trails.history import Entry

MANY = 50
"""Members read at a time: what is stored of all of them is in memory together."""

Of = tuple[UUID, int]
"""A member or unit, and a year."""

Row = Any
"""Whom it may bear on, position, recorded time, type, data."""

T = TypeVar("T")
P = TypeVar("P")


class Behind(Exception):
    """The index of the archive by person has not come to the position yet: wait for it (as for any register)."""

    def __init__(self, position: int, reached: int) -> None:
        super().__init__(f"evidence at position {position} was asked for, the trails stand at {reached}")
        self.position, self.reached = position, reached


class Found(msgspec.Struct, frozen=True):
    """A dossier as it was known at the position, without the cases that may not be told of any more (`erased`: how many
    there are), and by what a decision names it: that does not change when something is erased later."""

    dossier: Dossier
    evidence: Evidence
    erased: int


class Read(msgspec.Struct, frozen=True):
    """What was read of a member: the dossier with its facts, and the cases in it that may not be told of any more."""

    built: Built
    position: int
    gone: frozenset[UUID]

    def evidence(self) -> Evidence:
        return self.built.evidence(self.position)

    def found(self) -> Found:
        shown = dossiers.without(self.built, self.gone) if self.gone else self.built.dossier
        return Found(shown, self.evidence(), len(self.gone))


async def of_members(connection: Connection, members: Sequence[Of], position: int) -> dict[Of, Evidence]:
    """The evidence on which decisions about these members and years rest, as known at the position.

    For deciding: the connection is in the role of the intake. Every pair that is asked for is answered, that of an
    unknown member with the evidence of no facts. Raises `Behind`.
    """
    return await _dossiers(connection, "bearing", members, position, Read.evidence)


async def of_units(connection: Connection, of: Sequence[Of], position: int) -> dict[Of, Evidence]:
    """The same for decisions about units: (unit, year) → what stands in its round and of those below it."""
    found = await _units(connection, "bearing_on_units", of, position)
    return {each: built.evidence(position) for each, built in found.items()}


async def dossiers_seen(connection: Connection, members: Sequence[Of], position: int) -> dict[Of, Found]:
    """The dossiers of those of the members whom the reader may see, as known at the position. Raises `Behind`."""
    return await _dossiers(connection, "bearing_seen", await _seen(connection, members), position, Read.found)


async def facts_seen(connection: Connection, of: Of, position: int) -> tuple[Found, tuple[Told, ...]] | None:
    """The same of one member, with the facts that counted, but those of cases that may not be told of any more; None
    where the reader may not see him."""
    read = await _dossiers(connection, "bearing_seen", await _seen(connection, [of]), position, _whole)
    return read.get(of)


def _whole(read: Read) -> tuple[Found, tuple[Told, ...]]:
    return read.found(), dossiers.left(read.built, read.gone)


async def _seen(connection: Connection, members: Sequence[Of]) -> list[Of]:
    """Those of the members whose dossier the reader may see."""
    rows = await connection.fetch("SELECT access.dossiers_of($1::uuid[])", [member for member, _ in members])
    seen = {row[0] for row in rows}
    return [of for of in members if of[0] in seen]


async def units_seen(connection: Connection, of: Sequence[Of], position: int) -> dict[Of, BuiltUnit]:
    """The evidence of those of the units that are in the reader's scope, as known at the position. Raises `Behind`."""
    rows = await connection.fetch("SELECT access.scope()")
    seen = {row[0] for row in rows}
    return await _units(connection, "bearing_on_units_seen", [each for each in of if each[0] in seen], position)


async def decisions(connection: Connection, rating: UUID, known_at: int) -> list[Entry]:
    """The facts by which the rating was decided and revised, as far as the reader may see them, in order."""
    rows = await connection.fetch("SELECT access.positions_of_rating($1)", rating)
    return await history.facts_at(connection, [row[0] for row in rows if row[0] <= known_at])


async def keys_ended(connection: Connection, owners: Sequence[UUID], known_at: int) -> dict[UUID, int]:
    """Owner → the position at which his key ended, of those of the owners whose key has."""
    rows = await connection.fetch("SELECT owner, position FROM access.keys_ended($1, $2)", owners, known_at)
    return {UUID(bytes=row["owner"].bytes): row["position"] for row in rows}


async def day_of(connection: Connection, position: int) -> date:
    """The day in Viet Nam on which the position was recorded; of position 0 the first of all days."""
    return recorded_on(await connection.fetchval("SELECT archive.recorded_ns($1)", position) or 0)


async def _must_have_come_to(connection: Connection, position: int) -> None:
    reached = await connection.fetchval("SELECT position FROM projection.checkpoint WHERE register = 'trails_v1'")
    if reached is None or reached < position:
        raise Behind(position, reached or 0)


async def _dossiers(
    connection: Connection, source: str, members: Sequence[Of], position: int, make: Callable[[Read], T]
) -> dict[Of, T]:
    """What is made of each member's facts. They are not kept: those of a province would not fit."""
    await _must_have_come_to(connection, position)
    known = await day_of(connection, position)
    query = f"SELECT members, position, recorded_ns, type, data FROM access.{source}($1, $2, $3)"  # noqa: S608
    years = sorted({year for _, year in members})
    parts = [members[start : start + MANY] for start in range(0, len(members), MANY)]

    async def fetch(part: Sequence[Of]) -> list[Row]:
        return await connection.fetch(query, [member for member, _ in part], years, position)

    found: dict[Of, T] = {}
    async with aclosing(_ahead(fetch, parts)) as answers:
        async for part, rows in answers:
            # Nothing that is made here has cycles; the collector would spend as long on it as all the rest.
            with collecting.paused():
                for of, read in _read(rows, part, position, known):
                    found[of] = make(read)
    return found


async def _ahead(
    fetch: Callable[[P], Awaitable[list[Row]]], parts: Sequence[P]
) -> AsyncGenerator[tuple[P, list[Row]], None]:
    """Each part with its rows. Those of the next one are asked for already: the database works while we do."""
    asking: asyncio.Future[list[Row]] | None = None
    try:
        for number, part in enumerate(parts, 1):
            rows = await (asking or fetch(part))
            asking = None
            if number < len(parts):
                asking = asyncio.ensure_future(fetch(parts[number]))
                await asyncio.sleep(0)  # it is sent before the work on this one begins
            yield part, rows
    finally:
        if asking is not None:
            asking.cancel()
            await asyncio.wait([asking])


def _read(rows: Iterable[Row], members: Sequence[Of], position: int, known: date) -> Iterator[tuple[Of, Read]]:
    """Member by member: the facts of one are gone before those of the next are made. What bears on several (the
    meetings of their cell) is made once."""
    people = {member: list[Row]() for member, _ in members}
    shared: dict[int, Told] = {}
    for row in rows:
        for member in row[0]:
            people[member].append(row)
    for member, year in members:
        facts, later = list[Told](), list[Told]()
        for row in people[member]:
            told = shared.get(row[1])
            if told is None:
                told = _told(*row[1:])
                if len(row[0]) > 1:
                    shared[row[1]] = told
            (facts if told.position <= position else later).append(told)
        built = dossiers.build(member, year, known, facts)
        cases = {line.grievance for line in built.dossier.grievances.lines}
        yield (member, year), Read(built, position, frozenset(cases & carrying.ended(later)))


def _told(position: int, recorded_ns: int, kind: str, data: bytes) -> Told:
    """The leaf hash is worked out from what is stored, not taken from beside it: what was changed there is found."""
    return Told(position, recorded_ns, leaf_hash(data), decode(kind, data))


async def _units(connection: Connection, source: str, of: Sequence[Of], position: int) -> dict[Of, BuiltUnit]:
    await _must_have_come_to(connection, position)
    facts = {unit: list[Told]() for unit, _ in of}
    query = f"SELECT units, position, recorded_ns, type, data FROM access.{source}($1, $2)"  # noqa: S608
    for concerned, *message in await connection.fetch(query, list(facts), position):
        told = _told(*message)
        for unit in concerned:
            facts[unit].append(told)
    return {(unit, year): units.build(unit, year, facts[unit]) for unit, year in of}
