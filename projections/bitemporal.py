"""Bitemporal tables: rows with valid and known bounds, changed only by closing and opening.

A row reads: from position `known_from`, up to and without `known_to`, we believed that from day `valid_from`, up to
and without `valid_to`, the values held. The database itself refuses two beliefs about the same day and position.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from projections.database import Connection
from projections.inserting import insert

UNKNOWN_YET = 9_223_372_036_854_775_807
"""`known_to` of what is still believed."""

Row = tuple[Any, ...]
"""Key values, valid_from, valid_to, other values: in the order of the table's columns."""


class Table:
    """A bitemporal table: its key (uuid columns) and its other columns, as name → SQL type.

    `exclusive` are the columns that may not have two values for one day and position: the key, unless given.
    """

    def __init__(
        self, name: str, key: tuple[str, ...], columns: dict[str, str], exclusive: tuple[str, ...] | None = None
    ) -> None:
        self.name = name
        self.key = key
        self.columns = columns
        self.exclusive = exclusive or key
        self.names = (*key, "valid_from", "valid_to", *columns, "known_from", "known_to")

    def create(self, schema: str) -> str:
        """The table. The exclusion constraint makes overlapping beliefs impossible.

        Its index is for the constraint alone. On the bare columns the planner would also look rows up in it, wherever
        it takes that for as cheap as the primary key: by a later column of it a hundred times slower (tried).
        """
        keys = ", ".join(f"{name} uuid NOT NULL" for name in self.key)
        others = "".join(f"{name} {kind}, " for name, kind in self.columns.items())
        same = ", ".join(f"coalesce({name}, {name}) WITH =" for name in self.exclusive)
        return f"""
            CREATE TABLE {schema}.{self.name} (
                {keys}, valid_from date NOT NULL, valid_to date NOT NULL, {others}
                known_from bigint NOT NULL, known_to bigint NOT NULL,
                PRIMARY KEY ({", ".join(self.key)}, valid_from, known_from),
                CHECK (valid_from < valid_to AND known_from < known_to),
                EXCLUDE USING gist ({same}, daterange(valid_from, valid_to) WITH &&,
                                    int8range(known_from, known_to) WITH &&));"""

    def close(self, schema: str) -> str:
        """SQL that ends beliefs: arrays of each key column, of valid_from, and of the position."""
        kinds = [*("uuid[]" for _ in self.key), "date[]", "bigint[]"]
        arrays = ", ".join(f"${index}::{kind}" for index, kind in enumerate(kinds, 1))
        names = ", ".join((*self.key, "valid_from", "position"))
        match = " AND ".join(f"t.{name} = c.{name}" for name in (*self.key, "valid_from"))
        return f"""UPDATE {schema}.{self.name} t SET known_to = c.position FROM unnest({arrays}) c ({names})
                   WHERE {match} AND t.known_to = {UNKNOWN_YET}"""  # noqa: S608


Rows = list[tuple[Table, Row]]


class Change:
    """One belief that began or ended: `sign` is +1 or -1."""

    __slots__ = ("position", "row", "sign", "table")

    def __init__(self, table: Table, row: Row, sign: int, position: int) -> None:
        self.table, self.row, self.sign, self.position = table, row, sign, position


class Journal:
    """Beliefs that begin and end within one batch, written as sets."""

    def __init__(self) -> None:
        self._opened: dict[Table, dict[Row, list[Any]]] = {}
        self._finished: dict[Table, list[list[Any]]] = {}
        self._closed: dict[Table, list[Row]] = {}

    def replace(
        self, before: Iterable[tuple[Table, Row]], after: Iterable[tuple[Table, Row]], position: int
    ) -> list[Change]:
        """From `position` on, `after` is believed instead of `before`; what is in both stays as it is."""
        old, new = list(before), list(after)
        gone, come = _differing(old, new)
        changes = [Change(table, row, -1, position) for table, row in gone]
        changes += [Change(table, row, 1, position) for table, row in come]
        for change in changes:
            (self._open if change.sign > 0 else self._close)(change)
        return changes

    def _open(self, change: Change) -> None:
        identity = change.row[: len(change.table.key) + 1]
        values = [*change.row, change.position, UNKNOWN_YET]
        self._opened.setdefault(change.table, {})[identity] = values

    def _close(self, change: Change) -> None:
        identity = change.row[: len(change.table.key) + 1]
        opened = self._opened.get(change.table, {}).pop(identity, None)
        if opened is None:
            self._closed.setdefault(change.table, []).append((*identity, change.position))
        elif opened[-2] < change.position:
            opened[-1] = change.position
            self._finished.setdefault(change.table, []).append(opened)

    async def write(self, connection: Connection, schema: str) -> None:
        """Closes, then opens: one statement and one COPY per table."""
        for table, closed in self._closed.items():
            await connection.execute(table.close(schema), *map(list, zip(*closed, strict=True)))
        for table in dict.fromkeys((*self._finished, *self._opened)):
            rows = [*self._finished.get(table, ()), *self._opened.get(table, {}).values()]
            await insert(connection, schema, table.name, table.names, rows)


FEW = 50


def _differing(old: Rows, new: Rows) -> tuple[Rows, Rows]:
    """What is only in the one, and only in the other. Most often all but one or two at the end are the same, and
    comparing is far quicker than hashing rows of UUIDs."""
    same, shorter = 0, min(len(old), len(new))
    while same < shorter and old[same] == new[same]:
        same += 1
    in_old, in_new = (rows if len(rows) <= FEW else dict.fromkeys(rows) for rows in (old, new))
    gone = [entry for entry in _each_once(old[same:]) if entry not in in_new]
    come = [entry for entry in _each_once(new[same:]) if entry not in in_old]
    return gone, come


def _each_once(rows: Rows) -> Rows:
    return rows if len(rows) < 2 else list(dict.fromkeys(rows))


def at(day: str, position: str, alias: str = "") -> str:
    """SQL condition: believed at `position` (a parameter or expression) to hold on `day`."""
    a = f"{alias}." if alias else ""
    return (
        f"{a}valid_from <= {day} AND {day} < {a}valid_to AND {a}known_from <= {position} AND {position} < {a}known_to"
    )


def merged(rows: Iterable[tuple[date, date, Row]]) -> list[tuple[date, date, Row]]:
    """Neighbouring spans with equal values as one; the spans come in order and do not overlap."""
    found: list[tuple[date, date, Row]] = []
    for since, until, values in rows:
        if found and found[-1][1] == since and found[-1][2] == values:
            found[-1] = (found[-1][0], until, values)
        else:
            found.append((since, until, values))
    return found
