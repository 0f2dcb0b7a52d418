"""Sets of days as spans in order that neither overlap nor touch, and several changing values read side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from events.calendar import FOREVER
from projections.states.timeline import Claim, Span, boundaries, united, value_at

Days = tuple[Span, ...]
Changes = list[tuple[date, Any]]
"""A value from each day on, in order of the days; of two for one day the later one counts."""


def union(parts: Iterable[Span]) -> Days:
    """The days that are in any of the spans."""
    found = [span for span in parts if span.since < span.until]
    return tuple(found) if len(found) < 2 else tuple(united(found))


def within(span: Span, days: Iterable[Span]) -> list[Span]:
    """Those of the days that are in the span."""
    found = []
    for part in days:
        if span.since <= part.since and part.until <= span.until:
            found.append(part)
        elif part.since <= span.since and span.until <= part.until:
            found.append(span)
        elif part.since < span.until and span.since < part.until:
            found.append(Span(max(span.since, part.since), min(span.until, part.until)))
    return found


def set_days(claims: Sequence[Claim[Any]]) -> Days:
    """The days on which open-ended claims give a value other than None."""
    if len(claims) == 1 and claims[0].value is not None:
        return (Span(claims[0].since),)
    ends = [claim.since for claim in claims[1:]] + [FOREVER]
    return union(Span(claim.since, until) for claim, until in zip(claims, ends, strict=True) if claim.value is not None)


def values(claims: Sequence[Claim[Any]]) -> Changes:
    """How the value of claims changes."""
    if all(claim.until == FOREVER for claim in claims):
        return [(claim.since, claim.value) for claim in claims]
    return [(day, value_at(claims, day)) for day in sorted(boundaries(claims))]


def flags(days: Days) -> Changes:
    """True on the days, False between them."""
    found: Changes = []
    for span in days:
        found.append((span.since, True))
        if span.until != FOREVER:
            found.append((span.until, False))
    return found


def stepped(*dimensions: Changes) -> Iterator[tuple[date, date, tuple[Any, ...]]]:
    """All values together, span by span from the first change on: None before a value's first change."""
    changes = [(day, index, value) for index, changes in enumerate(dimensions) for day, value in changes]
    changes.sort(key=itemgetter(0))
    current: list[Any] = [None] * len(dimensions)
    since, before = None, tuple(current)
    for number, (day, index, value) in enumerate(changes):
        current[index] = value
        if number + 1 < len(changes) and changes[number + 1][0] == day:
            continue
        now = tuple(current)
        if now != before:
            if since is not None:
                yield since, day, before
            since, before = day, now
    if since is not None:
        yield since, FOREVER, before
