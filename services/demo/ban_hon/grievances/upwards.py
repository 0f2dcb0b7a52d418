"""What goes up to the commune, and on to the district; what comes back, and what the household does not take."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    DeliveryChannel,
    EscalationReason,
    GrievanceKind,
    GrievanceTopic,
    ReturnReason,
)
from events.facts.values import Attachment
from services.decisions.grievances.hearing import AcceptAnswer, CloseGrievance, ContestAnswer, DeliverAnswer
from services.decisions.grievances.routing import BookGrievance, DetermineKind, EscalateGrievance, ReturnGrievance
from services.decisions.grievances.settling import AcceptGrievance, AssignHandler, ReplyInterim
from services.demo.ban_hon.clients import DISTRICT_OFFICE, OFFICE, secretary
from services.demo.ban_hon.grievances.case import made_up, told_to_member
from services.demo.ban_hon.places import CELL, COMMUNE_SECRETARY, PHONE_A, YEAR, households, person
from services.demo.ban_hon.teller import Teller, decision, moment
from services.demo.story import Words

LETTER = Attachment(sha256=sha256(b"a made-up letter").hexdigest(), media_type="application/pdf", pages=2)


def answered_by_commune(teller: Teller) -> None:
    """Cell 5 cannot solve it, the commune can; the member tells the household and sends that by phone days later."""
    case = told_to_member(
        teller,
        Words("giống ngô hỗ trợ", "maize seed"),
        teller.book.households(PHONE_A)[1],
        moment(2, 10, 17),
        date(YEAR, 2, 12),
        GrievanceTopic.LIVELIHOOD,
        "Giống ngô được hỗ trợ về chậm so với thời vụ.",
    )
    case.conclude(5, date(YEAR, 3, 3), CellConclusion.ESCALATED)
    case.accept(OFFICE, moment(3, 5, 14), GrievanceKind.PROPOSAL, moment(3, 9))
    case.take(OFFICE, moment(3, 9, 10), AssignHandler, person=person(COMMUNE_SECRETARY))
    text = made_up("Đã đề nghị cấp giống sớm hơn cho vụ sau.")
    case.take(OFFICE, moment(4, 2), ReplyInterim, text=text)
    answered, given = moment(4, 20), AnswerOutcome.RESOLVED
    case.answer(OFFICE, answered, given, "Giống ngô vụ tới được cấp trước ngày 20/4.", attachments=(LETTER,))
    phone = "phone-a"
    told, said = moment(4, 23, 17), moment(4, 23, 17, 10)
    case.take(phone, told, DeliverAnswer, sent=moment(4, 27, 12), channel=DeliveryChannel.IN_PERSON)
    case.take(phone, said, AcceptAnswer, sent=moment(4, 27, 12, 1))
    case.take(OFFICE, moment(5, 2), CloseGrievance)


def answered_by_district(teller: Teller) -> None:
    """Cell 1, the commune, the district: the road is beyond both below."""
    case = told_to_member(
        teller,
        Words("đường vào bản", "the road to the village"),
        households(CELL[1])[35],
        moment(4, 12, 17),
        date(YEAR, 4, 14),
        GrievanceTopic.ROADS_AND_WATER,
        "Đường vào bản sạt lở, xe không đi được khi mưa.",
    )
    case.conclude(1, date(YEAR, 5, 3), CellConclusion.ESCALATED)
    case.accept(OFFICE, moment(5, 4, 14), GrievanceKind.PROPOSAL, moment(5, 10))
    upwards = decision("28", date(YEAR, 5, 24))
    beyond = EscalationReason.BEYOND_COMPETENCE
    case.take(OFFICE, moment(5, 24), EscalateGrievance, basis=upwards, reason=beyond)
    case.take(DISTRICT_OFFICE, moment(5, 28), BookGrievance)
    case.take(DISTRICT_OFFICE, moment(6, 1), AcceptGrievance)
    partly = AnswerOutcome.PARTLY_RESOLVED
    case.answer(DISTRICT_OFFICE, moment(7, 6), partly, "Huyện cho gia cố tạm; sửa hẳn trong kế hoạch năm sau.")
    case.settle(secretary(1), moment(7, 10, 17), moment(7, 12, 17), moment(7, 16), DISTRICT_OFFICE)


def contested(teller: Teller) -> None:
    """The household does not take the first answer: within 30 days of its delivery that takes the case up again."""
    case = told_to_member(
        teller,
        Words("chế độ mai táng", "a funeral allowance"),
        households(CELL[8])[24],
        moment(6, 5, 17),
        date(YEAR, 6, 6),
        GrievanceTopic.SOCIAL_BENEFITS,
        "Hộ chưa nhận được chế độ mai táng phí.",
    )
    case.conclude(8, date(YEAR, 7, 3), CellConclusion.ESCALATED)
    case.accept(OFFICE, moment(7, 5), GrievanceKind.CONCERN, moment(7, 9))
    case.answer(OFFICE, moment(8, 10), AnswerOutcome.EXPLAINED, "Hồ sơ còn thiếu một giấy tờ.")
    own = secretary(8)
    case.take(own, moment(8, 14, 17), DeliverAnswer, channel=DeliveryChannel.IN_PERSON)
    text = made_up("Hộ đã nộp đủ giấy tờ từ tháng 5.")
    case.take(own, moment(8, 24, 17), ContestAnswer, text=text)
    case.answer(OFFICE, moment(9, 20), AnswerOutcome.RESOLVED, "Đã tìm thấy giấy tờ và chi trả.")
    case.settle(own, moment(9, 24, 17), moment(9, 26, 17), moment(9, 28), OFFICE)


def returned(teller: Teller) -> None:
    """The commune gives it back to cell 2, which solves it after all."""
    case = told_to_member(
        teller,
        Words("loa truyền thanh", "the village loudspeaker"),
        households(CELL[2])[25],
        moment(6, 12, 17),
        date(YEAR, 6, 13),
        GrievanceTopic.PUBLIC_SERVICES,
        "Loa truyền thanh của bản hỏng đã lâu.",
    )
    case.conclude(2, date(YEAR, 7, 3), CellConclusion.ESCALATED)
    case.take(OFFICE, moment(7, 4), BookGrievance)
    case.take(OFFICE, moment(7, 6), ReturnGrievance, reason=ReturnReason.TO_BE_SOLVED_BELOW)
    case.conclude(2, date(YEAR, 8, 3), CellConclusion.CELL_SOLVES)
    own = secretary(2)
    case.answer(own, moment(8, 20, 18), AnswerOutcome.RESOLVED, "Loa đã được sửa.")
    case.settle(own, moment(8, 21, 17), moment(8, 21, 17, 30), moment(8, 22, 19), own)


def left_lying(teller: Teller) -> None:
    """On the last day of the year it lies at the commune, booked in and not accepted, its first answer overdue."""
    case = told_to_member(
        teller,
        Words("trường mầm non điểm bản", "the village kindergarten"),
        households(CELL[4])[45],
        moment(10, 28, 17),
        date(YEAR, 10, 29),
        GrievanceTopic.SCHOOLING,
        "Lớp mầm non ở bản dột mái.",
    )
    case.conclude(4, date(YEAR, 11, 3), CellConclusion.ESCALATED)
    case.take(OFFICE, moment(11, 7), BookGrievance)
    case.take(OFFICE, moment(11, 12), DetermineKind, kind=GrievanceKind.CONCERN)
    case.take(OFFICE, moment(1, 8, year=YEAR + 1), AcceptGrievance)
    case.answer(OFFICE, moment(1, 21, year=YEAR + 1), AnswerOutcome.RESOLVED, "Mái lớp học đã được lợp lại.")
    told, said, closed = (moment(1, day, 17, year=YEAR + 1) for day in (23, 24, 25))
    case.settle(secretary(4), told, said, closed, OFFICE)


STORIES = (
    (moment(2, 10, 17), answered_by_commune),
    (moment(4, 12, 17), answered_by_district),
    (moment(6, 5, 17), contested),
    (moment(6, 12, 17), returned),
    (moment(10, 28, 17), left_lying),
)
