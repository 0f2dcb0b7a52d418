"""What ended by itself because its time was over: no fact says so on the day, an earlier one had said until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    GroupAssigned,
    HouseholdAssigned,
)
from events.facts.members import MemberAdmitted, MemberLeft, MemberStatusChanged
from events.facts.organisation import OfficeActing, OfficeAppointed, OfficeReleased
from projections.trails.history import Entry


class Expiry(msgspec.Struct, frozen=True):
    """Something that no longer held from `day`, as the fact of the entry had said."""

    day: date
    entry: Entry


def expiries(entries: Iterable[Entry]) -> list[Expiry]:
    """What expired, by the facts in log order; what was ended, changed or taken back before then is left out."""
    every = list(entries)
    found = [*_assignments(every), *_statuses(every), *_acting(every)]
    return sorted(found, key=lambda expiry: (expiry.day, expiry.entry.position))


def _assignments(entries: list[Entry]) -> Iterator[Expiry]:
    standing: dict[UUID, Expiry | None] = {}
    for entry in entries:
        body = entry.fact.body
        if isinstance(body, HouseholdAssigned | GroupAssigned | AssignmentCorrected):
            standing[body.assignment] = None if body.until is None else Expiry(body.until, entry)
        elif isinstance(body, AssignmentEnded | AssignmentRetracted):
            standing[body.assignment] = None
    return (expiry for expiry in standing.values() if expiry is not None)


def _statuses(entries: list[Entry]) -> Iterator[Expiry]:
    # Whatever changes the membership while the status lasts takes its place, and is told itself.
    changes = [e for e in entries if isinstance(e.fact.body, MemberStatusChanged | MemberAdmitted | MemberLeft)]
    for entry in changes:
        body = entry.fact.body
        if isinstance(body, MemberStatusChanged) and body.until is not None:
            others = (e.fact for e in changes if e is not entry and e.fact.body.person == body.person)
            if not any(_comes_between(entry.fact, other, body.until) for other in others):
                yield Expiry(body.until, entry)


def _acting(entries: list[Entry]) -> Iterator[Expiry]:
    offices = [e for e in entries if isinstance(e.fact.body, OfficeActing | OfficeAppointed | OfficeReleased)]
    for entry in offices:
        body = entry.fact.body
        if isinstance(body, OfficeActing) and body.until is not None:
            same = (body.unit, body.office, body.person)
            others = (
                e.fact
                for e in offices
                if e is not entry and (e.fact.body.unit, e.fact.body.office, e.fact.body.person) == same
            )
            if not any(_comes_between(entry.fact, other, body.until) for other in others):
                yield Expiry(body.until, entry)


def _comes_between(first: Fact[Any], other: Fact[Any], until: date) -> bool:
    return first.effective <= other.effective <= until
