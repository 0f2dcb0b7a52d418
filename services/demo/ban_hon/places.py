"""The units of the commune, and how many members and households each begins 2018 with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from events.facts.organisation import CellKind
from services.demo.identifiers import named

YEAR = 2018
FOUNDED = date(2004, 1, 1)
"""Made up for district, commune and cells; the province of today's shape began on this day."""

PROVINCE = named("ban-hon/province")
DISTRICT = named("ban-hon/district")
COMMUNE = named("ban-hon/commune")
KHUN_HA = named("ban-hon/khun-ha")
"""The neighbouring commune. Of its cells, members and households the demo knows nothing."""
NEW_COMMUNE = named("ban-hon/new-khun-ha")
"""Since 1/7/2025 Bản Hon and Khun Há together, under the old name of one of them: a name is no identity."""

DISTRICT_SECRETARY = named("ban-hon/person/district-secretary")
NEXT_DISTRICT_SECRETARY = named("ban-hon/person/next-district-secretary")
PROVINCE_INSPECTOR = named("ban-hon/person/province-inspector")
PROVINCE_OFFICER = named("ban-hon/person/province-officer")
KHUN_HA_SECRETARY = named("ban-hon/person/khun-ha-secretary")


class Cell(msgspec.Struct, frozen=True):
    """A cell on 1/1/2018. `exempt` and `away` (temporarily exempt from 2/1) are the last ones on its list of members.

    `groups` of `group_size` households each are formed; `alone` households are in nobody's charge after the plan.
    """

    number: int
    place: str
    kind: CellKind
    members: int
    exempt: int = 0
    away: int = 0
    households: int = 0
    groups: int = 0
    group_size: int = 0
    alone: int = 0

    @property
    def id(self) -> UUID:
        return named(f"ban-hon/cell/{self.number}")

    @property
    def name(self) -> str:
        return f"Chi bộ {self.number} ({self.place})"


_VILLAGE, _SCHOOL, _HEALTH = CellKind.VILLAGE, CellKind.SCHOOL, CellKind.HEALTH_STATION

# The places of cells 4 to 7 are published; the other place names are made up.
CELLS = (
    Cell(1, "bản Suối Mơ", _VILLAGE, 13, 1, 1, 52, 5, 6, 2),
    Cell(2, "bản Đồi Chè", _VILLAGE, 12, 1, 0, 46, 4, 5, 2),
    Cell(3, "bản Cầu Treo", _VILLAGE, 14, 1, 0, 55, 5, 6, 1),
    Cell(4, "bản Đông Pao", _VILLAGE, 15, 1, 1, 60, 6, 5, 2),
    Cell(5, "bản Chăn nuôi", _VILLAGE, 14, 1, 1, 42),
    Cell(6, "trường Tiểu học", _SCHOOL, 16),
    Cell(7, "bản Thẳm", _VILLAGE, 14, 1, 0, 50, 4, 6, 1),
    Cell(8, "bản Ruộng Trên", _VILLAGE, 11, 1, 1, 41, 4, 5, 2),
    Cell(9, "bản Ruộng Dưới", _VILLAGE, 10, 0, 1, 40, 3, 6, 1),
    Cell(10, "bản Khe Trong", _VILLAGE, 10, 0, 0, 38, 3, 5, 1),
    Cell(11, "trường Mầm non", _SCHOOL, 11),
    Cell(12, "trường Trung học cơ sở", _SCHOOL, 13),
    Cell(13, "Trạm y tế", _HEALTH, 7),
)
CELL = {cell.number: cell for cell in CELLS}
VILLAGES = tuple(cell for cell in CELLS if cell.kind is _VILLAGE)


class Household(msgspec.Struct, frozen=True):
    """A household by the cell in which the paper register lists it, and its number there."""

    cell: int
    number: int

    @property
    def id(self) -> UUID:
        return named(f"ban-hon/household/{self.cell}.{self.number:02}")

    @property
    def head(self) -> str:
        return f"Chủ hộ {self.cell}.{self.number:02} (tên giả)"

    @property
    def address(self) -> str:
        return f"{CELL[self.cell].place}, nhà số {self.number} (địa chỉ giả)"


def households(cell: Cell) -> tuple[Household, ...]:
    """The cell's households on 1/1/2018, neighbours beside each other."""
    return tuple(Household(cell.number, number) for number in range(1, cell.households + 1))


HOUSEHOLDS = tuple(household for cell in VILLAGES for household in households(cell))


def person(number: int) -> UUID:
    """The member with that number in the commune's book."""
    return named(f"ban-hon/person/{number:03}")


def _numbered(cells: Iterable[Cell]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    first = 1
    for cell in cells:
        found[cell.number] = tuple(range(first, first + cell.members))
        first += cell.members
    return found


MEMBERS = _numbered(CELLS)
"""Cell → the numbers of its members on 1/1/2018. The first of each is the secretary."""


def exempt(cell: Cell) -> tuple[int, ...]:
    """Members exempt since before the year."""
    return MEMBERS[cell.number][cell.members - cell.exempt :]


def away(cell: Cell) -> tuple[int, ...]:
    """Members temporarily exempt from 2/1/2018 to the end of the year: they work far away."""
    return MEMBERS[cell.number][cell.members - cell.exempt - cell.away : cell.members - cell.exempt]


def able(cell: Cell) -> tuple[int, ...]:
    """Members who may be given households by the plan of January."""
    return MEMBERS[cell.number][: cell.members - cell.exempt - cell.away]


# Members with a part of their own in the year, by their numbers.
OFFICER = able(CELL[4])[1]
COMMUNE_SECRETARY = able(CELL[4])[2]
PHONE_A = able(CELL[5])[3]
PHONE_B = able(CELL[3])[6]
TURNS_EXEMPT = able(CELL[3])[5]
SHORTLY_AWAY = able(CELL[2])[1]
STANDS_IN = able(CELL[2])[2]
DIES = able(CELL[2])[-1]
GOES_AWAY = able(CELL[7])[-1]
ASKS_FOR_EXEMPTION = able(CELL[10])[-1]
TEACHER_IN_VILLAGE = MEMBERS[6][5]
RETIRED_TEACHER = MEMBERS[6][-1]
MOVES_OUT = MEMBERS[12][-1]
ON_PROBATION = (able(CELL[1])[7], able(CELL[4])[8], able(CELL[7])[6], MEMBERS[11][6])
"""Admitted in 2017, made full members in 2018."""

FIRST_NEW = 1 + sum(cell.members for cell in CELLS)
ADMITTED = (
    (date(2018, 2, 3), 1),
    (date(2018, 5, 19), 3),
    (date(2018, 6, 2), 11),
    (date(2018, 8, 5), 7),
    (date(2018, 9, 2), 12),
    (date(2018, 10, 7), 4),
    (date(2018, 11, 7), 9),
)
"""The seven admitted in the year: day (made up) and cell. Their numbers follow the others' in this order."""

NEW = {cell: FIRST_NEW + index for index, (_, cell) in enumerate(ADMITTED)}
"""Cell → the number of the member it admitted."""

ARRIVES = FIRST_NEW + len(ADMITTED)
"""A teacher who comes from another commune with his file."""


def spread(total: int, parts: int) -> list[int]:
    """`total` in `parts` shares that differ by one at most."""
    return [total * (part + 1) // parts - total * part // parts for part in range(parts)]
