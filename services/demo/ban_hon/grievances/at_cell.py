"""What the cell solves by itself, and what is taken back."""

from __future__ import annotations

from datetime import date

from events.facts.grievance_values import AnswerOutcome, CellConclusion, DeliveryChannel, GrievanceTopic
from services.decisions.grievances.hearing import AcceptAnswer, CloseGrievance, DeliverAnswer, WithdrawGrievance
from services.decisions.grievances.settling import AssignHandler
from services.demo.ban_hon.clients import secretary
from services.demo.ban_hon.grievances.case import made_up, told_to_member
from services.demo.ban_hon.places import CELL, MEMBERS, YEAR, households, person
from services.demo.ban_hon.teller import Teller, moment
from services.demo.story import Words


def explained(teller: Teller) -> None:
    """Cell 4 explains on the spot why a household is not on the list of the poor, and the household accepts that."""
    case = told_to_member(
        teller,
        Words("danh sách hộ nghèo", "the list of poor households"),
        households(CELL[4])[40],
        moment(1, 20, 17),
        date(YEAR, 1, 22),
        GrievanceTopic.POVERTY_LIST,
        "Hộ hỏi vì sao năm nay không còn trong danh sách hộ nghèo.",
    )
    text = made_up("Chi bộ giải thích cách chấm điểm khi rà soát.")
    case.conclude(4, date(YEAR, 2, 3), CellConclusion.EXPLAINED, text=text)
    own = secretary(4)
    case.settle(own, moment(2, 5, 17), moment(2, 5, 17, 30), moment(2, 6, 19), own)


def solved(teller: Teller) -> None:
    """Cell 7 repairs the water pipe itself; its deputy sees to it, and the household is told at a meeting."""
    case = told_to_member(
        teller,
        Words("ống nước của bản", "the village's water pipe"),
        households(CELL[7])[30],
        moment(3, 18, 16),
        date(YEAR, 3, 19),
        GrievanceTopic.ROADS_AND_WATER,
        "Đường ống nước về bản bị vỡ, ba hộ thiếu nước.",
    )
    own = secretary(7)
    case.conclude(7, date(YEAR, 4, 3), CellConclusion.CELL_SOLVES)
    case.take(own, moment(4, 4, 19), AssignHandler, person=person(MEMBERS[7][1]))
    case.answer(own, moment(4, 28, 18), AnswerOutcome.RESOLVED, "Bản đã góp công sửa xong đường ống.")
    case.take(own, moment(5, 3, 20, 25), DeliverAnswer, channel=DeliveryChannel.MEETING)
    case.take(own, moment(5, 3, 22), AcceptAnswer)
    case.take(own, moment(5, 4, 19), CloseGrievance)


def withdrawn(teller: Teller) -> None:
    """Two neighbours in cell 10 agree before the cell has done anything."""
    case = told_to_member(
        teller,
        Words("ranh giới vườn", "the boundary of a garden"),
        households(CELL[10])[20],
        moment(8, 4, 17),
        date(YEAR, 8, 6),
        GrievanceTopic.NEIGHBOURS,
        "Hai hộ chưa thống nhất ranh giới vườn.",
    )
    case.conclude(10, date(YEAR, 9, 3), CellConclusion.CELL_SOLVES)
    case.take(secretary(10), moment(9, 15, 18), WithdrawGrievance)


def over_the_new_year(teller: Teller) -> None:
    """Open on the last day of the year, and within its limits: cell 1 took it upon itself in December."""
    case = told_to_member(
        teller,
        Words("chuồng trại gần giếng", "a stable beside a well"),
        households(CELL[1])[38],
        moment(11, 19, 17),
        date(YEAR, 11, 20),
        GrievanceTopic.ENVIRONMENT,
        "Chuồng trâu của hộ bên cạnh quá gần giếng nước.",
    )
    own = secretary(1)
    case.conclude(1, date(YEAR, 12, 3), CellConclusion.CELL_SOLVES)
    case.answer(own, moment(1, 20, 18, year=YEAR + 1), AnswerOutcome.RESOLVED, "Chuồng trâu đã được dời đi.")
    delivered, accepted = (moment(1, 20, hour, year=YEAR + 1) for hour in (19, 20))
    case.settle(own, delivered, accepted, moment(1, 21, 19, year=YEAR + 1), own)


STORIES = (
    (moment(1, 20, 17), explained),
    (moment(3, 18, 16), solved),
    (moment(8, 4, 17), withdrawn),
    (moment(11, 19, 17), over_the_new_year),
)
