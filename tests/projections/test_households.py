"""Households and their groups: on a day as known at a position."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Fact
from events.facts.households import (
    CulturalFamilyRecognised,
    DissolutionReason,
    EconomicClass,
    EconomicClassReviewed,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    HouseholdDissolved,
    HouseholdLeftPoverty,
    HouseholdMoved,
    HouseholdRegistered,
)
from projections.registers import households
from projections.registers.households import Households, HouseholdView, PlaceView
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from projections.states.households import Group, Household, apply_group, apply_household
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.test_members import DAYS, PROVINCE, A, B, C, units

REGISTERS = [Organisation, Members, Households]
FOREVER = date.max


def registered(household: UUID, unit: UUID = A, day: date = DAYS[0]) -> Fact[Any]:
    body = HouseholdRegistered(household=household, unit=unit, head="s1:head", address="s1:address", persons=4)
    return fact(body, day, unit)


@dataclass(frozen=True)
class Step:
    """One change of a household or of the group."""

    what: str
    household: int
    other: int
    unit: UUID
    day: date
    economic_class: EconomicClass


steps = st.builds(
    Step,
    what=st.sampled_from(
        ["move", "move", "review", "review", "dissolve", "left_poverty", "cultural", "add", "remove", "disband"]
    ),
    household=st.integers(0, 2),
    other=st.integers(0, 2),
    unit=st.sampled_from([A, B, C]),
    day=st.sampled_from(DAYS),
    economic_class=st.sampled_from(EconomicClass),
)


def fact_of(step: Step, ids: list[UUID], group: UUID) -> Fact[Any]:
    household = ids[step.household]
    reason = DissolutionReason.MOVED_AWAY
    body = {
        "move": HouseholdMoved(household=household, unit=step.unit, former_unit=A),
        "review": EconomicClassReviewed(household=household, year=2022, economic_class=step.economic_class),
        "dissolve": HouseholdDissolved(household=household, reason=reason),
        "left_poverty": HouseholdLeftPoverty(household=household, year=2022),
        "cultural": CulturalFamilyRecognised(household=household, year=2022),
        "add": GroupChanged(group=group, added=(household, ids[step.other])),
        "remove": GroupChanged(group=group, removed=(household,)),
        "disband": GroupDissolved(group=group),
    }[step.what]
    return fact(body, step.day, step.unit)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(steps, max_size=10),
    chunk=st.integers(1, 8),
    asked=st.lists(st.tuples(st.integers(0, 14), st.sampled_from(DAYS)), min_size=5, max_size=12),
)
async def test_any_household_and_group_is_answered_as_its_facts_say(
    archive: ArchiveOf, changes: list[Step], chunk: int, asked: list[tuple[int, date]]
) -> None:
    if archive.head == 0:
        await archive.record(*units())
    before, group, ids = archive.head, uuid4(), [uuid4() for _ in range(3)]
    formed = fact(GroupFormed(group=group, unit=A, name="Nhóm 1", households=(ids[0], ids[0])), DAYS[1], A)
    await archive.record(*map(registered, ids), formed, *(fact_of(step, ids, group) for step in changes))
    await archive.project(REGISTERS, chunk)

    async with archive.asking(PROVINCE) as connection:
        for offset, day in asked:
            known_at = before + offset
            states: dict[UUID, Household] = {}
            known_group: Group | None = None
            for recorded in archive.facts[before:known_at]:
                body = recorded.fact.body
                if isinstance(body, GroupFormed | GroupChanged | GroupDissolved):
                    known_group = apply_group(known_group, recorded.fact)
                else:
                    states[body.household] = apply_household(states.get(body.household), recorded.fact)
            expected = {}
            for household, state in states.items():
                for belonging in state.belongings():
                    if belonging.since <= day < belonging.until:
                        expected[household] = (belonging.unit, belonging.economic_class)
            found = await households.households(connection, ids, day, known_at)
            assert {view.household: (view.unit, view.economic_class) for view in found} == expected
            for state in states.values():
                year = await households.left_poverty(connection, [A, B, C], 2022, known_at)
                assert (state.household in year) == (2022 in state.left_poverty)
            seen = await households.groups(connection, [group], day, known_at)
            exists = known_group is not None and known_group.span.holds(day)
            assert [set(view.households) for view in seen] == ([known_group.households(day)] if exists else [])


async def test_a_household_of_a_cell_and_class_is_found_page_by_page(archive: ArchiveOf) -> None:
    ids = sorted(uuid4() for _ in range(25))
    await archive.record(*units())
    head = await archive.record(
        *(registered(household, (A, B)[n % 2]) for n, household in enumerate(ids)),
        *(
            fact(EconomicClassReviewed(household=h, year=2022, economic_class=EconomicClass.POOR), DAYS[2], A)
            for h in ids[::5]
        ),
    )
    await archive.project(REGISTERS)

    async with archive.asking(PROVINCE) as connection:
        found: list[HouseholdView] = []
        while page := await households.of_units(
            connection, [A, B], DAYS[2], head, after=found[-1].household if found else None, limit=10
        ):
            found += page
        assert [view.household for view in found] == ids
        poor = await households.of_units(connection, [A, B], DAYS[2], head, [EconomicClass.POOR])
        assert [view.household for view in poor] == ids[::5]
        assert await households.of_units(connection, [A, B], DAYS[1], head, [EconomicClass.POOR]) == []
        assert (poor[0].head, poor[0].address, poor[0].persons) == ("s1:head", "s1:address", 4)


async def test_a_group_begins_empty_and_its_households_come_and_go(archive: ArchiveOf) -> None:
    group, one, two = uuid4(), uuid4(), uuid4()
    await archive.record(*units(), registered(one), registered(two))
    head = await archive.record(
        fact(GroupFormed(group=group, unit=A, name="Nhóm 1"), DAYS[0], A),
        fact(GroupChanged(group=group, added=(one, two)), DAYS[1], A),
        fact(GroupChanged(group=group, removed=(one,)), DAYS[3], A),
        fact(GroupChanged(group=group, added=(one,)), DAYS[4], A),
        fact(GroupDissolved(group=group), DAYS[5], A),
    )
    await archive.project(REGISTERS)

    async with archive.asking(A) as connection:

        async def inside(day: date, known_at: int = head) -> list[set[UUID]]:
            return [set(view.households) for view in await households.groups_of_units(connection, [A], day, known_at)]

        assert await inside(DAYS[0]) == [set()]
        assert await inside(DAYS[1]) == [{one, two}]
        assert await inside(DAYS[3]) == [{two}]
        assert await inside(DAYS[4]) == [{one, two}]
        assert await inside(DAYS[5]) == []
        assert await inside(DAYS[5], head - 1) == [{one, two}]
        assert await households.places(connection, one, head) == [
            PlaceView(one, group, DAYS[1], DAYS[3]),
            PlaceView(one, group, DAYS[4], DAYS[5]),
        ]
        assert await households.places(connection, two, head - 1) == [PlaceView(two, group, DAYS[1], FOREVER)]


async def test_what_was_recognised_for_a_year_counts_where_the_household_was_at_its_end(archive: ArchiveOf) -> None:
    household = uuid4()
    await archive.record(*units(), registered(household))
    head = await archive.record(
        fact(HouseholdMoved(household=household, unit=B, former_unit=A), DAYS[3], A),
        fact(HouseholdLeftPoverty(household=household, year=2022), DAYS[6], B),
        fact(CulturalFamilyRecognised(household=household, year=2022), DAYS[6], B),
        fact(CulturalFamilyRecognised(household=household, year=2022), DAYS[6] + timedelta(days=1), B),
    )
    await archive.project(REGISTERS)

    async with archive.asking(PROVINCE) as connection:
        assert await households.left_poverty(connection, [B], 2022, head) == [household]
        assert await households.left_poverty(connection, [A], 2022, head) == []
        assert await households.cultural(connection, [B], 2022, head) == [household]
        assert await households.cultural(connection, [B], 2021, head) == []
