"""What must be seen of the traced case: its hops and its limits, counted by hand, without the code that counts them.

Calendar days: the day on which something starts is not counted; a last day that is a day off moves to the next working
day. Working days of 2018: Monday to Friday, without the holidays of that year.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from services.demo.ban_hon.grievances.overdue import RAISED
from services.demo.ban_hon.places import CELL, COMMUNE, DISTRICT


class Hop(msgspec.Struct, frozen=True):
    """The case stood at the unit from the day `arrived` to the day `left`: `held` days."""

    unit: UUID
    arrived: date
    left: date
    held: int


class Limit(msgspec.Struct, frozen=True):
    """A clock at a unit: started, last day in time, ended; and whether that was too late."""

    clock: str
    unit: UUID
    started: date
    due: date
    ended: date
    late: bool


class Traced(msgspec.Struct, frozen=True):
    """The case, where it stood, and every limit that ran, by its start and its name."""

    grievance: UUID
    hops: tuple[Hop, ...]
    limits: tuple[Limit, ...]


def _day(month: int, day: int, year: int = 2018) -> date:
    return date(year, month, day)


_CELL = CELL[3].id

TRACED = Traced(
    grievance=RAISED.id,
    hops=(
        # Told on 6/5, in the cell's book on 7/5: the day between is in no hop. 24 days of May, 3 of June.
        Hop(_CELL, _day(5, 7), _day(6, 3), 27),
        # 27 of June, 31, 31, 7 of September.
        Hop(COMMUNE, _day(6, 3), _day(9, 7), 96),
        # Answered on 22/11, but at the district until the household was told. 23 of September, 31, 26 of November.
        Hop(DISTRICT, _day(9, 7), _day(11, 26), 80),
    ),
    limits=(
        # 35 days: 24 to the end of May, 11 of June. Monday.
        Limit("cell_conclusion", _CELL, _day(5, 7), _day(6, 11), _day(6, 3), False),
        # 70 days: 24 to the end of May, 30 of June, 16 of July. Monday.
        Limit("level", _CELL, _day(5, 7), _day(7, 16), _day(6, 3), False),
        # 180 days: 24 of May, 30, 31, 31, 30, 31 (177 to the end of October), 3 of November. Saturday, so Monday 5/11.
        Limit("total", _CELL, _day(5, 7), _day(11, 5), _day(11, 26), True),
        # 10 calendar days. Wednesday.
        Limit("complaint_acceptance", COMMUNE, _day(6, 3), _day(6, 13), _day(6, 29), True),
        # 10 working days from Sunday 3/6: 4-8/6 and 11-15/6.
        Limit("determine_kind", COMMUNE, _day(6, 3), _day(6, 15), _day(6, 12), False),
        Limit("first_answer", COMMUNE, _day(6, 3), _day(6, 15), _day(6, 29), True),
        # 90 days: 27 of June, 31, 31 (89 to the end of August), 1 of September. Saturday; Sunday 2/9 is National Day,
        # Monday 3/9 the day off in its stead, so Tuesday 4/9.
        Limit("level", COMMUNE, _day(6, 3), _day(9, 4), _day(9, 7), True),
        # 45 days in a remote area: 1 of June, 31 of July, 13 of August; extended to the 60 that the law allows:
        # 1, 31, 28. Tuesday.
        Limit("resolution", COMMUNE, _day(6, 29), _day(8, 28), _day(9, 7), True),
        # 10 calendar days from Friday 7/9. Monday.
        Limit("complaint_acceptance", DISTRICT, _day(9, 7), _day(9, 17), _day(9, 14), False),
        # 10 working days: 10-14/9 and 17-21/9.
        Limit("first_answer", DISTRICT, _day(9, 7), _day(9, 21), _day(9, 14), False),
        # 90 days: 23 of September, 31, 30 (84 to the end of November), 6 of December. Thursday.
        Limit("level", DISTRICT, _day(9, 7), _day(12, 6), _day(11, 22), False),
        # 45 days: 16 of September, 29 of October. Monday. The district has no secretary since 1/10.
        Limit("resolution", DISTRICT, _day(9, 14), _day(10, 29), _day(11, 22), True),
        # 3 working days: 23, 26, 27/11.
        Limit("delivery", DISTRICT, _day(11, 22), _day(11, 27), _day(11, 26), False),
        # 45 days in a remote area: 4 of November, 31 of December, 10 of January. Thursday.
        Limit("contest_window", DISTRICT, _day(11, 26), _day(1, 10, 2019), _day(11, 29), False),
    ),
)
