"""Classifications counted the slow and obvious way: fold every fact that was known and holds on the day, and count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from events.envelope import Fact, Recorded
from events.facts import evaluations, members, organisation
from events.facts.evaluations import (
    EligibilityOutcome,
    Level,
    ObjectionRaised,
    RosterLine,
    RoundOpened,
    Subject,
    pool_id,
)
from events.facts.organisation import UnitKind
from projections.registers.evaluations import EvaluationCounts, EvaluationFigures, WithoutRound
from projections.states.evaluations import Pool, Rating, Round, apply_pool, apply_round
from projections.states.members import Member, apply_member
from projections.states.organisation import Organisation, Unit

EXEMPT = {EligibilityOutcome.EXEMPT, EligibilityOutcome.REVIEW_ONLY}
Line = tuple[Round, UUID, RosterLine | None, Rating | None]
"""Somebody of a round, how the roster reads of him, and his rating."""


class EvaluationsModel:
    """What is known after the facts taken in, as it stood on the day."""

    def __init__(self, facts: Sequence[Recorded[Any]], day: date) -> None:
        self.day = day
        self.organisation = Organisation()
        self.members: dict[UUID, Member] = {}
        self.rounds: dict[UUID, Round] = {}
        self.pools: dict[UUID, Pool] = {}
        begun: dict[UUID, date] = {}
        for fact in (recorded.fact for recorded in facts):
            since = self._since(fact, begun)
            self._take(fact, since)

    def _since(self, fact: Fact[Any], begun: dict[UUID, date]) -> date:
        """From when it holds: nothing of a round before that was opened, no answer before its objection."""
        about = [getattr(fact.body, name, None) for name in ("round", "objection")]
        since = max(fact.effective, *(begun[key] for key in about if key in begun), date.min)
        if isinstance(fact.body, RoundOpened):
            begun[fact.body.round] = since
        if isinstance(fact.body, ObjectionRaised):
            begun[fact.body.objection] = since
        return since

    def _take(self, fact: Fact[Any], since: date) -> None:
        body = fact.body
        if type(body) in organisation.FACTS:
            self.organisation = self.organisation.after(fact)
        elif type(body) in members.FACTS:
            self.members[body.person] = apply_member(self.members.get(body.person), fact)
        elif type(body) not in evaluations.FACTS or since > self.day:
            return
        elif body.BOUNDARY[0] == "ratings":
            self.pools[body.pool] = apply_pool(self.pools.get(body.pool), fact)
        else:
            self.rounds[body.round] = apply_round(self.rounds.get(body.round), fact)

    def round_of(self, unit: UUID, year: int) -> Round | None:
        return next((r for r in self.rounds.values() if (r.unit, r.year) == (unit, year)), None)

    def rating(self, known: Round, of: UUID) -> Rating | None:
        subject = known.subject if of == known.unit else Subject.MEMBER
        committee = known.committee if of == known.unit else known.members_by or known.committee
        pool = self.pools.get(pool_id(committee, known.year, subject))
        return (
            None
            if pool is None
            else next((r for r in pool.ratings.values() if (r.round, r.of) == (known.round, of)), None)
        )

    def lines(self, year: int | None = None) -> Iterator[Line]:
        """Everybody who is on the roster of a round, or rated in it; the unit itself too."""
        for known in self.rounds.values():
            if year is not None and known.year != year:
                continue
            roster = known.roster.lines if known.roster else {}
            rated = {r.of for pool in self.pools.values() for r in pool.ratings.values() if r.round == known.round}
            own = RosterLine(known.unit, known.roster.outcome) if known.roster else None
            if own is not None or known.unit in rated:
                yield known, known.unit, own, self.rating(known, known.unit)
            for of in {*roster, *rated} - {known.unit}:
                yield known, of, roster.get(of), self.rating(known, of)

    def unopened(self, year: int) -> Iterator[tuple[Unit, Subject, int]]:
        """Units that could have a round of the year and have none, and how many members wait in them."""
        last = date(year, 12, 31)
        on_rosters = {of for _, of, _, _ in self.lines(year)}
        for unit in self.organisation.units.values():
            if unit.kind not in (UnitKind.CELL, UnitKind.COMMUNE) or not unit.exists(self.day) or unit.founded > last:
                continue
            if self.round_of(unit.unit, year) is not None:
                continue
            above = [self.organisation.units[u] for u in self.organisation.chain(unit.unit, self.day) if u != unit.unit]
            of_commune = any(u.kind is UnitKind.COMMUNE and u.exists(self.day) for u in above)
            subject = Subject.CELL if unit.kind is UnitKind.CELL and of_commune else Subject.COMMITTEE
            yield (
                unit,
                subject,
                sum(self._waits(m, unit, last) for m in self.members.values() if m.person not in on_rosters),
            )

    def _waits(self, member: Member, unit: Unit, last: date) -> bool:
        cell = member.unit(self.day)
        there = cell is not None and self.organisation.covers(unit.unit, cell, self.day)
        new = member.admitted is not None and member.admitted > last
        return unit.kind is UnitKind.CELL and there and not new

    def figures(self, unit: UUID, year: int) -> EvaluationFigures:
        """The figures at or below the unit."""
        covers = self.organisation.covers
        found = EvaluationFigures()
        for known, of, line, rating in self.lines(year):
            if covers(unit, known.unit, self.day):
                subject = known.subject if of == known.unit else Subject.MEMBER
                found += _figures(subject, _counts(line, rating))
        for each, subject, waiting in self.unopened(year):
            if covers(unit, each.unit, self.day):
                found += _figures(subject, EvaluationCounts(present=1, not_yet=1))
                members_ = EvaluationCounts(present=waiting, not_yet=waiting)
                name = "cells" if subject is Subject.CELL else "committees"
                found += EvaluationFigures(members=members_, without_round=WithoutRound(members=waiting, **{name: 1}))
        return found

    def of_kind(self, unit: UUID, year: int, cell_kind: str | None) -> int:
        """How many members of cells of the kind are present at or below the unit."""
        found = 0
        for known, of, _, _ in self.lines(year):
            found += of != known.unit and self._is_of(known.unit, unit, cell_kind)
        return found + sum(
            waiting for each, _, waiting in self.unopened(year) if self._is_of(each.unit, unit, cell_kind)
        )

    def _is_of(self, cell: UUID, unit: UUID, cell_kind: str | None) -> bool:
        kind = self.organisation.units[cell].cell_kind
        return self.organisation.covers(unit, cell, self.day) and (kind and kind.value) == cell_kind

    def ratings_by_group(self, committee: UUID, year: int) -> dict[tuple[str, str], dict[str, int]]:
        """Subject and group → level → how many ratings of the committee's pools."""
        found: dict[tuple[str, str], dict[str, int]] = {}
        for pool in self.pools.values():
            for rating in pool.ratings.values() if (pool.committee, pool.year) == (committee, year) else ():
                counts = found.setdefault(
                    (pool.subject.value, rating.group), dict.fromkeys((e.value for e in Level), 0)
                )
                counts[rating.level.value] += 1
        return found

    def streak(self, unit: UUID, last: int, years: int, level: Level, subject: Subject) -> set[UUID]:
        """Who has the level in each of these years, the last of them at or below the unit."""
        rated = {
            (of, known.year, known.unit)
            for known, of, _, rating in self.lines()
            if rating is not None
            and rating.level is level
            and (known.subject if of == known.unit else Subject.MEMBER) is subject
        }
        every = {(of, year) for of, year, _ in rated}
        return {
            of
            for of, year, where in rated
            if year == last
            and self.organisation.covers(unit, where, self.day)
            and all((of, last - ago) in every for ago in range(years))
        }


def _counts(line: RosterLine | None, rating: Rating | None) -> EvaluationCounts:
    if rating is not None:
        return EvaluationCounts(present=1, rated=1, **{rating.level.value: 1})
    if line is not None and line.outcome in EXEMPT:
        return EvaluationCounts(present=1, exempt=1, review_only=int(line.outcome is EligibilityOutcome.REVIEW_ONLY))
    return EvaluationCounts(present=1, not_yet=1)


def _figures(subject: Subject, counts: EvaluationCounts) -> EvaluationFigures:
    match subject:
        case Subject.MEMBER:
            return EvaluationFigures(members=counts)
        case Subject.CELL:
            return EvaluationFigures(cells=counts)
    return EvaluationFigures(committees=counts)
