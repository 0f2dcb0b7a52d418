"""What was released of each table, month by month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.publications import PublicationReleased
from projections.states.timeline import CannotApply


class Publication(msgspec.Struct, frozen=True):
    """A table as released for a month. `content` are its bytes, as text; counted at the log position `counted_at`."""

    month: str
    unit: UUID
    counted_at: int
    content: str
    released: date


class Series(msgspec.Struct, frozen=True):
    """All releases of a table, in the order in which they were made."""

    series: UUID
    releases: tuple[Publication, ...] = ()

    def of(self, month: str) -> Publication | None:
        """The one release of the month."""
        return next((release for release in self.releases if release.month == month), None)


def apply_series(known: Series | None, fact: Fact[Any]) -> Series:
    """The series after the fact. Raises `CannotApply`."""
    body, before = fact.body, known or Series(fact.body.series)
    if not isinstance(body, PublicationReleased) or before.of(body.month) is not None:
        raise CannotApply("not_a_release")
    made = Publication(body.month, body.unit, body.counted_at, body.content, fact.effective)
    return msgspec.structs.replace(before, releases=(*before.releases, made))


def last_day(month: str) -> date:
    """The day on which a month is counted."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, monthrange(year, number)[1])
