"""Visits: what secretaries enter from paper at each meeting, and what two phones send days later."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from events.facts.assignments import RetractionReason
from events.facts.values import Source
from events.facts.visits import Outcome, Purpose, VisitTopic
from services.decisions.command import Command
from services.decisions.visits import AttestVisit, CorrectVisit, DisputeVisit, RecordVisit, RetractVisit
from services.demo.ban_hon.clients import PHONE_OF, secretary
from services.demo.ban_hon.economy import RICH
from services.demo.ban_hon.places import CELL, CELLS, MEMBERS, PHONE_A, PHONE_B, VILLAGES, Household, households, person
from services.demo.ban_hon.teller import TO_COME, Teller, moment, numbered

SAID = (
    (Purpose.REGULAR, (VisitTopic.LIVELIHOOD,), (Outcome.NOTHING_NEW,), None),
    (Purpose.INFORM, (VisitTopic.POLICY, VisitTopic.COMMUNITY), (Outcome.INFORMED,), "Phổ biến nghị quyết của chi bộ."),
    (Purpose.SUPPORT, (VisitTopic.LIVELIHOOD,), (Outcome.SUPPORT_PROMISED,), "Hướng dẫn chăm sóc chè sau thu hái."),
    (Purpose.REGULAR, (VisitTopic.SCHOOLING,), (Outcome.INFORMED,), "Vận động cho các cháu đi học chuyên cần."),
    (
        Purpose.FOLLOW_UP,
        (VisitTopic.POVERTY_PLAN,),
        (Outcome.TO_REPORT_AT_MEETING,),
        "Hộ đăng ký mục tiêu thoát nghèo.",
    ),
    (Purpose.REGULAR, (VisitTopic.COMMUNITY,), (Outcome.NOTHING_NEW,), None),
    (Purpose.INFORM, (VisitTopic.LIVELIHOOD,), (Outcome.INFORMED,), "Phòng chống rét cho trâu, bò."),
    (Purpose.REGULAR, (), (Outcome.NOBODY_HOME,), None),
)
"""What visits are about, in turn; made up, and naming nobody."""

SYNC_DAY = 27


def _visit(household: Household, member: int, instant: datetime, turn: int, source: Source) -> RecordVisit:
    purpose, topics, outcomes, note = SAID[turn % len(SAID)]
    written = instant + timedelta(hours=2) if source is Source.PHONE else None
    command = RecordVisit(
        id=TO_COME,
        source=source,
        written_at=written,
        instant=instant,
        household=household.id,
        member=person(member),
        purpose=purpose,
        topics=topics,
        outcomes=outcomes,
        note=note,
    )
    return numbered(command, instant)


class Fieldwork:
    """Remembers what was visited and not yet entered, and the visits that later steps come back to."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._waiting: dict[int, list[Command]] = {cell.number: [] for cell in CELLS}
        self._sent: dict[str, dict[tuple[Household, int], RecordVisit]] = {"phone-a": {}, "phone-b": {}}

    def visit(self, month: int) -> None:
        """In the month each member without a phone visits one of his households; it is entered at the next meeting."""
        book = self._teller.book
        for member in sorted(book.cell_of):
            mine = sorted(book.households(member), key=lambda household: (household.cell, household.number))
            resting = member in book.exempt | book.away
            if not mine or resting or member in PHONE_OF.values():
                continue
            household = mine[month % len(mine)]
            own = member == MEMBERS[book.home[household]][0]
            instant = moment(month, 6 + (member * 7 + month * 3) % 20, 7 + (member + month) % 11, member * 13 % 60)
            source = Source.WEB if own else Source.PAPER
            self._waiting[book.home[household]].append(_visit(household, member, instant, member + month, source))
            book.visits += 1

    def enter_the_rest(self) -> None:
        """The visits of December are entered before the year ends."""
        for cell in VILLAGES:
            self._teller.submit(
                secretary(cell.number),
                moment(12, 29, 20),
                f"Ghi các lần thăm tháng 12, {cell.place}",
                f"Visits of December in cell {cell.number}",
                self.take(cell.number),
            )

    def take(self, cell: int) -> list[Command]:
        """The visits told in the cell that nobody has entered yet."""
        taken, self._waiting[cell] = self._waiting[cell], []
        return taken

    def sync(self, phone: str, month: int) -> None:
        """The phone has a network again on the 27th and sends what was written in the month."""
        member, commands = PHONE_OF[phone], []
        mine = sorted(self._teller.book.households(member), key=lambda household: (household.cell, household.number))
        for turn, household in enumerate(mine):
            instant = moment(month, 7 + (turn * 3 + month) % 16, 16 + turn % 3, (turn * 11 + month * 7) % 60)
            visit = _visit(household, member, instant, month + turn, Source.PHONE)
            self._sent[phone][household, month] = visit
            commands.append(visit)
        self._teller.book.visits += len(commands)
        again = [self._any(phone, month - 1)] if (phone, month) == ("phone-a", 6) else []
        self._teller.submit(
            phone,
            moment(month, SYNC_DAY, 8 if phone == "phone-a" else 10),
            f"Điện thoại gửi các lần thăm tháng {month}" + (", một lần gửi lại" if again else ""),
            f"The phone sends the visits of month {month}" + (", one of them again" if again else ""),
            [*commands, *again],
            duplicate=len(again),
        )

    def _any(self, phone: str, month: int) -> RecordVisit:
        return next(visit for (_, when), visit in self._sent[phone].items() if when == month)

    def visit_a_stranger(self) -> None:
        """The member with the first phone helps out at a household that is not his."""
        household = households(CELL[5])[-1]
        visit = _visit(household, PHONE_A, moment(8, 11, 17, 20), 2, Source.PHONE)
        self._teller.book.visits += 1
        self._teller.submit(
            "phone-a",
            moment(8, 14, 8),
            "Thăm một hộ không được phân công: vẫn ghi nhận",
            "A visit to a household that is not his: recorded all the same",
            [visit],
        )

    def visit_by_mistake(self) -> None:
        """A visit noted for the wrong household is taken back some days later."""
        household = households(CELL[5])[0]
        visit = _visit(household, PHONE_A, moment(9, 9, 17), 0, Source.PHONE)
        self._teller.submit(
            "phone-a", moment(9, 13, 8), "Ghi nhầm hộ", "A visit noted for the wrong household", [visit]
        )
        back = RetractVisit(
            id=TO_COME,
            source=Source.PHONE,
            written_at=moment(9, 14, 18),
            instant=moment(9, 14, 18),
            visit=visit.id,
            reason=RetractionReason.WRONG_HOUSEHOLD,
        )
        self._teller.submit("phone-a", moment(9, 16, 8), "Rút lần thăm ghi nhầm", "It is taken back", [back])

    def correct(self) -> None:
        """The second phone corrects what was said of a visit in May."""
        visit = self._sent["phone-b"][RICH, 5]
        command = CorrectVisit(
            id=TO_COME,
            source=Source.PHONE,
            written_at=moment(5, 29, 19),
            instant=visit.instant + timedelta(hours=1),
            visit=visit.id,
            household=visit.household,
            member=visit.member,
            purpose=Purpose.SUPPORT,
            topics=(VisitTopic.POVERTY_PLAN, VisitTopic.LIVELIHOOD),
            outcomes=(Outcome.SUPPORT_PROMISED,),
            note="Hộ đăng ký vay vốn nuôi dê; sửa lại giờ thăm.",
        )
        self._teller.submit("phone-b", moment(6, 2, 7), "Sửa lại một lần thăm", "A visit is corrected", [command])

    def fast_clock(self) -> None:
        """The second phone's clock is twenty minutes fast: by it, the visit is still to come when it is sent."""
        sent = moment(10, 20, 17)
        visit = _visit(RICH, PHONE_B, sent + timedelta(minutes=14), 4, Source.PHONE)
        visit = msgspec.structs.replace(visit, id=TO_COME, written_at=sent + timedelta(minutes=19))
        self._teller.book.visits += 1
        self._teller.submit(
            "phone-b",
            sent,
            "Đồng hồ điện thoại chạy nhanh 20 phút: ghi nhận, có cảnh báo",
            "A phone whose clock is 20 minutes fast: recorded, with a warning",
            [visit],
        )

    def ask_households(self) -> None:
        """Two households are asked: one confirms a visit, one says that nobody came."""
        attested = self._sent["phone-b"][RICH, 11]
        self._teller.submit(
            secretary(3),
            moment(12, 4),
            "Hộ xác nhận một lần thăm",
            "A household confirms a visit",
            [AttestVisit(id=TO_COME, instant=moment(12, 4, 8), visit=attested.id)],
        )
        disputed = self._any("phone-a", 11)
        note = "Hộ cho biết hôm đó không có ai đến."
        self._teller.submit(
            secretary(5),
            moment(12, 5),
            "Hộ cho biết lần thăm không diễn ra như đã ghi",
            "A household says that a visit was not made as recorded",
            [DisputeVisit(id=TO_COME, instant=moment(12, 5, 8), visit=disputed.id, note=note)],
        )
