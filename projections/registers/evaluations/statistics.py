"""How many were present, exempt, not yet rated and rated: of any unit, in the tree of a day, as known at a position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from projections.bitemporal import at
from projections.database import Connection
from projections.registers import organisation
from projections.registers.evaluations.tables import COUNTED, counting
from projections.registers.evaluations.unopened import SCHEMA, UNITS, UNOPENED, WAITING
from projections.registers.evaluations.views import (
    EvaluationCounts,
    EvaluationFigures,
    GroundsCount,
    KindPart,
    Part,
    PoolCounts,
    Summary,
    WithoutRound,
)
from projections.tree import below, out_of_sight

SUBJECTS = ("member", "cell", "committee")
"""What is counted, in the order of the figures."""

_SUMS = ", ".join(f"sum({name})::int" for name in COUNTED)


async def statistics(connection: Connection, unit: UUID, year: int, as_of: date, known_at: int) -> Summary:
    """The figures of the unit, of each unit directly below it, and by kind of cell."""
    asked = unit, as_of, known_at, year
    children = [child.unit for child in await organisation.children(connection, unit, as_of, known_at)]
    by_part: defaultdict[UUID, _Sum] = defaultdict(_Sum)
    by_kind: defaultdict[str | None, _Sum] = defaultdict(_Sum)
    for part, cell_kind, *row in await _counted(connection, asked, children):
        by_part[part].add(*row)
        by_kind[cell_kind].add(*row)
    hidden = await out_of_sight(connection, unit, as_of, known_at)
    parts = [Part(child, by_part[child].figures(), child not in hidden) for child in children]
    parts += [Part(unit, by_part[unit].figures())] if unit in by_part else []
    return Summary(
        figures=sum((part.figures for part in parts), EvaluationFigures()),
        parts=parts,
        kinds=[KindPart(kind, by_kind[kind].figures()) for kind in sorted(by_kind, key=lambda kind: kind or "")],
        grounds=await _grounds(connection, asked),
        incomplete=await _incomplete(connection, unit, as_of, known_at),
        hidden=len(hidden),
    )


class _Sum:
    """Figures while they are being added up."""

    def __init__(self) -> None:
        self._counts = {subject: [0] * len(COUNTED) for subject in SUBJECTS}
        self._unopened = dict.fromkeys(SUBJECTS, 0)
        self._members = 0

    def add(self, subject: str, unopened: int, members: int, *counts: int) -> None:
        """Lines of a subject, as `COUNTED`; units of it without a round, and the members of these."""
        known = self._counts[subject]
        for index, count in enumerate(counts):
            known[index] += count
        self._unopened[subject] += unopened
        self._members += members

    def figures(self) -> EvaluationFigures:
        """The figures; who has no round, and who is in a cell without one, counts as not yet rated."""
        waiting = self._unopened | {"member": self._members}
        members, cells, committees = (_counts(self._counts[subject], waiting[subject]) for subject in SUBJECTS)
        without = WithoutRound(self._unopened["cell"], self._unopened["committee"], self._members)
        return EvaluationFigures(members, cells, committees, without)


def _counts(counted: list[int], waiting: int) -> EvaluationCounts:
    present, exempt, review_only, *levels = counted
    not_yet = present - exempt - sum(levels) + waiting
    return EvaluationCounts(present + waiting, exempt, review_only, not_yet, sum(levels), *levels)


async def _counted(connection: Connection, asked: tuple[UUID, date, int, int], children: list[UUID]) -> Iterable[Any]:
    """By unit directly below, kind of cell and subject: what lines count, and what is counted of who has no round."""
    sums = await counting().sums(connection, SCHEMA, "year = $4", "$2", "$3", asked[2])
    part = f"""LEFT JOIN organisation_v1.closure d ON d.descendant = u.unit AND d.ancestor = ANY($5::uuid[])
               AND {at("$2", "$3", "d")}"""
    query = f"""
        WITH {UNITS}, {UNOPENED},
        counted AS (
            SELECT unit, subject, 0 AS members, false AS unopened, {", ".join(COUNTED)} FROM ({sums}) t
            UNION ALL
            SELECT n.unit, n.subject, coalesce(w.members, 0), true, {", ".join("0" for _ in COUNTED)}
            FROM unopened n LEFT JOIN ({WAITING}) w USING (unit))
        SELECT coalesce(d.ancestor, $1) AS part, u.cell_kind, c.subject,
               count(*) FILTER (WHERE c.unopened)::int, sum(c.members)::int, {_SUMS}
        FROM units u JOIN counted c USING (unit) {part} GROUP BY 1, 2, 3"""  # noqa: S608
    return await connection.fetch(query, *asked, children)


async def _grounds(connection: Connection, asked: tuple[UUID, date, int, int]) -> list[GroundsCount]:
    query = f"""
        WITH found AS MATERIALIZED (
            SELECT l.round, l.unit, l.subject, l.grounds FROM {SCHEMA}.line l
            WHERE l.year = $4 AND l.level = 'not_completed' AND {at("$2", "$3", "l")}
              AND l.unit IN ({below("$1", "$2", "$3")}))
        SELECT f.subject, u.cell_kind, r.digest, f.grounds, count(*)::int
        FROM found f JOIN {SCHEMA}.round r ON r.round = f.round AND {at("$2", "$3", "r")}
        JOIN organisation_v1.unit u ON u.unit = f.unit AND {at("$2", "$3", "u")}
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 NULLS FIRST, 3, 4"""  # noqa: S608
    return [GroundsCount(*row) for row in await connection.fetch(query, *asked)]


async def pools(
    connection: Connection, unit: UUID, year: int, as_of: date, known_at: int, own: bool = False
) -> list[PoolCounts]:
    """The ratings of each pool and group that a committee at or below the unit decided, or with `own` the unit itself;
    by committee. Only what is in the caller's scope is counted."""
    sums = await counting().sums(connection, SCHEMA, "year = $4", "$2", "$3", known_at)
    deciding = "= $1" if own else f"IN ({below('$1', '$2', '$3')})"
    query = f"""
        WITH deciding AS MATERIALIZED (
            SELECT r.unit, d.own, d.committee, r.digest
            FROM {SCHEMA}.round r, LATERAL (VALUES (true, r.committee), (false, r.members_by)) d (own, committee)
            WHERE r.year = $4 AND {at("$2", "$3", "r")} AND d.committee {deciding}),
        rated AS (
            SELECT d.committee, t.subject, d.digest, t.cap_group, sum(excellent)::int AS excellent,
                   sum(good)::int AS good, sum(completed)::int AS completed, sum(not_completed)::int AS not_completed
            FROM ({sums}) t JOIN deciding d ON d.unit = t.unit AND d.own = (t.subject <> 'member')
            WHERE t.cap_group <> '' GROUP BY 1, 2, 3, 4)
        SELECT r.committee, r.subject, digest, cap_group, excellent, good, completed, not_completed,
               p.authorised, p.document, p.finalised
        FROM rated r LEFT JOIN {SCHEMA}.pool p
            ON p.unit = r.committee AND p.year = $4 AND p.subject = r.subject AND {at("$2", "$3", "p")}
        WHERE excellent + good + completed + not_completed > 0 ORDER BY 1, 2, 3, 4"""  # noqa: S608
    return [PoolCounts(*row) for row in await connection.fetch(query, unit, as_of, known_at, year)]


async def _incomplete(connection: Connection, unit: UUID, as_of: date, known_at: int) -> int:
    count: int = await connection.fetchval(
        f"""SELECT count(DISTINCT entity) FROM projection.quarantine
            WHERE register = '{SCHEMA}' AND position <= $3 AND unit IN ({below("$1", "$2", "$3")})""",  # noqa: S608
        unit,
        as_of,
        known_at,
    )
    return count
