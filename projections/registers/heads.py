"""The heads of all households, sealed, whoever may see them: for the keeper of the keys alone, who makes names
searchable. A question of somebody's is answered from `households`, in his own sight."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from projections.database import Connection, Pool

STAND = "SELECT generation, position FROM projection.checkpoint WHERE register = 'households_v1'"
SINCE = "SELECT generation, reached, known_from, household, unit, head FROM access.heads_since($1, $2)"


class Stand(NamedTuple):
    """Where the register of households stands. Another `generation` was built anew: what was believed at a position may
    be something else than before."""

    generation: int
    position: int


class Head(NamedTuple):
    """A household's head, sealed, in a cell. None: it was erased."""

    household: UUID
    unit: UUID
    head: str | None


class Heads(NamedTuple):
    """What has been believed since a position, and where one stands who has taken it in; whether `more` follows."""

    stand: Stand
    heads: list[Head]
    more: bool


async def stand(connection: Connection) -> Stand:
    """Where the register stands in this transaction. It must have been built."""
    row = await connection.fetchrow(STAND)
    assert row is not None
    return Stand(*row)


async def since(pool: Pool, position: int, most: int) -> Heads | None:
    """Heads that came to be believed after the position, in the order of the log: `most` of them, and what belongs to
    the same fact as the last. None before the register was built for the first time. `pool` is the keeper's."""
    rows = await pool.fetch(SINCE, position, most)
    if not rows:
        return None
    generation, reached = rows[0]["generation"], rows[0]["reached"]
    heads = [Head(row["household"], row["unit"], row["head"]) for row in rows if row["household"] is not None]
    more = len(heads) >= most
    return Heads(Stand(generation, rows[-1]["known_from"] if more else reached), heads, more)
