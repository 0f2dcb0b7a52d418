"""Which rows begin and end as a case goes on; collected for a batch, and written as sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from projections.bitemporal import UNKNOWN_YET
from projections.database import Connection
from projections.inserting import insert
from projections.registers.grievances.periods import Row, Table

Identity = tuple[int, int]
"""The position of the fact by which a row began, and its number among those that did."""

Rows = Sequence[tuple[Table, Row]]

OPEN_END = datetime.max  # noqa: DTZ901 -- what the driver writes as infinity


def identities(before: Rows, known: Sequence[Identity], after: Rows, position: int, first: int) -> tuple[Identity, ...]:
    """By what each row of `after` is known: as before where it was among those, otherwise by the position and a number
    from `first` on. Pure."""
    kept: dict[tuple[Table, Row], list[Identity]] = {}
    for row, identity in zip(reversed(before), reversed(known), strict=True):
        kept.setdefault(row, []).append(identity)
    found: list[Identity] = []
    new = first
    for row in after:
        same = kept.get(row)
        if same:
            found.append(same.pop())
        else:
            found.append((position, new))
            new += 1
    return tuple(found)


class Ledger:
    """Rows that begin and end within one batch."""

    def __init__(self) -> None:
        self._begun: dict[tuple[UUID, Identity], tuple[Table, list[Any]]] = {}
        self._ended: dict[Table, list[tuple[UUID, int, int, int, datetime]]] = {}
        self._void: dict[UUID, int] = {}

    def begin(self, grievance: UUID, identity: Identity, table: Table, row: Row, at: datetime) -> None:
        """The row holds from the fact of its identity on, which happened at the instant."""
        self._begun[grievance, identity] = table, [grievance, *identity, at, UNKNOWN_YET, OPEN_END, UNKNOWN_YET, *row]

    def end(self, grievance: UUID, identity: Identity, table: Table, position: int, at: datetime) -> None:
        """The row holds up to the fact at the position, which happened at the instant."""
        begun = self._begun.get((grievance, identity))
        if begun is not None:
            begun[1][4:6] = position, at
        else:
            self._ended.setdefault(table, []).append((grievance, *identity, position, at))

    def void(self, grievance: UUID, position: int) -> None:
        """No row that the case has holds from the position on."""
        self._void.setdefault(grievance, position)
        for (key, _), (_, values) in self._begun.items():
            if key == grievance and values[6] == UNKNOWN_YET:
                values[6] = position

    def drop(self, grievance: UUID) -> None:
        """Forgets what was collected of the case."""
        self._void.pop(grievance, None)
        self._begun = {key: value for key, value in self._begun.items() if key[0] != grievance}
        for table, ended in self._ended.items():
            self._ended[table] = [row for row in ended if row[0] != grievance]

    async def write(
        self, connection: Connection, schema: str, tables: Sequence[Table], rights: Mapping[UUID, tuple[Any, ...]]
    ) -> None:
        """Ends, then begins. `rights` are those of every case that has rows that begin."""
        for table, ended in self._ended.items():
            if ended:
                await connection.execute(table.close(schema), *map(list, zip(*ended, strict=True)))
        if self._void:
            for table in tables:
                await connection.execute(table.void(schema), list(self._void), list(self._void.values()))
        rows: dict[Table, list[tuple[Any, ...]]] = {}
        for table, values in self._begun.values():
            part = () if table.is_open is None else (_part(values, table.is_open(tuple(values[7:]))),)
            rows.setdefault(table, []).append((*values, *part, *rights[values[0]]))
        for table, records in rows.items():
            await insert(connection, schema, table.name, table.names, records)


def _part(values: Sequence[Any], is_open: bool) -> str:
    """The part of its table that the row stands in."""
    if values[4] < UNKNOWN_YET or values[6] < UNKNOWN_YET:
        return "past"
    return "live" if is_open else "settled"
