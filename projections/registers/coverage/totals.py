"""Counts per cell: as known now for every day, and what each fact changed about them.

`total` holds, per cell and day of change, the counts from that day on as known now: today's count is one probe.
`shift` holds, per fact, by how much it moved the counts of which cell from which day on: adding all shifts up to a
position gives the counts as known there. So that this stays quick over ten years, `era` holds the same sums for each
completed run of ERA positions. All three follow from the steps that begin and end, and agree with them exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from events.calendar import FOREVER
from events.facts.households import EconomicClass
from events.facts.members import MemberStatus
from projections.bitemporal import Change
from projections.database import Connection
from projections.registers.coverage.steps import (
    CLASS_STEP,
    COVERED_STEP,
    CULTURAL_STEP,
    GROUP_STEP,
    HOUSEHOLD_STEP,
    LEFT_POVERTY_STEP,
    MEMBER_STEP,
    RESIDENCE_STEP,
)
from projections.states.members import ASSIGNABLE

COUNTS = (
    "members",
    "exempt",
    "temporarily_exempt",
    "suspended",
    "eligible",
    "assigned",
    "residence_assigned",
    "households",
    "covered",
    "poor",
    "near_poor",
    "left_poverty",
    "cultural",
    "groups",
    "groups_assigned",
)
ERA = 1 << 19
"""Positions in an era: a compromise between the eras to be added up and the shifts of the last, incomplete one."""

_PLACE = {name: index for index, name in enumerate(COUNTS)}
_NOT_ASSIGNABLE = {status.value for status in MemberStatus if status not in ASSIGNABLE}
_RESIDENCE = (_PLACE["residence_assigned"],)
_GROUP, _ASSIGNED_GROUP = (_PLACE["groups"],), (_PLACE["groups"], _PLACE["groups_assigned"])
_OF_CLASS = {
    EconomicClass.POOR.value: (_PLACE["poor"],),
    EconomicClass.NEAR_POOR.value: (_PLACE["near_poor"],),
}
_OF_HOUSEHOLD = {
    HOUSEHOLD_STEP: (_PLACE["households"],),
    COVERED_STEP: (_PLACE["covered"],),
    LEFT_POVERTY_STEP: (_PLACE["left_poverty"],),
    CULTURAL_STEP: (_PLACE["cultural"],),
}

Key = tuple[int, UUID, date]


def create(schema: str, era: int) -> str:
    """SQL for the tables. `eras` says how long an era is and how many are added up."""
    columns = ", ".join(f"{name} int NOT NULL" for name in COUNTS)
    return f"""
        CREATE TABLE {schema}.total (unit uuid NOT NULL, day date NOT NULL, {columns}, PRIMARY KEY (unit, day))
            WITH (fillfactor = 70);
        CREATE TABLE {schema}.shift (position bigint NOT NULL, unit uuid NOT NULL, day date NOT NULL, {columns},
            PRIMARY KEY (position, unit, day));
        CREATE TABLE {schema}.era (era int NOT NULL, unit uuid NOT NULL, day date NOT NULL, {columns},
            PRIMARY KEY (unit, era, day));
        CREATE TABLE {schema}.eras (length int NOT NULL, complete int NOT NULL);
        INSERT INTO {schema}.eras VALUES ({era}, 0);
        GRANT SELECT ON {schema}.eras TO soho_reader;
        SELECT access.protect('{schema}.total', NULL, NULL);
        SELECT access.protect('{schema}.shift', NULL, NULL);
        SELECT access.protect('{schema}.era', NULL, NULL);"""  # noqa: S608


def counted(change: Change) -> tuple[UUID, date, date, tuple[int, ...]] | None:
    """The cell, the days, and the indexes of the counts that the step of one entity raises by one."""
    table, row = change.table, change.row
    if table is RESIDENCE_STEP:
        held = row[5] and row[4] not in _NOT_ASSIGNABLE
        return (row[1], row[2], row[3], _RESIDENCE) if held else None
    if table is MEMBER_STEP:
        places = _of_member(*row[4:])
    elif table is CLASS_STEP:
        places = _OF_CLASS.get(row[4], ())
    elif table is GROUP_STEP:
        places = _ASSIGNED_GROUP if row[4] else _GROUP
    else:
        places = _OF_HOUSEHOLD.get(table, ())
    return (row[3], row[1], row[2], places) if places else None


@lru_cache
def _of_member(status: str, holds: bool) -> tuple[int, ...]:
    if status in _NOT_ASSIGNABLE:
        return _PLACE["members"], _PLACE[status]
    held = (_PLACE["assigned"],) if holds else ()
    return _PLACE["members"], _PLACE["eligible"], *held


class Tally:
    """What the facts of one batch do to the counts."""

    def __init__(self) -> None:
        self._shifts: defaultdict[Key, list[int]] = defaultdict(lambda: [0] * len(COUNTS))

    def take(self, change: Change) -> None:
        """A step that began or ended."""
        found = counted(change)
        if found is None:
            return
        unit, since, until, places = found
        shifts, position, sign = self._shifts, change.position, change.sign
        begin = shifts[position, unit, since]
        for place in places:
            begin[place] += sign
        if until != FOREVER:
            end = shifts[position, unit, until]
            for place in places:
                end[place] -= sign

    async def write(self, connection: Connection, schema: str) -> None:
        """Writes the shifts and moves the totals, each as one set."""
        shifts = {key: counts for key, counts in self._shifts.items() if any(counts)}
        self._shifts.clear()
        if not shifts:
            return
        await connection.copy_records_to_table(
            "shift",
            schema_name=schema,
            columns=("position", "unit", "day", *COUNTS),
            records=[(*key, *counts) for key, counts in shifts.items()],
        )
        days: defaultdict[UUID, dict[date, list[int]]] = defaultdict(dict)
        for (_, unit, day), counts in shifts.items():
            known = days[unit].get(day)
            days[unit][day] = counts if known is None else [a + b for a, b in zip(known, counts, strict=True)]
        touched = [(unit, day) for unit, moved in days.items() for day, counts in moved.items() if any(counts)]
        if touched:
            await _move(connection, schema, touched, list(_spans(days)))


def _spans(days: dict[UUID, dict[date, list[int]]]) -> Iterator[tuple[Any, ...]]:
    """The cell, since, until, and by how much its counts move on these days; spans that stay are left out."""
    for unit, moved in days.items():
        ordered = sorted(moved)
        by = [0] * len(COUNTS)
        for day, until in zip(ordered, [*ordered[1:], FOREVER], strict=True):
            by = [a + b for a, b in zip(by, moved[day], strict=True)]
            if any(by):
                yield unit, day, until, *by


_NAMES = ", ".join(COUNTS)
_ARRAYS = ", ".join(f"${index}::int[]" for index in range(4, 4 + len(COUNTS)))


async def _move(
    connection: Connection, schema: str, touched: list[tuple[UUID, date]], spans: list[tuple[Any, ...]]
) -> None:
    units, days = [unit for unit, _ in touched], [day for _, day in touched]
    start = ", ".join(f"coalesce(b.{name}, 0)" for name in COUNTS)
    await connection.execute(
        f"""INSERT INTO {schema}.total (unit, day, {_NAMES})
            SELECT n.unit, n.day, {start} FROM unnest($1::uuid[], $2::date[]) n (unit, day)
            LEFT JOIN LATERAL (SELECT * FROM {schema}.total t WHERE t.unit = n.unit AND t.day < n.day
                               ORDER BY t.day DESC LIMIT 1) b ON true
            ON CONFLICT DO NOTHING""",  # noqa: S608
        units,
        days,
    )
    if spans:
        added = ", ".join(f"{name} = t.{name} + s.{name}" for name in COUNTS)
        await connection.execute(
            f"""UPDATE {schema}.total t SET {added}
                FROM unnest($1::uuid[], $2::date[], $3::date[], {_ARRAYS}) s (unit, since, until, {_NAMES})
                WHERE t.unit = s.unit AND t.day >= s.since AND t.day < s.until""",  # noqa: S608
            *map(list, zip(*spans, strict=True)),
        )
    # A day on which nothing changes any more has no row: the same facts give the same rows, in whatever batches.
    same = " AND ".join(f"t.{name} = coalesce(b.{name}, 0)" for name in COUNTS)
    await connection.execute(
        f"""DELETE FROM {schema}.total t USING unnest($1::uuid[], $2::date[]) n (unit, day)
            LEFT JOIN LATERAL (SELECT * FROM {schema}.total e WHERE e.unit = n.unit AND e.day < n.day
                               ORDER BY e.day DESC LIMIT 1) b ON true
            WHERE t.unit = n.unit AND t.day = n.day AND {same}""",  # noqa: S608
        units,
        days,
    )


async def complete_eras(connection: Connection, schema: str, position: int) -> None:
    """Adds up the eras that ended before the position of the last fact folded."""
    ((length, complete),) = await connection.fetch(f"SELECT length, complete FROM {schema}.eras")  # noqa: S608
    ended = (position - 1) // length
    running = ", ".join(f"(sum(sum({name})) OVER w)::int" for name in COUNTS)
    for era in range(complete, ended):
        await connection.execute(
            f"""INSERT INTO {schema}.era (era, unit, day, {_NAMES})
                SELECT $1, unit, day, {running} FROM {schema}.shift WHERE position > $2 AND position <= $3
                GROUP BY unit, day WINDOW w AS (PARTITION BY unit ORDER BY day)""",  # noqa: S608
            era,
            era * length,
            (era + 1) * length,
        )
    if ended > complete:
        await connection.execute(f"UPDATE {schema}.eras SET complete = $1", ended)  # noqa: S608
