"""What stands where it cannot stay: nothing is moved or ended silently, somebody has to decide.

A question to the registers of members, of households and of the organisation together; no table of its own.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Literal
from uuid import UUID

import msgspec

from projections.bitemporal import at
from projections.database import Connection
from projections.tree import below


class Misplacement(Enum):
    """Why a member, a household or a group needs a decision about where it belongs."""

    CELL_DISSOLVED = "cell_dissolved"
    GROUP_OF_ANOTHER_CELL = "group_of_another_cell"


class Misplaced(msgspec.Struct, frozen=True):
    """One member, household or group (`what`) of the cell `unit`; `group` is the one it has a place in still.

    Of a household that has left the caller's sight, `unit` is the group's cell.
    """

    id: UUID
    what: Literal["member", "household", "group"]
    unit: UUID
    reason: Misplacement
    group: UUID | None


_DAY, _KNOWN = "$2", "$3"
_GONE = f"""JOIN organisation_v1.unit u ON u.unit = x.unit AND u.standing = 'dissolved' AND {at(_DAY, _KNOWN, "u")}
            WHERE {at(_DAY, _KNOWN, "x")}"""
# The same cell, or two that have gone into one.
_ONE_CELL = f"""EXISTS (
    SELECT FROM organisation_v1.closure c
    JOIN organisation_v1.closure d ON d.ancestor = c.ancestor AND d.descendant = b.unit AND {at(_DAY, _KNOWN, "d")}
    JOIN organisation_v1.unit u ON u.unit = c.ancestor AND u.kind = 'cell' AND {at(_DAY, _KNOWN, "u")}
    WHERE c.descendant = p.unit AND {at(_DAY, _KNOWN, "c")})"""

_QUERY = f"""
    SELECT id, what, unit, reason, group_id FROM (
        SELECT x.person AS id, 'member' AS what, x.unit, 'cell_dissolved' AS reason, NULL::uuid AS group_id,
               x.unit AS by
        FROM members_v1.standing x {_GONE}
        UNION ALL
        SELECT x.household, 'household', x.unit, 'cell_dissolved', NULL, x.unit FROM households_v1.belonging x {_GONE}
        UNION ALL
        SELECT x.group_id, 'group', x.unit, 'cell_dissolved', NULL, x.unit FROM households_v1.household_group x {_GONE}
        UNION ALL
        SELECT p.household, 'household', coalesce(b.unit, p.unit), 'group_of_another_cell', p.group_id, p.unit
        FROM households_v1.place p
        LEFT JOIN households_v1.belonging b ON b.household = p.household AND {at(_DAY, _KNOWN, "b")}
        WHERE {at(_DAY, _KNOWN, "p")} AND b.unit IS DISTINCT FROM p.unit AND NOT (b.unit IS NOT NULL AND {_ONE_CELL})
    ) found
    WHERE (unit IN ({below("$1", _DAY, _KNOWN)}) OR by IN ({below("$1", _DAY, _KNOWN)}))
      AND ($4::uuid IS NULL OR id > $4)
    ORDER BY id FETCH FIRST $5 ROWS WITH TIES"""  # noqa: S608


async def out_of_place(
    connection: Connection, unit: UUID, as_of: date, known_at: int, after: UUID | None, limit: int
) -> list[Misplaced]:
    """Members, households and groups of cells dissolved without a successor, and households in a group of a cell that
    is not theirs (any more), at or below the unit on the day; by id, after `after`. All lines of an id come together.
    """
    rows = await connection.fetch(_QUERY, unit, as_of, known_at, after, limit)
    return [Misplaced(key, what, cell, Misplacement(reason), group) for key, what, cell, reason, group in rows]
