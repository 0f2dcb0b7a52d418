"""Reading the archive: facts in order, and the newest facts of given boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from events.catalogue import DESTROYING, decode, destroyed
from events.envelope import Recorded
from projections.database import Connection

AFTER = """SELECT position, recorded_ns, type, data FROM archive.message
           WHERE position > $1 ORDER BY position LIMIT $2"""

OF_TYPES = """SELECT position, recorded_ns, type, data FROM archive.message
              WHERE position > $1 AND position <= $2 AND type = ANY($3::text[]) ORDER BY position LIMIT $4"""

NEWS = """SELECT m.subject, m.position, m.recorded_ns, m.type, m.data
          FROM unnest($1::text[], $2::bigint[]) AS known (subject, position)
          JOIN archive.message m ON m.subject = known.subject AND m.position > known.position
          ORDER BY m.position"""

UNITS = """SELECT subject, position, recorded_ns, type, data FROM archive.message
           WHERE starts_with(subject, 'facts.unit.') AND position > $1 ORDER BY position"""

DESTROYED = f"""SELECT position, type, data FROM archive.message
                WHERE type IN ({", ".join(f"'{name}'" for name in DESTROYING)}) AND position > $1
                ORDER BY position"""  # noqa: S608 - names of the catalogue, spelled out for the partial index

KNOWN = "SELECT id, position, leaf, type, data FROM archive.message WHERE id = ANY($1::uuid[])"


async def head(connection: Connection) -> int:
    """The last position in the archive; 0 when it is empty."""
    position: int = await connection.fetchval("SELECT archive.head()")
    return position


async def after(connection: Connection, position: int, limit: int) -> list[Recorded[Any]]:
    """At most `limit` facts that follow `position`, in order."""
    rows = await connection.fetch(AFTER, position, limit)
    return [Recorded(p, ns, decode(kind, data)) for p, ns, kind, data in rows]


async def of_types(
    connection: Connection, position: int, goal: int, types: Sequence[str], limit: int
) -> tuple[list[Recorded[Any]], int]:
    """At most `limit` facts of the types after `position`, up to and with `goal`; and how far that reaches."""
    rows = await connection.fetch(OF_TYPES, position, goal, types, limit)
    facts = [Recorded(p, ns, decode(kind, data)) for p, ns, kind, data in rows]
    return facts, facts[-1].position if len(facts) == limit else goal


async def news(
    connection: Connection, subjects: Sequence[str], positions: Sequence[int]
) -> list[tuple[str, Recorded[Any]]]:
    """Facts of each subject that follow the position known of it, in the order of the log."""
    rows = await connection.fetch(NEWS, subjects, positions)
    return [(subject, Recorded(p, ns, decode(kind, data))) for subject, p, ns, kind, data in rows]


async def units_after(connection: Connection, position: int) -> list[tuple[str, Recorded[Any]]]:
    """Facts about units (their founding, names, superiors, ends) that follow `position`."""
    rows = await connection.fetch(UNITS, position)
    return [(subject, Recorded(p, ns, decode(kind, data))) for subject, p, ns, kind, data in rows]


async def known(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, tuple[int, bytes, str, bytes]]:
    """Those of the ids that are in the archive: id → (position, leaf hash, type, data)."""
    rows = await connection.fetch(KNOWN, ids)
    return {row["id"]: (row["position"], row["leaf"], row["type"], row["data"]) for row in rows}


async def destroyed_after(connection: Connection, position: int) -> list[tuple[int, UUID]]:
    """Owners whose keys end with a fact that follows `position`, with its position."""
    rows = await connection.fetch(DESTROYED, position)
    owners = [(place, destroyed(decode(kind, data).body)) for place, kind, data in rows]
    return [(place, owner) for place, owner in owners if owner is not None]


class Alarm(msgspec.Struct, frozen=True):
    """Something that must not happen and did, not yet dealt with. `position` where it is about one."""

    code: str
    position: int | None
    raised_at: datetime


async def open_alarms(connection: Connection) -> list[Alarm]:
    """Alarms that no operator has ended; oldest first. Needs the role of intake, projector or operator."""
    rows = await connection.fetch(
        "SELECT code, position, raised_at FROM archive.alarm WHERE ended_at IS NULL ORDER BY alarm"
    )
    return [Alarm(*row) for row in rows]
