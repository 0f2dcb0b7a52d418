"""The clocks of whole cases. Every date was worked out with a calendar on paper."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.calendar import VIETNAM
from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    Person,
    RefusalReason,
    ReopeningReason,
    ReturnReason,
    Way,
)
from events.facts.grievances import (
    AnswerDelivered,
    ConcludedAtCell,
    DeadlineExtended,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceBooked,
    GrievanceEscalated,
    GrievanceRaised,
    GrievanceRefused,
    GrievanceReopened,
    GrievanceReturned,
    GrievanceWithdrawn,
    GrievanceWithheld,
    InterimReplied,
    KindDetermined,
    PersonConcerned,
)
from events.facts.organisation import UnitKind
from events.facts.values import Body
from projections.states import clocks
from projections.states.clocks import Run
from projections.states.grievances import Case, apply_case
from tests.given import named, noon, on

CASE, CELL, COMMUNE, OTHER, PROVINCE = (named(name) for name in ("case", "cell", "commune", "other", "province"))
LEVELS = {CELL: UnitKind.CELL, COMMUNE: UnitKind.COMMUNE, OTHER: UnitKind.COMMUNE, PROVINCE: UnitKind.PROVINCE}
COMPLAINT, PROPOSAL = GrievanceKind.COMPLAINT, GrievanceKind.PROPOSAL


def raised(received: date, holder: UUID = COMMUNE, told: date | None = None, **fields: Any) -> tuple[date, Body]:
    said: dict[str, Any] = {
        "visible": holder,
        "topic": GrievanceTopic.LAND,
        "text": "s1:",
        "holder": holder,
        "way": Way.OFFICE,
    }
    return told or received, GrievanceRaised(grievance=CASE, received=received, **{**said, **fields})


def story(*steps: tuple[date, Body]) -> Case:
    """The case after the steps, each at noon of its day."""
    case = None
    for day, body in steps:
        case = apply_case(case, on(noon(day), body))
    assert case is not None
    return case


def found(case: Case, name: str) -> list[Run]:
    return [run for run in clocks.runs(case, LEVELS.__getitem__) if run.clock == name]


def the(case: Case, name: str) -> Run:
    (run,) = found(case, name)
    return run


def determined(day: date, kind: GrievanceKind = COMPLAINT, **fields: bool) -> tuple[date, Body]:
    return day, KindDetermined(grievance=CASE, kind=kind, **fields)


def accepted(day: date, holder: UUID = COMMUNE) -> tuple[date, Body]:
    return day, GrievanceAccepted(grievance=CASE, holder=holder)


def escalated(day: date, sender: UUID = COMMUNE, to: UUID = PROVINCE) -> tuple[date, Body]:
    reason = EscalationReason.NOT_SOLVED
    return day, GrievanceEscalated(grievance=CASE, sender=sender, reason=reason, to=to)


def answered(day: date, holder: UUID = COMMUNE) -> tuple[date, Body]:
    return day, GrievanceAnswered(grievance=CASE, holder=holder, outcome=AnswerOutcome.RESOLVED)


def delivered(day: date) -> tuple[date, Body]:
    return day, AnswerDelivered(grievance=CASE, channel=DeliveryChannel.LETTER)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Tuesday. The 11th, 12th and 13th; then Tết, 16 to 20 February; the 23rd to the 27th; 2 and 3 March.
        (date(2026, 2, 10), date(2026, 3, 3)),
        # Wednesday before New Year. 1 and 2 January off; the 5th to the 9th; Saturday the 10th, worked instead of the
        # 2nd; the 12th to the 15th.
        (date(2025, 12, 31), date(2026, 1, 15)),
        # Friday. The 19th to the 23rd of May; the 25th to the 29th.
        (date(2026, 5, 15), date(2026, 5, 29)),
    ],
)
def test_the_first_answer_takes_ten_working_days_across_tet_and_a_make_up_saturday(received: date, due: date) -> None:
    run = the(story(raised(received, kind=PROPOSAL)), "first_answer")
    assert (run.started, run.due, run.statutory, run.ended) == (received, due, True, None)
    assert not run.overdue(due)
    assert run.overdue(due + timedelta(days=1))


# Accepted on Thursday 4 January 2018.
ACCEPTED = date(2018, 1, 4)
COMPLAINTS = [
    # 30 days: Saturday 3 February, so Monday the 5th; 45: Sunday 18 February, inside Tết (14 to 20), so the 21st.
    (False, False, date(2018, 2, 5), date(2018, 2, 21)),
    # 45 as above; 60: Monday 5 March.
    (False, True, date(2018, 2, 21), date(2018, 3, 5)),
    (True, False, date(2018, 2, 21), date(2018, 3, 5)),
    # 60 as above; 70: Thursday 15 March.
    (True, True, date(2018, 3, 5), date(2018, 3, 15)),
]


@pytest.mark.parametrize(("second", "remote", "due", "latest"), COMPLAINTS)
def test_a_complaint_is_settled_in_the_days_of_its_instance_and_area(
    second: bool, remote: bool, due: date, latest: date
) -> None:
    before = raised(date(2018, 1, 2)), determined(date(2018, 1, 3), second=second, remote=remote), accepted(ACCEPTED)
    run = the(story(*before), "resolution")
    assert (run.started, run.due, run.latest, run.statutory, run.extended) == (ACCEPTED, due, latest, True, False)
    extension = DeadlineExtended(grievance=CASE, clock="resolution", until=latest, reason=ExtensionReason.COMPLEX)
    longer = the(story(*before, (date(2018, 1, 20), extension)), "resolution")
    assert (longer.due, longer.extended) == (latest, True)


def test_acceptance_of_a_complaint_takes_ten_days_of_the_calendar_beside_ten_working_days_of_the_first_answer() -> None:
    """Received on Thursday 1 February 2018: ten days end on Sunday the 11th, so Monday the 12th. Ten working days:
    2, 5 to 9, 12, 13, then Tết (14 to 20), 21, 22."""
    case = story(raised(date(2018, 2, 1), kind=COMPLAINT))
    assert the(case, "complaint_acceptance").due == date(2018, 2, 12)
    assert the(case, "first_answer").due == date(2018, 2, 22)


def test_not_determining_the_kind_has_a_clock_too_and_it_is_not_forgotten_afterwards() -> None:
    case = story(raised(date(2018, 3, 1)))
    assert the(case, "determine_kind").due == date(2018, 3, 15)
    late = story(raised(date(2018, 3, 1)), determined(date(2018, 3, 19), PROPOSAL))
    run = the(late, "determine_kind")
    assert (run.due, run.ended, run.overdue(date(2018, 5, 1))) == (date(2018, 3, 15), date(2018, 3, 19), True)
    assert found(story(raised(date(2018, 3, 1), kind=PROPOSAL)), "determine_kind") == []
    at_the_cell = story(raised(date(2018, 3, 1), CELL), escalated(date(2018, 3, 5), CELL, COMMUNE))
    assert the(at_the_cell, "determine_kind").started == date(2018, 3, 5)


def test_a_level_ends_with_each_move_and_starts_anew_there_and_the_total_runs_on() -> None:
    case = story(
        raised(date(2018, 3, 1), CELL, kind=PROPOSAL),
        escalated(date(2018, 3, 4), CELL, COMMUNE),
        (date(2018, 3, 6), GrievanceBooked(grievance=CASE, holder=COMMUNE, year=2018, number=1)),
        escalated(date(2018, 4, 2)),
        (
            date(2018, 4, 9),
            GrievanceReturned(grievance=CASE, sender=PROVINCE, to=COMMUNE, reason=ReturnReason.TO_BE_SOLVED_BELOW),
        ),
    )
    assert [(run.unit, run.started, run.ended, run.due) for run in found(case, "level")] == [
        (CELL, date(2018, 3, 1), date(2018, 3, 4), date(2018, 5, 10)),
        (COMMUNE, date(2018, 3, 4), date(2018, 4, 2), date(2018, 6, 4)),  # 90 days: Saturday the 2nd
        (PROVINCE, date(2018, 4, 2), date(2018, 4, 9), date(2018, 7, 2)),  # 90 days: Sunday the 1st
        (COMMUNE, date(2018, 4, 9), None, date(2018, 7, 9)),  # 90 days: Sunday the 8th
    ]
    total = the(case, "total")
    assert (total.started, total.ended, total.due) == (date(2018, 3, 1), None, date(2018, 8, 28))
    assert [(run.started, run.due, run.ended) for run in found(case, "first_answer")] == [
        (date(2018, 3, 4), date(2018, 3, 16), date(2018, 4, 2)),
        (date(2018, 4, 2), date(2018, 4, 16), date(2018, 4, 9)),
        (date(2018, 4, 9), date(2018, 4, 23), None),
    ]


def test_a_person_named_moves_the_case_like_a_transfer_and_where_it_stays_nothing_changes() -> None:
    about = (Person(named("x"), PROVINCE),)
    concerned = PersonConcerned(grievance=CASE, about=about, visible=PROVINCE, holder=PROVINCE)
    case = story(raised(date(2018, 3, 1)), (date(2018, 3, 8), concerned))
    assert [(run.unit, run.started, run.ended) for run in found(case, "level")] == [
        (COMMUNE, date(2018, 3, 1), date(2018, 3, 8)),
        (PROVINCE, date(2018, 3, 8), None),
    ]
    below = PersonConcerned(grievance=CASE, about=(Person(named("x"), COMMUNE),), visible=COMMUNE, holder=COMMUNE)
    assert the(story(raised(date(2018, 3, 1)), (date(2018, 3, 8), below)), "level").ended is None


def test_a_unit_that_goes_into_another_resets_neither() -> None:
    """The successor's first act names itself; the commune that went into it is no moment of the case."""
    case = story(raised(date(2018, 3, 1), kind=PROPOSAL), accepted(date(2018, 3, 9), OTHER))
    assert the(case, "level").started == date(2018, 3, 1)
    assert the(case, "total").started == date(2018, 3, 1)
    assert the(case, "first_answer").ended == date(2018, 3, 9)
    resolution = the(case, "resolution")
    assert (resolution.unit, resolution.started) == (OTHER, date(2018, 3, 9))


def test_what_was_synced_late_has_its_clocks_from_its_receipt_and_the_time_before_apart() -> None:
    told, received = date(2018, 2, 20), date(2018, 3, 5)
    case = story(raised(received, CELL, told, way=Way.MEMBER))
    assert {run.started for run in clocks.runs(case, LEVELS.__getitem__)} == {received}
    assert (case.moments[0].day, case.received) == (told, received)
    withdrawn = story(
        raised(received, CELL, told, way=Way.MEMBER), (date(2018, 3, 1), GrievanceWithdrawn(grievance=CASE))
    )
    assert all(run.ended == run.started == received for run in clocks.runs(withdrawn, LEVELS.__getitem__))


def test_a_part_of_a_mixed_case_has_its_total_from_the_first_receipt_and_its_level_from_where_that_stood() -> None:
    part = story(raised(date(2018, 3, 1), COMMUNE, date(2018, 3, 12), kind=PROPOSAL, stood_since=date(2018, 3, 5)))
    assert (the(part, "total").started, the(part, "level").started) == (date(2018, 3, 1), date(2018, 3, 5))
    assert the(part, "first_answer").due == date(2018, 3, 19)
    assert clocks.arrived_on(part) == date(2018, 3, 5)
    assert clocks.arrived_on(story(raised(date(2018, 3, 1)), escalated(date(2018, 3, 20)))) == date(2018, 3, 20)


def test_the_law_of_july_2026_holds_for_what_starts_from_then_on() -> None:
    """Received on Tuesday 30 June: ten days end on Friday 10 July. Received on the 1st: seven working days, the 2nd,
    3rd, 6th to 10th. The old case, accepted on 2 July, is settled by the new rules: 30 days, Saturday 1 August."""
    old = story(raised(date(2026, 6, 30), kind=COMPLAINT), accepted(date(2026, 7, 2)))
    assert the(old, "complaint_acceptance").due == date(2026, 7, 10)
    assert the(old, "complaint_acceptance").version == "2025-07-01"
    resolution = the(old, "resolution")
    assert (resolution.due, resolution.version) == (date(2026, 8, 3), "2026-07-01")
    new = the(story(raised(date(2026, 7, 1), kind=COMPLAINT)), "complaint_acceptance")
    assert (new.due, new.counted_in, new.version) == (date(2026, 7, 10), "working_days", "2026-07-01")


def test_where_the_law_has_no_limit_the_house_does_and_says_so() -> None:
    """60 days from Friday 2 March 2018: Tuesday 1 May, a holiday; so Wednesday the 2nd. 60 more end on Saturday 30
    June, and so on Monday 2 July; a document that names a later day reaches no further."""
    case = (raised(date(2018, 3, 1), kind=PROPOSAL), accepted(date(2018, 3, 2)))
    run = the(story(*case), "resolution")
    assert (run.days, run.due, run.statutory, run.certainty) == (60, date(2018, 5, 2), False, "house")
    assert run.latest == date(2018, 7, 2)
    until = DeadlineExtended(grievance=CASE, clock="resolution", until=date(2099, 1, 1), reason=ExtensionReason.COMPLEX)
    longer = the(story(*case, (date(2018, 4, 2), until)), "resolution")
    assert (longer.due, longer.extended) == (date(2018, 7, 2), True)


def test_before_the_law_that_is_modelled_there_is_no_clock() -> None:
    assert clocks.runs(story(raised(date(2013, 3, 1), kind=COMPLAINT)), LEVELS.__getitem__) == ()


def test_the_households_time_to_contest_starts_with_the_delivery_and_the_total_ends_with_it() -> None:
    case = story(
        raised(date(2018, 3, 1), kind=COMPLAINT),
        accepted(date(2018, 3, 5)),
        answered(date(2018, 4, 2)),
        delivered(date(2018, 4, 20)),
    )
    window = the(case, "contest_window")
    assert (window.started, window.due, window.statutory) == (date(2018, 4, 20), date(2018, 5, 21), True)
    assert the(case, "total").ended == date(2018, 4, 20)
    delivery = the(case, "delivery")
    assert (delivery.started, delivery.due, delivery.overdue(date(2018, 4, 20))) == (
        date(2018, 4, 2),
        date(2018, 4, 5),
        True,
    )


def test_a_cell_concludes_within_the_time_between_two_meetings_whatever_it_concludes() -> None:
    """35 days from Thursday 1 March 2018: Thursday 5 April."""
    waiting = raised(date(2018, 3, 1), CELL, kind=PROPOSAL)
    assert the(story(waiting), "cell_conclusion").due == date(2018, 4, 5)
    solves = ConcludedAtCell(grievance=CASE, meeting=named("m"), conclusion=CellConclusion.CELL_SOLVES)
    taken = story(waiting, (date(2018, 3, 3), solves), accepted(date(2018, 3, 3), CELL))
    assert the(taken, "cell_conclusion").ended == date(2018, 3, 3)
    assert the(taken, "resolution").started == date(2018, 3, 3)


def test_taken_up_again_level_settlement_and_total_start_anew() -> None:
    again = GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.CONTESTED)
    case = story(
        raised(date(2018, 3, 1), kind=PROPOSAL),
        accepted(date(2018, 3, 5)),
        answered(date(2018, 4, 2)),
        delivered(date(2018, 4, 3)),
        (date(2018, 4, 10), again),
    )
    for name in ("level", "resolution", "total"):
        first, second = found(case, name)
        assert first.ended is not None
        assert (second.started, second.ended) == (date(2018, 4, 10), None)


def test_what_is_taken_up_again_on_the_day_of_its_answer_is_not_extended_by_what_extended_it_before() -> None:
    """All on Friday 2 February 2018: 30 days from then end on Sunday 4 March, so on Monday the 5th; 45 on Monday the
    19th. The first run, from 4 January, is extended to 45 days: Sunday 18 February, inside Tết, so to the 21st."""
    day, far = date(2018, 2, 2), date(2099, 1, 1)
    extending = DeadlineExtended(grievance=CASE, clock="resolution", until=far, reason=ExtensionReason.COMPLEX)
    steps = (
        extending,
        answered(day)[1],
        delivered(day)[1],
        GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.CONTESTED),
        extending,
    )
    case = story(raised(date(2018, 1, 2), kind=COMPLAINT), accepted(ACCEPTED))
    dues = []
    for hour, body in enumerate(steps, 10):
        case = apply_case(case, on(datetime.combine(day, time(hour), VIETNAM), body))
        dues.append([(run.due, run.extended) for run in found(case, "resolution")])
    first = date(2018, 2, 21), True
    assert dues == [
        [first],
        [first],
        [first],
        [first, (date(2018, 3, 5), False)],
        [first, (date(2018, 3, 19), True)],
    ]


def test_a_refused_complaint_that_is_taken_up_again_must_be_accepted_before_its_settlement_is_counted() -> None:
    """Refused on 8 March 2018, contested on Monday the 12th: to be accepted within ten days, by Thursday the 22nd.
    Accepted on Monday the 19th: 30 days end on Wednesday 18 April."""
    refused = GrievanceRefused(grievance=CASE, holder=COMMUNE, reason=RefusalReason.NOT_ELIGIBLE)
    again = GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.CONTESTED)
    contested = (
        raised(date(2018, 3, 5), kind=COMPLAINT),
        (date(2018, 3, 8), refused),
        delivered(date(2018, 3, 9)),
        (date(2018, 3, 12), again),
    )
    assert found(story(*contested), "resolution") == []
    first, second = found(story(*contested), "complaint_acceptance")
    assert (first.ended, second.started, second.due) == (date(2018, 3, 8), date(2018, 3, 12), date(2018, 3, 22))
    case = story(*contested, accepted(date(2018, 3, 19)))
    assert found(case, "complaint_acceptance")[1].ended == date(2018, 3, 19)
    resolution = the(case, "resolution")
    assert (resolution.started, resolution.due, resolution.ended) == (date(2018, 3, 19), date(2018, 4, 18), None)


def test_an_act_entered_late_ends_its_clock_on_its_own_day_though_something_was_noted_meanwhile() -> None:
    noted = date(2018, 3, 14), InterimReplied(grievance=CASE, holder=COMMUNE)
    case = story(raised(date(2018, 3, 1), kind=COMPLAINT), noted, accepted(date(2018, 3, 12)))
    assert the(case, "first_answer").ended == date(2018, 3, 12)
    in_time = story(raised(date(2018, 3, 1), kind=COMPLAINT), noted)
    assert the(in_time, "first_answer").ended == date(2018, 3, 14)


def test_of_a_case_that_was_taken_out_nothing_runs_any_more() -> None:
    case = story(raised(date(2018, 3, 1)), (date(2018, 3, 5), GrievanceWithheld(grievance=CASE)))
    assert {run.ended for run in clocks.runs(case, LEVELS.__getitem__)} == {date(2018, 3, 5)}


def test_a_second_complaint_is_one_from_where_it_arrived_and_leaves_the_first_one_its_limits() -> None:
    """Found second at the province: what the commune had to settle was the first complaint, nine days too late."""
    first = raised(date(2026, 3, 2), kind=COMPLAINT), accepted(date(2026, 3, 2)), answered(date(2026, 4, 10))
    again = GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.CONTESTED)
    contested = delivered(date(2026, 4, 13)), (date(2026, 4, 14), again)
    up = escalated(date(2026, 4, 15)), determined(date(2026, 4, 16), second=True), accepted(date(2026, 4, 17), PROVINCE)
    case = story(*first, *contested, *up)
    # Thirty days after 2 March, and after 14 April; at the province forty-five after 17 April.
    assert [(run.due, run.ended) for run in found(case, "resolution")] == [
        (date(2026, 4, 1), date(2026, 4, 10)),
        (date(2026, 5, 14), date(2026, 4, 15)),
        (date(2026, 6, 1), None),
    ]
    # Three working days after Friday 10 April, and thirty days of the law after the delivery.
    assert the(case, "delivery").due == date(2026, 4, 15)
    assert (the(case, "contest_window").due, the(case, "contest_window").statutory) == (date(2026, 5, 13), True)


def test_a_complaint_found_to_be_second_before_it_moved_is_one_from_its_arrival() -> None:
    before = raised(date(2026, 3, 2), kind=COMPLAINT), accepted(date(2026, 3, 2))
    found_second = *before, determined(date(2026, 3, 5), second=True)
    assert the(story(*found_second), "resolution").due == date(2026, 4, 16)
    assert the(story(*found_second, determined(date(2026, 3, 6))), "resolution").due == date(2026, 4, 1)
