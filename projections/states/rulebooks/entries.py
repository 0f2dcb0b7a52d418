"""What a rulebook is made of: entries, each with its clause, its source and how certain it is.

An entry says in Vietnamese what the rule is (`text`); fields beside it hold what the software reads. Defaults are
always "nothing said": they are left out of the bytes that a digest is made over, so that a field which later rulebooks
need changes no earlier digest.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated

import msgspec

from events.facts.evaluations import EligibilityOutcome, Level, Mark, Subject
from events.facts.members import MemberStatus
from projections.rules import Certainty

Text = Annotated[str, msgspec.Meta(min_length=1)]
Name = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$")]
Percent = Annotated[int, msgspec.Meta(ge=0, le=100)]
Positive = Annotated[int, msgspec.Meta(ge=1)]


class Provenance(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Where a rule stands, where that was read, and how certain it is."""

    clause: Text
    source: Text
    certainty: Certainty


class Entry(Provenance, frozen=True, kw_only=True):
    """One rule. Its name is its identity within its section: overlays replace by it, and years are compared by it."""

    name: Name
    text: Text


class DocumentRole(Enum):
    """What a document is to the rulebook."""

    REGULATION = "regulation"
    GUIDANCE = "guidance"
    RELATED = "related"


class Document(Entry, frozen=True, kw_only=True):
    """A document the rulebook rests on; its day of issue where that is known."""

    role: DocumentRole
    number: Text
    issued: date | None = None
    issuer: Text


class LevelName(Entry, frozen=True, kw_only=True):
    """One of the four levels as the document calls it."""

    level: Level
    subjects: tuple[Subject, ...]


class MarkName(Entry, frozen=True, kw_only=True):
    """One of the marks that a criterion is given."""

    mark: Mark


class Criterion(Entry, frozen=True, kw_only=True):
    """One thing that is looked at; `task`: it belongs to the results of tasks."""

    subjects: tuple[Subject, ...]
    task: bool


class ScoreGroup(Entry, frozen=True, kw_only=True):
    """A group of criteria with the points it is worth at most; `task`: the results of tasks."""

    subjects: tuple[Subject, ...]
    task: bool
    points: Annotated[int, msgspec.Meta(ge=1, le=100)]


class ScoreBand(Entry, frozen=True, kw_only=True):
    """The level that a total score reaches from `at_least` points on, up to and without the next band."""

    subjects: tuple[Subject, ...]
    level: Level
    at_least: Annotated[int, msgspec.Meta(ge=0, le=100)]


class Measure(Enum):
    """What a threshold is about, each a share in per cent. `tasks_late`: of the tasks done, those behind schedule."""

    TASKS_DONE = "tasks_done"
    TASKS_ON_TIME = "tasks_on_time"
    TASKS_EXCEEDED = "tasks_exceeded"
    TASKS_LATE = "tasks_late"
    SHORTCOMINGS_REMEDIED = "shortcomings_remedied"
    SUBORDINATES_DISCIPLINED = "subordinates_disciplined"


class Bound(Enum):
    """On which side of its number a threshold lies."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A measure and the number it is held against, in per cent."""

    measure: Measure
    bound: Bound
    percent: Percent


class Condition(Entry, frozen=True, kw_only=True):
    """What a level asks for. `task_marks` and `other_marks`: the lowest mark of each criterion of tasks and of the
    others; `state_rating`: the lowest rating as cadre, civil servant or public employee, for who is one."""

    subjects: tuple[Subject, ...]
    level: Level
    task_marks: Mark | None = None
    other_marks: Mark | None = None
    state_rating: Level | None = None
    thresholds: tuple[Threshold, ...] = ()


class Ground(Entry, frozen=True, kw_only=True):
    """What makes the outcome "not completed" whatever else was done. Held of a person as this code and a document
    number, never as its content."""

    subjects: tuple[Subject, ...]
    thresholds: tuple[Threshold, ...] = ()


class Derivation(Entry, frozen=True, kw_only=True):
    """A unit's level asks that so many per cent of those in it (`of`: members, or cells) reach a level themselves."""

    subject: Subject
    of: Subject
    level: Level
    reached: Level
    percent: Percent

    def __post_init__(self) -> None:
        if self.subject is Subject.MEMBER or self.of is self.subject:
            raise ValueError("a level is derived for a unit from those below it")


class Trigger(Enum):
    """What makes a case apply: a status on the last day of the year, less than so many months since the admission or
    the founding, or that somebody names the clause and a document (the reason itself is not held)."""

    STATUS = "status"
    ADMITTED = "admitted"
    FOUNDED = "founded"
    ATTESTED = "attested"


class Lineage(Provenance, frozen=True, kw_only=True):
    """That a unit which goes back to others is as old as the oldest of them."""

    text: Text


class EligibilityCase(Entry, frozen=True, kw_only=True):
    """A case in which somebody is not simply classified, or not above a level (`highest`).

    `months`: the time in question. `lineage`: whether a successor keeps the age of its predecessors.
    """

    subjects: tuple[Subject, ...]
    trigger: Trigger
    outcome: EligibilityOutcome
    status: MemberStatus | None = None
    months: Positive | None = None
    lineage: Lineage | None = None
    highest: Level | None = None

    def __post_init__(self) -> None:
        if (self.trigger is Trigger.STATUS) != (self.status is not None):
            raise ValueError("a case of a status names the status, no other does")
        if self.trigger in (Trigger.ADMITTED, Trigger.FOUNDED) and self.months is None:
            raise ValueError("a case of somebody or something new says within how many months")
        if self.highest is not None and self.outcome is not EligibilityOutcome.CLASSIFY:
            raise ValueError("a highest level for who gets no level")


class Base(Enum):
    """What the share of the excellent is taken of."""

    GOOD_ONLY = "good_only"
    GOOD_OR_BETTER = "good_or_better"


class Rounding(Enum):
    """How a share of a whole number becomes one."""

    FLOOR = "floor"


class Pool(Enum):
    """Over whom one cap is taken: all of a grass-roots organisation, or each group of similar function in it."""

    GRASSROOTS_ORGANISATION = "grassroots_organisation"
    SIMILAR_GROUP = "similar_group"


class CapRate(Provenance, frozen=True, kw_only=True):
    """The highest share, in per cent."""

    percent: Percent


class CapBase(Provenance, frozen=True, kw_only=True):
    """What it is a share of."""

    counts: Base


class CapRounding(Provenance, frozen=True, kw_only=True):
    """How the allowed number is rounded."""

    rounding: Rounding


class CapPool(Provenance, frozen=True, kw_only=True):
    """Over whom it is taken."""

    pool: Pool


class CapException(Provenance, frozen=True, kw_only=True):
    """The higher share that a document may authorise, in per cent."""

    text: Text
    percent: Percent


class Cap(Entry, frozen=True, kw_only=True):
    """How many may be excellent. Each part of it is known from somewhere else, and not equally well."""

    subjects: tuple[Subject, ...]
    rate: CapRate
    base: CapBase
    rounding: CapRounding
    pool: CapPool
    exception: CapException | None = None

    def __post_init__(self) -> None:
        if self.exception is not None and self.exception.percent <= self.rate.percent:
            raise ValueError("an exception that allows no more than the cap")
