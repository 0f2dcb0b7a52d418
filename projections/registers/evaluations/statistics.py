"""How many were present, exempt, not yet rated and rated: of any unit, in the tree of a day, as known at a position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from projections.bitemporal import at
from projections.database import Connection
from projections.registers import organisation
from projections.registers.evaluations.tables import COUNTED, counting
from projections.registers.evaluations.views import (
    EvaluationCounts,
    EvaluationFigures,
    GroundsCount,
    KindPart,
    Part,
    PoolCounts,
    Summary,
    Unopened,
    WithoutRound,
)
from projections.tree import below, out_of_sight

SCHEMA = "evaluations_v1"
OF = {"member": "members", "cell": "cells", "committee": "committees"}
"""Subject → where it is counted in the figures."""

_SUMS = ", ".join(f"sum({name})::int" for name in COUNTED)
_UNITS = f"""
    units AS MATERIALIZED (
        SELECT b.unit, u.kind, u.cell_kind, u.standing, u.founded FROM ({below("$1", "$2", "$3")}) b
        JOIN organisation_v1.unit u ON u.unit = b.unit AND {at("$2", "$3", "u")}),
    rounds AS MATERIALIZED (
        SELECT unit, digest, committee, coalesce(members_by, committee) AS members_by FROM {SCHEMA}.round
        WHERE year = $4 AND {at("$2", "$3")})"""  # noqa: S608
"""The units at or below $1 on the day $2, and all rounds of the year $4, as known at $3."""

_UNOPENED = f"""
    unopened AS MATERIALIZED (
        SELECT u.unit, u.cell_kind, u.kind, CASE WHEN u.kind = 'cell' AND EXISTS (
            SELECT FROM organisation_v1.closure c
            JOIN organisation_v1.unit a ON a.unit = c.ancestor AND a.kind = 'commune' AND a.standing = 'existing'
                AND {at("$2", "$3", "a")}
            WHERE c.descendant = u.unit AND {at("$2", "$3", "c")}) THEN 'cell' ELSE 'committee' END AS subject
        FROM units u WHERE u.kind IN ('cell', 'commune') AND u.standing = 'existing'
          AND u.founded < make_date($4 + 1, 1, 1) AND NOT EXISTS (SELECT FROM rounds r WHERE r.unit = u.unit)),
    waiting AS MATERIALIZED (
        SELECT n.unit, s.person FROM unopened n
        JOIN organisation_v1.closure c ON c.ancestor = n.unit AND {at("$2", "$3", "c")}
        JOIN members_v1.standing s ON s.unit = c.descendant AND {at("$2", "$3", "s")}
        WHERE n.kind = 'cell'
          AND NOT EXISTS (SELECT FROM members_v1.admission a WHERE a.person = s.person
                          AND a.valid_from >= make_date($4 + 1, 1, 1) AND a.known_from <= $3 AND $3 < a.known_to)
          AND NOT EXISTS (SELECT FROM {SCHEMA}.line l WHERE l.member = s.person AND l.year = $4
                          AND {at("$2", "$3", "l")}))"""  # noqa: S608
"""Units that could have a round of the year and have none, and the members of these cells who are on no roster."""

_WAITING = "SELECT unit, count(*)::int AS members FROM waiting GROUP BY unit"


async def statistics(connection: Connection, unit: UUID, year: int, as_of: date, known_at: int) -> Summary:
    """The figures of the unit, of each unit directly below it, and by kind of cell."""
    asked = unit, as_of, known_at, year
    children = [child.unit for child in await organisation.children(connection, unit, as_of, known_at)]
    by_part: defaultdict[UUID, EvaluationFigures] = defaultdict(EvaluationFigures)
    by_kind: defaultdict[str | None, EvaluationFigures] = defaultdict(EvaluationFigures)
    for part, cell_kind, figures in await _figures(connection, asked, children):
        by_part[part] += figures
        by_kind[cell_kind] += figures
    hidden = await out_of_sight(connection, unit, as_of, known_at)
    parts = [Part(child, by_part[child], child not in hidden) for child in children]
    parts += [Part(unit, by_part[unit])] if by_part[unit] != EvaluationFigures() else []
    return Summary(
        figures=sum((part.figures for part in parts), EvaluationFigures()),
        parts=parts,
        kinds=[KindPart(kind, by_kind[kind]) for kind in sorted(by_kind, key=lambda kind: kind or "")],
        grounds=await _grounds(connection, asked),
        incomplete=await _incomplete(connection, unit, as_of, known_at),
        hidden=len(hidden),
    )


async def _figures(
    connection: Connection, asked: tuple[UUID, date, int, int], children: list[UUID]
) -> Iterable[tuple[UUID, str | None, EvaluationFigures]]:
    """By unit directly below and kind of cell: what lines count, and what is counted of who has no round."""
    sums = await counting().sums(connection, SCHEMA, "year = $4", "$2", "$3", asked[2])
    part = f"""LEFT JOIN organisation_v1.closure d ON d.descendant = u.unit AND d.ancestor = ANY($5::uuid[])
               AND {at("$2", "$3", "d")}"""
    query = f"""
        WITH {_UNITS}, {_UNOPENED},
        counted AS (
            SELECT unit, subject, 0 AS members, false AS unopened, {", ".join(COUNTED)} FROM ({sums}) t
            UNION ALL
            SELECT n.unit, n.subject, coalesce(w.members, 0), true, {", ".join("0" for _ in COUNTED)}
            FROM unopened n LEFT JOIN ({_WAITING}) w USING (unit))
        SELECT coalesce(d.ancestor, $1) AS part, u.cell_kind, c.subject,
               count(*) FILTER (WHERE c.unopened)::int, sum(c.members)::int, {_SUMS}
        FROM units u JOIN counted c USING (unit) {part} GROUP BY 1, 2, 3"""  # noqa: S608
    rows = await connection.fetch(query, *asked, children)
    return ((row[0], row[1], _of_row(*row[2:])) for row in rows)


def _of_row(
    subject: str, unopened: int, members: int, present: int, exempt: int, review_only: int, *levels: int
) -> EvaluationFigures:
    rated = sum(levels)
    own = EvaluationCounts(present, exempt, review_only, present - exempt - rated, rated, *levels) + _waiting(unopened)
    found = msgspec.structs.replace(EvaluationFigures(), **{OF[subject]: own})
    if not unopened:
        return found
    without = msgspec.structs.replace(WithoutRound(members=members), **{OF[subject]: unopened})
    return found + EvaluationFigures(members=_waiting(members), without_round=without)


def _waiting(number: int) -> EvaluationCounts:
    return EvaluationCounts(present=number, not_yet=number)


async def _grounds(connection: Connection, asked: tuple[UUID, date, int, int]) -> list[GroundsCount]:
    query = f"""
        WITH {_UNITS}
        SELECT l.subject, u.cell_kind, r.digest, l.grounds, count(*)::int
        FROM {SCHEMA}.line l JOIN units u USING (unit) JOIN rounds r USING (unit)
        WHERE l.year = $4 AND l.level = 'not_completed' AND {at("$2", "$3", "l")}
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 NULLS FIRST, 3, 4"""  # noqa: S608
    return [GroundsCount(*row) for row in await connection.fetch(query, *asked)]


async def pools(
    connection: Connection, unit: UUID, year: int, as_of: date, known_at: int, own: bool = False
) -> list[PoolCounts]:
    """The ratings of each pool and group that a committee at or below the unit decided, or with `own` the unit itself;
    by committee. Only what is in the caller's scope is counted."""
    sums = await counting().sums(connection, SCHEMA, "year = $4", "$2", "$3", known_at)
    deciding = "committee = $1" if own else "committee IN (SELECT unit FROM units)"
    query = f"""
        WITH {_UNITS},
        rated AS (
            SELECT CASE t.subject WHEN 'member' THEN r.members_by ELSE r.committee END AS committee, t.subject,
                   r.digest, t.cap_group, sum(excellent)::int AS excellent, sum(good)::int AS good,
                   sum(completed)::int AS completed, sum(not_completed)::int AS not_completed
            FROM ({sums}) t JOIN rounds r USING (unit) GROUP BY 1, 2, 3, 4)
        SELECT committee, rated.subject, digest, cap_group, excellent, good, completed, not_completed,
               p.authorised, p.document, p.finalised
        FROM rated LEFT JOIN {SCHEMA}.pool p
            ON p.unit = committee AND p.year = $4 AND p.subject = rated.subject AND {at("$2", "$3", "p")}
        WHERE {deciding} AND excellent + good + completed + not_completed > 0
        ORDER BY committee, rated.subject, digest, cap_group"""  # noqa: S608
    return [PoolCounts(*row) for row in await connection.fetch(query, unit, as_of, known_at, year)]


async def unopened(
    connection: Connection, unit: UUID, year: int, as_of: date, known_at: int, after: UUID | None, limit: int
) -> list[Unopened]:
    """The units at or below that have opened no round of the year; by id, after `after`."""
    query = f"""
        WITH {_UNITS}, {_UNOPENED}
        SELECT n.unit, n.subject, n.cell_kind, coalesce(w.members, 0)
        FROM unopened n LEFT JOIN ({_WAITING}) w USING (unit)
        WHERE n.unit IN (SELECT access.scope()) AND ($5::uuid IS NULL OR n.unit > $5) ORDER BY n.unit LIMIT $6"""  # noqa: S608
    rows: Any = await connection.fetch(query, unit, as_of, known_at, year, after, limit)
    return [Unopened(*row) for row in rows]


async def probationary(connection: Connection, unit: UUID, year: int, as_of: date, known_at: int) -> int:
    """How many of the members present at or below the unit were probationary on the day."""
    query = f"""
        WITH {_UNITS}, {_UNOPENED}
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
        WITH {_UNITS}
        SELECT each, u.cell_kind, count(*)::int FROM {SCHEMA}.line l JOIN units u USING (unit), unnest(l.cases) each
        WHERE l.year = $4 AND l.subject = 'member' AND l.level IS NULL AND l.outcome IN ('exempt', 'review_only')
          AND {at("$2", "$3", "l")} GROUP BY 1, 2"""  # noqa: S608
    return {(row[0], row[1]): row[2] for row in await connection.fetch(query, unit, as_of, known_at, year)}


async def _incomplete(connection: Connection, unit: UUID, as_of: date, known_at: int) -> int:
    count: int = await connection.fetchval(
        f"""SELECT count(DISTINCT entity) FROM projection.quarantine
            WHERE register = '{SCHEMA}' AND position <= $3 AND unit IN ({below("$1", "$2", "$3")})""",  # noqa: S608
        unit,
        as_of,
        known_at,
    )
    return count
