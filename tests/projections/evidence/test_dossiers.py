"""The dossier: against a slow model whatever happened, and its digests."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.evidence import carrying
from projections.evidence.dossiers import RULES, build, without
from projections.evidence.figures import figures, opened
from tests.projections.coverage_histories import PERSONS
from tests.projections.evidence.dossier_model import DossierModel
from tests.projections.evidence.stories import YEARS, Story, recorded, told

stories = st.builds(Story, seed=st.integers(0, 2**32), length=st.integers(20, 160))
people = st.sampled_from(PERSONS)
years = st.sampled_from(YEARS)
known_days = st.integers(0, 1500).map(lambda days: date(2020, 12, 1) + timedelta(days))


@settings(max_examples=150, deadline=None)
@given(story=stories, member=people, year=years, known=known_days)
def test_every_figure_is_what_counting_day_by_day_gives(story, member, year, known) -> None:  # type: ignore[no-untyped-def]
    facts = recorded(story.facts)
    found = build(member, year, known, told(facts)).dossier
    model = DossierModel(member, year, known, facts)
    for part, expected in (
        ("assignments", model.assignments()),
        ("visits", model.visits(RULES.visits_each_month)),
        ("reports", model.reports()),
        ("attendance", model.attendance()),
        ("outcomes", model.outcomes()),
        ("grievances", model.grievances()),
    ):
        assert {name: getattr(getattr(found, part), name).value for name in expected} == expected, part
    assert sum(line.days for line in found.visits.households) == found.assignments.household_days.value


@settings(max_examples=100, deadline=None)
@given(story=stories, member=people, year=years, seed=st.integers())
def test_the_digests_are_the_same_however_the_facts_were_handed_over(story, member, year, seed) -> None:  # type: ignore[no-untyped-def]
    known = date(2024, 1, 1)
    every = told(recorded(story.facts))
    whole = build(member, year, known, every)
    shuffled = [*every, *every[::3]]
    Random(seed).shuffle(shuffled)
    counted = {each.position for each in whole.counted}
    only = [each for each in every if each.position in counted]

    for handed in (shuffled, only, iter(every)):
        again = build(member, year, known, handed)
        assert again.evidence(7) == whole.evidence(7)
        assert again.dossier == whole.dossier
    assert counted == set(opened(whole.dossier))
    digest = sha256(b"".join(t.position.to_bytes(8, "big") + t.leaf for t in every if t.position in counted))
    assert whole.evidence(7).facts == digest.hexdigest()


@settings(max_examples=60, deadline=None)
@given(story=stories, member=people, year=years, pick=st.integers(0))
def test_the_digest_of_the_facts_differs_when_any_of_them_does(story, member, year, pick) -> None:  # type: ignore[no-untyped-def]
    every = told(recorded(story.facts))
    whole = build(member, year, date(2024, 1, 1), every)
    for position, leaf in ((each.position, each.leaf) for each in whole.counted):
        other = bytes([leaf[pick % 32] ^ 1])
        changed = leaf[: pick % 32] + other + leaf[pick % 32 + 1 :]
        handed = [msgspec.structs.replace(t, leaf=changed) if t.position == position else t for t in every]
        again = build(member, year, date(2024, 1, 1), handed)
        assert again.evidence(7).facts != whole.evidence(7).facts
        assert again.evidence(7).result == whole.evidence(7).result
        without = [t for t in every if t.position != position]
        assert build(member, year, date(2024, 1, 1), without).evidence(7).facts != whole.evidence(7).facts


@settings(max_examples=60, deadline=None)
@given(story=stories, member=people, year=years)
def test_every_fact_of_the_member_and_year_that_a_figure_needs_is_opened_by_it(story, member, year) -> None:  # type: ignore[no-untyped-def]
    every = told(recorded(story.facts))
    whole = build(member, year, date(2024, 1, 1), every).dossier
    for name, figure in figures(whole):
        if figure.value:
            assert figure.positions, name
        assert list(figure.positions) == sorted(set(figure.positions)), name


@settings(max_examples=100, deadline=None)
@given(story=stories, member=people, year=years, share=st.floats(0, 1))
def test_what_is_shown_is_as_if_cases_taken_out_since_had_never_been(story, member, year, share) -> None:  # type: ignore[no-untyped-def]
    every = told(recorded(story.facts))
    then = every[: round(len(every) * share)]
    gone = carrying.ended(every)
    known = date(2024, 1, 1)
    never = [each for each in then if getattr(each.fact.body, "grievance", None) not in gone]
    built = build(member, year, known, then)
    assert without(built, gone) == build(member, year, known, never).dossier
