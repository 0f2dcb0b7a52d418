"""The one piece of SQL with which every register rolls up the tree, and what of the tree the caller does not see."""

from __future__ import annotations

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


async def ids_below(connection: Connection, unit: UUID, day: date, position: int) -> set[bytes]:
    """Ids of the units at or below the unit in the tree of the day as known at the position. As bytes: of a province
    there are thousands, and to make UUIDs of them takes longer than to find them."""
    query = f"""SELECT string_agg(uuid_send(b.unit), '') FROM ({below("$1", "$2", "$3")}) b"""  # noqa: S608
    packed = await connection.fetchval(query, unit, day, position) or b""
    return {packed[start : start + 16] for start in range(0, len(packed), 16)}
