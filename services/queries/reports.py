"""What is asked about monthly reports: how many were due, came, are missing, were late and concluded; and which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Literal
from uuid import UUID

import msgspec

from events.facts.organisation import UnitKind
from projections.registers import coverage, meetings, organisation
from projections.registers.meetings import Delivery, ReportCounts, months_between
from projections.registers.organisation import UnitView
from services.queries.naming import Named, look_up
from services.queries.session import CannotAnswer, Session
from services.queries.units import must_be_known

Column = Literal["due", "delivered", "missing", "beside", "late", "concluded", "waiting"]

COLUMNS: tuple[Column, ...] = ("due", "delivered", "missing", "beside", "late", "concluded", "waiting")
MOST_MONTHS = 24
LAST_YEAR = 2100
"""The last of which a cell has a calendar (`events.facts.grievances.Year`)."""
SCANNED_AT_ONCE = 1000
EVERYTHING = 100_000
"""More members' months than a cell has in any range that may be asked for."""


class ReportRow(msgspec.Struct, frozen=True):
    """The counts of a unit directly below. `visible` is false where it has left the caller's scope since the day: its
    counts are not told."""

    unit: UUID
    name: str | None
    kind: str | None
    cell_kind: str | None
    counts: ReportCounts
    visible: bool


class MemberRow(msgspec.Struct, frozen=True):
    """The counts of one member."""

    member: Named
    counts: ReportCounts


class ReportTable(msgspec.Struct, frozen=True):
    """Members' months from `month` up to and with `until`, as of the day: of a cell with a row for each member, of any
    other unit with a row for each unit directly below.

    A report is due of who is assigned in his cell on the day on which it meets by its calendar, from that day on. Of
    these, `delivered` came and `missing` did not. `beside` came of who owed none, or before the day; `late`, of all
    that came, those after the first meeting held in the month, or after the calendar's day where none was held.
    `incomplete` meetings and reports are not counted, because a fact about them could not be applied; `hidden` units
    stood there on the day and are out of the caller's scope today. `lists` has the address of the list behind each
    number, and of those that wait for a conclusion.
    """

    unit: UUID
    as_of: date
    known_at: int
    month: date
    until: date
    name: str | None
    counts: ReportCounts
    rows: list[ReportRow]
    members: list[MemberRow]
    incomplete: int
    hidden: int
    lists: dict[str, str]


class MembersMonth(msgspec.Struct, frozen=True):
    """A member's month in a cell. Delivered on the day of its first report (None: not yet); `concluded` where nothing
    of it waits."""

    member: Named
    unit: Named
    month: date
    delivered_on: date | None
    late: bool
    concluded: bool


class MembersMonths(msgspec.Struct, frozen=True):
    """A page of members' months. `next` is the member after whom the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    month: date
    until: date
    months: list[MembersMonth]
    next: UUID | None


Found = tuple[UUID, UUID, date, Delivery | None]
"""Member, cell, month, and what was delivered."""


def months_asked(session: Session, month: date | None, until: date | None) -> list[date]:
    """The months from the one to the other; that of the day, if none is given. Raises `CannotAnswer`."""
    first = month or until or session.as_of.replace(day=1)
    last = until or first
    if first.day != 1:
        raise CannotAnswer("invalid_parameter", field="month")
    if last.day != 1 or last < first or last.year > LAST_YEAR:
        raise CannotAnswer("invalid_parameter", field="until")
    months = months_between(first, last)
    if len(months) > MOST_MONTHS:
        raise CannotAnswer("invalid_parameter", field="until")
    return months


async def table(session: Session, unit: UUID, months: Sequence[date]) -> ReportTable:
    """The counts of the unit. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    summary = await meetings.counts(session.connection, unit, months, day, known_at)
    ids = [unit, *(part.unit for part in summary.parts)]
    units = {view.unit: view for view in await organisation.units(session.connection, ids, day, known_at)}
    own = units[unit]
    is_cell = own.kind == UnitKind.CELL.value
    rows = [_row(part, units.get(part.unit)) for part in summary.parts if not is_cell]
    range_ = f"month={months[0]}&until={months[-1]}&as_of={day}&known_at={known_at}"
    return ReportTable(
        unit=unit,
        as_of=day,
        known_at=known_at,
        month=months[0],
        until=months[-1],
        name=own.name,
        counts=summary.counts,
        rows=rows,
        members=await _member_rows(session, unit, months) if is_cell else [],
        incomplete=summary.incomplete,
        hidden=summary.hidden,
        lists={name: f"/v1/units/{unit}/reports/members?column={name}&{range_}" for name in COLUMNS},
    )


def _row(part: meetings.Part, view: UnitView | None) -> ReportRow:
    if view is None:
        return ReportRow(part.unit, None, None, None, part.counts, part.visible)
    return ReportRow(part.unit, view.name, view.kind, view.cell_kind, part.counts, part.visible)


async def _member_rows(session: Session, unit: UUID, months: Sequence[date]) -> list[MemberRow]:
    due, _ = await _due(session, unit, months, None, EVERYTHING)
    came, _ = await _delivered(session, unit, months, "came", None, EVERYTHING)
    owed = {(member, cell, month) for member, cell, month, _ in due}
    counts: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    for member, _, _, delivery in due:
        counts[member] += Counter({"due": 1, "missing" if delivery is None else "delivered": 1})
    for member, cell, month, delivery in came:
        assert delivery is not None
        beside = (member, cell, month) not in owed
        counts[member] += Counter(beside=beside, late=delivery.late, concluded=delivery.concluded)
    names = await look_up(session, persons=counts)
    return [MemberRow(names.person(member), ReportCounts(**numbers)) for member, numbers in sorted(counts.items())]


async def listed(
    session: Session, unit: UUID, months: Sequence[date], column: Column, after: UUID | None, limit: int
) -> MembersMonths:
    """What the column counts, by member. A member is on a page with all of his months. Raises `CannotAnswer`."""
    await must_be_known(session, unit)
    if column in ("due", "missing"):
        found, following = await _due(session, unit, months, after, limit, missing=column == "missing")
    else:
        found, following = await _delivered(session, unit, months, column, after, limit)
    names = await look_up(session, persons={member for member, *_ in found}, units={unit for _, unit, *_ in found})
    lines = [
        MembersMonth(
            member=names.person(member),
            unit=names.unit(cell, month),
            month=month,
            delivered_on=delivery.since if delivery else None,
            late=delivery is not None and delivery.late,
            concluded=delivery is not None and delivery.concluded,
        )
        for member, cell, month, delivery in found
    ]
    day, known_at = session.as_of, session.known_at
    return MembersMonths(unit, day, known_at, months[0], months[-1], lines, following)


async def _due(
    session: Session, unit: UUID, months: Sequence[date], after: UUID | None, limit: int, missing: bool = False
) -> tuple[list[Found], UUID | None]:
    """What was due, or of that what is missing; and the last member, where there may be more."""
    connection, known_at = session.connection, session.known_at
    days = await meetings.planned(connection, unit, months, session.as_of, known_at)
    found: list[Found] = []
    while True:
        page = await coverage.assigned_to_anything(
            connection, days, known_at, after=after, limit=max(limit, SCANNED_AT_ONCE) if missing else limit
        )
        people = list(dict.fromkeys(one.person for one in page))
        delivered = await meetings.deliveries_of(connection, people, months, session.as_of, known_at)
        known = {(one.member, one.unit, one.month): one for one in delivered}
        for person, own in groupby(page, key=lambda one: one.person):
            owed = [(person, one.unit, one.day.replace(day=1)) for one in own]
            found += sorted((*key, known.get(key)) for key in owed if not (missing and key in known))
            if len(found) >= limit:
                return found, person
        if not page or not missing:
            return found, None
        after = people[-1]


async def _delivered(
    session: Session, unit: UUID, months: Sequence[date], column: str, after: UUID | None, limit: int
) -> tuple[list[Found], UUID | None]:
    day, known_at = session.as_of, session.known_at
    page = await meetings.deliveries(session.connection, unit, months, day, known_at, column, after, limit)
    found: Iterable[Found] = ((one.member, one.unit, one.month, one) for one in page)
    ordered = sorted(found, key=lambda line: line[:3])
    return ordered, page[-1].member if len(page) >= limit else None
