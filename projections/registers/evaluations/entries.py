"""What the register of evaluations remembers under each id, and how a fact changes it.

What was said is kept in the order of the log, each with the day from which it holds. Of what is said again the last
word holds from its day on, whatever day an earlier one bears: so it is in the decisions. Nothing of a round holds
before it was opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

import msgspec

from events.calendar import FOREVER
from events.envelope import Recorded
from events.facts.evaluations import (
    AttestationWithdrawn,
    BallotCounted,
    CapCount,
    CapExceptionAuthorised,
    CaseAttested,
    CommentGiven,
    EligibilityOutcome,
    Level,
    LevelAppraised,
    LevelCounts,
    LevelProposed,
    Marked,
    ObjectionAbout,
    ObjectionAnswered,
    ObjectionOutcome,
    ObjectionRaised,
    RatingDecided,
    RatingRevised,
    RatingsFinalised,
    RosterTaken,
    RoundClosed,
    RoundOpened,
    Rules,
    Score,
    SelfAssessed,
    Subject,
)
from projections.states.rulebooks.round_entries import StepKind
from projections.states.timeline import CannotApply, Claim

T = TypeVar("T")


class Round(msgspec.Struct, frozen=True):
    """A unit's round of a year: the days of its rosters, everybody who ever stood on one, and when it was closed."""

    round: UUID
    unit: UUID
    year: int
    rules: Rules
    subject: Subject
    committee: UUID
    members_by: UUID | None
    opened: date
    rosters: tuple[date, ...] = ()
    listed: tuple[UUID, ...] = ()
    closed: tuple[date, ...] = ()

    def committee_for(self, member: UUID | None) -> UUID:
        """The unit that decides about a member of the round, or about the unit."""
        return self.committee if member is None else self.members_by or self.committee


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """How a roster reads of somebody; without `outcome` he is not on it."""

    outcome: EligibilityOutcome | None
    cases: tuple[str, ...] = ()


class Rated(msgspec.Struct, frozen=True, array_like=True):
    """A level decided on that day. `position` is that of the fact."""

    rating: UUID
    committee: UUID
    group: str
    level: Level
    grounds: tuple[str, ...]
    decided_on: date
    revised: bool
    position: int


class Step(msgspec.Struct, frozen=True, array_like=True):
    """A step that was taken: the id of its fact, its day and position, and what it said where it says so."""

    step: UUID
    kind: StepKind
    taken_on: date
    position: int
    level: Level | None
    commenter: str | None = None
    marks: tuple[Marked, ...] = ()
    scores: tuple[Score, ...] = ()
    grounds: tuple[str, ...] = ()
    papers: tuple[int, int, int] | None = None
    """Of a ballot: present, returned, invalid."""
    votes: LevelCounts | None = None


class Attested(msgspec.Struct, frozen=True, array_like=True):
    """That a case of the rulebook applies, by a document; or no longer, where `applies` is not set."""

    case: str
    applies: bool
    document: str | None


class Line(msgspec.Struct, frozen=True):
    """Somebody of a round: a member, or without `member` the unit itself."""

    line: UUID
    round: UUID
    unit: UUID
    year: int
    subject: Subject
    member: UUID | None
    committee: UUID
    taken: tuple[Claim[Taken], ...] = ()
    rated: tuple[Claim[Rated], ...] = ()
    steps: tuple[Claim[Step], ...] = ()
    attested: tuple[Claim[Attested], ...] = ()


class Authorised(msgspec.Struct, frozen=True, array_like=True):
    """The share of excellent, in per cent, that a document allows."""

    percent: int
    document: str | None


class Pool(msgspec.Struct, frozen=True):
    """What was said of all ratings that a committee decides of a year and kind."""

    pool: UUID
    committee: UUID
    year: int
    subject: Subject
    authorised: tuple[Claim[Authorised], ...] = ()
    finalised: tuple[Claim[tuple[CapCount, ...]], ...] = ()


class Objection(msgspec.Struct, frozen=True):
    """An objection, with the day since which it is known in its round, and its answers."""

    objection: UUID
    round: UUID
    unit: UUID
    year: int
    member: UUID | None
    about: ObjectionAbout
    since: date
    raised_at: datetime | None
    text: str | None
    answers: tuple[Claim[ObjectionOutcome], ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """All that is known under one id."""

    round: Round | None = None
    line: Line | None = None
    pool: Pool | None = None
    objection: Objection | None = None


NOTHING = Entry()


def line_id(round: UUID, whom: UUID) -> UUID:
    """Under which id somebody of a round is kept: a member, or the unit itself."""
    return uuid5(round, f"line {whom}")


def entities(body: Any) -> tuple[UUID, ...]:
    """What waits if a fact with this body cannot be applied."""
    match body:
        case RoundOpened() | RosterTaken() | RoundClosed():
            return (body.round,)
        case CapExceptionAuthorised() | RatingsFinalised():
            return (body.pool,)
        case ObjectionRaised() | ObjectionAnswered():
            return (body.objection,)
    return (line_id(body.round, body.member or body.unit),)


def concerned(body: Any, states: Mapping[UUID, Entry]) -> Iterator[UUID]:
    """Ids of what the fact reads or changes, as far as it can be told from what is at hand."""
    yield from entities(body)
    if isinstance(body, CapExceptionAuthorised | RatingsFinalised):
        return
    yield body.round
    if isinstance(body, RosterTaken):
        known = states.get(body.round, NOTHING).round
        listed = known.listed if known else ()
        yield from (line_id(body.round, whom) for whom in {body.unit, *listed, *(line.member for line in body.members)})


def changed(recorded: Recorded[Any], states: Mapping[UUID, Entry]) -> dict[UUID, Entry]:
    """What is known under each id that the fact concerns, afterwards. Raises `CannotApply`."""
    fact, body, replace = recorded.fact, recorded.fact.body, msgspec.structs.replace
    day: date = fact.effective
    if isinstance(body, CapExceptionAuthorised | RatingsFinalised):
        return {body.pool: Entry(pool=_pool(recorded, states))}
    known = states.get(body.round, NOTHING).round
    if isinstance(body, RoundOpened):
        if known is not None:
            raise CannotApply("round_exists")
        who = body.subject, body.committee, body.members_by
        return {body.round: Entry(round=Round(body.round, body.unit, body.year, body.rules, *who, day))}
    if known is None:
        raise CannotApply("round_unknown")
    since = max(day, known.opened)
    match body:
        case RosterTaken():
            return _roster(body, known, since, states)
        case RoundClosed():
            return {body.round: Entry(round=replace(known, closed=(*known.closed, since)))}
        case ObjectionRaised():
            said = body.objection, body.round, body.unit, body.year, body.member, body.about
            return {body.objection: Entry(objection=Objection(*said, since, fact.instant, body.text))}
        case ObjectionAnswered():
            objection = states.get(body.objection, NOTHING).objection
            if objection is None:
                raise CannotApply("objection_unknown")
            answers = (*objection.answers, Claim(max(day, objection.since), body.outcome))
            return {body.objection: Entry(objection=replace(objection, answers=answers))}
    line = _line(known, body.member, states)
    return {line.line: Entry(line=_told(recorded, line, since))}


def _line(known: Round, member: UUID | None, states: Mapping[UUID, Entry]) -> Line:
    key = line_id(known.round, member or known.unit)
    found = states.get(key, NOTHING).line
    if found is not None:
        return found
    subject = known.subject if member is None else Subject.MEMBER
    return Line(key, known.round, known.unit, known.year, subject, member, known.committee_for(member))


def _roster(body: RosterTaken, known: Round, since: date, states: Mapping[UUID, Entry]) -> dict[UUID, Entry]:
    replace = msgspec.structs.replace
    taken: dict[UUID | None, Taken] = {member: Taken(None) for member in known.listed}
    taken |= {line.member: Taken(line.outcome, line.cases) for line in body.members}
    taken[None] = Taken(body.outcome, body.cases)
    listed = tuple(sorted({*known.listed, *(line.member for line in body.members)}))
    found = {known.round: Entry(round=replace(known, rosters=(*known.rosters, since), listed=listed))}
    for member, what in taken.items():
        line = _line(known, member, states)
        found[line.line] = Entry(line=replace(line, taken=(*line.taken, Claim(since, what))))
    return found


def _told(recorded: Recorded[Any], line: Line, since: date) -> Line:
    """The line after something about it alone. Raises `CannotApply`."""
    fact, body, replace = recorded.fact, recorded.fact.body, msgspec.structs.replace
    match body:
        case RatingDecided() | RatingRevised():
            revised = isinstance(body, RatingRevised)
            when = fact.effective, revised, recorded.position
            rated = Rated(body.rating, body.committee, body.group, body.level, body.grounds, *when)
            return replace(line, rated=(*line.rated, Claim(since, rated)))
        case CaseAttested() | AttestationWithdrawn():
            document = fact.basis.number if fact.basis else None
            attested = Attested(body.case, isinstance(body, CaseAttested), document)
            return replace(line, attested=(*line.attested, Claim(since, attested)))
    return replace(line, steps=(*line.steps, Claim(since, _step(recorded))))


def _step(recorded: Recorded[Any]) -> Step:
    fact = recorded.fact
    when = fact.effective, recorded.position
    match fact.body:
        case SelfAssessed() as body:
            return Step(fact.id, StepKind.SELF_ASSESSMENT, *when, body.level, marks=body.marks, scores=body.scores)
        case CommentGiven() as body:
            return Step(fact.id, StepKind.COMMENTS, *when, body.level, commenter=body.commenter.value)
        case BallotCounted() as body:
            kind = StepKind.SECOND_BALLOT if body.second else StepKind.BALLOT
            papers = body.present, body.returned, body.invalid
            return Step(fact.id, kind, *when, None, papers=papers, votes=body.votes)
        case LevelProposed() as body:
            return Step(fact.id, StepKind.PROPOSAL, *when, body.level)
        case LevelAppraised() as body:
            return Step(fact.id, StepKind.APPRAISAL, *when, body.level, scores=body.scores, grounds=body.grounds)
    raise CannotApply("not_about_a_round")


def _pool(recorded: Recorded[Any], states: Mapping[UUID, Entry]) -> Pool:
    fact, body, replace = recorded.fact, recorded.fact.body, msgspec.structs.replace
    known = states.get(body.pool, NOTHING).pool or Pool(body.pool, body.committee, body.year, body.subject)
    if isinstance(body, RatingsFinalised):
        return replace(known, finalised=(*known.finalised, Claim(fact.effective, body.counts)))
    authorised = Authorised(body.percent, fact.basis.number if fact.basis else None)
    return replace(known, authorised=(*known.authorised, Claim(fact.effective, authorised)))


def last_words(said: Sequence[Claim[T]]) -> tuple[Claim[T], ...]:
    """What holds of what was said in that order: each up to the day from which something said later holds."""
    found: list[Claim[T]] = []
    until = FOREVER
    for claim in reversed(said):
        if claim.since < until:
            found.append(Claim(claim.since, claim.value, until))
            until = claim.since
    return tuple(reversed(found))
