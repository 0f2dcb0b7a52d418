"""Whose dossier is seen by whom: his own cell of today and those above it, himself, and nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from events.facts.assignments import HouseholdAssigned
from events.facts.households import HouseholdRegistered
from events.facts.members import (
    LeavingReason,
    MemberAdmitted,
    MemberLeft,
    MemberStatus,
    MemberTransferred,
    ResidenceIntroduced,
)
from events.facts.organisation import UnitFounded, UnitKind
from events.facts.visits import Purpose, VisitRecorded
from projections.evidence import reading
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from projections.trails.trails import Trails
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.evidence.test_reading import deciding

PROVINCE, OLD, NEW, HOME, MEMBER, HOUSEHOLD = (UUID(int=(9 << 64) + number) for number in range(6))
BEGINNING, MOVED = date(2021, 1, 1), date(2021, 7, 1)
YEAR = 2021


async def told(archive: ArchiveOf, *more: Any) -> None:
    """The member holds a household of the old cell, visits it in spring, and then `more` happens."""
    story = [fact(UnitFounded(unit=PROVINCE, kind=UnitKind.PROVINCE, name="Tỉnh"), BEGINNING, PROVINCE)]
    for cell in (OLD, NEW, HOME):
        founded = UnitFounded(unit=cell, kind=UnitKind.CELL, name="Bản", parent=PROVINCE)
        story.append(fact(founded, BEGINNING, PROVINCE))
    for body, day in (
        (MemberAdmitted(person=MEMBER, unit=OLD, status=MemberStatus.ACTIVE), BEGINNING),
        (HouseholdRegistered(household=HOUSEHOLD, unit=OLD, head="s1:"), BEGINNING),
        (HouseholdAssigned(assignment=uuid4(), household=HOUSEHOLD, member=MEMBER), BEGINNING),
        (VisitRecorded(visit=uuid4(), household=HOUSEHOLD, member=MEMBER, purpose=Purpose.REGULAR), date(2021, 4, 1)),
    ):
        story.append(fact(body, day, OLD))
    await archive.record(*story, *(fact(body, MOVED, NEW) for body in more))
    await archive.project([Organisation, Members, Trails])


async def visits_seen(archive: ArchiveOf, unit: UUID | None = None, person: UUID | None = None) -> int | None:
    """How many visits the dossier shows; None where the caller sees no dossier."""
    async with archive.asking(unit, person) as connection:
        found = await reading.dossiers_seen(connection, [(MEMBER, YEAR)], archive.head)
    return found[MEMBER, YEAR].dossier.visits.made.value if found else None


async def test_todays_cell_sees_the_whole_year_and_the_former_one_nothing(archive: ArchiveOf) -> None:
    await told(archive, MemberTransferred(person=MEMBER, unit=NEW, former_unit=OLD))
    assert await visits_seen(archive, NEW) == 1
    assert await visits_seen(archive, PROVINCE) == 1
    assert await visits_seen(archive, person=MEMBER) == 1
    assert await visits_seen(archive, OLD) is None
    assert await visits_seen(archive, person=uuid4()) is None
    assert await visits_seen(archive) is None


async def test_the_cell_of_his_residence_does_not_see_his_dossier(archive: ArchiveOf) -> None:
    await told(archive, ResidenceIntroduced(person=MEMBER, unit=HOME))
    assert await visits_seen(archive, OLD) == 1
    assert await visits_seen(archive, HOME) is None


async def test_of_one_who_left_the_last_cell_sees_it(archive: ArchiveOf) -> None:
    await told(archive, MemberLeft(person=MEMBER, unit=OLD, reason=LeavingReason.DIED))
    assert await visits_seen(archive, OLD) == 1
    assert await visits_seen(archive, NEW) is None


async def test_the_way_past_all_rights_is_for_deciding_alone(archive: ArchiveOf) -> None:
    await told(archive)
    for query in (
        "SELECT * FROM access.bearing(ARRAY[]::uuid[], ARRAY[2021], 1)",
        "SELECT * FROM access.bearing_on_units(ARRAY[]::uuid[], 1)",
    ):
        async with archive.asking(PROVINCE) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch(query)
        async with deciding(archive) as connection:
            assert await connection.fetch(query) == []
