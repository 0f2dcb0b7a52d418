"""What left the hierarchy: a table of figures, released once for a month and kept as it was."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID, uuid5

import msgspec

from events.facts.values import Body

Month = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]
"""A month as ISO 8601 writes it: 2026-10."""

TableName = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$", max_length=60)]

_SERIES = UUID("7a5b2c52-6f1e-5c6b-9a50-5d4a1c3f7e11")


class PublicationReleased(Body, frozen=True, kw_only=True):
    """The table was released for the month. `content` are the exact bytes that everybody gets, as text, and `digest`
    their SHA-256 in hexadecimal; counted on the month's last day, as known at the log position `counted_at`."""

    TYPE = "publication.publication_released.v1"
    BOUNDARY = ("publication", "series")

    series: UUID
    unit: UUID
    table: TableName
    month: Month
    counted_at: Annotated[int, msgspec.Meta(ge=0)]
    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    content: Annotated[str, msgspec.Meta(min_length=2)]


def series_id(table: str) -> UUID:
    """The one series of releases of a table, month after month."""
    return uuid5(_SERIES, table)


FACTS: tuple[type[Body], ...] = (PublicationReleased,)
