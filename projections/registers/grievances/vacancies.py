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
    OFFICER_CONCERNED = "officer_concerned"
    """Somebody whom the case is about holds an office there or above: it is for the unit above him to take it over."""
    OFFICE_VACANT = "office_vacant"
    """Nobody holds the office of its secretary, or acts in it."""
    OFFICER_UNAVAILABLE = "officer_unavailable"
    """Whoever holds that office is exempt, suspended, or a member no longer."""


async def unroutable(
    connection: Connection, unit: UUID, as_of: date, known_at: int, after: After | None, limit: int
) -> list[Unroutable]:
    """Open cases at or below the unit that nobody can work on, on the day as known at the position; received first
    come first. `after` is (received, grievance)."""
    arguments = [unit, as_of, known_at, *(after or (date.min, UUID(int=0))), limit]
    # One comparison and no OR: the planner then expects few such units, and goes by the index for each.
    query = f"""
        WITH attended AS MATERIALIZED (
            SELECT * FROM access.attendance(ARRAY({below("$1", "$2", "$3")}), $2, $3)),
        unattended AS MATERIALIZED (
            SELECT unit FROM attended WHERE '{{}}' = CASE WHEN standing THEN available ELSE '{{}}' END),
        cases AS ({" UNION ALL ".join(_suspect(condition) for condition in _SUSPECTS)}),
        over AS MATERIALIZED (
            SELECT * FROM access.officers_over(ARRAY(SELECT DISTINCT unit FROM cases WHERE about <> '{{}}'), $2, $3)),
        judged AS (
            SELECT c.*, CASE
                WHEN c.no_receiver IS NOT NULL THEN c.no_receiver
                WHEN NOT a.standing THEN 'unit_ended'
                WHEN c.about && o.officers THEN 'officer_concerned'
                WHEN a.officers = '{{}}' THEN 'office_vacant'
                WHEN a.available <@ c.about THEN 'officer_unavailable' END AS reason
            FROM cases c JOIN attended a ON a.unit = c.unit LEFT JOIN over o ON o.unit = c.unit)
        SELECT * FROM judged WHERE reason IS NOT NULL ORDER BY received, grievance LIMIT $6"""  # noqa: S608
    rows = await connection.fetch(query, *arguments)
    return [Unroutable(case_view(tuple(row)), row["reason"]) for row in rows]


# Few cases are any of this, and each kind has an index: no other open case is looked at.
_SUSPECTS = (
    "s.unit IN (SELECT unit FROM unattended)",
    "s.no_receiver IS NOT NULL AND s.unit NOT IN (SELECT unit FROM unattended)",
    "s.right_about <> '{}' AND s.no_receiver IS NULL AND s.unit NOT IN (SELECT unit FROM unattended)",
)


def _suspect(condition: str) -> str:
    return f"""(SELECT {case_columns("s", "$2")}, s.right_about AS about FROM grievances_v1.step s
                WHERE {held("$2", "$3", "s")} AND {IS_OPEN} AND {condition}
                  AND (s.received, s.grievance) > ($4, $5))"""  # noqa: S608
