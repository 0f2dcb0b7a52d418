"""The household and the answer: told, accepted or contested, withdrawn; closed and taken up again; overdue."""

from datetime import date, timedelta

import msgspec

from events.facts.grievance_values import (
    AnswerOutcome,
    ClosingReason,
    DeliveryChannel,
    GrievanceKind,
    RefusalReason,
    ReopeningReason,
)
from events.facts.grievances import (
    AnswerAccepted,
    AnswerContested,
    AnswerDelivered,
    GrievanceClosed,
    GrievanceReopened,
    GrievanceWithdrawn,
    OverdueNoticed,
)
from events.facts.organisation import UnitKind
from projections.states.clocks import runs
from projections.states.grievances import Stage
from services.decisions.grievances.hearing import (
    AcceptAnswer,
    CloseGrievance,
    ContestAnswer,
    DeliverAnswer,
    NoteOverdue,
    ReopenGrievance,
    WithdrawGrievance,
)
from services.decisions.grievances.routing import DetermineKind, EscalateGrievance
from services.decisions.grievances.settling import RefuseGrievance
from tests.given import Given, noon
from tests.services.decisions.cases import (
    CASE,
    DOCUMENT,
    PHONE,
    PLACE,
    RAISED,
    accepted,
    answered,
    at_commune,
    booked,
    case_of,
    closed,
    day,
    delivered,
    receiving,
    solving,
    step,
    told,
    withdrawn,
)
from tests.services.decisions.commune import CELL, COMMUNE, OFFICE, PROVINCE, PROVINCIAL, SECRETARY

ACCEPTED = accepted(booked(at_commune(told())))
ANSWERED = answered(ACCEPTED)
DELIVERED = delivered(ANSWERED, 12)
"""Told to the household on Thursday 15 March 2018: it may say until Saturday 14 April, and so until Monday the 16th,
that this is no answer."""
DUE = date(2018, 4, 16)
AGAIN = GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.CONTESTED)


def test_that_the_household_was_told_is_a_step_of_its_own() -> None:
    ANSWERED.at(day(12)).when(step(DeliverAnswer, day(12), channel=DeliveryChannel.IN_PERSON), PHONE).then(
        AnswerDelivered(grievance=CASE, channel=DeliveryChannel.IN_PERSON), unit=COMMUNE
    )


def test_a_phone_that_was_offline_says_when_it_was_told_though_the_holder_was_reminded_meanwhile() -> None:
    """Answered on Tuesday 13 March: to be told by the 27th. Told on the 26th, synced on the 29th."""
    reminded = step(NoteOverdue, date(2018, 3, 28), clock="delivery")
    given = ANSWERED.at(date(2018, 3, 28)).when(reminded, PROVINCIAL).recorded().at(date(2018, 3, 29))
    told_on = date(2018, 3, 26)
    after = given.when(step(DeliverAnswer, told_on, channel=DeliveryChannel.IN_PERSON), PHONE).recorded()
    assert case_of(after).last_day("delivered") == told_on


def test_it_says_once_that_this_is_an_answer_and_the_case_can_be_closed_at_once() -> None:
    given = DELIVERED.at(day(13)).when(step(AcceptAnswer, day(13)), PHONE).then(AnswerAccepted(grievance=CASE))
    given.when(step(AcceptAnswer, day(13), basis=DOCUMENT), SECRETARY).refused("already_accepted")
    after = (
        given.at(day(14))
        .when(step(CloseGrievance, day(14), unit=COMMUNE), OFFICE)
        .then(GrievanceClosed(grievance=CASE, reason=ClosingReason.ACCEPTED_BY_HOUSEHOLD))
    )
    case = case_of(after)
    assert (case.stage, case.closing, case.outcome) == (
        Stage.CLOSED,
        ClosingReason.ACCEPTED_BY_HOUSEHOLD,
        AnswerOutcome.RESOLVED,
    )


def test_a_word_that_ends_the_case_comes_from_the_member_it_was_told_or_on_paper() -> None:
    for given, said in ((DELIVERED, AcceptAnswer), (ACCEPTED, WithdrawGrievance)):
        for asker in (OFFICE, SECRETARY, PROVINCIAL):
            given.at(day(13)).when(step(said, day(13)), asker).refused("household_paper_needed")
            given.at(day(13)).when(step(said, day(13), basis=DOCUMENT), asker).recorded()
        given.at(day(13)).when(step(said, day(13)), PHONE).recorded()
    ANSWERED.at(day(12)).when(step(DeliverAnswer, day(12), channel=DeliveryChannel.LETTER), OFFICE).recorded()


def test_contested_in_time_the_word_that_comes_in_after_the_case_was_closed_takes_it_up_again() -> None:
    """Said on the last day, Monday 16 April 2018; closed on 2 May; the phone finds a network on 13 May."""
    late = closed(DELIVERED).at(day(71))
    after = late.when(step(ContestAnswer, DUE), PHONE).then(AnswerContested(grievance=CASE), AGAIN)
    assert (case_of(after).stage, case_of(after).closing) == (Stage.ACCEPTED, None)
    levels = {CELL: UnitKind.CELL, COMMUNE: UnitKind.COMMUNE}
    assert {run.clock: run.started for run in runs(case_of(after), levels.__getitem__) if not run.ended} == {
        "level": DUE,
        "resolution": DUE,
        "total": DUE,
    }
    over = DUE + timedelta(days=1)
    late.when(step(ContestAnswer, over), PHONE).refused("contest_window_over", until=DUE)
    late.when(step(ContestAnswer, day(11)), PHONE).refused("before_last_step")


def test_until_the_window_has_passed_a_silent_household_is_waited_for() -> None:
    DELIVERED.at(DUE).when(step(CloseGrievance, DUE, unit=COMMUNE), OFFICE).refused("contest_window_open", until=DUE)
    after = DUE + timedelta(days=1)
    early = DELIVERED.at(noon(DUE)).when(step(CloseGrievance, noon(DUE) + timedelta(hours=20), unit=COMMUNE), OFFICE)
    early.refused("contest_window_open", until=DUE)
    DELIVERED.at(after).when(step(CloseGrievance, after, unit=COMMUNE), OFFICE).then(
        GrievanceClosed(grievance=CASE, reason=ClosingReason.WINDOW_PASSED)
    )


def test_within_the_window_the_household_says_that_it_is_no_answer() -> None:
    given = (
        DELIVERED.at(DUE)
        .when(step(ContestAnswer, DUE, text="Chưa đúng"), PHONE)
        .then(AnswerContested(grievance=CASE, text="Chưa đúng"), AGAIN)
    )
    assert case_of(given).stage is Stage.ACCEPTED
    synced = DELIVERED.at(day(90)).when(step(ContestAnswer, DUE), PHONE)
    synced.then(AnswerContested(grievance=CASE), AGAIN)


def test_after_it_no_more_however_long_answer_and_acceptance_took() -> None:
    late = DUE + timedelta(days=1)
    told_off = {"until": DUE, "delivered": day(12)}
    DELIVERED.at(late).when(step(ContestAnswer, late), PHONE).refused("contest_window_over", **told_off)
    agreed = DELIVERED.at(day(13)).when(step(AcceptAnswer, day(13)), PHONE).recorded()
    agreed.at(late).when(step(ContestAnswer, late), PHONE).refused("contest_window_over", **told_off)
    changed_its_mind = agreed.at(DUE).when(step(ContestAnswer, DUE), PHONE).recorded()
    assert not case_of(changed_its_mind).accepted_by_household


def test_it_is_counted_from_the_delivery_alone() -> None:
    """Answered on 13 March, told on 1 May: contested until Thursday 31 May."""
    told_late = delivered(ANSWERED, 59)
    assert case_of(told_late).last_day("delivered") == date(2018, 5, 1)
    due = date(2018, 5, 31)
    told_late.at(due).when(step(ContestAnswer, due), PHONE).recorded()
    over = due + timedelta(days=1)
    told_late.at(over).when(step(ContestAnswer, over), PHONE).refused("contest_window_over", until=due)


def test_a_second_answer_has_a_window_of_its_own() -> None:
    contested = DELIVERED.at(DUE).when(step(ContestAnswer, DUE), PHONE).recorded()
    second = delivered(answered(contested, when=50), 60)
    """Told on Wednesday 2 May: until Friday 1 June."""
    due = date(2018, 6, 1)
    second.at(due).when(step(CloseGrievance, due, unit=COMMUNE), OFFICE).refused("contest_window_open", until=due)
    second.at(due).when(step(ContestAnswer, due), PHONE).recorded()


def test_a_complaint_that_a_cell_explained_has_its_window_too() -> None:
    complaint = told(command=msgspec.structs.replace(RAISED, kind=GrievanceKind.COMPLAINT))
    given = delivered(answered(solving(complaint), SECRETARY, CELL, 2), 3)
    given.at(day(4)).when(step(CloseGrievance, day(4), unit=CELL), SECRETARY).refused("contest_window_open")


def test_contested_a_case_goes_on_where_its_holder_had_come_to_before_the_answer() -> None:
    refuse = step(RefuseGrievance, day(3), unit=COMMUNE, reason=RefusalReason.NOT_ELIGIBLE)
    refused = booked(at_commune(told())).at(day(3)).when(refuse, OFFICE).recorded()
    given = delivered(refused, 4).at(day(5)).when(step(ContestAnswer, day(5)), PHONE).recorded()
    assert case_of(given).stage is Stage.BOOKED
    solved = delivered(answered(solving(told()), SECRETARY, CELL, 2), 3)
    given = solved.at(day(5)).when(step(ContestAnswer, day(5)), PHONE).recorded()
    assert case_of(given).stage is Stage.ACCEPTED


def test_the_household_takes_its_grievance_back() -> None:
    ACCEPTED.at(day(4)).when(step(WithdrawGrievance, day(4)), PHONE).then(GrievanceWithdrawn(grievance=CASE))


def reopen(when: date, reason: ReopeningReason) -> ReopenGrievance:
    return step(ReopenGrievance, when, reason=reason)


def test_a_unit_above_has_a_case_taken_up_again() -> None:
    given = closed(DELIVERED).at(day(70))
    ordered = reopen(day(70), ReopeningReason.ORDERED_BY_SUPERIOR)
    given.when(ordered, OFFICE).refused("not_above_the_holder", state="closed", holder=COMMUNE)
    given.when(ordered, SECRETARY).refused("not_above_the_holder", holder=COMMUNE)
    after = given.when(ordered, PROVINCIAL).then(
        GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.ORDERED_BY_SUPERIOR)
    )
    assert (case_of(after).stage, case_of(after).closing) == (Stage.ACCEPTED, None)
    given.when(reopen(day(70), ReopeningReason.CONTESTED), PROVINCIAL).refused("contesting_is_the_households")
    given.when(reopen(day(70), ReopeningReason.WITHDRAWN_UNDER_PRESSURE), PROVINCIAL).refused("was_not_withdrawn")


def test_the_highest_takes_up_its_own_again_since_nobody_is_above_it() -> None:
    up = step(EscalateGrievance, day(2), unit=COMMUNE, reason="not_solved")
    above = at_commune(told()).at(day(2)).when(up, OFFICE).recorded()
    given = withdrawn(booked(above, PROVINCIAL, PROVINCE, 3)).at(day(9))
    again = reopen(day(9), ReopeningReason.WITHDRAWN_UNDER_PRESSURE)
    given.when(again, OFFICE).refused("not_above_the_holder", holder=PROVINCE)
    assert case_of(given.when(again, PROVINCIAL).recorded()).stage is Stage.BOOKED


def complaint_withdrawn_on(when: date, kind: GrievanceKind = GrievanceKind.COMPLAINT) -> Given:
    """Told at the office a week before, and taken back on the day."""
    start = when - timedelta(days=7)
    command = receiving(start, kind=kind)
    given = PLACE.at(start).when(command, OFFICE).recorded()
    return given.at(when).when(step(WithdrawGrievance, when, grievance=command.id, basis=DOCUMENT), OFFICE).recorded()


def reopened(given: Given, when: date, reason: ReopeningReason) -> ReopenGrievance:
    (case,) = {fact.body.grievance for fact in given.facts if hasattr(fact.body, "grievance")}
    return step(ReopenGrievance, when, grievance=case, reason=reason)


def test_since_the_law_of_2025_a_withdrawn_complaint_is_final_unless_it_was_coerced() -> None:
    for when, final in ((date(2026, 6, 30), False), (date(2026, 7, 1), True)):
        given = complaint_withdrawn_on(when)
        later = when + timedelta(days=30)
        order = given.at(later).when(reopened(given, later, ReopeningReason.NEW_EVIDENCE), PROVINCIAL)
        if final:
            order.refused("withdrawn_is_final")
        else:
            order.recorded()
        coerced = reopened(given, later, ReopeningReason.WITHDRAWN_UNDER_PRESSURE)
        given.at(later).when(coerced, PROVINCIAL).recorded()
    proposal = complaint_withdrawn_on(date(2026, 7, 1), GrievanceKind.PROPOSAL)
    later = date(2026, 8, 1)
    again = reopened(proposal, later, ReopeningReason.NEW_EVIDENCE)
    proposal.at(later).when(again, PROVINCIAL).recorded()


def test_what_was_withdrawn_before_its_kind_was_known_goes_on_where_the_kind_can_be_determined() -> None:
    given = withdrawn(at_commune(told())).at(day(9))
    after = given.when(reopen(day(9), ReopeningReason.NEW_EVIDENCE), PROVINCIAL).recorded()
    assert case_of(after).stage is Stage.WAITING
    after.when(step(DetermineKind, day(9), unit=COMMUNE, kind=GrievanceKind.PROPOSAL), OFFICE).recorded()


def test_a_unit_above_reminds_the_holder_once_a_limit_has_passed() -> None:
    """At the commune since Sunday 4 March 2018; ten working days end on Friday the 16th."""
    given, due = booked(at_commune(told())), date(2018, 3, 16)
    notice = step(NoteOverdue, due, clock="first_answer")
    given.at(due).when(notice, PROVINCIAL).refused("not_overdue", due=due)
    late = due + timedelta(days=1)
    given.at(late).when(step(NoteOverdue, late, clock="first_answer"), PROVINCIAL).then(
        OverdueNoticed(grievance=CASE, sender=PROVINCE, holder=COMMUNE, clock="first_answer", due=due)
    )
    given.at(late).when(step(NoteOverdue, late, clock="delivery"), PROVINCIAL).refused("clock_not_running")
    given.at(late).when(step(NoteOverdue, late, clock="no such limit"), PROVINCIAL).refused("clock_unknown")


def test_nobody_is_reminded_of_the_households_own_time() -> None:
    """It runs once the answer was delivered, and then no other limit does."""
    given = delivered(answered(accepted(booked(at_commune(told()))))).at(day(200))
    left = runs(case_of(given), {CELL: UnitKind.CELL, COMMUNE: UnitKind.COMMUNE}.__getitem__)
    assert {run.clock for run in left if run.ended is None} == {"contest_window"}
    window = step(NoteOverdue, day(200), clock="contest_window")
    given.when(window, PROVINCIAL).refused("grievance_wrong_state", state="delivered", holder=COMMUNE)
    possible = given.when(window, PROVINCIAL).result.parameters["possible"]  # type: ignore[union-attr]
    assert "grievance.note_overdue" not in possible
    earlier = answered(accepted(booked(at_commune(told())))).at(day(200))
    earlier.when(window, PROVINCIAL).refused("households_own_time", clock="contest_window")
