"""The yearly classification of members, cells and committees: what people said, voted, proposed and decided.

A round is a unit's for one year, and its boundary. What the competent bodies decide lies in the boundary of a pool: the
ratings of one year over which a cap is taken together, so that no two decisions pass it side by side.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

import msgspec

from events.facts.values import Body, Sealed


class Level(Enum):
    """The four levels of a classification, best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"

    def reaches(self, other: Level) -> bool:
        """Whether this level is the other one or better."""
        return LEVELS.index(self) <= LEVELS.index(other)


LEVELS = tuple(Level)


class Mark(Enum):
    """What a criterion is marked with on the rating sheet, best first: xuất sắc, tốt, trung bình, kém."""

    EXCELLENT = "excellent"
    GOOD = "good"
    AVERAGE = "average"
    POOR = "poor"


class Subject(Enum):
    """Who is classified. `committee`: a grass-roots organisation (tổ chức cơ sở đảng), be it a committee with cells
    under it or a cell of that rank; `cell`: one under such a committee; `leadership`: a collective of leaders."""

    MEMBER = "member"
    CELL = "cell"
    COMMITTEE = "committee"
    LEADERSHIP = "leadership"


class EligibilityOutcome(Enum):
    """What is done with a member or unit in a year, the strongest last.

    `review_only`: does the self-review, gets no level. `not_yet`: belongs to those who are classified, and the
    classification is still to come. `exempt`: not among those who are classified this year (miễn, hay không thuộc
    diện), whatever the reason.
    """

    CLASSIFY = "classify"
    REVIEW_ONLY = "review_only"
    NOT_YET = "not_yet"
    EXEMPT = "exempt"


class Commenter(Enum):
    """Bodies that comment on a member or unit before the ballot (HD 16-HD/BTCTW 2018, step 2)."""

    CELL_COMMITTEE = "cell_committee"
    MASS_ORGANISATION = "mass_organisation"
    RESIDENCE_COMMITTEE = "residence_committee"
    WORK_UNIT_HEAD = "work_unit_head"
    STATE_AUTHORITY = "state_authority"


class ObjectionAbout(Enum):
    """What a member or unit objects to."""

    DOSSIER = "dossier"
    RATING = "rating"


class ObjectionOutcome(Enum):
    """What came of an objection. One that is upheld against a rating is followed by the revised rating."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


class RevisionReason(Enum):
    """Why a rating was decided anew (QĐ 132, QĐ 124: complaints or signs of violation are verified again)."""

    OBJECTION_UPHELD = "objection_upheld"
    VERIFIED_AGAIN = "verified_again"


EntryName = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$", max_length=60)]
"""Name of an entry of the rulebook."""

Year = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal."""


class RosterLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One member present, and what the rulebook does with him: the outcome, by the entries `cases`."""

    member: UUID
    outcome: EligibilityOutcome
    cases: tuple[EntryName, ...] = ()


class Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The mark of one criterion."""

    criterion: EntryName
    mark: Mark


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The points of one group of criteria, in tenths: 27.5 points are 275."""

    group: EntryName
    tenths: Annotated[int, msgspec.Meta(ge=0, le=1000)]


class LevelCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of each level: valid votes of a ballot, or ratings. Of a second ballot those for `excellent` alone."""

    excellent: Count = 0
    good: Count = 0
    completed: Count = 0
    not_completed: Count = 0

    def __post_init__(self) -> None:
        if min(self.excellent, self.good, self.completed, self.not_completed) < 0:
            raise ValueError("a negative count")

    def total(self) -> int:
        return self.excellent + self.good + self.completed + self.not_completed


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rulebook by what it is cited as and by the digest of its content."""

    rulebook: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    digest: Digest


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On what a decision rests: the facts up to `position`, and what was worked out of them.

    `facts` is SHA-256 over the ordered list of (position, 8 bytes big-endian; leaf hash) of every fact that counted;
    `result` over the bytes of what the builder of that version made of them.
    """

    position: Annotated[int, msgspec.Meta(ge=0)]
    facts: Digest
    builder: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    result: Digest


class CapCount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One group of a pool when it was finalised: how many had each level, how many may be excellent, and whether the
    cap was kept under both readings of its base. `group` is a kind of cell, or "all"."""

    group: EntryName
    ratings: LevelCounts
    allowed: Count
    within: bool
    within_other: bool


Grounds = Annotated[tuple[EntryName, ...], msgspec.Meta(max_length=10)]
Marks = Annotated[tuple[Marked, ...], msgspec.Meta(max_length=20)]
Scores = Annotated[tuple[Score, ...], msgspec.Meta(max_length=5)]


def round_id(unit: UUID, year: int) -> UUID:
    """The one round of a unit and year."""
    return uuid5(unit, f"evaluation round {year}")


def pool_id(committee: UUID, year: int, subject: Subject) -> UUID:
    """The one pool of those that a committee's year rates together. `committee` is the unit that decides."""
    return uuid5(committee, f"ratings {year} {subject.value}")


def rating_id(pool: UUID, subject: UUID) -> UUID:
    """The one rating of a member or unit in the pool, however often it is revised."""
    return uuid5(pool, str(subject))


class _OfRound(Body, frozen=True, kw_only=True):
    BOUNDARY = ("evaluation", "round")
    UNITS = ("unit",)

    round: UUID
    unit: UUID
    year: Year


class RoundOpened(_OfRound, frozen=True, kw_only=True):
    """The unit's classification of the year begins, under these rules."""

    TYPE = "evaluation.round_opened.v1"

    rules: Rules
    subject: Subject
    """What the unit is classified as."""
    committee: UUID
    """The unit that decides about it."""
    members_by: UUID | None = None
    """The unit that decides about its members."""


class RosterTaken(_OfRound, frozen=True, kw_only=True):
    """Who is present on the effective date (số có mặt), and what the rulebook does with each and with the unit itself.

    It takes the place of the roster before.
    """

    TYPE = "evaluation.roster_taken.v1"

    outcome: EligibilityOutcome
    """Of the unit itself."""
    cases: tuple[EntryName, ...] = ()
    members: Annotated[tuple[RosterLine, ...], msgspec.Meta(max_length=1000)] = ()


class _OfSubject(_OfRound, frozen=True, kw_only=True):
    """About a member of the round's unit; without `member` about the unit itself."""

    PERSON = "member"

    member: UUID | None = None


class CaseAttested(_OfSubject, frozen=True, kw_only=True):
    """Somebody in charge says, by the document in the basis, that a case of the rulebook applies. What lies behind it
    (an illness, an examination) is not held."""

    TYPE = "evaluation.case_attested.v1"

    case: EntryName


class AttestationWithdrawn(_OfSubject, frozen=True, kw_only=True):
    """The case does not apply (any more)."""

    TYPE = "evaluation.attestation_withdrawn.v1"

    case: EntryName


class SelfAssessed(_OfSubject, frozen=True, kw_only=True):
    """The member, or the unit, rated himself: a mark for each criterion, points where the rulebook has them."""

    TYPE = "evaluation.self_assessed.v1"

    level: Level
    marks: Marks = ()
    scores: Scores = ()


class CommentGiven(_OfSubject, frozen=True, kw_only=True):
    """A body commented, and may have named a level. Its text is the document in the basis, which is not held here."""

    TYPE = "evaluation.comment_given.v1"

    commenter: Commenter
    level: Level | None = None


class BallotCounted(_OfSubject, frozen=True, kw_only=True):
    """The secret ballot on a level; `second`: the one after it on excellent alone. `attendance` is the fact that says
    who was present at the meeting. `returned` papers are the valid votes (and, of a second ballot, those against) and
    the `invalid` ones."""

    TYPE = "evaluation.ballot_counted.v1"

    second: bool
    present: Count
    returned: Count
    invalid: Count
    votes: LevelCounts
    attendance: UUID | None = None


class LevelProposed(_OfSubject, frozen=True, kw_only=True):
    """The unit proposed the level after its ballot."""

    TYPE = "evaluation.level_proposed.v1"

    level: Level


class LevelAppraised(_OfSubject, frozen=True, kw_only=True):
    """The advisory body of the committee that decides verified the proposal (thẩm định), with points of its own where
    the rulebook has them."""

    TYPE = "evaluation.level_appraised.v1"

    level: Level
    scores: Scores = ()
    grounds: Grounds = ()


class ObjectionRaised(_OfSubject, frozen=True, kw_only=True):
    """The member objects to his dossier or to his rating."""

    TYPE = "evaluation.objection_raised.v1"
    SEALED = {"text": "member"}
    REPORT = True

    objection: UUID
    about: ObjectionAbout
    text: Sealed | None = None


class ObjectionAnswered(_OfSubject, frozen=True, kw_only=True):
    """The body that decides answered the objection, by the document in the basis."""

    TYPE = "evaluation.objection_answered.v1"

    objection: UUID
    outcome: ObjectionOutcome


class RoundClosed(_OfRound, frozen=True, kw_only=True):
    """Everybody who is to be classified has a rating that is final, and every objection an answer."""

    TYPE = "evaluation.round_closed.v1"


class _OfPool(Body, frozen=True, kw_only=True):
    BOUNDARY = ("ratings", "pool")
    UNITS: ClassVar[tuple[str, ...]] = ("committee",)

    pool: UUID
    committee: UUID
    """The unit that decides."""
    year: Year
    subject: Subject


class _OfRating(_OfPool, frozen=True, kw_only=True):
    """A decision about a member of the unit, or without `member` about the unit itself. `group` is the group of similar
    function that it is counted in. `grounds` are entries of the rulebook; what lies behind them is not held."""

    PERSON = "member"
    UNITS = ("unit", "committee")

    rating: UUID
    round: UUID
    unit: UUID
    member: UUID | None = None
    group: EntryName
    level: Level
    rules: Rules
    grounds: Grounds = ()
    evidence: Evidence


class RatingDecided(_OfRating, frozen=True, kw_only=True):
    """The competent body decided the level."""

    TYPE = "evaluation.rating_decided.v1"


class RatingRevised(_OfRating, frozen=True, kw_only=True):
    """The competent body decided the level anew, by the document in the basis."""

    TYPE = "evaluation.rating_revised.v1"

    reason: RevisionReason


class CapExceptionAuthorised(_OfPool, frozen=True, kw_only=True):
    """The document in the basis allows so many per cent of the pool to be excellent."""

    TYPE = "evaluation.cap_exception_authorised.v1"

    percent: Annotated[int, msgspec.Meta(ge=1, le=100)]


class RatingsFinalised(_OfPool, frozen=True, kw_only=True):
    """The ratings of the pool are final: the cap was looked at over all of them."""

    TYPE = "evaluation.ratings_finalised.v1"

    counts: Annotated[tuple[CapCount, ...], msgspec.Meta(max_length=20)]


FACTS = (
    RoundOpened,
    RosterTaken,
    CaseAttested,
    AttestationWithdrawn,
    SelfAssessed,
    CommentGiven,
    BallotCounted,
    LevelProposed,
    LevelAppraised,
    ObjectionRaised,
    ObjectionAnswered,
    RoundClosed,
    RatingDecided,
    RatingRevised,
    CapExceptionAuthorised,
    RatingsFinalised,
)
