"""January: groups are formed, each village cell adopts its plan as a whole, and households are told."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events.facts.assignments import NoticeChannel
from services.decisions.assignments import AdoptPlan, AssignHousehold, NotifyHousehold, Planned
from services.decisions.households import FormGroup
from services.demo.ban_hon.book import Held
from services.demo.ban_hon.clients import secretary
from services.demo.ban_hon.places import CELL, VILLAGES, YEAR, Cell, able, households, person, spread
from services.demo.ban_hon.teller import TO_COME, Teller, moment, resolution
from services.demo.identifiers import named

DAY = date(YEAR, 1, 3)
TOLD = (3, 4, 5, 7)
"""Cells that note that each household was told (made up)."""


def group_id(cell: int, number: int) -> UUID:
    """The group with that number in the cell."""
    return named(f"ban-hon/group/{cell}/{number}")


def form_groups(teller: Teller) -> None:
    """Neighbours form groups in the cells that work with groups."""
    for cell in VILLAGES:
        listed = households(cell)
        commands = []
        for index in range(cell.groups):
            group = group_id(cell.number, index + 1)
            inside = listed[index * cell.group_size : (index + 1) * cell.group_size]
            teller.book.groups[group] = list(inside)
            commands.append(
                FormGroup(
                    id=TO_COME,
                    effective=DAY,
                    group=group,
                    unit=cell.id,
                    name=f"Nhóm liên gia {index + 1}, {cell.place}",
                    households=tuple(household.id for household in inside),
                )
            )
        teller.submit(
            secretary(cell.number),
            moment(1, 3, 20, cell.number),
            f"Lập nhóm hộ, {cell.place}",
            f"Groups are formed in cell {cell.number}",
            commands,
        )


def adopt_plans(teller: Teller) -> None:
    """One plan per village cell, on the resolution of its first meeting of the year."""
    for cell in VILLAGES:
        teller.submit(
            secretary(cell.number),
            moment(1, 3, 20, 30 + cell.number),
            f"Kế hoạch phân công năm {YEAR}, {cell.place}",
            f"Assignment plan {YEAR} of cell {cell.number}",
            [_plan(teller, cell)],
        )


def _plan(teller: Teller, cell: Cell) -> AdoptPlan:
    members = able(cell)
    lines = []
    for index in range(cell.groups):
        lines.append(teller.assign_group(group_id(cell.number, index + 1), cell.number, members[index], DAY))
    remaining = list(households(cell)[cell.groups * cell.group_size : cell.households - cell.alone])
    alone = members[cell.groups :]
    direct: list[AssignHousehold] = []
    for member, share in zip(alone, spread(len(remaining), len(alone)), strict=True):
        direct += [teller.assign(remaining.pop(0), member, DAY) for _ in range(share)]
    return AdoptPlan(
        id=TO_COME,
        effective=DAY,
        plan=named(f"ban-hon/plan/{cell.number}/{YEAR}"),
        unit=cell.id,
        year=YEAR,
        assignments=(
            *(Planned(assignment=line.assignment, member=line.member, group=line.group) for line in lines),
            *(Planned(assignment=line.assignment, member=line.member, household=line.household) for line in direct),
        ),
        basis=resolution("01", DAY, cell.number),
    )


def notice(held: Held, day: date, channel: NoticeChannel = NoticeChannel.IN_PERSON) -> NotifyHousehold:
    """The household, or each of the group, was told who is responsible."""
    return NotifyHousehold(id=TO_COME, effective=day, assignment=held.assignment, target=held.target, channel=channel)


def tell_households(teller: Teller) -> None:
    """Four cells note that the households were told."""
    day = date(YEAR, 1, 10)
    for number in TOLD:
        commands = [
            notice(held, day, NoticeChannel.MEETING if held.household is None else NoticeChannel.IN_PERSON)
            for held in teller.book.held.values()
            if held.cell == number
        ]
        teller.submit(
            secretary(number),
            moment(1, 10, 19, number),
            f"Đã thông báo cho các hộ, {CELL[number].place}",
            f"The households of cell {number} were told",
            commands,
        )


def repeat_assignment(teller: Teller) -> None:
    """By oversight a member is given a household that he has already: refused."""
    cell = CELL[5]
    member, household = able(cell)[0], households(cell)[0]
    again = AssignHousehold(
        id=TO_COME,
        effective=date(YEAR, 1, 20),
        assignment=named("ban-hon/assignment/repeated"),
        member=person(member),
        household=household.id,
    )
    teller.submit(
        secretary(5),
        moment(1, 20),
        "Phân công trùng: bị từ chối",
        "The same assignment again: refused",
        [again],
        refusals=("already_assigned",),
    )


def second_plan(teller: Teller) -> None:
    """Cell 7 sends another plan for the same year: refused."""
    cell = CELL[7]
    line = Planned(
        assignment=named("ban-hon/assignment/second-plan"),
        member=person(able(cell)[0]),
        household=households(cell)[-1].id,
    )
    plan = AdoptPlan(
        id=TO_COME,
        effective=date(YEAR, 3, 12),
        plan=named(f"ban-hon/plan/7/{YEAR}/second"),
        unit=cell.id,
        year=YEAR,
        assignments=(line,),
        basis=resolution("03", date(YEAR, 3, 3), 7),
    )
    teller.submit(
        secretary(7),
        moment(3, 12),
        "Kế hoạch thứ hai trong năm: bị từ chối",
        "A second plan for the year: refused",
        [plan],
        refusals=("plan_exists",),
    )
