"""The requests to erase somebody's data: what was asked, where it stands, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.envelope import Fact, Recorded
from events.facts.erasures import FACTS, KeptRecord
from projections.bitemporal import UNKNOWN_YET, Row, Table, at
from projections.database import Connection
from projections.projection import StateProjection
from projections.states.erasures import OPEN, Erasure, Erasures, apply_erasures

# Valid from the day on which it was received. `kept` is JSON.
REQUEST = Table(
    "request",
    ("erasure",),
    {
        "subject": "uuid NOT NULL",
        "of_kind": "text NOT NULL",
        "unit": "uuid NOT NULL",
        "ground": "text NOT NULL",
        "stage": "text NOT NULL",
        "open": "boolean NOT NULL",
        "acknowledged": "date",
        "extended": "date",
        "decided": "date",
        "refusal": "text",
        "kept": "text NOT NULL",
        "ended": "date",
    },
)


class ErasureRequests(StateProjection[Erasures]):
    """Table `request`. Seen at and above the office that received it, and by the person himself: the cell sees nothing
    of it."""

    name = "erasures"
    version = 1
    handles = frozenset(FACTS)
    tables = (REQUEST,)
    state_type = Erasures

    def create(self) -> str:
        own = "subject = (SELECT access.person())"
        return f"{super().create()}SELECT access.protect('{self.schema}.request', NULL, NULL, '{own}');"

    def index(self) -> str:
        return f"CREATE INDEX ON {self.schema}.request (unit, valid_from);"

    def entities(self, fact: Fact[Any]) -> tuple[UUID, ...]:
        return (fact.body.subject,)

    def change(self, states: Mapping[UUID, Erasures], recorded: Recorded[Any]) -> Mapping[UUID, Erasures]:
        subject = recorded.fact.body.subject
        return {subject: apply_erasures(states.get(subject), recorded.fact)}

    def rows(self, state: Erasures) -> Iterator[tuple[Table, Row]]:
        for request in state.requests:
            yield REQUEST, _row(request)


def _row(request: Erasure) -> Row:
    return (
        request.erasure,
        request.received,
        FOREVER,
        request.subject,
        request.of.value,
        request.unit,
        request.ground.value,
        request.stage.value,
        request.stage in OPEN,
        request.acknowledged,
        request.extended,
        request.decided,
        request.refusal.value if request.refusal else None,
        msgspec.json.encode(request.kept).decode(),
        request.ended,
    )


class RequestView(msgspec.Struct, frozen=True):
    """One request as known at the position."""

    erasure: UUID
    received: date
    subject: UUID
    of: str
    unit: UUID
    ground: str
    stage: str
    open: bool
    acknowledged: date | None
    extended: date | None
    decided: date | None
    refusal: str | None
    kept: tuple[KeptRecord, ...]
    ended: date | None


_COLUMNS = ", ".join(name for name in REQUEST.names if name not in ("valid_to", "known_from", "known_to"))
_REQUEST = f"SELECT {_COLUMNS} FROM erasures_v1.request WHERE {at('$1', '$2')} AND "  # noqa: S608


async def of_unit(
    connection: Connection, unit: UUID, as_of: date, known_at: int, only_open: bool, limit: int
) -> Sequence[RequestView]:
    """Requests received by the day at or below the unit in today's tree; the oldest first, at most `limit`."""
    query = f"""{_REQUEST} unit IN (SELECT descendant FROM organisation_v1.closure
                    WHERE ancestor = $3 AND {at("current_date", str(UNKNOWN_YET - 1))})
                AND (open OR NOT $4) ORDER BY valid_from, erasure LIMIT $5"""  # noqa: S608
    rows = await connection.fetch(query, as_of, known_at, unit, only_open, limit)
    return [_view(row) for row in rows]


async def one(connection: Connection, erasure: UUID, as_of: date, known_at: int) -> RequestView | None:
    """The request; None where there is none, or the caller may not know of it."""
    row = await connection.fetchrow(f"{_REQUEST} erasure = $3", as_of, known_at, erasure)
    return None if row is None else _view(row)


def _view(row: Any) -> RequestView:
    values = dict(row)
    values["kept"] = msgspec.json.decode(values["kept"], type=tuple[KeptRecord, ...])
    erasure, received, subject, of, unit, *rest = values.values()
    return RequestView(erasure, received, subject, of, unit, *rest)
