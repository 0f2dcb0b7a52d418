"""Who has which level. The sums of 2018 are published; how they spread over the cells, and all of 2025, is made up."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from events.facts.evaluations import LEVELS, Level

EXCELLENT, GOOD, COMPLETED, NOT_COMPLETED = LEVELS


class Spread(msgspec.Struct, frozen=True):
    """A cell's own level, and how many of its rated members are not good but something else."""

    own: Level
    excellent: int
    completed: int
    not_completed: int = 0


SPREAD_2018 = {
    1: Spread(GOOD, 1, 2),
    2: Spread(GOOD, 1, 2),
    3: Spread(GOOD, 1, 3),
    4: Spread(EXCELLENT, 2, 2),
    5: Spread(EXCELLENT, 2, 1),
    6: Spread(EXCELLENT, 2, 2),
    7: Spread(GOOD, 1, 2),
    8: Spread(GOOD, 1, 2),
    9: Spread(GOOD, 1, 1),
    10: Spread(GOOD, 1, 1),
    11: Spread(EXCELLENT, 1, 1),
    12: Spread(GOOD, 2, 2),
    13: Spread(EXCELLENT, 1, 1),
}
"""Published: 17 excellent and 22 completed of 147, and 5 of 13 cells excellent. In these at least 80 % of the members
are good or better (4: 12 of 14, 5: 11 of 12, 6: 14 of 16, 11: 11 of 12, 13: 6 of 7); in cells 3 (10 of 13) and 8 (7 of
9) they are not."""

SPREAD_2025 = {
    1: Spread(GOOD, 2, 2),
    2: Spread(COMPLETED, 1, 2, 1),
    3: Spread(GOOD, 2, 2),
    4: Spread(GOOD, 3, 2),
    5: Spread(EXCELLENT, 2, 2),
    6: Spread(GOOD, 4, 1),
    7: Spread(GOOD, 2, 2),
    8: Spread(GOOD, 2, 1),
    9: Spread(GOOD, 2, 2),
    10: Spread(GOOD, 1, 1),
    11: Spread(GOOD, 2, 1),
    12: Spread(GOOD, 3, 1),
    13: Spread(GOOD, 1, 1),
}
"""In the schools (6, 11, 12) 9 of 37 who are good or better are excellent: more than a fifth, less than a quarter."""

FIRST_EXCELLENT = 5
"""From here on in the list of a cell's rated members stand its excellent ones; at the end those who have completed, and
before them who has not."""


def levels(rated: Sequence[int], spread: Spread) -> dict[int, Level]:
    """Member → the level he ends up with, of the cell's rated members in the order of their numbers."""
    found = dict.fromkeys(rated, GOOD)
    found |= dict.fromkeys(rated[FIRST_EXCELLENT : FIRST_EXCELLENT + spread.excellent], EXCELLENT)
    completed = len(rated) - spread.completed
    found |= dict.fromkeys(rated[completed:], COMPLETED)
    return found | dict.fromkeys(rated[completed - spread.not_completed : completed], NOT_COMPLETED)
