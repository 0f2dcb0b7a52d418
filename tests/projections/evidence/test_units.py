"""The evidence for a unit's own level: against a slow count, and read from the archive."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Fact
from events.facts.evaluations import (
    Evidence,
    Level,
    LevelProposed,
    RatingDecided,
    RatingRevised,
    RevisionReason,
    RoundClosed,
    RoundOpened,
    Rules,
    Subject,
    pool_id,
    rating_id,
    round_id,
)
from projections.evidence import reading
from projections.evidence.units import build
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.evidence.stories import recorded, told
from tests.projections.evidence.test_reading import NEEDED, _empty, deciding

COMMUNE, PROVINCE = UUID(int=(1 << 64) + 1), UUID(int=(1 << 64) + 2)
CELLS = [UUID(int=(2 << 64) + number) for number in range(3)]
PEOPLE = [UUID(int=(3 << 64) + number) for number in range(4)]
YEARS = [2018, 2019]
RULES = Rules("r", "0" * 64)
NOTHING = Evidence(0, "0" * 64, "dossier.v1", "0" * 64)


def story(seed: int, length: int) -> list[Fact[Any]]:
    """Rounds of the cells and of the commune, and ratings of members, cells and the commune, revised now and then."""
    random = Random(seed)
    found: list[Fact[Any]] = []
    for _ in range(length):
        year, unit = random.choice(YEARS), random.choice([*CELLS, COMMUNE])
        of_round = {"round": round_id(unit, year), "unit": unit, "year": year}
        member = random.choice([None, *PEOPLE]) if unit in CELLS else None
        committee = PROVINCE if unit == COMMUNE else COMMUNE
        subject = Subject.MEMBER if member else Subject.CELL if unit in CELLS else Subject.COMMITTEE
        pool = pool_id(committee, year, subject)
        rated = {
            "pool": pool,
            "committee": committee,
            "subject": subject,
            "rating": rating_id(pool, member or unit),
            "member": member,
            "group": "all",
            "level": random.choice(list(Level)),
            "rules": RULES,
            "evidence": NOTHING,
        }
        bodies = [
            RoundOpened(**of_round, rules=RULES, subject=subject, committee=committee),
            LevelProposed(**of_round, member=member, level=Level.GOOD),
            RoundClosed(**of_round),
            RatingDecided(**of_round, **rated),
            RatingDecided(**of_round, **rated),
            RatingRevised(**of_round, **rated, reason=RevisionReason.VERIFIED_AGAIN),
        ]
        found.append(fact(random.choice(bodies), date(year, 12, 20), unit))
    return found


def counted(unit: UUID, year: int, facts: list[Fact[Any]]) -> dict[tuple[str, str], int]:
    """(subject, level) → how many of those below have it last."""
    last: dict[UUID, Any] = {}
    for body in (each.body for each in facts):
        if isinstance(body, RatingDecided | RatingRevised) and body.year == year:
            own = body.unit == unit and body.member is None
            if not own and unit in (body.unit, body.committee):
                last[body.rating] = body
    return Counter((body.subject.value, body.level.value) for body in last.values())


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 60), year=st.sampled_from(YEARS))
def test_the_levels_of_those_below_are_counted_as_they_stand(seed: int, length: int, year: int) -> None:
    facts = story(seed, length)
    every = told(recorded(facts))
    for unit in (*CELLS, COMMUNE, PROVINCE):
        built = build(unit, year, every)
        expected = counted(unit, year, facts)
        for subject, part in ((Subject.MEMBER, built.dossier.members), (Subject.CELL, built.dossier.cells)):
            for level in Level:
                assert getattr(part, level.value).value == expected[subject.value, level.value]
            assert part.rated.value == sum(expected[subject.value, level.value] for level in Level)
        of_round = [e for e in facts if e.body.round == round_id(unit, year) and not isinstance(e.body, RoundClosed)]
        steps = [e for e in of_round if not isinstance(e.body, RatingDecided | RatingRevised)]
        assert built.dossier.steps.value == len(steps)
        shuffled = list(every)
        Random(seed).shuffle(shuffled)
        assert build(unit, year, shuffled).evidence(3) == built.evidence(3)
        only = {each.position for each in built.counted}
        assert build(unit, year, [t for t in every if t.position in only]).evidence(3) == built.evidence(3)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), share=st.floats(0, 1))
async def test_what_is_read_of_units_is_what_the_builder_makes_of_every_fact(
    archive: ArchiveOf, seed: int, share: float
) -> None:
    await _empty(archive)
    await archive.record(*story(seed, 60))
    await archive.project(NEEDED)
    position = round(archive.head * share)
    asked = [(unit, year) for unit in (*CELLS, COMMUNE, uuid4()) for year in YEARS]
    async with deciding(archive) as connection:
        found = await reading.of_units(connection, asked, position)
    for (unit, year), evidence in found.items():
        assert evidence == build(unit, year, told(archive.facts[:position])).evidence(position)
