"""A made-up round told step by step: a cell of two members and the cell beside it, under one commune."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from events.facts.evaluations import (
    Commenter,
    LevelCounts,
    Mark,
    Marked,
    RevisionReason,
    Subject,
    pool_id,
    round_id,
)
from events.facts.meetings import Attendance, Attended, CellMeetingHeld
from events.facts.values import Basis, Source
from projections.states.evaluations import Pool, Round
from services.decisions.asking import Asker, Role
from services.decisions.evaluations.pools import FinaliseRatings
from services.decisions.evaluations.ratings import DecideRatings, Rated, ReviseRating
from services.decisions.evaluations.rounds import OpenRound
from services.decisions.evaluations.steps import (
    CountBallots,
    GiveComment,
    Paper,
    Proposed,
    ProposeLevels,
    SelfAssess,
)
from tests.given import Given, folded, named, noon, on
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    COMMUNITY,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    PROVINCE,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    decide,
)

OPENED, MET, DECIDED = date(2018, 12, 1), date(2018, 12, 3), date(2018, 12, 20)
BOOK = "132-hd16.v1"
PAPER = Basis(number="07-BB/CB", issued_on=MET)
ATTENDANCE = named("attendance")
ALL_GOOD = tuple(
    Marked(criterion, Mark.GOOD) for criterion in ("qualities", "task_results", "commitment", "shortcomings_remedied")
)
UNIT_GOOD = tuple(Marked(criterion, Mark.GOOD) for criterion in ("unit_party_building", "unit_leading_tasks"))
MEETING = on(
    noon(MET),
    CellMeetingHeld(
        unit=CELL,
        meeting=named("meeting"),
        attendance=(Attended(MEMBER, Attendance.PRESENT), Attended(COLLEAGUE, Attendance.PRESENT)),
    ),
    id=ATTENDANCE,
)
PLACE = COMMUNITY.given(MEETING)
IMPORTER = Asker(role=Role.SYSTEM, unit=PROVINCE, client="import")
YEAR_AFTER = date(2019, 1, 31)
"""A day on which the classification of 2018 is history."""
HISTORY: dict[str, Any] = {"source": Source.IMPORT, "basis": PAPER}


def command(kind: Any, day: date, /, unit: UUID = CELL, year: int = 2018, **fields: Any) -> Any:
    """Something about a round of a unit and year."""
    return decide(kind, day, unit=unit, year=year, **fields)


def opened(place: Given = PLACE, unit: UUID = CELL, asker: Asker = SECRETARY, **fields: Any) -> Given:
    told = {"rulebook": BOOK, "day": OPENED, **fields}
    return place.when(command(OpenRound, told.pop("day"), unit, **told), asker).recorded()


def assessed(place: Given, member: UUID = MEMBER, level: str = "good", unit: UUID = CELL) -> Given:
    """The member rates himself on paper, which the secretary enters."""
    asker = SECRETARY if unit == CELL else SECOND_SECRETARY
    told = command(SelfAssess, MET, unit, member=member, level=level, marks=ALL_GOOD)
    return place.when(told, asker).recorded()


def commented(place: Given, member: UUID = MEMBER) -> Given:
    told = command(GiveComment, MET, member=member, commenter=Commenter.CELL_COMMITTEE, basis=PAPER)
    return place.when(told, SECRETARY).recorded()


def balloted(place: Given, member: UUID = MEMBER, **votes: int) -> Given:
    counts = LevelCounts(**votes) if votes else LevelCounts(good=2)
    paper = Paper(member=member, returned=counts.total(), votes=counts)
    return place.when(command(CountBallots, MET, attendance=ATTENDANCE, papers=(paper,)), SECRETARY).recorded()


def second_ballot(place: Given, member: UUID = MEMBER, votes: int = 2) -> Given:
    paper = Paper(member=member, returned=2, votes=LevelCounts(excellent=votes))
    told = command(CountBallots, MET, attendance=ATTENDANCE, second=True, papers=(paper,))
    return place.when(told, SECRETARY).recorded()


def proposed(place: Given, member: UUID = MEMBER, level: str = "good") -> Given:
    told = command(ProposeLevels, MET, proposals=(Proposed(member=member, level=level),))
    return place.when(told, SECRETARY).recorded()


def ready(place: Given, member: UUID = MEMBER, level: str = "good") -> Given:
    """Everything before the decision."""
    place = balloted(commented(assessed(place, member, level), member), member, **{level: 2})
    return proposed(second_ballot(place, member) if level == "excellent" else place, member, level)


def deciding(*rated: Rated, day: date = DECIDED, **fields: Any) -> DecideRatings:
    found: DecideRatings = command(DecideRatings, day, ratings=rated, **fields)
    return found


def rated(place: Given, member: UUID = MEMBER, level: str = "good", **fields: Any) -> Given:
    told = deciding(Rated(member=member, level=level), **fields)
    return ready(place, member, level).when(told, OFFICE).recorded()


def both_rated(one: str = "good", other: str = "good", **fields: Any) -> Given:
    """Both members of the cell have their levels."""
    return rated(rated(opened(), MEMBER, one, **fields), COLLEAGUE, other, **fields)


def neighbours_rated(place: Given, level: str = "good") -> Given:
    """The one member of the cell beside it too; its meeting is entered as history, and so are its steps."""
    attendance = named("attendance of the second cell")
    held = CellMeetingHeld(
        unit=SECOND_CELL, meeting=named("second meeting"), attendance=(Attended(NEIGHBOUR, Attendance.PRESENT),)
    )
    place = opened(place.given(on(noon(MET), held, id=attendance)), SECOND_CELL, SECOND_SECRETARY)
    place = assessed(place, NEIGHBOUR, level, SECOND_CELL)
    papers = (Paper(member=NEIGHBOUR, returned=1, votes=LevelCounts(**{level: 1})),)
    best = (Paper(member=NEIGHBOUR, returned=1, votes=LevelCounts(excellent=1)),)
    comment = {"member": NEIGHBOUR, "commenter": Commenter.RESIDENCE_COMMITTEE}
    steps: list[tuple[Any, dict[str, Any]]] = [
        (GiveComment, comment),
        (CountBallots, {"attendance": attendance, "papers": papers}),
        *([(CountBallots, {"attendance": attendance, "papers": best, "second": True})] if level == "excellent" else []),
        (ProposeLevels, {"proposals": (Proposed(member=NEIGHBOUR, level=level),)}),
    ]
    for kind, fields in steps:
        place = place.when(command(kind, MET, SECOND_CELL, **fields), SECOND_SECRETARY).recorded()
    told = deciding(Rated(member=NEIGHBOUR, level=level), unit=SECOND_CELL)
    return place.when(told, OFFICE).recorded()


def on_pool(kind: Any, subject: Subject = Subject.MEMBER, committee: UUID = COMMUNE, **fields: Any) -> Any:
    return decide(kind, fields.pop("day", DECIDED), committee=committee, year=2018, subject=subject, **fields)


def finalised(place: Given, subject: Subject = Subject.MEMBER) -> Given:
    return place.when(on_pool(FinaliseRatings, subject), OFFICE).recorded()


def brought_in(place: Given) -> Given:
    """The members' ratings are final as history: incomplete, or over the cap."""
    return place.at(YEAR_AFTER).when(on_pool(FinaliseRatings, **HISTORY), IMPORTER).recorded()


def revising(level: str, member: UUID | None = MEMBER, **fields: Any) -> ReviseRating:
    told: dict[str, Any] = {"reason": RevisionReason.VERIFIED_AGAIN, "basis": PAPER, **fields}
    found: ReviseRating = command(ReviseRating, told.pop("day", DECIDED), member=member, level=level, **told)
    return found


def round_of(place: Given, unit: UUID = CELL) -> Round:
    found: Round = folded(place.facts)[1][f"facts.evaluation.{round_id(unit, 2018)}"]
    return found


def pool_of(place: Given, subject: Subject = Subject.MEMBER, committee: UUID = COMMUNE) -> Pool:
    found: Pool = folded(place.facts)[1][f"facts.ratings.{pool_id(committee, 2018, subject)}"]
    return found
