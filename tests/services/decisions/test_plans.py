"""A cell's plan for a year: as a whole or not at all."""

from datetime import date
from typing import Any
from uuid import UUID

from events.facts.assignments import (
    AssignmentEnded,
    EndingReason,
    GroupAssigned,
    HouseholdAssigned,
    PlanAdopted,
)
from events.facts.households import HouseholdMoved, HouseholdRegistered
from events.facts.members import MemberStatus, MemberStatusChanged
from events.facts.organisation import UnitMerged
from events.log.limits import LARGEST_BATCH
from services.decisions.assignments import AdoptPlan, Ending, Planned
from tests.given import named, on
from tests.services.decisions.commune import (
    BASIS,
    CELL,
    COLLEAGUE,
    COMMUNE,
    COMMUNITY,
    FAR_CELL,
    FAR_HOUSEHOLD,
    GROUP,
    GROUPED,
    HOUSEHOLD,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    PROVINCIAL,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    SPRING,
    START,
    STRANGER,
    SUMMER,
    THREE,
    TWO,
    decide,
)

PLAN, A, B, C = named("plan"), named("a"), named("b"), named("c")
OLD = named("old assignment")
ONGOING = COMMUNITY.given(on(START, HouseholdAssigned(assignment=OLD, household=HOUSEHOLD, member=MEMBER), CELL))


def line(assignment: UUID, member: UUID, household: UUID | None = HOUSEHOLD, **fields: Any) -> Planned:
    return Planned(assignment=assignment, member=member, household=household, **fields)


def plan(*lines: Planned, day: date = SPRING, **fields: Any) -> AdoptPlan:
    return decide(
        AdoptPlan, day, **{"plan": PLAN, "unit": CELL, "year": 2018, "basis": BASIS, **fields}, assignments=lines
    )


def test_a_plan_is_one_header_and_its_assignments() -> None:
    command = plan(line(A, MEMBER), line(B, COLLEAGUE, TWO, until=SUMMER), line(C, MEMBER, None, group=GROUP))
    GROUPED.when(command, SECRETARY).warned("also_directly", person=MEMBER, household=HOUSEHOLD).then(
        PlanAdopted(plan=PLAN, unit=CELL, year=2018, assignments=3),
        HouseholdAssigned(assignment=A, household=HOUSEHOLD, member=MEMBER, plan=PLAN),
        HouseholdAssigned(assignment=B, household=TWO, member=COLLEAGUE, until=SUMMER, plan=PLAN),
        GroupAssigned(assignment=C, group=GROUP, member=MEMBER, plan=PLAN),
        unit=CELL,
    )


def test_a_cell_has_one_plan_a_year_by_a_resolution() -> None:
    adopted = COMMUNITY.when(plan(line(A, MEMBER)), SECRETARY).recorded()
    adopted.when(plan(line(B, MEMBER, TWO), plan=B), SECRETARY).refused("plan_exists", unit=CELL, year=2018, plan=PLAN)
    adopted.when(plan(line(B, MEMBER, TWO), plan=B, year=2019), SECRETARY).recorded()
    COMMUNITY.when(plan(line(A, MEMBER), basis=None), SECRETARY).refused("basis_needed")
    COMMUNITY.when(plan(line(A, MEMBER), unit=COMMUNE), OFFICE).refused("not_a_cell", unit=COMMUNE)
    COMMUNITY.when(plan(line(A, MEMBER)), SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)


def test_a_plan_takes_effect_from_the_founding_day_of_its_cell_on() -> None:
    COMMUNITY.when(plan(line(A, MEMBER), day=START), SECRETARY).recorded()
    COMMUNITY.when(plan(line(A, MEMBER), day=date(2017, 12, 31)), SECRETARY).refused("unit_not_then", unit=CELL)


def test_one_bad_line_refuses_the_whole_plan_and_is_named() -> None:
    exempt = COMMUNITY.given(on(START, MemberStatusChanged(person=COLLEAGUE, status=MemberStatus.EXEMPT)))
    exempt.when(plan(line(A, MEMBER), line(B, COLLEAGUE)), SECRETARY).refused(
        "member_not_assignable", person=COLLEAGUE, line=2
    )
    ask = COMMUNITY.when
    ask(plan(line(A, MEMBER, FAR_HOUSEHOLD)), SECRETARY).refused("outside_your_unit", unit=None, line=1)
    ask(plan(line(A, MEMBER, FAR_HOUSEHOLD)), PROVINCIAL).refused("not_of_this_cell", unit=FAR_CELL, line=1)
    ask(plan(line(A, STRANGER)), SECRETARY).refused("outside_your_unit", unit=None, line=1)
    ask(plan(line(A, MEMBER, None)), SECRETARY).refused("household_or_group_needed", line=1)
    ask(plan(line(A, MEMBER, named("nothing"))), SECRETARY).refused("household_unknown", line=1)
    GROUPED.when(plan(line(A, MEMBER, group=GROUP)), SECRETARY).refused("household_or_group_needed", line=1)


def test_a_plan_names_an_assignment_once() -> None:
    COMMUNITY.when(plan(line(A, MEMBER), line(B, MEMBER)), SECRETARY).refused("twice_in_plan", assignment=B, line=2)
    COMMUNITY.when(plan(line(A, MEMBER), line(A, COLLEAGUE)), SECRETARY).refused("twice_in_plan", assignment=A, line=2)
    COMMUNITY.when(plan(line(A, MEMBER), line(B, COLLEAGUE)), SECRETARY).recorded()
    old = Ending(assignment=OLD, target=HOUSEHOLD)
    ONGOING.when(plan(line(A, MEMBER), endings=(old, old)), SECRETARY).refused("twice_in_plan", assignment=OLD)
    ONGOING.when(plan(line(OLD, COLLEAGUE)), SECRETARY).refused("assignment_exists", assignment=OLD, line=1)


def test_a_plan_ends_and_assigns_the_same_member_and_household_on_one_day() -> None:
    ending = Ending(assignment=OLD, target=HOUSEHOLD)
    ONGOING.when(plan(line(A, MEMBER)), SECRETARY).refused("already_assigned", assignment=OLD, line=1)
    ONGOING.when(plan(line(A, MEMBER), endings=(ending,)), SECRETARY).then(
        PlanAdopted(plan=PLAN, unit=CELL, year=2018, assignments=1),
        AssignmentEnded(assignment=OLD, target=HOUSEHOLD, member=MEMBER, reason=EndingReason.PLAN_CHANGED),
        HouseholdAssigned(assignment=A, household=HOUSEHOLD, member=MEMBER, plan=PLAN),
    )
    first_day = ONGOING.when(plan(line(A, MEMBER), endings=(ending,), day=START), SECRETARY).recorded()
    again = Ending(assignment=OLD, target=HOUSEHOLD)
    first_day.when(plan(line(B, COLLEAGUE), endings=(again,), plan=B, year=2019), SECRETARY).refused(
        "assignment_taken_back", assignment=OLD
    )


def test_a_plan_ends_nobody_elses_assignment() -> None:
    far = on(START, HouseholdAssigned(assignment=OLD, household=FAR_HOUSEHOLD, member=STRANGER), FAR_CELL)
    command = plan(line(A, MEMBER), endings=(Ending(assignment=OLD, target=FAR_HOUSEHOLD),))
    COMMUNITY.given(far).when(command, SECRETARY).refused("outside_your_unit", unit=None)


def test_a_plan_ends_what_the_former_cell_of_a_household_assigned() -> None:
    moved = ONGOING.given(on(SPRING, HouseholdMoved(household=HOUSEHOLD, unit=SECOND_CELL, former_unit=CELL)))
    command = plan(line(A, NEIGHBOUR), unit=SECOND_CELL, endings=(Ending(assignment=OLD, target=HOUSEHOLD),))
    moved.when(command, SECOND_SECRETARY).recorded()
    moved.when(command, OFFICE).recorded()


def test_what_a_plan_ends_does_not_weigh_on_the_load() -> None:
    ending = Ending(assignment=OLD, target=HOUSEHOLD)
    full = ONGOING.load(MEMBER, 20)
    full.when(plan(line(A, MEMBER), endings=(ending,)), SECRETARY).quietly()
    full.when(plan(line(A, MEMBER, TWO)), SECRETARY).warned("load_high", person=MEMBER, load=21)
    swapped = plan(line(A, MEMBER, TWO), line(B, MEMBER, THREE), endings=(ending,))
    full.when(swapped, SECRETARY).warned("load_high", person=MEMBER, load=21)
    group = GROUPED.given(on(START, GroupAssigned(assignment=OLD, group=GROUP, member=MEMBER), CELL)).load(MEMBER, 21)
    regrouped = plan(line(A, MEMBER, None, group=GROUP), endings=(Ending(assignment=OLD, target=GROUP),))
    group.when(regrouped, SECRETARY).warned("load_high", load=21)
    group.load(MEMBER, 20).when(regrouped, SECRETARY).quietly()


def test_a_plan_that_gives_a_household_directly_and_by_its_group_says_so_unless_it_ends_the_one() -> None:
    held = GROUPED.given(on(START, HouseholdAssigned(assignment=OLD, household=HOUSEHOLD, member=MEMBER), CELL))
    regrouped = plan(line(A, MEMBER, None, group=GROUP))
    held.load(MEMBER, 19).when(regrouped, SECRETARY).warned("also_directly", person=MEMBER, household=HOUSEHOLD)
    held.load(MEMBER, 20).when(regrouped, SECRETARY).warned("load_high", load=21)
    ended = plan(line(A, MEMBER, None, group=GROUP), endings=(Ending(assignment=OLD, target=HOUSEHOLD),))
    held.when(ended, SECRETARY).quietly().recorded()


def test_a_plan_fits_one_batch() -> None:
    households = tuple(named(f"household {number}") for number in range(LARGEST_BATCH))
    crowd = COMMUNITY.given(
        *(on(START, HouseholdRegistered(household=one, unit=CELL, head="s1:head")) for one in households)
    )
    lines = tuple(line(named(f"assignment {one}"), MEMBER, one) for one in households)
    crowd.when(plan(*lines), SECRETARY).refused("plan_too_large", limit=LARGEST_BATCH - 1)
    crowd.when(plan(*lines[1:]), SECRETARY).warned("load_high", load=LARGEST_BATCH - 1).recorded()


def test_after_a_merger_of_cells_the_successor_plans_for_their_households_and_members() -> None:
    merged = COMMUNITY.given(on(SPRING, UnitMerged(unit=CELL, into=SECOND_CELL)))
    command = plan(line(A, MEMBER), line(B, NEIGHBOUR, TWO), unit=SECOND_CELL)
    merged.when(command, SECOND_SECRETARY).quietly().then(
        PlanAdopted(plan=PLAN, unit=SECOND_CELL, year=2018, assignments=2),
        HouseholdAssigned(assignment=A, household=HOUSEHOLD, member=MEMBER, plan=PLAN),
        HouseholdAssigned(assignment=B, household=TWO, member=NEIGHBOUR, plan=PLAN),
        unit=SECOND_CELL,
    )
    merged.when(plan(line(A, MEMBER)), PROVINCIAL).refused("unit_not_then", unit=CELL, day=SPRING)
