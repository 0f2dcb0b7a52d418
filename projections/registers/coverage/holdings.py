"""What a member holds: his assignments, those that ended long ago packed away, so that a fact costs what it touches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from projections.registers.coverage.intervals import Days, union
from projections.states.timeline import Span

LONG_AGO = 365
"""Days after its end from which an assignment may be packed: few facts reach back so far."""

MANY = 8
"""So many are worth packing."""


class Holding(msgspec.Struct, frozen=True, array_like=True):
    """An assignment as its member has it; `days` are those on which its household or group exists."""

    assignment: UUID
    target: UUID
    is_group: bool
    unit: UUID
    span: Span
    days: Days


_ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")
_DECODER = msgspec.msgpack.Decoder(tuple[Holding, ...])


class Holdings(msgspec.Struct, frozen=True, array_like=True):
    """The assignments of a member. `days` are those on which he holds anything that exists.

    `packed` are those that ended on or before `settled`, as bytes: what later facts say of later days leaves them as
    they are. `past` are the days on which he held one of them, by the cell that gave it.
    """

    recent: tuple[Holding, ...] = ()
    days: Days = ()
    settled: date = date.min
    past: tuple[tuple[UUID, Days], ...] = ()
    packed: tuple[bytes, ...] = ()

    def whole(self) -> Holdings:
        """The same with nothing packed."""
        if not self.packed:
            return self
        return Holdings((*_unpacked(self.packed), *self.recent), self.days)

    def reaching(self, day: date) -> Holdings:
        """The same, where everything that holds on the day or later is recent."""
        return self if self.settled <= day else self.whole()

    def find(self, assignment: UUID, target: UUID) -> Holding | None:
        """Among the recent."""
        key = assignment.int
        return next((h for h in self.recent if h.assignment.int == key and h.target == target), None)

    def replaced(self, old: Holding | None, new: Holding | None) -> Holdings:
        """With the new one in the place of the old one, which is recent."""
        if old is None:
            if new is None:
                return self
            days = union((*self.days, *new.days)) if new.days else self.days
            return Holdings((*self.recent, new), days, self.settled, self.past, self.packed)
        recent = tuple([h for h in self.recent if h is not old])
        if new is not None:
            recent = (*recent, new)
        if new is None or new.days != old.days:
            days = union([span for h in recent for span in h.days] + [span for _, days in self.past for span in days])
        else:
            days = self.days
        return Holdings(recent, days, self.settled, self.past, self.packed)

    def of(self, unit: UUID) -> Days:
        """The days on which he holds anything that the cell gave him and that exists."""
        given = [span for h in self.recent if h.unit == unit for span in h.days]
        return union(given + [span for giver, days in self.past if giver == unit for span in days])

    def tidied(self, day: date) -> Holdings:
        """The same with what ended long before the day packed, where that is much."""
        ended = [h for h in self.recent if (day - h.span.until).days >= LONG_AGO]
        if len(ended) < MANY:
            return self
        recent = tuple([h for h in self.recent if (day - h.span.until).days < LONG_AGO])
        settled = max(self.settled, *(h.span.until for h in ended))
        past = dict(self.past)
        for h in ended:
            past[h.unit] = union((*past.get(h.unit, ()), *h.days))
        return Holdings(recent, self.days, settled, tuple(past.items()), (*self.packed, _ENCODER.encode(ended)))

    def but(self, other: Holdings) -> list[Holding]:
        """Those that the other has not, and perhaps some that it has."""
        same = set(map(id, other.recent))
        return [*_unpacked(self._packed_but(other)), *(h for h in self.recent if id(h) not in same)]

    def after(self, day: date, other: Holdings) -> list[Holding]:
        """Those that hold after the day, without what is packed in both."""
        return [h for h in (*_unpacked(self._packed_but(other)), *self.recent) if h.span.until > day]

    def _packed_but(self, other: Holdings) -> list[bytes]:
        return [] if self.packed is other.packed else [part for part in self.packed if part not in other.packed]


def _unpacked(packed: Iterable[bytes]) -> list[Holding]:
    return [holding for part in packed for holding in _DECODER.decode(part)]
