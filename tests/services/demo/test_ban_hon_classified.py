"""The figures of both classifications of Bản Hon: as published, as reckoned by hand, and adding up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

import pytest

from events.facts.evaluations import (
    EligibilityOutcome,
    Level,
    LevelCounts,
    Subject,
)
from projections.evidence.digests import Told
from projections.evidence.dossiers import build
from projections.evidence.figures import figures
from projections.states.rulebooks.library import by_digest
from projections.states.rulebooks.readings import cap
from services.demo.ban_hon.evaluations.figures import IN_2018, IN_2025, OPENED, Capped, Classified, Counted
from services.demo.ban_hon.places import CELLS, COMMUNE
from tests.in_memory import InMemory
from tests.services.demo.rounds_told import counts, levels_of, pool_of, round_of
from tests.services.demo.test_ban_hon import published

YEARS = (IN_2018, IN_2025)


def counted(rounds: Iterable[tuple[dict[UUID, EligibilityOutcome], dict[UUID, Level]]]) -> Counted:
    outcomes, levels = dict[UUID, EligibilityOutcome](), dict[UUID, Level]()
    for there, rated in rounds:
        outcomes |= there
        levels |= rated
    of = Counter(outcomes[each] for each in outcomes if each not in levels)
    review_only = of[EligibilityOutcome.REVIEW_ONLY]
    exempt = of[EligibilityOutcome.EXEMPT] + review_only
    return Counted(
        len(outcomes), exempt, review_only, len(outcomes) - exempt - len(levels), len(levels), counts(levels.values())
    )


def classified(model: InMemory, expected: Classified) -> Classified:
    """The figures as they follow from rosters and ratings."""
    commune, year = expected.commune, expected.year
    of_members, of_cells = [], []
    for cell in CELLS:
        roster = round_of(model, cell.id, year).roster
        assert roster is not None
        of_members.append(
            ({member: line.outcome for member, line in roster.lines.items()}, levels_of(model, cell.id, year))
        )
        rating = pool_of(model, commune, Subject.CELL, year).ratings[cell.id]
        of_cells.append(({cell.id: roster.outcome}, {cell.id: rating.level}))
    own = round_of(model, commune, year)
    assert own.roster is not None
    rating = pool_of(model, own.committee, Subject.COMMITTEE, year).ratings[commune]
    return Classified(
        commune=commune,
        year=year,
        day=expected.day,
        members=counted(of_members),
        cells=counted(of_cells),
        committees=counted([({commune: own.roster.outcome}, {commune: rating.level})]),
        caps=tuple(capped(model, commune, year)),
    )


def capped(model: InMemory, commune: UUID, year: int) -> Iterator[Capped]:
    for subject in (Subject.CELL, Subject.MEMBER):
        pool = pool_of(model, commune, subject, year)
        rulebook = by_digest(next(iter(pool.ratings.values())).rules.digest)
        for group in sorted({rating.group for rating in pool.ratings.values()}):
            levels = counts(rating.level for rating in pool.ratings.values() if rating.group == group)
            read = cap(rulebook, subject, levels, pool.authorised)
            assert read is not None
            by_base = sorted([read.reading, read.other], key=lambda reading: reading.base)
            good, better = ((reading.base, reading.allowed) for reading in by_base)
            yield Capped(subject, group, read.percent, levels.excellent, good, better)


@pytest.mark.parametrize("expected", YEARS, ids=["2018", "2025"])
def test_the_figures_are_those_reckoned_by_hand(model: InMemory, expected: Classified) -> None:
    assert classified(model, expected) == expected


@pytest.mark.parametrize("expected", YEARS, ids=["2018", "2025"])
def test_present_are_exempt_not_yet_rated_and_rated_and_these_are_the_levels(expected: Classified) -> None:
    for told in (expected.members, expected.cells, expected.committees):
        levels = told.levels
        assert told.present == told.exempt + told.not_yet + told.rated
        assert told.rated == levels.excellent + levels.good + levels.completed + levels.not_completed


def test_the_published_ratings_come_out(model: InMemory) -> None:
    ratings = published()["published"]["ratings"]
    (commune,) = pool_of(model, round_of(model, COMMUNE).committee, Subject.COMMITTEE).ratings.values()
    cells = Counter(rating.level for rating in pool_of(model, COMMUNE, Subject.CELL).ratings.values())
    members = Counter(rating.level for rating in pool_of(model, COMMUNE, Subject.MEMBER).ratings.values())
    assert commune.level.value == ratings["committee"]
    assert cells[Level.EXCELLENT] == ratings["cells"]["excellent"]
    assert cells[Level.EXCELLENT] + cells[Level.GOOD] == ratings["cells"]["good_or_better"] == cells.total()
    assert members.total() == ratings["members_rated"]
    assert {level.value: members[level] for level in Level} == ratings["members"]


def test_the_made_up_spread_is_the_one_that_the_data_file_tells(model: InMemory) -> None:
    told = published()["made_up"]["classification"]
    by_cell = [Counter(levels_of(model, cell.id).values()) for cell in CELLS]
    assert [found[Level.EXCELLENT] for found in by_cell] == told["excellent_in_cell"]
    assert [found[Level.COMPLETED] for found in by_cell] == told["completed_in_cell"]
    cells = pool_of(model, COMMUNE, Subject.CELL).ratings
    excellent = [cell.number for cell in CELLS if cells[cell.id].level is Level.EXCELLENT]
    assert excellent == told["excellent_cells"]


def test_who_is_not_rated_is_so_for_the_reasons_made_up(model: InMemory) -> None:
    cases = Counter[str]()
    for cell in CELLS:
        roster = round_of(model, cell.id).roster
        assert roster is not None
        for line in roster.lines.values():
            cases.update(line.cases)
    told = published()["made_up"]["not_rated"]
    assert cases == {
        "exempt": told["exempt"],
        "temporarily_exempt": told["temporarily_exempt"],
        "newly_admitted": told["admitted_less_than_six_months"],
    }


def test_2025_is_as_the_data_file_tells() -> None:
    told, figures = published()["epilogue"]["made_up_classification"], IN_2025
    assert figures.members.present == told["present"]
    assert figures.members.exempt == sum(told["exempt"].values())
    assert figures.members.not_yet == told["not_yet"]
    assert figures.members.levels == LevelCounts(**told["members"])
    assert figures.cells.levels == LevelCounts(**told["cells"])
    assert {read.percent for read in figures.caps if read.subject is Subject.MEMBER} == {told["allowed_percent"]}


def test_the_dossier_of_who_objected_says_what_was_reckoned_by_hand(model: InMemory) -> None:
    told = [Told(r.position, r.recorded_ns, bytes(32), r.fact) for r in model.log]
    found = dict(figures(build(OPENED.member, OPENED.year, date(2019, 1, 27), told).dossier))
    assert {name: found[name].value for name in OPENED.figures} == OPENED.figures
