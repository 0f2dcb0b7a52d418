"""What people fill in: rating sheets with marks (2018) or points (2025), and ballot papers. All made up."""

from __future__ import annotations

from typing import Any

from events.facts.evaluations import Level, LevelCounts, Mark, Marked, Score
from services.decisions.evaluations.steps import Paper
from services.demo.ban_hon.evaluations.levels import COMPLETED, EXCELLENT, GOOD
from services.demo.ban_hon.places import person

OF_MEMBERS = ("qualities", "task_results", "commitment", "shortcomings_remedied")
OF_UNITS = ("unit_party_building", "unit_leading_tasks")
TASKS = {"task_results", *OF_UNITS}
OTHER_MARK = {EXCELLENT: Mark.GOOD, GOOD: Mark.GOOD, COMPLETED: Mark.AVERAGE}
TASK_MARK = {**OTHER_MARK, EXCELLENT: Mark.EXCELLENT}

COMMON = {EXCELLENT: 290, GOOD: 270, COMPLETED: 240}
"""Level → points of the common group, in tenths; 300 is the most."""
TASK = {EXCELLENT: range(620, 680), GOOD: range(490, 600), COMPLETED: range(310, 420)}
"""Level → from where to where the points for tasks lie, in tenths: with the others 91 to 97, 76 to 87, 55 to 66."""
STRICTER = 5
"""So many tenths less does the committee give."""

INVALID = 17
"""Of every so many members' ballots one has an invalid paper."""
OTHERWISE = 3
"""Up to one less than so many vote for another level."""


def marked(level: Level, criteria: tuple[str, ...] = OF_MEMBERS) -> dict[str, Any]:
    """A sheet under 132 whose marks fit the level."""
    marks = ((TASK_MARK if each in TASKS else OTHER_MARK)[level] for each in criteria)
    return {"level": level.value, "marks": tuple(map(Marked, criteria, marks))}


def scored(level: Level, number: int, stricter: int = 0) -> dict[str, Any]:
    """A sheet under 366 whose points fit the level. Not the same for any two neighbours in the list."""
    task = TASK[level][number * 7 % len(TASK[level])] - stricter
    return {"level": level.value, "scores": (Score("common", COMMON[level]), Score("task", task))}


def ballot(member: int, level: Level, present: int) -> Paper:
    """The first ballot on the member, in which most are for the level."""
    invalid, aside = int(member % INVALID == 0), member % OTHERWISE
    other = COMPLETED if level is GOOD else GOOD
    votes = LevelCounts(**{level.value: present - invalid - aside, other.value: aside})
    return Paper(member=person(member), returned=present, invalid=invalid, votes=votes)


def second_ballot(member: int, present: int) -> Paper:
    """The ballot on excellent alone."""
    votes = LevelCounts(excellent=present - member % OTHERWISE)
    return Paper(member=person(member), returned=present, votes=votes)
