"""The mandates of inspection teams: who may look into what, and up to which day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import day_after
from events.envelope import Fact
from events.facts.inspections import MandateEnded, MandateEnding, MandateExtended, MandateGiven
from projections.states.timeline import CannotApply, Span

ONE_DAY = timedelta(days=1)


class MandateStep(msgspec.Struct, frozen=True):
    """One fact of a mandate: who said so in which office, from which day, by which document. `until` is the last day
    that it names (None: it ends), `reason` why it ends."""

    type: str
    day: date
    person: UUID | None
    office: str | None
    document: str | None
    issued_on: date | None
    until: date | None = None
    reason: str | None = None


class Mandate(msgspec.Struct, frozen=True):
    """A mandate that the committee of `unit` gave the team: for the cases, and for all that stands at or below the
    units. It is in force from `first` up to and including `until`, or up to and without the day `ended`."""

    mandate: UUID
    unit: UUID
    team: tuple[UUID, ...]
    cases: tuple[UUID, ...]
    units: tuple[UUID, ...]
    first: date
    until: date
    ended: date | None = None
    reason: MandateEnding | None = None
    steps: tuple[MandateStep, ...] = ()

    @property
    def span(self) -> Span:
        """The days on which it is in force; none where it ended before it began."""
        end = day_after(self.until)
        return Span(self.first, end if self.ended is None else max(self.first, min(end, self.ended)))


def apply_mandate(mandate: Mandate | None, fact: Fact[Any]) -> Mandate:
    """The mandate after the fact. Raises `CannotApply`."""
    body, step = fact.body, _step(fact)
    if isinstance(body, MandateGiven):
        if mandate is not None:
            raise CannotApply("mandate_exists")
        given = body.team, body.cases, body.units
        return Mandate(body.mandate, body.unit, *given, first=fact.effective, until=body.until, steps=(step,))
    if mandate is None:
        raise CannotApply("mandate_unknown")
    after = msgspec.structs.replace(mandate, steps=(*mandate.steps, step))
    match body:
        case MandateExtended():
            return msgspec.structs.replace(after, until=body.until)
        case MandateEnded():
            return msgspec.structs.replace(after, ended=fact.effective, reason=body.reason)
    raise CannotApply("not_about_a_mandate")


def _step(fact: Fact[Any]) -> MandateStep:
    reason: MandateEnding | None = getattr(fact.body, "reason", None)
    return MandateStep(
        type=fact.type,
        day=fact.effective,
        person=fact.actor.person,
        office=fact.actor.office,
        document=None if fact.basis is None else fact.basis.number,
        issued_on=None if fact.basis is None else fact.basis.issued_on,
        until=getattr(fact.body, "until", None),
        reason=None if reason is None else reason.value,
    )


class Lacking(msgspec.Struct, frozen=True):
    """Why somebody has no mandate on a day: the `next` one begins that day; or else the `last` one held up to that day,
    its first where it was ended on that; or he never had one."""

    next: date | None
    last: date | None


def lacking(spans: Iterable[Span], day: date) -> Lacking | None:
    """None where one of the spans holds on the day."""
    begun, coming = [], []
    for span in spans:
        if span.holds(day):
            return None
        if span.since <= day:
            begun.append(max(span.since, span.until - ONE_DAY))
        elif span.since < span.until:
            coming.append(span.since)
    return Lacking(min(coming, default=None), max(begun, default=None))
