"""Who holds today what has moved: a household or member that changed its cell is seen whole by its present cell.

Only what moved has rows here. Each cell holds from its first day until the next one takes over, so that whoever left or
was dissolved stays with the last cell. Read by `access.moved_in` and `access.transferred_in`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from events.calendar import FOREVER
from projections.database import Connection

Held = tuple[UUID, date, date]
"""The cell, since, until."""


def holders(cells: Iterable[tuple[date, UUID]]) -> tuple[Held, ...]:
    """The cells that hold, from the days on which each span began, in order; empty while there was only one cell."""
    begun: list[tuple[date, UUID]] = []
    for since, unit in cells:
        if not begun or begun[-1][1] != unit:
            begun.append((since, unit))
    if len(begun) < 2:
        return ()
    ends = [since for since, _ in begun[1:]]
    return tuple((unit, since, until) for (since, unit), until in zip(begun, [*ends, FOREVER], strict=True))


class Holders:
    """The table (key, unit, valid_from, valid_to): only what is believed now; an entity's rows are replaced whole."""

    def __init__(self, name: str, key: str) -> None:
        self.name = name
        self.columns = (key, "unit", "valid_from", "valid_to")
        self._held: dict[UUID, tuple[Held, ...]] = {}

    def create(self, schema: str) -> str:
        """The table. Readers have no rights on it: the functions in access.sql read it for them."""
        key = self.columns[0]
        return f"""
            CREATE TABLE {schema}.{self.name} ({key} uuid NOT NULL, unit uuid NOT NULL,
                valid_from date NOT NULL, valid_to date NOT NULL,
                PRIMARY KEY ({key}, valid_from), CHECK (valid_from < valid_to));
            CREATE INDEX ON {schema}.{self.name} (unit);"""

    def hold(self, entity: UUID, before: tuple[Held, ...], after: tuple[Held, ...]) -> None:
        """From now on `after` holds the entity."""
        if before != after:
            self._held[entity] = after

    async def write(self, connection: Connection, schema: str) -> None:
        """Replaces the rows of what changed since the last call."""
        if not self._held:
            return
        await connection.execute(
            f"DELETE FROM {schema}.{self.name} WHERE {self.columns[0]} = ANY($1::uuid[])",  # noqa: S608
            list(self._held),
        )
        records = [(entity, *held) for entity, every in self._held.items() for held in every]
        await connection.copy_records_to_table(self.name, schema_name=schema, columns=self.columns, records=records)
        self.forget()

    def forget(self) -> None:
        self._held.clear()
