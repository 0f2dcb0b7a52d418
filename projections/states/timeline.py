"""Valid time: half-open spans of days, and claims that hold from a day until another one takes over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

import msgspec

from events.calendar import FOREVER

T = TypeVar("T")
A = TypeVar("A")
E = TypeVar("E")


class CannotApply(Exception):
    """The fact does not fit what went before it; `code` says why. Its entities wait in quarantine."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Claim(msgspec.Struct, Generic[T], frozen=True, array_like=True):
    """`value` holds from `since`, up to and without `until`, unless a claim with a later `since` covers the day."""

    since: date
    value: T
    until: date = FOREVER


class Span(msgspec.Struct, frozen=True, array_like=True):
    """Days from `since`, up to and without `until`."""

    since: date
    until: date = FOREVER

    def holds(self, day: date) -> bool:
        return self.since <= day < self.until


def with_claim(claims: tuple[Claim[T], ...], claim: Claim[T]) -> tuple[Claim[T], ...]:
    """The claims in order of their days; of two for the same day the one recorded later comes later (and wins)."""
    index = len(claims)
    while index and claims[index - 1].since > claim.since:
        index -= 1
    return (*claims[:index], claim, *claims[index:])


def value_at(claims: Sequence[Claim[T]], day: date) -> T | None:
    """What holds on the day: the latest claim that covers it; None where none does."""
    for claim in reversed(claims):
        if claim.since <= day < claim.until:
            return claim.value
    return None


def boundaries(claims: Iterable[Claim[T]]) -> set[date]:
    """Days on which the value may change."""
    days: set[date] = set()
    for claim in claims:
        days.add(claim.since)
        if claim.until != FOREVER:
            days.add(claim.until)
    return days


def spans(days: Iterable[date]) -> list[Span]:
    """Consecutive spans between the days, the last one open; none where there is no day."""
    return [Span(since, until) for since, until in pairwise([*sorted(days), FOREVER])]


def united(found: Iterable[Span]) -> list[Span]:
    """The days of all the spans, each day once: in order, neighbours joined, empty spans left out."""
    joined: list[Span] = []
    for span in sorted((span for span in found if span.since < span.until), key=lambda span: span.since):
        if joined and span.since <= joined[-1].until:
            joined[-1] = Span(joined[-1].since, max(span.until, joined[-1].until))
        else:
            joined.append(span)
    return joined


def together(
    first: Sequence[Claim[A | None]], second: Sequence[Claim[T]], otherwise: E
) -> Iterator[tuple[date, date, A, T | E]]:
    """What both say, span by span (since, until, value, other value), wherever the first holds something.

    Where the second holds nothing, `otherwise` does. Equal neighbours are one span.
    """
    open_span: tuple[date, date, A, T | E] | None = None
    for span in spans(boundaries(first) | boundaries(second)):
        value, said = value_at(first, span.since), value_at(second, span.since)
        other = otherwise if said is None else said
        if open_span and open_span[1] == span.since and open_span[2:] == (value, other):
            open_span = (open_span[0], span.until, *open_span[2:])
            continue
        if open_span:
            yield open_span
        open_span = None if value is None else (span.since, span.until, value, other)
    if open_span:
        yield open_span
