"""What is asked about single rounds, members and ratings, and the list behind each number of the statistics."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from events.facts.evaluations import Subject
from projections.bitemporal import at
from projections.database import Connection
from projections.registers.evaluations.views import (
    AttestedView,
    LineView,
    ObjectionView,
    RoundView,
    StepView,
    StreakView,
)
from projections.tree import below

_ROUND = ", ".join(RoundView.__struct_fields__)
_LINE = ", ".join(f"l.{name}" for name in LineView.__struct_fields__)
_STEP = ", ".join(StepView.__struct_fields__)
_OBJECTION = ", ".join(ObjectionView.__struct_fields__)
_EXEMPT = "l.outcome IN ('exempt', 'review_only')"

LISTS = {
    "present": "true",
    "exempt": f"l.level IS NULL AND {_EXEMPT}",
    "review_only": "l.level IS NULL AND l.outcome = 'review_only'",
    "not_yet": f"l.level IS NULL AND NOT {_EXEMPT}",
    "rated": "l.level IS NOT NULL",
    "excellent": "l.level = 'excellent'",
    "good": "l.level = 'good'",
    "completed": "l.level = 'completed'",
    "not_completed": "l.level = 'not_completed'",
}
"""Numbers of the statistics → what is in their list. Members of cells without a round are on no roster, and in none."""


async def rounds(
    connection: Connection, units: Sequence[UUID], year: int, as_of: date, known_at: int
) -> dict[UUID, RoundView]:
    """Unit → its round of the year, of those that have one on the day."""
    query = f"""SELECT {_ROUND} FROM evaluations_v1.round
                WHERE unit = ANY($1::uuid[]) AND year = $4 AND {at("$2", "$3")}"""  # noqa: S608
    rows = await connection.fetch(query, units, as_of, known_at, year)
    return {row["unit"]: RoundView(*row) for row in rows}


async def lines(connection: Connection, rounds: Sequence[UUID], as_of: date, known_at: int) -> list[LineView]:
    """Everybody of these rounds, each unit before its members; those by id."""
    query = f"""SELECT {_LINE} FROM evaluations_v1.line l WHERE l.round = ANY($1::uuid[]) AND {at("$2", "$3", "l")}
                ORDER BY l.round, l.member NULLS FIRST"""  # noqa: S608
    return [LineView(*row) for row in await connection.fetch(query, rounds, as_of, known_at)]


async def listed(
    connection: Connection,
    unit: UUID,
    year: int,
    as_of: date,
    known_at: int,
    subject: str,
    column: str,
    after: UUID | None,
    limit: int,
) -> list[LineView]:
    """What the column (a key of LISTS) counts of the subject at or below the unit; by line, after `after`."""
    query = f"""SELECT {_LINE} FROM evaluations_v1.line l
                WHERE l.unit IN ({below("$1", "$2", "$3")}) AND l.year = $4 AND l.subject = $5
                  AND {at("$2", "$3", "l")} AND {LISTS[column]} AND ($6::uuid IS NULL OR l.line > $6)
                ORDER BY l.line LIMIT $7"""  # noqa: S608
    rows = await connection.fetch(query, unit, as_of, known_at, year, subject, after, limit)
    return [LineView(*row) for row in rows]


async def of_member(connection: Connection, member: UUID, as_of: date, known_at: int) -> list[LineView]:
    """The member in every round that he was in; latest year first."""
    query = f"""SELECT {_LINE} FROM evaluations_v1.line l WHERE l.member = $1 AND {at("$2", "$3", "l")}
                ORDER BY l.year DESC, l.line"""  # noqa: S608
    return [LineView(*row) for row in await connection.fetch(query, member, as_of, known_at)]


async def steps(
    connection: Connection, rounds: Sequence[UUID], as_of: date, known_at: int, members: Sequence[UUID] | None = None
) -> list[StepView]:
    """The steps taken in these rounds, in the order of the log; of these members, where they are given."""
    query = f"""SELECT {_STEP} FROM evaluations_v1.step WHERE round = ANY($1::uuid[]) AND {at("$2", "$3")}
                AND ($4::uuid[] IS NULL OR member = ANY($4)) ORDER BY position, step"""  # noqa: S608
    return [StepView(*row) for row in await connection.fetch(query, rounds, as_of, known_at, members)]


async def attested(
    connection: Connection, rounds: Sequence[UUID], as_of: date, known_at: int, members: Sequence[UUID] | None = None
) -> list[AttestedView]:
    """The cases attested in these rounds; of these members, where they are given."""
    query = f"""SELECT round, member, case_name, document, valid_from FROM evaluations_v1.attested
                WHERE round = ANY($1::uuid[]) AND {at("$2", "$3")} AND ($4::uuid[] IS NULL OR member = ANY($4))
                ORDER BY valid_from, attested"""  # noqa: S608
    return [AttestedView(*row) for row in await connection.fetch(query, rounds, as_of, known_at, members)]


async def objections(
    connection: Connection, rounds: Sequence[UUID], as_of: date, known_at: int, members: Sequence[UUID] | None = None
) -> list[ObjectionView]:
    """The objections raised in these rounds; of these members, where they are given."""
    query = f"""SELECT {_OBJECTION} FROM evaluations_v1.objection
                WHERE round = ANY($1::uuid[]) AND {at("$2", "$3")} AND ($4::uuid[] IS NULL OR member = ANY($4))
                ORDER BY raised_at, objection"""  # noqa: S608
    return [ObjectionView(*row) for row in await connection.fetch(query, rounds, as_of, known_at, members)]


async def authorised(connection: Connection, pools: Sequence[UUID], as_of: date, known_at: int) -> dict[UUID, int]:
    """Pool → the share of excellent, in per cent, that a document allows; of those pools that have an exception."""
    query = f"""SELECT pool, authorised FROM evaluations_v1.pool
                WHERE pool = ANY($1::uuid[]) AND authorised IS NOT NULL AND {at("$2", "$3")}"""  # noqa: S608
    return {row[0]: row[1] for row in await connection.fetch(query, pools, as_of, known_at)}


async def last_year(connection: Connection, unit: UUID, as_of: date, known_at: int) -> int | None:
    """The last year of which anybody at or below the unit is rated."""
    query = f"""SELECT max(year) FROM evaluations_v1.line
                WHERE unit IN ({below("$1", "$2", "$3")}) AND level IS NOT NULL AND {at("$2", "$3")}"""  # noqa: S608
    found: int | None = await connection.fetchval(query, unit, as_of, known_at)
    return found


async def digests(connection: Connection, unit: UUID, year: int, as_of: date, known_at: int) -> list[str]:
    """Digests of the rulebooks under which the rounds of the year at or below the unit are."""
    query = f"""SELECT DISTINCT digest FROM evaluations_v1.round
                WHERE unit IN ({below("$1", "$2", "$3")}) AND year = $4 AND {at("$2", "$3")} ORDER BY digest"""  # noqa: S608
    return [row[0] for row in await connection.fetch(query, unit, as_of, known_at, year)]


async def streaks(
    connection: Connection,
    unit: UUID,
    last: int,
    years: int,
    level: str,
    subject: str,
    digest: str,
    as_of: date,
    known_at: int,
) -> list[StreakView]:
    """Who has the level in each of so many years, the last of them in a round at or below the unit under the rulebook
    with that digest; by id. Years in other units count, as far as they are in the caller's sight."""
    whom = "l.member" if subject == Subject.MEMBER.value else "l.unit"
    query = f"""
        WITH ended AS MATERIALIZED (
            SELECT DISTINCT ON ({whom}) {whom} AS whom, l.member, l.unit
            FROM evaluations_v1.line l
            JOIN evaluations_v1.round r ON r.round = l.round AND r.digest = $7 AND {at("$2", "$3", "r")}
            WHERE l.unit IN ({below("$1", "$2", "$3")}) AND l.year = $4 AND l.level = $6 AND l.subject = $5
              AND {at("$2", "$3", "l")} ORDER BY {whom}, l.unit)
        SELECT whom, member, unit FROM ended e
        WHERE $8::int = (SELECT count(DISTINCT l.year) FROM evaluations_v1.line l
                    WHERE {whom} = e.whom AND l.subject = $5 AND l.level = $6
                      AND l.year > $4 - $8::int AND l.year <= $4 AND {at("$2", "$3", "l")})
        ORDER BY whom"""  # noqa: S608
    rows = await connection.fetch(query, unit, as_of, known_at, last, subject, level, digest, years)
    return [StreakView(*row) for row in rows]
