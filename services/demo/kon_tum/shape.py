"""How the figures spread over communes and cells. Everything is a number here; `named` makes the ids from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from uuid import UUID

import msgspec

from events.facts.organisation import CellKind
from services.demo.identifiers import named
from services.demo.kon_tum.figures import DISTRICTS, GROUP_SIZE, Figures


class Commune(msgspec.Struct, frozen=True):
    """A commune committee and its district (an index into `DISTRICTS`)."""

    number: int
    district: int

    @property
    def id(self) -> UUID:
        return named(f"kon-tum/commune/{self.number}")


class Cell(msgspec.Struct, frozen=True):
    """A cell. Its members are numbered from `first_member`: first those with a group (one each), then those with
    single households, then the exempt, then all who have none. Its households from `first_household`: group by
    group, then the single ones, then those in nobody's charge. Its groups from `first_group`."""

    number: int
    commune: int
    kind: CellKind
    first_member: int
    with_group: int
    with_single: int
    exempt: int
    others: int
    first_household: int
    single: int
    alone: int
    first_group: int

    @property
    def id(self) -> UUID:
        return named(f"kon-tum/cell/{self.number}")

    @property
    def members(self) -> int:
        return self.with_group + self.with_single + self.exempt + self.others

    @property
    def grouped(self) -> int:
        return self.with_group * GROUP_SIZE

    @property
    def households(self) -> int:
        return self.grouped + self.single + self.alone

    def group_households(self, index: int) -> range:
        """The households of the cell's group with that index."""
        first = self.first_household + index * GROUP_SIZE
        return range(first, first + GROUP_SIZE)

    def single_lines(self) -> Iterator[tuple[int, int]]:
        """(member, household) for each single household: neighbours have the same member."""
        first_member, first = self.first_member + self.with_group, self.first_household + self.grouped
        for index in range(self.single):
            yield first_member + index * self.with_single // self.single, first + index


def person_id(number: int) -> UUID:
    return named(f"kon-tum/person/{number}")


def household_id(number: int | str) -> UUID:
    return named(f"kon-tum/household/{number}")


def group_id(number: int) -> UUID:
    return named(f"kon-tum/group/{number}")


def assignment_id(year: int, target: UUID) -> UUID:
    """The assignment of a household or group that began in that year."""
    return named(f"kon-tum/assignment/{year}/{target}")


PROVINCE = named("kon-tum/province")


def district_id(number: int) -> UUID:
    return named(f"kon-tum/district/{number}")


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole shares in proportion to the weights; their sum is exactly `total`."""
    whole = sum(weights)
    ends = [total * upto // whole for upto in accumulate(weights)]
    return [end - before for before, end in zip([0, *ends], ends, strict=False)]


def communes(figures: Figures) -> list[Commune]:
    """The communes, district by district."""
    spread = shares(figures.communes, list(DISTRICTS.values()))
    districts = [district for district, count in enumerate(spread) for _ in range(count)]
    return [Commune(number, district) for number, district in enumerate(districts)]


def cells(figures: Figures) -> list[Cell]:
    """All cells, kind by kind. Raises `ValueError` when the scale is so small that a cell cannot be filled."""
    places = [
        (kind, commune)
        for kind, count in figures.cells.items()
        for commune, share in enumerate(shares(count, [1] * figures.communes))
        for _ in range(share)
    ]
    villages = [60 + number * 37 % 81 for number, (kind, _) in enumerate(places) if kind is CellKind.VILLAGE]
    groups = shares(figures.groups, villages)
    with_single = shares(figures.assigned - figures.groups, villages)
    exempt, covered = shares(figures.exempt, villages), shares(figures.covered, villages)
    alone = shares(figures.households - figures.covered, villages)
    outside = shares(figures.outside_villages, [1] * (len(places) - len(villages)))
    found: list[Cell] = []
    member = household = group = 0
    for number, (kind, commune) in enumerate(places):
        if kind is CellKind.VILLAGE:
            single = covered[number] - groups[number] * GROUP_SIZE
            if single < with_single[number] or not with_single[number]:
                raise ValueError("the scale is too small: a member would have no household")
            filled = (groups[number], with_single[number], exempt[number], 0)
            kept = (single, alone[number])
        else:
            filled, kept = (0, 0, 0, outside[number - len(villages)]), (0, 0)
        cell = Cell(number, commune, kind, member, *filled, household, *kept, group)
        found.append(cell)
        member, household, group = member + cell.members, household + cell.households, group + cell.with_group
    return found
