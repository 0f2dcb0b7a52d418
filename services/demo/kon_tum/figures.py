"""The published figures, and the same in proportion."""

from __future__ import annotations

import msgspec

from events.facts.organisation import CellKind

PUBLISHED_CELLS = {
    CellKind.VILLAGE: 756,
    CellKind.SCHOOL: 314,
    CellKind.HEALTH_STATION: 101,
    CellKind.MILITARY: 102,
    CellKind.POLICE: 102,
    CellKind.ENTERPRISE: 4,
}
COMMUNES, MEMBERS, ASSIGNED, HOUSEHOLDS, COVERED, GROUPS = 102, 19_382, 15_191, 140_156, 137_461, 7_576

OUTSIDE_VILLAGES = 2_936
"""Members of cells that are not a village's (made up)."""

GROUP_SIZE = 9
"""Households of each group (made up)."""

VISITS_A_YEAR = 12
"""Visits to each covered household (made up): about 1.6 million for the province."""

DISTRICTS = {
    "Thành ủy Kon Tum": 21,
    "Huyện ủy Đăk Hà": 11,
    "Huyện ủy Đăk Tô": 9,
    "Huyện ủy Ngọc Hồi": 8,
    "Huyện ủy Đăk Glei": 12,
    "Huyện ủy Sa Thầy": 11,
    "Huyện ủy Ia H'Drai": 3,
    "Huyện ủy Tu Mơ Rông": 11,
    "Huyện ủy Kon Rẫy": 7,
    "Huyện ủy Kon Plông": 9,
}
"""District → its communes, wards and townships (from memory; the sum is the published 102)."""


class Figures(msgspec.Struct, frozen=True):
    """What the province adds up to. Exempt are those of village cells without households."""

    communes: int
    cells: dict[CellKind, int]
    members: int
    assigned: int
    exempt: int
    households: int
    covered: int
    groups: int
    visits: int

    @property
    def eligible(self) -> int:
        """Members who may be given households."""
        return self.members - self.exempt

    @property
    def outside_villages(self) -> int:
        """Members of other cells than a village's: none of them has households."""
        return self.eligible - self.assigned


def figures(scale: float) -> Figures:
    """The published figures times `scale`, rounded and consistent. Raises `ValueError` when it is too small."""

    def scaled(number: int) -> int:
        return round(number * scale)

    cells = {kind: scaled(number) for kind, number in PUBLISHED_CELLS.items()}
    cells[CellKind.VILLAGE] = max(1, cells[CellKind.VILLAGE])
    members, assigned, groups = scaled(MEMBERS), scaled(ASSIGNED), scaled(GROUPS)
    others = sum(cells.values()) - cells[CellKind.VILLAGE]
    outside = min(scaled(OUTSIDE_VILLAGES), members - assigned) if others else 0
    if groups < 1 or assigned <= groups:
        raise ValueError(f"scale {scale} is too small: one cell needs members with and without a group")
    return Figures(
        communes=max(1, scaled(COMMUNES)),
        cells=cells,
        members=members,
        assigned=assigned,
        exempt=members - assigned - outside,
        households=scaled(HOUSEHOLDS),
        covered=scaled(COVERED),
        groups=groups,
        visits=scaled(COVERED) * VISITS_A_YEAR,
    )
