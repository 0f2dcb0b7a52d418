"""Lists of cases for offices and inspection teams: found, overdue, without a receiver, counted, and how long held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from events.calendar import day_after, local_date
from projections.registers import grievances, organisation
from projections.registers.grievances import CaseView, Filters
from projections.registers.grievances.lists import After
from services.queries.naming import Named, Names, look_up
from services.queries.session import CannotAnswer, Session

PARTS = 3
"""Of `next`: the day by which the list is ordered, the case, and the position as known at which it was read."""


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """A case on the day.

    `unit` is where it stands, `now` who acts for that since it ended (what it has gone into, or the nearest unit above
    a dissolved one), `number` its number in that unit's book, or in that of what went into it. `due` is the earliest
    last day of its clocks, `statutory_due` that of the law's; `over` by how many calendar days the first has passed.
    `reason` says why nobody can work on it, where nobody can.
    """

    grievance: UUID
    kind: str | None
    topic: str
    way: str
    stage: str
    outcome: str | None
    unit: Named
    now: Named | None
    level: str
    number: str | None
    handler: Named | None
    household: Named | None
    member: Named | None
    received: date
    since: date
    due: date | None
    statutory_due: date | None
    over: int
    reopened: int
    contested: int
    reason: str | None = None


class Cases(msgspec.Struct, frozen=True):
    """A page of cases. `next` is what the next page is asked for with: the place, and as known at which position."""

    unit: UUID
    as_of: date
    known_at: int
    cases: list[CaseLine]
    next: str | None


class HolderLine(msgspec.Struct, frozen=True):
    """Open cases at a unit, and how many of them are overdue by any clock, by the law's; taken up again; contested.
    `now` is who acts for the unit since it ended."""

    unit: Named
    now: Named | None
    level: str
    open: int
    overdue: int
    overdue_statutory: int
    reopened: int
    contested: int


class Holders(msgspec.Struct, frozen=True):
    """Open cases by the unit where they stand; the most overdue first."""

    unit: UUID
    as_of: date
    known_at: int
    holders: list[HolderLine]


class HandlerLine(msgspec.Struct, frozen=True):
    """What a person handles in a unit. `now` is who acts for the unit since it ended."""

    handler: Named
    unit: Named
    now: Named | None
    open: int
    overdue: int


class Handlers(msgspec.Struct, frozen=True):
    """Open cases by who handles them; the most overdue first."""

    unit: UUID
    as_of: date
    known_at: int
    handlers: list[HandlerLine]


class HoldingLine(msgspec.Struct, frozen=True):
    """For how many days cases of the kind stood at the unit: the middle one, and what nine of ten do not exceed."""

    unit: Named
    kind: str | None
    cases: int
    median_days: float
    ninetieth_days: float


class HoldingTimes(msgspec.Struct, frozen=True):
    """Holding times of cases that left a unit from `since` to `until` (included)."""

    unit: UUID
    as_of: date
    known_at: int
    since: date
    until: date
    times: list[HoldingLine]


class ReceiptLine(msgspec.Struct, frozen=True):
    """A denunciation that was handed to the competent body, with its number there. It leads nowhere."""

    receipt: UUID
    received: date
    handed_to: Named
    number: str


class Receipts(msgspec.Struct, frozen=True):
    """Receipts of denunciations; for inspection alone."""

    as_of: date
    known_at: int
    receipts: list[ReceiptLine]


async def search(session: Session, unit: UUID, filters: Filters, after: str | None, limit: int) -> Cases:
    """Cases that stand or are seen at or below the unit. Raises `CannotAnswer`."""
    await session.must_be_in_scope(unit)
    found = await grievances.search(
        session.connection, unit, session.as_of, session.known_at, filters, _place(after), limit
    )
    return await _cases(session, unit, found, limit, "received")


async def overdue(
    session: Session, unit: UUID, level: str | None, holder: UUID | None, after: str | None, limit: int
) -> Cases:
    """Open cases of which a clock has run out; the longest overdue first. Raises `CannotAnswer`."""
    await session.must_be_in_scope(unit)
    found = await grievances.overdue(
        session.connection, unit, session.as_of, session.known_at, _place(after), limit, level, holder
    )
    return await _cases(session, unit, found, limit, "due")


async def unroutable(session: Session, unit: UUID, after: str | None, limit: int) -> Cases:
    """Open cases that nobody can work on, and why. Raises `CannotAnswer`."""
    await session.must_be_in_scope(unit)
    found = await grievances.unroutable(session.connection, unit, session.as_of, session.known_at, _place(after), limit)
    page = await _cases(session, unit, [one.case for one in found], limit, "received")
    lines = [msgspec.structs.replace(line, reason=one.reason) for line, one in zip(page.cases, found, strict=True)]
    return msgspec.structs.replace(page, cases=lines)


async def holders(session: Session, unit: UUID) -> Holders:
    """Open cases by holder. Raises `CannotAnswer` (not_found)."""
    await session.must_be_in_scope(unit)
    found = await grievances.totals(session.connection, unit, session.as_of, session.known_at)
    units = {line.unit for line in found}
    heirs = await organisation.heirs(session.connection, list(units), session.as_of, session.known_at)
    names = await look_up(session, units=units | set(heirs.values()))
    lines = [
        HolderLine(
            names.unit(line.unit, session.as_of),
            _now(line.unit, heirs, names, session.as_of),
            line.level,
            line.open,
            line.overdue,
            line.overdue_statutory,
            line.reopened,
            line.contested,
        )
        for line in found
    ]
    return Holders(unit, session.as_of, session.known_at, lines)


async def handlers(session: Session, unit: UUID) -> Handlers:
    """Open cases by handler. Raises `CannotAnswer` (not_found)."""
    await session.must_be_in_scope(unit)
    found = await grievances.handlers(session.connection, unit, session.as_of, session.known_at)
    units = {line.unit for line in found}
    heirs = await organisation.heirs(session.connection, list(units), session.as_of, session.known_at)
    names = await look_up(session, units=units | set(heirs.values()), persons={line.handler for line in found})
    lines = [
        HandlerLine(
            names.person(line.handler),
            names.unit(line.unit, session.as_of),
            _now(line.unit, heirs, names, session.as_of),
            line.open,
            line.overdue,
        )
        for line in found
    ]
    return Handlers(unit, session.as_of, session.known_at, lines)


async def holding_times(session: Session, unit: UUID, since: date, until: date) -> HoldingTimes:
    """How long cases were held, by unit and kind. Raises `CannotAnswer` (not_found, invalid_parameter)."""
    if since > until:
        raise CannotAnswer("invalid_parameter", field="from")
    await session.must_be_in_scope(unit)
    found = await grievances.holding_times(
        session.connection, unit, since, day_after(until), session.as_of, session.known_at
    )
    names = await look_up(session, units={line.unit for line in found})
    lines = [
        HoldingLine(
            names.unit(line.unit, session.as_of),
            line.kind,
            line.count,
            round(line.median.total_seconds() / 86_400, 1),
            round(line.ninetieth.total_seconds() / 86_400, 1),
        )
        for line in found
    ]
    return HoldingTimes(unit, session.as_of, session.known_at, since, until, lines)


async def receipts(session: Session) -> Receipts:
    """Receipts of denunciations."""
    found = await grievances.receipts(session.connection)
    names = await look_up(session, units={receipt.handed_to for receipt in found})
    lines = [ReceiptLine(r.receipt, r.received, names.unit(r.handed_to, r.received), r.number) for r in found]
    return Receipts(session.as_of, session.known_at, lines)


def known_at_of(after: str | None) -> str | None:
    """The position as known at which the page before was, so that the pages of a list are of one list."""
    parts = (after or "").split("_")
    known_at = parts[-1] if len(parts) == PARTS else ""
    return known_at if known_at.isascii() and known_at.isdecimal() else None


def _place(after: str | None) -> After | None:
    """Where a page begins, from `next` of the page before. Raises `CannotAnswer` (invalid_parameter)."""
    if after is None:
        return None
    parts = after.split("_")
    if len(parts) != PARTS or known_at_of(after) is None:
        raise CannotAnswer("invalid_parameter", field="after")
    try:
        return date.fromisoformat(parts[0]), UUID(parts[1])
    except ValueError:
        raise CannotAnswer("invalid_parameter", field="after") from None


async def _cases(session: Session, unit: UUID, found: Sequence[CaseView], limit: int, order: str) -> Cases:
    session.seen.grievances.update(case.grievance for case in found)
    units = {case.unit for case in found}
    heirs = await organisation.heirs(session.connection, list(units), session.as_of, session.known_at)
    names = await look_up(
        session,
        units=units | set(heirs.values()),
        persons={person for case in found for person in (case.handler, case.member) if person is not None},
        households={case.household for case in found if case.household is not None},
    )
    following = None
    if len(found) >= limit:
        last: date = getattr(found[-1], order)
        following = f"{last.isoformat()}_{found[-1].grievance}_{session.known_at}"
    lines = [_line(case, heirs, names, session.as_of) for case in found]
    return Cases(unit, session.as_of, session.known_at, lines, following)


def _now(unit: UUID, heirs: Mapping[UUID, UUID], names: Names, day: date) -> Named | None:
    """Who acts for the unit, where it has ended."""
    return names.unit(heirs[unit], day) if unit in heirs else None


def _line(case: CaseView, heirs: Mapping[UUID, UUID], names: Names, day: date) -> CaseLine:
    return CaseLine(
        grievance=case.grievance,
        kind=case.kind,
        topic=case.topic,
        way=case.way,
        stage=case.stage,
        outcome=case.outcome,
        unit=names.unit(case.unit, day),
        now=_now(case.unit, heirs, names, day),
        level=case.level,
        number=None if case.number is None else f"{case.number}/{case.year}",
        handler=None if case.handler is None else names.person(case.handler),
        household=None if case.household is None else names.household(case.household),
        member=None if case.member is None else names.person(case.member),
        received=case.received,
        since=local_date(case.since),
        due=case.due,
        statutory_due=case.statutory_due,
        over=max(0, (day - case.due).days) if case.due is not None else 0,
        reopened=case.reopened,
        contested=case.contested,
    )
