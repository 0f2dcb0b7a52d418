"""The round of the same cell in 2025, by points, under Regulation 366."""

from __future__ import annotations

from datetime import date
from typing import Any

from events.facts.evaluations import Commenter, LevelCounts, Score
from events.facts.meetings import Attendance, Attended, CellMeetingHeld
from services.decisions.evaluations.rounds import AttestCase, OpenRound
from services.decisions.evaluations.steps import (
    Appraised,
    AppraiseLevels,
    CountBallots,
    GiveComment,
    Paper,
    Proposed,
    ProposeLevels,
    SelfAssess,
)
from tests.given import Given, named, noon, on
from tests.services.decisions.commune import CELL, MEMBER, SECRETARY, phone_of
from tests.services.decisions.rounds import PAPER, PLACE, command

BOOK_2025 = "366-hd43.v1"
PHONE = phone_of(MEMBER, CELL)


def scored(common: int, task: int) -> tuple[Score, ...]:
    return Score("common", common), Score("task", task)


def of_2025() -> Given:
    return (
        PLACE.at(date(2025, 12, 31))
        .when(command(OpenRound, date(2025, 12, 1), year=2025, rulebook="366-hd43.v1"), SECRETARY)
        .recorded()
    )


def assessing_2025(level: str, scores: tuple[Score, ...], **fields: Any) -> SelfAssess:
    told = {"member": MEMBER, "level": level, "scores": scores, **fields}
    found: SelfAssess = command(SelfAssess, date(2025, 12, 3), year=2025, **told)
    return found


def proposed_2025(place: Given | None = None, level: str = "excellent", common: int = 300, task: int = 600) -> Given:
    """The member rated himself, with these points; one ballot says good, or what he said if that is lower."""
    place = of_2025() if place is None else place
    place = place.when(assessing_2025(level, scored(common, task)), PHONE).recorded()
    voted = "good" if level == "excellent" else level
    attendance = named("attendance of 2025")
    held = CellMeetingHeld(
        unit=CELL, meeting=named("meeting of 2025"), attendance=(Attended(MEMBER, Attendance.PRESENT),)
    )
    day = date(2025, 12, 3)
    place = place.given(on(noon(day), held, id=attendance))
    papers = (Paper(member=MEMBER, returned=1, votes=LevelCounts(**{voted: 1})),)
    steps: list[tuple[Any, dict[str, Any]]] = [
        (GiveComment, {"member": MEMBER, "commenter": Commenter.MASS_ORGANISATION}),
        (CountBallots, {"attendance": attendance, "papers": papers}),
        (ProposeLevels, {"proposals": (Proposed(member=MEMBER, level=voted),)}),
    ]
    for kind, fields in steps:
        place = place.when(command(kind, day, year=2025, **fields), SECRETARY).recorded()
    return place


def on_leave() -> Given:
    """He was on leave for three months: completed at most."""
    leave = command(AttestCase, date(2025, 12, 2), year=2025, member=MEMBER, case="leave_of_three_months", basis=PAPER)
    return of_2025().when(leave, SECRETARY).recorded()


def appraising(level: str, common: int, task: int, *grounds: str) -> AppraiseLevels:
    appraisal = Appraised(member=MEMBER, level=level, scores=scored(common, task), grounds=grounds)
    found: AppraiseLevels = command(AppraiseLevels, date(2025, 12, 20), year=2025, appraisals=(appraisal,))
    return found
