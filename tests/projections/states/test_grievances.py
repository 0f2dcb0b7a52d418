"""Folding a case: what does not fit is said, and what a fact does not change stays."""

from datetime import date
from typing import Any

import pytest

from events.facts.grievance_values import (
    CellConclusion,
    EscalationReason,
    GrievanceTopic,
    NoReceiver,
    ReopeningReason,
    Way,
)
from events.facts.grievances import (
    CaseNumbered,
    ConcludedAtCell,
    DenunciationHandedOver,
    GrievanceAccepted,
    GrievanceBooked,
    GrievanceEscalated,
    GrievanceRaised,
    GrievanceReopened,
    GrievanceWithdrawn,
    HandlerAssigned,
    OverdueNoticed,
)
from projections.states.grievances import (
    FIRST_DRAWN,
    LAST_DRAWN,
    Docket,
    Stage,
    apply_case,
    apply_docket,
    apply_receipt,
)
from projections.states.meetings import apply_meetings
from projections.states.timeline import CannotApply
from tests.given import named, noon, on

CASE, CELL, COMMUNE = named("case"), named("cell"), named("commune")
DAY = noon(date(2018, 3, 1))
RAISED = on(
    DAY,
    GrievanceRaised(
        grievance=CASE,
        way=Way.MEMBER,
        visible=CELL,
        received=date(2018, 3, 1),
        topic=GrievanceTopic.LAND,
        text="s1:",
        holder=CELL,
    ),
)
WITHDRAWN = on(DAY, GrievanceWithdrawn(grievance=CASE))


def after(*bodies: Any) -> Any:
    case = apply_case(None, RAISED)
    for body in bodies:
        case = apply_case(case, on(DAY, body))
    return case


@pytest.mark.parametrize(
    ("fold", "code"),
    [
        (lambda: apply_case(apply_case(None, RAISED), RAISED), "grievance_exists"),
        (lambda: apply_case(None, WITHDRAWN), "grievance_unknown"),
        (lambda: apply_case(None, on(date(2018, 3, 1), RAISED.body)), "no_instant"),
        (
            lambda: apply_case(apply_case(None, RAISED), on(DAY, CaseNumbered(unit=COMMUNE, year=2018, number=1))),
            "not_about_a_grievance",
        ),
        (lambda: apply_docket(None, WITHDRAWN), "not_a_number"),
        (lambda: apply_receipt(None, WITHDRAWN), "not_a_receipt"),
        (lambda: apply_meetings(None, on(DAY, CaseNumbered(unit=CELL, year=2018, number=1))), "not_about_meetings"),
    ],
)
def test_what_does_not_fit_what_went_before_is_not_applied(fold: Any, code: str) -> None:
    with pytest.raises(CannotApply) as refused:
        fold()
    assert refused.value.code == code


def test_a_receipt_is_written_once() -> None:
    receipt = on(
        date(2018, 3, 1),
        DenunciationHandedOver(receipt=named("r"), received=date(2018, 3, 1), handed_to=COMMUNE, number="1"),
        COMMUNE,
    )
    with pytest.raises(CannotApply):
        apply_receipt(apply_receipt(None, receipt), receipt)


def test_an_office_counts_each_year_from_one() -> None:
    docket = apply_docket(None, on(DAY, CaseNumbered(unit=COMMUNE, year=2018, number=1)))
    assert (docket.next(2018), docket.next(2019), Docket(COMMUNE).next(2018)) == (2, 1, 1)


def test_a_number_that_is_drawn_is_none_that_was_and_moves_no_counted_one() -> None:
    docket, numbers = Docket(COMMUNE), set()
    for _ in range(3):
        number = docket.draw(2018, CASE)
        numbers.add(number)
        docket = apply_docket(docket, on(date(2018, 3, 1), CaseNumbered(unit=COMMUNE, year=2018, number=number)))
    assert len(numbers) == 3
    assert all(FIRST_DRAWN <= number <= LAST_DRAWN for number in numbers)
    assert docket.next(2018) == 1
    assert docket.draw(2019, CASE) == Docket(COMMUNE).draw(2019, CASE), "each year for itself"


def test_where_it_comes_to_it_is_taken_up_anew() -> None:
    up = GrievanceEscalated(grievance=CASE, sender=CELL, reason=EscalationReason.NOT_SOLVED, to=COMMUNE)
    case = after(
        GrievanceAccepted(grievance=CASE, holder=CELL), HandlerAssigned(grievance=CASE, holder=CELL, person=CASE), up
    )
    assert (case.stage, case.holder, case.sender) == (Stage.WAITING, COMMUNE, CELL)
    assert (case.handler, case.accepted) == (None, False)


def test_without_a_receiver_it_stays_and_says_so_until_something_is_done() -> None:
    nobody = GrievanceEscalated(
        grievance=CASE,
        sender=CELL,
        reason=EscalationReason.NOT_SOLVED,
        to=None,
        no_receiver=NoReceiver.NO_SUPERIOR,
    )
    assert (after(nobody).holder, after(nobody).no_receiver) == (CELL, NoReceiver.NO_SUPERIOR)
    assert after(nobody, GrievanceAccepted(grievance=CASE, holder=CELL)).no_receiver is None


@pytest.mark.parametrize(
    ("before", "stage"),
    [
        ((), Stage.WAITING),
        ((GrievanceBooked(grievance=CASE, holder=COMMUNE, year=2018, number=1),), Stage.BOOKED),
        ((GrievanceAccepted(grievance=CASE, holder=COMMUNE),), Stage.ACCEPTED),
    ],
)
def test_taken_up_again_it_goes_on_where_its_holder_had_come_to(before: tuple[Any, ...], stage: Stage) -> None:
    again = GrievanceReopened(grievance=CASE, holder=COMMUNE, reason=ReopeningReason.NEW_EVIDENCE)
    assert after(*before, GrievanceWithdrawn(grievance=CASE), again).stage is stage


def test_notes_turn_nothing_and_a_turn_that_lies_ahead_does_not_count() -> None:
    noticed = OverdueNoticed(grievance=CASE, sender=COMMUNE, holder=CELL, clock="level", due=date(2018, 3, 1))
    later = noon(date(2018, 3, 9))
    case = apply_case(apply_case(None, RAISED), on(later, noticed))
    assert case.turned(later) == DAY
    assert case.turned(noon(date(2018, 2, 1))) is None
    assert case.last == later


def test_a_cell_that_sends_it_up_leaves_no_conclusion_of_its_own_behind() -> None:
    up = ConcludedAtCell(grievance=CASE, meeting=named("m"), conclusion=CellConclusion.ESCALATED)
    assert [moment.event for moment in after(up).moments] == ["raised"]
