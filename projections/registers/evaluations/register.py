"""The register of evaluations: rounds, who is in them with roster and rating, the steps taken, pools and objections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact, Recorded
from events.facts.erasures import ErasureExecuted
from events.facts.evaluations import FACTS
from projections.bitemporal import Change, Row, Table
from projections.database import Connection
from projections.erasing import Erasing, Scrubbed
from projections.projection import StateProjection
from projections.registers.evaluations.entries import Entry, changed, concerned, entities
from projections.registers.evaluations.tables import TABLES, counting, rows

_OF_MEMBERS = ("line", "step", "attested", "objection")
_OF_THE_CELL = {
    "round": "unit IN (SELECT access.own_cells())",
    "line": "member IS NULL AND unit IN (SELECT access.own_cells())",
}
"""What a member sees of his cells beside what is his own: that it has a round, and its own level."""


class Evaluations(StateProjection[Entry]):
    """Tables `round`, `line`, `step`, `attested`, `pool` and `objection`; the counts `moved`, `tally` and `yearly`."""

    name = "evaluations"
    version = 1
    handles = frozenset({*FACTS, ErasureExecuted})
    tables = TABLES
    state_type = Entry

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._tally = counting()
        self._erasing = Erasing(Scrubbed("objection", "member", ("text",)))

    def create(self) -> str:
        own = self._tally.create(self.schema), self._erasing.create(self.schema)
        return "".join((super().create(), *own, *map(self._protected, self.tables)))

    def _protected(self, table: Table) -> str:
        person = "'member'" if table.name in _OF_MEMBERS else "NULL"
        otherwise = f", '{_OF_THE_CELL[table.name]}'" if table.name in _OF_THE_CELL else ""
        return f"SELECT access.protect('{self.schema}.{table.name}', NULL, {person}{otherwise});"

    def index(self) -> str:
        return f"""
            CREATE INDEX ON {self.schema}.round (unit, year);
            CREATE INDEX ON {self.schema}.round (year, unit);
            CREATE INDEX ON {self.schema}.line (round);
            CREATE INDEX ON {self.schema}.line (unit, year);
            CREATE INDEX ON {self.schema}.line (member, year) WHERE member IS NOT NULL;
            CREATE INDEX ON {self.schema}.line (year, line);
            CREATE INDEX ON {self.schema}.line (level, year) WHERE level IN ('excellent', 'not_completed');
            CREATE INDEX ON {self.schema}.step (round);
            CREATE INDEX ON {self.schema}.step (member) WHERE member IS NOT NULL;
            CREATE INDEX ON {self.schema}.attested (round);
            CREATE INDEX ON {self.schema}.pool (unit, year);
            CREATE INDEX ON {self.schema}.pool (year);
            CREATE INDEX ON {self.schema}.objection (round);
            CREATE INDEX ON {self.schema}.objection (member) WHERE member IS NOT NULL;
            CREATE INDEX ON {self.schema}.moved (year, position);
            CREATE INDEX ON {self.schema}.yearly (year, last);"""

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        return () if isinstance(fact.body, ErasureExecuted) else entities(fact.body)

    def wants(self, fact: Fact[Any], states: Mapping[UUID, Entry]) -> Iterable[UUID]:
        return () if isinstance(fact.body, ErasureExecuted) else concerned(fact.body, states)

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        await super().load(connection, facts)
        await self._erasing.load(connection, self.schema, facts)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        return {} if isinstance(recorded.fact.body, ErasureExecuted) else changed(recorded, states)

    def rows(self, state: Entry) -> Iterable[tuple[Table, Row]]:
        return rows(state)

    def changed(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._tally.take(change)

    async def write(self, connection: Connection) -> None:
        await super().write(connection)
        await self._tally.write(connection, self.schema)
        if gone := await self._erasing.write(connection, self.schema):
            query = f"SELECT DISTINCT objection FROM {self.schema}.objection WHERE member = ANY($1::uuid[])"  # noqa: S608
            objections = [UUID(bytes=row["objection"].bytes) for row in await connection.fetch(query, gone)]
            await self.clean(connection, objections, _without_text)

    def forget(self) -> None:
        super().forget()
        self._tally = counting()
        self._erasing.forget()


def _without_text(entry: Entry) -> Entry:
    objection = entry.objection and msgspec.structs.replace(entry.objection, text=None)
    return msgspec.structs.replace(entry, objection=objection)
