"""What must come out of both classifications: reckoned by hand from the construction, without the code it checks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from events.facts.evaluations import Level, LevelCounts, Subject, pool_id, rating_id
from services.demo.ban_hon.places import COMMUNE, NEW_COMMUNE, PHONE_A, person


class Counted(msgspec.Struct, frozen=True):
    """Members, cells or committees: present = exempt + not yet rated + rated, and rated = the four levels.
    `review_only` are those of the exempt who do the self-review."""

    present: int
    exempt: int
    review_only: int
    not_yet: int
    rated: int
    levels: LevelCounts


class Capped(msgspec.Struct, frozen=True):
    """The cap on the excellent of one group, read both ways: of whom they are a part, and how many of these may be."""

    subject: Subject
    group: str
    percent: int
    excellent: int
    of_good: tuple[int, int]
    of_good_or_better: tuple[int, int]


class Classified(msgspec.Struct, frozen=True):
    """The classification of a year in a commune, in the tree of the day."""

    commune: UUID
    year: int
    day: date
    members: Counted
    cells: Counted
    committees: Counted
    caps: tuple[Capped, ...]
    """Of what the committee of the commune decides; by subject and group."""


def _all_rated(levels: LevelCounts) -> Counted:
    number = levels.excellent + levels.good + levels.completed + levels.not_completed
    return Counted(number, 0, 0, 0, number, levels)


ONE_GOOD = _all_rated(LevelCounts(good=1))

IN_2018 = Classified(
    commune=COMMUNE,
    year=2018,
    day=date(2019, 1, 27),
    members=Counted(
        present=166,
        exempt=9 + 4,  # by resolution; admitted after 1 July
        review_only=4,
        not_yet=6,  # working far away
        rated=147,
        levels=LevelCounts(excellent=17, good=108, completed=22),
    ),
    cells=_all_rated(LevelCounts(excellent=5, good=8)),
    committees=ONE_GOOD,
    caps=(
        # A fifth of 8 is 1.6, of 13 it is 2.6.
        Capped(Subject.CELL, "all", 20, 5, (8, 1), (13, 2)),
        # A fifth of 108 is 21.6, of 125 it is 25.
        Capped(Subject.MEMBER, "all", 20, 17, (108, 21), (125, 25)),
    ),
)

IN_2025 = Classified(
    commune=NEW_COMMUNE,
    year=2025,
    day=date(2026, 1, 19),
    members=Counted(
        present=166 + 1,  # admitted in September
        exempt=9 + 1,
        review_only=0,
        not_yet=1,  # being examined
        rated=109 + 40 + 7,  # villages, schools, health station
        levels=LevelCounts(excellent=17 + 9 + 1, good=75 + 28 + 5, completed=16 + 3 + 1, not_completed=1),
    ),
    cells=_all_rated(LevelCounts(excellent=1, good=11, completed=1)),
    committees=ONE_GOOD,
    caps=(
        Capped(Subject.CELL, "health_station", 20, 0, (1, 0), (1, 0)),
        Capped(Subject.CELL, "school", 20, 0, (3, 0), (3, 0)),
        Capped(Subject.CELL, "village", 20, 1, (7, 1), (8, 1)),
        # A quarter, since the province allows it: of 28 it is 7, of 37 it is 9.25, and 9 there are.
        Capped(Subject.MEMBER, "health_station", 25, 1, (5, 1), (6, 1)),
        Capped(Subject.MEMBER, "school", 25, 9, (28, 7), (37, 9)),
        Capped(Subject.MEMBER, "village", 25, 17, (75, 18), (92, 23)),
    ),
)


class Opened(msgspec.Struct, frozen=True):
    """What the dossier of one member and year says, figure by figure, and the levels decided in turn of his rating."""

    member: UUID
    year: int
    rating: UUID
    figures: dict[str, int]
    decided: tuple[Level, ...]


OPENED = Opened(
    member=person(PHONE_A),
    year=2018,
    rating=rating_id(pool_id(COMMUNE, 2018, Subject.MEMBER), person(PHONE_A)),
    figures={
        "assignments.households": 4,  # of the 42 of cell 5
        "assignments.days": 365 - 2,  # since the plan of 3 January
        "visits.made": 12 * 4 + 1,  # each every month, and one that is not his
        "visits.elsewhere": 1,
        "visits.disputed": 1,
        "visits.months": 11 * 4,  # January is no whole month
        "visits.visited": 11 * 4,
        "reports.due": 12,
        "reports.delivered": 12,
        "reports.late": 1,  # in January his phone had no network
        "attendance.present": 12,
    },
    decided=(Level.COMPLETED, Level.GOOD),
)
"""The member who objected."""
