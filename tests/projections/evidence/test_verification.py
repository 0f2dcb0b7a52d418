"""What is said of evidence worked out again: the same, computed otherwise, other facts; and what came after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from events.catalogue import stored
from events.facts.evaluations import Evidence
from projections.evidence import reading
from projections.evidence.dossiers import build
from projections.evidence.figures import figures, opened
from projections.evidence.verification import Verdict, since, verdict
from tests.projections.archive_of import ArchiveOf
from tests.projections.evidence.stories import Story, recorded, told
from tests.projections.evidence.test_dossiers import people, stories, years
from tests.projections.evidence.test_reading import NEEDED, deciding

STORED = Evidence(5, "a" * 64, "dossier.v1", "b" * 64)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Verdict.SAME),
        ({"result": "c" * 64}, Verdict.COMPUTATION_DIFFERS),
        ({"builder": "dossier.v2"}, Verdict.COMPUTATION_DIFFERS),
        ({"facts": "c" * 64}, Verdict.FACTS_DIFFER),
        ({"facts": "c" * 64, "result": "c" * 64}, Verdict.FACTS_DIFFER),
    ],
)
def test_facts_are_asked_about_before_what_was_made_of_them(changed: dict[str, str], expected: Verdict) -> None:
    again = {"position": 5, "facts": STORED.facts, "builder": STORED.builder, "result": STORED.result, **changed}
    assert verdict(STORED, Evidence(**again)) is expected


@settings(max_examples=60, deadline=None)
@given(story=stories, member=people, year=years)
def test_what_came_after_is_every_later_fact_that_counts_and_every_figure_that_changed(
    story: Story, member: Any, year: int
) -> None:
    every = told(recorded(story.facts))
    position = len(every) // 2
    known = date(2024, 1, 1)
    then, now = (build(member, year, known, facts).dossier for facts in (every[:position], every))
    found = since(then, now, position)
    assert [later.position for later in found.facts] == [at for at in opened(now) if at > position]
    before, after = dict(figures(then)), dict(figures(now))
    assert {(c.figure, c.before, c.after) for c in found.changes} == {
        (name, before[name].value, after[name].value) for name in after if before[name].value != after[name].value
    }
    for later in found.facts:
        assert all(later.position in after[name].positions for name in later.figures)
    assert since(now, now, len(every)).facts == ()


async def test_a_fact_that_was_changed_in_the_archive_is_found(archive: ArchiveOf) -> None:
    await archive.record(*Story(3, 120).facts)
    await archive.project(NEEDED)
    visits = [r for r in archive.facts if r.fact.type == "visit.visit_recorded.v2"]
    visit = next(r for r in visits if r.fact.effective.year == 2021)
    of = (visit.fact.body.member, 2021)
    async with deciding(archive) as connection:
        before = await reading.of_members(connection, [of], archive.head)
    # What is changed in the data alone, with the leaf hash left beside it, is found as well.
    data = stored(visit.fact).replace(b'"purpose":"regular"', b'"purpose":"support"')
    await archive.fetch("UPDATE archive.message SET data = $2 WHERE position = $1", visit.position, data)
    async with deciding(archive) as connection:
        after = await reading.of_members(connection, [of], archive.head)
    assert verdict(before[of], after[of]) is Verdict.FACTS_DIFFER
    assert before[of].result == after[of].result
