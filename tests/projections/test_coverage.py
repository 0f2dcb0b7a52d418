"""Coverage as an office reads it: what counts where, what needs a decision, and who sees it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from events.envelope import Fact
from events.facts.assignments import AssignmentEnded, EndingReason, GroupAssigned, HouseholdAssigned
from events.facts.households import (
    CulturalFamilyRecognised,
    DissolutionReason,
    GroupDissolved,
    GroupFormed,
    HouseholdDissolved,
    HouseholdMoved,
    HouseholdRegistered,
)
from events.facts.members import (
    LeavingReason,
    MemberAdmitted,
    MemberLeft,
    MemberStatus,
    MemberStatusChanged,
    MemberTransferred,
    ResidenceIntroduced,
)
from events.facts.organisation import CellKind, UnitFounded, UnitKind, UnitMerged, UnitReparented
from projections.registers.coverage import Counts, Coverage, Summary, coverage, members_in, needs_decision
from projections.registers.households import Households
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from tests.projections.archive_of import ArchiveOf, fact

START, SPRING, SUMMER, AUTUMN = date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1)
COMMUNE, CELL, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
LAN, BINH, CHI = UUID(int=11), UUID(int=12), UUID(int=13)
FIRST, SECOND, GROUP = UUID(int=21), UUID(int=22), UUID(int=31)


def founded(unit: UUID, kind: UnitKind, parent: UUID | None) -> Fact[Any]:
    cell_kind = CellKind.VILLAGE if kind is UnitKind.CELL else None
    return fact(UnitFounded(unit=unit, kind=kind, name="Đơn vị", cell_kind=cell_kind, parent=parent), START, unit)


def admitted(person: UUID, unit: UUID = CELL, status: MemberStatus = MemberStatus.ACTIVE) -> Fact[Any]:
    return fact(MemberAdmitted(person=person, unit=unit, status=status), START, unit)


def registered(household: UUID, unit: UUID = CELL) -> Fact[Any]:
    return fact(HouseholdRegistered(household=household, unit=unit, head="s1:"), START, unit)


def assigned(member: UUID, household: UUID = FIRST, day: date = START, **fields: Any) -> Fact[Any]:
    return fact(HouseholdAssigned(assignment=uuid4(), household=household, member=member, **fields), day, CELL)


BEGINNING = [
    founded(COMMUNE, UnitKind.COMMUNE, None),
    founded(CELL, UnitKind.CELL, COMMUNE),
    founded(OTHER, UnitKind.CELL, COMMUNE),
    admitted(LAN),
    admitted(BINH),
    admitted(CHI, OTHER),
    registered(FIRST),
    registered(SECOND),
]


class Office:
    """A commune office, and what it is told."""

    def __init__(self, archive: ArchiveOf) -> None:
        self.archive = archive

    async def knows(self, *facts: Fact[Any]) -> int:
        head = await self.archive.record(*BEGINNING, *facts)
        await self.archive.project([Organisation, Members, Households, Coverage], chunk=3)
        return head

    async def summary(self, day: date, known_at: int | None = None, unit: UUID = COMMUNE) -> Summary:
        async with self.archive.asking(unit=COMMUNE) as connection:
            return await coverage(connection, unit, day, self.archive.head if known_at is None else known_at)

    async def counts(self, day: date, known_at: int | None = None, unit: UUID = COMMUNE) -> Counts:
        return (await self.summary(day, known_at, unit)).counts

    async def decisions(self, day: date, unit: UUID = COMMUNE) -> list[tuple[UUID, list[str]]]:
        async with self.archive.asking(unit=COMMUNE) as connection:
            found = await needs_decision(connection, unit, day, self.archive.head, None, 100)
        return [(undecided.member, undecided.reasons) for undecided in found]


@pytest.fixture
def office(archive: ArchiveOf) -> Office:
    return Office(archive)


async def test_the_parts_add_up_to_the_whole(office: Office) -> None:
    await office.knows(assigned(LAN), fact(CulturalFamilyRecognised(household=FIRST, year=2022), AUTUMN, CELL))

    summary = await office.summary(SPRING)
    assert summary.counts == Counts(members=3, eligible=3, assigned=1, households=2, covered=1, cultural=1)
    parts = {part.unit: part.counts for part in summary.parts}
    assert parts == {
        CELL: Counts(members=2, eligible=2, assigned=1, households=2, covered=1, cultural=1),
        OTHER: Counts(members=1, eligible=1),
    }
    assert (await office.counts(date(2023, 1, 1))).cultural == 0


async def test_a_late_fact_changes_the_past_from_the_position_where_it_became_known(office: Office) -> None:
    head = await office.knows(assigned(LAN, day=SPRING))

    assert (await office.counts(SPRING)).covered == 1
    assert (await office.counts(START)).covered == 0
    assert (await office.counts(SPRING, head - 1)).covered == 0


async def test_an_assignment_until_a_day_stops_counting_on_that_day_without_a_fact(office: Office) -> None:
    await office.knows(assigned(LAN, until=SUMMER))

    assert [(await office.counts(day)).assigned for day in (SPRING, SUMMER)] == [1, 0]


async def test_an_exempt_member_still_covers_but_no_longer_counts_as_assigned(office: Office) -> None:
    exempt = fact(MemberStatusChanged(person=LAN, status=MemberStatus.EXEMPT, until=AUTUMN), SUMMER, CELL)
    await office.knows(assigned(LAN), exempt)

    assert await office.counts(SUMMER) == Counts(members=3, exempt=1, eligible=2, households=2, covered=1)
    assert await office.decisions(SPRING) == []
    assert await office.decisions(SUMMER) == [(LAN, ["exempt"])]
    assert await office.decisions(AUTUMN) == []


async def test_who_died_covers_nothing_and_his_assignments_wait_for_a_decision(office: Office) -> None:
    died = fact(MemberLeft(person=LAN, unit=CELL, reason=LeavingReason.DIED), SUMMER, CELL)
    await office.knows(assigned(LAN), died)

    assert (await office.counts(SPRING)).covered == 1
    assert (await office.counts(SUMMER)).covered == 0
    assert await office.decisions(SUMMER) == [(LAN, ["died"])]


async def test_when_the_member_of_a_group_leaves_its_households_are_uncovered(office: Office) -> None:
    formed = fact(GroupFormed(group=GROUP, unit=CELL, name="Nhóm 1", households=(FIRST, SECOND)), START, CELL)
    group = fact(GroupAssigned(assignment=uuid4(), group=GROUP, member=LAN), START, CELL)
    left = fact(MemberLeft(person=LAN, unit=CELL, reason=LeavingReason.LEFT), SUMMER, CELL)
    await office.knows(formed, group, left)

    before, after = await office.counts(SPRING), await office.counts(SUMMER)
    assert (before.covered, before.groups, before.groups_assigned) == (2, 1, 1)
    assert (after.covered, after.groups, after.groups_assigned) == (0, 1, 0)


async def test_a_dissolved_group_counts_for_nobody(office: Office) -> None:
    formed = fact(GroupFormed(group=GROUP, unit=CELL, name="Nhóm 1", households=(FIRST,)), START, CELL)
    group = fact(GroupAssigned(assignment=uuid4(), group=GROUP, member=LAN), START, CELL)
    dissolved = fact(GroupDissolved(group=GROUP), SUMMER, CELL)
    await office.knows(formed, group, dissolved)

    assert (await office.counts(SPRING)).assigned == 1
    assert await office.counts(SUMMER) == Counts(members=3, eligible=3, households=2)
    assert await office.decisions(SUMMER) == [(LAN, ["group_not_there"])]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (MemberTransferred(person=LAN, unit=OTHER, former_unit=CELL), "member_in_another_cell"),
        (MemberStatusChanged(person=LAN, status=MemberStatus.SUSPENDED), "suspended"),
        (MemberLeft(person=LAN, unit=CELL, reason=LeavingReason.TRANSFERRED_OUT), "transferred_out"),
        (HouseholdMoved(household=FIRST, unit=OTHER, former_unit=CELL), "household_in_another_cell"),
        (HouseholdDissolved(household=FIRST, reason=DissolutionReason.MOVED_AWAY), "household_not_there"),
    ],
)
async def test_nothing_is_ended_silently(office: Office, change: Any, reason: str) -> None:
    await office.knows(assigned(LAN), fact(change, SUMMER, CELL))

    assert await office.decisions(SPRING) == []
    assert await office.decisions(SUMMER) == [(LAN, [reason])]


async def test_an_assignment_of_a_household_that_moved_waits_in_its_present_cell_as_well(office: Office) -> None:
    third = UUID(int=5)
    moved = fact(HouseholdMoved(household=FIRST, unit=OTHER, former_unit=CELL), SUMMER, OTHER)
    dissolved = fact(HouseholdDissolved(household=FIRST, reason=DissolutionReason.MOVED_AWAY), AUTUMN, OTHER)
    head = await office.knows(founded(third, UnitKind.CELL, COMMUNE), assigned(LAN), moved, dissolved)

    assert await office.decisions(SPRING, OTHER) == []
    for unit in (CELL, OTHER, COMMUNE):
        assert await office.decisions(SUMMER, unit) == [(LAN, ["household_in_another_cell"])]
        assert await office.decisions(AUTUMN, unit) == [(LAN, ["household_not_there"])]
    assert await office.decisions(SUMMER, third) == []
    async with office.archive.asking(unit=OTHER) as connection:
        (found,) = await needs_decision(connection, OTHER, SUMMER, head, None, 100)
    assert found.unit == CELL


async def test_what_was_decided_needs_no_decision_any_more(office: Office) -> None:
    given = assigned(LAN)
    left = fact(MemberLeft(person=LAN, unit=CELL, reason=LeavingReason.LEFT), SUMMER, CELL)
    about = {"assignment": given.body.assignment, "target": FIRST, "member": LAN}
    ended = fact(AssignmentEnded(reason=EndingReason.MEMBER_LEFT, **about), SUMMER, CELL)
    await office.knows(given, left, ended)

    assert await office.decisions(SUMMER) == []


async def test_a_member_of_another_cell_is_assigned_where_he_is_a_member_and_is_no_doubt(office: Office) -> None:
    await office.knows(assigned(CHI))

    parts = {part.unit: part.counts for part in (await office.summary(SPRING)).parts}
    assert (parts[CELL].assigned, parts[CELL].covered, parts[OTHER].assigned) == (0, 1, 1)
    assert await office.decisions(SPRING) == []


async def test_a_member_at_his_residence_counts_once_among_members_and_apart_in_the_second_cell(
    office: Office,
) -> None:
    introduced = fact(ResidenceIntroduced(person=CHI, unit=CELL), SPRING, CELL)
    head = await office.knows(introduced, assigned(CHI))

    before, since = await office.counts(START, unit=CELL), await office.counts(SPRING, unit=CELL)
    assert (before.members, before.residence_assigned) == (2, 0)
    assert (since.members, since.assigned, since.residence_assigned) == (2, 0, 1)
    async with office.archive.asking(unit=COMMUNE) as connection:
        (line,) = await members_in(connection, CELL, SPRING, head, "residence_assigned", None, 10)
    assert (line.person, line.unit) == (CHI, CELL)


async def test_a_merged_cell_counts_in_its_successor_from_that_day(office: Office) -> None:
    await office.knows(assigned(LAN), fact(UnitMerged(unit=CELL, into=OTHER), SUMMER, CELL))

    assert (await office.counts(SPRING, unit=OTHER)).households == 0
    assert (await office.counts(SUMMER, unit=OTHER)).households == 2
    assert (await office.counts(SUMMER)).covered == 1
    assert [part.unit for part in (await office.summary(SUMMER)).parts] == [OTHER]
    assert await office.decisions(SUMMER) == []


async def test_what_waits_in_quarantine_is_said_beside_the_totals(office: Office) -> None:
    unknown = fact(HouseholdMoved(household=UUID(int=99), unit=CELL, former_unit=OTHER), SPRING, CELL)
    head = await office.knows(unknown)

    assert (await office.summary(SPRING)).incomplete == 1
    assert (await office.summary(SPRING, head - 1)).incomplete == 0
    assert (await office.summary(SPRING, unit=OTHER)).incomplete == 0


async def test_a_cell_sees_the_totals_of_its_own_only(office: Office) -> None:
    head = await office.knows(assigned(LAN))

    async with office.archive.asking(unit=OTHER) as connection:
        assert (await coverage(connection, CELL, SPRING, head)).counts == Counts()
        assert (await coverage(connection, COMMUNE, SPRING, head)).counts == Counts(members=1, eligible=1)
        assert await members_in(connection, COMMUNE, SPRING, head, "assigned", None, 10) == []


async def test_a_cell_that_went_elsewhere_is_marked_in_its_former_communes_past(office: Office) -> None:
    elsewhere = UUID(int=4)
    away = fact(UnitReparented(unit=CELL, parent=elsewhere, former_parent=COMMUNE), SUMMER, CELL)
    await office.knows(founded(elsewhere, UnitKind.COMMUNE, None), away)

    before, since = await office.summary(SPRING), await office.summary(SUMMER)
    assert {part.unit: (part.visible, part.counts.members) for part in before.parts} == {
        CELL: (False, 0),
        OTHER: (True, 1),
    }
    assert (before.hidden, before.counts.members) == (1, 1)
    assert [(part.unit, part.visible) for part in since.parts] == [(OTHER, True)]
    assert since.hidden == 0


async def test_lists_come_in_pages(office: Office) -> None:
    head = await office.knows()

    async with office.archive.asking(unit=COMMUNE) as connection:
        first = await members_in(connection, COMMUNE, SPRING, head, "all", None, 2)
        rest = await members_in(connection, COMMUNE, SPRING, head, "all", first[-1].person, 2)
    assert [line.person for line in [*first, *rest]] == [LAN, BINH, CHI]
