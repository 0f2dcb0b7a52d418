"""The organisation: the dated tree of units with its lineage, who held which office, and the persons known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec

from events.calendar import FOREVER
from events.envelope import Fact, Recorded
from events.facts.erasures import ErasureExecuted
from events.facts.organisation import (
    OfficeActing,
    OfficeAppointed,
    OfficeReleased,
    PersonRegistered,
    UnitDissolved,
    UnitFounded,
    UnitMerged,
    UnitRenamed,
    UnitReparented,
)
from events.facts.values import Body
from projections.bitemporal import UNKNOWN_YET, Row, Table, at
from projections.database import Connection
from projections.erasing import Erasing, Scrubbed
from projections.projection import StateProjection
from projections.states.closure import Tree
from projections.states.organisation import Offices, Person, Unit, apply_office, apply_person, apply_unit
from projections.states.timeline import boundaries, spans
from projections.tree import below

UNIT_FACTS: frozenset[type[Body]] = frozenset({UnitFounded, UnitRenamed, UnitReparented, UnitMerged, UnitDissolved})
OFFICE_FACTS: frozenset[type[Body]] = frozenset({OfficeAppointed, OfficeReleased, OfficeActing})

UNIT = Table(
    "unit",
    ("unit",),
    {
        "kind": "text NOT NULL",
        "cell_kind": "text",
        "name": "text NOT NULL",
        "parent": "uuid",
        "standing": "text NOT NULL",
        "founded": "date NOT NULL",
        "ended": "date",
        "absorbed_into": "uuid",
    },
)
CLOSURE = Table("closure", ("ancestor", "descendant"), {})
# Several persons may hold one office, so unit, office and person together exclude each other: made one uuid, since a
# constraint over text is several times slower.
TENURE = Table(
    "tenure",
    ("tenure",),
    {"unit": "uuid NOT NULL", "office": "text NOT NULL", "person": "uuid NOT NULL", "acting": "boolean NOT NULL"},
)
# What somebody is called has no valid time: only when it became known. No name: it was erased.
PERSON = Table("person", ("person",), {"unit": "uuid NOT NULL", "name": "text", "contact": "text"})


class Entry(msgspec.Struct, frozen=True):
    """All that is known under one id: a unit and its offices, or a person."""

    unit: Unit | None = None
    offices: Offices | None = None
    person: Person | None = None


class Organisation(StateProjection[Entry]):
    """Tables `unit`, `tenure`, `person`, and `closure`: who stands at or below whom on which day, lineage included."""

    name = "organisation"
    version = 1
    handles = UNIT_FACTS | OFFICE_FACTS | {PersonRegistered, ErasureExecuted}
    tables = (UNIT, TENURE, PERSON, CLOSURE)
    state_type = Entry

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._tree: Tree | None = None
        self._erasing = Erasing(Scrubbed("person", "person", ("name", "contact")))

    def create(self) -> str:
        # Names and kinds of units are public inside an installation: everybody sees the units above his own, and a
        # household's history names units it came from. The closure is the same structure without the names.
        # A person's name is seen where he was registered, and in the cells he belongs to; his own offices by himself,
        # since who asks for one must be found to hold it before anything else is.
        return f"""{super().create()}{self._erasing.create(self.schema)}
            ALTER TABLE {self.schema}.unit ENABLE ROW LEVEL SECURITY;
            CREATE POLICY public_structure ON {self.schema}.unit FOR SELECT TO soho_reader USING (true);
            GRANT SELECT ON {self.schema}.unit, {self.schema}.closure TO soho_reader;
            SELECT access.protect('{self.schema}.tenure', NULL, 'person', 'person = (SELECT access.asker())');
            SELECT access.protect('{self.schema}.person', NULL, 'person', 'person IN (SELECT access.people())');"""

    def index(self) -> str:
        return f"""
            CREATE INDEX ON {self.schema}.unit (parent);
            CREATE INDEX ON {self.schema}.unit (unit) WHERE parent IS NULL AND known_to = {UNKNOWN_YET};
            CREATE INDEX ON {self.schema}.unit (standing, valid_from) WHERE known_to = {UNKNOWN_YET};
            CREATE INDEX ON {self.schema}.unit (absorbed_into) WHERE absorbed_into IS NOT NULL;
            CREATE INDEX ON {self.schema}.tenure (unit);
            CREATE INDEX ON {self.schema}.tenure (person);
            CREATE INDEX ON {self.schema}.closure (descendant);
            CREATE INDEX ON {self.schema}.closure (ancestor)
                INCLUDE (descendant, valid_from, valid_to) WHERE known_to = {UNKNOWN_YET};"""

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        body = fact.body
        if isinstance(body, ErasureExecuted):
            return ()
        return (body.person,) if isinstance(body, PersonRegistered) else (body.unit,)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        fact = recorded.fact
        if isinstance(fact.body, ErasureExecuted):
            return {}
        (key,) = self.entities(fact)
        entry = states.get(key) or Entry()
        replace = msgspec.structs.replace
        if type(fact.body) in UNIT_FACTS:
            return {key: replace(entry, unit=apply_unit(entry.unit, fact))}
        if type(fact.body) in OFFICE_FACTS:
            return {key: replace(entry, offices=apply_office(entry.offices, fact))}
        return {key: replace(entry, person=apply_person(entry.person, fact))}

    def rows(self, state: Entry) -> Iterator[tuple[Table, Row]]:
        if state.unit is not None:
            yield from _unit_rows(state.unit)
        if state.offices is not None:
            yield from _tenure_rows(state.offices)
        if state.person is not None:
            known = state.person
            yield PERSON, (known.person, date.min, FOREVER, known.unit, known.name, known.contact)

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        await super().load(connection, facts)
        await self._erasing.load(connection, self.schema, facts)
        if self._tree is not None or not any(type(recorded.fact.body) in UNIT_FACTS for recorded in facts):
            return
        tree = Tree()
        for row in await connection.fetch(
            f"""SELECT body FROM {self.schema}.state
                WHERE entity IN (SELECT unit FROM {self.schema}.unit WHERE known_to = {UNKNOWN_YET})"""  # noqa: S608
        ):
            entry = self._decoder.decode(row["body"])
            tree.put(entry.unit)
        self._tree = tree

    def fold(self, recorded: Recorded[Any]) -> None:
        super().fold(recorded)
        body, tree = recorded.fact.body, self._tree
        if type(body) not in UNIT_FACTS or tree is None:
            return
        concerned = tree.subtree(body.unit)
        before = [_closure_row(unit, above) for unit in concerned for above in tree.above(unit)]
        unit = self.states[body.unit].unit
        if unit is not None:
            tree.put(unit)
        after = [_closure_row(unit, above) for unit in concerned for above in tree.above(unit)]
        self._journal.replace(before, after, recorded.position)

    async def write(self, connection: Connection) -> None:
        await super().write(connection)
        if gone := await self._erasing.write(connection, self.schema):
            await self.clean(connection, gone, _without_name)

    def forget(self) -> None:
        super().forget()
        self._erasing.forget()
        self._tree = None


def _without_name(entry: Entry) -> Entry:
    person = entry.person and msgspec.structs.replace(entry.person, name=None, contact=None)
    return msgspec.structs.replace(entry, person=person)


def _closure_row(unit: UUID, above: tuple[UUID, date, date]) -> tuple[Table, Row]:
    ancestor, since, until = above
    return CLOSURE, (ancestor, unit, since, until)


def _unit_rows(unit: Unit) -> Iterator[tuple[Table, Row]]:
    days = boundaries(unit.names) | boundaries(unit.parents) | {unit.founded, unit.ended}
    ended = None if unit.ended == FOREVER else unit.ended
    gone = "dissolved" if unit.absorbed_into is None else "merged"
    for span in spans(day for day in days if unit.founded <= day < FOREVER):
        day = span.since
        values = (
            unit.kind.value,
            unit.cell_kind and unit.cell_kind.value,
            unit.name(day),
            unit.superior(day),
            "existing" if unit.exists(day) else gone,
            unit.founded,
            ended,
            unit.absorbed_into,
        )
        yield UNIT, (unit.unit, span.since, span.until, *values)


def _tenure_rows(offices: Offices) -> Iterator[tuple[Table, Row]]:
    """One row for each span in which a person held an office; who is appointed no longer only acts in it."""
    for office, person in dict.fromkeys((tenure.office, tenure.person) for tenure in offices.tenures):
        own = [tenure for tenure in offices.tenures if (tenure.office, tenure.person) == (office, person)]
        key = uuid5(offices.unit, f"{office.value} {person}")
        days = {day for tenure in own for day in (tenure.span.since, tenure.span.until)}
        for span in spans(day for day in days if day < FOREVER):
            held = [tenure.acting for tenure in own if tenure.span.holds(span.since)]
            if held:
                yield TENURE, (key, span.since, span.until, offices.unit, office.value, person, all(held))


class UnitView(msgspec.Struct, frozen=True):
    """A unit on a day. `standing`: existing, merged (into `absorbed_into`) or dissolved, from the day `ended` on.

    `parent` is the unit above it on that day; of a merged unit its successor.
    """

    unit: UUID
    kind: str
    cell_kind: str | None
    name: str
    parent: UUID | None
    standing: str
    founded: date
    ended: date | None
    absorbed_into: UUID | None


class TenureView(msgspec.Struct, frozen=True):
    """A person in an office of the unit from `since`, up to and without `until`."""

    unit: UUID
    office: str
    person: UUID
    acting: bool
    since: date
    until: date


class PersonView(msgspec.Struct, frozen=True):
    """What a person is called; name and contact sealed with his key. No name: it was erased."""

    person: UUID
    name: str | None
    contact: str | None


_UNIT = ", ".join(f"u.{field}" for field in UnitView.__struct_fields__)


async def units(connection: Connection, ids: Sequence[UUID], as_of: date, known_at: int) -> list[UnitView]:
    """Those of the units that were founded by the day, whether or not they still existed on it."""
    query = f"SELECT {_UNIT} FROM organisation_v1.unit u WHERE u.unit = ANY($1::uuid[]) AND {at('$2', '$3', 'u')}"  # noqa: S608
    return [UnitView(*row) for row in await connection.fetch(query, ids, as_of, known_at)]


async def heirs(connection: Connection, ids: Sequence[UUID], as_of: date, known_at: int) -> dict[UUID, UUID]:
    """Of those that had ended by the day: the unit that acted for them on it. It is the one that they had gone into;
    above a dissolved one the nearest that existed."""
    query = f"""
        WITH RECURSIVE line AS (
            SELECT asked AS origin, asked AS unit FROM unnest($1::uuid[]) asked
            UNION
            SELECT line.origin, CASE u.standing WHEN 'merged' THEN u.absorbed_into ELSE u.parent END
            FROM line JOIN organisation_v1.unit u ON u.unit = line.unit
            WHERE u.standing <> 'existing' AND {at("$2", "$3", "u")})
        SELECT line.origin, line.unit FROM line JOIN organisation_v1.unit u ON u.unit = line.unit
        WHERE u.standing = 'existing' AND line.origin <> line.unit AND {at("$2", "$3", "u")}"""  # noqa: S608
    return {row[0]: row[1] for row in await connection.fetch(query, ids, as_of, known_at)}


async def children(connection: Connection, unit: UUID, as_of: date, known_at: int) -> list[UnitView]:
    """Units that existed on the day directly under the unit, those of merged predecessors included; by name."""
    query = f"""
        WITH RECURSIVE here AS (
            SELECT $1::uuid AS unit
            UNION
            SELECT u.unit FROM here JOIN organisation_v1.unit u ON u.parent = here.unit
            WHERE u.standing = 'merged' AND {at("$2", "$3", "u")})
        SELECT {_UNIT} FROM here JOIN organisation_v1.unit u ON u.parent = here.unit
        WHERE u.standing = 'existing' AND {at("$2", "$3", "u")} ORDER BY u.name, u.unit"""  # noqa: S608
    return [UnitView(*row) for row in await connection.fetch(query, unit, as_of, known_at)]


async def descendants(connection: Connection, unit: UUID, as_of: date, known_at: int) -> list[UUID]:
    """The unit and all at or below it in the tree of the day, merged and dissolved ones included."""
    return [row[0] for row in await connection.fetch(below("$1", "$2", "$3"), unit, as_of, known_at)]


async def chain(connection: Connection, unit: UUID, as_of: date, known_at: int) -> list[UnitView]:
    """The unit and those above it on the day, from the lowest; a merged unit is followed by its successor."""
    query = f"""
        SELECT {_UNIT} FROM organisation_v1.closure c JOIN organisation_v1.unit u ON u.unit = c.ancestor
        WHERE c.descendant = $1 AND {at("$2", "$3", "c")} AND {at("$2", "$3", "u")}"""  # noqa: S608
    above = {row["unit"]: UnitView(*row) for row in await connection.fetch(query, unit, as_of, known_at)}
    found: list[UnitView] = []
    current = above.pop(unit, None)
    while current is not None:
        found.append(current)
        current = above.pop(current.parent, None) if current.parent is not None else None
    return found


async def lineage(connection: Connection, unit: UUID, known_at: int) -> list[UnitView]:
    """The unit's line: every unit that went into it, itself, and what it went into, by the day of the end (`ended`).

    Each as it was on its last day; following `absorbed_into` gives the edges, `ended` their days.
    """
    query = f"""
        WITH RECURSIVE line AS (
            SELECT DISTINCT unit, absorbed_into FROM organisation_v1.unit
            WHERE known_from <= $2 AND $2 < known_to),
        before AS (
            SELECT unit FROM line WHERE unit = $1
            UNION SELECT line.unit FROM before JOIN line ON line.absorbed_into = before.unit),
        after AS (
            SELECT unit, absorbed_into FROM line WHERE unit = $1
            UNION SELECT line.unit, line.absorbed_into FROM after JOIN line ON line.unit = after.absorbed_into)
        SELECT DISTINCT ON (u.ended, u.unit) {_UNIT} FROM organisation_v1.unit u
        WHERE u.unit IN (SELECT unit FROM before UNION SELECT unit FROM after)
          AND u.known_from <= $2 AND $2 < u.known_to AND u.standing = 'existing'
        ORDER BY u.ended NULLS LAST, u.unit, u.valid_from DESC"""  # noqa: S608
    return [UnitView(*row) for row in await connection.fetch(query, unit, known_at)]


_TENURE = "unit, office, person, acting, valid_from, valid_to"


async def offices(connection: Connection, unit: UUID, as_of: date, known_at: int) -> list[TenureView]:
    """Who held which office of the unit on the day; who acted in it comes before who was appointed."""
    query = f"""SELECT {_TENURE} FROM organisation_v1.tenure WHERE unit = $1 AND {at("$2", "$3")}
                ORDER BY office, acting DESC, valid_from, person"""  # noqa: S608
    return [TenureView(*row) for row in await connection.fetch(query, unit, as_of, known_at)]


async def offices_of(connection: Connection, person: UUID, known_at: int) -> list[TenureView]:
    """Every office that the person ever held, as known at the position; oldest first."""
    query = f"""SELECT {_TENURE} FROM organisation_v1.tenure WHERE person = $1
                AND known_from <= $2 AND $2 < known_to ORDER BY valid_from, unit, office"""  # noqa: S608
    return [TenureView(*row) for row in await connection.fetch(query, person, known_at)]


async def offices_held(connection: Connection, persons: Sequence[UUID], as_of: date, known_at: int) -> list[TenureView]:
    """The offices that these persons held on the day; by office."""
    query = f"""SELECT {_TENURE} FROM organisation_v1.tenure WHERE person = ANY($1::uuid[]) AND {at("$2", "$3")}
                ORDER BY office, valid_from, unit"""  # noqa: S608
    return [TenureView(*row) for row in await connection.fetch(query, persons, as_of, known_at)]


async def persons(connection: Connection, ids: Sequence[UUID], known_at: int) -> dict[UUID, PersonView]:
    """What the persons are called, as known at the position; those out of the caller's sight are missing."""
    rows = await connection.fetch(
        """SELECT person, name, contact FROM organisation_v1.person
           WHERE person = ANY($1::uuid[]) AND known_from <= $2 AND $2 < known_to""",
        ids,
        known_at,
    )
    return {row["person"]: PersonView(*row) for row in rows}


async def unit_names(connection: Connection, ids: Sequence[UUID], known_at: int) -> dict[UUID, list[tuple[date, str]]]:
    """The names each unit has borne, with the first day of each, as known at the position; oldest first."""
    rows = await connection.fetch(
        """SELECT unit, valid_from, name FROM organisation_v1.unit
           WHERE unit = ANY($1::uuid[]) AND known_from <= $2 AND $2 < known_to ORDER BY unit, valid_from""",
        ids,
        known_at,
    )
    found: dict[UUID, list[tuple[date, str]]] = {}
    for unit, since, name in rows:
        found.setdefault(unit, []).append((since, name))
    return found


async def names_inspected(connection: Connection, ids: Sequence[UUID], known_at: int) -> dict[UUID, str | None]:
    """Names, sealed, of those of the persons whom the mandates of the calling inspection let it read of."""
    rows = await connection.fetch("SELECT person, name FROM access.people_inspected($1, $2)", ids, known_at)
    return {row["person"]: row["name"] for row in rows}
