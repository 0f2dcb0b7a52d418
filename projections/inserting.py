"""Putting rows into a table, by whichever way makes fewer steps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from projections.database import Connection

FEW = 10


async def insert(
    connection: Connection, schema: str, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]
) -> None:
    """Adds the rows, all or none. COPY is the quicker for many, but takes two round trips where INSERT takes one: most
    of the time until a single fact is seen is such waiting."""
    if len(rows) > FEW:
        await connection.copy_records_to_table(table, schema_name=schema, columns=columns, records=rows)
    else:
        await connection.executemany(_statement(schema, table, columns), rows)


@cache
def _statement(schema: str, table: str, columns: tuple[str, ...]) -> str:
    values = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    return f"INSERT INTO {schema}.{table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608
