"""Cases that nobody can work on: derived when asked, since later facts change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple
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


class _Attended(NamedTuple):
    """A unit where cases stand: whether it exists, who holds the office of its secretary, and who of them can work."""

    unit: UUID
    standing: bool
    officers: list[UUID]
    available: list[UUID]

    @property
    def anybody(self) -> bool:
        """Whether somebody can work on a case about nobody."""
        return self.standing and bool(self.available)


async def unroutable(
    connection: Connection, unit: UUID, as_of: date, known_at: int, after: After | None, limit: int
) -> list[Unroutable]:
    """Open cases at or below the unit that nobody can work on, on the day as known at the position; received first
    come first. `after` is (received, grievance)."""
    attended = f"SELECT * FROM access.attendance(ARRAY({below('$1', '$2', '$3')}), $2, $3)"  # noqa: S608
    found = [_Attended(*row) for row in await connection.fetch(attended, unit, as_of, known_at)]
    there = {one.unit: one for one in found}
    over = await _officers_over(connection, list(there), as_of, known_at)
    # The units go into the query as values: the planner then knows how many cases stand there, and whether to go by the
    # units (few of them vacant) or by the order asked for (most of them).
    nobody = [one.unit for one in found if not one.anybody]
    others = [one.unit for one in found if one.anybody]
    above = [(place, person) for place, officers in over.items() for person in officers]
    able = [(one.unit, person) for one in found if one.anybody and one.unit in over for person in one.available]
    suspects = " UNION ALL ".join(_suspect(condition) for condition in _SUSPECTS)
    rows = await connection.fetch(
        f"SELECT * FROM ({suspects}) s ORDER BY received, grievance LIMIT $5",  # noqa: S608
        as_of,
        known_at,
        *(after or (date.min, UUID(int=0))),
        limit,
        nobody,
        others,
        *([each[part] for each in pairs] for pairs in (above, able) for part in (0, 1)),
    )
    cases = ((case_view(tuple(row)), row["about"]) for row in rows)
    return [
        Unroutable(case, case.no_receiver or _vacancy(there[case.unit], about, over.get(case.unit, [])).value)
        for case, about in cases
    ]


async def _officers_over(
    connection: Connection, units: Sequence[UUID], as_of: date, known_at: int
) -> dict[UUID, list[UUID]]:
    """Each of the units where a case about somebody stands: who holds an office there or above."""
    where = f"""SELECT DISTINCT s.unit FROM grievances_v1.step s
                WHERE {held("$1", "$2", "s")} AND {IS_OPEN}
                  AND s.right_about IS NOT NULL AND s.unit = ANY($3::uuid[])"""  # noqa: S608
    query = f"""WITH about AS MATERIALIZED ({where})
                SELECT about.unit, coalesce(over.officers, '{{}}') FROM about
                LEFT JOIN access.officers_over(ARRAY(SELECT about.unit FROM about), $1, $2) over USING (unit)"""  # noqa: S608
    return {row[0]: row[1] for row in await connection.fetch(query, as_of, known_at, units)}


def _vacancy(there: _Attended, about: Sequence[UUID], over: Sequence[UUID]) -> Vacancy:
    """Why nobody there can work on a case about those persons, where nobody can."""
    if not there.standing:
        return Vacancy.UNIT_ENDED
    if not set(over).isdisjoint(about):
        return Vacancy.OFFICER_CONCERNED
    return Vacancy.OFFICER_UNAVAILABLE if there.officers else Vacancy.OFFICE_VACANT


# Few cases are any of this, and each kind has an index: no other open case is looked at. The last one is about somebody
# who holds an office there or above, or about all who could work on it.
_SUSPECTS = (
    "s.unit = ANY($6::uuid[])",
    "s.unit = ANY($7::uuid[]) AND s.no_receiver IS NOT NULL",
    """s.unit = ANY($7::uuid[]) AND s.no_receiver IS NULL AND s.right_about IS NOT NULL AND (
           EXISTS (SELECT FROM unnest($8::uuid[], $9::uuid[]) officer (unit, person)
                   WHERE officer.unit = s.unit AND officer.person = ANY (s.right_about))
           OR NOT EXISTS (SELECT FROM unnest($10::uuid[], $11::uuid[]) officer (unit, person)
                          WHERE officer.unit = s.unit AND officer.person <> ALL (s.right_about)))""",
)


def _suspect(condition: str) -> str:
    return f"""(SELECT {case_columns("s", "$1")}, coalesce(s.right_about, '{{}}') AS about FROM grievances_v1.step s
                WHERE {held("$1", "$2", "s")} AND {IS_OPEN} AND {condition}
                  AND (s.received, s.grievance) > ($3, $4)
                ORDER BY s.received, s.grievance LIMIT $5)"""  # noqa: S608
