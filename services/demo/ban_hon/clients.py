"""Who submits: the programs of the story, each for a person in an office of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from events.facts.organisation import OfficeKind
from services.decisions.asking import Role
from services.demo.ban_hon.places import (
    CELL,
    CELLS,
    COMMUNE,
    COMMUNE_SECRETARY,
    DISTRICT,
    DISTRICT_SECRETARY,
    KHUN_HA,
    KHUN_HA_SECRETARY,
    MEMBERS,
    NEW_COMMUNE,
    NEXT_DISTRICT_SECRETARY,
    OFFICER,
    PHONE_A,
    PHONE_B,
    PROVINCE,
    PROVINCE_INSPECTOR,
    PROVINCE_OFFICER,
    person,
)
from services.demo.story import Client, Words

IMPORT = "register-import"
OFFICE = "commune-office"
DISTRICT_OFFICE = "district-office"
NEXT_DISTRICT_OFFICE = "district-office-from-november"
PROVINCE_OFFICE = "province-office"
PROVINCE_COMMITTEE = "province-committee"
INSPECTION = "province-inspection"
KHUN_HA_OFFICE = "khun-ha-office"
NEW_OFFICE = "new-commune-office"
COMMUNE_CHIEF = "commune-secretary"
NEW_CHIEF = "new-commune-secretary"
PHONE_OF = {"phone-a": PHONE_A, "phone-b": PHONE_B}


def secretary(cell: int) -> str:
    """The name of the client of that cell's secretary."""
    return f"secretary-{cell}"


def unit_of(client: str) -> UUID:
    """The unit for which the client submits."""
    return next(known.unit for known in CLIENTS if known.name == client)


def _office(name: str, unit: UUID, holder: UUID, office: OfficeKind, vi: str, en: str) -> Client:
    role = Role.PROVINCIAL_OFFICE if unit == PROVINCE else Role.COMMUNE_OFFICE
    return Client(name=name, role=role, unit=unit, person=holder, office=office.value, description=Words(vi, en))


def _clients() -> Iterator[Client]:
    yield Client(
        name=IMPORT,
        role=Role.SYSTEM,
        unit=PROVINCE,
        description=Words(
            "Hệ thống nhập sổ giấy của Đảng ủy xã", "A system that imports the commune's paper registers"
        ),
    )
    yield _office(
        OFFICE,
        COMMUNE,
        person(OFFICER),
        OfficeKind.ORGANISATION_OFFICER,
        "Văn phòng Đảng ủy xã, trên web",
        "The commune committee's office, on the web",
    )
    for cell in CELLS:
        yield Client(
            name=secretary(cell.number),
            role=Role.CELL_SECRETARY,
            unit=cell.id,
            person=person(MEMBERS[cell.number][0]),
            office=OfficeKind.SECRETARY.value,
            description=Words(
                f"Bí thư {cell.name}, ghi thay đảng viên không có điện thoại",
                f"Secretary of cell {cell.number}, who enters for members without a phone",
            ),
        )
    for name, number in (("phone-a", 5), ("phone-b", 3)):
        yield Client(
            name=name,
            role=Role.MEMBER,
            unit=CELL[number].id,
            person=person(PHONE_OF[name]),
            description=Words(
                f"Điện thoại của một đảng viên Chi bộ {number}, nhiều ngày không có mạng",
                f"Phone of a member of cell {number}, often offline for days",
            ),
        )
    chief = OfficeKind.SECRETARY
    yield _office(
        DISTRICT_OFFICE, DISTRICT, DISTRICT_SECRETARY, chief, "Huyện ủy, đến tháng 9", "The district, until September"
    )
    yield _office(
        NEXT_DISTRICT_OFFICE,
        DISTRICT,
        NEXT_DISTRICT_SECRETARY,
        chief,
        "Huyện ủy, từ tháng 11",
        "The district, from November",
    )
    yield _office(
        PROVINCE_OFFICE,
        PROVINCE,
        PROVINCE_INSPECTOR,
        OfficeKind.INSPECTION_OFFICER,
        "Cán bộ kiểm tra của Tỉnh ủy",
        "An inspection officer of the province",
    )
    yield _office(
        PROVINCE_COMMITTEE,
        PROVINCE,
        PROVINCE_OFFICER,
        OfficeKind.ORGANISATION_OFFICER,
        "Ban Tổ chức Tỉnh ủy, ghi quyết định kiểm tra",
        "The province's committee, which has things inspected",
    )
    yield Client(
        name=INSPECTION,
        role=Role.INSPECTION,
        unit=PROVINCE,
        person=PROVINCE_INSPECTOR,
        office=OfficeKind.INSPECTION_OFFICER.value,
        description=Words("Đoàn kiểm tra của Tỉnh ủy", "The province's inspection"),
    )
    yield _office(
        KHUN_HA_OFFICE, KHUN_HA, KHUN_HA_SECRETARY, chief, "Đảng ủy xã Khun Há (cũ)", "The old commune of Khun Há"
    )
    yield _office(
        NEW_OFFICE,
        NEW_COMMUNE,
        person(OFFICER),
        OfficeKind.ORGANISATION_OFFICER,
        "Đảng ủy xã Khun Há mới, từ 1/7/2025",
        "The new commune of Khun Há, from 1 July 2025",
    )
    yield _office(
        COMMUNE_CHIEF,
        COMMUNE,
        person(COMMUNE_SECRETARY),
        chief,
        "Bí thư Đảng ủy xã, việc của chính cán bộ xã",
        "The commune's secretary, where it is about the officer himself",
    )
    yield _office(
        NEW_CHIEF,
        NEW_COMMUNE,
        KHUN_HA_SECRETARY,
        chief,
        "Bí thư Đảng ủy xã Khun Há mới, việc của chính cán bộ xã",
        "The new commune's secretary, where it is about the officer himself",
    )


CLIENTS = tuple(_clients())
