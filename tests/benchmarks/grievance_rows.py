"""Grievances at the scale of a province, as rows of an archive: most of them settled, and many open at the end.

The texts of the long cases are sealed with real keys, those of the others only look like it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.calendar import VIETNAM, local_date
from events.catalogue import boundary, stored
from events.envelope import Fact
from events.facts.organisation import OfficeAppointed, OfficeKind
from events.facts.values import Actor, Body, Source
from events.sealing import PREFIX, seal_body
from projections.archive.follower import leaf_hash
from services.demo.identifiers import uuid7_from_bits
from services.demo.kon_tum import generate
from services.demo.kon_tum.province import FOUNDED
from services.demo.kon_tum.shape import PROVINCE, communes, person_id
from tests.benchmarks.grievance_stories import Place, Step, long, ordinary
from tests.benchmarks.history import Row

OPEN = 50_000
"""Cases that are open at the end, in the whole province."""

SETTLED_A_YEAR = 30_000
LONG = 20
"""Long cases: the first ones."""

VACANT = 50
"""Of so many units one has no secretary."""

LAST = date(2022, 12, 31)
UNREADABLE = PREFIX + "A" * 240
"""Of the length of a sealed text; nothing is in it."""


def case_id(number: int) -> UUID:
    """The case with that number."""
    return uuid7_from_bits(1_600_000_000_000 + number, number)


def rows(years: int, scale: float, position: int, keys: Mapping[UUID, AESGCM]) -> Iterator[Row]:
    """So many years of grievances up to the end of 2022, after the position; day by day, the cases intermingled. `keys`
    are those of the long cases."""
    province = generate(scale)
    chance = Random(years)
    above = {commune.number: commune for commune in communes(province.figures)}
    places = [
        Place(cell, above[cell.commune].id, above[cell.commune].district) for cell in province.cells if cell.households
    ]
    waiting: list[tuple[datetime, int, int]] = []
    stories: dict[int, list[Step]] = {}
    for number, (day, is_open) in enumerate(_beginnings(years, scale, chance)):
        at = datetime.combine(day, time(8), VIETNAM) + timedelta(minutes=number % 500)
        while waiting and waiting[0][0] <= at:
            position += 1
            yield _next(waiting, stories, chance, position, keys)
        tell = long if number < LONG else ordinary
        story = list(tell(case_id(number), number, chance.choice(places), day, chance))
        stories[number] = story[: chance.randrange(1, 8)] if is_open else story
        heappush(waiting, (at, number, 0))
    while waiting:
        position += 1
        yield _next(waiting, stories, chance, position, keys)


def offices(scale: float, position: int) -> Iterator[Row]:
    """A secretary for nearly every unit, recorded after the position: before, every office is vacant."""
    province = generate(scale)
    heads = {commune.id: person_id(commune.number) for commune in communes(province.figures)}
    heads |= {cell.id: person_id(cell.first_member) for cell in province.cells}
    for number, (unit, person) in enumerate(heads.items(), 1):
        if number % VACANT:
            position += 1
            body = OfficeAppointed(unit=unit, office=OfficeKind.SECRETARY, person=person)
            actor = Actor(role="system", unit=PROVINCE)
            yield _row(body, unit, datetime.combine(LAST, time(23), VIETNAM), actor, position, since=FOUNDED)


def _beginnings(years: int, scale: float, chance: Random) -> list[tuple[date, bool]]:
    """The day on which each case is raised, and whether it is open at the end; the long ones first."""
    long_ones = [(LAST.replace(month=1, day=2), False)] * LONG
    open_ = [(LAST - timedelta(chance.randrange(5, 300)), True) for _ in range(round(OPEN * scale))]
    settled = [
        (LAST - timedelta(chance.randrange(120, 365 * years)), False)
        for _ in range(round(SETTLED_A_YEAR * scale) * years)
    ]
    return [*long_ones, *sorted(open_ + settled)]


def _next(
    waiting: list[tuple[datetime, int, int]],
    stories: dict[int, list[Step]],
    chance: Random,
    position: int,
    keys: Mapping[UUID, AESGCM],
) -> Row:
    at, number, index = heappop(waiting)
    body, unit, person = stories[number][index]
    if index + 1 < len(stories[number]):
        later = timedelta(days=1 if number < LONG else chance.randrange(1, 12), minutes=7)
        heappush(waiting, (at + later, number, index + 1))
    else:
        del stories[number]
    actor = Actor(role="commune_office", unit=unit, person=person, office="secretary")
    return _row(seal_body(body, keys.__getitem__) if number < LONG else _as_if_sealed(body), unit, at, actor, position)


def _as_if_sealed(body: Body) -> Body:
    sealed = {field: UNREADABLE for field in body.SEALED if getattr(body, field) is not None}
    return msgspec.structs.replace(body, **sealed) if sealed else body


def _row(body: Body, unit: UUID, at: datetime, actor: Actor, position: int, since: date | None = None) -> Row:
    """Of an act at the instant, or of what has been so `since` a day and was recorded at it."""
    milliseconds = int(at.timestamp() * 1000)
    fact: Fact[Any] = Fact(
        type=body.TYPE,
        id=uuid7_from_bits(milliseconds, position),
        unit=unit,
        effective=since or local_date(at),
        instant=None if since else at,
        actor=actor,
        client="bench",
        source=Source.WEB,
        digest="AAAAAAAAAAAAAAAAAAAAAA",
        body=body,
    )
    data = stored(fact)
    return position, milliseconds * 1_000_000, boundary(body), body.TYPE, fact.id, b"", data, leaf_hash(data)
