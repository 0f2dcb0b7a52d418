"""What must not reach those it is about, and what Sổ Hộ must not keep."""

from __future__ import annotations

from datetime import date

from events.facts.grievance_values import AnswerOutcome, DeliveryChannel, GrievanceKind, GrievanceTopic
from events.facts.values import Basis, Source
from services.decisions.grievances.hearing import AcceptAnswer, CloseGrievance, DeliverAnswer
from services.decisions.grievances.inspecting import ReferOutside, TakeBackNaming
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.routing import NamePerson
from services.decisions.grievances.settling import WithholdGrievance
from services.demo.ban_hon import inspection
from services.demo.ban_hon.clients import DISTRICT_OFFICE, INSPECTION, OFFICE, PROVINCE_COMMITTEE, secretary
from services.demo.ban_hon.grievances.case import made_up, told_at_office, told_to_member
from services.demo.ban_hon.places import (
    CELL,
    COMMUNE,
    COMMUNE_SECRETARY,
    DISTRICT,
    MEMBERS,
    PROVINCE,
    YEAR,
    households,
    person,
)
from services.demo.ban_hon.teller import Teller, moment
from services.demo.identifiers import named
from services.demo.story import Words


def about_a_member(teller: Teller) -> None:
    """It turns out to be about the deputy of cell 9: it goes above him, and his cell knows of no such case any more."""
    case = told_to_member(
        teller,
        Words("thái độ của một đảng viên", "how a member behaves"),
        households(CELL[9])[25],
        moment(4, 7, 17),
        date(YEAR, 4, 9),
        GrievanceTopic.CONDUCT_OF_OFFICE,
        "Hộ phản ánh cách nói năng của người chia nước ruộng.",
    )
    deputy = Concerned(person=person(MEMBERS[9][1]))
    case.take(secretary(9), moment(4, 20, 18), NamePerson, about=(deputy,))
    case.accept(OFFICE, moment(4, 23), GrievanceKind.CONCERN, moment(5, 3))
    case.answer(OFFICE, moment(5, 24), AnswerOutcome.RESOLVED, "Đảng viên đã được nhắc nhở và xin lỗi hộ.")
    unseen = ("grievance_unknown",)
    letter = DeliveryChannel.LETTER
    case.take(secretary(9), moment(5, 25, 18), DeliverAnswer, refusals=unseen, channel=letter)
    case.settle(OFFICE, moment(5, 28), moment(5, 28, 10), moment(5, 29), OFFICE)


def about_the_office(teller: Teller) -> None:
    """Told at the commune's own office about its secretary: it stands at the district from the beginning."""
    case = told_at_office(
        teller,
        Words("về người đứng đầu xã", "about the head of the commune"),
        moment(6, 7),
        GrievanceTopic.CONDUCT_OF_OFFICE,
        "Phản ánh việc không tiếp dân đúng lịch.",
        petitioner="Một người dân (tên giả)",
        about=[Concerned(person=person(COMMUNE_SECRETARY), unit=COMMUNE)],
    )
    case.accept(DISTRICT_OFFICE, moment(6, 11), GrievanceKind.CONCERN, moment(6, 14))
    explained = AnswerOutcome.EXPLAINED
    case.answer(DISTRICT_OFFICE, moment(7, 12), explained, "Lịch tiếp dân đã được niêm yết lại và có người trực thay.")
    case.take(DISTRICT_OFFICE, moment(7, 13), DeliverAnswer, channel=DeliveryChannel.LETTER)
    case.take(DISTRICT_OFFICE, moment(7, 20), AcceptAnswer)
    case.take(DISTRICT_OFFICE, moment(7, 23), CloseGrievance)


def denunciation(teller: Teller) -> None:
    """A letter turns out to be a denunciation: its key is destroyed, a receipt that leads nowhere remains."""
    case = told_at_office(
        teller,
        Words("một lá đơn", "a letter"),
        moment(8, 2),
        GrievanceTopic.OTHER,
        "Đơn này hóa ra là đơn tố cáo, không thuộc phạm vi của Sổ Hộ.",
        petitioner="Một người dân (tên giả)",
    )
    receipt = named("ban-hon/receipt/1")
    letter = Basis(number="20-CV/ĐU", issued_on=date(YEAR, 8, 3), issuer="Đảng ủy xã Bản Hon")
    case.take(
        OFFICE,
        moment(8, 3),
        WithholdGrievance,
        basis=letter,
        receipt=receipt,
        handed_to=DISTRICT,
        number="01/BN-ĐU",
    )


def about_the_province(teller: Teller) -> None:
    """About somebody in the province's own office: nobody here may have it. The commune's secretary was named beside
    him by mistake. An inspection that the province ordered takes that back, and hands the case to a body outside. Its
    acts are entered from their papers, since its mandate is over when the story is told."""
    case = told_at_office(
        teller,
        Words("về người của cơ quan tỉnh", "about somebody at the province"),
        moment(9, 14),
        GrievanceTopic.CONDUCT_OF_OFFICE,
        "Phản ánh về một người công tác ở cơ quan tỉnh.",
        petitioner="Một người dân (tên giả)",
        about=[
            Concerned(person=named("ban-hon/person/of-the-province"), unit=PROVINCE),
            Concerned(person=person(COMMUNE_SECRETARY), unit=COMMUNE),
        ],
    )
    ordered = inspection.ordered(date(YEAR, 9, 17), date(YEAR, 12, 14), number="52-QĐ/TU", units=(PROVINCE,))
    vi, en = "Quyết định kiểm tra ở tỉnh", "The province orders an inspection of itself"
    teller.submit(PROVINCE_COMMITTEE, moment(9, 17), vi, en, [ordered], source=Source.PAPER)
    letter = Basis(number="41-CV/UBKT", issued_on=date(YEAR, 9, 18), issuer="Ủy ban Kiểm tra Tỉnh ủy (giả định)")
    cleared, paper = (person(COMMUNE_SECRETARY),), Source.PAPER
    case.take(INSPECTION, moment(9, 18), TakeBackNaming, source=paper, basis=letter, cleared=cleared)
    receiver = made_up("Cơ quan có thẩm quyền ở trung ương")
    case.take(INSPECTION, moment(9, 20), ReferOutside, source=paper, basis=letter, receiver=receiver)


STORIES = (
    (moment(4, 7, 17), about_a_member),
    (moment(6, 7), about_the_office),
    (moment(8, 2), denunciation),
    (moment(9, 14), about_the_province),
)
