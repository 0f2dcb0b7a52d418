"""What people tell the commune's office, past the member responsible and his cell."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid5

from events.facts.grievance_values import AnswerOutcome, DeliveryChannel, GrievanceKind, GrievanceTopic, RefusalReason
from events.facts.values import Basis
from services.decisions.grievances.hearing import AcceptAnswer, CloseGrievance, DeliverAnswer
from services.decisions.grievances.routing import (
    BookGrievance,
    DetermineKind,
    Part,
    SplitGrievance,
    TransferGrievance,
)
from services.decisions.grievances.settling import AcceptGrievance, CorrectGrievance, RefuseGrievance
from services.demo.ban_hon.clients import KHUN_HA_OFFICE, OFFICE
from services.demo.ban_hon.grievances.case import Case, made_up, told_at_office
from services.demo.ban_hon.places import CELL, KHUN_HA, YEAR, households
from services.demo.ban_hon.teller import Teller, moment
from services.demo.story import Words


def split(teller: Teller) -> None:
    """A letter with two contents: each goes on as a case of its own."""
    mixed = told_at_office(
        teller,
        Words("đơn có hai nội dung", "a letter with two contents"),
        moment(3, 15),
        GrievanceTopic.OTHER,
        "Hộ phản ánh mương nước bị lấp và đề nghị hỗ trợ nhà ở.",
        household=households(CELL[3])[40],
    )
    ditch, housing = (
        Part(
            topic=GrievanceTopic.ROADS_AND_WATER,
            text=made_up("Mương nước cạnh nhà bị lấp."),
            kind=GrievanceKind.CONCERN,
        ),
        Part(
            topic=GrievanceTopic.SOCIAL_BENEFITS, text=made_up("Đề nghị hỗ trợ sửa nhà."), kind=GrievanceKind.PROPOSAL
        ),
    )
    command = mixed.take(OFFICE, moment(3, 19), SplitGrievance, parts=(ditch, housing))
    first = Case(teller, Words("mương nước", "a ditch"), uuid5(command, "part 1"))
    first.accept(OFFICE, moment(3, 20), ditch.kind, moment(3, 22))
    first.answer(OFFICE, moment(4, 19), AnswerOutcome.RESOLVED, "Mương đã được khơi thông.")
    first.settle(OFFICE, moment(4, 20), moment(4, 20, 10), moment(4, 24), OFFICE)
    second = Case(teller, Words("sửa nhà", "repairs of a house"), uuid5(command, "part 2"))
    second.accept(OFFICE, moment(3, 20, 14), housing.kind, moment(3, 22, 14))
    second.answer(OFFICE, moment(5, 17), AnswerOutcome.REJECTED, "Hộ không thuộc đối tượng của chương trình.")
    second.take(OFFICE, moment(5, 18), DeliverAnswer, channel=DeliveryChannel.LETTER)
    # The household says nothing. Its 30 days end on Sunday 17/6, so with Monday 18/6.
    second.take(OFFICE, moment(6, 20), CloseGrievance)


def refused(teller: Teller) -> None:
    """A complaint that was settled long ago is not accepted, with the reason; the household lets its time pass."""
    case = told_at_office(
        teller,
        Words("đền bù đã giải quyết", "a compensation settled before"),
        moment(5, 9),
        GrievanceTopic.LAND,
        "Khiếu nại mức đền bù đất làm đường năm 2012.",
        household=households(CELL[9])[30],
    )
    case.take(OFFICE, moment(5, 14), DetermineKind, kind=GrievanceKind.COMPLAINT)
    case.take(OFFICE, moment(5, 16), RefuseGrievance, reason=RefusalReason.ALREADY_SETTLED)
    case.take(OFFICE, moment(5, 18), DeliverAnswer, channel=DeliveryChannel.LETTER)
    case.take(OFFICE, moment(6, 19), CloseGrievance)


def transferred(teller: Teller) -> None:
    """The field lies in the neighbouring commune: instead of "not ours" the case goes there, by a document."""
    case = told_at_office(
        teller,
        Words("ruộng ở xã bên", "a field in the next commune"),
        moment(7, 25),
        GrievanceTopic.LAND,
        "Ruộng của hộ ở xã Khun Há bị nước thải chảy vào.",
        household=households(CELL[10])[10],
    )
    case.take(OFFICE, moment(7, 30), DetermineKind, kind=GrievanceKind.CONCERN)
    letter = Basis(number="21-CV/ĐU", issued_on=date(YEAR, 8, 3), issuer="Đảng ủy xã Bản Hon")
    case.take(OFFICE, moment(8, 3), TransferGrievance, basis=letter, to=KHUN_HA)
    case.take(KHUN_HA_OFFICE, moment(8, 6), BookGrievance)
    case.take(KHUN_HA_OFFICE, moment(8, 10), AcceptGrievance)
    case.answer(KHUN_HA_OFFICE, moment(9, 12), AnswerOutcome.RESOLVED, "Đã đào rãnh dẫn nước thải đi hướng khác.")
    case.take(KHUN_HA_OFFICE, moment(9, 14), DeliverAnswer, channel=DeliveryChannel.LETTER)
    case.take(KHUN_HA_OFFICE, moment(9, 20), AcceptAnswer)
    case.take(KHUN_HA_OFFICE, moment(9, 21), CloseGrievance)


def past_the_cell(teller: Teller) -> None:
    """Somebody comes on the day of reception and names no household: neither member nor cell ever learns of it."""
    at = moment(11, 8)
    case = told_at_office(
        teller,
        Words("giờ mở cửa bộ phận một cửa", "opening hours of the office"),
        at,
        GrievanceTopic.OTHER,
        "Đề nghị mở cửa cả sáng thứ bảy phiên chợ.",
        petitioner="Người đến buổi tiếp dân (tên giả)",
    )
    case.take(OFFICE, at + timedelta(hours=1), CorrectGrievance, topic=GrievanceTopic.PUBLIC_SERVICES)
    case.take(OFFICE, at + timedelta(hours=2), DetermineKind, kind=GrievanceKind.PROPOSAL)
    case.take(OFFICE, moment(11, 14), AcceptGrievance)
    case.answer(OFFICE, moment(11, 28), AnswerOutcome.RESOLVED, "Từ tháng 12 có người trực sáng thứ bảy.")
    case.settle(OFFICE, moment(12, 3, 9), moment(12, 3, 9, 10), moment(12, 4), OFFICE)


STORIES = (
    (moment(3, 15), split),
    (moment(5, 9), refused),
    (moment(7, 25), transferred),
    (moment(11, 8), past_the_cell),
)
