"""What happens to members in the year: admitted, made full members, moved, exempt, away, dead. All dates made up."""

from __future__ import annotations

from datetime import date

from events.facts.members import LeavingReason, MemberStatus
from events.facts.organisation import OfficeKind
from services.decisions.assignments import AssignHousehold
from services.decisions.members import AdmitMember, IntroduceAtResidence, RecordLeaving, TransferMember
from services.decisions.organisation import ActInOffice, AppointOffice, ReleaseOffice
from services.demo.ban_hon.beginning import PROBATION, register_person
from services.demo.ban_hon.clients import OFFICE, secretary
from services.demo.ban_hon.economy import RICH
from services.demo.ban_hon.places import (
    ADMITTED,
    ARRIVES,
    ASKS_FOR_EXEMPTION,
    CELL,
    COMMUNE,
    DIES,
    FIRST_NEW,
    GOES_AWAY,
    MEMBERS,
    MOVES_OUT,
    ON_PROBATION,
    RETIRED_TEACHER,
    SHORTLY_AWAY,
    TEACHER_IN_VILLAGE,
    TURNS_EXEMPT,
    person,
)
from services.demo.ban_hon.teller import TO_COME, Teller, decision, moment, resolution
from services.demo.identifiers import named


def admit(teller: Teller, index: int) -> None:
    """One of the seven, on probation for a year."""
    day, cell = ADMITTED[index]
    number = FIRST_NEW + index
    command = AdmitMember(
        id=TO_COME,
        effective=day,
        person=person(number),
        unit=CELL[cell].id,
        status=MemberStatus.PROBATIONARY,
        newly=True,
        basis=decision(f"{20 + index}", day),
    )
    teller.book.cell_of[number] = cell
    teller.submit(
        OFFICE,
        moment(day.month, day.day, 15),
        f"Kết nạp đảng viên, Chi bộ {cell}",
        f"A member is admitted in cell {cell}",
        [command],
    )


def confirm(teller: Teller, index: int) -> None:
    """A member admitted in 2017 is a full member a year later."""
    number, day = ON_PROBATION[index], PROBATION[index].replace(year=2018)
    command = teller.status(number, MemberStatus.ACTIVE, day, decision(f"{30 + index}", day), COMMUNE)
    teller.submit(
        OFFICE,
        moment(day.month, day.day, 16),
        "Công nhận đảng viên chính thức",
        "A full member after a year",
        [command],
    )


def arrive(teller: Teller) -> None:
    """A teacher comes from another commune with his file, in two steps."""
    day = date(2018, 8, 20)
    teller.submit(
        OFFICE,
        moment(8, 20, 9),
        "Tiếp nhận hồ sơ một giáo viên",
        "A teacher's file arrives",
        [register_person(ARRIVES, 6, day)],
    )
    command = AdmitMember(id=TO_COME, effective=day, person=person(ARRIVES), unit=CELL[6].id, basis=decision("41", day))
    teller.book.cell_of[ARRIVES] = 6
    teller.submit(
        OFFICE, moment(8, 20, 10), "Chuyển sinh hoạt đến Chi bộ 6", "He joins cell 6 with his membership", [command]
    )


def retire(teller: Teller) -> None:
    """A retired teacher goes from the cell of the school to the cell of his village."""
    day = date(2018, 9, 1)
    command = TransferMember(
        id=TO_COME, effective=day, person=person(RETIRED_TEACHER), unit=CELL[4].id, basis=decision("42", day)
    )
    teller.book.cell_of[RETIRED_TEACHER] = 4
    teller.submit(
        OFFICE,
        moment(9, 1, 9),
        "Chuyển sinh hoạt: Chi bộ 6 sang Chi bộ 4",
        "Transferred from cell 6 to cell 4",
        [command],
    )


def introduce(teller: Teller) -> None:
    """A teacher also takes part in the cell of the village he lives in (QĐ 213-QĐ/TW)."""
    day = date(2018, 3, 1)
    command = IntroduceAtResidence(
        id=TO_COME, effective=day, person=person(TEACHER_IN_VILLAGE), unit=CELL[8].id, basis=decision("08", day)
    )
    teller.submit(
        OFFICE,
        moment(3, 1, 9),
        "Giới thiệu đảng viên về nơi cư trú, Chi bộ 8",
        "A member is introduced to the cell of his residence",
        [command],
    )


def leave(teller: Teller, number: int, day: date, reason: LeavingReason, vi: str, en: str) -> None:
    """A membership ends here."""
    command = RecordLeaving(id=TO_COME, effective=day, person=person(number), reason=reason)
    del teller.book.cell_of[number]
    teller.submit(OFFICE, moment(day.month, day.day, 16, 30), vi, en, [command])


def die(teller: Teller) -> None:
    """A member dies; his households wait for a decision."""
    leave(teller, DIES, date(2018, 5, 21), LeavingReason.DIED, "Một đảng viên từ trần", "A member dies")


def move_out(teller: Teller) -> None:
    """A member leaves the province with his file."""
    vi, en = "Chuyển sinh hoạt ra ngoài tỉnh", "Transferred out of the province"
    leave(teller, MOVES_OUT, date(2018, 10, 15), LeavingReason.TRANSFERRED_OUT, vi, en)


def turn_exempt(teller: Teller) -> None:
    """A member with households is exempt at his own request: nothing is ended, a decision is needed."""
    day = date(2018, 4, 10)
    command = teller.status(TURNS_EXEMPT, MemberStatus.EXEMPT, day, resolution("04", day, 3), CELL[3].id)
    teller.submit(
        secretary(3),
        moment(4, 10, 17),
        "Miễn công tác và sinh hoạt: còn giữ hộ, cần quyết định",
        "Exempt while responsible for households: a decision is needed",
        [command],
    )


def assign_exempt(teller: Teller) -> None:
    """By oversight the exempt member is given one more household: refused."""
    command = AssignHousehold(
        id=TO_COME,
        effective=date(2018, 4, 12),
        assignment=named("ban-hon/assignment/to-an-exempt-member"),
        member=person(TURNS_EXEMPT),
        household=RICH.id,
    )
    teller.submit(
        secretary(3),
        moment(4, 12, 9),
        "Phân công cho đảng viên đã được miễn: bị từ chối",
        "A household for an exempt member: refused",
        [command],
        refusals=("member_not_assignable",),
    )


def ask_for_exemption(teller: Teller) -> None:
    """A member of cell 10 asks to be exempt."""
    day = date(2018, 7, 2)
    command = teller.status(ASKS_FOR_EXEMPTION, MemberStatus.EXEMPT, day, resolution("07", day, 10), CELL[10].id)
    teller.submit(
        secretary(10), moment(7, 2, 17), "Miễn theo nguyện vọng, Chi bộ 10", "Exempt at his own wish", [command]
    )


def be_away_shortly(teller: Teller) -> None:
    """A member works elsewhere from March to August."""
    day = date(2018, 3, 1)
    command = teller.status(
        SHORTLY_AWAY, MemberStatus.TEMPORARILY_EXEMPT, day, decision("09", day), COMMUNE, date(2018, 9, 1)
    )
    teller.submit(
        OFFICE, moment(3, 1, 10), "Tạm miễn sáu tháng, Chi bộ 2", "Temporarily exempt for six months", [command]
    )


def come_back(teller: Teller) -> None:
    """The six months are over: nothing is submitted, the status ended by its own date."""
    teller.book.away.discard(SHORTLY_AWAY)


def go_away(teller: Teller) -> None:
    """A member of cell 7 goes to work far away, until May of the next year."""
    day = date(2018, 6, 1)
    command = teller.status(
        GOES_AWAY, MemberStatus.TEMPORARILY_EXEMPT, day, decision("16", day), COMMUNE, date(2019, 5, 1)
    )
    teller.submit(OFFICE, moment(6, 1, 9), "Tạm miễn: đi làm ăn xa", "Temporarily exempt: working far away", [command])


def change_deputy(teller: Teller) -> None:
    """Cell 1 has another deputy secretary."""
    day, basis = date(2018, 7, 1), decision("33", date(2018, 7, 1))
    former, new = MEMBERS[1][1], MEMBERS[1][2]
    office, unit = OfficeKind.DEPUTY_SECRETARY, CELL[1].id
    teller.submit(
        OFFICE,
        moment(7, 1, 9),
        "Thay phó bí thư Chi bộ 1",
        "Another deputy secretary in cell 1",
        [
            ReleaseOffice(id=TO_COME, effective=day, unit=unit, office=office, person=person(former), basis=basis),
            AppointOffice(id=TO_COME, effective=day, unit=unit, office=office, person=person(new), basis=basis),
        ],
    )


def act_for_secretary(teller: Teller) -> None:
    """The deputy of cell 8 acts as secretary for two months."""
    day = date(2018, 10, 1)
    command = ActInOffice(
        id=TO_COME,
        effective=day,
        unit=CELL[8].id,
        office=OfficeKind.SECRETARY,
        person=person(MEMBERS[8][1]),
        until=date(2018, 12, 1),
        basis=decision("47", day),
    )
    teller.submit(OFFICE, moment(10, 1, 9), "Phụ trách thay bí thư Chi bộ 8", "Acting secretary in cell 8", [command])
