"""Pools: when a committee's ratings of a year are final, and how the cap on the excellent is kept or lifted."""

from datetime import date
from typing import Any
from uuid import UUID

from events.facts.evaluations import (
    CapCount,
    CapExceptionAuthorised,
    Evidence,
    Level,
    LevelCounts,
    RatingDecided,
    RatingsFinalised,
    Rules,
    Subject,
    pool_id,
    rating_id,
    round_id,
)
from events.facts.organisation import CellKind, UnitFounded, UnitKind
from events.facts.values import Source
from projections.states.evaluations import Rating
from projections.states.rulebooks.library import rulebook_for
from services.decisions.evaluations import caps
from services.decisions.evaluations.pools import AuthoriseCapException, FinaliseRatings
from services.decisions.evaluations.ratings import Rated
from tests.given import named, on
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    COMMUNITY,
    OFFICE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    decide,
)
from tests.services.decisions.rounds import (
    BOOK,
    DECIDED,
    HISTORY,
    IMPORTER,
    PAPER,
    YEAR_AFTER,
    both_rated,
    brought_in,
    deciding,
    neighbours_rated,
    on_pool,
    opened,
    pool_of,
    rated,
    ready,
)

POOL = {"pool": pool_id(COMMUNE, 2018, Subject.MEMBER), "committee": COMMUNE, "year": 2018, "subject": Subject.MEMBER}
FINALISING = on_pool(FinaliseRatings)
IMPORTING = on_pool(FinaliseRatings, **HISTORY)


def test_a_committee_makes_its_ratings_final_once_all_are_there() -> None:
    both = both_rated()
    told = {"without": 1, "units": [SECOND_CELL], "missing": 0}
    both.when(FINALISING, OFFICE).refused("pool_incomplete", **told)
    both.at(YEAR_AFTER).when(IMPORTING, IMPORTER).warned("pool_incomplete", **told)
    place = neighbours_rated(both)
    counts = (CapCount("all", LevelCounts(good=3), 0, True, True),)
    final = place.when(FINALISING, OFFICE).quietly().then(RatingsFinalised(**POOL, counts=counts), unit=COMMUNE)
    final.when(FINALISING, OFFICE).refused("already_final", committee=COMMUNE, year=2018, day=DECIDED)


def test_who_is_to_be_classified_and_is_not_keeps_a_pool_open() -> None:
    place = neighbours_rated(rated(opened()))
    place.when(FINALISING, OFFICE).refused("pool_incomplete", without=0, missing=1)


def test_only_the_committee_that_decides_makes_final() -> None:
    place = neighbours_rated(both_rated())
    for other in (PROVINCIAL, OTHER_OFFICE):
        place.when(FINALISING, other).refused("not_competent", decides=COMMUNE)
    opened().when(FINALISING, OFFICE).refused("pool_empty", committee=COMMUNE, year=2018)
    ready(opened()).when(on_pool(FinaliseRatings, Subject.CELL), OFFICE).refused("pool_empty")


# The cap.


def test_the_cap_blocks_when_the_ratings_become_final_and_not_before() -> None:
    """One excellent and two good: a fifth of two, or of three, is none."""
    place = neighbours_rated(both_rated("excellent", "good"))
    told = {
        "cell_kind": None,
        "percent": 20,
        "excellent": 1,
        "allowed": 0,
        "base": "good_only",
        "counted": 2,
        "other_counted": 3,
        "other_allowed": 0,
        "rulebook": BOOK,
    }
    place.when(FINALISING, OFFICE).refused("cap_exceeded", **told)
    place.at(YEAR_AFTER).when(IMPORTING, IMPORTER).warned("cap_exceeded", **told)


def test_the_source_alone_lifts_nothing_it_takes_a_system_a_year_that_is_over_and_a_document() -> None:
    place = neighbours_rated(both_rated("excellent", "good"))
    told = {"blocked": "cap_exceeded", "excellent": 1, "allowed": 0, "rulebook": BOOK}
    for day in (DECIDED, YEAR_AFTER):
        office = place.at(day).when(IMPORTING, OFFICE)
        office.refused("import_not_yours", role="commune_office", **told)
    place.at(date(2018, 12, 31)).when(IMPORTING, IMPORTER).refused("import_not_past", year=2018, **told)
    bare = on_pool(FinaliseRatings, source=Source.IMPORT)
    place.at(YEAR_AFTER).when(bare, IMPORTER).refused("basis_needed")
    some = both_rated().at(YEAR_AFTER)
    some.when(IMPORTING, OFFICE).refused("import_not_yours", blocked="pool_incomplete", without=1)
    # where nothing stands in the way, it does not matter where it comes from
    neighbours_rated(both_rated()).when(IMPORTING, OFFICE).quietly()


def test_a_unit_above_lifts_the_cap_by_a_document() -> None:
    place = neighbours_rated(both_rated("excellent", "good"))
    allowing = on_pool(AuthoriseCapException, percent=50, basis=PAPER)
    place.when(allowing, OFFICE).refused("not_above_the_committee", committee=COMMUNE)
    place.when(allowing, OTHER_OFFICE).refused("outside_your_unit", unit=COMMUNE)
    place.when(on_pool(AuthoriseCapException, percent=50), PROVINCIAL).refused("basis_needed")
    place.when(on_pool(AuthoriseCapException, percent=20, basis=PAPER), PROVINCIAL).refused(
        "no_exception", percent=20, cap=20
    )
    allowed = place.when(allowing, PROVINCIAL).warned("exception_beyond_rulebook", percent=50, known=20)
    lifted = allowed.then(CapExceptionAuthorised(**POOL, percent=50), unit=COMMUNE)
    # half of the two good is one
    counts = (CapCount("all", LevelCounts(excellent=1, good=2), 1, True, True),)
    lifted.when(FINALISING, OFFICE).quietly().then(RatingsFinalised(**POOL, counts=counts))


def test_the_highest_unit_enters_the_document_of_a_body_outside() -> None:
    place = COMMUNITY.given(*ratings_of(PROVINCE, Subject.COMMITTEE, "all", excellent=1, good=1))
    of_province = on_pool(AuthoriseCapException, Subject.COMMITTEE, PROVINCE, percent=100, basis=PAPER)
    place.when(of_province, PROVINCIAL).warned("exception_beyond_rulebook", percent=100, known=20).recorded()


def test_the_exception_of_the_rulebook_itself_is_no_surprise() -> None:
    place = COMMUNITY.at(date(2025, 12, 31)).given(*ratings_of(COMMUNE, Subject.MEMBER, "village", 2025, good=1))
    told = {"percent": 25, "basis": PAPER, "committee": COMMUNE, "year": 2025, "subject": Subject.MEMBER}
    allowing = on_pool_of_2025(AuthoriseCapException, **told)
    place.when(allowing, PROVINCIAL).quietly()
    higher = on_pool_of_2025(AuthoriseCapException, **{**told, "percent": 30})
    place.when(higher, PROVINCIAL).warned("exception_beyond_rulebook", percent=30, known=25)


def test_where_nothing_is_capped_there_is_no_exception() -> None:
    place = COMMUNITY.given(*ratings_of(COMMUNE, Subject.LEADERSHIP, "all", good=1))
    allowing = on_pool(AuthoriseCapException, Subject.LEADERSHIP, percent=50, basis=PAPER)
    place.when(allowing, PROVINCIAL).refused("nothing_capped", rulebook=BOOK)


def test_readings_that_disagree_are_both_told() -> None:
    """One excellent and four good: a fifth of four is none, of five it is one."""
    place = COMMUNITY.at(date(2025, 12, 31)).given(
        *ratings_of(COMMUNE, Subject.MEMBER, "village", 2025, excellent=1, good=4)
    )
    told = {"cell_kind": "village", "excellent": 1, "allowed": 1, "other_allowed": 0, "base": "good_or_better"}
    finalising = on_pool_of_2025(FinaliseRatings, committee=COMMUNE, year=2025, subject=Subject.MEMBER, **HISTORY)
    found = place.at(date(2026, 1, 31)).when(finalising, IMPORTER)
    found.warned("cap_readings_disagree", counted=5, other_counted=4, **told)


def test_groups_of_similar_function_are_capped_apart_where_the_rulebook_says_so() -> None:
    schools = UnitFounded(
        unit=named("school"), kind=UnitKind.CELL, name="Chi bộ", cell_kind=CellKind.SCHOOL, parent=COMMUNE
    )
    assert caps.group_of(rulebook_for(2018), Subject.MEMBER, schools.cell_kind) == "all"
    assert caps.group_of(rulebook_for(2025), Subject.MEMBER, schools.cell_kind) == "school"
    assert caps.group_of(rulebook_for(2025), Subject.COMMITTEE, None) == "all"
    told = [("village", Level.EXCELLENT), ("village", Level.GOOD), ("school", Level.GOOD), ("village", Level.GOOD)]
    rules, place = Rules(BOOK, "0" * 64), named("round")
    ratings = [
        Rating(named(str(n)), place, named(str(n)), group, level, rules, DECIDED)
        for n, (group, level) in enumerate(told)
    ]
    assert caps.counted(ratings) == {
        "school": LevelCounts(good=1),
        "village": LevelCounts(excellent=1, good=2),
    }


def test_who_joins_a_final_pool_later_meets_the_cap() -> None:
    """Who was absent is rated when the pool is final: as excellent he would break it."""
    place = neighbours_rated(rated(opened()))
    final = brought_in(place)
    from_absent = ready(final, COLLEAGUE, "excellent")
    best = deciding(Rated(member=COLLEAGUE, level="excellent"))
    from_absent.when(best, OFFICE).refused("cap_exceeded", excellent=1, allowed=0)
    ready(final, COLLEAGUE).when(deciding(Rated(member=COLLEAGUE, level="good")), OFFICE).quietly()
    assert pool_of(final).finalised == DECIDED


def on_pool_of_2025(kind: Any, **fields: Any) -> Any:
    return decide(kind, date(2025, 12, 20), **fields)


def ratings_of(committee: UUID, subject: Subject, group: str, year: int = 2018, **levels: int) -> list[Any]:
    """So many made-up ratings of each level, decided by the committee."""
    pool = pool_id(committee, year, subject)
    rulebook = rulebook_for(year)
    found = []
    for level, number in levels.items():
        for each in range(number):
            person = named(f"{level} {each}")
            body = RatingDecided(
                pool=pool,
                committee=committee,
                year=year,
                subject=subject,
                rating=rating_id(pool, person),
                round=round_id(CELL, year),
                unit=CELL,
                member=person,
                group=group,
                level=Level(level),
                rules=Rules(rulebook.citation, rulebook.digest),
                evidence=Evidence(1, "0" * 64, "made_up.v1", "0" * 64),
            )
            found.append(on(date(year, 12, 15), body, CELL))
    return found
