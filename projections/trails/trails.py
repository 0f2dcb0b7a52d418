"""Which facts concern whom: the index by which the archive opens to those who may see it, and histories are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from events.catalogue import BODIES
from events.envelope import Fact, Recorded
from events.facts import grievances, inspections
from events.facts.erasures import ErasureExecuted
from events.facts.households import GroupChanged, GroupFormed
from events.facts.values import Body
from events.facts.visits import VisitRecorded
from projections.database import Connection
from projections.inserting import insert
from projections.projection import Projection

COLUMNS = ("position", "ordinal", "unit", "target", "person", "named")

Concern = tuple[UUID, UUID | None, UUID | None, bool]
"""Unit, household or group, person; whether the fact itself names the unit."""


class Trails(Projection):
    """Table `entry`, with a row for everything a fact concerns, and the view `message`: the archive, where visible.

    A fact has a row under the unit of its envelope and one under each other unit that it names, so that a cell sees
    that a household left it for another.
    """

    name = "trails"
    version = 1
    # A case is seen by fewer people than its household, and so is a mandate that names one: their own registers tell.
    handles = frozenset(BODIES.values()) - frozenset(grievances.FACTS) - frozenset(inspections.FACTS)

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._entries: list[tuple[Any, ...]] = []

    def create(self) -> str:
        return f"""
            CREATE TABLE {self.schema}.entry (
                position bigint NOT NULL, ordinal int NOT NULL,
                unit uuid NOT NULL, target uuid, person uuid, named boolean NOT NULL,
                PRIMARY KEY (position, ordinal));
            SELECT access.protect('{self.schema}.entry', 'target', 'person');
            SELECT access.open_archive('{self.schema}.entry');"""

    def index(self) -> str:
        return f"""
            CREATE INDEX ON {self.schema}.entry (target, position) WHERE target IS NOT NULL;
            CREATE INDEX ON {self.schema}.entry (person, position) WHERE person IS NOT NULL;
            CREATE INDEX ON {self.schema}.entry (unit, position) WHERE named;"""

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:  # noqa: ARG002
        return ()

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        """Needs nothing of what went before."""

    def fold(self, recorded: Recorded[Any]) -> None:
        fact = recorded.fact
        body = fact.body
        if type(body) is VisitRecorded and (fact.performed_by is None or fact.performed_by == body.member):
            # Nearly all facts are these, and each has this one row: the general way takes three times as long.
            self._entries.append((recorded.position, 0, fact.unit, body.household, body.member, False))
            return
        for ordinal, concern in enumerate(concerns(fact)):
            self._entries.append((recorded.position, ordinal, *concern))

    async def write(self, connection: Connection) -> None:
        if self._entries:
            await insert(connection, self.schema, "entry", COLUMNS, self._entries)
        self.forget()

    def forget(self) -> None:
        self._entries = []


def _no_households(body: Any) -> tuple[UUID, ...]:  # noqa: ARG001
    return ()


HOUSEHOLDS: dict[type[Body], Callable[[Any], tuple[UUID, ...]]] = {
    GroupFormed: lambda body: body.households,
    GroupChanged: lambda body: (*body.added, *body.removed),
}
"""Facts about a group that name households: they stand in the trail of each."""


def concerns(fact: Fact[Any]) -> list[Concern]:
    """Everything that the fact concerns, without repetition; first the unit of its envelope."""
    body = fact.body
    if isinstance(body, ErasureExecuted) and body.whose != body.subject:
        # The key of a case ended with its household's: who sees the household may not know of the case.
        return []
    target: UUID | None = getattr(body, body.TARGET) if body.TARGET else None
    person: UUID | None = getattr(body, body.PERSON) if body.PERSON else None
    named = dict.fromkeys(unit for field in body.UNITS if (unit := getattr(body, field)) is not None)
    units = dict.fromkeys((fact.unit, *named))
    found: list[Concern] = [(unit, target, person, unit in named) for unit in units]
    if fact.performed_by is not None and fact.performed_by != person:
        found.append((fact.unit, target, fact.performed_by, False))
    households = HOUSEHOLDS.get(type(body), _no_households)(body)
    found += [(fact.unit, household, None, False) for household in dict.fromkeys(households)]
    return found
