"""Units that have opened no round of a year, the members who wait in them, and what else is asked of who is present."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from projections.bitemporal import at
from projections.database import Connection
from projections.registers.evaluations.views import Unopened
from projections.tree import below

SCHEMA = "evaluations_v1"
UNITS = f"""
    units AS MATERIALIZED (
        SELECT b.unit, u.kind, u.cell_kind, u.standing, u.founded FROM ({below("$1", "$2", "$3")}) b
        JOIN organisation_v1.unit u ON u.unit = b.unit AND {at("$2", "$3", "u")}),
    rounds AS MATERIALIZED (
        SELECT unit FROM {SCHEMA}.round WHERE year = $4 AND {at("$2", "$3")})"""  # noqa: S608
"""The units at or below $1 on the day $2, and the units that have a round of the year $4, as known at $3."""

UNOPENED = f"""
    unopened AS MATERIALIZED (
        SELECT u.unit, u.cell_kind, u.kind, CASE WHEN u.kind = 'cell' AND EXISTS (
            SELECT FROM organisation_v1.closure c
            JOIN organisation_v1.unit a ON a.unit = c.ancestor AND a.kind = 'commune' AND a.standing = 'existing'
                AND {at("$2", "$3", "a")}
            WHERE c.descendant = u.unit AND {at("$2", "$3", "c")}) THEN 'cell' ELSE 'committee' END AS subject
        FROM units u WHERE u.kind IN ('cell', 'commune') AND u.standing = 'existing'
          AND u.founded < make_date($4 + 1, 1, 1) AND u.unit IN (SELECT access.scope())
          AND NOT EXISTS (SELECT FROM rounds r WHERE r.unit = u.unit)),
    waiting AS MATERIALIZED (
        SELECT n.unit, s.person FROM unopened n
        JOIN organisation_v1.closure c ON c.ancestor = n.unit AND {at("$2", "$3", "c")}
        JOIN members_v1.standing s ON s.unit = c.descendant AND {at("$2", "$3", "s")}
        WHERE n.kind = 'cell'
          AND NOT EXISTS (SELECT FROM members_v1.admission a WHERE a.person = s.person
                          AND a.valid_from >= make_date($4 + 1, 1, 1) AND a.known_from <= $3 AND $3 < a.known_to)
          AND NOT EXISTS (SELECT FROM {SCHEMA}.line l WHERE l.member = s.person AND l.year = $4
                          AND {at("$2", "$3", "l")}))"""  # noqa: S608
"""Units in the caller's scope that could have a round of the year and have none, and the members of these cells who are
on no roster."""

WAITING = "SELECT unit, count(*)::int AS members FROM waiting GROUP BY unit"


async def unopened(
    connection: Connection, unit: UUID, year: int, as_of: date, known_at: int, after: UUID | None, limit: int
) -> list[Unopened]:
    """The units at or below that have opened no round of the year; by id, after `after`."""
    query = f"""
        WITH {UNITS}, {UNOPENED}
        SELECT n.unit, n.subject, n.cell_kind, coalesce(w.members, 0)
        FROM unopened n LEFT JOIN ({WAITING}) w USING (unit)
        WHERE $5::uuid IS NULL OR n.unit > $5 ORDER BY n.unit LIMIT $6"""  # noqa: S608
    rows = await connection.fetch(query, unit, as_of, known_at, year, after, limit)
    return [Unopened(*row) for row in rows]


async def probationary(connection: Connection, unit: UUID, year: int, as_of: date, known_at: int) -> int:
    """How many of the members present at or below the unit were probationary on the day."""
    query = f"""
        WITH {UNITS}, {UNOPENED}
        SELECT count(*) FROM (
            SELECT l.member AS person FROM {SCHEMA}.line l JOIN units USING (unit)
            WHERE l.year = $4 AND l.member IS NOT NULL AND {at("$2", "$3", "l")}
            UNION ALL SELECT person FROM waiting) present
        JOIN members_v1.standing s USING (person) WHERE s.status = 'probationary' AND {at("$2", "$3", "s")}"""  # noqa: S608
    count: int = await connection.fetchval(query, unit, as_of, known_at, year)
    return count


async def exempt_by_case(
    connection: Connection, unit: UUID, year: int, as_of: date, known_at: int
) -> dict[tuple[str, str | None], int]:
    """Case of the roster and kind of cell → how many members at or below the unit are exempt by it. Who is exempt by
    two cases counts in both."""
    query = f"""
        WITH {UNITS}
        SELECT each, u.cell_kind, count(*)::int FROM {SCHEMA}.line l JOIN units u USING (unit), unnest(l.cases) each
        WHERE l.year = $4 AND l.subject = 'member' AND l.level IS NULL AND l.outcome IN ('exempt', 'review_only')
          AND {at("$2", "$3", "l")} GROUP BY 1, 2"""  # noqa: S608
    return {(row[0], row[1]): row[2] for row in await connection.fetch(query, unit, as_of, known_at, year)}
