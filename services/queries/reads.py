"""Who looked: the read log, asked by auditors, and by those whom it is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from events.calendar import FOREVER, VIETNAM
from projections.registers import grievances, households, organisation
from services.decisions.asking import Role
from services.queries.members import must_be_known, stands_below
from services.queries.naming import Named, Names, look_up
from services.queries.reads_told import Known, Told, tells_of, told
from services.queries.session import CannotAnswer, Session

T = TypeVar("T")

CHUNK = 500
"""Reads looked at together."""
NEWEST = 2**63 - 1
EPOCH = date(1970, 1, 1)
"""Before any read."""

ABOUT = "SELECT * FROM reads.about($1, $2, $3, $4, $5, $6, $7)"
OPENINGS = "SELECT * FROM reads.openings($1, $2)"
OUTCOMES = "SELECT read, outcome FROM reads.review WHERE read = ANY($1::bigint[])"
BY = """SELECT read, at, role, person, office, unit, client, route, about, persons, households, grievances,
               reason, document, until, glass_broken
        FROM reads.read r
        WHERE ($1::uuid IS NULL OR person = $1) AND at >= $2 AND at < $3 AND read < $4
          AND (NOT $6 OR until IS NOT NULL
                     AND NOT EXISTS (SELECT FROM reads.review v WHERE v.read = r.read)
                     AND person IS DISTINCT FROM $7 AND ($8::uuid IS NULL OR unit <> $8))
          AND ($9::bigint IS NULL OR read = $9)
          AND ($10::uuid IS NULL OR $10 = ANY (persons) OR $10 = ANY (households))
        ORDER BY read DESC LIMIT $5"""


class ReadLine(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that told of somebody: who read it, in which role and office, for which unit, with which program; the
    question (`route`), the unit a list was asked of (`about`), why, when, until when something masked was shown, and
    whether the glass was broken for it.

    `reader` and `unit` are missing where a household followed its case by its code. `alone` tells that the answer was
    about the one asked about and no other of its kind, `opened` that a sealed part of the case was opened; both are
    null where nobody was asked about. `review` is what became of one that revealed something (`open`: nobody has looked
    at it yet), and `persons`, `households` and `grievances` are those in the answer whom the caller may know of: both
    where nobody was asked about.
    """

    read: int
    at: datetime
    role: str
    reader: Named | None
    office: str | None
    unit: Named | None
    client: str
    route: str
    about: UUID | None
    reason: str | None
    document: str | None
    until: datetime | None
    glass_broken: bool
    review: str | None
    alone: bool | None
    opened: bool | None
    persons: list[UUID]
    households: list[UUID]
    grievances: list[UUID]


class Reads(msgspec.Struct, frozen=True):
    """Reads, newest first. `next` is the read after which to go on, where there are more."""

    reads: list[ReadLine]
    next: int | None


class Outcome(Enum):
    """What the review of a read came to."""

    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


class Reviewing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the review of a read that revealed something comes to."""

    outcome: Outcome


class Reviewed(msgspec.Struct, frozen=True):
    """The read has been looked at again."""

    read: int
    outcome: Outcome


class Asked(msgspec.Struct, frozen=True):
    """Which reads: about one person, household or grievance, by a reader, in these days (both included); with
    `review` those that somebody has to look at again, and that the caller may; `read` is one of them."""

    since: date
    until: date
    person: UUID | None = None
    household: UUID | None = None
    grievance: UUID | None = None
    reader: UUID | None = None
    review: str | None = None
    read: int | None = None

    def subject(self) -> tuple[str, UUID] | None:
        """What is asked about; None: nobody in particular. Raises `CannotAnswer` (invalid_parameter) for several."""
        kinds = (("person", self.person), ("household", self.household), ("grievance", self.grievance))
        given = [(kind, id_) for kind, id_ in kinds if id_ is not None]
        if len(given) > 1:
            raise CannotAnswer("invalid_parameter", field=given[1][0])
        return given[0] if given else None


async def audited(session: Session, asked: Asked, after: int | None, limit: int) -> Reads:
    """What an auditor asks about anybody, and whoever has to look at reads again about those. Raises `CannotAnswer`
    (reads_for_auditors, and as below)."""
    if session.asker.role is not Role.AUDITOR and asked.review is None:
        raise CannotAnswer("reads_for_auditors")
    if asked.subject() is not None and asked.review is not None:
        raise CannotAnswer("invalid_parameter", field="review")
    return await found(session, asked, after, limit)


async def found(session: Session, asked: Asked, after: int | None, limit: int) -> Reads:
    """The reads: of what stands below the caller today whoever read it; of what has gone elsewhere those by his units
    alone. Raises `CannotAnswer` (invalid_parameter; not_found: the subject is unknown or out of the caller's sight)."""
    if asked.since > asked.until:
        raise CannotAnswer("invalid_parameter", field="from")
    subject = asked.subject()
    if subject is None:
        return await _by_readers(session, asked, after, limit)
    kind, id_ = subject
    if await _IS_HERE[kind](session, id_):
        return await _about(session, kind, id_, asked, after, limit)
    return await _by_readers(session, asked, after, limit)


async def _person_is_here(session: Session, person: UUID) -> bool:
    await must_be_known(session, person)
    session.seen.persons.add(person)
    return session.asker.person == person or await stands_below(session, person)


async def _household_is_here(session: Session, household: UUID) -> bool:
    connection, known_at = session.connection, session.known_at
    if not await households.contacts(connection, [household], known_at):
        raise CannotAnswer("not_found")
    session.seen.households.add(household)
    return bool(await households.households(connection, [household], session.today, known_at))


async def _case_is_here(session: Session, grievance: UUID) -> bool:
    if not await grievances.known(session.connection, [grievance]):
        raise CannotAnswer("not_found")
    session.seen.grievances.add(grievance)
    return True


_IS_HERE = {"person": _person_is_here, "household": _household_is_here, "grievance": _case_is_here}


async def reviewed(session: Session, read: int, outcome: Outcome) -> Reviewed:
    """What the review of the read comes to, before it is kept. Raises `CannotAnswer` (review_not_yours) unless it waits
    for one, and that is the caller's to make."""
    asked = Asked(EPOCH, FOREVER, review="open", read=read)
    if read > NEWEST or not (await _by_readers(session, asked, None, 1)).reads:
        raise CannotAnswer("review_not_yours")
    return Reviewed(read, outcome)


async def openings(session: Session, grievance: UUID, limit: int) -> Sequence[Any]:
    """The last reads for which a sealed part of the case was opened, as `opening_lines` takes them; the caller knows of
    the case."""
    return await session.connection.fetch(OPENINGS, grievance, limit)


def opening_lines(session: Session, rows: Sequence[Any], names: Names) -> list[ReadLine]:
    """The lines of these reads. `names` knows of their `readers`."""
    return [_line(session, row, names) for row in rows]


def readers(rows: Iterable[Any]) -> tuple[set[UUID], set[UUID]]:
    """The persons who read, and their units."""
    found = [(row["person"], row["unit"]) for row in rows]
    return {person for person, _ in found if person is not None}, {unit for _, unit in found if unit is not None}


async def _about(session: Session, kind: str, subject: UUID, asked: Asked, after: int | None, limit: int) -> Reads:
    async def fetch(before: int) -> Sequence[Any]:
        bounds = _moments(asked)
        return await session.connection.fetch(ABOUT, kind, subject, asked.reader, *bounds, before, CHUNK)

    async def choose(rows: Sequence[Any]) -> list[Any]:
        cases = await _involved(session, rows)
        return [row for row in rows if tells_of(row, subject, cases)]

    rows, more = await _collected(fetch, choose, after, limit)
    persons, units = readers(rows)
    names = await look_up(session, persons=persons, units=units)
    return _page([_line(session, row, names) for row in rows], more)


async def _by_readers(session: Session, asked: Asked, after: int | None, limit: int) -> Reads:
    subject = asked.person or asked.household

    async def fetch(before: int) -> Sequence[Any]:
        return await session.connection.fetch(
            BY,
            asked.reader,
            *_moments(asked),
            before,
            CHUNK,
            asked.review is not None,
            session.asker.person,
            None if session.asker.role is Role.AUDITOR else session.asker.unit,
            asked.read,
            subject,
        )

    async def choose(rows: Sequence[Any]) -> list[Told]:
        connection, known_at = session.connection, session.known_at
        known = Known(
            persons=set(await organisation.persons(connection, _all(rows, "persons"), known_at)),
            households=set(await households.contacts(connection, _all(rows, "households"), known_at)),
            cases=await _involved(session, rows),
        )
        found = (told(row, known) for row in rows if subject is None or tells_of(row, subject, known.cases))
        return [line for line in found if line is not None]

    lines, more = await _collected(fetch, choose, after, limit)
    persons, units = readers(line.row for line in lines)
    names = await look_up(session, persons=persons, units=units)
    outcomes = await _outcomes(session, [line.row["read"] for line in lines if line.row["until"]])
    return _page([_listed(session, line, names, outcomes) for line in lines], more)


async def _collected(
    fetch: Callable[[int], Awaitable[Sequence[Any]]],
    choose: Callable[[Sequence[Any]], Awaitable[list[T]]],
    after: int | None,
    limit: int,
) -> tuple[list[T], bool]:
    """The first of the reads before `after` that may be told, and whether there are more of them. What may not be told
    leaves no gap: an empty page that goes on would tell that something was there."""
    found: list[T] = []
    before = after or NEWEST
    while len(found) <= limit:
        rows = await fetch(before)
        found += await choose(rows)
        if len(rows) < CHUNK:
            break
        before = rows[-1]["read"]
    return found[:limit], len(found) > limit


def _page(lines: list[ReadLine], more: bool) -> Reads:
    return Reads(lines, lines[-1].read if more else None)


def _line(session: Session, row: Any, names: Names) -> ReadLine:
    """One about somebody who was asked about."""
    return ReadLine(
        read=row["read"],
        at=row["at"].astimezone(VIETNAM),
        role=row["role"],
        reader=None if row["person"] is None else names.person(row["person"]),
        office=row["office"],
        unit=None if row["unit"] is None else names.unit(row["unit"], session.as_of),
        client=row["client"],
        route=row["route"],
        about=row["about"],
        reason=row["reason"],
        document=row["document"],
        until=row["until"] and row["until"].astimezone(VIETNAM),
        glass_broken=row["glass_broken"],
        review=None,
        alone=row.get("alone"),
        opened=row.get("opened"),
        persons=[],
        households=[],
        grievances=[],
    )


def _listed(session: Session, line: Told, names: Names, outcomes: Mapping[int, str]) -> ReadLine:
    """One of the reads of somebody, with those in the answer whom the caller may know of, who are told of by that."""
    row, persons, homes, cases = line
    session.seen.persons.update(persons)
    session.seen.households.update(homes)
    session.seen.grievances.update(cases)
    review = outcomes.get(row["read"], "open") if row["until"] else None
    return msgspec.structs.replace(
        _line(session, row, names), review=review, persons=persons, households=homes, grievances=cases
    )


async def _outcomes(session: Session, reads: list[int]) -> dict[int, str]:
    """What the reviews of these reads came to, where there was one."""
    closed = await session.connection.fetch(OUTCOMES, reads) if reads else []
    return {row["read"]: row["outcome"] for row in closed}


async def _involved(session: Session, rows: Iterable[Any]) -> dict[UUID, set[UUID]]:
    """Of the cases that the rows name, those that the caller may know of, with whom each involves."""
    named = {id_ for row in rows for id_ in row["grievances"]}
    return await grievances.involved(session.connection, named) if named else {}


def _all(rows: Iterable[Any], column: str) -> list[UUID]:
    return list({id_ for row in rows for id_ in row[column]})


def _moments(asked: Asked) -> tuple[datetime, datetime]:
    """From the beginning of the first day to that of the day after the last, in Viet Nam."""
    since, last = (min(max(day, EPOCH), FOREVER - timedelta(days=1)) for day in (asked.since, asked.until))
    return datetime.combine(since, time.min, VIETNAM), datetime.combine(last + timedelta(days=1), time.min, VIETNAM)
