"""The archive by itself: contiguous, without open alarms, nothing in quarantine."""

from __future__ import annotations

from projections.database import Connection
from services.cli.checks.findings import Outcome, Wrong

EXAMPLES = 100
"""Gaps that are named at most."""

GAPS = """SELECT before + 1, position - 1 FROM (
              SELECT position, lag(position, 1, 0::bigint) OVER (ORDER BY position) AS before FROM archive.message) m
          WHERE position <> before + 1 ORDER BY position LIMIT $1"""


async def contiguous(connection: Connection) -> Outcome:
    """Every position from 1 to the head is there."""
    (count, head) = await connection.fetchrow("SELECT count(*), coalesce(max(position), 0) FROM archive.message") or (
        0,
        0,
    )
    wrong = []
    if count != head:
        for first, last in await connection.fetch(GAPS, EXAMPLES):
            wrong.append(Wrong("archive_gap", f"positions {first} to {last} are missing in the archive", first))
    return Outcome("archive_contiguous", count, wrong)


async def alarms(connection: Connection) -> Outcome:
    """No alarm is open."""
    rows = await connection.fetch("SELECT code, message, position FROM archive.alarm WHERE ended_at IS NULL")
    return Outcome("alarms", len(rows), [Wrong(*row) for row in rows])


async def quarantine(connection: Connection) -> Outcome:
    """No entity waits because a fact about it could not be folded."""
    rows = await connection.fetch(
        "SELECT register, entity, position, type, reason FROM projection.quarantine ORDER BY position, register"
    )
    wrong = [
        Wrong(row["reason"], f"{row['register']}: {row['type']} parks {row['entity']}", row["position"])
        for row in rows
        if row["reason"] != "waits_for_parked"
    ]
    return Outcome("quarantine", len(rows), wrong)
