"""The mandates of inspection teams: who may look into what, from which day to which, and by which documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.envelope import Fact, Recorded
from events.facts.inspections import FACTS
from projections.bitemporal import UNKNOWN_YET, Row, Table, at
from projections.database import Connection
from projections.projection import StateProjection
from projections.states.inspections import Mandate, MandateStep, apply_mandate
from projections.states.timeline import Span

# Listed from its first day on, in force up to and without the day `ends`. `steps` is JSON.
MANDATE = Table(
    "mandate",
    ("mandate",),
    {
        "unit": "uuid NOT NULL",
        "team": "uuid[] NOT NULL",
        "cases": "uuid[] NOT NULL",
        "units": "uuid[] NOT NULL",
        "until": "date NOT NULL",
        "ends": "date NOT NULL",
        "ended": "date",
        "reason": "text",
        "steps": "text NOT NULL",
    },
)


class Inspections(StateProjection[Mandate]):
    """Table `mandate`. Seen by the team, and at and above the committee that gave it, but for whom one of its cases is
    about: see `access.protect_mandates`. What the team sees follows from it (`access.mandated_units`,
    `access.mandated_cases`)."""

    name = "inspections"
    version = 1
    handles = frozenset(FACTS)
    tables = (MANDATE,)
    state_type = Mandate

    def create(self) -> str:
        return f"{super().create()}SELECT access.protect_mandates('{self.schema}.mandate');"

    def index(self) -> str:
        return f"CREATE INDEX ON {self.schema}.mandate USING gin (team) WHERE known_to = {UNKNOWN_YET};"

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        return (fact.body.mandate,)

    def change(self, states: Mapping[UUID, Mandate], recorded: Recorded[Any]) -> Mapping[UUID, Mandate]:
        mandate = recorded.fact.body.mandate
        return {mandate: apply_mandate(states.get(mandate), recorded.fact)}

    def rows(self, state: Mandate) -> Iterator[tuple[Table, Row]]:
        yield (
            MANDATE,
            (
                state.mandate,
                state.first,
                FOREVER,
                state.unit,
                state.team,
                state.cases,
                state.units,
                state.until,
                state.span.until,
                state.ended,
                state.reason.value if state.reason else None,
                msgspec.json.encode(state.steps).decode(),
            ),
        )


class MandateView(msgspec.Struct, frozen=True):
    """One mandate as known at the position: in force from `first`, up to and without the day `ends`."""

    mandate: UUID
    first: date
    unit: UUID
    team: tuple[UUID, ...]
    cases: tuple[UUID, ...]
    units: tuple[UUID, ...]
    until: date
    ends: date
    ended: date | None
    reason: str | None
    steps: tuple[MandateStep, ...]


_COLUMNS = ", ".join(name for name in MANDATE.names if name not in ("valid_to", "known_from", "known_to"))
_KNOWN = f"SELECT {_COLUMNS} FROM inspections_v1.mandate WHERE known_from <= $1 AND $1 < known_to AND "  # noqa: S608


async def of_unit(
    connection: Connection, unit: UUID, as_of: date, known_at: int, only_in_force: bool, limit: int
) -> Sequence[MandateView]:
    """Mandates that committees at or below the unit in today's tree gave; those that begin last come first. Where it is
    wanted, only those in force on the day."""
    query = f"""{_KNOWN} unit IN (SELECT descendant FROM organisation_v1.closure
                    WHERE ancestor = $2 AND {at("current_date", str(UNKNOWN_YET - 1))})
                AND (NOT $3 OR valid_from <= $4 AND $4 < ends)
                ORDER BY valid_from DESC, mandate LIMIT $5"""  # noqa: S608
    rows = await connection.fetch(query, known_at, unit, only_in_force, as_of, limit)
    return [_view(row) for row in rows]


async def of_person(connection: Connection, person: UUID, known_at: int) -> Sequence[MandateView]:
    """Mandates of teams that the person is in; those that begin last come first."""
    query = f"{_KNOWN} team @> ARRAY[$2::uuid] ORDER BY valid_from DESC, mandate"
    return [_view(row) for row in await connection.fetch(query, known_at, person)]


async def one(connection: Connection, mandate: UUID, known_at: int) -> MandateView | None:
    """The mandate; None where there is none, or the caller may not know of it."""
    row = await connection.fetchrow(f"{_KNOWN} mandate = $2", known_at, mandate)
    return None if row is None else _view(row)


async def spans(connection: Connection, person: UUID) -> list[Span]:
    """The days on which the person's mandates hold, as known now."""
    query = f"""SELECT valid_from, ends FROM inspections_v1.mandate
                WHERE team @> ARRAY[$1::uuid] AND known_to = {UNKNOWN_YET}"""  # noqa: S608
    return [Span(*row) for row in await connection.fetch(query, person)]


def _view(row: Any) -> MandateView:
    values = dict(row)
    values["steps"] = msgspec.json.decode(values["steps"], type=tuple[MandateStep, ...])
    for name in ("team", "cases", "units"):
        values[name] = tuple(values[name])
    mandate, first, *rest = values.values()
    return MandateView(mandate, first, *rest)
