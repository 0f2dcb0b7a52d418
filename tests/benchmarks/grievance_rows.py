"""Grievances at the scale of a province, as rows of an archive: most of them settled, and many open at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any
from uuid import UUID

from events.calendar import VIETNAM, local_date
from events.catalogue import boundary, stored
from events.envelope import Fact
from events.facts.grievances import (
    AnswerDelivered,
    AnswerOutcome,
    ClosingReason,
    DeliveryChannel,
    EscalationReason,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceBooked,
    GrievanceClosed,
    GrievanceEscalated,
    GrievanceKind,
    GrievanceRaised,
    GrievanceTopic,
    HandlerAssigned,
    InterimReplied,
    KindDetermined,
    Person,
    Way,
)
from events.facts.organisation import OfficeAppointed, OfficeKind
from events.facts.values import Actor, Body, Source
from projections.archive.follower import leaf_hash
from services.demo.identifiers import uuid7_from_bits
from services.demo.kon_tum import generate
from services.demo.kon_tum.shape import Cell, communes, household_id, person_id
from tests.benchmarks.history import Row

OPEN = 50_000
"""Cases that are open at the end, in the whole province."""

SETTLED_A_YEAR = 30_000
LONG = 20
"""Cases with `TRACED` facts each: the first ones raised."""

ABOUT = 25
"""Every so many-th case is about the secretary of a cell, and stands at the commune from the first."""

TRACED = 60
LAST = date(2022, 12, 31)
TEXT = "s1:" + "A" * 300

Step = tuple[Body, UUID]
"""What happened, at which unit."""


def case_id(number: int) -> UUID:
    """The case with that number, in the order in which they are raised."""
    return uuid7_from_bits(1_600_000_000_000 + number, number)


def rows(years: int, scale: float, position: int) -> Iterator[Row]:
    """So many years of grievances up to the end of 2022, after the position; day by day, the cases intermingled."""
    province = generate(scale)
    chance = Random(years)
    villages = [cell for cell in province.cells if cell.households]
    above = {commune.number: commune.id for commune in communes(province.figures)}
    started = _beginnings(years, scale, chance)
    first = datetime.combine(started[0][0], time(6), VIETNAM)
    for cell in province.cells:
        appointed = OfficeAppointed(unit=cell.id, office=OfficeKind.SECRETARY, person=_secretary(cell))
        yield _row(appointed, cell.id, first, position := position + 1)
    waiting: list[tuple[datetime, int, int]] = []
    stories: dict[int, list[Step]] = {}
    for number, (day, is_open) in enumerate(started):
        at = datetime.combine(day, time(8), VIETNAM) + timedelta(minutes=number % 500)
        while waiting and waiting[0][0] <= at:
            yield from _next(waiting, stories, chance, position := position + 1)
        cell = chance.choice(villages)
        story = list(_story(number, cell, above[cell.commune], day, chance))
        stories[number] = story[: chance.randrange(1, 8)] if is_open and number >= LONG else story
        heappush(waiting, (at, number, 0))
    while waiting:
        yield from _next(waiting, stories, chance, position := position + 1)


def _beginnings(years: int, scale: float, chance: Random) -> list[tuple[date, bool]]:
    """The day on which each case is raised, and whether it is open at the end, in order."""
    long = [(LAST.replace(month=1, day=2), False)] * LONG
    open_ = [(LAST - timedelta(chance.randrange(5, 300)), True) for _ in range(round(OPEN * scale))]
    settled = [
        (LAST - timedelta(chance.randrange(120, 365 * years)), False)
        for _ in range(round(SETTLED_A_YEAR * scale) * years)
    ]
    return [*long, *sorted(open_ + settled)]


def _next(
    waiting: list[tuple[datetime, int, int]], stories: dict[int, list[Step]], chance: Random, position: int
) -> Iterator[Row]:
    at, number, index = heappop(waiting)
    body, unit = stories[number][index]
    yield _row(body, unit, at, position)
    if index + 1 < len(stories[number]):
        later = timedelta(days=1 if number < LONG else chance.randrange(1, 12), minutes=7)
        heappush(waiting, (at + later, number, index + 1))
    else:
        del stories[number]


def _story(number: int, cell: Cell, commune: UUID, day: date, chance: Random) -> Iterator[Step]:
    """From the household's word over the commune to the end."""
    key = case_id(number)
    member = person_id(cell.first_member)
    is_about = number >= LONG and number % ABOUT == 0
    lowest = commune if is_about else cell.id
    yield (
        GrievanceRaised(
            grievance=key,
            way=Way.MEMBER,
            visible=lowest,
            received=day,
            topic=chance.choice(list(GrievanceTopic)),
            text=TEXT,
            holder=lowest,
            household=household_id(cell.first_household + number % cell.households),
            member=member,
            about=(Person(person=_secretary(cell), above=commune),) if is_about else (),
        ),
        lowest,
    )
    if not is_about:
        reason = EscalationReason.BEYOND_COMPETENCE
        yield GrievanceEscalated(grievance=key, sender=cell.id, reason=reason, to=commune), cell.id
    yield GrievanceBooked(grievance=key, holder=commune, year=day.year, number=number + 1), commune
    yield KindDetermined(grievance=key, kind=chance.choice(list(GrievanceKind))), commune
    yield GrievanceAccepted(grievance=key, holder=commune), commune
    yield HandlerAssigned(grievance=key, holder=commune, person=person_id(cell.first_member % 500)), commune
    for _ in range(TRACED - 9 if number < LONG else 1):
        yield InterimReplied(grievance=key, holder=commune, text=TEXT), commune
    yield GrievanceAnswered(grievance=key, holder=commune, outcome=AnswerOutcome.RESOLVED, text=TEXT), commune
    yield AnswerDelivered(grievance=key, channel=DeliveryChannel.IN_PERSON), commune
    yield GrievanceClosed(grievance=key, reason=ClosingReason.ACCEPTED_BY_HOUSEHOLD), commune


def _secretary(cell: Cell) -> UUID:
    return person_id(cell.first_member + cell.members - 1)


def _row(body: Body, unit: UUID, at: datetime, position: int) -> Row:
    milliseconds = int(at.timestamp() * 1000)
    fact: Fact[Any] = Fact(
        type=body.TYPE,
        id=uuid7_from_bits(milliseconds, position),
        unit=unit,
        effective=local_date(at),
        instant=at,
        actor=Actor(role="commune_office", unit=unit, office="secretary"),
        client="bench",
        source=Source.WEB,
        digest="AAAAAAAAAAAAAAAAAAAAAA",
        body=body,
    )
    data = stored(fact)
    return position, milliseconds * 1_000_000, boundary(body), body.TYPE, fact.id, b"", data, leaf_hash(data)
