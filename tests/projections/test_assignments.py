"""Who was responsible for what on a day, as known at a position."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from events.envelope import Fact
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    GroupAssigned,
    HouseholdAssigned,
    HouseholdNotified,
    NoticeChannel,
    PlanAdopted,
    RetractionReason,
)
from events.facts.households import GroupChanged, GroupFormed
from events.facts.organisation import CellKind, UnitFounded, UnitKind
from projections.registers import assignments
from projections.registers.assignments import Assignments, AssignmentView
from projections.registers.households import Households
from projections.registers.organisation import Organisation
from tests.projections.archive_of import ArchiveOf, fact

START, SPRING, SUMMER, AUTUMN = date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1)
COMMUNE, CELL, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
LAN, BINH, HOUSEHOLD, GROUP = UUID(int=11), UUID(int=12), UUID(int=21), UUID(int=31)


def tree() -> list[Fact[Any]]:
    def founded(unit: UUID, kind: UnitKind, parent: UUID | None) -> Fact[Any]:
        cell_kind = CellKind.VILLAGE if kind is UnitKind.CELL else None
        body = UnitFounded(unit=unit, kind=kind, name="Đơn vị", cell_kind=cell_kind, parent=parent)
        return fact(body, START, unit)

    return [
        founded(COMMUNE, UnitKind.COMMUNE, None),
        founded(CELL, UnitKind.CELL, COMMUNE),
        founded(OTHER, UnitKind.CELL, COMMUNE),
    ]


def assigned(
    member: UUID, day: date, household: UUID = HOUSEHOLD, unit: UUID = CELL, **fields: Any
) -> tuple[UUID, Fact[Any]]:
    new = uuid4()
    return new, fact(HouseholdAssigned(assignment=new, household=household, member=member, **fields), day, unit)


def about(kind: Any, assignment: UUID, member: UUID, day: date, **fields: Any) -> Fact[Any]:
    return fact(kind(assignment=assignment, target=HOUSEHOLD, member=member, **fields), day, CELL)


class Asking:
    """The answers a commune office gets."""

    def __init__(self, archive: ArchiveOf) -> None:
        self.archive = archive

    async def responsible(self, day: date, known_at: int, *groups: UUID) -> list[AssignmentView]:
        async with self.archive.asking(unit=COMMUNE) as connection:
            return await assignments.responsible(connection, HOUSEHOLD, groups, day, known_at)

    async def members(self, day: date, known_at: int, *groups: UUID) -> list[UUID]:
        return [view.member for view in await self.responsible(day, known_at, *groups)]


@pytest.fixture
def asking(archive: ArchiveOf) -> Asking:
    return Asking(archive)


async def project(archive: ArchiveOf, *facts: Fact[Any]) -> int:
    head = await archive.record(*tree(), *facts)
    await archive.project([Organisation, Households, Assignments], chunk=2)
    return head


async def test_who_is_responsible_follows_from_the_day_and_from_what_was_known(
    archive: ArchiveOf, asking: Asking
) -> None:
    first, lan = assigned(LAN, START)
    _, binh = assigned(BINH, SUMMER)
    ended = about(AssignmentEnded, first, LAN, SUMMER, reason=EndingReason.PLAN_CHANGED)
    head = await project(archive, lan, binh, ended)

    assert await asking.members(SPRING, head) == [LAN]
    assert await asking.members(SUMMER, head) == [BINH]
    assert await asking.members(SUMMER, head - 1) == [LAN, BINH]
    assert await asking.members(SPRING, head - 3) == []
    (view,) = await asking.responsible(SPRING, head)
    assert (view.since, view.until, view.ended) == (START, SUMMER, "plan_changed")


async def test_a_corrected_assignment_holds_on_the_corrected_days_only_from_when_that_was_known(
    archive: ArchiveOf, asking: Asking
) -> None:
    first, lan = assigned(LAN, START)
    corrected = about(AssignmentCorrected, first, LAN, AUTUMN, since=SPRING, until=SUMMER)
    head = await project(archive, lan, corrected)

    assert await asking.members(START, head) == []
    assert await asking.members(SPRING, head) == [LAN]
    assert await asking.members(SUMMER, head) == []
    assert await asking.members(START, head - 1) == [LAN]


async def test_a_retracted_assignment_never_was_but_is_remembered_as_believed(
    archive: ArchiveOf, asking: Asking
) -> None:
    first, lan = assigned(LAN, START)
    retracted = about(AssignmentRetracted, first, LAN, SPRING, reason=RetractionReason.WRONG_MEMBER)
    head = await project(archive, lan, retracted)

    assert await asking.members(SPRING, head) == []
    assert await asking.members(SPRING, head - 1) == [LAN]
    async with archive.asking(unit=COMMUNE) as connection:
        assert await assignments.ever_of_targets(connection, [HOUSEHOLD], head) == []
        (remembered,) = await assignments.ever_of_member(connection, LAN, head - 1)
    assert remembered.assignment == first


async def test_a_group_makes_its_member_responsible_for_the_households_in_it(
    archive: ArchiveOf, asking: Asking
) -> None:
    formed = fact(GroupFormed(group=GROUP, unit=CELL, name="Nhóm 1", households=(HOUSEHOLD,)), START, CELL)
    _, lan = assigned(LAN, START)
    group = fact(GroupAssigned(assignment=uuid4(), group=GROUP, member=BINH, until=AUTUMN), SPRING, CELL)
    head = await project(archive, formed, lan, group)

    assert await asking.members(SPRING, head, GROUP) == [LAN, BINH]
    assert await asking.members(SPRING, head) == [LAN]
    assert await asking.members(AUTUMN, head, GROUP) == [LAN]
    async with archive.asking(unit=COMMUNE) as connection:
        (held,) = await assignments.of_member(connection, BINH, SPRING, head)
    assert (held.target, held.is_group, held.until) == (GROUP, True, AUTUMN)


async def test_the_household_that_was_told_shows_the_day(archive: ArchiveOf, asking: Asking) -> None:
    first, lan = assigned(LAN, START)
    told = about(HouseholdNotified, first, LAN, SPRING, channel=NoticeChannel.LETTER)
    head = await project(archive, lan, told)

    (view,) = await asking.responsible(START, head)
    assert view.notified == SPRING
    (before,) = await asking.responsible(START, head - 1)
    assert before.notified is None


async def test_an_overlap_of_the_same_member_and_household_waits_in_quarantine(
    archive: ArchiveOf, asking: Asking
) -> None:
    _, lan = assigned(LAN, START)
    _, again = assigned(LAN, SPRING)
    head = await project(archive, lan, again)

    assert await asking.members(SPRING, head) == [LAN]
    (parked,) = await archive.fetch("SELECT entity, position, reason FROM projection.quarantine")
    assert tuple(parked) == (HOUSEHOLD, head, "assignments_overlap")


@pytest.mark.parametrize("other_day", [SPRING, SUMMER])
async def test_the_database_itself_refuses_two_beliefs_about_one_member_and_household(
    archive: ArchiveOf, other_day: date
) -> None:
    _, lan = assigned(LAN, START, until=SUMMER)
    await project(archive, lan)
    insert = """INSERT INTO assignments_v1.assignment SELECT gen_random_uuid(), target, $1, 'infinity', is_group,
                member, unit, plan, ended, notified, known_from, known_to FROM assignments_v1.assignment"""
    if other_day < SUMMER:
        with pytest.raises(Exception, match="exclusion constraint"):
            await archive.fetch(insert, other_day)
    else:
        await archive.fetch(insert, other_day)


async def test_members_above_a_load_with_their_groups_counted(archive: ArchiveOf) -> None:
    households = [UUID(int=100 + number) for number in range(4)]
    formed = fact(GroupFormed(group=GROUP, unit=CELL, name="Nhóm 1", households=tuple(households)), START, CELL)
    shrunk = fact(GroupChanged(group=GROUP, removed=(households[0],)), SUMMER, CELL)
    group = fact(GroupAssigned(assignment=uuid4(), group=GROUP, member=LAN), START, CELL)
    _, single = assigned(LAN, START, unit=OTHER)
    _, light = assigned(BINH, START, household=households[1])
    head = await project(archive, formed, group, single, light, shrunk)

    async with archive.asking(unit=COMMUNE) as connection:

        async def above(
            most: int, day: date, unit: UUID = COMMUNE, after: UUID | None = None
        ) -> list[tuple[UUID, int]]:
            found = await assignments.above_load(connection, unit, most, day, head, after, 10)
            return [(load.member, load.households) for load in found]

        assert await above(0, SPRING) == [(LAN, 5), (BINH, 1)]
        assert await above(4, SPRING) == [(LAN, 5)]
        assert await above(4, SUMMER) == []
        assert await above(3, SUMMER, OTHER) == [(LAN, 4)]
        assert await above(0, SPRING, after=LAN) == [(BINH, 1)]


async def test_a_household_that_a_member_has_directly_and_through_groups_weighs_once(archive: ArchiveOf) -> None:
    first, second, third = (UUID(int=100 + number) for number in range(3))
    other_group = UUID(int=32)
    facts = [
        fact(GroupFormed(group=GROUP, unit=CELL, name="Nhóm 1", households=(first, second)), START, CELL),
        fact(GroupFormed(group=other_group, unit=CELL, name="Nhóm 2", households=(second, third)), START, CELL),
        fact(GroupAssigned(assignment=uuid4(), group=GROUP, member=LAN), START, CELL),
        fact(GroupAssigned(assignment=uuid4(), group=other_group, member=LAN), SUMMER, CELL),
        assigned(LAN, START, household=first)[1],
        assigned(LAN, START, household=HOUSEHOLD)[1],
    ]
    head = await project(archive, *facts)

    async with archive.asking(unit=COMMUNE) as connection:
        for day, households in ((SPRING, 3), (SUMMER, 4)):
            (load,) = await assignments.above_load(connection, COMMUNE, households - 1, day, head, None, 10)
            assert (load.member, load.households) == (LAN, households)
            assert await assignments.above_load(connection, COMMUNE, households, day, head, None, 10) == []


async def test_a_cells_plans_by_year(archive: ArchiveOf) -> None:
    plans = [uuid4(), uuid4()]
    adopted = [
        fact(PlanAdopted(plan=plan, unit=CELL, year=year, assignments=1), START, CELL)
        for plan, year in zip(plans, (2022, 2023), strict=True)
    ]
    head = await project(archive, *adopted)

    async with archive.asking(unit=COMMUNE) as connection:
        assert [(p.plan, p.year) for p in await assignments.plans(connection, CELL, head)] == [
            (plans[0], 2022),
            (plans[1], 2023),
        ]
        assert [p.year for p in await assignments.plans(connection, CELL, head - 1)] == [2022]


async def test_another_cell_does_not_see_them_and_the_member_sees_his_own(archive: ArchiveOf) -> None:
    _, lan = assigned(LAN, START)
    _, binh = assigned(BINH, START)
    head = await project(archive, lan, binh)

    async with archive.asking(unit=OTHER) as connection:
        assert await assignments.responsible(connection, HOUSEHOLD, [], SPRING, head) == []
    async with archive.asking(person=LAN) as connection:
        own = await assignments.of_member(connection, LAN, SPRING, head)
        assert [view.target for view in own] == [HOUSEHOLD]
        others = await assignments.of_member(connection, BINH, SPRING, head)
    # Whoever is responsible for a household sees with whom he shares it.
    assert [view.target for view in others] == [HOUSEHOLD]
