"""One case: how it stood, its periods, hops and clocks, and its facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.catalogue import decode
from projections.database import Connection
from projections.registers.grievances.periods import day_end, held
from projections.registers.grievances.tables import CLOCK
from projections.registers.grievances.views import CaseView, ClockView, FactView, HopView, StepView
from projections.states.clock_rules import VARIANTS, Clock
from projections.states.clocks import HOUSEHOLDS
from projections.states.house_limits import HouseLimit

_PLAIN = tuple(field for field in CaseView.__struct_fields__ if field not in ("since", "overdue", "overdue_statutory"))


def case_columns(alias: str, day: str) -> str:
    """SQL for the columns of a `CaseView`, in the order of `_PLAIN`, `since` and what is overdue on the day after."""
    a = alias
    late = f"coalesce({a}.due < {day}, false), coalesce({a}.statutory_due < {day}, false)"
    return f"{', '.join(f'{a}.{name}' for name in _PLAIN)}, {a}.from_at, {late}"


def case_view(row: tuple[object, ...]) -> CaseView:
    """The case from such columns."""
    return CaseView(**dict(zip((*_PLAIN, "since", "overdue", "overdue_statutory"), row, strict=False)))  # type: ignore[arg-type]


async def case_of(connection: Connection, grievance: UUID, as_of: date, known_at: int) -> CaseView | None:
    """The case on the day as known at the position; None where there was none yet, or it is not the caller's to see."""
    query = f"""SELECT {case_columns("s", "$2")} FROM grievances_v1.step s
                WHERE s.grievance = $1 AND {held("$2", "$3", "s")}"""  # noqa: S608
    row = await connection.fetchrow(query, grievance, as_of, known_at)
    return None if row is None else case_view(tuple(row))


async def known(connection: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Those of the cases that the caller may know of."""
    query = "SELECT DISTINCT grievance FROM grievances_v1.fact WHERE grievance = ANY($1::uuid[])"
    return {row[0] for row in await connection.fetch(query, list(ids))}


async def involved(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Those of the cases that the caller may know of, each with the household, the member and the handlers it ever
    had."""
    query = """SELECT DISTINCT grievance, household, member, handler FROM grievances_v1.step
               WHERE grievance = ANY($1::uuid[])"""
    found: dict[UUID, set[UUID]] = {}
    for grievance, *others in await connection.fetch(query, list(ids)):
        found.setdefault(grievance, set()).update(id_ for id_ in others if id_ is not None)
    return found


_STEP = tuple(field for field in StepView.__struct_fields__ if field not in ("position", "since", "until"))


async def steps_of(connection: Connection, grievance: UUID, as_of: date, known_at: int) -> list[StepView]:
    """The periods of the case up to the day, as known at the position, in order."""
    end = day_end("$2")
    query = f"""
        SELECT {", ".join(_STEP)}, from_position, from_at,
               CASE WHEN to_position <= $3 AND to_at < {end} THEN to_at END
        FROM grievances_v1.step WHERE grievance = $1 AND from_position <= $3 AND from_at < {end}
          AND $3 < void_position ORDER BY from_at, from_position, ordinal"""  # noqa: S608
    names = (*_STEP, "position", "since", "until")
    rows = await connection.fetch(query, grievance, as_of, known_at)
    return [StepView(**dict(zip(names, row, strict=True))) for row in rows]


async def hops_of(connection: Connection, grievance: UUID, as_of: date, known_at: int) -> list[HopView]:
    """The units that had the case up to the day, as known at the position, in order."""
    query = f"""SELECT place, unit, level, arrived, departed, ended_by FROM grievances_v1.hop h
                WHERE grievance = $1 AND {held("$2", "$3", "h")} AND arrived < {day_end("$2")}
                ORDER BY place"""  # noqa: S608
    return [HopView(*row) for row in await connection.fetch(query, grievance, as_of, known_at)]


_CLOCK = tuple(name for name in CLOCK.columns if name != "variant")


async def clocks_of(connection: Connection, grievance: UUID, as_of: date, known_at: int) -> list[ClockView]:
    """Every run of a clock that had begun by the day, as known at the position, in the order of their beginnings."""
    return (await clocks_of_cases(connection, [grievance], as_of, known_at)).get(grievance, [])


async def clocks_of_cases(
    connection: Connection, grievances: list[UUID], as_of: date, known_at: int
) -> dict[UUID, list[ClockView]]:
    """The same of several cases, for the lines of a list; a case without one is missing. Nobody is late when the
    household's own time runs out."""
    late = "coalesce(due < $2 AND (ended IS NULL OR ended > due), false) AND clock <> ALL($4::text[])"
    query = f"""SELECT grievance, variant, {", ".join(_CLOCK)}, {late} FROM grievances_v1.clock c
                WHERE grievance = ANY($1::uuid[]) AND {held("$2", "$3", "c")} AND started <= $2
                ORDER BY started, clock, coalesce(ended, 'infinity'), from_position, ordinal"""  # noqa: S608
    found: dict[UUID, list[ClockView]] = {}
    theirs = list(HOUSEHOLDS)
    for grievance, variant, *values in await connection.fetch(query, grievances, as_of, known_at, theirs):
        stored = dict(zip((*_CLOCK, "overdue"), values, strict=True))
        rule = VARIANTS[stored["version"], stored["clock"]][variant]
        house = None if stored["house"] is None else msgspec.json.decode(stored["house"], type=HouseLimit)
        rule = rule if house is None else house.over(rule)
        found.setdefault(grievance, []).append(ClockView(**{**stored, "house": house}, **_said_by(rule)))
    return found


def _said_by(rule: Clock) -> dict[str, Any]:
    """What a rule says of every run of its clock."""
    return {
        "statutory": rule.limit is not None,
        "days": rule.days,
        "counted_in": rule.unit.value,
        "article": rule.article,
        "source": rule.source,
        "certainty": rule.certainty.value,
    }


async def facts_of(connection: Connection, grievance: UUID, as_of: date, known_at: int) -> list[FactView]:
    """The facts of the case that had happened by the end of the day, as known at the position, in the log's order."""
    return (await facts_of_cases(connection, [grievance], as_of, known_at)).get(grievance, [])


async def facts_of_cases(
    connection: Connection, grievances: list[UUID], as_of: date, known_at: int
) -> dict[UUID, list[FactView]]:
    """The same of several cases, for the lines of a list; a case that the caller may not know of is missing."""
    query = f"""SELECT m.grievance, m.position, m.recorded_ns, m.type, m.data FROM grievances_v1.message m
                WHERE m.position = ANY(ARRAY(
                    SELECT f.position FROM grievances_v1.fact f
                    WHERE f.grievance = ANY($1::uuid[]) AND f.position <= $3 AND f.at < {day_end("$2")}))
                ORDER BY m.position"""  # noqa: S608
    found: dict[UUID, list[FactView]] = {}
    for grievance, position, recorded_ns, kind, data in await connection.fetch(query, grievances, as_of, known_at):
        found.setdefault(grievance, []).append(FactView(position, recorded_ns, decode(kind, data), data))
    return found
