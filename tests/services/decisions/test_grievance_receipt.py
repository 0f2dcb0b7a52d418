"""The day on which a body had a grievance: of a phone's report today, of what the cell wrote down the day it says."""

from datetime import date

from events.facts.grievance_values import GrievanceTopic
from events.facts.grievances import GrievanceRaised
from services.decisions.grievances.raising import RaiseGrievance
from tests.services.decisions.commune import CELL, COMMUNITY, HOUSEHOLD, MEMBER, SECRETARY, phone_of, report

TOLD, BOOK, TODAY = date(2018, 5, 2), date(2018, 5, 3), date(2018, 5, 20)
CASE = {"household": HOUSEHOLD, "member": MEMBER, "topic": GrievanceTopic.LAND, "text": "Nội dung thử"}


def received(**fields: object) -> date:
    outcome = COMMUNITY.at(TODAY).when(report(RaiseGrievance, TOLD, **CASE, **fields), SECRETARY)
    (draft,) = outcome.drafts()
    assert isinstance(draft.body, GrievanceRaised)
    return draft.body.received


def test_what_a_phone_sends_late_is_received_when_it_arrives() -> None:
    outcome = COMMUNITY.at(TODAY).when(report(RaiseGrievance, TOLD, **CASE), phone_of(MEMBER, CELL))
    (draft,) = outcome.drafts()
    assert isinstance(draft.body, GrievanceRaised)
    assert (draft.body.received, draft.effective) == (TODAY, TOLD)


def test_the_cells_book_says_when_it_was_told() -> None:
    assert received() == TODAY
    assert received(received=BOOK) == BOOK
    early = report(RaiseGrievance, TOLD, **CASE, received=date(2018, 5, 1))
    COMMUNITY.at(TODAY).when(early, SECRETARY).refused("receipt_out_of_order", told=TOLD)
    late = report(RaiseGrievance, TOLD, **CASE, received=date(2018, 5, 21))
    COMMUNITY.at(TODAY).when(late, SECRETARY).refused("receipt_out_of_order", received=date(2018, 5, 21))


def test_a_member_does_not_say_when_his_cell_had_it() -> None:
    own = report(RaiseGrievance, TOLD, **CASE, received=BOOK)
    COMMUNITY.at(TODAY).when(own, phone_of(MEMBER, CELL)).refused("receipt_is_the_cells")
