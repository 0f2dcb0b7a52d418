"""The publications: every table that was released, as it was released. Public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact, Recorded
from events.facts.publications import FACTS
from projections.database import Connection
from projections.inserting import insert
from projections.projection import Projection

COLUMNS = ("month", "table_name", "unit", "position", "released", "counted_at", "digest", "content")


class Publications(Projection):
    """Table `publication`, a row for each table and month."""

    name = "publications"
    version = 1
    handles = frozenset(FACTS)

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._rows: list[tuple[Any, ...]] = []

    def create(self) -> str:
        return f"""
            CREATE TABLE {self.schema}.publication (
                month text NOT NULL, table_name text NOT NULL, unit uuid NOT NULL, position bigint NOT NULL,
                released date NOT NULL, counted_at bigint NOT NULL, digest text NOT NULL, content text NOT NULL,
                PRIMARY KEY (table_name, month));
            ALTER TABLE {self.schema}.publication ENABLE ROW LEVEL SECURITY;
            CREATE POLICY public ON {self.schema}.publication FOR SELECT TO soho_reader USING (true);
            GRANT SELECT ON {self.schema}.publication TO soho_reader;"""

    def index(self) -> str:
        return f"CREATE INDEX ON {self.schema}.publication (month, table_name);"

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        return (fact.body.series,)

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        """Needs nothing of what went before."""

    def fold(self, recorded: Recorded[Any]) -> None:
        fact, body = recorded.fact, recorded.fact.body
        named = body.month, body.table, body.unit
        made = recorded.position, fact.effective, body.counted_at
        self._rows.append((*named, *made, body.digest, body.content))

    async def write(self, connection: Connection) -> None:
        if self._rows:
            await insert(connection, self.schema, "publication", COLUMNS, self._rows)
        self.forget()

    def forget(self) -> None:
        self._rows = []


class Listed(msgspec.Struct, frozen=True):
    """A release: its table, month and unit, when it was made and counted, and the SHA-256 of its bytes."""

    month: str
    table: str
    unit: UUID
    released: date
    position: int
    counted_at: int
    digest: str


async def listed(connection: Connection) -> list[Listed]:
    """Every release, the newest month first."""
    rows = await connection.fetch(
        """SELECT month, table_name, unit, released, position, counted_at, digest FROM publications_v1.publication
           ORDER BY month DESC, table_name"""
    )
    return [Listed(*row) for row in rows]


async def content(connection: Connection, month: str, table: str) -> tuple[str, str] | None:
    """The text of a release and its digest; None where there is none."""
    row = await connection.fetchrow(
        "SELECT content, digest FROM publications_v1.publication WHERE month = $1 AND table_name = $2", month, table
    )
    return None if row is None else (row["content"], row["digest"])
