"""Which of given assignments are doubtful, for who lists them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from projections.bitemporal import at
from projections.database import Connection
from projections.registers.coverage.doubts import Doubt


async def doubted(
    connection: Connection, assignments: Sequence[UUID], as_of: date, known_at: int
) -> dict[UUID, list[Doubt]]:
    """Assignment → why it needs a decision on the day, as known at the position; those without doubt are left out."""
    concerned = f"assignment = ANY($1::uuid[]) AND {at('$2', '$3')}"
    query = f"""
        SELECT assignment, array_agg(DISTINCT reason ORDER BY reason) FROM (
            SELECT assignment, reason FROM coverage_v1.member_doubt WHERE {concerned}
            UNION ALL
            SELECT assignment, reason FROM coverage_v1.target_doubt WHERE {concerned}
            UNION ALL
            SELECT assignment, reason FROM coverage_v1.place_doubt WHERE {concerned}) found
        GROUP BY assignment"""  # noqa: S608
    rows = await connection.fetch(query, assignments, as_of, known_at)
    return {assignment: [Doubt(reason) for reason in reasons] for assignment, reasons in rows}
