"""An epilogue: on 1/7/2025 Bản Hon and Khun Há became one commune, and the district level ended.

That is what happened (Resolution 1670/NQ-UBTVQH15 of 16/6/2025). Made up are the case that was open that day, and who
holds the new office. Nothing that the old offices say can be submitted after this: rights follow today's tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.facts.grievance_values import AnswerOutcome, GrievanceKind, GrievanceTopic
from events.facts.organisation import OfficeKind, UnitKind
from events.facts.values import Basis
from services.decisions.command import Command
from services.decisions.grievances.routing import DetermineKind
from services.decisions.grievances.settling import AcceptGrievance, AssignHandler, ReplyInterim
from services.decisions.organisation import AppointOffice, DissolveUnit, FoundUnit, MergeUnits
from services.demo.ban_hon.clients import NEW_OFFICE, OFFICE, PROVINCE_OFFICE
from services.demo.ban_hon.grievances.case import Case, made_up, told_at_office
from services.demo.ban_hon.places import (
    CELL,
    COMMUNE,
    DISTRICT,
    KHUN_HA,
    KHUN_HA_SECRETARY,
    NEW_COMMUNE,
    OFFICER,
    PROVINCE,
    households,
    person,
)
from services.demo.ban_hon.teller import TO_COME, Teller, moment, of_province
from services.demo.story import Words

YEAR = 2025
MERGED = date(YEAR, 7, 1)
RESOLUTION = Basis(number="1670/NQ-UBTVQH15", issued_on=date(YEAR, 6, 16), issuer="Ủy ban Thường vụ Quốc hội khóa XV")


def open_case(teller: Teller) -> Case:
    """In June a household complains at the office of Bản Hon, which accepts the complaint on 16 June."""
    case = told_at_office(
        teller,
        Words("đất làm đường", "land taken for a road"),
        moment(6, 10, year=YEAR),
        GrievanceTopic.LAND,
        "Khiếu nại diện tích đất bị lấy khi mở đường liên bản.",
        household=households(CELL[7])[40],
    )
    case.take(OFFICE, moment(6, 12, year=YEAR), DetermineKind, kind=GrievanceKind.COMPLAINT)
    case.take(OFFICE, moment(6, 16, year=YEAR), AcceptGrievance)
    case.take(OFFICE, moment(6, 16, 10, year=YEAR), AssignHandler, person=person(OFFICER))
    return case


def merge(teller: Teller) -> None:
    """The new commune is founded, both old ones go into it, the district ends; cells go on under the new commune."""
    found = FoundUnit(
        id=TO_COME,
        effective=MERGED,
        unit=NEW_COMMUNE,
        kind=UnitKind.COMMUNE,
        name="Đảng bộ xã Khun Há",
        parent=PROVINCE,
        basis=RESOLUTION,
    )
    merged = MergeUnits(id=TO_COME, effective=MERGED, into=NEW_COMMUNE, units=(COMMUNE, KHUN_HA), basis=RESOLUTION)
    ended = DissolveUnit(id=TO_COME, effective=MERGED, unit=DISTRICT, basis=of_province("1010", MERGED))
    holders = ((OfficeKind.SECRETARY, KHUN_HA_SECRETARY), (OfficeKind.ORGANISATION_OFFICER, person(OFFICER)))
    appointed = [
        AppointOffice(
            id=TO_COME,
            effective=MERGED,
            unit=NEW_COMMUNE,
            office=office,
            person=holder,
            basis=of_province("1011", MERGED),
        )
        for office, holder in holders
    ]
    steps: tuple[tuple[str, str, Sequence[Command]], ...] = (
        ("Lập xã Khun Há mới", "The new commune of Khun Há", [found]),
        ("Bản Hon và Khun Há nhập vào xã mới", "Bản Hon and Khun Há go into it", [merged]),
        ("Kết thúc cấp huyện", "The district ends", [ended]),
        ("Bí thư và cán bộ xã mới", "Secretary and officer of the new commune", appointed),
    )
    for minute, (vi, en, commands) in enumerate(steps):
        teller.submit(PROVINCE_OFFICE, moment(7, 1, 7, minute, YEAR), vi, en, commands)


def answer(case: Case) -> None:
    """The new commune answers in July: 30 days from 16 June, as if nothing had happened on the 1st."""
    text = made_up("Vụ việc được xã mới tiếp tục giải quyết.")
    case.take(NEW_OFFICE, moment(7, 3, year=YEAR), ReplyInterim, text=text)
    partly = AnswerOutcome.PARTLY_RESOLVED
    case.answer(NEW_OFFICE, moment(7, 14, year=YEAR), partly, "Đo lại: bổ sung 40 m² vào phương án đền bù.")
    told, said, closed = (moment(7, day, year=YEAR) for day in (16, 18, 21))
    case.settle(NEW_OFFICE, told, said, closed, NEW_OFFICE)


def tell(teller: Teller) -> None:
    """All of it in order."""
    case = open_case(teller)
    merge(teller)
    answer(case)
