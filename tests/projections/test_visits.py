"""Visits as the register has them, when reports about one visit meet."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from events.calendar import VIETNAM
from events.envelope import Fact
from events.facts.assignments import RetractionReason
from events.facts.organisation import UnitFounded, UnitKind
from events.facts.visits import Purpose, VisitAttested, VisitCorrected, VisitRecorded, VisitRetracted
from projections.registers import REGISTERS, visits
from tests.projections.archive_of import ArchiveOf, fact

PROVINCE, CELL, HOUSEHOLD, MEMBER = uuid4(), uuid4(), uuid4(), uuid4()
DAY = date(2022, 3, 5)
ALL = (date(2022, 1, 1), date(2023, 1, 1))


def about(visit: UUID, kind: Any, **fields: Any) -> Fact[Any]:
    body = kind(visit=visit, household=HOUSEHOLD, member=MEMBER, **fields)
    return msgspec.structs.replace(fact(body, DAY, CELL), instant=datetime(2022, 3, 5, 8, tzinfo=VIETNAM))


def recorded(visit: UUID) -> Fact[Any]:
    return about(visit, VisitRecorded, purpose=Purpose.REGULAR)


def retracted(visit: UUID) -> Fact[Any]:
    return about(visit, VisitRetracted, reason=RetractionReason.ENTERED_TWICE)


def corrected(visit: UUID) -> Fact[Any]:
    return about(visit, VisitCorrected, purpose=Purpose.SUPPORT)


async def seen(archive: ArchiveOf, *facts: Fact[Any], chunk: int) -> list[list[str]]:
    """The purposes of the visits as known after each of the facts; folded so many at a time."""
    founded = [
        fact(UnitFounded(unit=PROVINCE, kind=UnitKind.PROVINCE, name="Tỉnh"), DAY, PROVINCE),
        fact(UnitFounded(unit=CELL, kind=UnitKind.CELL, name="Bản", parent=PROVINCE), DAY, PROVINCE),
    ]
    await archive.record(*founded, *facts)
    await archive.project(REGISTERS, chunk=chunk)
    assert await archive.fetch("SELECT * FROM projection.quarantine") == []
    found = []
    async with archive.asking(PROVINCE) as connection:
        for position in range(len(founded) + 1, archive.head + 1):
            known = await visits.of_household(connection, HOUSEHOLD, *ALL, position)
            found.append([visit.purpose for visit in known])
    return found


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_visit_taken_back_twice_is_taken_back(archive: ArchiveOf, chunk: int) -> None:
    visit = uuid4()
    facts = (recorded(visit), retracted(visit), retracted(visit))
    assert await seen(archive, *facts, chunk=chunk) == [["regular"], [], []]


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_visit_taken_back_and_then_corrected_is_there_as_corrected(archive: ArchiveOf, chunk: int) -> None:
    visit = uuid4()
    facts = (recorded(visit), retracted(visit), corrected(visit), retracted(visit), corrected(visit))
    assert await seen(archive, *facts, chunk=chunk) == [["regular"], [], ["support"], [], ["support"]]


@pytest.mark.parametrize("chunk", [1, 100])
async def test_what_a_household_says_of_a_visit_taken_back_is_kept(archive: ArchiveOf, chunk: int) -> None:
    visit = uuid4()
    facts = (recorded(visit), retracted(visit), about(visit, VisitAttested))
    assert await seen(archive, *facts, chunk=chunk) == [["regular"], [], []]
    assert [row["agrees"] for row in await archive.fetch("SELECT agrees FROM visits_v1.said")] == [True]
