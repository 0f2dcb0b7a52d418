"""The tables of the register of evaluations, and the rows that follow from what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar
from uuid import uuid5

from events.calendar import FOREVER
from events.facts.evaluations import EligibilityOutcome, Level, LevelCounts
from projections.bitemporal import Row, Table, merged
from projections.registers.evaluations.entries import (
    Entry,
    Line,
    Objection,
    Pool,
    Rated,
    Round,
    Step,
    Taken,
    last_words,
)
from projections.states.rulebooks.round_entries import StepKind
from projections.states.timeline import Claim, boundaries, spans, value_at
from projections.tally import Tally

T = TypeVar("T")

ROUND = Table(
    "round",
    ("round",),
    {
        "unit": "uuid NOT NULL",
        "year": "int NOT NULL",
        "rulebook": "text NOT NULL",
        "digest": "text NOT NULL",
        "subject": "text NOT NULL",
        "committee": "uuid NOT NULL",
        "members_by": "uuid",
        "opened": "date NOT NULL",
        "roster_day": "date",
        "closed": "date",
    },
)
"""Valid from the day on which it was opened."""
LINE = Table(
    "line",
    ("line",),
    {
        "round": "uuid NOT NULL",
        "unit": "uuid NOT NULL",
        "year": "int NOT NULL",
        "subject": "text NOT NULL",
        "member": "uuid",
        "committee": "uuid NOT NULL",
        "outcome": "text",
        "cases": "text[] NOT NULL",
        "rating": "uuid",
        "cap_group": "text",
        "level": "text",
        "grounds": "text[] NOT NULL",
        "decided_on": "date",
        "revised": "boolean",
        "position": "bigint",
    },
)
"""Somebody who is present, or rated: a member of the round, or without `member` its unit. `committee` decides about
him. `outcome` and `cases` are those of the roster, `position` that of the fact with the rating."""
STEP = Table(
    "step",
    ("step",),
    {
        "round": "uuid NOT NULL",
        "unit": "uuid NOT NULL",
        "year": "int NOT NULL",
        "member": "uuid",
        "kind": "text NOT NULL",
        "taken_on": "date NOT NULL",
        "position": "bigint NOT NULL",
        "level": "text",
        "commenter": "text",
        "criteria": "text[] NOT NULL",
        "marks": "text[] NOT NULL",
        "score_groups": "text[] NOT NULL",
        "tenths": "int[] NOT NULL",
        "grounds": "text[] NOT NULL",
        "present": "int",
        "returned": "int",
        "invalid": "int",
        "votes": "int[] NOT NULL",
    },
)
"""Of each kind the last one taken, but every comment. `votes` are those for the four levels, best first."""
ATTESTED = Table(
    "attested",
    ("attested",),
    {
        "round": "uuid NOT NULL",
        "unit": "uuid NOT NULL",
        "year": "int NOT NULL",
        "member": "uuid",
        "case_name": "text NOT NULL",
        "document": "text",
    },
)
"""Valid from its attestation until it is withdrawn."""
POOL = Table(
    "pool",
    ("pool",),
    {
        "unit": "uuid NOT NULL",
        "year": "int NOT NULL",
        "subject": "text NOT NULL",
        "authorised": "int",
        "document": "text",
        "finalised": "date",
        "cap_groups": "text[] NOT NULL",
        "counts": "int[] NOT NULL",
        "allowed": "int[] NOT NULL",
        "within": "boolean[] NOT NULL",
        "within_other": "boolean[] NOT NULL",
    },
)
"""What was said of a pool beside its ratings; `unit` is the committee. `counts` are four for each group, best first."""
OBJECTION = Table(
    "objection",
    ("objection",),
    {
        "round": "uuid NOT NULL",
        "unit": "uuid NOT NULL",
        "year": "int NOT NULL",
        "member": "uuid",
        "about": "text NOT NULL",
        "raised_at": "timestamptz",
        "text": "text",
        "outcome": "text",
        "answered_on": "date",
    },
)
"""Valid from the day on which it was raised. The text is sealed with the member's key."""

TABLES = (ROUND, LINE, STEP, ATTESTED, POOL, OBJECTION)

COUNTED = ("present", "exempt", "review_only", *(level.value for level in Level))
"""What is counted of lines. `exempt` are those whom the roster exempts or has reviewed only and who have no rating,
`review_only` the latter; who is present, not exempt and not rated is not yet rated."""

_UNRATED = ""
_OUTCOMES = frozenset({EligibilityOutcome.EXEMPT.value, EligibilityOutcome.REVIEW_ONLY.value})
_UNIT, _YEAR, _SUBJECT, _OUTCOME, _GROUP, _LEVEL = (
    LINE.names.index(name) for name in ("unit", "year", "subject", "outcome", "cap_group", "level")
)
_PLACES = {level.value: COUNTED.index(level.value) for level in Level}


def counting() -> Tally:
    """Counts of lines by unit, year, subject and the group in which ratings count ("" without a rating)."""
    key = {"unit": "uuid", "year": "int", "subject": "text", "cap_group": "text"}
    return Tally(LINE, key, COUNTED, "yearly", _counted)


def _counted(row: Row) -> tuple[tuple[Any, ...], list[int]]:
    counts = [1, *[0] * (len(COUNTED) - 1)]
    level, outcome = row[_LEVEL], row[_OUTCOME]
    if level is not None:
        counts[_PLACES[level]] = 1
    elif outcome in _OUTCOMES:
        counts[1], counts[2] = 1, int(outcome == EligibilityOutcome.REVIEW_ONLY.value)
    return (row[_UNIT], row[_YEAR], row[_SUBJECT], row[_GROUP] or _UNRATED), counts


def rows(entry: Entry) -> Iterator[tuple[Table, Row]]:
    """What is believed now."""
    if entry.round is not None:
        yield from _round_rows(entry.round)
    if entry.line is not None:
        yield from _line_rows(entry.line)
    if entry.pool is not None:
        yield from _pool_rows(entry.pool)
    if entry.objection is not None:
        yield from _objection_rows(entry.objection)


def _round_rows(known: Round) -> Iterator[tuple[Table, Row]]:
    r = known
    what = r.unit, r.year, r.rules.rulebook, r.rules.digest, r.subject.value, r.committee, r.members_by, r.opened
    rosters = last_words([Claim(day, day) for day in r.rosters])
    closed = last_words([Claim(day, day) for day in r.closed])
    opened = (Claim(r.opened, r.opened),)
    for since, until, (roster_day, closed_on, _) in _beside(rosters, closed, opened):
        yield ROUND, (r.round, since, until, *what, roster_day, closed_on)


def _line_rows(line: Line) -> Iterator[tuple[Table, Row]]:
    whose = line.round, line.unit, line.year, line.subject.value, line.member, line.committee
    for since, until, (taken, rated) in _beside(last_words(line.taken), last_words(line.rated)):
        if rated is not None or (taken is not None and taken.outcome is not None):
            yield LINE, (line.line, since, until, *whose, *_roster_columns(taken), *_rating_columns(rated))
    yield from _said_rows(line)


def _said_rows(line: Line) -> Iterator[tuple[Table, Row]]:
    whose = line.round, line.unit, line.year, line.member
    for step in _standing(line.steps):
        yield STEP, (step.value.step, step.since, step.until, *whose, *_step_columns(step.value))
    for case in dict.fromkeys(claim.value.case for claim in line.attested):
        said = last_words([claim for claim in line.attested if claim.value.case == case])
        for claim in (claim for claim in said if claim.value.applies):
            key = uuid5(line.line, case)
            yield ATTESTED, (key, claim.since, claim.until, *whose, case, claim.value.document)


def _roster_columns(taken: Taken | None) -> Row:
    if taken is None or taken.outcome is None:
        return None, ()
    return taken.outcome.value, taken.cases


def _rating_columns(rated: Rated | None) -> Row:
    if rated is None:
        return None, None, None, (), None, None, None
    r = rated
    return r.rating, r.group, r.level.value, r.grounds, r.decided_on, r.revised, r.position


def _standing(steps: Sequence[Claim[Step]]) -> Iterator[Claim[Step]]:
    """Of each kind what holds of it, and every comment."""
    for kind in StepKind:
        own = [claim for claim in steps if claim.value.kind is kind]
        yield from own if kind is StepKind.COMMENTS else last_words(own)


def _step_columns(step: Step) -> Row:
    s = step
    return (
        s.kind.value,
        s.taken_on,
        s.position,
        s.level.value if s.level else None,
        s.commenter,
        tuple(mark.criterion for mark in s.marks),
        tuple(mark.mark.value for mark in s.marks),
        tuple(score.group for score in s.scores),
        tuple(score.tenths for score in s.scores),
        s.grounds,
        *(s.papers or (None, None, None)),
        _four(s.votes) if s.votes else (),
    )


def _four(counts: LevelCounts) -> tuple[int, ...]:
    return tuple(getattr(counts, level.value) for level in Level)


def _pool_rows(pool: Pool) -> Iterator[tuple[Table, Row]]:
    whose = pool.committee, pool.year, pool.subject.value
    finals = last_words([Claim(claim.since, (claim.since, claim.value)) for claim in pool.finalised])
    for since, until, (authorised, final) in _beside(last_words(pool.authorised), finals):
        share = (authorised.percent, authorised.document) if authorised else (None, None)
        day, counts = final if final else (None, ())
        lists = (
            tuple(count.group for count in counts),
            tuple(number for count in counts for number in _four(count.ratings)),
            tuple(count.allowed for count in counts),
            tuple(count.within for count in counts),
            tuple(count.within_other for count in counts),
        )
        yield POOL, (pool.pool, since, until, *whose, *share, day, *lists)


def _objection_rows(objection: Objection) -> Iterator[tuple[Table, Row]]:
    o = objection
    what = o.round, o.unit, o.year, o.member, o.about.value, o.raised_at, o.text
    answers = last_words([Claim(claim.since, (claim.value.value, claim.since)) for claim in o.answers])
    for since, until, (answer, _) in _beside(answers, (Claim(o.since, o.objection),)):
        yield OBJECTION, (o.objection, since, until, *what, *(answer or (None, None)))


def _beside(*said: Sequence[Claim[Any]]) -> list[tuple[Any, Any, Row]]:
    """What each of them says, span by span, from the first day of any on; equal neighbours as one."""
    days = {day for claims in said for day in boundaries(claims) if day < FOREVER}
    found = ((span.since, span.until, tuple(value_at(claims, span.since) for claims in said)) for span in spans(days))
    return merged(found)
