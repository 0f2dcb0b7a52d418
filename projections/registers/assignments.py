"""Assignments: who is responsible for which household or group, and the plans the cells adopted.

A household's groups come from the register of households, as a parameter: whoever asks for the responsible asks there
first. Keeping the places of 140,000 households here as well would store one truth twice. Only how many households a
group has is kept here (`group_size`), since the load of a member is counted over thousands of assignments at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact, Recorded
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    GroupAssigned,
    HouseholdAssigned,
    HouseholdNotified,
    PlanAdopted,
)
from events.facts.households import GroupChanged, GroupDissolved, GroupFormed
from events.facts.values import Body
from projections.bitemporal import Row, Rows, Table, at
from projections.database import Connection
from projections.projection import StateProjection
from projections.states.assignments import Assignment, Plans, Target, apply_plan, apply_target
from projections.states.households import Group, apply_group
from projections.tree import below

ASSIGNMENT = Table(
    "assignment",
    ("assignment", "target"),
    {
        "is_group": "boolean NOT NULL",
        "member": "uuid NOT NULL",
        "unit": "uuid NOT NULL",
        "plan": "uuid",
        "ended": "text",
        "notified": "date",
    },
    exclusive=("member", "target"),
)
PLAN = Table("plan", ("plan", "unit"), {"year": "int NOT NULL"})
GROUP_SIZE = Table("group_size", ("group_id",), {"unit": "uuid NOT NULL", "households": "int NOT NULL"})

GROUP_FACTS: frozenset[type[Body]] = frozenset({GroupFormed, GroupChanged, GroupDissolved})


class Entry(msgspec.Struct, frozen=True):
    """What is known under one id: the assignments of a household or group, a group, the plans of a cell."""

    target: Target | None = None
    group: Group | None = None
    plans: Plans | None = None


class Assignments(StateProjection[Entry]):
    """Tables `assignment` (a retracted one has no open row), `plan` (valid in its year) and `group_size`."""

    name = "assignments"
    version = 1
    handles = GROUP_FACTS | {
        PlanAdopted,
        HouseholdAssigned,
        GroupAssigned,
        AssignmentEnded,
        AssignmentCorrected,
        AssignmentRetracted,
        HouseholdNotified,
    }
    tables = (ASSIGNMENT, PLAN, GROUP_SIZE)
    state_type = Entry

    def create(self) -> str:
        return f"""{super().create()}
            SELECT access.protect('{self.schema}.assignment', 'target', 'member');
            SELECT access.protect('{self.schema}.plan', NULL, NULL);
            SELECT access.protect('{self.schema}.group_size', 'group_id', NULL);"""

    def index(self) -> str:
        return f"""
            CREATE INDEX ON {self.schema}.assignment (target, valid_from);
            CREATE INDEX ON {self.schema}.assignment (member, valid_from);
            CREATE INDEX ON {self.schema}.assignment (unit, valid_from);
            CREATE INDEX ON {self.schema}.plan (unit, valid_from);"""

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        match fact.body:
            case PlanAdopted() as body:
                return (body.unit,)
            case HouseholdAssigned() as body:
                return (body.household,)
            case GroupAssigned() | GroupFormed() | GroupChanged() | GroupDissolved() as body:
                return (body.group,)
        return (fact.body.target,)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        fact = recorded.fact
        (key,) = self.entities(fact)
        entry = states.get(key) or Entry()
        replace = msgspec.structs.replace
        if isinstance(fact.body, PlanAdopted):
            return {key: replace(entry, plans=apply_plan(entry.plans, fact))}
        if type(fact.body) in GROUP_FACTS:
            return {key: replace(entry, group=apply_group(entry.group, fact))}
        return {key: replace(entry, target=apply_target(entry.target, fact))}

    def rows(self, state: Entry) -> Iterator[tuple[Table, Row]]:
        if state.target is not None:
            yield from _assignment_rows(state.target, state.target.assignments)
        if state.group is not None:
            yield from _size_rows(state.group)
        if state.plans is not None:
            for year, plan in state.plans.adopted:
                yield PLAN, (plan, state.plans.unit, date(year, 1, 1), date(year + 1, 1, 1), year)

    def differing(self, before: Entry | None, after: Entry) -> tuple[Rows, Rows]:
        if before is None or before.target is None or after.target is None or before.target is after.target:
            return super().differing(before, after)
        return _only_targets(before.target, after.target)


def _only_targets(before: Target, after: Target) -> tuple[Rows, Rows]:
    """The rows of the assignments that are not in both."""
    old = [a for a in before.assignments if not any(a is other for other in after.assignments)]
    new = [a for a in after.assignments if not any(a is other for other in before.assignments)]
    return list(_assignment_rows(before, old)), list(_assignment_rows(after, new))


def _assignment_rows(target: Target, assignments: Iterable[Assignment]) -> Iterator[tuple[Table, Row]]:
    for a in assignments:
        if a.span is not None:
            ended = a.ended.value if a.ended else None
            values = (target.is_group, a.member, a.unit, a.plan, ended, a.notified)
            yield ASSIGNMENT, (a.assignment, target.target, a.span.since, a.span.until, *values)


def _size_rows(group: Group) -> Iterator[tuple[Table, Row]]:
    """How many households the group has, from each day on which that changes."""
    days = {group.span.since, group.span.until}
    for place in group.places:
        days |= {place.span.since, place.span.until}
    ordered = sorted(day for day in days if group.span.since <= day <= group.span.until)
    for since, until in pairwise(ordered):
        yield GROUP_SIZE, (group.group, since, until, group.unit, len(group.households(since)))


class AssignmentView(msgspec.Struct, frozen=True):
    """An assignment as believed at the position asked about. `target` is a household, or a group where `is_group`.

    `until` is the first day on which it no longer holds (None: open), `ended` the reason given for its ending,
    `notified` the day on which the household was told, `unit` the cell that assigned.
    """

    assignment: UUID
    target: UUID
    is_group: bool
    member: UUID
    unit: UUID
    plan: UUID | None
    since: date
    until: date | None
    ended: str | None
    notified: date | None


class PlanView(msgspec.Struct, frozen=True):
    """A plan that the cell adopted for the year."""

    plan: UUID
    unit: UUID
    year: int


class Load(msgspec.Struct, frozen=True):
    """For how many households a member is responsible, those of his groups included.

    A household that he holds both by itself and in a group counts twice: the plan named it twice.
    """

    member: UUID
    households: int


_COLUMNS = "assignment, target, is_group, member, unit, plan, valid_from, nullif(valid_to, 'infinity'), ended, notified"


async def responsible(
    connection: Connection, household: UUID, groups: Sequence[UUID], as_of: date, known_at: int
) -> list[AssignmentView]:
    """Who is responsible for the household on the day: directly, and through the groups it is in on that day."""
    query = f"""SELECT {_COLUMNS} FROM assignments_v1.assignment WHERE target = ANY($1::uuid[]) AND {at("$2", "$3")}
                ORDER BY is_group, valid_from, assignment"""  # noqa: S608
    return [AssignmentView(*row) for row in await connection.fetch(query, [household, *groups], as_of, known_at)]


async def of_member(connection: Connection, member: UUID, as_of: date, known_at: int) -> list[AssignmentView]:
    """The households and groups the member is responsible for on the day; households first."""
    query = f"""SELECT {_COLUMNS} FROM assignments_v1.assignment WHERE member = $1 AND {at("$2", "$3")}
                ORDER BY is_group, valid_from, assignment"""  # noqa: S608
    return [AssignmentView(*row) for row in await connection.fetch(query, member, as_of, known_at)]


async def ever_of_targets(connection: Connection, targets: Sequence[UUID], known_at: int) -> list[AssignmentView]:
    """Every assignment there ever was of these households and groups, as known at the position; oldest first."""
    return await _ever(connection, "target = ANY($1::uuid[])", targets, known_at)


async def ever_of_member(connection: Connection, member: UUID, known_at: int) -> list[AssignmentView]:
    """Every assignment the member ever had, as known at the position; oldest first."""
    return await _ever(connection, "member = $1", member, known_at)


async def _ever(connection: Connection, condition: str, of: Any, known_at: int) -> list[AssignmentView]:
    query = f"""SELECT {_COLUMNS} FROM assignments_v1.assignment
                WHERE {condition} AND known_from <= $2 AND $2 < known_to ORDER BY valid_from, assignment"""  # noqa: S608
    return [AssignmentView(*row) for row in await connection.fetch(query, of, known_at)]


async def plans(connection: Connection, unit: UUID, known_at: int) -> list[PlanView]:
    """The plans that the cell adopted, as known at the position; by year."""
    rows = await connection.fetch(
        """SELECT plan, unit, year FROM assignments_v1.plan
           WHERE unit = $1 AND known_from <= $2 AND $2 < known_to ORDER BY year, plan""",
        unit,
        known_at,
    )
    return [PlanView(*row) for row in rows]


async def above_load(
    connection: Connection, unit: UUID, most: int, as_of: date, known_at: int, after: UUID | None, limit: int
) -> list[Load]:
    """Members responsible for more than `most` households, among those whom a cell at or below the unit assigned.

    All their assignments count, wherever given, and a household once, however many of them it is in. By member; `after`
    is the last one of the page before.
    """
    load = "sum(CASE WHEN a.is_group THEN coalesce(g.households, 0) ELSE 1 END) - coalesce(t.times, 0)"
    # Sizes are quicker to add up than households to tell apart: that is done for who may have one twice.
    query = f"""
        WITH concerned AS MATERIALIZED (
            SELECT DISTINCT member FROM assignments_v1.assignment
            WHERE unit IN ({below("$1", "$2", "$3")}) AND {at("$2", "$3")} AND ($4::uuid IS NULL OR member > $4)),
        several AS MATERIALIZED (
            SELECT a.member FROM concerned
            JOIN assignments_v1.assignment a ON a.member = concerned.member AND {at("$2", "$3", "a")}
            GROUP BY a.member HAVING bool_or(a.is_group) AND count(*) > 1),
        twice AS (
            SELECT a.member, count(*) - count(DISTINCT coalesce(p.household, a.target)) AS times
            FROM several JOIN assignments_v1.assignment a ON a.member = several.member AND {at("$2", "$3", "a")}
            LEFT JOIN households_v1.place p ON a.is_group AND p.group_id = a.target AND {at("$2", "$3", "p")}
            WHERE NOT a.is_group OR p.household IS NOT NULL GROUP BY a.member)
        SELECT a.member, ({load})::int AS load
        FROM concerned JOIN assignments_v1.assignment a ON a.member = concerned.member AND {at("$2", "$3", "a")}
        LEFT JOIN assignments_v1.group_size g ON a.is_group AND g.group_id = a.target AND {at("$2", "$3", "g")}
        LEFT JOIN twice t ON t.member = a.member
        GROUP BY a.member, t.times HAVING {load} > $5
        ORDER BY a.member LIMIT $6"""  # noqa: S608
    return [Load(*row) for row in await connection.fetch(query, unit, as_of, known_at, after, most, limit)]
