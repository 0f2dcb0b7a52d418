"""Taking what was erased out of a register: its sealed values, in the transaction that folds the erasure.

The values open no more from the moment on that the key ended. That they are also taken out leaves nothing to be opened
should a key come back, and tells whoever asks that something was erased and not simply missing. A fact that was sealed
just before the key ended, and recorded just after, is taken care of as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from events.envelope import Recorded
from events.facts.erasures import ErasureExecuted
from projections.database import Connection


class Scrubbed(NamedTuple):
    """Columns of a table that hold sealed values, and the column with their owner."""

    table: str
    owner: str
    columns: tuple[str, ...]


class Erasing:
    """The table `erased` of a register: whose data is gone. `load` comes before folding, `write` after all rows."""

    def __init__(self, *scrubbed: Scrubbed) -> None:
        self._scrubbed = scrubbed
        self._known: set[UUID] | None = None
        self._new: set[UUID] = set()
        self._touched: set[UUID] = set()

    def create(self, schema: str) -> str:
        return f"CREATE TABLE {schema}.erased (owner uuid PRIMARY KEY);"

    async def load(self, connection: Connection, schema: str, facts: Sequence[Recorded[Any]]) -> None:
        """Finds out which of the facts erase, and which have something of somebody who is erased."""
        if self._known is None:
            rows = await connection.fetch(f"SELECT owner FROM {schema}.erased")  # noqa: S608
            self._known = {UUID(bytes=row["owner"].bytes) for row in rows}
        for recorded in facts:
            body = recorded.fact.body
            if isinstance(body, ErasureExecuted):
                if body.whose not in self._known:
                    self._new.add(body.whose)
            elif body.SEALED and self._known:
                self._touched |= {body.owner(field) for field in body.SEALED} & self._known

    async def write(self, connection: Connection, schema: str) -> list[UUID]:
        """Takes the values out; returns whose they were."""
        gone = list(self._new | self._touched)
        if self._new:
            await connection.execute(
                f"INSERT INTO {schema}.erased SELECT unnest($1::uuid[])",
                list(self._new),
            )
        for scrubbed in self._scrubbed if gone else ():
            nulls = ", ".join(f"{column} = NULL" for column in scrubbed.columns)
            await connection.execute(
                f"UPDATE {schema}.{scrubbed.table} SET {nulls} WHERE {scrubbed.owner} = ANY($1::uuid[])",  # noqa: S608
                gone,
            )
        if self._known is not None:
            self._known |= self._new
        self._new, self._touched = set(), set()
        return gone

    def forget(self) -> None:
        self._known = None
        self._new, self._touched = set(), set()
