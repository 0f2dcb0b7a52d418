"""The one piece of SQL with which every register rolls up the tree, and what of the tree the caller does not see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from projections.bitemporal import at
from projections.database import Connection


def below(unit: str, day: str, position: str) -> str:
    """SQL for the units at or below `unit` in the tree of the day as known at the position (merged ones included).

    The arguments are parameters or expressions. To be used as `IN (…)` or as a table with the column `unit`.
    """
    return (
        f"SELECT c.descendant AS unit FROM organisation_v1.closure c "  # noqa: S608
        f"WHERE c.ancestor = {unit} AND {at(day, position, 'c')}"
    )


def united(unit: str, day: str, position: str) -> str:
    """SQL for the unit and all that had gone into it by the day, as known at the position. To be used as `IN (…)`."""
    return (
        f"WITH RECURSIVE united AS (SELECT {unit}::uuid AS unit UNION "  # noqa: S608
        f"SELECT u.unit FROM united JOIN organisation_v1.unit u ON u.absorbed_into = united.unit "
        f"WHERE u.standing = 'merged' AND {at(day, position, 'u')}) SELECT unit FROM united"
    )


async def out_of_sight(connection: Connection, unit: UUID, day: date, position: int) -> set[UUID]:
    """Units that stood at or below the unit on the day, and do not stand in the caller's scope today."""
    query = f"""{below("$1", "$2", "$3")} EXCEPT SELECT access.scope()"""
    return {row[0] for row in await connection.fetch(query, unit, day, position)}


async def those_below(connection: Connection, unit: UUID, day: date, position: int, units: Sequence[UUID]) -> set[UUID]:
    """Those of the units that stood at or below the unit."""
    query = below("$1", "$2", "$3") + " AND c.descendant = ANY($4)"
    return {row[0] for row in await connection.fetch(query, unit, day, position, units)}
