"""One round of the yearly classification, and one pool of ratings: what was done so far, and what may follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.evaluations import (
    AttestationWithdrawn,
    BallotCounted,
    CapExceptionAuthorised,
    CaseAttested,
    CommentGiven,
    EligibilityOutcome,
    Level,
    LevelAppraised,
    LevelCounts,
    LevelProposed,
    ObjectionAbout,
    ObjectionAnswered,
    ObjectionOutcome,
    ObjectionRaised,
    RatingDecided,
    RatingRevised,
    RatingsFinalised,
    RosterLine,
    RosterTaken,
    RoundClosed,
    RoundOpened,
    Rules,
    Score,
    SelfAssessed,
    Subject,
)
from projections.states.rulebooks.eligibility import Attested
from projections.states.rulebooks.round_entries import StepKind
from projections.states.timeline import CannotApply


class Assessment(msgspec.Struct, frozen=True):
    """A level that somebody named, with the points it rests on where the rulebook has points, and the grounds that were
    named for a lower one."""

    level: Level
    scores: tuple[Score, ...] = ()
    grounds: tuple[str, ...] = ()

    def tenths(self) -> int:
        """The total, in tenths of a point."""
        return sum(score.tenths for score in self.scores)


class SecondBallot(msgspec.Struct, frozen=True):
    """The ballot on excellent alone: how many of the valid papers were for it."""

    votes: int
    valid: int

    def won(self) -> bool:
        """Whether more than half were for it: our reading, no source names a share."""
        return self.votes * 2 > self.valid


class Progress(msgspec.Struct, frozen=True):
    """What was done about one member, or about the unit itself; `days`: when each step was taken last."""

    self_assessed: Assessment | None = None
    comments: int = 0
    ballot: LevelCounts | None = None
    second_ballot: SecondBallot | None = None
    proposed: Level | None = None
    appraised: Assessment | None = None
    days: Mapping[StepKind, date] = {}

    def done(self) -> frozenset[StepKind]:
        """The steps of the rulebook that were taken."""
        taken = {
            StepKind.SELF_ASSESSMENT: self.self_assessed,
            StepKind.COMMENTS: self.comments or None,
            StepKind.BALLOT: self.ballot,
            StepKind.SECOND_BALLOT: self.second_ballot,
            StepKind.PROPOSAL: self.proposed,
            StepKind.APPRAISAL: self.appraised,
        }
        return frozenset(kind for kind, what in taken.items() if what is not None)


NOTHING_DONE = Progress()


class Roster(msgspec.Struct, frozen=True):
    """Who was present on `day`, and the outcome of the unit itself."""

    day: date
    outcome: EligibilityOutcome
    lines: Mapping[UUID, RosterLine]


class Objection(msgspec.Struct, frozen=True):
    """An objection of a member or unit (`of`) on `day`, and what came of it."""

    of: UUID
    about: ObjectionAbout
    day: date
    outcome: ObjectionOutcome | None = None
    answered: date | None = None


class Round(msgspec.Struct, frozen=True):
    """A unit's classification of a year. Members and the unit itself are looked up by their id (`of`)."""

    round: UUID
    unit: UUID
    year: int
    rules: Rules
    subject: Subject
    committee: UUID
    members_by: UUID | None
    opened: date
    roster: Roster | None = None
    attested: Mapping[UUID, tuple[Attested, ...]] = {}
    progress: Mapping[UUID, Progress] = {}
    objections: Mapping[UUID, Objection] = {}
    closed: date | None = None

    def about(self, of: UUID) -> Progress:
        return self.progress.get(of, NOTHING_DONE)


class Rating(msgspec.Struct, frozen=True):
    """A level as last decided, on `day`, with the grounds named for it; `group` is the one of similar function that it
    counts in. `revised`: it was not the first decision."""

    rating: UUID
    round: UUID
    of: UUID
    group: str
    level: Level
    rules: Rules
    day: date
    grounds: tuple[str, ...] = ()
    revised: bool = False


class Pool(msgspec.Struct, frozen=True):
    """The ratings of one year that `committee` decides of members, of cells or of committees. `authorised`: the share
    of excellent, in per cent, that a document allows."""

    pool: UUID
    committee: UUID
    year: int
    subject: Subject
    ratings: Mapping[UUID, Rating] = {}
    authorised: int | None = None
    finalised: date | None = None


def apply_round(known: Round | None, fact: Fact[Any]) -> Round:
    """The round after the fact. Raises `CannotApply`."""
    body, replace = fact.body, msgspec.structs.replace
    if isinstance(body, RoundOpened):
        if known is not None:
            raise CannotApply("round_exists")
        who = body.subject, body.committee, body.members_by
        return Round(body.round, body.unit, body.year, body.rules, *who, fact.effective)
    if known is None:
        raise CannotApply("round_unknown")
    match body:
        case RosterTaken():
            lines = {line.member: line for line in body.members}
            return replace(known, roster=Roster(fact.effective, body.outcome, lines))
        case CaseAttested():
            given = Attested(body.case, fact.basis.number if fact.basis else "")
            return _attested(known, body.member or body.unit, body.case, given)
        case AttestationWithdrawn():
            return _attested(known, body.member or body.unit, body.case, None)
        case ObjectionRaised():
            objection = Objection(body.member or body.unit, body.about, fact.effective)
            return replace(known, objections={**known.objections, body.objection: objection})
        case ObjectionAnswered():
            answered = known.objections.get(body.objection)
            if answered is None:
                raise CannotApply("objection_unknown")
            answer = replace(answered, outcome=body.outcome, answered=fact.effective)
            return replace(known, objections={**known.objections, body.objection: answer})
        case RoundClosed():
            return replace(known, closed=fact.effective)
    of = body.member or body.unit
    return replace(known, progress={**known.progress, of: apply_step(known.about(of), body, fact.effective)})


def apply_step(before: Progress, body: Any, day: date) -> Progress:
    """What was done about somebody, after one more step on the day. Raises `CannotApply`."""

    def taken(progress: Progress, kind: StepKind, **done: Any) -> Progress:
        return msgspec.structs.replace(progress, days={**progress.days, kind: day}, **done)

    match body:
        case SelfAssessed():
            return taken(before, StepKind.SELF_ASSESSMENT, self_assessed=Assessment(body.level, body.scores))
        case CommentGiven():
            return taken(before, StepKind.COMMENTS, comments=before.comments + 1)
        case BallotCounted(second=False):
            return taken(before, StepKind.BALLOT, ballot=body.votes)
        case BallotCounted():
            second = SecondBallot(body.votes.excellent, body.returned - body.invalid)
            return taken(before, StepKind.SECOND_BALLOT, second_ballot=second)
        case LevelProposed():
            return taken(before, StepKind.PROPOSAL, proposed=body.level)
        case LevelAppraised():
            return taken(before, StepKind.APPRAISAL, appraised=Assessment(body.level, body.scores, body.grounds))
    raise CannotApply("not_about_a_round")


def _attested(known: Round, of: UUID, case: str, given: Attested | None) -> Round:
    """The cases attested of somebody: of each the last word."""
    others = tuple(each for each in known.attested.get(of, ()) if each.case != case)
    attested = others if given is None else (*others, given)
    return msgspec.structs.replace(known, attested={**known.attested, of: attested})


def apply_pool(known: Pool | None, fact: Fact[Any]) -> Pool:
    """The pool after the fact. Raises `CannotApply`."""
    body, replace = fact.body, msgspec.structs.replace
    before = known or Pool(body.pool, body.committee, body.year, body.subject)
    match body:
        case RatingDecided() | RatingRevised():
            of = body.member or body.unit
            who = body.rating, body.round, of, body.group
            revised = isinstance(body, RatingRevised)
            rating = Rating(*who, body.level, body.rules, fact.effective, body.grounds, revised)
            return replace(before, ratings={**before.ratings, of: rating})
        case CapExceptionAuthorised():
            return replace(before, authorised=body.percent)
        case RatingsFinalised():
            return replace(before, finalised=fact.effective)
    raise CannotApply("not_about_ratings")
