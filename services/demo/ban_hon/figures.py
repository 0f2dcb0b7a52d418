"""What must come out on 31/12/2018: reckoned by hand from the construction, without the code that it checks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from events.facts.organisation import CellKind
from services.demo.ban_hon.economy import RICH
from services.demo.ban_hon.places import CELL, COMMUNE, YEAR


class Figures(msgspec.Struct, frozen=True):
    """The commune on `day`. Members are counted in their primary cell; shares are in per cent, one decimal."""

    day: date
    commune: UUID
    cells: dict[CellKind, int]
    members: int
    members_by_kind: dict[CellKind, int]
    admitted: int
    exempt: int
    temporarily_exempt: int
    eligible: int
    assigned: int
    households: int
    covered: int
    groups: int
    poor: int
    poor_share: str
    poor_before: int
    households_before: int
    poor_share_before: str
    left_poverty: int
    cultural: int
    meetings: int
    loads_in_cell_5: dict[int, int]
    """Households of a member → how many members of cell 5 have that many."""
    household: UUID
    """One household with a rich history."""
    household_cell: UUID


EXPECTED = Figures(
    day=date(YEAR, 12, 31),
    commune=COMMUNE,
    cells={CellKind.VILLAGE: 9, CellKind.SCHOOL: 3, CellKind.HEALTH_STATION: 1},
    members=160 + 7 + 1 - 1 - 1,  # admitted, arrived, died, moved out
    members_by_kind={
        CellKind.VILLAGE: 113 + 5 + 1 - 1,  # admitted, the retired teacher, died
        CellKind.SCHOOL: 40 + 2 + 1 - 1 - 1,  # admitted, arrived, the retired teacher, moved out
        CellKind.HEALTH_STATION: 7,
    },
    admitted=7,
    exempt=7 + 2,
    temporarily_exempt=5 + 1,
    eligible=166 - 9 - 6,
    # In the villages 118 less the 15 who are exempt and the two admitted in October and November; and the teacher.
    assigned=118 - 15 - 2 + 1,
    households=424 - 1,
    covered=423 - 4,  # two in cell 2, one in cell 9, one in cell 10 have nobody
    groups=5 + 4 + 5 + 6 + 4 + 4 + 3 + 3,
    poor=92 - 14 + 2,
    poor_share="18.9",
    poor_before=92,
    households_before=424,
    poor_share_before="21.7",
    left_poverty=14,
    cultural=318,
    meetings=13 * 12,  # of the year
    loads_in_cell_5={3: 6, 4: 6},
    household=RICH.id,
    household_cell=CELL[3].id,
)

REPORTS_DUE = (
    113 - 7 - 5,  # January: all members of the villages but the exempt and those away have households by the plan
    101,
    101 - 1,  # March: the group of the member who is away ends on the 3rd, and goes to one who has a group already
    100 + 1 + 1,  # April: the first admitted, and the teacher who lives in cell 8, since 4/3
    102 - 1,  # May: who became exempt hands over on the 3rd, to a neighbour who has households already
    101 - 1 - 1,  # June: so do the dead member's and the departed one's
    99 + 1 - 1,  # July: the member admitted in cell 3 since 4/6; who asked to be exempt hands over
    99,
    99 + 1,  # September: the member who was away has his group again
    100 + 1,  # October: the member admitted in cell 7, since 4/9
    101 + 1,  # November: the retired teacher, since 4/10
    102,
)
"""Month by month: members with households on the day of the meeting, each of whom owes a report."""
