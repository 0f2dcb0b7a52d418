"""Random histories of households, searched at random days and positions, against going through all that was told."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

import pytest

from services.names.folding import folded
from tests.services.names.place import CELLS, COMMUNE, PROVINCE, START, Place
from tests.services.names.test_at_hand import read

FAMILIES = ("Nguyễn", "NGUYỄN", "Lò", "Đỗ", "Do", "Vừ")
MIDDLES = ("Văn", "Thị", "Đức")
GIVEN = ("An", "Ân", "Ánh", "Đào", "Dao", "Bưởi")
PARTS = ("nguyen", "Nguyễn", "an", "ÂN", "đ", "do", "dao", "thi", "n v", "lo van", "buoi", "vắng")
DAYS = [START + timedelta(days=30 * number) for number in range(12)]


class Step(NamedTuple):
    """From the position on it is known that the household is in the cell from the day on; None: it is none any more."""

    position: int
    household: UUID
    day: date
    unit: UUID | None


class Told:
    """What was told, and what therefore must be found."""

    def __init__(self) -> None:
        self.heads: dict[UUID, str] = {}
        self.steps: list[Step] = []
        self.erased: set[UUID] = set()

    def unit(self, household: UUID, day: date, known_at: int) -> UUID | None:
        """Its cell on the day: what was told last about the latest day up to it."""
        known = [s for s in self.steps if s.household == household and s.position <= known_at and s.day <= day]
        return max(known, key=lambda step: (step.day, step.position)).unit if known else None

    def expected(self, part: str, units: set[UUID], day: date, known_at: int) -> list[UUID]:
        found = [
            (folded(head), household)
            for household, head in self.heads.items()
            if household not in self.erased
            and folded(part) in folded(head)
            and self.unit(household, day, known_at) in units
        ]
        return [household for _, household in sorted(found)]


async def happens(place: Place, told: Told, chance: Random) -> None:
    """Something of what can happen to households."""
    what = chance.choice((*["registered"] * 4, "moved", "moved", "dissolved", "erased"))
    day, unit = chance.choice(DAYS), chance.choice(CELLS)
    if what == "registered":
        head = " ".join(map(chance.choice, (FAMILIES, MIDDLES, GIVEN)))
        household = await place.registered(head, unit, day)
        told.heads[household] = head
        told.steps.append(Step(place.archive.head, household, day, unit))
        return
    standing = sorted(told.heads.keys() - told.erased)
    if not standing:
        return
    household = chance.choice(standing)
    if what == "moved":
        told.steps.append(Step(await place.moved(household, unit, day), household, day, unit))
    elif what == "dissolved":
        told.steps.append(Step(await place.dissolved(household, day), household, day, None))
    elif chance.random() < 0.5:
        await place.erasure(household)
        await place.keys.destroy([household])
        told.erased.add(household)


async def pages(place: Place, part: str, **asked: object) -> list[UUID]:
    """All pages, one after another."""
    found: list[UUID] = []
    after = None
    while True:
        page = await place.search(part, after=after, limit=3, **asked)
        found += [line.household for line in page.households]
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_found_is_what_was_told(place: Place, seed: int) -> None:
    chance, told = Random(seed), Told()
    await read(place)
    compared = 0
    for _ in range(6):
        for _ in range(8):
            await happens(place, told, chance)
        await place.project()
        for _ in range(8):
            part, unit = chance.choice(PARTS), chance.choice((PROVINCE, COMMUNE, *CELLS))
            day = chance.choice((*DAYS, *DAYS[6:])) + timedelta(days=chance.randrange(-1, 2))
            known_at = chance.choice((place.archive.head, chance.randrange(4, place.archive.head + 1)))
            units = {unit} if unit in CELLS else set(CELLS)
            if len(folded(part)) < 2:
                continue
            expected = told.expected(part, units, day, known_at)
            compared += len(expected)
            found = await pages(place, part, unit=unit, as_of=day, known_at=known_at)
            assert found == expected, (part, unit, day, known_at)
    assert compared > 20
