"""Visits are reports: recorded even when odd, refused only for strangers, things unknown and impossible clocks."""

from datetime import date, timedelta
from typing import Any

import pytest

from events.facts.assignments import AssignmentEnded, EndingReason, GroupAssigned, HouseholdAssigned, RetractionReason
from events.facts.households import DissolutionReason, GroupChanged, HouseholdDissolved, HouseholdMoved
from events.facts.members import MemberTransferred, ResidenceIntroduced
from events.facts.organisation import UnitMerged
from events.facts.visits import (
    Outcome,
    Purpose,
    VisitAttested,
    VisitCorrected,
    VisitDisputed,
    VisitRecorded,
    VisitRetracted,
    VisitTopic,
)
from services.decisions.visits import AttestVisit, CorrectVisit, DisputeVisit, RecordVisit, RetractVisit
from tests.given import LATER, Given, named, noon, on
from tests.services.decisions.commune import (
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
    OTHER_COMMUNE,
    OTHER_OFFICE,
    SECOND_CELL,
    SECRETARY,
    SPRING,
    START,
    STRANGER,
    SUMMER,
    TWO,
    phone_of,
    report,
)

PHONE = phone_of(MEMBER, CELL)
VISIT = named("visit")
ASSIGNED = COMMUNITY.given(
    on(START, HouseholdAssigned(assignment=named("assignment"), household=HOUSEHOLD, member=MEMBER), CELL)
)
RELEASED = ASSIGNED.given(
    on(
        SUMMER,
        AssignmentEnded(
            assignment=named("assignment"), target=HOUSEHOLD, member=MEMBER, reason=EndingReason.MEMBER_MOVED
        ),
        CELL,
    )
)
BODY = VisitRecorded(visit=VISIT, household=HOUSEHOLD, member=MEMBER, purpose=Purpose.REGULAR)
VISITED = ASSIGNED.given(on(SPRING, BODY, CELL, id=VISIT))


def visit(moment: Any = SPRING, **fields: Any) -> RecordVisit:
    return report(RecordVisit, moment, **{"household": HOUSEHOLD, "member": MEMBER, **fields})


def test_a_member_reports_his_visit() -> None:
    said = {"purpose": Purpose.SUPPORT, "topics": (VisitTopic.LIVELIHOOD,), "outcomes": (Outcome.SUPPORT_PROMISED,)}
    command = visit(**said, note="Đang làm chuồng trại")
    outcome = ASSIGNED.when(command, PHONE).quietly()
    body = VisitRecorded(visit=command.id, household=HOUSEHOLD, member=MEMBER, **said, note="Đang làm chuồng trại")
    outcome.then(body, unit=CELL)
    (draft,) = outcome.result.drafts
    assert (draft.effective, draft.instant, draft.performed_by) == (SPRING, noon(SPRING), None)


@pytest.mark.parametrize("asker", [SECRETARY, OFFICE])
def test_a_secretary_enters_a_visit_for_a_member_without_a_phone(asker: Any) -> None:
    (draft,) = ASSIGNED.when(visit(), asker).quietly().result.drafts
    assert draft.performed_by == MEMBER


def test_odd_visits_are_recorded() -> None:
    COMMUNITY.when(visit(), PHONE).quietly().recorded()
    before_assignment_and_registration = visit(date(2017, 12, 31))
    ASSIGNED.when(before_assignment_and_registration, PHONE).quietly().then(
        VisitRecorded(
            visit=before_assignment_and_registration.id,
            household=HOUSEHOLD,
            member=MEMBER,
            purpose=Purpose.REGULAR,
        ),
        unit=CELL,
    )
    VISITED.when(visit(member=COLLEAGUE), phone_of(COLLEAGUE, CELL)).quietly().recorded()
    VISITED.when(visit(), PHONE).quietly().recorded()
    ASSIGNED.when(visit(member=STRANGER), SECRETARY).quietly().recorded()


def test_a_visit_to_a_household_that_is_gone_is_recorded_under_its_last_cell() -> None:
    gone = ASSIGNED.given(on(SPRING, HouseholdDissolved(household=HOUSEHOLD, reason=DissolutionReason.MOVED_AWAY)))
    outcome = gone.when(visit(SUMMER), PHONE).warned("household_changed", household=HOUSEHOLD)
    assert {draft.unit for draft in outcome.result.drafts} == {CELL}


def test_a_late_visit_of_a_former_assignee_is_kept_and_flagged() -> None:
    late = visit(date(2018, 5, 20))
    RELEASED.at(SUMMER).when(late, PHONE).warned("no_longer_responsible", household=HOUSEHOLD).recorded()
    RELEASED.at(date(2018, 5, 31)).when(late, PHONE).quietly().recorded()
    gone_away = RELEASED.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL)))
    gone_away.when(late, phone_of(MEMBER, FAR_CELL)).warned("no_longer_responsible").recorded()


def test_who_becomes_responsible_tomorrow_is_not_told_that_he_was() -> None:
    tomorrow = COMMUNITY.given(
        on(SUMMER, HouseholdAssigned(assignment=named("assignment"), household=HOUSEHOLD, member=MEMBER), CELL)
    )
    tomorrow.at(date(2018, 5, 31)).when(visit(), PHONE).quietly().recorded()


def test_a_visit_belongs_to_the_cell_of_its_day_also_after_the_household_moved() -> None:
    moved = ASSIGNED.given(on(SUMMER, HouseholdMoved(household=HOUSEHOLD, unit=FAR_CELL, former_unit=CELL)))
    outcome = moved.when(visit(SPRING), PHONE).warned("household_changed", household=HOUSEHOLD)
    assert {draft.unit for draft in outcome.result.drafts} == {CELL}
    after = moved.when(visit(SUMMER), PHONE).quietly()
    assert {draft.unit for draft in after.result.drafts} == {FAR_CELL}
    moved.when(visit(SPRING, member=STRANGER), phone_of(STRANGER, FAR_CELL)).warned("household_changed")


def test_strangers_are_refused() -> None:
    ASSIGNED.when(visit(member=STRANGER), phone_of(STRANGER, FAR_CELL)).refused("outside_your_unit", unit=None)
    ASSIGNED.when(visit(member=NEIGHBOUR), phone_of(NEIGHBOUR, SECOND_CELL)).refused("outside_your_unit", unit=None)
    ASSIGNED.when(visit(), phone_of(COLLEAGUE, CELL)).refused("not_your_visit", person=MEMBER)
    ASSIGNED.when(visit(household=named("nothing")), PHONE).refused("household_unknown", household=named("nothing"))
    ASSIGNED.when(visit(member=named("nobody")), SECRETARY).refused("member_unknown", person=named("nobody"))


def test_a_member_reports_in_his_own_cells_whatever_unit_his_token_names() -> None:
    phone = phone_of(MEMBER, FAR_CELL)
    COMMUNITY.when(visit(), phone).quietly().recorded()
    COMMUNITY.when(visit(household=FAR_HOUSEHOLD), phone).refused("outside_your_unit", unit=None)
    residing = COMMUNITY.given(on(START, ResidenceIntroduced(person=MEMBER, unit=FAR_CELL)))
    residing.when(visit(household=FAR_HOUSEHOLD), PHONE).quietly().recorded()


def test_an_office_elsewhere_enters_late_visits_only_for_its_own_members() -> None:
    RELEASED.when(visit(), OTHER_OFFICE).refused("outside_your_unit", unit=None)
    transferred = RELEASED.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL)))
    transferred.when(visit(), OTHER_OFFICE).warned("no_longer_responsible").recorded()
    unrelated = COMMUNITY.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL)))
    unrelated.when(visit(), OTHER_OFFICE).refused("outside_your_unit", unit=None)


def test_who_was_sent_to_a_group_of_another_cell_reports_through_it() -> None:
    sent = GROUPED.given(on(START, GroupAssigned(assignment=named("g"), group=GROUP, member=NEIGHBOUR), CELL))
    phone = phone_of(NEIGHBOUR, SECOND_CELL)
    sent.when(visit(member=NEIGHBOUR, group=GROUP), phone).quietly().recorded()
    sent.when(visit(member=NEIGHBOUR), phone).refused("outside_your_unit")
    sent.when(visit(member=NEIGHBOUR, group=GROUP, household=named("three")), phone).refused("outside_your_unit")
    sent.when(visit(member=NEIGHBOUR, group=named("no group")), phone).refused("outside_your_unit")
    left = sent.given(on(SPRING, GroupChanged(group=GROUP, removed=(TWO,)), CELL))
    left.when(visit(member=NEIGHBOUR, group=GROUP, household=TWO), phone).recorded()


def test_after_a_merger_phones_of_the_old_cell_and_commune_still_report() -> None:
    cells = COMMUNITY.given(on(SUMMER, UnitMerged(unit=CELL, into=SECOND_CELL)))
    cells.when(visit(), PHONE).recorded()
    cells.when(visit(member=NEIGHBOUR), phone_of(NEIGHBOUR, SECOND_CELL)).recorded()
    communes = COMMUNITY.given(on(SUMMER, UnitMerged(unit=COMMUNE, into=OTHER_COMMUNE)))
    communes.when(visit(), PHONE).recorded()
    communes.when(visit(), OTHER_OFFICE).recorded()
    communes.when(visit(), OFFICE).recorded()


@pytest.mark.parametrize(
    ("ahead", "minutes"), [(timedelta(minutes=5), None), (timedelta(minutes=20), 20), (timedelta(hours=24), 1440)]
)
def test_a_fast_clock_is_told(ahead: timedelta, minutes: int | None) -> None:
    outcome = ASSIGNED.when(visit(LATER + ahead), PHONE)
    if minutes is None:
        outcome.quietly().recorded()
    else:
        outcome.warned("clock_ahead", minutes=minutes).recorded()


def test_a_visit_two_days_ahead_is_refused_by_instant_or_by_the_clock_that_wrote_it() -> None:
    ASSIGNED.when(visit(LATER + timedelta(days=2)), PHONE).refused("in_the_future", hours=48)
    ASSIGNED.when(visit(written_at=LATER + timedelta(days=2)), PHONE).refused("in_the_future", hours=48)
    ASSIGNED.when(visit(written_at=LATER + timedelta(minutes=20)), PHONE).warned("clock_ahead", minutes=20)


def correction(**fields: Any) -> CorrectVisit:
    return report(CorrectVisit, SUMMER, **{"visit": VISIT, "household": HOUSEHOLD, "member": MEMBER, **fields})


def test_a_visit_is_corrected_by_who_made_it_or_his_secretary() -> None:
    body = VisitCorrected(visit=VISIT, household=HOUSEHOLD, member=MEMBER, purpose=Purpose.INFORM)
    command = correction(purpose=Purpose.INFORM)
    VISITED.when(command, PHONE).then(body, unit=CELL)
    VISITED.when(command, SECRETARY).then(body, unit=CELL)
    VISITED.when(command, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    VISITED.when(command, phone_of(COLLEAGUE, CELL)).refused("not_your_visit", person=MEMBER)
    VISITED.when(command, phone_of(STRANGER, FAR_CELL)).refused("outside_your_unit", unit=None)
    VISITED.when(correction(member=COLLEAGUE), PHONE).refused("not_your_visit", person=COLLEAGUE)
    VISITED.when(correction(household=TWO), PHONE).refused("another_household", household=HOUSEHOLD)
    ASSIGNED.when(command, PHONE).refused("visit_unknown", visit=VISIT)


def test_only_what_was_recorded_as_a_visit_is_one() -> None:
    assigned = on(START, HouseholdAssigned(assignment=VISIT, household=HOUSEHOLD, member=MEMBER), CELL, id=VISIT)
    COMMUNITY.given(assigned).when(correction(), PHONE).refused("visit_unknown", visit=VISIT)


def test_a_visit_is_taken_back() -> None:
    retract = report(RetractVisit, SUMMER, visit=VISIT, reason=RetractionReason.WRONG_HOUSEHOLD)
    body = VisitRetracted(visit=VISIT, household=HOUSEHOLD, member=MEMBER, reason=RetractionReason.WRONG_HOUSEHOLD)
    VISITED.when(retract, PHONE).then(body, unit=CELL)
    VISITED.when(retract, phone_of(COLLEAGUE, CELL)).refused("not_your_visit", person=MEMBER)
    ASSIGNED.when(retract, PHONE).refused("visit_unknown")


def test_a_household_confirms_or_disputes_a_visit_at_the_office() -> None:
    about = {"visit": VISIT, "household": HOUSEHOLD, "member": MEMBER}
    VISITED.when(report(AttestVisit, SUMMER, visit=VISIT), SECRETARY).then(VisitAttested(**about), unit=CELL)
    dispute = report(DisputeVisit, SUMMER, visit=VISIT, note="Không có ai đến")
    VISITED.when(dispute, OFFICE).then(VisitDisputed(**about, note="Không có ai đến"), unit=CELL)
    VISITED.when(dispute, OTHER_OFFICE).refused("outside_your_unit")
    _ahead(VISITED)


def _ahead(visited: Given) -> None:
    attest = report(AttestVisit, LATER + timedelta(minutes=20), visit=VISIT)
    visited.when(attest, SECRETARY).warned("clock_ahead", minutes=20)
