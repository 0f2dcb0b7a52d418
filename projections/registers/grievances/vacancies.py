"""Cases that nobody can work on: derived when asked, since later facts change it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from uuid import UUID

from projections.database import Connection
from projections.registers.grievances.lists import IS_OPEN, After
from projections.registers.grievances.periods import held
from projections.registers.grievances.questions import case_columns, case_view
from projections.registers.grievances.views import Unroutable
from projections.tree import below


class Vacancy(Enum):
    """Why nobody can work on a case where it stands, beside there having been no receiver (`NoReceiver`)."""

    UNIT_ENDED = "unit_ended"
    """The unit was dissolved, and the nearest one above it, which may act, has not taken the case up yet."""
    OFFICE_VACANT = "office_vacant"
    """Nobody holds the office of its secretary, or acts in it."""
    OFFICER_CONCERNED = "officer_concerned"
    """Whoever holds that office is a person whom the case is about."""
    OFFICER_UNAVAILABLE = "officer_unavailable"
    """Whoever holds that office is exempt, suspended, or a member no longer."""


async def unroutable(
    connection: Connection, unit: UUID, as_of: date, known_at: int, after: After | None, limit: int
) -> list[Unroutable]:
    """Open cases at or below the unit that nobody can work on, on the day as known at the position; received first
    come first. `after` is (received, grievance)."""
    arguments = [unit, as_of, known_at, *(after or (date.min, UUID(int=0))), limit]
    query = f"""
        WITH cases AS MATERIALIZED (
            SELECT {case_columns("s", "$2")}, s.right_about AS about FROM grievances_v1.step s
            WHERE {held("$2", "$3", "s")} AND {IS_OPEN} AND s.unit IN ({below("$1", "$2", "$3")})),
        attended AS MATERIALIZED (
            SELECT * FROM access.attendance(ARRAY(SELECT DISTINCT unit FROM cases), $2, $3)),
        judged AS (
            SELECT c.*, CASE
                WHEN c.no_receiver IS NOT NULL THEN c.no_receiver
                WHEN NOT a.standing THEN 'unit_ended'
                WHEN a.officers = '{{}}' THEN 'office_vacant'
                WHEN a.officers <@ c.about THEN 'officer_concerned'
                WHEN a.available <@ c.about THEN 'officer_unavailable' END AS reason
            FROM cases c JOIN attended a ON a.unit = c.unit)
        SELECT * FROM judged WHERE reason IS NOT NULL AND (received, grievance) > ($4, $5)
        ORDER BY received, grievance LIMIT $6"""  # noqa: S608
    rows = await connection.fetch(query, *arguments)
    return [Unroutable(case_view(tuple(row)), row["reason"]) for row in rows]
