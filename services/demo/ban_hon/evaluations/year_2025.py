"""The classification of 2025 by points, in the cells of Bản Hon after their commune went into another. All made up.

Of the cells of the old Khun Há the demo knows nothing. Neither the cells nor the new commune are new: they go on from
units that were there before.
"""

from __future__ import annotations

from datetime import date

from events.facts.evaluations import Subject
from events.facts.meetings import Attendance, Attended
from events.facts.members import MemberStatus
from events.facts.values import Basis, Source
from services.decisions.evaluations.pools import AuthoriseCapException
from services.decisions.meetings import CloseMeeting, HoldMeeting
from services.decisions.members import AdmitMember
from services.demo.ban_hon.beginning import register_person
from services.demo.ban_hon.clients import IMPORT, NEW_CHIEF, NEW_OFFICE, PROVINCE_OFFICE, secretary
from services.demo.ban_hon.evaluations.committee import Committee
from services.demo.ban_hon.evaluations.levels import EXCELLENT, FIRST_EXCELLENT, GOOD, NOT_COMPLETED, SPREAD_2025
from services.demo.ban_hon.evaluations.review import Review, Scheme
from services.demo.ban_hon.places import ADMITTED, ARRIVES, CELL, CELLS, COMMUNE, FIRST_NEW, NEW_COMMUNE, Cell, person
from services.demo.ban_hon.teller import TO_COME, Teller, decision, numbered, of_province, on

YEAR = 2025
SCHEME = Scheme(YEAR, "366-hd43.v1", points=True)

OPENED, SENT_IN, COMMENTED, MET = date(YEAR, 11, 24), date(YEAR, 11, 28), date(YEAR, 12, 1), date(YEAR, 12, 3)
CELLS_ASSESSED, APPRAISED, DECIDED, EXCEPTED, FINAL = (date(YEAR, 12, day) for day in (10, 15, 18, 22, 23))
CELLS_APPRAISED, CELLS_DECIDED, CELLS_FINAL, COMMUNE_ASSESSED = (date(YEAR, 12, day) for day in (24, 25, 26, 29))
COMMUNE_APPRAISED, COMMUNE_DECIDED, CLOSED = (date(YEAR + 1, 1, day) for day in (12, 15, 19))

CONFIRMED = date(2020, 1, 2)
NEWCOMER, ADMITTED_ON, NEWCOMERS_CELL = ARRIVES + 1, date(YEAR, 9, 2), 7
"""Admitted in September: under 366 not even reviewed."""
EXAMINED, EXAMINED_IN = 5, 12
"""Place in the list of its members, and cell, of one whose case is being examined: not rated yet."""
SEES_HIMSELF_BETTER_IN = 6
"""In this cell the first after the excellent ones holds himself for excellent too."""
PERCENT = 25
"""What the province allows of the members: the schools had outstanding results."""


def tell(teller: Teller) -> None:
    """All of it in order."""
    _meanwhile(teller)
    reviews = [
        Review(
            teller,
            SCHEME,
            cell,
            [member for member in _present(teller, cell) if member not in (NEWCOMER, _examined(teller))],
            SPREAD_2025[cell.number],
        )
        for cell in CELLS
    ]
    commune = Committee(teller, SCHEME, NEW_OFFICE, NEW_CHIEF, PROVINCE_OFFICE, reviews)
    commune.open(OPENED)
    for review in reviews:
        _in_cell(teller, review)
    commune.appraise_members(APPRAISED)
    commune.decide_members(DECIDED, _of_commune("41", DECIDED))
    _allow_more(teller)
    # Of the schools 9 of 37: within a quarter of the good or better, not of the 28 who are just good.
    commune.finalise(Subject.MEMBER, FINAL, _of_commune("42", FINAL), warnings=("cap_readings_disagree",))
    commune.appraise_cells(CELLS_APPRAISED)
    commune.decide_cells(CELLS_DECIDED, _of_commune("43", CELLS_DECIDED))
    commune.finalise(Subject.CELL, CELLS_FINAL, _of_commune("44", CELLS_FINAL))
    commune.assess(COMMUNE_ASSESSED, GOOD)
    commune.rate(COMMUNE_APPRAISED, COMMUNE_DECIDED, GOOD, of_province("7", COMMUNE_DECIDED))
    commune.close(CLOSED)


def _meanwhile(teller: Teller) -> None:
    """The years between are not told but for what the classification needs: who was on probation in 2018 is a full
    member, and one was admitted."""
    confirmed = [
        teller.status(
            FIRST_NEW + index,
            MemberStatus.ACTIVE,
            day.replace(year=day.year + 1),
            decision(f"{20 + index}", day.replace(year=day.year + 1)),
            COMMUNE,
        )
        for index, (day, _) in enumerate(ADMITTED)
    ]
    vi, en = "Đảng viên dự bị năm 2018 đã được công nhận chính thức", "Those admitted in 2018 are full members"
    teller.submit(IMPORT, on(CONFIRMED), vi, en, confirmed, source=Source.IMPORT)
    newcomer = register_person(NEWCOMER, NEWCOMERS_CELL, ADMITTED_ON)
    vi, en = "Quần chúng ưu tú được giới thiệu", "Somebody introduced for admission"
    teller.submit(NEW_OFFICE, on(ADMITTED_ON, 8), vi, en, [newcomer])
    admitted = AdmitMember(
        id=TO_COME,
        effective=ADMITTED_ON,
        person=person(NEWCOMER),
        unit=CELL[NEWCOMERS_CELL].id,
        status=MemberStatus.PROBATIONARY,
        newly=True,
        basis=_of_commune("12", ADMITTED_ON),
    )
    vi, en = f"Kết nạp đảng viên, Chi bộ {NEWCOMERS_CELL}", f"A member is admitted in cell {NEWCOMERS_CELL}"
    teller.submit(NEW_OFFICE, on(ADMITTED_ON, 15), vi, en, [admitted])


def _present(teller: Teller, cell: Cell) -> list[int]:
    """Members who take part in the cell's life: who was away in 2018 is back, who was exempt still is."""
    book = teller.book
    found = [member for member, home in book.cell_of.items() if home == cell.number and member not in book.exempt]
    return sorted(found) + [NEWCOMER] * (cell.number == NEWCOMERS_CELL)


def _examined(teller: Teller) -> int:
    return _present(teller, CELL[EXAMINED_IN])[EXAMINED]


def _in_cell(teller: Teller, review: Review) -> None:
    """From the first day to the cell's own sheet."""
    review.open(OPENED)
    if review.cell.number == EXAMINED_IN:
        review.attest(OPENED, 20, _examined(teller), "under_examination", "31-QĐ/UBKT")
    otherwise = {member: GOOD for member, level in review.levels.items() if level is NOT_COMPLETED}
    if review.cell.number == SEES_HIMSELF_BETTER_IN:
        excellent = [*review.levels.values()].count(EXCELLENT)
        otherwise[[*review.levels][FIRST_EXCELLENT + excellent]] = EXCELLENT
    review.assess(SENT_IN, otherwise=otherwise)
    review.comment(COMMENTED)
    review.ballot(_meet(teller, review.cell))
    review.propose(MET)
    review.assess_cell(CELLS_ASSESSED)


def _meet(teller: Teller, cell: Cell) -> HoldMeeting:
    """The meeting of December. Everybody came."""
    attendance = tuple(Attended(person(member), Attendance.PRESENT) for member in _present(teller, cell))
    held = HoldMeeting(id=TO_COME, instant=on(MET, 19, 30), unit=cell.id, attendance=attendance)
    held = numbered(held, on(MET, 21))
    vi, en = f"Sinh hoạt chi bộ tháng 12/2025, {cell.place}", f"Meeting of cell {cell.number} in December 2025"
    teller.submit(secretary(cell.number), on(MET, 21), vi, en, [held])
    minutes = Basis(number="12-BB/CB", issued_on=MET, issuer=cell.name)
    closed = CloseMeeting(id=TO_COME, instant=on(MET, 20, 45), unit=cell.id, meeting=held.id, basis=minutes)
    vi, en = f"Kết thúc buổi sinh hoạt, {cell.place}", f"The meeting is closed, cell {cell.number}"
    teller.submit(secretary(cell.number), on(MET, 21, 20), vi, en, [closed])
    return held


def _allow_more(teller: Teller) -> None:
    """The province allows a quarter, by a document; nobody allows it himself."""
    allowed = AuthoriseCapException(
        id=TO_COME,
        effective=EXCEPTED,
        committee=NEW_COMMUNE,
        year=YEAR,
        subject=Subject.MEMBER,
        percent=PERCENT,
        basis=of_province("1204", EXCEPTED),
    )
    vi, en = f"Cho phép tỷ lệ xuất sắc đến {PERCENT} %", f"Up to {PERCENT} % excellent are allowed"
    teller.submit(PROVINCE_OFFICE, on(EXCEPTED), vi, en, [allowed])


def _of_commune(number: str, day: date) -> Basis:
    """A decision of the new commune's committee."""
    return Basis(number=f"{number}-QĐ/ĐU", issued_on=day, issuer="Đảng ủy xã Khun Há")
