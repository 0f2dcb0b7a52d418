"""The case that is traced: it lay at the commune and then at the district, past the limits of both."""

from __future__ import annotations

from datetime import date
from typing import Any

from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
)
from events.facts.values import Source
from services.decisions.grievances.hearing import AcceptAnswer, CloseGrievance, DeliverAnswer, NoteOverdue
from services.decisions.grievances.routing import BookGrievance, DetermineKind, EscalateGrievance
from services.decisions.grievances.settling import AcceptGrievance, AssignHandler, ExtendDeadline
from services.demo.ban_hon.clients import DISTRICT_OFFICE, NEXT_DISTRICT_OFFICE, OFFICE, PROVINCE_OFFICE, secretary
from services.demo.ban_hon.economy import RICH
from services.demo.ban_hon.grievances.case import entered, in_book
from services.demo.ban_hon.places import COMMUNE_SECRETARY, NEXT_DISTRICT_SECRETARY, PHONE_B, YEAR, person
from services.demo.ban_hon.teller import Teller, decision, moment, of_province
from services.demo.story import Words

TITLE = Words("hỗ trợ hộ nghèo bị bỏ sót", "support that a poor household did not get")
RAISED = in_book(
    RICH,
    PHONE_B,
    moment(5, 6, 17),
    date(YEAR, 5, 7),
    GrievanceTopic.SOCIAL_BENEFITS,
    "Hộ khiếu nại vì bị bỏ sót trong danh sách nhận dê giống năm 2018.",
)


def overdue_twice(teller: Teller) -> None:
    """A complaint from a remote area; when each limit ran out stands in `traced`, day by day."""
    case = entered(teller, TITLE, RICH.cell, RAISED)
    case.conclude(3, date(YEAR, 6, 3), CellConclusion.ESCALATED)
    case.take(OFFICE, moment(6, 6), BookGrievance)
    case.take(OFFICE, moment(6, 12), DetermineKind, kind=GrievanceKind.COMPLAINT, remote=True)
    case.take(DISTRICT_OFFICE, moment(6, 20), NoteOverdue, clock="complaint_acceptance")
    case.take(OFFICE, moment(6, 29), AcceptGrievance)
    case.take(OFFICE, moment(6, 29, 10), AssignHandler, person=person(COMMUNE_SECRETARY))
    longer, complex_case = decision("38", date(YEAR, 8, 10)), ExtensionReason.COMPLEX
    until = date(YEAR, 8, 28)
    # The whole year is told afterwards: an extension then comes from the paper that bears its date.
    paper: dict[str, Any] = {"source": Source.PAPER, "basis": longer}
    case.take(OFFICE, moment(8, 10), ExtendDeadline, **paper, clock="resolution", until=until, reason=complex_case)
    case.take(DISTRICT_OFFICE, moment(8, 31), NoteOverdue, clock="resolution")
    upwards, unsolved = decision("44", date(YEAR, 9, 7)), EscalationReason.NOT_SOLVED
    case.take(OFFICE, moment(9, 7), EscalateGrievance, basis=upwards, reason=unsolved)
    case.take(DISTRICT_OFFICE, moment(9, 11), BookGrievance)
    case.take(DISTRICT_OFFICE, moment(9, 14), AcceptGrievance)
    reminder = of_province("93", date(YEAR, 11, 5))
    case.take(PROVINCE_OFFICE, moment(11, 5), NoteOverdue, basis=reminder, clock="resolution")
    case.take(NEXT_DISTRICT_OFFICE, moment(11, 13), AssignHandler, person=NEXT_DISTRICT_SECRETARY)
    resolved = AnswerOutcome.RESOLVED
    case.answer(NEXT_DISTRICT_OFFICE, moment(11, 22), resolved, "Hộ được bổ sung vào đợt cấp dê giống tháng 12.")
    told = moment(11, 26, 17)
    case.take("phone-b", told, DeliverAnswer, sent=moment(11, 27, 12), channel=DeliveryChannel.IN_PERSON)
    case.take(secretary(3), moment(11, 29, 18), AcceptAnswer)
    case.take(NEXT_DISTRICT_OFFICE, moment(12, 3), CloseGrievance)


STORIES = ((moment(5, 6, 17), overdue_twice),)
