"""The register of coverage: the steps of each entity, and the counts that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from events.envelope import Fact, Recorded
from projections.bitemporal import Change, Row, Rows, Table
from projections.database import Connection
from projections.projection import StateProjection
from projections.registers.coverage import totals
from projections.registers.coverage.doubts import MEMBER_DOUBT, PLACE_DOUBT, TARGET_DOUBT, doubts
from projections.registers.coverage.entries import (
    ASSIGNMENT_FACTS,
    GROUP_FACTS,
    HOUSEHOLD_FACTS,
    MEMBER_FACTS,
    Entry,
    changed,
    concerned,
    key,
)
from projections.registers.coverage.steps import TABLES, steps

_TARGETS = ("household", "group_id", "target")
_PERSONS = ("person", "member")


def _column(table: Table, names: tuple[str, ...]) -> str:
    """The first of the names that is a column, as an SQL literal."""
    return next((f"'{name}'" for name in names if name in table.names), "NULL")


def _rows(entry: Entry, beside: Entry) -> Iterator[tuple[Table, Row]]:
    yield from steps(entry, beside)
    yield from doubts(entry, beside)


class Coverage(StateProjection[Entry]):
    """Tables `…_step` (what an entity counts as), `…_doubt` (what needs a decision), and the counts per cell."""

    name = "coverage"
    version = 1
    handles = MEMBER_FACTS | HOUSEHOLD_FACTS | GROUP_FACTS | ASSIGNMENT_FACTS
    tables = (*TABLES, MEMBER_DOUBT, TARGET_DOUBT, PLACE_DOUBT)
    state_type = Entry
    era: ClassVar[int] = totals.ERA

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._tally = totals.Tally()
        self._last = 0

    def create(self) -> str:
        columns = ((table.name, _column(table, _TARGETS), _column(table, _PERSONS)) for table in self.tables)
        protect = (
            f"SELECT access.protect('{self.schema}.{name}', {target}, {person});" for name, target, person in columns
        )
        return "".join((super().create(), totals.create(self.schema, self.era), *protect))

    def index(self) -> str:
        return "".join(f"CREATE INDEX ON {self.schema}.{table.name} (unit, {table.key[0]});" for table in self.tables)

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        # Not the member of an assignment, nor the households of a group: their own facts can still be applied, and
        # one fact that cannot would make half a cell wait.
        return (key(fact),)

    def wants(self, fact: Fact[Any], states: Mapping[UUID, Entry]) -> Iterable[UUID]:
        return concerned(fact, states)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        return changed(recorded.fact, states)

    def rows(self, state: Entry) -> Iterator[tuple[Table, Row]]:
        yield from _rows(state, Entry())

    def differing(self, before: Entry | None, after: Entry) -> tuple[Rows, Rows]:
        before = before or Entry()
        return list(_rows(before, after)), list(_rows(after, before))

    def fold(self, recorded: Recorded[Any]) -> None:
        super().fold(recorded)
        self._last = recorded.position

    def changed(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._tally.take(change)

    async def write(self, connection: Connection) -> None:
        await super().write(connection)
        await self._tally.write(connection, self.schema)
        await totals.complete_eras(connection, self.schema, self._last)

    def forget(self) -> None:
        super().forget()
        self._tally = totals.Tally()
        self._last = 0
