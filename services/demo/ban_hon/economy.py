"""The economic classes before and after the year, so that the published shares come out exactly.

Poor households were published as 18.9 % at the end of 2018, 2.8 points less than in 2017. The numbers of households
were not. Made up: 424 of which 92 poor (21.7 %) before; 423 of which 80 poor (18.9 %) after.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.demo.ban_hon.places import CELL, HOUSEHOLDS, TURNS_EXEMPT, Household, able, households, spread

DISSOLVED = Household(1, 44)
MOVED = Household(8, 30)


def first_of(member: int, cell: int) -> Household:
    """The first of the households that the plan gives to the member alone."""
    place = CELL[cell]
    grouped = place.groups * place.group_size
    shares = spread(place.households - grouped - place.alone, len(able(place)) - place.groups)
    index = able(place).index(member) - place.groups
    return households(place)[grouped + sum(shares[:index])]


RICH = first_of(TURNS_EXEMPT, 3)
"""The household with the richest history: its member becomes exempt, another takes over, it leaves poverty."""


def _pick(count: int, among: Sequence[Household]) -> tuple[Household, ...]:
    return tuple(among[index * len(among) // count] for index in range(count))


def _without(*taken: Sequence[Household]) -> list[Household]:
    gone = {household for some in taken for household in some}
    return [household for household in _ORDERED if household not in gone]


_ORDERED = [RICH, *(household for household in HOUSEHOLDS if household not in (RICH, DISSOLVED))]
POOR = _pick(92, _ORDERED)
NEAR_POOR = _pick(61, _without(POOR))
BETTER_OFF = _pick(38, _without(POOR, NEAR_POOR))

LEFT_POVERTY = _pick(14, POOR)
FELL_INTO_POVERTY = _pick(2, NEAR_POOR)
IMPROVED = _pick(20, [household for household in NEAR_POOR if household not in FELL_INTO_POVERTY])
CULTURAL = _pick(318, _ORDERED)
"""Cultural families of 2018: 318 of 423 (made up)."""


def class_before(household: Household) -> str:
    """The class by the review of 2017."""
    if household in POOR:
        return "poor"
    if household in NEAR_POOR:
        return "near_poor"
    return "better_off" if household in BETTER_OFF else "average"


def class_after(household: Household) -> str:
    """The class by the review of 2018."""
    if household in LEFT_POVERTY:
        return "near_poor"
    if household in FELL_INTO_POVERTY:
        return "poor"
    return "average" if household in IMPROVED else class_before(household)
