"""The evidence that decisions rest on, gathered for intake."""

from __future__ import annotations

from collections.abc import Iterable

from events.facts.evaluations import Evidence
from projections.database import Connection
from services.decisions.command import EvidenceOf


async def gathered(connection: Connection, asked: Iterable[EvidenceOf], position: int) -> dict[EvidenceOf, Evidence]:
    """On what each rests, as far as recorded up to the position."""
    raise NotImplementedError
