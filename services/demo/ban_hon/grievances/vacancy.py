"""From 1 October to 12 November 2018 the district had no secretary (made up): what was sent there met nobody."""

from __future__ import annotations

from datetime import date

from events.facts.grievance_values import AnswerOutcome, CellConclusion, EscalationReason, GrievanceKind, GrievanceTopic
from events.facts.organisation import OfficeKind
from services.decisions.grievances.routing import BookGrievance, DetermineKind, EscalateGrievance
from services.decisions.grievances.settling import AcceptGrievance
from services.decisions.organisation import AppointOffice, ReleaseOffice
from services.demo.ban_hon.clients import NEXT_DISTRICT_OFFICE, OFFICE, PROVINCE_OFFICE, secretary
from services.demo.ban_hon.grievances.case import told_to_member
from services.demo.ban_hon.places import (
    CELL,
    DISTRICT,
    DISTRICT_SECRETARY,
    NEXT_DISTRICT_SECRETARY,
    YEAR,
    households,
)
from services.demo.ban_hon.teller import TO_COME, Teller, decision, moment, of_province
from services.demo.story import Words

RELEASED = date(YEAR, 10, 1)
APPOINTED = date(YEAR, 11, 12)


def release(teller: Teller) -> None:
    """The district's secretary is called away, and nobody takes his place."""
    command = ReleaseOffice(
        id=TO_COME,
        effective=RELEASED,
        unit=DISTRICT,
        office=OfficeKind.SECRETARY,
        person=DISTRICT_SECRETARY,
        basis=of_province("88", RELEASED),
    )
    vi, en = "Thôi giữ chức Bí thư huyện ủy", "The district's secretary is released"
    teller.submit(PROVINCE_OFFICE, moment(10, 1, 8), vi, en, [command])


def appoint(teller: Teller) -> None:
    """Six weeks later there is another."""
    command = AppointOffice(
        id=TO_COME,
        effective=APPOINTED,
        unit=DISTRICT,
        office=OfficeKind.SECRETARY,
        person=NEXT_DISTRICT_SECRETARY,
        basis=of_province("97", APPOINTED),
    )
    vi, en = "Bổ nhiệm Bí thư huyện ủy", "The district has a secretary again"
    teller.submit(PROVINCE_OFFICE, moment(11, 12, 8), vi, en, [command])


def nobody_there(teller: Teller) -> None:
    """From cell 7 by way of the commune to a district where nobody is; taken up when there is somebody again."""
    case = told_to_member(
        teller,
        Words("điện chưa về cụm nhà", "houses without electricity"),
        households(CELL[7])[35],
        moment(9, 8, 17),
        date(YEAR, 9, 10),
        GrievanceTopic.PUBLIC_SERVICES,
        "Cụm năm hộ cuối bản chưa có điện lưới.",
    )
    case.conclude(7, date(YEAR, 10, 3), CellConclusion.ESCALATED)
    case.take(OFFICE, moment(10, 4), BookGrievance)
    case.take(OFFICE, moment(10, 5), DetermineKind, kind=GrievanceKind.PROPOSAL)
    upwards = decision("51", date(YEAR, 10, 10))
    case.take(OFFICE, moment(10, 10), EscalateGrievance, basis=upwards, reason=EscalationReason.BEYOND_COMPETENCE)
    case.take(NEXT_DISTRICT_OFFICE, moment(11, 13), BookGrievance)
    case.take(NEXT_DISTRICT_OFFICE, moment(11, 14), AcceptGrievance)
    accepted = AnswerOutcome.RESOLVED
    case.answer(NEXT_DISTRICT_OFFICE, moment(12, 14), accepted, "Cụm nhà được đưa vào kế hoạch kéo điện quý I.")
    case.settle(secretary(7), moment(12, 18, 17), moment(12, 20, 17), moment(12, 21), NEXT_DISTRICT_OFFICE)


STORIES = (
    (moment(9, 8, 17), nobody_there),
    (moment(10, 1, 8), release),
    (moment(11, 12, 8), appoint),
)
