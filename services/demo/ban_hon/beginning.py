"""What stands at the beginning of 2018: the paper registers, imported, and who holds the offices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.facts.households import EconomicClass
from events.facts.members import MemberStatus
from events.facts.organisation import OfficeKind, UnitKind
from events.facts.values import Source
from services.decisions.command import Command
from services.decisions.households import RegisterHousehold, ReviewEconomicClass
from services.decisions.members import AdmitMember
from services.decisions.organisation import AppointOffice, FoundUnit, RegisterPerson
from services.demo.ban_hon.clients import IMPORT, OFFICE
from services.demo.ban_hon.economy import class_before
from services.demo.ban_hon.places import (
    ADMITTED,
    CELLS,
    COMMUNE,
    COMMUNE_SECRETARY,
    DISTRICT,
    DISTRICT_SECRETARY,
    FOUNDED,
    HOUSEHOLDS,
    KHUN_HA,
    KHUN_HA_SECRETARY,
    MEMBERS,
    NEXT_DISTRICT_SECRETARY,
    OFFICER,
    ON_PROBATION,
    PROVINCE,
    PROVINCE_INSPECTOR,
    PROVINCE_OFFICER,
    VILLAGES,
    away,
    exempt,
    person,
)
from services.demo.ban_hon.teller import TO_COME, Teller, decision, moment, of_province, resolution

BOOK_DAY = date(2015, 1, 1)
"""The paper register of households was drawn up on this day (made up)."""
TERM = date(2015, 5, 15)
PROBATION = (date(2017, 2, 3), date(2017, 5, 19), date(2017, 9, 2), date(2017, 11, 7))
"""Days on which those on probation were admitted (made up)."""


ABOVE = (
    (PROVINCE_INSPECTOR, PROVINCE, OfficeKind.INSPECTION_OFFICER, "Cán bộ kiểm tra của tỉnh (tên giả)"),
    (PROVINCE_OFFICER, PROVINCE, OfficeKind.ORGANISATION_OFFICER, "Cán bộ tổ chức của tỉnh (tên giả)"),
    (DISTRICT_SECRETARY, DISTRICT, OfficeKind.SECRETARY, "Bí thư huyện (tên giả)"),
    (NEXT_DISTRICT_SECRETARY, DISTRICT, OfficeKind.SECRETARY, "Bí thư huyện sau đó (tên giả)"),
    (KHUN_HA_SECRETARY, KHUN_HA, OfficeKind.SECRETARY, "Bí thư xã bên cạnh (tên giả)"),
)
"""Who holds an office outside the commune: person, unit, office, made-up name. One of them only from November."""


def found_units(teller: Teller) -> None:
    """Step by step, since each needs the superior of one before."""
    units = (
        ("Tỉnh", "The province", UnitKind.PROVINCE, PROVINCE, "Đảng bộ tỉnh Lai Châu", None),
        ("Huyện", "The district", UnitKind.DISTRICT, DISTRICT, "Đảng bộ huyện Tam Đường", PROVINCE),
        ("Xã", "The commune", UnitKind.COMMUNE, COMMUNE, "Đảng bộ xã Bản Hon", DISTRICT),
        ("Xã bên cạnh", "The neighbouring commune", UnitKind.COMMUNE, KHUN_HA, "Đảng bộ xã Khun Há", DISTRICT),
    )
    for minute, (vi, en, kind, unit, name, parent) in enumerate(units):
        command = FoundUnit(id=TO_COME, effective=FOUNDED, unit=unit, kind=kind, name=name, parent=parent)
        teller.submit(IMPORT, moment(1, 2, 8, minute), vi, en, [command], source=Source.IMPORT)
    teller.submit(
        IMPORT,
        moment(1, 2, 8, 5),
        "13 chi bộ",
        "13 cells",
        [
            FoundUnit(
                id=TO_COME,
                effective=FOUNDED,
                unit=cell.id,
                kind=UnitKind.CELL,
                name=cell.name,
                cell_kind=cell.kind,
                parent=COMMUNE,
            )
            for cell in CELLS
        ],
        source=Source.IMPORT,
    )


def register_person(number: int, unit: int, day: date) -> RegisterPerson:
    """A person with a made-up name that says so."""
    cell = next(cell for cell in CELLS if cell.number == unit)
    return RegisterPerson(
        id=TO_COME, effective=day, person=person(number), unit=cell.id, name=f"Đảng viên {number:03} (tên giả)"
    )


def import_members(teller: Teller) -> None:
    """Persons, then memberships, then statuses."""
    persons, members, statuses = [], [], []
    for cell in CELLS:
        for number in MEMBERS[cell.number]:
            since = date(2005 + number * 7 % 12, 1 + number * 5 % 12, 3)
            probation = number in ON_PROBATION
            if probation:
                since = PROBATION[ON_PROBATION.index(number)]
            persons.append(register_person(number, cell.number, since))
            members.append(
                AdmitMember(
                    id=TO_COME,
                    effective=since,
                    person=person(number),
                    unit=cell.id,
                    status=MemberStatus.PROBATIONARY if probation else MemberStatus.ACTIVE,
                    newly=probation,
                )
            )
            teller.book.cell_of[number] = cell.number
        for number in exempt(cell):
            day = date(2017, 1 + cell.number, 3)
            basis = resolution(f"{cell.number:02}", day, cell.number)
            statuses.append(teller.status(number, MemberStatus.EXEMPT, day, basis, cell.id))
    parts: tuple[tuple[str, str, Sequence[Command]], ...] = (
        ("Hồ sơ 160 người", "Files of 160 persons", persons),
        ("Sổ đảng viên", "The register of members", members),
        ("Đảng viên được miễn từ trước", "Members exempt since earlier years", statuses),
    )
    for minute, (vi, en, commands) in enumerate(parts):
        teller.submit(IMPORT, moment(1, 2, 8, 10 + minute), vi, en, commands, source=Source.IMPORT)


def import_households(teller: Teller) -> None:
    """The households and the class each was reviewed into at the end of 2017."""
    cells = {cell.number: cell.id for cell in VILLAGES}
    households = []
    for household in HOUSEHOLDS:
        teller.book.home[household] = household.cell
        households.append(
            RegisterHousehold(
                id=TO_COME,
                effective=BOOK_DAY,
                household=household.id,
                unit=cells[household.cell],
                head=household.head,
                address=household.address,
                persons=2 + (household.cell + household.number * 3) % 6,
            )
        )
    reviews = [
        ReviewEconomicClass(
            id=TO_COME,
            effective=date(2017, 12, 12),
            household=household.id,
            year=2017,
            economic_class=EconomicClass(class_before(household)),
            basis=decision("61", date(2017, 12, 12)),
        )
        for household in HOUSEHOLDS
    ]
    teller.submit(
        IMPORT, moment(1, 2, 8, 20), "Sổ hộ gia đình", "The register of households", households, source=Source.IMPORT
    )
    teller.submit(
        IMPORT,
        moment(1, 2, 8, 25),
        "Kết quả rà soát hộ nghèo năm 2017",
        "The review of poor households of 2017",
        reviews,
        source=Source.IMPORT,
    )


def appoint(teller: Teller) -> None:
    """Who holds the offices of the term, and who works far away this year."""
    teller.submit(
        IMPORT,
        moment(1, 2, 13),
        "Người giữ chức vụ ở cấp trên",
        "Who holds offices above",
        [
            RegisterPerson(id=TO_COME, effective=TERM, person=holder, unit=unit, name=name)
            for holder, unit, _, name in ABOVE
        ],
    )
    holders = [(COMMUNE, OfficeKind.SECRETARY, COMMUNE_SECRETARY), (COMMUNE, OfficeKind.ORGANISATION_OFFICER, OFFICER)]
    for cell in CELLS:
        holders.append((cell.id, OfficeKind.SECRETARY, MEMBERS[cell.number][0]))
        holders.append((cell.id, OfficeKind.DEPUTY_SECRETARY, MEMBERS[cell.number][1]))
    offices = [
        AppointOffice(
            id=TO_COME,
            effective=TERM,
            unit=unit,
            office=office,
            person=person(number),
            basis=decision("15", TERM),
        )
        for unit, office, number in holders
    ]
    offices += [
        AppointOffice(
            id=TO_COME, effective=TERM, unit=unit, office=office, person=holder, basis=of_province("15", TERM)
        )
        for holder, unit, office, _ in ABOVE
        if holder != NEXT_DISTRICT_SECRETARY
    ]
    teller.submit(IMPORT, moment(1, 2, 14), "Chức vụ trong nhiệm kỳ", "The offices of the term", offices)
    leaves = [
        teller.status(
            number,
            MemberStatus.TEMPORARILY_EXEMPT,
            date(2018, 1, 2),
            decision("01", date(2018, 1, 2)),
            COMMUNE,
            date(2019, 1, 1),
        )
        for cell in VILLAGES
        for number in away(cell)
    ]
    teller.submit(OFFICE, moment(1, 2, 15), "Tạm miễn: đi làm ăn xa", "Temporarily exempt: working far away", leaves)


def register_new(teller: Teller) -> None:
    """Those who are to be admitted in the year are known by name before."""
    persons = [register_person(160 + index, cell, date(2018, 1, 2)) for index, (_, cell) in enumerate(ADMITTED, 1)]
    teller.submit(
        OFFICE, moment(1, 2, 16), "Quần chúng ưu tú được giới thiệu", "People introduced for admission", persons
    )
