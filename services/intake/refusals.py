"""The lasting status of submitted items: what was recorded is in the archive, what was refused is kept here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import VIETNAM
from events.catalogue import decode
from events.envelope import Fact
from events.identifiers import derived
from projections.archive import reader
from projections.database import Connection, Pool
from projections.trails import history
from services.decisions.asking import Asker
from services.intake.results import Refusal

INSERT = """INSERT INTO intake.refusal (item, client, person, unit, type, digest, code, parameters)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                                 $8::jsonb[])"""

LATEST = """SELECT DISTINCT ON (item) item, code, parameters, refused_at FROM intake.refusal
            WHERE item = ANY($1::uuid[])
              AND (unit = ANY($2::uuid[])
                   OR (client = $3 AND person IS NOT DISTINCT FROM $4 AND (person IS NOT NULL OR unit = $5)))
            ORDER BY item, refusal DESC"""


class Status(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a submitted item. `outcome` is recorded, refused, or unknown: nothing was kept, send it again."""

    id: UUID
    outcome: str
    position: int | None = None
    code: str | None = None
    parameters: dict[str, Any] | None = None
    refused_at: datetime | None = None


async def keep(pool: Pool, refused: Sequence[tuple[Asker, Refusal, str | None, str]]) -> None:
    """Keeps why items were refused: (asker, refusal, type, digest) for each."""
    await pool.execute(
        INSERT,
        [refusal.id for _, refusal, _, _ in refused],
        [asker.client for asker, _, _, _ in refused],
        [asker.person for asker, _, _, _ in refused],
        [asker.unit for asker, _, _, _ in refused],
        [kind[:100] if kind else None for _, _, kind, _ in refused],
        [digest for _, _, _, digest in refused],
        [refusal.code for _, refusal, _, _ in refused],
        [msgspec.json.encode(refusal.parameters).decode() for _, refusal, _, _ in refused],
    )


async def statuses(
    connection: Connection, asker: Asker, items: Sequence[UUID], audit: Connection | None = None
) -> list[Status]:
    """The status of each item, for its sender; what others sent is unknown to the asker.

    `audit` is an auditor's own session in the registers: he is told also of what he sees there, and of what was refused
    to somebody of a unit in his scope.
    """
    by_fact = {fact: item for item in items for fact in (item, derived(item, 0))}
    found: dict[UUID, Status] = {}
    known = await reader.known(connection, list(by_fact))
    seen = await history.seen_of(audit, [position for position, *_ in known.values()]) if audit else set()
    for fact_id, (position, _, kind, data) in known.items():
        if position in seen or _sent(asker, decode(kind, data)):
            found[by_fact[fact_id]] = Status(by_fact[fact_id], "recorded", position)
    units = [row[0] for row in await audit.fetch("SELECT access.scope()")] if audit else []
    rows = await connection.fetch(LATEST, list(items), units, asker.client, asker.person, asker.unit)
    for item, code, parameters, at in rows:
        if item not in found:
            found[item] = Status(item, "refused", None, code, msgspec.json.decode(parameters), at.astimezone(VIETNAM))
    return [found.get(item, Status(item, "unknown")) for item in items]


def _sent(asker: Asker, fact: Fact[Any]) -> bool:
    """Whether he sent it: the same person by the same program, or the same unit's program without a person."""
    same_unit = asker.person is not None or asker.unit == fact.actor.unit
    return asker.client == fact.client and asker.person == fact.actor.person and same_unit
