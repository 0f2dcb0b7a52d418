"""Classifications at the scale of a province, as rows of an archive: every member, cell and committee rated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random
from typing import Any
from uuid import UUID

from events.calendar import VIETNAM
from events.catalogue import boundary, stored
from events.envelope import Fact
from events.facts.evaluations import (
    BallotCounted,
    EligibilityOutcome,
    Evidence,
    Level,
    LevelCounts,
    LevelProposed,
    RatingDecided,
    RosterLine,
    RosterTaken,
    RoundOpened,
    Rules,
    SelfAssessed,
    Subject,
    pool_id,
    rating_id,
    round_id,
)
from events.facts.values import Actor, Body, Source
from projections.archive.follower import leaf_hash
from projections.states.rulebooks.library import rulebook_for
from services.demo.identifiers import uuid7_from_bits
from services.demo.kon_tum import generate
from services.demo.kon_tum.shape import communes, district_id, person_id
from tests.benchmarks.history import Row

LAST_YEAR = 2022
OPENED, DECIDED = (12, 1), (12, 20)
LEVELS = list(Level)
SHARES = (15, 70, 13, 2)
EXEMPT_OF_HUNDRED = 4


def rows(years: int, scale: float, position: int) -> Iterator[Row]:
    """So many years up to and with 2022, after the position: round by round, each member in five facts but the exempt,
    each unit in three."""
    province, chance = generate(scale), Random(years)
    districts = {commune.id: district_id(commune.district) for commune in communes(province.figures)}
    above = {commune.number: commune.id for commune in communes(province.figures)}
    writer = _Writer(position)
    for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        rulebook = rulebook_for(year)
        rules = Rules(rulebook.citation, rulebook.digest)
        for cell in province.cells:
            members = [person_id(number) for number in range(cell.first_member, cell.first_member + cell.members)]
            told = _Round(cell.id, year, Subject.CELL, above[cell.commune], rules, chance)
            yield from writer.rows(told.facts(members), cell.id, year)
        for commune, district in districts.items():
            told = _Round(commune, year, Subject.COMMITTEE, district, rules, chance)
            yield from writer.rows(told.facts([]), commune, year)


class _Round:
    """One unit's round of a year."""

    def __init__(self, unit: UUID, year: int, subject: Subject, committee: UUID, rules: Rules, chance: Random) -> None:
        self._of: dict[str, Any] = {"round": round_id(unit, year), "unit": unit, "year": year}
        self._subject, self._committee, self._rules, self._chance = subject, committee, rules, chance

    def facts(self, members: list[UUID]) -> Iterator[Body]:
        """From its opening to the rating of the unit."""
        committee = self._committee
        members_by = committee if self._subject is Subject.CELL else None
        yield RoundOpened(
            **self._of, rules=self._rules, subject=self._subject, committee=committee, members_by=members_by
        )
        exempt = {member for member in members if self._chance.randrange(100) < EXEMPT_OF_HUNDRED}
        lines = tuple(
            RosterLine(member, EligibilityOutcome.EXEMPT, ("exempt",))
            if member in exempt
            else RosterLine(member, EligibilityOutcome.CLASSIFY)
            for member in members
        )
        yield RosterTaken(**self._of, outcome=EligibilityOutcome.CLASSIFY, members=lines)
        for member in members:
            if member not in exempt:
                yield from self._member(member, len(members))
        yield self._rating(None, Level.GOOD)

    def _member(self, member: UUID, present: int) -> Iterator[Body]:
        (level,) = self._chance.choices(LEVELS, SHARES)
        of = self._of | {"member": member}
        votes = LevelCounts(**{level.value: present})
        yield SelfAssessed(**of, level=level)
        yield BallotCounted(**of, second=False, present=present, returned=present, invalid=0, votes=votes)
        yield LevelProposed(**of, level=level)
        yield self._rating(member, level)

    def _rating(self, member: UUID | None, level: Level) -> Body:
        subject = self._subject if member is None else Subject.MEMBER
        pool = pool_id(self._committee, self._of["year"], subject)
        grounds = ("disciplined_in_year",) if level is Level.NOT_COMPLETED else ()
        return RatingDecided(
            **self._of,
            pool=pool,
            committee=self._committee,
            subject=subject,
            rating=rating_id(pool, member or self._of["unit"]),
            member=member,
            group="all",
            level=level,
            rules=self._rules,
            grounds=grounds,
            evidence=Evidence(1, "0" * 64, "bench", "0" * 64),
        )


class _Writer:
    """Gives facts their place in the log."""

    def __init__(self, position: int) -> None:
        self._position = position

    def rows(self, facts: Iterator[Body], unit: UUID, year: int) -> Iterator[Row]:
        for body in facts:
            self._position += 1
            day = DECIDED if isinstance(body, RatingDecided) else OPENED
            yield _row(body, unit, date(year, *day), self._position)


def _row(body: Body, unit: UUID, day: date, position: int) -> Row:
    milliseconds = int(datetime.combine(date(LAST_YEAR, 12, 31), time(8), VIETNAM).timestamp() * 1000) + position
    fact: Fact[Any] = Fact(
        type=body.TYPE,
        id=uuid7_from_bits(milliseconds, position),
        unit=unit,
        effective=day,
        actor=Actor(role="commune_office", unit=unit, office="secretary"),
        client="bench",
        source=Source.IMPORT,
        digest="AAAAAAAAAAAAAAAAAAAAAA",
        body=body,
    )
    data = stored(fact)
    return position, milliseconds * 1_000_000, boundary(body), body.TYPE, fact.id, b"", data, leaf_hash(data)
