"""The province as commands, in an order in which each is valid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TypeVar

import msgspec

from events.calendar import VIETNAM
from events.facts.members import MemberStatus
from events.facts.organisation import CellKind, UnitKind
from events.facts.values import Basis, Source, encode
from services.decisions.asking import Role
from services.decisions.assignments import AdoptPlan, Planned
from services.decisions.command import Command
from services.decisions.households import FormGroup, RegisterHousehold
from services.decisions.members import AdmitMember, ChangeMemberStatus
from services.decisions.organisation import FoundUnit, RegisterPerson
from services.demo.identifiers import named, uuid7_of
from services.demo.kon_tum import shape, visiting
from services.demo.kon_tum.figures import DISTRICTS, Figures, figures
from services.demo.kon_tum.visiting import Visited
from services.demo.story import Client, Words

PUBLISHED_YEAR = 2022
FOUNDED = date(2005, 1, 1)
REGISTERED = date(2012, 12, 1)
EXEMPTED = date(2012, 12, 10)
GROUPED = date(2012, 12, 20)
WRITTEN = datetime(PUBLISHED_YEAR, 1, 1, tzinfo=VIETNAM)
"""All of these days are made up."""

TO_COME = named("kon-tum/to-come")

KIND_NAMES = {
    CellKind.VILLAGE: "thôn, tổ dân phố",
    CellKind.SCHOOL: "trường học",
    CellKind.HEALTH_STATION: "trạm y tế",
    CellKind.MILITARY: "quân sự",
    CellKind.POLICE: "công an",
    CellKind.ENTERPRISE: "doanh nghiệp",
}

CLIENT = Client(
    name="kon-tum-import",
    role=Role.SYSTEM,
    unit=shape.PROVINCE,
    description=Words("Dữ liệu giả theo quy mô tỉnh Kon Tum", "Made-up data in the shape of Kon Tum province"),
)
"""Who submits all of it."""

C = TypeVar("C", bound=Command)
Phase = tuple[str, Callable[[], Iterator[Command]]]


def generate(scale: float = 1.0) -> Province:
    """The province at that scale (1: as published). Raises `ValueError` when the scale is too small (below 0.001)."""
    return Province(figures(scale))


def plan_day(year: int) -> date:
    """When the plans of a year are adopted."""
    return date(year, 1, 3)


def plan_basis(year: int, cell: shape.Cell) -> Basis:
    """The resolution a plan rests on (made up)."""
    return Basis(number=f"01-NQ/CB{cell.number}", issued_on=plan_day(year), issuer=f"Chi bộ số {cell.number}")


class Province:
    """Commands in the shape of the province, made as they are asked for. Everybody in it is made up."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.communes = shape.communes(figures)
        self.cells = shape.cells(figures)
        self.client = CLIENT

    def phases(self, year: int = PUBLISHED_YEAR) -> tuple[Phase, ...]:
        """Parts in order. Commands of one part do not depend on each other, only on earlier parts."""
        return (
            ("province", self._province),
            ("districts", self._districts),
            ("communes", self._communes),
            ("cells", self._cells),
            ("persons", self._persons),
            ("members", self._members),
            ("statuses", self._statuses),
            ("households", self._households),
            ("groups", self._groups),
            ("plans", lambda: self.assignments(year)),
        )

    def structure(self) -> Iterator[Command]:
        """Units, persons, members, statuses, households and groups."""
        for _, commands in self.phases()[:-1]:
            yield from commands()

    def assignments(self, year: int = PUBLISHED_YEAR) -> Iterator[AdoptPlan]:
        """The plan of every village cell."""
        for cell in self.villages():
            yield _numbered(
                AdoptPlan(
                    id=TO_COME,
                    source=Source.IMPORT,
                    effective=plan_day(year),
                    basis=plan_basis(year, cell),
                    plan=named(f"kon-tum/plan/{cell.number}/{year}"),
                    unit=cell.id,
                    year=year,
                    assignments=tuple(_planned(cell, year)),
                )
            )

    def visits(self, year: int = PUBLISHED_YEAR, corrections: float = 0.0) -> Iterator[bytes]:
        """The visits of a year as encoded commands, with that share of corrections among them."""
        return map(visiting.command, visiting.visits(self.visited(), year, corrections))

    def visited(self) -> list[Visited]:
        """Who visits whom after the first plan: each covered household with its member."""
        found = []
        for cell in self.villages():
            unit = str(cell.id)
            for index in range(cell.with_group):
                member = str(shape.person_id(cell.first_member + index))
                found += [
                    Visited(str(shape.household_id(number)), member, unit) for number in cell.group_households(index)
                ]
            found += [
                Visited(str(shape.household_id(household)), str(shape.person_id(member)), unit)
                for member, household in cell.single_lines()
            ]
        return found

    def villages(self) -> Iterator[shape.Cell]:
        return (cell for cell in self.cells if cell.kind is CellKind.VILLAGE)

    def _province(self) -> Iterator[Command]:
        yield _numbered(
            FoundUnit(
                id=TO_COME,
                source=Source.IMPORT,
                effective=FOUNDED,
                unit=shape.PROVINCE,
                kind=UnitKind.PROVINCE,
                name="Đảng bộ tỉnh Kon Tum (dữ liệu giả)",
            )
        )

    def _districts(self) -> Iterator[Command]:
        used = {commune.district for commune in self.communes}
        for number, name in enumerate(DISTRICTS):
            if number in used:
                yield _numbered(
                    FoundUnit(
                        id=TO_COME,
                        source=Source.IMPORT,
                        effective=FOUNDED,
                        unit=shape.district_id(number),
                        kind=UnitKind.DISTRICT,
                        name=name,
                        parent=shape.PROVINCE,
                    )
                )

    def _communes(self) -> Iterator[Command]:
        for commune in self.communes:
            yield _numbered(
                FoundUnit(
                    id=TO_COME,
                    source=Source.IMPORT,
                    effective=FOUNDED,
                    unit=commune.id,
                    kind=UnitKind.COMMUNE,
                    name=f"Đảng ủy xã, phường, thị trấn số {commune.number + 1} (tên giả)",
                    parent=shape.district_id(commune.district),
                )
            )

    def _cells(self) -> Iterator[Command]:
        for cell in self.cells:
            yield _numbered(
                FoundUnit(
                    id=TO_COME,
                    source=Source.IMPORT,
                    effective=FOUNDED,
                    unit=cell.id,
                    kind=UnitKind.CELL,
                    name=f"Chi bộ {KIND_NAMES[cell.kind]} số {cell.number + 1} (tên giả)",
                    cell_kind=cell.kind,
                    parent=self.communes[cell.commune].id,
                )
            )

    def _persons(self) -> Iterator[Command]:
        for cell in self.cells:
            unit = cell.id
            for number in range(cell.first_member, cell.first_member + cell.members):
                yield _numbered(
                    RegisterPerson(
                        id=TO_COME,
                        source=Source.IMPORT,
                        effective=REGISTERED,
                        person=shape.person_id(number),
                        unit=unit,
                        name=f"Đảng viên {number + 1:05} (tên giả)",
                    )
                )

    def _members(self) -> Iterator[Command]:
        for cell in self.cells:
            unit = cell.id
            for number in range(cell.first_member, cell.first_member + cell.members):
                yield _numbered(
                    AdmitMember(
                        id=TO_COME,
                        source=Source.IMPORT,
                        effective=REGISTERED,
                        person=shape.person_id(number),
                        unit=unit,
                    )
                )

    def _statuses(self) -> Iterator[Command]:
        for cell in self.villages():
            first = cell.first_member + cell.with_group + cell.with_single
            for number in range(first, first + cell.exempt):
                yield _numbered(
                    ChangeMemberStatus(
                        id=TO_COME,
                        source=Source.IMPORT,
                        effective=EXEMPTED,
                        basis=Basis(number=f"12-NQ/CB{cell.number}", issued_on=EXEMPTED),
                        person=shape.person_id(number),
                        status=MemberStatus.EXEMPT,
                        granted_by=cell.id,
                    )
                )

    def _households(self) -> Iterator[Command]:
        for cell in self.villages():
            unit = cell.id
            for number in range(cell.first_household, cell.first_household + cell.households):
                yield _numbered(
                    RegisterHousehold(
                        id=TO_COME,
                        source=Source.IMPORT,
                        effective=REGISTERED,
                        household=shape.household_id(number),
                        unit=unit,
                        head=f"Chủ hộ {number + 1:06} (tên giả)",
                        persons=2 + number % 6,
                    )
                )

    def _groups(self) -> Iterator[Command]:
        for cell in self.villages():
            for index in range(cell.with_group):
                yield _numbered(
                    FormGroup(
                        id=TO_COME,
                        source=Source.IMPORT,
                        effective=GROUPED,
                        group=shape.group_id(cell.first_group + index),
                        unit=cell.id,
                        name=f"Nhóm hộ số {index + 1}",
                        households=tuple(shape.household_id(number) for number in cell.group_households(index)),
                    )
                )


def _numbered(command: C) -> C:
    return msgspec.structs.replace(command, id=uuid7_of(WRITTEN, encode(command)))


def _planned(cell: shape.Cell, year: int) -> Iterator[Planned]:
    for index in range(cell.with_group):
        group = shape.group_id(cell.first_group + index)
        member = shape.person_id(cell.first_member + index)
        yield Planned(assignment=shape.assignment_id(year, group), member=member, group=group)
    for number, household_number in cell.single_lines():
        household = shape.household_id(household_number)
        member = shape.person_id(number)
        yield Planned(assignment=shape.assignment_id(year, household), member=member, household=household)
