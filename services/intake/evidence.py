"""The evidence that decisions rest on, gathered for intake."""

from __future__ import annotations

from collections.abc import Collection

from events.facts.evaluations import Evidence
from projections.database import Connection
from projections.evidence import reading
from services.decisions.view import EvidenceOf


async def gathered(connection: Connection, asked: Collection[EvidenceOf], position: int) -> dict[EvidenceOf, Evidence]:
    """On what each rests, as far as recorded up to the position, to which the registers have come."""
    members = sorted({(of.member, of.year) for of in asked if of.member is not None})
    units = sorted({(of.unit, of.year) for of in asked if of.member is None})
    of_members = await reading.of_members(connection, members, position)
    of_units = await reading.of_units(connection, units, position)
    return {of: of_units[of.unit, of.year] if of.member is None else of_members[of.member, of.year] for of in asked}
