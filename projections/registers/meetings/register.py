"""The register of meetings: calendars, meetings with who came, and reports with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact, Recorded
from events.facts.erasures import ErasureExecuted
from events.facts.meetings import FACTS
from projections.bitemporal import Change, Row, Rows, Table
from projections.database import Connection
from projections.erasing import Erasing, Scrubbed
from projections.projection import StateProjection
from projections.registers.meetings.entries import NOTHING, Entry, changed, concerned, entity
from projections.registers.meetings.tables import TABLES, counting, rows

_WHOSE = {"attendance": "NULL, 'member'", "report": "NULL, 'member'", "delivery": "NULL, 'member'"}
_WHOSE["line"] = "'target', 'member'"
OF_THE_CELL = ("calendar", "meeting")
"""What a member sees of the cells he belongs or belonged to, so that he knows what he owes and when."""


class Meetings(StateProjection[Entry]):
    """Tables `calendar`, `meeting`, `attendance`, `report`, `line` and `delivery`; the counts `moved`, `tally` and
    `monthly`."""

    name = "meetings"
    version = 1
    handles = frozenset({*FACTS, ErasureExecuted})
    tables = TABLES
    state_type = Entry

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._tally = counting()
        self._erasing = Erasing(Scrubbed("report", "member", ("note", "conclusion_note")))

    def create(self) -> str:
        own = ", 'unit IN (SELECT access.own_cells())'"
        protect = (
            f"SELECT access.protect('{self.schema}.{table.name}', {_WHOSE.get(table.name, 'NULL, NULL')}"
            f"{own if table.name in OF_THE_CELL else ''});"
            for table in self.tables
        )
        return "".join((super().create(), self._tally.create(self.schema), self._erasing.create(self.schema), *protect))

    def index(self) -> str:
        return f"""
            CREATE INDEX ON {self.schema}.meeting (unit, valid_from);
            CREATE INDEX ON {self.schema}.attendance (unit, valid_from);
            CREATE INDEX ON {self.schema}.attendance (member, valid_from);
            CREATE INDEX ON {self.schema}.report (unit, month);
            CREATE INDEX ON {self.schema}.report (member, month);
            CREATE INDEX ON {self.schema}.report (meeting) WHERE meeting IS NOT NULL;
            CREATE INDEX ON {self.schema}.line (target, valid_from);
            CREATE INDEX ON {self.schema}.delivery (unit, month);
            CREATE INDEX ON {self.schema}.delivery (member, month);
            CREATE INDEX ON {self.schema}.moved (unit, month);
            CREATE INDEX ON {self.schema}.monthly (month, unit);"""

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        return () if isinstance(fact.body, ErasureExecuted) else (entity(fact),)

    def wants(self, fact: Fact[Any], states: Mapping[UUID, Entry]) -> Iterable[UUID]:
        return () if isinstance(fact.body, ErasureExecuted) else concerned(fact, states)

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        await super().load(connection, facts)
        await self._erasing.load(connection, self.schema, facts)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        return {} if isinstance(recorded.fact.body, ErasureExecuted) else changed(recorded.fact, states)

    def rows(self, state: Entry) -> Iterable[tuple[Table, Row]]:
        return rows(state, NOTHING)

    def differing(self, before: Entry | None, after: Entry) -> tuple[Rows, Rows]:
        before = before or NOTHING
        return list(rows(before, after)), list(rows(after, before))

    def changed(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._tally.take(change)

    async def write(self, connection: Connection) -> None:
        await super().write(connection)
        await self._tally.write(connection, self.schema)
        if gone := await self._erasing.write(connection, self.schema):
            query = f"SELECT DISTINCT report FROM {self.schema}.report WHERE member = ANY($1::uuid[])"  # noqa: S608
            reports = [UUID(bytes=row["report"].bytes) for row in await connection.fetch(query, gone)]
            await self.clean(connection, reports, _without_notes)

    def forget(self) -> None:
        super().forget()
        self._tally = counting()
        self._erasing.forget()


def _without_notes(entry: Entry) -> Entry:
    report = entry.report and msgspec.structs.replace(entry.report, note=None, conclusion_note=None)
    return msgspec.structs.replace(entry, report=report)
