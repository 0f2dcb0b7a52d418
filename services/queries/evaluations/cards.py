"""Somebody of a round as he is shown: how the roster reads of him, what was done, and how he was rated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from events.facts.evaluations import (
    Commenter,
    EligibilityOutcome,
    Level,
    LevelCounts,
    Mark,
    ObjectionAbout,
    ObjectionOutcome,
)
from projections.registers import evaluations
from projections.registers.evaluations import AttestedView, LineView, ObjectionView, StepView
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.round_entries import StepKind
from services.queries.evaluations.rules import RuleLine, ground_lines, rule_lines
from services.queries.naming import Named, Names, look_up, unsealed
from services.queries.session import Session

Told = TypeVar("Told", AttestedView, StepView, ObjectionView)


class Ballots(msgspec.Struct, frozen=True):
    """A secret ballot: papers returned by those present, and the valid votes."""

    present: int
    returned: int
    invalid: int
    votes: LevelCounts


class ScoreLine(msgspec.Struct, frozen=True):
    """The points of a group of criteria, in tenths."""

    group: str
    tenths: int


class MarkLine(msgspec.Struct, frozen=True):
    """The mark of a criterion."""

    criterion: str
    mark: Mark


class StepCard(msgspec.Struct, frozen=True):
    """A step that was taken, by the fact at that position. `total_tenths` are all its points; None without points."""

    kind: StepKind
    taken_on: date
    position: int
    level: Level | None
    commenter: Commenter | None
    marks: list[MarkLine]
    scores: list[ScoreLine]
    total_tenths: int | None
    grounds: list[RuleLine]
    ballots: Ballots | None


class AttestedCard(msgspec.Struct, frozen=True):
    """A case of the rulebook that somebody in charge says to apply, by the document."""

    case: RuleLine
    document: str | None
    since: date


class ObjectionCard(msgspec.Struct, frozen=True):
    """An objection, and what came of it. The text is null for who reads no sealed data."""

    objection: UUID
    about: ObjectionAbout
    raised_at: datetime | None
    text: str | None
    outcome: ObjectionOutcome | None
    answered_on: date | None


class RatingCard(msgspec.Struct, frozen=True):
    """A level as last decided, by the fact at that position. `group` is the one in which it counts for the cap."""

    rating: UUID
    level: Level
    grounds: list[RuleLine]
    decided_by: Named
    decided_on: date
    revised: bool
    group: str
    position: int


class LineCard(msgspec.Struct, frozen=True):
    """A member of a round, or without `member` its unit. Without `outcome` he is on no roster."""

    member: Named | None
    outcome: EligibilityOutcome | None
    cases: list[RuleLine]
    attested: list[AttestedCard]
    steps: list[StepCard]
    rating: RatingCard | None
    objections: list[ObjectionCard]


async def line_cards(
    session: Session,
    lines: Sequence[LineView],
    rulebooks: dict[UUID, Rulebook | None],
    members: Sequence[UUID] | None = None,
) -> list[LineCard]:
    """The lines with all that was done; `rulebooks` are those of the rounds. Of these members, where they are given."""
    asked = list(rulebooks), session.as_of, session.known_at
    steps = await evaluations.steps(session.connection, *asked, members)
    attested = await evaluations.attested(session.connection, *asked, members)
    objections = await evaluations.objections(session.connection, *asked, members)
    units = {line.committee for line in lines}
    names = await look_up(session, units=units, persons={line.member for line in lines if line.member})
    sealed = [(o.member or o.unit, "text", o.text) for o in objections]
    told = dict(zip((o.objection for o in objections), await unsealed(session, sealed), strict=True))
    return [
        LineCard(
            member=names.person(line.member) if line.member else None,
            outcome=EligibilityOutcome(line.outcome) if line.outcome else None,
            cases=_cases(rulebooks[line.round], line.cases),
            attested=[_attested(rulebooks[line.round], one) for one in _own(line, attested)],
            steps=[_step(rulebooks[line.round], step) for step in _own(line, steps)],
            rating=_rating(rulebooks[line.round], line, names, session.as_of),
            objections=[_objection(one, told[one.objection]) for one in _own(line, objections)],
        )
        for line in lines
    ]


def _own(line: LineView, found: Iterable[Told]) -> Iterable[Told]:
    return (each for each in found if (each.round, each.member) == (line.round, line.member))


def _cases(rulebook: Rulebook | None, names: Sequence[str]) -> list[RuleLine]:
    return rule_lines(rulebook.eligibility if rulebook else (), names)


def _attested(rulebook: Rulebook | None, one: AttestedView) -> AttestedCard:
    (case,) = _cases(rulebook, [one.case_name])
    return AttestedCard(case, one.document, one.since)


def _step(rulebook: Rulebook | None, step: StepView) -> StepCard:
    ballots = None
    if step.present is not None and step.returned is not None and step.invalid is not None:
        ballots = Ballots(step.present, step.returned, step.invalid, LevelCounts(*step.votes))
    return StepCard(
        kind=StepKind(step.kind),
        taken_on=step.taken_on,
        position=step.position,
        level=Level(step.level) if step.level else None,
        commenter=Commenter(step.commenter) if step.commenter else None,
        marks=[MarkLine(name, Mark(mark)) for name, mark in zip(step.criteria, step.marks, strict=True)],
        scores=[ScoreLine(group, tenths) for group, tenths in zip(step.score_groups, step.tenths, strict=True)],
        total_tenths=sum(step.tenths) if step.tenths else None,
        grounds=ground_lines(rulebook, step.grounds),
        ballots=ballots,
    )


def _rating(rulebook: Rulebook | None, line: LineView, names: Names, day: date) -> RatingCard | None:
    if line.rating is None or line.position is None or line.decided_on is None:
        return None
    return RatingCard(
        rating=line.rating,
        level=Level(line.level),
        grounds=ground_lines(rulebook, line.grounds),
        decided_by=names.unit(line.committee, day),
        decided_on=line.decided_on,
        revised=bool(line.revised),
        group=line.cap_group or "",
        position=line.position,
    )


def _objection(one: ObjectionView, text: str | None) -> ObjectionCard:
    outcome = ObjectionOutcome(one.outcome) if one.outcome else None
    return ObjectionCard(one.objection, ObjectionAbout(one.about), one.raised_at, text, outcome, one.answered_on)
