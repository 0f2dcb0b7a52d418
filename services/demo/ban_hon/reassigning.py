"""What the cells decide in the year about who has which household, after members and households changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from events.facts.assignments import EndingReason, RetractionReason
from events.facts.households import DissolutionReason
from services.decisions.assignments import AssignHousehold, CorrectAssignment, RetractAssignment
from services.decisions.households import ChangeGroup, DissolveHousehold, MoveHousehold
from services.demo.ban_hon.clients import OFFICE, secretary
from services.demo.ban_hon.economy import DISSOLVED, MOVED
from services.demo.ban_hon.places import (
    ASKS_FOR_EXEMPTION,
    CELL,
    DIES,
    GOES_AWAY,
    NEW,
    PHONE_B,
    RETIRED_TEACHER,
    SHORTLY_AWAY,
    STANDS_IN,
    TEACHER_IN_VILLAGE,
    TURNS_EXEMPT,
    able,
    households,
    person,
)
from services.demo.ban_hon.plans import group_id, notice
from services.demo.ban_hon.teller import TO_COME, Teller, decision, moment, resolution
from services.demo.identifiers import named


def _hand_over(
    teller: Teller, member: int, cell: int, month: int, reason: EndingReason, heirs: Callable[[int], int]
) -> None:
    """The cell's meeting on the 3rd ends the member's assignments; from the 4th others are responsible."""
    held = teller.book.of_member(member)
    ended = [teller.end(one, date(2018, month, 3), reason) for one in held]
    given = [
        teller.assign(one.household, heirs(index), date(2018, month, 4))
        for index, one in enumerate(held)
        if one.household is not None
    ]
    vi, en = f"Kết thúc phân công, Chi bộ {cell}", f"Assignments ended in cell {cell}"
    teller.submit(secretary(cell), moment(month, 3, 22), vi, en, ended)
    vi, en = f"Phân công lại, Chi bộ {cell}", f"Given to others in cell {cell}"
    teller.submit(secretary(cell), moment(month, 4, 9), vi, en, given)


def after_exemption(teller: Teller) -> None:
    """Three weeks after the member became exempt, his households are given to one neighbour, and told."""
    _hand_over(teller, TURNS_EXEMPT, 3, 5, EndingReason.MEMBER_EXEMPT, lambda _: PHONE_B)
    taken_over = teller.book.of_member(PHONE_B)[-3:]
    told = [notice(held, date(2018, 5, 5)) for held in taken_over]
    teller.submit(
        secretary(3), moment(5, 5, 18), "Đã thông báo người phụ trách mới", "Told who is responsible now", told
    )


def after_death(teller: Teller) -> None:
    """The dead member's households go to his neighbours."""
    among = able(CELL[2])[4:]
    _hand_over(teller, DIES, 2, 6, EndingReason.MEMBER_DIED, lambda index: among[index])


def after_departure(teller: Teller) -> None:
    """The households of the member who works far away."""
    among = able(CELL[7])[4:]
    _hand_over(teller, GOES_AWAY, 7, 6, EndingReason.MEMBER_EXEMPT, lambda index: among[index])


def after_wish(teller: Teller) -> None:
    """The households of the member who asked to be exempt."""
    among = able(CELL[10])[3:]
    _hand_over(teller, ASKS_FOR_EXEMPTION, 10, 7, EndingReason.MEMBER_EXEMPT, lambda index: among[index])


def stand_in(teller: Teller) -> None:
    """The group of the member who is away for six months is another's until he is back."""
    (held,) = teller.book.of_member(SHORTLY_AWAY)
    ended = teller.end(held, date(2018, 3, 3), EndingReason.MEMBER_EXEMPT)
    teller.submit(secretary(2), moment(3, 3, 22), "Kết thúc phân công nhóm hộ", "A group's assignment ended", [ended])
    given = teller.assign_group(held.target, 2, STANDS_IN, date(2018, 3, 4), until=date(2018, 9, 3))
    teller.submit(
        secretary(2), moment(3, 4, 9), "Phụ trách thay đến 3/9", "Another stands in until 3 September", [given]
    )


def take_back(teller: Teller) -> None:
    """He is back: the other's assignment ended by its own date, the group is his again."""
    group = group_id(2, 2)
    (lent,) = (held for held in teller.book.of_member(STANDS_IN) if held.target == group)
    del teller.book.held[lent.assignment]
    given = teller.assign_group(group, 2, SHORTLY_AWAY, date(2018, 9, 3))
    teller.submit(secretary(2), moment(9, 3, 22), "Nhận lại nhóm hộ", "The group is his again", [given])


def give_alone(teller: Teller, cell: int, member: int, day: date) -> None:
    """Households in nobody's charge are given to somebody new in the cell."""
    given = [teller.assign(household, member, day) for household in teller.book.alone(cell)]
    teller.submit(
        secretary(cell),
        moment(day.month, day.day, 9),
        f"Phân công các hộ chưa có người phụ trách, Chi bộ {cell}",
        f"Households without anybody get somebody in cell {cell}",
        given,
    )


def give_to_new_1(teller: Teller) -> None:
    """The first admitted in the year takes the households left in cell 1."""
    give_alone(teller, 1, NEW[1], date(2018, 3, 4))


def give_to_teacher(teller: Teller) -> None:
    """The teacher who lives in the village takes those left in cell 8."""
    give_alone(teller, 8, TEACHER_IN_VILLAGE, date(2018, 3, 4))


def give_to_new_3(teller: Teller) -> None:
    """The member admitted in cell 3 takes the one left there."""
    give_alone(teller, 3, NEW[3], date(2018, 6, 4))


def give_to_new_7(teller: Teller) -> None:
    """The member admitted in cell 7 takes the one left there."""
    give_alone(teller, 7, NEW[7], date(2018, 9, 4))


def give_to_retired(teller: Teller) -> None:
    """The retired teacher takes the two left in cell 4."""
    give_alone(teller, 4, RETIRED_TEACHER, date(2018, 10, 4))


def correct_dates(teller: Teller) -> None:
    """An assignment of January began a week later than was recorded."""
    held = teller.book.of_member(able(CELL[4])[7])[0]
    command = CorrectAssignment(
        id=TO_COME,
        effective=date(2018, 6, 5),
        assignment=held.assignment,
        target=held.target,
        since=date(2018, 1, 10),
        basis=resolution("02", date(2018, 1, 10), 4),
    )
    teller.submit(
        secretary(4),
        moment(6, 5),
        "Sửa ngày bắt đầu phân công",
        "The first day of an assignment is corrected",
        [command],
    )


def mistake(teller: Teller) -> None:
    """A household is given to the wrong member; two days later that is taken back."""
    member, household = able(CELL[9])[3], households(CELL[9])[-3]
    assignment = named("ban-hon/assignment/by-mistake")
    wrong = AssignHousehold(
        id=TO_COME,
        effective=date(2018, 6, 4),
        assignment=assignment,
        member=person(member),
        household=household.id,
    )
    teller.submit(secretary(9), moment(6, 4), "Phân công nhầm", "An assignment by mistake", [wrong])
    back = RetractAssignment(
        id=TO_COME,
        effective=date(2018, 6, 6),
        assignment=assignment,
        target=household.id,
        reason=RetractionReason.WRONG_MEMBER,
    )
    teller.submit(secretary(9), moment(6, 6), "Rút phân công nhầm", "The mistake is taken back", [back])


def dissolve(teller: Teller) -> None:
    """A household moves away from the commune."""
    day = date(2018, 8, 12)
    del teller.book.home[DISSOLVED]
    command = DissolveHousehold(id=TO_COME, effective=day, household=DISSOLVED.id, reason=DissolutionReason.MOVED_AWAY)
    teller.submit(secretary(1), moment(8, 12), "Một hộ chuyển đi khỏi xã", "A household leaves the commune", [command])


def after_dissolution(teller: Teller) -> None:
    """Its assignment is ended by the next meeting."""
    ended = [
        teller.end(held, date(2018, 9, 3), EndingReason.HOUSEHOLD_DISSOLVED)
        for held in teller.book.of_household(DISSOLVED)
    ]
    teller.submit(secretary(1), moment(9, 3, 22), "Kết thúc phân công hộ đã chuyển đi", "Its assignment ended", ended)


def move(teller: Teller) -> None:
    """A household moves to the neighbouring village."""
    day = date(2018, 9, 15)
    teller.book.home[MOVED] = 9
    command = MoveHousehold(id=TO_COME, effective=day, household=MOVED.id, unit=CELL[9].id, basis=decision("45", day))
    teller.submit(
        OFFICE, moment(9, 15), "Một hộ chuyển sang bản khác", "A household moves to another village", [command]
    )


def after_move(teller: Teller) -> None:
    """The old cell ends its assignment, the new one gives it to somebody."""
    ended = [
        teller.end(held, date(2018, 10, 3), EndingReason.HOUSEHOLD_MOVED) for held in teller.book.of_household(MOVED)
    ]
    teller.submit(
        secretary(8), moment(10, 3, 22), "Chi bộ 8 kết thúc phân công hộ đã chuyển", "Cell 8 ends its assignment", ended
    )
    given = [teller.assign(MOVED, able(CELL[9])[4], date(2018, 10, 4))]
    teller.submit(
        secretary(9), moment(10, 4), "Chi bộ 9 phân công hộ mới đến", "Cell 9 assigns the household that came", given
    )


def change_groups(teller: Teller) -> None:
    """A household of cell 4 goes from one group to another."""
    day, former, new = date(2018, 11, 5), group_id(4, 1), group_id(4, 2)
    household = teller.book.groups[former].pop()
    teller.book.groups[new].append(household)
    teller.submit(
        secretary(4),
        moment(11, 5),
        "Chuyển một hộ sang nhóm khác",
        "A household joins another group",
        [
            ChangeGroup(id=TO_COME, effective=day, group=former, removed=(household.id,)),
            ChangeGroup(id=TO_COME, effective=day, group=new, added=(household.id,)),
        ],
    )
