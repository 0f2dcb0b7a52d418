"""The two ways in: through the member responsible, and at the office, past him and his cell."""

from datetime import date, datetime, timedelta
from typing import Any

from events.calendar import VIETNAM
from events.facts.assignments import AssignmentEnded, EndingReason, HouseholdAssigned
from events.facts.grievance_values import GrievanceKind, GrievanceTopic, NoReceiver, Person, Way
from events.facts.grievances import CaseNumbered, GrievanceBooked, GrievanceRaised
from events.facts.households import HouseholdMoved
from events.facts.members import LeavingReason, MemberLeft
from events.facts.organisation import OfficeAppointed, OfficeKind, OfficeReleased, UnitDissolved, UnitMerged
from projections.states.grievances import FIRST_DRAWN, LAST_DRAWN, Stage
from services.decisions.grievances.hearing import WithdrawGrievance
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.routing import BookGrievance, ConcludeAtCell, NamePerson
from tests.given import LATER, Given, named, on
from tests.services.decisions.cases import (
    CASE,
    DOCUMENT,
    PHONE,
    PLACE,
    RAISED,
    SYSTEM,
    TOLD,
    case_of,
    raising,
    receiving,
    step,
)
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    FAR_CELL,
    HOUSEHOLD,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    OTHER_COMMUNE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    START,
    STRANGER,
    phone_of,
)

ENDED = date(2018, 3, 5)
SYNCED = date(2018, 3, 9)
RELEASED = PLACE.given(
    on(START, HouseholdAssigned(assignment=named("a"), household=HOUSEHOLD, member=MEMBER), CELL),
    on(
        ENDED,
        AssignmentEnded(assignment=named("a"), target=HOUSEHOLD, member=MEMBER, reason=EndingReason.PLAN_CHANGED),
        CELL,
    ),
)


def raised(**fields: Any) -> GrievanceRaised:
    said: dict[str, Any] = {
        "grievance": CASE,
        "way": Way.MEMBER,
        "visible": CELL,
        "received": TOLD,
        "topic": GrievanceTopic.LAND,
        "text": "Nội dung thử",
        "holder": CELL,
        "kind": GrievanceKind.CONCERN,
        "household": HOUSEHOLD,
        "member": MEMBER,
        **fields,
    }
    return GrievanceRaised(**said)


def about(*concerned: Concerned, place: Given = PLACE) -> GrievanceRaised:
    """The case as it is recorded where it is about these persons."""
    outcome = place.at(TOLD).when(raising(about=concerned), PHONE)
    body = outcome.drafts()[0].body
    assert isinstance(body, GrievanceRaised)
    assert {draft.unit for draft in outcome.drafts()} == {body.visible}
    outcome.recorded()
    return body


def test_what_the_member_was_told_stands_at_his_cell() -> None:
    PLACE.at(TOLD).when(RAISED, PHONE).quietly().then(raised(), unit=CELL)


def test_a_phone_that_was_offline_reports_for_a_member_released_meanwhile() -> None:
    outcome = RELEASED.at(SYNCED).when(RAISED, PHONE)
    outcome.warned("no_longer_responsible", household=HOUSEHOLD).then(raised(received=SYNCED), unit=CELL)


def test_so_does_the_secretary_for_a_member_without_a_phone_even_where_the_household_has_moved() -> None:
    (draft,) = PLACE.at(TOLD).when(RAISED, SECRETARY).drafts()
    assert draft.performed_by == MEMBER
    moved = RELEASED.given(on(ENDED, HouseholdMoved(household=HOUSEHOLD, unit=FAR_CELL, former_unit=CELL)))
    for asker in (PHONE, SECRETARY):
        moved.at(SYNCED).when(RAISED, asker).then(raised(visible=FAR_CELL, holder=FAR_CELL, received=SYNCED))


def test_members_and_strangers_report_nothing_of_households_that_are_no_business_of_theirs() -> None:
    PLACE.at(TOLD).when(RAISED, phone_of(COLLEAGUE, CELL)).refused("not_your_grievance", person=MEMBER)
    far = raising(member=STRANGER)
    PLACE.at(TOLD).when(far, phone_of(STRANGER, FAR_CELL)).refused("outside_your_unit", unit=None)
    PLACE.at(TOLD).when(RAISED, SECOND_SECRETARY).refused("outside_your_unit", unit=None)
    PLACE.at(TOLD).when(raising(household=named("no household")), PHONE).refused("household_unknown")
    PLACE.at(TOLD).when(raising(member=named("nobody")), SECRETARY).refused("member_unknown", person=named("nobody"))


def test_a_phone_with_a_fast_clock_is_told_and_nobody_has_to_wait_for_it() -> None:
    fast = raising(moment=LATER + timedelta(minutes=20))
    given = PLACE.at(LATER).when(fast, PHONE).warned("clock_ahead", minutes=20).recorded()
    now = step(WithdrawGrievance, LATER, grievance=fast.id, basis=DOCUMENT)
    given.when(now, SECRETARY).recorded()
    PLACE.at(LATER).when(raising(moment=LATER + timedelta(hours=30)), PHONE).refused("in_the_future", hours=30)


def test_a_clock_that_is_past_midnight_already_loses_no_report() -> None:
    late = datetime(2018, 12, 31, 23, 50, tzinfo=VIETNAM)
    for command, asker in (
        (raising(moment=late + timedelta(minutes=20)), PHONE),
        (receiving(late + timedelta(minutes=20)), OFFICE),
    ):
        body = PLACE.at(late).when(command, asker).drafts()[0].body
        assert isinstance(body, GrievanceRaised)
        assert body.received == late.date()


def test_of_a_cell_that_went_into_another_the_successor_has_it_and_of_a_dissolved_one_the_commune() -> None:
    merged = PLACE.given(on(ENDED, UnitMerged(unit=CELL, into=SECOND_CELL)))
    merged.at(SYNCED).when(RAISED, PHONE).then(
        raised(visible=SECOND_CELL, holder=SECOND_CELL, received=SYNCED), unit=SECOND_CELL
    )
    dissolved = PLACE.given(on(ENDED, UnitDissolved(unit=CELL)))
    after = dissolved.at(SYNCED).when(RAISED, PHONE).then(raised(visible=COMMUNE, holder=COMMUNE, received=SYNCED))
    after.when(step(BookGrievance, SYNCED, unit=COMMUNE), OFFICE).recorded()


def test_at_the_office_it_passes_the_member_and_his_cell_by_and_has_its_number_at_once() -> None:
    command = receiving()
    given = (
        PLACE.at(TOLD)
        .when(command, OFFICE)
        .quietly()
        .then(
            raised(grievance=command.id, way=Way.OFFICE, visible=COMMUNE, holder=COMMUNE, kind=None, member=None),
            GrievanceBooked(grievance=command.id, holder=COMMUNE, year=2018, number=1),
            CaseNumbered(unit=COMMUNE, year=2018, number=1),
            unit=COMMUNE,
        )
    )
    assert case_of(given, command.id).stage is Stage.BOOKED
    known = {"grievance": command.id}
    given.when(step(WithdrawGrievance, TOLD, **known), PHONE).refused("grievance_unknown")
    concluded = step(ConcludeAtCell, TOLD, **known, unit=CELL, meeting=named("meeting"), conclusion="explained")
    given.when(concluded, SECRETARY).refused("grievance_unknown")


def test_an_office_numbers_its_cases_by_year_without_a_gap() -> None:
    given, numbers = PLACE, []
    days = (date(2018, 3, 1), date(2018, 12, 31), date(2019, 1, 2), date(2019, 1, 3))
    for when in days:
        outcome = given.at(when).when(receiving(when), OFFICE)
        numbers.append((outcome.drafts()[1].body.year, outcome.drafts()[1].body.number))
        given = outcome.recorded()
    assert numbers == [(2018, 1), (2018, 2), (2019, 1), (2019, 2)]
    late = receiving(date(2018, 12, 30))
    (_, booked, _) = given.at(date(2019, 1, 4)).when(late, OFFICE).drafts()
    assert (booked.body.year, booked.body.number) == (2018, 3)
    (_, other, _) = given.at(days[-1]).when(receiving(days[-1], unit=OTHER_COMMUNE), SYSTEM).drafts()
    assert other.body.number == 1


def test_a_case_about_somebody_leaves_no_gap_in_the_numbers_of_the_others() -> None:
    """Told between two others: they are 1 and 2, and its own number is none that is counted."""
    given, numbers = PLACE, []
    for about_ in ((), (Concerned(COLLEAGUE),), ()):
        outcome = given.at(TOLD).when(receiving(about=about_, text=f"Việc {len(numbers)}"), OFFICE)
        (raised_, booked, guard) = (draft.body for draft in outcome.drafts())
        assert (booked.number, booked.grievance) == (guard.number, raised_.grievance)
        numbers.append(booked.number)
        given = outcome.recorded()
    assert (numbers[0], numbers[2]) == (1, 2)
    assert FIRST_DRAWN <= numbers[1] <= LAST_DRAWN


def test_what_turns_out_to_be_about_somebody_keeps_the_number_that_it_was_booked_in_under() -> None:
    command = receiving()
    given = PLACE.at(TOLD).when(command, OFFICE).recorded()
    name = step(NamePerson, TOLD, grievance=command.id, unit=COMMUNE, about=(Concerned(named("officer"), COMMUNE),))
    gone = given.when(name, OFFICE).recorded()
    there = gone.when(step(BookGrievance, TOLD, grievance=command.id, unit=PROVINCE), PROVINCIAL).recorded()
    numbers = case_of(there, command.id).numbers
    assert numbers[COMMUNE] == (2018, 1)
    assert numbers[PROVINCE][1] >= FIRST_DRAWN


def test_the_office_says_who_came_and_is_no_cell() -> None:
    PLACE.at(TOLD).when(receiving(household=None), OFFICE).refused("petitioner_needed")
    PLACE.at(TOLD).when(receiving(household=None, petitioner="Người thử"), OFFICE).recorded()
    PLACE.at(TOLD).when(receiving(household=named("no household")), OFFICE).refused("household_unknown")
    PLACE.at(TOLD).when(receiving(unit=CELL), OFFICE).refused("not_an_office", unit=CELL)
    PLACE.at(TOLD).when(receiving(unit=OTHER_COMMUNE), OFFICE).refused("outside_your_unit", unit=OTHER_COMMUNE)


def test_a_case_about_a_person_stands_above_him_and_is_hidden_below() -> None:
    body = about(Concerned(COLLEAGUE))
    assert (body.visible, body.holder, body.about) == (COMMUNE, COMMUNE, (Person(COLLEAGUE, COMMUNE),))
    own_secretary = about(Concerned(named("secretary"), CELL))
    assert (own_secretary.visible, own_secretary.holder) == (COMMUNE, COMMUNE)
    two_communes = about(Concerned(COLLEAGUE), Concerned(STRANGER))
    assert (two_communes.visible, two_communes.holder) == (PROVINCE, PROVINCE)
    officer = about(Concerned(named("officer"), COMMUNE))
    assert officer.holder == PROVINCE
    same_twice = about(Concerned(COLLEAGUE), Concerned(COLLEAGUE, COMMUNE))
    assert same_twice.about == (Person(COLLEAGUE, PROVINCE),)


def test_who_raised_a_case_about_his_own_secretary_still_speaks_for_the_household() -> None:
    command = raising(about=(Concerned(named("secretary"), CELL),))
    given = PLACE.at(TOLD).when(command, PHONE).recorded()
    back = step(WithdrawGrievance, TOLD, grievance=command.id)
    given.when(back, SECRETARY).refused("grievance_unknown")
    given.when(back, PHONE).recorded()


def test_about_the_highest_unit_nobody_receives_it_and_nobody_of_it_learns_of_it() -> None:
    command = raising(about=(Concerned(named("provincial secretary"), PROVINCE),))
    given = PLACE.at(TOLD).when(command, PHONE).recorded()
    case = case_of(given, command.id)
    assert (case.holder, case.no_receiver) == (None, NoReceiver.CONFLICT_OF_INTEREST)
    for asker, unit in ((PROVINCIAL, PROVINCE), (OFFICE, COMMUNE), (SECRETARY, CELL), (SYSTEM, PROVINCE)):
        book = step(BookGrievance, TOLD, grievance=command.id, unit=unit)
        given.when(book, asker).refused("grievance_unknown", grievance=command.id)


def test_whoever_left_is_still_somebody_and_whoever_belongs_nowhere_needs_a_unit() -> None:
    left = PLACE.given(on(ENDED, MemberLeft(person=NEIGHBOUR, unit=SECOND_CELL, reason=LeavingReason.LEFT)))
    assert about(Concerned(NEIGHBOUR), place=left).holder == COMMUNE
    outsider = named("outsider")
    PLACE.at(TOLD).when(raising(about=(Concerned(outsider),)), PHONE).refused("person_without_unit", person=outsider)
    nowhere = raising(about=(Concerned(outsider, named("no unit")),))
    PLACE.at(TOLD).when(nowhere, PHONE).refused("unit_unknown", unit=named("no unit"))


def test_whoever_holds_an_office_is_passed_over_with_it_whether_or_not_the_report_says_so() -> None:
    """A member of a cell of the commune who is the commune's deputy secretary: it goes to the province."""
    deputy = OfficeAppointed(unit=COMMUNE, office=OfficeKind.DEPUTY_SECRETARY, person=COLLEAGUE)
    place = PLACE.given(on(START, deputy))
    assert about(Concerned(COLLEAGUE), place=place).holder == PROVINCE
    (draft,) = place.at(TOLD).when(receiving(about=(Concerned(COLLEAGUE),)), OFFICE).drafts()
    assert isinstance(draft.body, GrievanceRaised)
    assert (draft.body.holder, draft.body.visible) == (PROVINCE, PROVINCE)
    released = OfficeReleased(unit=COMMUNE, office=OfficeKind.DEPUTY_SECRETARY, person=COLLEAGUE)
    assert about(Concerned(COLLEAGUE), place=place.given(on(TOLD, released))).holder == COMMUNE
