"""Counts per unit, key and day: what each fact moved, and what all of them come to as known now.

`moved` holds, per fact, by how much it moved the counts of a key from which day on; `tally` their sum over all facts;
and the table of the latest counts the sum of that, for days from the last one on which anything moved. A province's
year as known now adds up one row per unit and key, and none of what was counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from events.calendar import FOREVER
from projections.bitemporal import Change, Row, Table
from projections.database import Connection
from projections.inserting import insert

Counted = Callable[[Row], tuple[Sequence[Any], Sequence[int]]]
"""Of a row (without the two positions, which stand behind the other columns): its key, and what it counts for."""


class Tally:
    """What the facts of one batch do to the counts of the rows of `table`.

    `key` are the columns that the counts are kept by, as name → SQL type; `unit` is among them. `latest` is the name of
    the table of the latest counts.
    """

    def __init__(
        self, table: Table, key: Mapping[str, str], counts: Sequence[str], latest: str, counted: Counted
    ) -> None:
        self._table, self._key, self._counts, self._latest, self._counted = table, dict(key), counts, latest, counted
        self._moved: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * len(counts))

    def create(self, schema: str) -> str:
        """SQL for the tables."""
        key = ", ".join(f"{name} {kind} NOT NULL" for name, kind in self._key.items())
        counts = ", ".join(f"{name} int NOT NULL" for name in self._counts)
        names, latest = ", ".join(self._key), self._latest
        return f"""
            CREATE TABLE {schema}.moved (position bigint NOT NULL, {key}, day date NOT NULL, {counts},
                PRIMARY KEY (position, {names}, day));
            CREATE TABLE {schema}.tally ({key}, day date NOT NULL, {counts}, PRIMARY KEY ({names}, day))
                WITH (fillfactor = 70);
            CREATE TABLE {schema}.{latest} ({key}, last date NOT NULL, {counts}, PRIMARY KEY ({names}))
                WITH (fillfactor = 70);
            SELECT access.protect('{schema}.moved', NULL, NULL);
            SELECT access.protect('{schema}.tally', NULL, NULL);
            SELECT access.protect('{schema}.{latest}', NULL, NULL);"""

    def take(self, change: Change) -> None:
        """A belief that began or ended."""
        if change.table is not self._table:
            return
        key, counts = self._counted(change.row)
        since, until = change.row[len(self._table.key) :][:2]
        for day, by in ((since, change.sign), (until, -change.sign)):
            if day != FOREVER:
                moved = self._moved[change.position, *key, day]
                for index, count in enumerate(counts):
                    moved[index] += by * count

    async def write(self, connection: Connection, schema: str) -> None:
        """Writes what was moved and adds it to the sums, each as one set."""
        moved = {key: counts for key, counts in self._moved.items() if any(counts)}
        self._moved.clear()
        if not moved:
            return
        names = (*self._key, "day")
        await insert(
            connection, schema, "moved", ("position", *names, *self._counts), [(*k, *c) for k, c in moved.items()]
        )
        sums: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * len(self._counts))
        for (_, *where), counts in moved.items():
            known = sums[tuple(where)]
            for index, count in enumerate(counts):
                known[index] += count
        arrays = list(map(list, zip(*((*where, *counts) for where, counts in sums.items()), strict=True)))
        kinds = (*self._key.values(), "date")
        await self._add(connection, schema, names, kinds, arrays)
        await self._renew(connection, schema, arrays[: len(self._key)])

    async def _add(
        self, connection: Connection, schema: str, names: Sequence[str], kinds: Sequence[str], arrays: list[list[Any]]
    ) -> None:
        added = ", ".join(f"{name} = t.{name} + excluded.{name}" for name in self._counts)
        every = _parameters([*kinds, *("int" for _ in self._counts)])
        key = ", ".join(names)
        await connection.execute(
            f"""INSERT INTO {schema}.tally AS t ({key}, {", ".join(self._counts)}) SELECT * FROM unnest({every})
                ON CONFLICT ({key}) DO UPDATE SET {added}""",  # noqa: S608
            *arrays,
        )
        # A day on which nothing moved in the end has no row: the same facts give the same rows, in whatever batches.
        nothing = " AND ".join(f"t.{name} = 0" for name in self._counts)
        await connection.execute(
            f"""DELETE FROM {schema}.tally t USING unnest({_parameters(kinds)}) m ({key})
                WHERE {_same(names)} AND {nothing}""",  # noqa: S608
            *arrays[: len(names)],
        )

    async def _renew(self, connection: Connection, schema: str, keys: list[list[Any]]) -> None:
        """The latest counts of these keys; none where no day is left."""
        names = ", ".join(self._key)
        touched = f"(SELECT DISTINCT * FROM unnest({_parameters(list(self._key.values()))})) m ({names})"  # noqa: S608
        of_key = ", ".join(f"t.{name}" for name in self._key)
        sums = ", ".join(f"sum(t.{name})" for name in self._counts)
        same = ", ".join(f"{name} = excluded.{name}" for name in ("last", *self._counts))
        await connection.execute(
            f"""INSERT INTO {schema}.{self._latest} ({names}, last, {", ".join(self._counts)})
                SELECT {of_key}, max(t.day), {sums} FROM {schema}.tally t JOIN {touched} USING ({names})
                GROUP BY {of_key} ON CONFLICT ({names}) DO UPDATE SET {same}""",  # noqa: S608
            *keys,
        )
        await connection.execute(
            f"""DELETE FROM {schema}.{self._latest} t USING {touched} WHERE {_same(list(self._key))}
                AND NOT EXISTS (SELECT FROM {schema}.tally a WHERE {_same(list(self._key), "a")})""",  # noqa: S608
            *keys,
        )

    async def sums(
        self, connection: Connection, schema: str, within: str, day: str, position: str, known_at: int
    ) -> str:
        """SQL for rows of key and counts, as of the day as known at the position (expressions; `known_at` is its value)
        where the condition `within` on the key holds. The rows of a key are to be added up.

        From the latest counts back, or from the beginning on, whichever is nearer.
        """
        head: int = await connection.fetchval("SELECT position FROM projection.checkpoint WHERE register = $1", schema)
        names, key = ", ".join((*self._key, *self._counts)), ", ".join(self._key)
        moved = f"{schema}.moved WHERE {within} AND day <= {day} AND position"
        if head - known_at > known_at:
            return f"SELECT {names} FROM {moved} <= {position}"  # noqa: S608
        then = ", ".join((*(f"t.{name}" for name in (*self._key, *self._counts)),))
        less = ", ".join((key, *(f"-{name}" for name in self._counts)))
        return f"""
            SELECT {names} FROM {schema}.{self._latest} WHERE {within} AND last <= {day}
            UNION ALL
            SELECT {then} FROM (SELECT {key} FROM {schema}.{self._latest} WHERE {within} AND last > {day}) l
            JOIN {schema}.tally t USING ({key}) WHERE t.day <= {day}
            UNION ALL
            SELECT {less} FROM {moved} > {position}"""  # noqa: S608


def _parameters(kinds: Sequence[str]) -> str:
    return ", ".join(f"${index}::{kind}[]" for index, kind in enumerate(kinds, 1))


def _same(names: Sequence[str], alias: str = "t") -> str:
    return " AND ".join(f"{alias}.{name} = m.{name}" for name in names)
