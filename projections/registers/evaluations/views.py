"""What the register of evaluations answers with."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec


class RoundView(msgspec.Struct, frozen=True):
    """A unit's round of a year, under the rulebook with that digest. `committee` decides about the unit, `members_by`
    about its members. `roster_day` is the day of its roster."""

    round: UUID
    unit: UUID
    year: int
    rulebook: str
    digest: str
    subject: str
    committee: UUID
    members_by: UUID | None
    opened: date
    roster_day: date | None
    closed: date | None


class LineView(msgspec.Struct, frozen=True):
    """Somebody who is present in a round, or rated: a member, or without `member` its unit. `outcome` and `cases` are
    those of the roster (None: not on it), the rest those of the rating; `position` is that of its fact."""

    line: UUID
    round: UUID
    unit: UUID
    year: int
    subject: str
    member: UUID | None
    committee: UUID
    outcome: str | None
    cases: list[str]
    rating: UUID | None
    cap_group: str | None
    level: str | None
    grounds: list[str]
    decided_on: date | None
    revised: bool | None
    position: int | None


class StepView(msgspec.Struct, frozen=True):
    """A step that was taken (the id is that of its fact); without `member` of the round's unit. `tenths` are the points
    of `score_groups`, `marks` those of `criteria`, `votes` those for the four levels, best first."""

    step: UUID
    round: UUID
    unit: UUID
    year: int
    member: UUID | None
    kind: str
    taken_on: date
    position: int
    level: str | None
    commenter: str | None
    criteria: list[str]
    marks: list[str]
    score_groups: list[str]
    tenths: list[int]
    grounds: list[str]
    present: int | None
    returned: int | None
    invalid: int | None
    votes: list[int]


class AttestedView(msgspec.Struct, frozen=True):
    """A case of the rulebook that somebody in charge says to apply since that day, by the document."""

    round: UUID
    member: UUID | None
    case_name: str
    document: str | None
    since: date


class ObjectionView(msgspec.Struct, frozen=True):
    """An objection and its answer. The text is sealed with the member's key."""

    objection: UUID
    round: UUID
    unit: UUID
    year: int
    member: UUID | None
    about: str
    raised_at: datetime | None
    text: str | None
    outcome: str | None
    answered_on: date | None


class PoolCounts(msgspec.Struct, frozen=True):
    """The ratings of one group of a pool: those that a committee decided of a year and subject, under the rulebook with
    that digest. `authorised`: the share of excellent, in per cent, that `document` allows."""

    committee: UUID
    subject: str
    digest: str
    group: str
    excellent: int
    good: int
    completed: int
    not_completed: int
    authorised: int | None
    document: str | None
    finalised: date | None


class EvaluationCounts(msgspec.Struct, frozen=True):
    """How many were present, and what became of them: present = exempt + not yet + rated; rated = the four levels.

    `exempt` are those whom nobody rates this year by the roster, `review_only` those of them who do the self-review.
    Who has a rating is rated, however the roster reads of him.
    """

    present: int = 0
    exempt: int = 0
    review_only: int = 0
    not_yet: int = 0
    rated: int = 0
    excellent: int = 0
    good: int = 0
    completed: int = 0
    not_completed: int = 0

    def __add__(self, other: EvaluationCounts) -> EvaluationCounts:
        return EvaluationCounts(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


class WithoutRound(msgspec.Struct, frozen=True):
    """Units that have opened no round of the year, and the members of these cells."""

    cells: int = 0
    committees: int = 0
    members: int = 0

    def __add__(self, other: WithoutRound) -> WithoutRound:
        return WithoutRound(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


class EvaluationFigures(msgspec.Struct, frozen=True):
    """Members, cells under a committee, and grass-roots organisations. `without_round` are counted among these as not
    yet rated."""

    members: EvaluationCounts = EvaluationCounts()
    cells: EvaluationCounts = EvaluationCounts()
    committees: EvaluationCounts = EvaluationCounts()
    without_round: WithoutRound = WithoutRound()

    def __add__(self, other: EvaluationFigures) -> EvaluationFigures:
        return EvaluationFigures(*(getattr(self, name) + getattr(other, name) for name in self.__struct_fields__))


class Part(msgspec.Struct, frozen=True):
    """The figures of a unit directly below; under the unit's own id its own. `visible` is False where the part has left
    the caller's scope since."""

    unit: UUID
    figures: EvaluationFigures
    visible: bool = True


class KindPart(msgspec.Struct, frozen=True):
    """The figures of cells of one kind, with their members; without `cell_kind` of committees."""

    cell_kind: str | None
    figures: EvaluationFigures


class GroundsCount(msgspec.Struct, frozen=True):
    """How many are rated "not completed" on exactly these grounds (entries of the rulebook with that digest)."""

    subject: str
    cell_kind: str | None
    digest: str
    grounds: list[str]
    count: int


class Summary(msgspec.Struct, frozen=True):
    """The statistics of a unit. `incomplete`: how much waits in quarantine; `hidden`: how many units stood at or below
    it on the day that are out of the caller's scope today."""

    figures: EvaluationFigures
    parts: list[Part]
    kinds: list[KindPart]
    grounds: list[GroundsCount]
    incomplete: int
    hidden: int


class Unopened(msgspec.Struct, frozen=True):
    """A unit without a round of the year, as what it would be classified, and its members (of a cell)."""

    unit: UUID
    subject: str
    cell_kind: str | None
    members: int


class StreakView(msgspec.Struct, frozen=True):
    """Somebody at a level in every year of a streak: a member, who was last rated in `unit`, or the unit itself."""

    whom: UUID
    member: UUID | None
    unit: UUID
