"""What is about somebody of the highest unit has a way out, and a wrong naming is taken back."""

from __future__ import annotations

import pytest

from events.facts.grievance_values import (
    AnswerOutcome,
    GrievanceKind,
    GrievanceTopic,
    NoReceiver,
    Person,
    ReopeningReason,
)
from events.facts.grievances import GrievanceBooked, GrievanceReferredOutside, GrievanceReopened, NamingTakenBack
from events.facts.organisation import UnitKind
from projections.states.clocks import runs
from projections.states.grievances import Stage
from services.decisions.asking import Asker, Role
from services.decisions.grievances.hearing import ContestAnswer, ReopenGrievance, WithdrawGrievance
from services.decisions.grievances.inspecting import ReferOutside, TakeBackNaming
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.routing import NamePerson, Part, SplitGrievance
from tests.given import Given, named
from tests.services.decisions.cases import (
    CASE,
    DOCUMENT,
    HIGHEST,
    INSPECTION,
    PHONE,
    PLACE,
    PROVINCIAL_INSPECTION,
    accepted,
    answered,
    at_commune,
    booked,
    case_of,
    day,
    delivered,
    raising,
    receiving,
    step,
    told,
)
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    NEIGHBOUR,
    OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    SECRETARY,
)

OUTSIDE = "Cơ quan có thẩm quyền ở trung ương"


def name(when: int, *persons: Concerned, unit: object = COMMUNE) -> NamePerson:
    return step(NamePerson, day(when), unit=unit, about=persons)


def refer(when: int, **fields: object) -> ReferOutside:
    return step(ReferOutside, day(when), **{"receiver": OUTSIDE, "basis": DOCUMENT, **fields})


def take_back(when: int, *persons: object, **fields: object) -> TakeBackNaming:
    return step(TakeBackNaming, day(when), **{"cleared": persons, "basis": DOCUMENT, **fields})


def about_the_highest(given: Given, when: int = 2) -> Given:
    """The commune learns that its case is about who holds the highest office."""
    return given.at(day(when)).when(name(when, Concerned(HIGHEST)), OFFICE).recorded()


def levels(unit: object) -> UnitKind:
    return {CELL: UnitKind.CELL, PROVINCE: UnitKind.PROVINCE}.get(unit, UnitKind.COMMUNE)  # type: ignore[call-overload, no-any-return]


def test_what_nobody_here_may_have_inspection_hands_to_a_body_outside_and_no_clock_runs_on() -> None:
    given = about_the_highest(at_commune(told())).at(day(6))
    assert case_of(given).no_receiver is NoReceiver.CONFLICT_OF_INTEREST
    after = given.when(refer(6), PROVINCIAL_INSPECTION).then(
        GrievanceReferredOutside(grievance=CASE, receiver=OUTSIDE), unit=PROVINCE
    )
    case = case_of(after)
    assert (case.stage, case.outcome, case.closing) == (Stage.REFERRED, AnswerOutcome.REFERRED_OUTSIDE, None)
    assert (case.holder, case.no_receiver) == (None, None)
    assert not [run for run in runs(case, levels) if run.ended is None]
    assert {run.ended for run in runs(case, levels) if run.clock == "total"} == {day(6)}


def test_it_is_handed_outside_only_by_a_document_and_only_where_no_unit_may_have_it() -> None:
    given = at_commune(told()).at(day(6))
    given.when(refer(6), PROVINCIAL_INSPECTION).refused("somebody_may_have_it", unit=COMMUNE)
    stuck = about_the_highest(given).at(day(6))
    stuck.when(refer(6, basis=None), PROVINCIAL_INSPECTION).refused("basis_needed")
    stuck.when(refer(6), INSPECTION).refused("grievance_unknown")
    concerned = Asker(role=Role.INSPECTION, unit=PROVINCE, client="web", person=HIGHEST)
    stuck.when(refer(6), concerned).refused("grievance_unknown")


def test_an_inspection_below_the_highest_unit_knows_of_nobody_above_it() -> None:
    """The case stood at the commune before it turned out to be about somebody of it: the commune's own inspection is
    below him as well."""
    officer = named("officer")
    given = at_commune(told()).at(day(2)).when(name(2, Concerned(officer)), OFFICE).recorded().at(day(3))
    given.when(take_back(3, officer), INSPECTION).refused("grievance_unknown")
    given.when(take_back(3, officer), PROVINCIAL_INSPECTION).recorded()


def test_a_naming_that_was_wrong_is_taken_back_and_those_see_the_case_again_who_had() -> None:
    given = told().when(name(0, Concerned(COLLEAGUE), unit=CELL), SECRETARY).recorded().at(day(3))
    given.when(step(WithdrawGrievance, day(3)), SECRETARY).refused("grievance_unknown")
    after = given.when(take_back(3, COLLEAGUE), PROVINCIAL).then(
        NamingTakenBack(grievance=CASE, cleared=(COLLEAGUE,), visible=CELL, holder=COMMUNE), unit=COMMUNE
    )
    case = case_of(after)
    assert (case.about, case.visible, case.holder, case.stage) == ((), CELL, COMMUNE, Stage.WAITING)
    after.when(step(WithdrawGrievance, day(3), basis=DOCUMENT), SECRETARY).recorded()


def test_who_is_still_named_keeps_the_case_above_himself() -> None:
    both = name(2, Concerned(HIGHEST), Concerned(NEIGHBOUR))
    given = at_commune(told()).at(day(2)).when(both, OFFICE).recorded().at(day(4))
    left = (Person(NEIGHBOUR, COMMUNE),)
    given.when(take_back(4, HIGHEST), PROVINCIAL_INSPECTION).then(
        NamingTakenBack(grievance=CASE, cleared=(HIGHEST,), visible=COMMUNE, about=left, holder=COMMUNE), unit=PROVINCE
    )


@pytest.mark.parametrize(("command", "lowest"), [(raising, CELL), (receiving, COMMUNE)])
def test_a_case_that_came_in_with_a_wrong_name_goes_to_where_it_was_told(command: object, lowest: object) -> None:
    """Nobody ever had it: it is first received on the day on which the naming is taken back."""
    raised = command(about=(Concerned(HIGHEST, PROVINCE),))  # type: ignore[operator]
    given = PLACE.at(day(0)).when(raised, PHONE if command is raising else OFFICE).recorded().at(day(4))
    assert case_of(given, raised.id).holder is None
    after = given.when(take_back(4, HIGHEST, grievance=raised.id), PROVINCIAL_INSPECTION).recorded()
    case = case_of(after, raised.id)
    assert (case.visible, case.holder, case.stage, case.no_receiver) == (lowest, lowest, Stage.WAITING, None)
    assert [(run.started, run.unit) for run in runs(case, levels) if run.clock == "level" and run.ended is None] == [
        (day(4), lowest)
    ]


def test_what_was_wrongly_taken_from_an_office_comes_back_to_it_to_be_booked_under_its_number() -> None:
    given = about_the_highest(accepted(booked(at_commune(told()))), 4).at(day(6))
    after = given.when(take_back(6, HIGHEST), PROVINCIAL_INSPECTION).recorded()
    case = case_of(after)
    assert (case.holder, case.stage) == (COMMUNE, Stage.WAITING)
    assert {run.unit: run.ended for run in runs(case, levels) if run.clock == "level" and run.unit == PROVINCE} == {
        PROVINCE: day(6)
    }
    assert GrievanceBooked(grievance=CASE, holder=COMMUNE, year=2018, number=1) in [
        fact.body for fact in booked(after, when=7).facts[len(after.facts) :]
    ]


def test_a_naming_is_taken_back_by_a_document_and_only_where_somebody_is_named() -> None:
    given = at_commune(told()).at(day(2)).when(name(2, Concerned(NEIGHBOUR)), OFFICE).recorded().at(day(3))
    given.when(take_back(3, NEIGHBOUR, basis=None), PROVINCIAL).refused("basis_needed")
    given.when(take_back(3, COLLEAGUE), PROVINCIAL).refused("person_not_named", person=COLLEAGUE)
    given.when(take_back(3, NEIGHBOUR), OFFICE).refused("not_above_the_holder", holder=COMMUNE)
    given.when(take_back(3, NEIGHBOUR), INSPECTION).recorded()


def test_a_naming_is_taken_back_in_every_part_of_a_mixed_case_that_bears_it() -> None:
    part = Part(topic=GrievanceTopic.LAND, text="Một phần", kind=GrievanceKind.PROPOSAL)
    split = step(SplitGrievance, day(2), unit=COMMUNE, parts=(part, part))
    given = at_commune(told()).at(day(2)).when(split, OFFICE).recorded().at(day(3))
    one, other = case_of(given).parts
    given = given.when(name(3, Concerned(NEIGHBOUR)), OFFICE).recorded().at(day(4))
    after = given.when(take_back(4, NEIGHBOUR, grievance=one), PROVINCIAL).recorded()
    assert [case_of(after, each).about for each in (one, CASE, other)] == [(), (), ()]
    assert [case_of(after, each).visible for each in (one, CASE, other)] == [CELL, CELL, CELL]
    assert {fact.body.cleared for fact in after.facts if isinstance(fact.body, NamingTakenBack)} == {(NEIGHBOUR,)}


def test_what_was_handed_outside_is_taken_up_again_by_who_may_have_it_since_the_naming_was_wrong() -> None:
    given = about_the_highest(at_commune(told())).at(day(6)).when(refer(6), PROVINCIAL_INSPECTION).recorded()
    again = step(ReopenGrievance, day(8), reason=ReopeningReason.ORDERED_BY_SUPERIOR)
    given.at(day(8)).when(again, PROVINCIAL).refused("grievance_unknown")
    cleared = given.at(day(7)).when(take_back(7, HIGHEST), PROVINCIAL_INSPECTION).recorded()
    assert (case_of(cleared).stage, case_of(cleared).holder) == (Stage.REFERRED, COMMUNE)
    other = Asker(role=Role.PROVINCIAL_OFFICE, unit=PROVINCE, client="web", person=named("another officer"))
    after = (
        cleared.at(day(8))
        .when(again, other)
        .then(GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.ORDERED_BY_SUPERIOR))
    )
    assert case_of(after).stage is Stage.WAITING


def test_what_the_household_contests_is_taken_up_by_nobody_where_nobody_may_have_it() -> None:
    given = about_the_highest(delivered(answered(accepted(booked(at_commune(told()))))), 13).at(day(14))
    after = given.when(step(ContestAnswer, day(14)), PHONE).recorded()
    case = case_of(after)
    assert (case.holder, case.stage, case.no_receiver) == (None, Stage.WAITING, NoReceiver.CONFLICT_OF_INTEREST)
    after.at(day(15)).when(refer(15), PROVINCIAL_INSPECTION).recorded()


def test_a_cell_beside_learns_nothing_by_a_naming_that_is_taken_back() -> None:
    given = at_commune(told()).at(day(2)).when(name(2, Concerned(NEIGHBOUR)), OFFICE).recorded().at(day(3))
    after = given.when(take_back(3, NEIGHBOUR), PROVINCIAL).recorded()
    beside = Asker(role=Role.CELL_SECRETARY, unit=SECOND_CELL, client="web", person=NEIGHBOUR)
    after.when(step(WithdrawGrievance, day(3)), beside).refused("grievance_unknown")
