"""The entries of a rulebook about the round: who decides, in which steps and order, by when, on what forms."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import msgspec

from events.facts.evaluations import Level, Subject
from projections.states.rulebooks.entries import Entry, Name, Positive


class Body(Enum):
    """Who decides: the grass-roots committee; the committee (or meeting) of a cell that is a grass-roots organisation;
    the standing committee of the next higher level."""

    GRASSROOTS_COMMITTEE = "grassroots_committee"
    GRASSROOTS_CELL = "grassroots_cell"
    SUPERIOR_STANDING_COMMITTEE = "superior_standing_committee"


class Place(Enum):
    """In what kind of grass-roots organisation: one with cells under it, or a cell of that rank."""

    COMMITTEE_WITH_CELLS = "committee_with_cells"
    GRASSROOTS_CELL = "grassroots_cell"


class Decider(Entry, frozen=True, kw_only=True):
    """Which body decides about whom; `place` where that differs by the kind of organisation."""

    subjects: tuple[Subject, ...]
    body: Body
    place: Place | None = None


class StepKind(Enum):
    """The steps a round can have."""

    SELF_ASSESSMENT = "self_assessment"
    COMMENTS = "comments"
    BALLOT = "ballot"
    SECOND_BALLOT = "second_ballot"
    PROPOSAL = "proposal"
    APPRAISAL = "appraisal"
    DECISION = "decision"


class Step(Entry, frozen=True, kw_only=True):
    """One step; `order` counts from 1 among the steps of a subject. `forms`: names of entries of that section.
    `level`: taken only for who is to have that level."""

    subjects: tuple[Subject, ...]
    order: Positive
    kind: StepKind
    forms: tuple[Name, ...] = ()
    level: Level | None = None


class Party(Enum):
    """Who comes before whom in a round."""

    STATE_RATING = "state_rating"
    STATE_AND_MASS_ORGANISATIONS = "state_and_mass_organisations"
    PARTY_ORGANISATION = "party_organisation"
    LOWER_UNIT = "lower_unit"
    HIGHER_UNIT = "higher_unit"
    LEADERSHIP = "leadership"
    UNIT = "unit"
    HEAD_OF_UNIT = "head_of_unit"
    MEMBERS = "members"
    CELL = "cell"
    SUBORDINATES = "subordinates"
    COMMITTEE = "committee"


class Precedence(Entry, frozen=True, kw_only=True):
    """One comes before the other."""

    before: Party
    after: Party


class DeadlineKind(Enum):
    """What is to be done by then."""

    STATE_RATING_DONE = "state_rating_done"
    DRAFT_REVIEW_SENT = "draft_review_sent"
    GRASSROOTS_DONE = "grassroots_done"
    GRASSROOTS_REPORTED = "grassroots_reported"
    NEXT_LEVEL_DONE = "next_level_done"
    NEXT_LEVEL_REPORTED = "next_level_reported"
    CENTRAL_REPORTED = "central_reported"


class DayOfYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A day of the evaluation year, or of the year after it."""

    month: Annotated[int, msgspec.Meta(ge=1, le=12)]
    day: Annotated[int, msgspec.Meta(ge=1, le=31)]
    year_after: bool = False


class Deadline(Entry, frozen=True, kw_only=True):
    """Done before that day (the day itself is late), or so many working days before the meeting."""

    kind: DeadlineKind
    before: DayOfYear | None = None
    working_days_before: Positive | None = None

    def __post_init__(self) -> None:
        if (self.before is None) == (self.working_days_before is None):
            raise ValueError("a deadline is either a day or a number of working days")


class Form(Entry, frozen=True, kw_only=True):
    """A form by its official name; `subjects` it is filled in for."""

    subjects: tuple[Subject, ...]


class Streak(Entry, frozen=True, kw_only=True):
    """So many years in a row at a level have a consequence that people decide about."""

    subjects: tuple[Subject, ...]
    level: Level
    years: Positive


class Retention(Entry, frozen=True, kw_only=True):
    """For how many of the last years something is kept."""

    years: Positive
