"""The lists behind the statistics: lines of rounds, units without a round, streaks; and a member's own years."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from events.facts.evaluations import EligibilityOutcome, Level, Subject
from projections.registers import evaluations
from projections.registers.evaluations import LineView
from projections.states.rulebooks.round_entries import Streak
from services.queries import members
from services.queries.evaluations.cards import LineCard, line_cards
from services.queries.evaluations.rules import RuleLine, known_rulebook, rule_line
from services.queries.naming import Named, look_up
from services.queries.session import Session
from services.queries.units import must_be_known

Column = Literal[
    "present", "exempt", "review_only", "not_yet", "rated", "excellent", "good", "completed", "not_completed"
]
Whom = Literal["member", "cell", "committee"]


class ListedLine(msgspec.Struct, frozen=True):
    """A member in a unit's round, or without `member` the unit itself. `level` is what was decided on `decided_on`."""

    member: Named | None
    unit: Named
    outcome: EligibilityOutcome | None
    cases: list[str]
    rating: UUID | None
    level: Level | None
    grounds: list[str]
    decided_on: date | None
    revised: bool
    position: int | None


class Ratings(msgspec.Struct, frozen=True):
    """A page of what a number of the statistics counts. `next` is where the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    year: int
    column: Column
    subject: Whom
    lines: list[ListedLine]
    next: UUID | None


class UnopenedLine(msgspec.Struct, frozen=True):
    """A unit without a round, as what it would be classified, and how many members of it are on no roster."""

    unit: Named
    subject: Subject
    cell_kind: str | None
    members: int


class UnopenedUnits(msgspec.Struct, frozen=True):
    """A page of units that have opened no round of the year. `next` is the unit after which the next page begins."""

    unit: UUID
    as_of: date
    known_at: int
    year: int
    units: list[UnopenedLine]
    next: UUID | None


class StreakOf(msgspec.Struct, frozen=True):
    """A member, who was last rated in `unit`; or without `member` the unit itself."""

    member: Named | None
    unit: Named


class StreakLine(msgspec.Struct, frozen=True):
    """A rule about so many years in a row at a level, and whom it concerns. People decide what follows."""

    rule: RuleLine
    subject: Subject
    level: Level
    years: int
    of: list[StreakOf]


class Streaks(msgspec.Struct, frozen=True):
    """The streaks that end with the year (None: nobody was ever rated), by the rulebooks of its rounds."""

    unit: UUID
    as_of: date
    known_at: int
    year: int | None
    streaks: list[StreakLine]


class MemberYear(msgspec.Struct, frozen=True):
    """A member's year in a unit's round; `unit_level` is the level of the unit itself."""

    year: int
    unit: Named
    rulebook: str | None
    line: LineCard
    unit_level: Level | None


class MemberRatings(msgspec.Struct, frozen=True):
    """A member's classifications, latest year first."""

    person: UUID
    as_of: date
    known_at: int
    years: list[MemberYear]


async def listed(
    session: Session, unit: UUID, year: int, column: Column, subject: Whom, after: UUID | None, limit: int
) -> Ratings:
    """What the column counts. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    page = await evaluations.listed(session.connection, unit, year, day, known_at, subject, column, after, limit)
    names = await look_up(
        session, units={line.unit for line in page}, persons={line.member for line in page if line.member}
    )
    lines = [
        ListedLine(
            member=names.person(line.member) if line.member else None,
            unit=names.unit(line.unit, day),
            outcome=EligibilityOutcome(line.outcome) if line.outcome else None,
            cases=line.cases,
            rating=line.rating,
            level=_level(line),
            grounds=line.grounds,
            decided_on=line.decided_on,
            revised=bool(line.revised),
            position=line.position,
        )
        for line in page
    ]
    following = page[-1].line if len(page) >= limit else None
    return Ratings(unit, day, known_at, year, column, subject, lines, following)


async def unopened(session: Session, unit: UUID, year: int, after: UUID | None, limit: int) -> UnopenedUnits:
    """The units without a round. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    day, known_at = session.as_of, session.known_at
    page = await evaluations.unopened(session.connection, unit, year, day, known_at, after, limit)
    names = await look_up(session, units={one.unit for one in page})
    lines = [UnopenedLine(names.unit(one.unit, day), Subject(one.subject), one.cell_kind, one.members) for one in page]
    return UnopenedUnits(unit, day, known_at, year, lines, page[-1].unit if len(page) >= limit else None)


async def streaks(session: Session, unit: UUID, year: int | None) -> Streaks:
    """The streaks that end with the year; with the last one of which anybody is rated, if none is given. Raises
    `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    connection, day, known_at = session.connection, session.as_of, session.known_at
    last = year or await evaluations.last_year(connection, unit, day, known_at)
    if last is None:
        return Streaks(unit, day, known_at, None, [])
    found = []
    for digest in await evaluations.digests(connection, unit, last, day, known_at):
        rulebook = known_rulebook(digest)
        rules = [rule for rule in (rulebook.streaks if rulebook else ()) if rule.years > 1]
        found += [
            await _streak(session, unit, last, rule, subject, digest) for rule in rules for subject in rule.subjects
        ]
    return Streaks(unit, day, known_at, last, found)


async def _streak(session: Session, unit: UUID, last: int, rule: Streak, subject: Subject, digest: str) -> StreakLine:
    day, known_at = session.as_of, session.known_at
    views = await evaluations.streaks(
        session.connection, unit, last, rule.years, rule.level.value, subject.value, digest, day, known_at
    )
    names = await look_up(
        session, units={view.unit for view in views}, persons={view.member for view in views if view.member}
    )
    of = [StreakOf(names.person(v.member) if v.member else None, names.unit(v.unit, day)) for v in views]
    return StreakLine(rule_line(rule), subject, rule.level, rule.years, of)


async def of_member(session: Session, person: UUID) -> MemberRatings:
    """The member's years. Raises `CannotAnswer` (not_found)."""
    await members.must_be_known(session, person)
    connection, day, known_at = session.connection, session.as_of, session.known_at
    lines = await evaluations.of_member(connection, person, day, known_at)
    rounds = {
        view.round: view
        for line in lines
        for view in (await evaluations.rounds(connection, [line.unit], line.year, day, known_at)).values()
    }
    rulebooks = {key: known_rulebook(view.digest) for key, view in rounds.items()}
    rulebooks |= {line.round: None for line in lines if line.round not in rounds}
    cards = await line_cards(session, lines, rulebooks, [person])
    beside = await evaluations.lines(connection, [line.round for line in lines], day, known_at)
    levels = {line.round: _level(line) for line in beside if line.member is None}
    names = await look_up(session, units={line.unit for line in lines})
    years = [
        MemberYear(
            year=line.year,
            unit=names.unit(line.unit, day),
            rulebook=rounds[line.round].rulebook if line.round in rounds else None,
            line=card,
            unit_level=levels.get(line.round),
        )
        for line, card in zip(lines, cards, strict=True)
    ]
    return MemberRatings(person, day, known_at, years)


def _level(line: LineView) -> Level | None:
    return Level(line.level) if line.level else None
