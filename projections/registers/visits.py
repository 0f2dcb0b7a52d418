"""Visits: what was reported, what was corrected or taken back, and what the households said of it.

A visit is a report, never refused for being odd: the oddities are derived when asked, since later facts change them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact, Recorded
from events.facts.erasures import ErasureExecuted
from events.facts.visits import VisitAttested, VisitCorrected, VisitDisputed, VisitRecorded, VisitRetracted
from projections.bitemporal import UNKNOWN_YET
from projections.database import Connection
from projections.erasing import Erasing, Scrubbed
from projections.inserting import insert
from projections.projection import Projection
from projections.states.timeline import CannotApply

COLUMNS = (
    "visit",
    "household",
    "unit",
    "member",
    "made_on",
    "made_at",
    "purpose",
    "topics",
    "outcomes",
    "note",
    "source",
    "performed_by",
    "written_at",
    "known_from",
    "known_to",
)
SAID = ("visit", "household", "unit", "member", "agrees", "note", "known_from")

Row = list[Any]


class Visits(Projection):
    """Tables `visit` (known-time history of each visit) and `said` (attested or disputed by the household)."""

    name = "visits"
    version = 1
    handles = frozenset({VisitRecorded, VisitCorrected, VisitRetracted, VisitAttested, VisitDisputed, ErasureExecuted})

    def __init__(self, schema: str | None = None) -> None:
        super().__init__(schema)
        self._erasing = Erasing(Scrubbed("visit", "household", ("note",)), Scrubbed("said", "household", ("note",)))
        self._begin_batch()

    def forget(self) -> None:
        self._begin_batch()
        self._erasing.forget()

    def _begin_batch(self) -> None:
        self._opened: dict[UUID, Row] = {}
        self._finished: list[Row] = []
        self._closed: list[tuple[UUID, int]] = []
        self._said: list[tuple[Any, ...]] = []
        self._known: dict[UUID, bool] = {}

    def create(self) -> str:
        return f"""{self._erasing.create(self.schema)}
            CREATE TABLE {self.schema}.visit (
                visit uuid NOT NULL, household uuid NOT NULL, unit uuid NOT NULL, member uuid NOT NULL,
                made_on date NOT NULL, made_at timestamptz NOT NULL, purpose text NOT NULL, topics text[] NOT NULL,
                outcomes text[] NOT NULL, note text, source text NOT NULL, performed_by uuid, written_at timestamptz,
                known_from bigint NOT NULL, known_to bigint NOT NULL,
                PRIMARY KEY (visit, known_from), CHECK (known_from < known_to));
            CREATE TABLE {self.schema}.said (
                visit uuid NOT NULL, household uuid NOT NULL, unit uuid NOT NULL, member uuid NOT NULL,
                agrees boolean NOT NULL, note text, known_from bigint NOT NULL, PRIMARY KEY (visit, known_from));
            SELECT access.protect('{self.schema}.visit', 'household', 'member');
            SELECT access.protect('{self.schema}.said', 'household', 'member');"""

    def index(self) -> str:
        return f"""
            CREATE INDEX ON {self.schema}.visit (household, made_on);
            CREATE INDEX ON {self.schema}.visit (member, made_on);
            CREATE INDEX ON {self.schema}.visit (unit, made_on);"""

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        return () if isinstance(fact.body, ErasureExecuted) else (fact.body.visit,)

    async def load(self, connection: Connection, facts: Sequence[Recorded[Any]]) -> None:
        await self._erasing.load(connection, self.schema, facts)
        wanted = {visit for r in facts if type(r.fact.body) is not VisitRecorded for visit in self.entities(r.fact)}
        if wanted:
            rows = await connection.fetch(
                f"""SELECT visit, bool_or(known_to = $2) AS believed FROM {self.schema}.visit
                    WHERE visit = ANY($1::uuid[]) GROUP BY visit""",  # noqa: S608
                wanted,
                UNKNOWN_YET,
            )
            self._known = {row["visit"]: row["believed"] for row in rows}

    def fold(self, recorded: Recorded[Any]) -> None:
        body = recorded.fact.body
        if type(body) is VisitRecorded:
            self._opened[body.visit] = _row(recorded)
            return
        if isinstance(body, ErasureExecuted):
            return
        if body.visit not in self._opened and body.visit not in self._known:
            raise CannotApply("visit_unknown")
        match body:
            case VisitCorrected():
                self._close(body.visit, recorded.position)
                self._opened[body.visit] = _row(recorded)
            case VisitRetracted():
                self._close(body.visit, recorded.position)
            case VisitAttested() | VisitDisputed():
                note = body.note if isinstance(body, VisitDisputed) else None
                agrees = isinstance(body, VisitAttested)
                where = (body.visit, body.household, recorded.fact.unit, body.member)
                self._said.append((*where, agrees, note, recorded.position))

    def _close(self, visit: UUID, position: int) -> None:
        """Ends what is believed of the visit. A second report that takes it back finds nothing to end."""
        opened = self._opened.pop(visit, None)
        if opened is not None:
            opened[-1] = position
            self._finished.append(opened)
        elif self._known[visit]:
            self._closed.append((visit, position))
        self._known[visit] = False

    async def write(self, connection: Connection) -> None:
        if self._closed:
            await connection.execute(
                f"""UPDATE {self.schema}.visit v SET known_to = c.position
                    FROM unnest($1::uuid[], $2::bigint[]) c (visit, position)
                    WHERE v.visit = c.visit AND v.known_to = {UNKNOWN_YET}""",  # noqa: S608
                [visit for visit, _ in self._closed],
                [position for _, position in self._closed],
            )
        for table, columns, rows in (
            ("visit", COLUMNS, [*self._finished, *self._opened.values()]),
            ("said", SAID, self._said),
        ):
            if rows:
                await insert(connection, self.schema, table, columns, rows)
        await self._erasing.write(connection, self.schema)
        self._begin_batch()


def _row(recorded: Recorded[Any]) -> Row:
    fact, body = recorded.fact, recorded.fact.body
    return [
        body.visit,
        body.household,
        fact.unit,
        body.member,
        fact.effective,
        fact.instant,
        body.purpose.value,
        [topic.value for topic in body.topics],
        [outcome.value for outcome in body.outcomes],
        body.note,
        fact.source.value,
        fact.performed_by,
        fact.written_at,
        recorded.position,
        UNKNOWN_YET,
    ]


class Visit(msgspec.Struct, frozen=True):
    """One visit as believed at the position asked about. `known_from` is the position of its current form."""

    visit: UUID
    household: UUID
    unit: UUID
    member: UUID
    made_on: date
    made_at: datetime
    purpose: str
    topics: list[str]
    outcomes: list[str]
    note: str | None
    source: str
    performed_by: UUID | None
    written_at: datetime | None
    known_from: int


FIELDS = ", ".join(Visit.__struct_fields__)


async def of_household(connection: Connection, household: UUID, since: date, until: date, known_at: int) -> list[Visit]:
    """Visits to the household from `since`, up to and without `until`, as known at the position; newest first."""
    rows = await connection.fetch(
        f"""SELECT {FIELDS} FROM visits_v1.visit WHERE household = $1 AND made_on >= $2 AND made_on < $3
            AND known_from <= $4 AND $4 < known_to ORDER BY made_at DESC, visit""",  # noqa: S608
        household,
        since,
        until,
        known_at,
    )
    return [Visit(*row) for row in rows]


async def first_recorded(connection: Connection, visits: Sequence[UUID]) -> dict[UUID, int]:
    """The position at which each visit was first recorded, before any correction."""
    rows = await connection.fetch(
        "SELECT visit, min(known_from) FROM visits_v1.visit WHERE visit = ANY($1::uuid[]) GROUP BY visit", visits
    )
    return {row[0]: row[1] for row in rows}


async def last_visits(
    connection: Connection, households: Sequence[UUID], as_of: date, known_at: int
) -> dict[UUID, date]:
    """The day of the last visit to each of the households up to the day, as known at the position; none, no entry."""
    rows = await connection.fetch(
        """SELECT h.household, v.made_on FROM unnest($1::uuid[]) h (household) CROSS JOIN LATERAL (
               SELECT made_on FROM visits_v1.visit WHERE household = h.household AND made_on <= $2
               AND known_from <= $3 AND $3 < known_to ORDER BY made_on DESC LIMIT 1) v""",
        households,
        as_of,
        known_at,
    )
    return {row[0]: row[1] for row in rows}
