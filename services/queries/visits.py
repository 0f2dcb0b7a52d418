"""What is asked about visits: those to a household with what is odd about them, and households not visited."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from events.calendar import FOREVER, VIETNAM
from projections.registers import assignments, coverage, households, members, visits
from projections.trails import history
from services.queries.history import recorded_at
from services.queries.naming import Named, look_up, unsealed
from services.queries.oddities import Oddity, oddities
from services.queries.session import CannotAnswer, Session
from services.queries.units import must_be_known

SCANNED_AT_ONCE = 2_000
SCANNED_MOST = 20_000


class VisitLine(msgspec.Struct, frozen=True):
    """A visit in its current form, first recorded at `recorded_at`. The note is None where the caller may not read it,
    there is none, or it was erased."""

    visit: UUID
    member: Named
    made_on: date
    made_at: datetime
    recorded_at: datetime
    purpose: str
    topics: list[str]
    outcomes: list[str]
    note: str | None
    unit: Named
    source: str
    performed_by: Named | None
    written_at: datetime | None
    oddities: list[Oddity]


class HouseholdVisits(msgspec.Struct, frozen=True):
    """Visits to the household from the day `since`, up to and including `until`, as known; newest first. What their
    notes said is gone where the household's data was `erased`."""

    household: UUID
    erased: bool
    known_at: int
    since: date
    until: date
    visits: list[VisitLine]


class Unvisited(msgspec.Struct, frozen=True):
    """A household without a visit in the months asked about; `last` is the day of its last one before, if any."""

    household: Named
    unit: Named
    last: date | None


class NotVisited(msgspec.Struct, frozen=True):
    """Households at or below the unit that nobody visited from `since`, up to and including the day `as_of`.

    `next` is the household after which to go on. A page may be short, or empty, and still have a `next`: only so many
    households are looked at for each.
    """

    unit: UUID
    as_of: date
    known_at: int
    since: date
    households: list[Unvisited]
    next: UUID | None


async def of_household(session: Session, household: UUID, since: date, until: date) -> HouseholdVisits:
    """The visits to the household. Raises `CannotAnswer` (not_found)."""
    if since > until:
        raise CannotAnswer("invalid_parameter", field="from")
    connection, known_at = session.connection, session.known_at
    last = min(until, FOREVER - timedelta(days=1)) + timedelta(days=1)
    found = await visits.of_household(connection, household, since, last, known_at)
    # One that was entered by mistake and taken back has no day of its own, but visits to it stay readable.
    contacts = await households.contacts(connection, [household], known_at)
    if not found and not contacts:
        raise CannotAnswer("not_found")
    positions = await visits.first_recorded(connection, [visit.visit for visit in found])
    times = await history.recorded_ns(connection, list(positions.values()))
    recorded = {visit: recorded_at(times[position]) for visit, position in positions.items()}
    places = await households.places(connection, household, known_at)
    groups = {place.group for place in places}
    held = await assignments.ever_of_targets(connection, [household, *groups], known_at)
    hidden = groups - (await households.group_names(connection, list(groups), known_at)).keys()
    absences = await members.absences(connection, list({visit.member for visit in found}), known_at)
    odd = oddities(found, recorded, held, places, absences, hidden)
    notes = await unsealed(session, [(household, "note", visit.note) for visit in found])
    names = await look_up(
        session,
        units={visit.unit for visit in found},
        persons={p for visit in found for p in (visit.member, visit.performed_by) if p is not None},
    )
    lines = [
        VisitLine(
            visit=v.visit,
            member=names.person(v.member),
            made_on=v.made_on,
            made_at=v.made_at.astimezone(VIETNAM),
            recorded_at=recorded[v.visit],
            purpose=v.purpose,
            topics=v.topics,
            outcomes=v.outcomes,
            note=note,
            unit=names.unit(v.unit, v.made_on),
            source=v.source,
            performed_by=names.person(v.performed_by) if v.performed_by is not None else None,
            written_at=v.written_at and v.written_at.astimezone(VIETNAM),
            oddities=odd[v.visit],
        )
        for v, note in zip(found, notes, strict=True)
    ]
    erased = household in contacts and contacts[household][0] is None
    return HouseholdVisits(household, erased, known_at, since, until, lines)


async def not_visited(session: Session, unit: UUID, months: int, after: UUID | None, limit: int) -> NotVisited:
    """Households that nobody visited for so many months before the day. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    connection, day, known_at = session.connection, session.as_of, session.known_at
    since = months_before(day, months)
    found: list[tuple[UUID, UUID, date | None]] = []
    reached: UUID | None = after
    for _ in range(SCANNED_MOST // SCANNED_AT_ONCE):
        lines = await coverage.households_in(connection, unit, day, known_at, "all", reached, SCANNED_AT_ONCE)
        last = await visits.last_visits(connection, [line.household for line in lines], day, known_at)
        for line in lines:
            if len(found) == limit:
                break
            reached = line.household
            on = last.get(line.household)
            if on is None or on < since:
                found.append((line.household, line.unit, on))
        if len(found) == limit:
            break
        if len(lines) < SCANNED_AT_ONCE:
            reached = None
            break
    names = await look_up(session, households=[f[0] for f in found], units={f[1] for f in found})
    page = [Unvisited(names.household(household), names.unit(cell, day), on) for household, cell, on in found]
    return NotVisited(unit, day, known_at, since, page, reached)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; where that month is shorter, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
