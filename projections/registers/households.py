"""The households: the cell and economic class of each over time, what was recognised by year, and their groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact, Recorded
from events.facts.erasures import ErasureExecuted
from events.facts.households import FACTS, EconomicClass, GroupChanged, GroupDissolved, GroupFormed
from projections.bitemporal import Row, Rows, Table, at, merged
from projections.database import Connection
from projections.erasing import Erasing, Scrubbed
from projections.holders import Held, Holders, holders
from projections.projection import StateProjection
from projections.states.households import Group, Household, apply_group, apply_household
from projections.states.timeline import Span, united

GROUP_FACTS = frozenset({GroupFormed, GroupChanged, GroupDissolved})

BELONGING = Table("belonging", ("household",), {"unit": "uuid NOT NULL", "economic_class": "text"})
# Head and address have a row for each cell the household belonged to: a former cell sees them for its own period. No
# head: it was erased.
HOUSEHOLD = Table(
    "household",
    ("household",),
    {"unit": "uuid NOT NULL", "head": "text", "address": "text", "persons": "int"},
)
# Valid during the year that the recognition is for.
LEFT_POVERTY = Table("left_poverty", ("household",), {"unit": "uuid NOT NULL", "year": "int NOT NULL"})
CULTURAL = Table("cultural", ("household",), {"unit": "uuid NOT NULL", "year": "int NOT NULL"})
GROUP = Table("household_group", ("group_id",), {"unit": "uuid NOT NULL", "name": "text NOT NULL"})
PLACE = Table("place", ("household", "group_id"), {"unit": "uuid NOT NULL"})


class Entry(msgspec.Struct, frozen=True):
    """What is known under one id: a household, or a group."""

    household: Household | None = None
    group: Group | None = None


class Households(StateProjection[Entry]):
    """Tables `belonging`, `household`, `left_poverty`, `cultural`, `household_group`, `place` (of a household in a
    group), and `moved` for the access rules."""

    name = "households"
    version = 1
    handles = frozenset({*FACTS, ErasureExecuted})
    tables = (BELONGING, HOUSEHOLD, LEFT_POVERTY, CULTURAL, GROUP, PLACE)
    state_type = Entry

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._moved = Holders("moved", "household")
        self._erasing = Erasing(Scrubbed("household", "household", ("head", "address")))

    def create(self) -> str:
        protect = (
            f"SELECT access.protect('{self.schema}.{table.name}', '{table.key[0]}', NULL);" for table in self.tables
        )
        own = self._moved.create(self.schema) + self._erasing.create(self.schema)
        return super().create() + own + "".join(protect)

    def index(self) -> str:
        by_unit = (f"CREATE INDEX ON {self.schema}.{table.name} (unit, valid_from);" for table in self.tables)
        # Who makes names searchable asks for what came since.
        by_position = f"CREATE INDEX ON {self.schema}.household (known_from);"
        return "".join(by_unit) + by_position + f"CREATE INDEX ON {self.schema}.place (group_id);"

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        body = fact.body
        if isinstance(body, ErasureExecuted):
            return ()
        return (body.group,) if type(body) in GROUP_FACTS else (body.household,)

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        await super().load(connection, facts)
        await self._erasing.load(connection, self.schema, facts)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        fact = recorded.fact
        if isinstance(fact.body, ErasureExecuted):
            return {}
        (key,) = self.entities(fact)
        entry = states.get(key) or Entry()
        if type(fact.body) in GROUP_FACTS:
            return {key: Entry(entry.household, apply_group(entry.group, fact))}
        household = apply_household(entry.household, fact)
        self._moved.hold(key, _holders(entry.household), _holders(household))
        return {key: Entry(household, entry.group)}

    def rows(self, state: Entry) -> Iterator[tuple[Table, Row]]:
        if state.household is not None:
            yield from _household_rows(state.household, None)
        if state.group is not None:
            yield from _group_rows(state.group)

    def differing(self, before: Entry | None, after: Entry) -> tuple[Rows, Rows]:
        if before is None or before.household is None or after.household is None or before.group is not after.group:
            return super().differing(before, after)
        one, other = before.household, after.household
        return list(_household_rows(one, other)), list(_household_rows(other, one))

    async def write(self, connection: Connection) -> None:
        await super().write(connection)
        await self._moved.write(connection, self.schema)
        if gone := await self._erasing.write(connection, self.schema):
            await self.clean(connection, gone, _without_head)

    def forget(self) -> None:
        super().forget()
        self._moved.forget()
        self._erasing.forget()


def _without_head(entry: Entry) -> Entry:
    household = entry.household and msgspec.structs.replace(entry.household, head=None, address=None)
    return msgspec.structs.replace(entry, household=household)


def _holders(household: Household | None) -> tuple[Held, ...]:
    if household is None or len(household.cells) == 1:
        return ()
    return holders((belonging.since, belonging.unit) for belonging in household.belongings())


def _household_rows(household: Household, beside: Household | None) -> Iterator[tuple[Table, Row]]:
    """The household's rows, without those that follow from what `beside` has as well."""
    key = household.household
    if beside is not None and beside.cells is not household.cells:
        beside = None
    if beside is None or beside.classes is not household.classes:
        belongings = household.belongings()
        for belonging in belongings:
            economic_class = belonging.economic_class and belonging.economic_class.value
            yield BELONGING, (key, belonging.since, belonging.until, belonging.unit, economic_class)
        for since, until, (unit,) in merged((b.since, b.until, (b.unit,)) for b in belongings):
            yield HOUSEHOLD, (key, since, until, unit, household.head, household.address, household.persons)
    for table, years, others in (
        (LEFT_POVERTY, household.left_poverty, beside.left_poverty if beside is not None else ()),
        (CULTURAL, household.cultural, beside.cultural if beside is not None else ()),
    ):
        for year in dict.fromkeys(year for year in years if year not in others):
            unit = household.unit(date(year, 12, 31)) or household.latest_unit()
            yield table, (key, date(year, 1, 1), date(year + 1, 1, 1), unit, year)


def _group_rows(group: Group) -> Iterator[tuple[Table, Row]]:
    if group.span.since >= group.span.until:
        return
    yield GROUP, (group.group, group.span.since, group.span.until, group.unit, group.name)
    for household in dict.fromkeys(place.household for place in group.places):
        inside = (_within(p.span, group.span) for p in group.places if p.household == household)
        for span in united(inside):
            yield PLACE, (household, group.group, span.since, span.until, group.unit)


def _within(span: Span, limits: Span) -> Span:
    return Span(max(span.since, limits.since), min(span.until, limits.until))


class HouseholdView(msgspec.Struct, frozen=True):
    """A household on a day; head and address sealed with its key. No head: it was erased."""

    household: UUID
    unit: UUID
    economic_class: EconomicClass | None
    head: str | None
    address: str | None
    persons: int | None


class GroupView(msgspec.Struct, frozen=True):
    """A group on a day, with the households in it: those in the caller's sight."""

    group: UUID
    unit: UUID
    name: str
    households: list[UUID]


class PlaceView(msgspec.Struct, frozen=True):
    """A household's time in a group: from `since`, up to and without `until`."""

    household: UUID
    group: UUID
    since: date
    until: date


_HOUSEHOLD = f"""
    SELECT b.household, b.unit, b.economic_class, h.head, h.address, h.persons
    FROM households_v1.belonging b JOIN households_v1.household h ON h.household = b.household AND {at("$2", "$3", "h")}
    WHERE {at("$2", "$3", "b")} AND """  # noqa: S608

_GROUP = f"""
    SELECT g.group_id, g.unit, g.name,
           ARRAY(SELECT p.household FROM households_v1.place p
                 WHERE p.group_id = g.group_id AND {at("$2", "$3", "p")} ORDER BY p.household)
    FROM households_v1.household_group g WHERE {at("$2", "$3", "g")} AND """  # noqa: S608


async def households(connection: Connection, ids: Sequence[UUID], as_of: date, known_at: int) -> list[HouseholdView]:
    """Those of the households that existed on the day."""
    query = _HOUSEHOLD + "b.household = ANY($1::uuid[]) ORDER BY b.household"
    return _households(await connection.fetch(query, ids, as_of, known_at))


async def of_units(
    connection: Connection,
    units: Sequence[UUID],
    as_of: date,
    known_at: int,
    classes: Iterable[EconomicClass] | None = None,
    after: UUID | None = None,
    limit: int = 200,
) -> list[HouseholdView]:
    """Households of these cells on the day, at most `limit` that follow `after`; ordered by id.

    With `classes` only those reviewed into one of them.
    """
    query = (
        _HOUSEHOLD + "b.unit = ANY($1::uuid[]) AND ($4::text[] IS NULL OR b.economic_class = ANY($4)) "
        "AND ($5::uuid IS NULL OR b.household > $5) ORDER BY b.household LIMIT $6"
    )
    wanted = None if classes is None else [economic_class.value for economic_class in classes]
    return _households(await connection.fetch(query, units, as_of, known_at, wanted, after, limit))


async def left_poverty(connection: Connection, units: Sequence[UUID], year: int, known_at: int) -> list[UUID]:
    """Households of these cells recognised as having left poverty in the year."""
    return await _recognised(connection, LEFT_POVERTY, units, year, known_at)


async def cultural(connection: Connection, units: Sequence[UUID], year: int, known_at: int) -> list[UUID]:
    """Households of these cells recognised as cultural families for the year."""
    return await _recognised(connection, CULTURAL, units, year, known_at)


async def groups(connection: Connection, ids: Sequence[UUID], as_of: date, known_at: int) -> list[GroupView]:
    """Those of the groups that existed on the day."""
    rows = await connection.fetch(_GROUP + "g.group_id = ANY($1::uuid[]) ORDER BY g.name, 1", ids, as_of, known_at)
    return [GroupView(*row) for row in rows]


async def groups_of_units(connection: Connection, units: Sequence[UUID], as_of: date, known_at: int) -> list[GroupView]:
    """Groups of these cells on the day; by name."""
    rows = await connection.fetch(_GROUP + "g.unit = ANY($1::uuid[]) ORDER BY g.name, 1", units, as_of, known_at)
    return [GroupView(*row) for row in rows]


async def groups_of(connection: Connection, household: UUID, as_of: date, known_at: int) -> list[tuple[UUID, str]]:
    """The groups the household is in on the day, with their names; by name."""
    rows = await connection.fetch(
        f"""SELECT g.group_id, g.name FROM households_v1.place p
            JOIN households_v1.household_group g ON g.group_id = p.group_id AND {at("$2", "$3", "g")}
            WHERE p.household = $1 AND {at("$2", "$3", "p")} ORDER BY g.name, g.group_id""",  # noqa: S608
        household,
        as_of,
        known_at,
    )
    return [(group, name) for group, name in rows]


Contact = tuple[str | None, str | None]
"""Head and address, sealed; without a head it was erased."""


async def contacts(connection: Connection, ids: Sequence[UUID], known_at: int) -> dict[UUID, Contact]:
    """Head and address of the households, whether or not these still exist; those out of sight are missing."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (household) household, head, address FROM households_v1.household
           WHERE household = ANY($1::uuid[]) AND known_from <= $2 AND $2 < known_to
           ORDER BY household, valid_from DESC""",
        ids,
        known_at,
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def contacts_by_cases(connection: Connection, ids: Sequence[UUID], known_at: int) -> dict[UUID, Contact]:
    """The same, of those that have an open case with the caller's unit, in its sight or not."""
    query = "SELECT household, head, address FROM access.households_of_cases($1::uuid[], $2)"
    return {row[0]: (row[1], row[2]) for row in await connection.fetch(query, ids, known_at)}


async def group_names(connection: Connection, ids: Sequence[UUID], known_at: int) -> dict[UUID, str]:
    """The names of the groups, whether or not these still exist; those out of the caller's sight are missing."""
    rows = await connection.fetch(
        """SELECT group_id, name FROM households_v1.household_group
           WHERE group_id = ANY($1::uuid[]) AND known_from <= $2 AND $2 < known_to""",
        ids,
        known_at,
    )
    return {row[0]: row[1] for row in rows}


async def places(connection: Connection, household: UUID, known_at: int) -> list[PlaceView]:
    """Every time that the household was in a group, as known at the position; oldest first."""
    rows = await connection.fetch(
        """SELECT household, group_id, valid_from, valid_to FROM households_v1.place
           WHERE household = $1 AND known_from <= $2 AND $2 < known_to ORDER BY valid_from, group_id""",
        household,
        known_at,
    )
    return [PlaceView(*row) for row in rows]


async def _recognised(
    connection: Connection, table: Table, units: Sequence[UUID], year: int, known_at: int
) -> list[UUID]:
    rows = await connection.fetch(
        f"""SELECT household FROM households_v1.{table.name} WHERE unit = ANY($1::uuid[]) AND valid_from = $2
            AND known_from <= $3 AND $3 < known_to ORDER BY household""",  # noqa: S608
        units,
        date(year, 1, 1),
        known_at,
    )
    return [row[0] for row in rows]


def _households(rows: Iterable[Any]) -> list[HouseholdView]:
    return [
        HouseholdView(household, unit, EconomicClass(name) if name else None, head, address, persons)
        for household, unit, name, head, address, persons in rows
    ]
