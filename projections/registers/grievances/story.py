"""A case as its facts tell it, in the order in which they happened: after the last one, or all anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec

from events.envelope import Fact, Recorded
from projections.registers.grievances.ledger import Identity, Rows, identities
from projections.states.grievances import EVENTS, NOTES, Case, apply_case
from projections.states.timeline import CannotApply

Say = Callable[[Case], Rows]
"""What a case says in the tables."""


class Entry(msgspec.Struct, frozen=True):
    """A case; when it turned last, and when the last thing happened to it; by what each of its rows is known."""

    case: Case
    turned: datetime
    last: datetime
    identities: tuple[Identity, ...]


class Told(msgspec.Struct, frozen=True):
    """The case before and after a fact that happened at the instant, with its rows; `before` is None at its start."""

    before: Entry | None
    entry: Entry
    at: datetime


def told(before: Entry | None, fact: Fact[Any], position: int, say: Say, first: int = 0) -> Told:
    """The case after one more fact, which is none of the past. New rows are numbered from `first`. Pure.

    Raises `CannotApply`.
    """
    case = apply_case(before.case if before else None, fact)
    at = happened(before, fact)
    old = say(before.case) if before else ()
    known = identities(old, before.identities if before else (), say(case), position, first)
    turned = before.turned if before and is_note(fact) else at
    return Told(before, Entry(case, turned, at, known), at)


def anew(facts: Iterable[Recorded[Any]], position: int, say: Say) -> Iterator[Told]:
    """The whole story, by facts in the order of the log, as known from the position on. Raises `CannotApply`."""
    turned: datetime | None = None
    placed: list[tuple[datetime, int, Fact[Any]]] = []
    for recorded in facts:
        at = instant(recorded.fact) if turned is None else max(instant(recorded.fact), placed[0][0])
        if not is_note(recorded.fact):
            at = turned = at if turned is None else max(at, turned)
        placed.append((at, recorded.position, recorded.fact))
    entry, first = None, 0
    for at, _, fact in sorted(placed, key=lambda each: each[:2]):
        step = told(entry, fact, position, say, first)
        entry = msgspec.structs.replace(step.entry, last=at, turned=turned)
        first = max((first, *(number + 1 for known, number in entry.identities if known == position)))
        yield Told(step.before, entry, at)


def happened(before: Entry | None, fact: Fact[Any]) -> datetime:
    """The instant as of which the fact counts. Raises `CannotApply`."""
    at = instant(fact)
    if before is None:
        return at
    return max(at, before.case.moments[0].at if is_note(fact) else before.turned)


def is_past(before: Entry | None, fact: Fact[Any]) -> bool:
    """Whether later things are known of the case already."""
    return before is not None and happened(before, fact) < before.last


def is_note(fact: Fact[Any]) -> bool:
    """Whether the fact turns nothing."""
    return EVENTS.get(type(fact.body)) in NOTES


def instant(fact: Fact[Any]) -> datetime:
    """When it happened, as it says. Raises `CannotApply`."""
    if fact.instant is None:
        raise CannotApply("no_instant")
    return fact.instant
