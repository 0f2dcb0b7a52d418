"""Counts of deliveries per cell, month and day: what each fact moved, and what all of them come to as known now.

`moved` holds, per fact, by how much it moved the counts of a cell's month from which day on; `tally` their sum over all
facts; `monthly` the sum of that, for days from the last one on which anything moved. A province's year as known now
adds up one row per cell and month, and no deliveries.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from events.calendar import FOREVER
from projections.bitemporal import Change
from projections.database import Connection
from projections.inserting import insert
from projections.registers.meetings.tables import DELIVERY

COUNTS = ("delivered", "late", "concluded")

_NAMES = ", ".join(COUNTS)
_UNIT, _MONTH, _LATE, _CONCLUDED = (DELIVERY.names.index(name) for name in ("unit", "month", "late", "concluded"))

Key = tuple[int, UUID, date, date]


def create(schema: str) -> str:
    """SQL for the tables."""
    columns = ", ".join(f"{name} int NOT NULL" for name in COUNTS)
    return f"""
        CREATE TABLE {schema}.moved (position bigint NOT NULL, unit uuid NOT NULL, month date NOT NULL,
            day date NOT NULL, {columns}, PRIMARY KEY (position, unit, month, day));
        CREATE TABLE {schema}.tally (unit uuid NOT NULL, month date NOT NULL, day date NOT NULL, {columns},
            PRIMARY KEY (unit, month, day)) WITH (fillfactor = 70);
        CREATE TABLE {schema}.monthly (unit uuid NOT NULL, month date NOT NULL, last date NOT NULL, {columns},
            PRIMARY KEY (unit, month)) WITH (fillfactor = 70);
        SELECT access.protect('{schema}.moved', NULL, NULL);
        SELECT access.protect('{schema}.tally', NULL, NULL);
        SELECT access.protect('{schema}.monthly', NULL, NULL);"""


class Tally:
    """What the facts of one batch do to the counts."""

    def __init__(self) -> None:
        self._moved: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * len(COUNTS))

    def take(self, change: Change) -> None:
        """A belief that began or ended."""
        if change.table is not DELIVERY:
            return
        row, sign, (since, until) = change.row, change.sign, change.row[1:3]
        # Rows are without the two positions, which stand behind the other columns.
        counts = (1, int(row[_LATE]), int(row[_CONCLUDED]))
        for day, by in ((since, sign), (until, -sign)):
            if day != FOREVER:
                moved = self._moved[change.position, row[_UNIT], row[_MONTH], day]
                for index, count in enumerate(counts):
                    moved[index] += by * count

    async def write(self, connection: Connection, schema: str) -> None:
        """Writes what was moved and adds it to the sums, each as one set."""
        moved = {key: counts for key, counts in self._moved.items() if any(counts)}
        self._moved.clear()
        if not moved:
            return
        columns = ("position", "unit", "month", "day", *COUNTS)
        await insert(connection, schema, "moved", columns, [(*key, *counts) for key, counts in moved.items()])
        sums: defaultdict[tuple[UUID, date, date], list[int]] = defaultdict(lambda: [0] * len(COUNTS))
        for (_, *where), counts in moved.items():
            known = sums[tuple(where)]  # type: ignore[index]
            for index, count in enumerate(counts):
                known[index] += count
        arrays = list(zip(*((*where, *counts) for where, counts in sums.items()), strict=True))
        added = ", ".join(f"{name} = t.{name} + excluded.{name}" for name in COUNTS)
        await connection.execute(
            f"""INSERT INTO {schema}.tally AS t (unit, month, day, {_NAMES})
                SELECT * FROM unnest($1::uuid[], $2::date[], $3::date[], $4::int[], $5::int[], $6::int[])
                ON CONFLICT (unit, month, day) DO UPDATE SET {added}""",  # noqa: S608
            *map(list, arrays),
        )
        # A day on which nothing moved in the end has no row: the same facts give the same rows, in whatever batches.
        nothing = " AND ".join(f"t.{name} = 0" for name in COUNTS)
        await connection.execute(
            f"""DELETE FROM {schema}.tally t USING unnest($1::uuid[], $2::date[], $3::date[]) m (unit, month, day)
                WHERE t.unit = m.unit AND t.month = m.month AND t.day = m.day AND {nothing}""",  # noqa: S608
            *map(list, arrays[:3]),
        )
        # Some day of a month stays: who has delivered has delivered.
        sums_of = ", ".join(f"sum(t.{name})" for name in COUNTS)
        same = ", ".join(f"{name} = excluded.{name}" for name in ("last", *COUNTS))
        await connection.execute(
            f"""INSERT INTO {schema}.monthly (unit, month, last, {_NAMES})
                SELECT t.unit, t.month, max(t.day), {sums_of} FROM {schema}.tally t
                JOIN (SELECT DISTINCT * FROM unnest($1::uuid[], $2::date[])) m (unit, month) USING (unit, month)
                GROUP BY t.unit, t.month ON CONFLICT (unit, month) DO UPDATE SET {same}""",  # noqa: S608
            *map(list, arrays[:2]),
        )
