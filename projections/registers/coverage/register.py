"""The register of coverage: the steps of each entity, and the counts that follow from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from events.envelope import Fact, Recorded
from projections.bitemporal import Change, Row, Table
from projections.database import Connection
from projections.projection import StateProjection
from projections.registers.coverage import totals
from projections.registers.coverage.doubts import MEMBER_DOUBT, TARGET_DOUBT, doubts
from projections.registers.coverage.entries import (
    ASSIGNMENT_FACTS,
    GROUP_FACTS,
    HOUSEHOLD_FACTS,
    MEMBER_FACTS,
    Entry,
    changed,
    concerned,
    key,
)
from projections.registers.coverage.steps import GROUP_STEP, HOUSEHOLD_STEP, MEMBER_STEP, RESIDENCE_STEP, steps


class Coverage(StateProjection[Entry]):
    """Tables `…_step` (what an entity counts as), `…_doubt` (what needs a decision), and the counts per cell."""

    name = "coverage"
    version = 1
    handles = MEMBER_FACTS | HOUSEHOLD_FACTS | GROUP_FACTS | ASSIGNMENT_FACTS
    tables = (MEMBER_STEP, RESIDENCE_STEP, HOUSEHOLD_STEP, GROUP_STEP, MEMBER_DOUBT, TARGET_DOUBT)
    state_type = Entry
    era: ClassVar[int] = totals.ERA

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._tally = totals.Tally()
        self._last = 0

    def create(self) -> str:
        return f"""{super().create()} {totals.create(self.schema, self.era)}
            SELECT access.protect('{self.schema}.member_step', NULL, 'person');
            SELECT access.protect('{self.schema}.residence_step', NULL, 'person');
            SELECT access.protect('{self.schema}.household_step', 'household', NULL);
            SELECT access.protect('{self.schema}.group_step', 'group_id', NULL);
            SELECT access.protect('{self.schema}.member_doubt', 'target', 'member');
            SELECT access.protect('{self.schema}.target_doubt', 'target', 'member');"""

    def index(self) -> str:
        return f"""
            CREATE INDEX ON {self.schema}.member_step (unit, person);
            CREATE INDEX ON {self.schema}.residence_step (unit, person);
            CREATE INDEX ON {self.schema}.household_step (unit, household);
            CREATE INDEX ON {self.schema}.group_step (unit, group_id);
            CREATE INDEX ON {self.schema}.member_doubt (unit, assignment);
            CREATE INDEX ON {self.schema}.target_doubt (unit, assignment);"""

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        # Not the member of an assignment, nor the households of a group: their own facts can still be applied, and
        # one fact that cannot would make half a cell wait.
        return (key(fact),)

    def wants(self, fact: Fact[Any], states: Mapping[UUID, Entry]) -> Iterable[UUID]:
        return concerned(fact, states)

    def change(self, states: Mapping[UUID, Entry], recorded: Recorded[Any]) -> Mapping[UUID, Entry]:
        return changed(recorded.fact, states)

    def rows(self, state: Entry) -> Iterator[tuple[Table, Row]]:
        yield from steps(state)
        yield from doubts(state)

    def fold(self, recorded: Recorded[Any]) -> None:
        super().fold(recorded)
        self._last = recorded.position

    def changed(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self._tally.take(change)

    async def write(self, connection: Connection) -> None:
        await super().write(connection)
        await self._tally.write(connection, self.schema)
        await totals.complete_eras(connection, self.schema, self._last)

    def forget(self) -> None:
        super().forget()
        self._tally = totals.Tally()
        self._last = 0
