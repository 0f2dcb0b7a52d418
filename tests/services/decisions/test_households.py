"""Households registered, moved, reviewed, recognised, dissolved; the groups they form."""

from datetime import date

import pytest

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
from events.facts.organisation import UnitMerged
from projections.states.households import Group
from services.decisions.asking import Asker
from services.decisions.households import (
    ChangeGroup,
    DissolveGroup,
    DissolveHousehold,
    FormGroup,
    MoveHousehold,
    RecogniseCulturalFamily,
    RecogniseLeavingPoverty,
    RegisterHousehold,
    ReviewEconomicClass,
)
from tests.given import Given, folded, named, on
from tests.services.decisions.commune import (
    AUTUMN,
    CELL,
    COMMUNE,
    COMMUNITY,
    FAR_CELL,
    FAR_HOUSEHOLD,
    GROUP,
    GROUPED,
    HOUSEHOLD,
    OFFICE,
    ORGANISATION,
    OTHER_OFFICE,
    PROVINCIAL,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    SPRING,
    START,
    SUMMER,
    THREE,
    TWO,
    decide,
)

NEW = named("new household")
GONE = {"household": HOUSEHOLD, "reason": DissolutionReason.MOVED_AWAY}


def group(recorded: Given) -> Group:
    found: Group = folded(recorded.facts)[1][f"facts.group.{GROUP}"]
    return found


def test_a_household_is_registered_once() -> None:
    command = decide(RegisterHousehold, SPRING, household=NEW, unit=CELL, head="Lò Thị B", address="Bản 5", persons=4)
    body = HouseholdRegistered(household=NEW, unit=CELL, head="Lò Thị B", address="Bản 5", persons=4)
    ORGANISATION.when(command, SECRETARY).then(body, unit=CELL).when(command, SECRETARY).refused("household_exists")
    ORGANISATION.when(command, SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)
    in_commune = decide(RegisterHousehold, SPRING, household=NEW, unit=COMMUNE, head="Lò Thị B")
    ORGANISATION.when(in_commune, OFFICE).refused("not_a_cell")
    early = decide(RegisterHousehold, date(2017, 12, 31), household=NEW, unit=CELL, head="Lò Thị B")
    ORGANISATION.when(early, OFFICE).refused("unit_not_then", day=date(2017, 12, 31))


def test_a_household_moves() -> None:
    command = decide(MoveHousehold, SPRING, household=HOUSEHOLD, unit=SECOND_CELL)
    after = COMMUNITY.when(command, OFFICE).then(
        HouseholdMoved(household=HOUSEHOLD, unit=SECOND_CELL, former_unit=CELL), unit=SECOND_CELL
    )
    after.when(command, OFFICE).refused("already_there", unit=SECOND_CELL)
    COMMUNITY.when(decide(MoveHousehold, SPRING, household=HOUSEHOLD, unit=FAR_CELL), OFFICE).refused(
        "outside_your_unit", unit=FAR_CELL
    )
    COMMUNITY.when(decide(MoveHousehold, SPRING, household=NEW, unit=CELL), OFFICE).refused("household_unknown")


def test_a_move_recorded_late_names_the_cell_of_its_own_day() -> None:
    moved = COMMUNITY.given(on(AUTUMN, HouseholdMoved(household=HOUSEHOLD, unit=FAR_CELL, former_unit=CELL)))
    moved.when(decide(MoveHousehold, SPRING, household=HOUSEHOLD, unit=SECOND_CELL), OFFICE).then(
        HouseholdMoved(household=HOUSEHOLD, unit=SECOND_CELL, former_unit=CELL)
    )


def test_a_household_is_reviewed_and_recognised_once_for_a_year() -> None:
    review = decide(ReviewEconomicClass, SPRING, household=HOUSEHOLD, year=2018, economic_class=EconomicClass.NEAR_POOR)
    COMMUNITY.when(review, SECRETARY).then(
        EconomicClassReviewed(household=HOUSEHOLD, year=2018, economic_class=EconomicClass.NEAR_POOR), unit=CELL
    )
    COMMUNITY.when(review, SECOND_SECRETARY).refused("outside_your_unit", unit=None)
    for kind, body in (
        (RecogniseLeavingPoverty, HouseholdLeftPoverty(household=HOUSEHOLD, year=2018)),
        (RecogniseCulturalFamily, CulturalFamilyRecognised(household=HOUSEHOLD, year=2018)),
    ):
        command = decide(kind, SPRING, household=HOUSEHOLD, year=2018)
        after = COMMUNITY.when(command, SECRETARY).then(body)
        after.when(command, SECRETARY).refused("already_recognised", household=HOUSEHOLD, year=2018)
        after.when(decide(kind, SPRING, household=HOUSEHOLD, year=2019), SECRETARY).recorded()
        COMMUNITY.when(decide(kind, SPRING, household=HOUSEHOLD, year=2020), SECRETARY).refused(
            "year_to_come", year=2020
        )
    far = decide(ReviewEconomicClass, SPRING, household=HOUSEHOLD, year=2020, economic_class=EconomicClass.POOR)
    COMMUNITY.when(far, SECRETARY).refused("year_to_come", year=2020)


def test_a_household_ends_on_its_day_and_not_before_a_move_on_record() -> None:
    command = decide(DissolveHousehold, SUMMER, **GONE)
    after = COMMUNITY.when(command, SECRETARY).then(HouseholdDissolved(**GONE), unit=CELL)
    after.when(command, SECRETARY).refused("household_not_then", household=HOUSEHOLD, day=SUMMER)
    after.when(command, SECOND_SECRETARY).refused("outside_your_unit", unit=None)
    after.when(decide(DissolveHousehold, date(2018, 5, 31), **GONE), SECRETARY).recorded()
    COMMUNITY.when(decide(DissolveHousehold, date(2017, 12, 31), **GONE), SECRETARY).refused("household_not_then")
    moved = COMMUNITY.given(on(AUTUMN, HouseholdMoved(household=HOUSEHOLD, unit=SECOND_CELL, former_unit=CELL)))
    moved.when(command, SECRETARY).refused("later_change", since=AUTUMN)


def test_a_former_cell_says_nothing_of_a_household_beyond_the_day_of_the_move() -> None:
    moved = COMMUNITY.given(on(SUMMER, HouseholdMoved(household=HOUSEHOLD, unit=FAR_CELL, former_unit=CELL)))
    review = decide(ReviewEconomicClass, SPRING, household=HOUSEHOLD, year=2018, economic_class=EconomicClass.POOR)
    form = decide(FormGroup, SPRING, group=GROUP, unit=CELL, name="Nhóm 1", households=(HOUSEHOLD,))
    left, cultural = (
        decide(kind, SPRING, household=HOUSEHOLD, year=2018)
        for kind in (RecogniseLeavingPoverty, RecogniseCulturalFamily)
    )
    for command in (review, left, cultural, form):
        moved.when(command, SECRETARY).refused("later_change", since=SUMMER)
        moved.when(command, OFFICE).refused("later_change", since=SUMMER)
        moved.when(command, PROVINCIAL).recorded()
        COMMUNITY.when(command, SECRETARY).recorded()
    moved.when(decide(RecogniseLeavingPoverty, SPRING, household=HOUSEHOLD, year=2017), SECRETARY).recorded()


def test_households_of_one_cell_form_a_group() -> None:
    command = decide(FormGroup, SPRING, group=GROUP, unit=CELL, name="Nhóm 1", households=(HOUSEHOLD, TWO, HOUSEHOLD))
    body = GroupFormed(group=GROUP, unit=CELL, name="Nhóm 1", households=(HOUSEHOLD, TWO))
    COMMUNITY.when(command, SECRETARY).then(body, unit=CELL).when(command, SECRETARY).refused("group_exists")
    COMMUNITY.when(decide(FormGroup, SPRING, group=GROUP, unit=CELL, name="N", households=(NEW,)), SECRETARY).refused(
        "household_unknown", household=NEW
    )
    far = decide(FormGroup, SPRING, group=GROUP, unit=CELL, name="N", households=(FAR_HOUSEHOLD,))
    COMMUNITY.when(far, SECRETARY).refused("household_of_another_cell", household=FAR_HOUSEHOLD, unit=CELL)
    gone = COMMUNITY.given(on(SPRING, HouseholdDissolved(**GONE)))
    gone.when(command, SECRETARY).refused("household_of_another_cell", household=HOUSEHOLD)
    COMMUNITY.when(command, SECOND_SECRETARY).refused("outside_your_unit")


def test_a_household_and_a_group_never_share_an_id() -> None:
    form = decide(FormGroup, SPRING, group=HOUSEHOLD, unit=CELL, name="Nhóm 1")
    COMMUNITY.when(form, SECRETARY).refused("id_taken", id=HOUSEHOLD)
    register = decide(RegisterHousehold, SPRING, household=GROUP, unit=CELL, head="Lò Thị B")
    GROUPED.when(register, SECRETARY).refused("id_taken", id=GROUP)


def test_a_group_changes() -> None:
    change = decide(ChangeGroup, SPRING, group=GROUP, added=(THREE, THREE), removed=(TWO,))
    after = GROUPED.when(change, SECRETARY).then(GroupChanged(group=GROUP, added=(THREE,), removed=(TWO,)), unit=CELL)
    assert group(after).households(date(2018, 2, 28)) == {HOUSEHOLD, TWO}
    assert group(after).households(SPRING) == {HOUSEHOLD, THREE}
    ask = GROUPED.when
    ask(decide(ChangeGroup, SPRING, group=GROUP), SECRETARY).refused("nothing_to_change")
    ask(decide(ChangeGroup, SPRING, group=GROUP, added=(TWO,)), SECRETARY).refused("already_in_group", household=TWO)
    ask(decide(ChangeGroup, SPRING, group=GROUP, removed=(THREE,)), SECRETARY).refused("not_in_group", household=THREE)
    ask(decide(ChangeGroup, SPRING, group=GROUP, added=(FAR_HOUSEHOLD,)), SECRETARY).refused(
        "household_of_another_cell"
    )
    ask(decide(ChangeGroup, SPRING, group=NEW, added=(TWO,)), SECRETARY).refused("group_unknown", group=NEW)
    ask(change, OTHER_OFFICE).refused("outside_your_unit", unit=None)


def test_a_change_recorded_late_leaves_a_later_place_alone() -> None:
    back = GROUPED.given(
        on(SUMMER, GroupChanged(group=GROUP, removed=(TWO,)), CELL),
        on(AUTUMN, GroupChanged(group=GROUP, added=(TWO,)), CELL),
    )
    back.when(decide(ChangeGroup, SUMMER, group=GROUP, added=(TWO,)), SECRETARY).refused("already_in_group")
    after = back.when(decide(ChangeGroup, SPRING, group=GROUP, removed=(TWO,)), SECRETARY).recorded()
    assert [TWO in group(after).households(day) for day in (START, SPRING, AUTUMN)] == [True, False, True]


def test_a_group_is_dissolved_on_its_day() -> None:
    command = decide(DissolveGroup, SUMMER, group=GROUP)
    after = GROUPED.when(command, SECRETARY).then(GroupDissolved(group=GROUP), unit=CELL)
    assert group(after).households(date(2018, 5, 31)) == {HOUSEHOLD, TWO}
    assert group(after).households(SUMMER) == set()
    after.when(command, SECRETARY).refused("group_not_then", group=GROUP, day=SUMMER)
    after.when(command, SECOND_SECRETARY).refused("outside_your_unit", unit=None)
    late = after.when(decide(ChangeGroup, SPRING, group=GROUP, added=(THREE,)), SECRETARY).recorded()
    assert {place.span.until for place in group(late).places} == {SUMMER}
    same_day = GROUPED.when(decide(DissolveGroup, START, group=GROUP), SECRETARY).recorded()
    assert group(same_day).places == ()


@pytest.mark.parametrize("asker", [SECOND_SECRETARY, OFFICE, PROVINCIAL])
def test_after_a_merger_of_cells_their_households_form_groups_together(asker: Asker) -> None:
    joined = COMMUNITY.given(on(START, HouseholdRegistered(household=NEW, unit=SECOND_CELL, head="s1:head")))
    command = decide(FormGroup, SUMMER, group=GROUP, unit=SECOND_CELL, name="Nhóm chung", households=(NEW, HOUSEHOLD))
    joined.when(command, asker).refused("household_of_another_cell", household=HOUSEHOLD)
    merged = joined.given(on(SUMMER, UnitMerged(unit=CELL, into=SECOND_CELL)))
    merged.when(command, asker).recorded()


def test_who_moves_a_household_is_told_of_the_groups_that_it_stays_in() -> None:
    command = decide(MoveHousehold, SUMMER, household=HOUSEHOLD, unit=SECOND_CELL)
    GROUPED.attached(HOUSEHOLD, groups=1).when(command, OFFICE).warned("still_in_groups", household=HOUSEHOLD, groups=1)
    GROUPED.attached(TWO, groups=1).when(command, OFFICE).quietly()
