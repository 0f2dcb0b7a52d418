"""The members: where each belongs, with which status, and the second cell at the residence; admitted and left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.envelope import Fact, Recorded
from events.facts.members import FACTS, MemberStatus
from projections.bitemporal import Row, Table, at
from projections.database import Connection
from projections.holders import Held, Holders, holders
from projections.projection import StateProjection
from projections.states.members import ASSIGNABLE, Member, apply_member
from projections.states.timeline import united
from projections.tree import below

STANDING = Table("standing", ("person",), {"unit": "uuid NOT NULL", "status": "text NOT NULL"})
RESIDENCE = Table("residence", ("person", "unit"), {})
# Valid from the day of the admission, or of the leaving.
ADMISSION = Table("admission", ("person",), {"unit": "uuid NOT NULL"})
DEPARTURE = Table("departure", ("person",), {"unit": "uuid NOT NULL", "reason": "text NOT NULL"})


class Members(StateProjection[Member]):
    """Tables `standing`, `residence`, `admission` (newly admitted) and `departure`; `transferred` for access rules."""

    name = "members"
    version = 1
    handles = frozenset(FACTS)
    tables = (STANDING, RESIDENCE, ADMISSION, DEPARTURE)
    state_type = Member

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._transferred = Holders("transferred", "person")

    def create(self) -> str:
        protect = (f"SELECT access.protect('{self.schema}.{table.name}', NULL, 'person');" for table in self.tables)
        return super().create() + self._transferred.create(self.schema) + "".join(protect)

    def index(self) -> str:
        return "".join(f"CREATE INDEX ON {self.schema}.{table.name} (unit, valid_from);" for table in self.tables)

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        return (fact.body.person,)

    def change(self, states: Mapping[UUID, Member], recorded: Recorded[Any]) -> Mapping[UUID, Member]:
        person = recorded.fact.body.person
        before = states.get(person)
        after = apply_member(before, recorded.fact)
        self._transferred.hold(person, _holders(before) if before else (), _holders(after))
        return {person: after}

    def rows(self, state: Member) -> Iterator[tuple[Table, Row]]:
        person, standings = state.person, state.standings()
        for standing in standings:
            yield STANDING, (person, standing.since, standing.until, standing.unit, standing.status.value)
        for unit in dict.fromkeys(residence.unit for residence in state.residences):
            for span in united(residence.span for residence in state.residences if residence.unit == unit):
                yield RESIDENCE, (person, unit, span.since, span.until)
        if not standings:
            return
        if state.admitted is not None:
            unit = state.unit(state.admitted) or standings[0].unit
            yield ADMISSION, (person, state.admitted, FOREVER, unit)
        if state.left is not None and standings[-1].until < FOREVER:
            yield DEPARTURE, (person, standings[-1].until, FOREVER, standings[-1].unit, state.left.value)

    async def write(self, connection: Connection) -> None:
        await super().write(connection)
        await self._transferred.write(connection, self.schema)

    def forget(self) -> None:
        super().forget()
        self._transferred.forget()


def _holders(member: Member) -> tuple[Held, ...]:
    return holders((standing.since, standing.unit) for standing in member.standings())


class Membership(msgspec.Struct, frozen=True):
    """A member on a day: his cell, and the status he has in it from `since`, up to and without `until`."""

    person: UUID
    unit: UUID
    status: MemberStatus
    since: date
    until: date
    residences: list[UUID] = []
    """Cells of residence on the day, those in the caller's sight."""


class Movement(msgspec.Struct, frozen=True):
    """A member newly admitted to the cell on the day, or one who left it for the reason."""

    person: UUID
    unit: UUID
    day: date
    reason: str | None = None


_MEMBERSHIP = f"""
    SELECT s.person, s.unit, s.status, s.valid_from, s.valid_to,
           ARRAY(SELECT r.unit FROM members_v1.residence r
                 WHERE r.person = s.person AND {at("$2", "$3", "r")} ORDER BY r.unit)
    FROM members_v1.standing s WHERE {at("$2", "$3", "s")} AND """  # noqa: S608


async def members(connection: Connection, persons: Sequence[UUID], as_of: date, known_at: int) -> list[Membership]:
    """Those of the persons who were members on the day."""
    return _memberships(
        await connection.fetch(_MEMBERSHIP + "s.person = ANY($1::uuid[]) ORDER BY s.person", persons, as_of, known_at)
    )


async def of_units(
    connection: Connection,
    units: Sequence[UUID],
    as_of: date,
    known_at: int,
    statuses: Iterable[MemberStatus] = MemberStatus,
    after: UUID | None = None,
    limit: int = 200,
) -> list[Membership]:
    """Members of these cells on the day, at most `limit` that follow the person `after`; ordered by id."""
    query = (
        _MEMBERSHIP + "s.unit = ANY($1::uuid[]) AND s.status = ANY($4) AND ($5::uuid IS NULL OR s.person > $5) "
        "ORDER BY s.person LIMIT $6"
    )
    wanted = [status.value for status in statuses]
    return _memberships(await connection.fetch(query, units, as_of, known_at, wanted, after, limit))


async def by_cell(
    connection: Connection, unit: UUID, as_of: date, known_at: int, after: tuple[UUID, UUID] | None, limit: int
) -> list[tuple[UUID, UUID]]:
    """(cell, member) of all who stood at or below the unit on the day, cell by cell; at most `limit` that follow
    `after`."""
    query = f"""SELECT s.unit, s.person FROM members_v1.standing s
                WHERE s.unit IN ({below("$1", "$2", "$3")}) AND {at("$2", "$3", "s")}
                  AND ($4::uuid IS NULL OR (s.unit, s.person) > ($4, $5)) ORDER BY s.unit, s.person LIMIT $6"""  # noqa: S608
    last_unit, last = after or (None, None)
    rows = await connection.fetch(query, unit, as_of, known_at, last_unit, last, limit)
    return [(row[0], row[1]) for row in rows]


async def number(connection: Connection, unit: UUID, as_of: date, known_at: int) -> int:
    """How many members stood at or below the unit on the day."""
    query = f"""SELECT count(*) FROM members_v1.standing s
                WHERE s.unit IN ({below("$1", "$2", "$3")}) AND {at("$2", "$3", "s")}"""  # noqa: S608
    found: int = await connection.fetchval(query, unit, as_of, known_at)
    return found


async def residents(connection: Connection, units: Sequence[UUID], as_of: date, known_at: int) -> list[Membership]:
    """Members of other cells whose cell of residence was one of these on the day."""
    query = f"""{_MEMBERSHIP} s.person IN (SELECT r.person FROM members_v1.residence r
                WHERE r.unit = ANY($1::uuid[]) AND {at("$2", "$3", "r")}) ORDER BY s.person"""  # noqa: S608
    return _memberships(await connection.fetch(query, units, as_of, known_at))


class Absence(msgspec.Struct, frozen=True):
    """From `since`, up to and without `until`, a member was exempt or suspended (`status`), or had left (None)."""

    person: UUID
    since: date
    until: date
    status: MemberStatus | None


async def absences(connection: Connection, persons: Sequence[UUID], known_at: int) -> list[Absence]:
    """When these persons were not there to be responsible for a household, as known at the position."""
    rows = await connection.fetch(
        """SELECT person, valid_from, valid_to, status FROM members_v1.standing
           WHERE person = ANY($1::uuid[]) AND status != ALL($3) AND known_from <= $2 AND $2 < known_to
           UNION ALL
           SELECT person, valid_from, valid_to, NULL FROM members_v1.departure
           WHERE person = ANY($1::uuid[]) AND known_from <= $2 AND $2 < known_to
           ORDER BY 1, 2""",
        persons,
        known_at,
        [status.value for status in ASSIGNABLE],
    )
    return [Absence(person, since, until, status and MemberStatus(status)) for person, since, until, status in rows]


async def cells_of(connection: Connection, person: UUID, since: date, until: date, known_at: int) -> list[UUID]:
    """The cells to which the member belonged at any time from `since`, up to and without `until`."""
    rows = await connection.fetch(
        """SELECT DISTINCT unit FROM members_v1.standing WHERE person = $1 AND valid_from < $3 AND $2 < valid_to
           AND known_from <= $4 AND $4 < known_to ORDER BY unit""",
        person,
        since,
        until,
        known_at,
    )
    return [row[0] for row in rows]


async def admitted(
    connection: Connection, units: Sequence[UUID], since: date, until: date, known_at: int
) -> list[Movement]:
    """Who was newly admitted in these cells from `since`, up to and without `until`; oldest first."""
    rows = await connection.fetch(
        """SELECT person, unit, valid_from FROM members_v1.admission WHERE unit = ANY($1::uuid[])
           AND valid_from >= $2 AND valid_from < $3 AND known_from <= $4 AND $4 < known_to
           ORDER BY valid_from, person""",
        units,
        since,
        until,
        known_at,
    )
    return [Movement(*row) for row in rows]


async def departed(
    connection: Connection, units: Sequence[UUID], since: date, until: date, known_at: int
) -> list[Movement]:
    """Who left from these cells from `since`, up to and without `until`; oldest first."""
    rows = await connection.fetch(
        """SELECT person, unit, valid_from, reason FROM members_v1.departure WHERE unit = ANY($1::uuid[])
           AND valid_from >= $2 AND valid_from < $3 AND known_from <= $4 AND $4 < known_to
           ORDER BY valid_from, person""",
        units,
        since,
        until,
        known_at,
    )
    return [Movement(*row) for row in rows]


def _memberships(rows: Iterable[Any]) -> list[Membership]:
    return [
        Membership(person, unit, MemberStatus(status), since, until, residences)
        for person, unit, status, since, until, residences in rows
    ]
