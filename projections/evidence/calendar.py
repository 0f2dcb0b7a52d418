"""The days of a year as the bits of a number, so that each day counts once however many spans hold it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from projections.states.timeline import Claim, boundaries, spans, value_at

Days = int
"""Bit n is the n-th day of the year, from 0."""

EPOCH = date(1970, 1, 1).toordinal()


class Calendar:
    """The days of a year that are counted: up to and with `last`, none where that lies before the year.

    `months` are those of which every day is counted.
    """

    def __init__(self, year: int, known: date) -> None:
        self.year = year
        self.last = min(known, date(year, 12, 31))
        self._first = date(year, 1, 1).toordinal()
        self._size = max(self.last.toordinal() - self._first + 1, 0)
        ends = [date(year, month, monthrange(year, month)[1]) for month in range(1, 13)]
        self.months = [self.days(end.replace(day=1), end + timedelta(1)) for end in ends if end <= self.last]

    def days(self, since: date, until: date) -> Days:
        """The days from `since`, up to and without `until`, that are counted."""
        begin, end = max(since.toordinal() - self._first, 0), min(until.toordinal() - self._first, self._size)
        return ((1 << (end - begin)) - 1) << begin if begin < end else 0

    def day(self, day: date) -> Days:
        """The day alone; none where it is not counted."""
        number = day.toordinal() - self._first
        return 1 << number if 0 <= number < self._size else 0

    def nearest(self, day: date) -> Days:
        """The day, or the one nearest to it that is counted."""
        number = day.toordinal() - self._first
        return 1 << min(max(number, 0), self._size - 1) if self._size else 0

    def ends(self, days: Days) -> tuple[date | None, date | None]:
        """The first of the days, and the day after the last one: None where that is not counted any more."""
        if not days:
            return None, None
        first, after = (days & -days).bit_length() - 1, days.bit_length()
        until = None if after == self._size else date.fromordinal(self._first + after)
        return date.fromordinal(self._first + first), until

    def with_value(self, claims: Iterable[Claim[Any]]) -> Days:
        """The days on which the claims give a value other than None."""
        known, found = tuple(claims), 0
        for span in spans(boundaries(known)):
            if value_at(known, span.since) is not None:
                found |= self.days(span.since, span.until)
        return found


@lru_cache(1000)
def calendar(year: int, known: date) -> Calendar:
    """The year as far as it can be counted on the day `known`."""
    return Calendar(year, known)


def recorded_on(recorded_ns: int) -> date:
    """The day in Viet Nam on which that was recorded (nanoseconds since 1970, UTC)."""
    return date.fromordinal(_ordinal(recorded_ns))


def days_until_recorded(day: date, recorded_ns: int) -> int:
    """How many days after `day` that was recorded."""
    return _ordinal(recorded_ns) - day.toordinal()


def _ordinal(recorded_ns: int) -> int:
    return EPOCH + (recorded_ns // 1_000_000_000 + 7 * 3600) // 86_400
