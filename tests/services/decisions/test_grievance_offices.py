"""Who comes to an office while a case about him is open: from that day on it is for those above him alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from events.facts.grievance_values import EscalationReason, Person, ReturnReason
from events.facts.grievances import GrievanceTransferred, InterimReplied, NamingTakenBack, PersonConcerned
from events.facts.organisation import OfficeActing, OfficeAppointed, OfficeKind, OfficeReleased, UnitMerged
from projections.states.grievances import Stage
from services.decisions.asking import Asker, Role
from services.decisions.grievances.hearing import NoteOverdue, WithdrawGrievance
from services.decisions.grievances.inspecting import ReferOutside, TakeBackNaming
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.routing import EscalateGrievance, NamePerson, ReturnGrievance
from services.decisions.grievances.settling import ReplyInterim
from tests.given import Given, on
from tests.services.decisions.cases import (
    CASE,
    DOCUMENT,
    INSPECTION,
    PHONE,
    PROVINCIAL_INSPECTION,
    SYSTEM,
    accepted,
    at_commune,
    booked,
    case_of,
    day,
    step,
    told,
)
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    NEIGHBOUR,
    OFFICE,
    OTHER_COMMUNE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
)

DEPUTY = OfficeKind.DEPUTY_SECRETARY
SINCE = day(6)


def about(person: UUID = NEIGHBOUR) -> Given:
    """The commune has booked in and accepted a case, and learns on the fourth day that it is about the person."""
    given = accepted(booked(at_commune(told()))).at(day(4))
    return given.when(step(NamePerson, day(4), unit=COMMUNE, about=(Concerned(person),)), OFFICE).recorded()


def appointed(given: Given, unit: UUID, since: date = SINCE, person: UUID = NEIGHBOUR) -> Given:
    return given.given(on(since, OfficeAppointed(unit=unit, office=DEPUTY, person=person)))


def reply(when: int, unit: UUID) -> ReplyInterim:
    return step(ReplyInterim, day(when), unit=unit)


def test_a_commune_whose_officer_he_becomes_knows_the_case_no_more_and_the_province_takes_it_over() -> None:
    given = about().at(day(5))
    given.when(reply(5, COMMUNE), OFFICE).recorded()
    now = appointed(given, COMMUNE).at(day(7))
    now.when(reply(7, COMMUNE), OFFICE).refused("grievance_unknown")
    after = now.when(reply(7, PROVINCE), PROVINCIAL).then(
        GrievanceTransferred(grievance=CASE, sender=COMMUNE, to=PROVINCE),
        InterimReplied(grievance=CASE, holder=PROVINCE),
        unit=PROVINCE,
    )
    case = case_of(after)
    assert (case.holder, case.stage, case.sender) == (PROVINCE, Stage.WAITING, COMMUNE)
    assert case_of(booked(after, PROVINCIAL, PROVINCE, 8)).numbers.keys() == {COMMUNE, PROVINCE}
    back = step(ReturnGrievance, day(8), unit=PROVINCE, reason=ReturnReason.TO_BE_SOLVED_BELOW)
    after.at(day(8)).when(back, PROVINCIAL).refused("conflict_of_interest", unit=COMMUNE)


@pytest.mark.parametrize("office", OfficeKind)
def test_every_office_counts_and_acting_in_one_as_well(office: OfficeKind) -> None:
    for body in (
        OfficeAppointed(unit=COMMUNE, office=office, person=NEIGHBOUR),
        OfficeActing(unit=COMMUNE, office=office, person=NEIGHBOUR, until=day(10)),
    ):
        now = about().given(on(day(6), body)).at(day(7))
        now.when(reply(7, COMMUNE), OFFICE).refused("grievance_unknown")


def test_rights_are_of_today_so_it_comes_back_when_he_leaves_the_office_and_was_there_before_he_took_it() -> None:
    coming = appointed(about(), COMMUNE, day(20))
    coming.at(day(7)).when(reply(7, COMMUNE), OFFICE).recorded()
    coming.at(day(20)).when(reply(20, COMMUNE), OFFICE).refused("grievance_unknown")
    gone = coming.given(on(day(30), OfficeReleased(unit=COMMUNE, office=DEPUTY, person=NEIGHBOUR)))
    gone.at(day(30)).when(reply(30, COMMUNE), OFFICE).then(InterimReplied(grievance=CASE, holder=COMMUNE))
    acting = about().given(on(day(6), OfficeActing(unit=COMMUNE, office=DEPUTY, person=NEIGHBOUR, until=day(9))))
    acting.at(day(8)).when(reply(8, COMMUNE), OFFICE).refused("grievance_unknown")
    acting.at(day(9)).when(reply(9, COMMUNE), OFFICE).recorded()


@pytest.mark.parametrize("unit", [CELL, SECOND_CELL])
def test_an_office_below_the_holder_changes_nothing(unit: UUID) -> None:
    appointed(about(), unit).at(day(7)).when(reply(7, COMMUNE), OFFICE).recorded()


def test_an_office_beside_the_holder_takes_the_case_from_it() -> None:
    """He becomes an officer of the other commune: the first is not above him any more."""
    now = appointed(about(), OTHER_COMMUNE).at(day(7))
    now.when(reply(7, COMMUNE), OFFICE).refused("grievance_unknown")
    now.when(reply(7, PROVINCE), PROVINCIAL).recorded()


def test_in_the_highest_office_nobody_is_above_him_and_inspection_hands_it_outside() -> None:
    now = appointed(about(), PROVINCE).at(day(7))
    for asker in (OFFICE, PROVINCIAL, SYSTEM):
        now.when(reply(7, PROVINCE), asker).refused("grievance_unknown")
    outside = step(ReferOutside, day(7), receiver="Cơ quan có thẩm quyền", basis=DOCUMENT)
    now.when(outside, INSPECTION).refused("grievance_unknown")
    assert case_of(now.when(outside, PROVINCIAL_INSPECTION).recorded()).stage is Stage.REFERRED
    before = about().at(day(5))
    early = step(ReferOutside, day(5), receiver="Cơ quan có thẩm quyền", basis=DOCUMENT)
    before.when(early, PROVINCIAL_INSPECTION).refused("somebody_may_have_it", unit=COMMUNE)


def test_the_inspection_of_his_own_commune_does_not_clear_him() -> None:
    back = step(TakeBackNaming, day(7), cleared=(NEIGHBOUR,), basis=DOCUMENT)
    now = appointed(about(), COMMUNE).at(day(7))
    now.when(back, INSPECTION).refused("grievance_unknown")
    now.when(back, PROVINCIAL).refused("not_above_the_holder", holder=PROVINCE)
    now.when(back, PROVINCIAL_INSPECTION).then(
        NamingTakenBack(grievance=CASE, cleared=(NEIGHBOUR,), visible=CELL, holder=COMMUNE)
    )


def test_who_raised_it_still_knows_of_it_and_a_unit_above_sees_whose_turn_it_is() -> None:
    now = appointed(about(), COMMUNE).at(day(7))
    now.when(step(WithdrawGrievance, day(7)), PHONE).recorded()
    late = now.at(day(200))
    late.when(step(NoteOverdue, day(200), clock="level"), PROVINCIAL).refused("not_above_the_holder", holder=PROVINCE)


def test_another_who_is_named_there_leaves_it_with_the_unit_that_took_it_over() -> None:
    now = appointed(about(), COMMUNE).at(day(7)).when(reply(7, PROVINCE), PROVINCIAL).recorded().at(day(8))
    both = (Person(NEIGHBOUR, COMMUNE), Person(COLLEAGUE, COMMUNE))
    name = step(NamePerson, day(8), unit=PROVINCE, about=(Concerned(COLLEAGUE),))
    now.when(name, PROVINCIAL).then(
        PersonConcerned(grievance=CASE, about=both, visible=COMMUNE, holder=PROVINCE), unit=PROVINCE
    )


def test_a_naming_that_is_taken_back_leaves_it_above_another_who_has_come_to_an_office() -> None:
    name = step(NamePerson, day(5), unit=COMMUNE, about=(Concerned(COLLEAGUE),))
    given = about().at(day(5)).when(name, OFFICE).recorded()
    back = step(TakeBackNaming, day(7), cleared=(COLLEAGUE,), basis=DOCUMENT)
    now = appointed(given, COMMUNE).at(day(7)).when(back, PROVINCIAL_INSPECTION).recorded()
    assert case_of(now).holder == COMMUNE, "by record; the province has it as long as he is in office"
    now.when(reply(7, COMMUNE), OFFICE).refused("grievance_unknown")
    now.when(reply(7, PROVINCE), PROVINCIAL).recorded()


def test_an_office_of_what_was_merged_is_one_of_its_successor() -> None:
    """He became an officer of the other commune, which then went into the one that has the case."""
    now = appointed(about(), OTHER_COMMUNE).given(on(day(8), UnitMerged(unit=OTHER_COMMUNE, into=COMMUNE))).at(day(9))
    now.when(reply(9, COMMUNE), OFFICE).refused("grievance_unknown")
    now.when(reply(9, PROVINCE), PROVINCIAL).recorded()


def test_nothing_is_sent_up_to_a_unit_in_which_he_holds_an_office() -> None:
    given = told().at(day(0))
    name = step(NamePerson, day(0), unit=CELL, about=(Concerned(COLLEAGUE),))
    secretary = Asker(role=Role.CELL_SECRETARY, unit=CELL, client="web", person=UUID(int=7))
    named = given.when(name, secretary).recorded()
    now = appointed(named, PROVINCE, day(1), COLLEAGUE).at(day(2))
    up = step(EscalateGrievance, day(2), unit=COMMUNE, reason=EscalationReason.BEYOND_COMPETENCE)
    now.when(up, OFFICE).refused("grievance_unknown")
