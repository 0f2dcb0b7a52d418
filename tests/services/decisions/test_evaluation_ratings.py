"""Ratings: by the body that the rulebook names, in its order, each resting on evidence; and what is decided anew."""

from datetime import date
from typing import Any

from events.facts.evaluations import (
    EligibilityOutcome,
    Level,
    Mark,
    Marked,
    ObjectionAbout,
    ObjectionOutcome,
    RatingDecided,
    RatingRevised,
    RevisionReason,
    Rules,
    Subject,
    pool_id,
    rating_id,
    round_id,
)
from events.facts.members import MemberStatus, MemberStatusChanged
from events.facts.organisation import CellKind, UnitFounded, UnitKind, UnitRenamed
from events.facts.values import Source
from projections.states.rulebooks.library import rulebook_for
from services.decisions.asking import Asker, Role
from services.decisions.evaluations.objections import AnswerObjection, RaiseObjection
from services.decisions.evaluations.pools import FinaliseRatings
from services.decisions.evaluations.ratings import DecideRatings, Rated
from services.decisions.evaluations.rounds import AttestCase, OpenRound
from services.decisions.evaluations.steps import SelfAssess
from services.decisions.view import EvidenceOf
from tests.given import Given, named, on, rests_on
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    SECRETARY,
    START,
    STRANGER,
    report,
)
from tests.services.decisions.rounds import (
    BOOK,
    HISTORY,
    IMPORTER,
    MET,
    OPENED,
    PAPER,
    PLACE,
    UNIT_GOOD,
    YEAR_AFTER,
    both_rated,
    brought_in,
    command,
    deciding,
    neighbours_rated,
    on_pool,
    opened,
    pool_of,
    rated,
    ready,
    revising,
    round_of,
)

POOL = pool_id(COMMUNE, 2018, Subject.MEMBER)
RULES = Rules(BOOK, rulebook_for(2018).digest)
GOOD = Rated(member=MEMBER, level="good")
UNIT = Rated(level="good")


def rating(level: Level = Level.GOOD, **fields: Any) -> dict[str, Any]:
    return {
        "pool": POOL,
        "committee": COMMUNE,
        "year": 2018,
        "subject": Subject.MEMBER,
        "rating": rating_id(POOL, MEMBER),
        "round": round_id(CELL, 2018),
        "unit": CELL,
        "member": MEMBER,
        "group": "all",
        "level": level,
        "rules": RULES,
        "evidence": rests_on(EvidenceOf(CELL, MEMBER, 2018)),
        **fields,
    }


def system(unit: Any) -> Asker:
    return Asker(role=Role.SYSTEM, unit=unit, client="import")


def test_the_committee_above_decides_about_members_with_rules_and_evidence() -> None:
    place = ready(opened())
    place.when(deciding(GOOD), OFFICE).quietly().then(RatingDecided(**rating()), unit=CELL)
    place.when(deciding(GOOD), system(PROVINCE)).then(RatingDecided(**rating()))
    for stranger in (SECRETARY, OTHER_OFFICE, PROVINCIAL):
        refusal = place.when(deciding(GOOD), stranger)
        refusal.refused(
            "not_competent", decides=COMMUNE, clause="Hướng dẫn 16-HD/BTCTW (24/9/2018), điều khoản chưa rõ"
        )


def test_nobody_decides_about_himself() -> None:
    himself = Asker(role=Role.COMMUNE_OFFICE, unit=COMMUNE, client="web", person=MEMBER)
    ready(opened()).when(deciding(GOOD), himself).refused("own_rating", person=MEMBER)


def test_a_decision_comes_after_every_step_of_the_rulebook() -> None:
    opened().when(deciding(GOOD), OFFICE).refused(
        "step_missing", step_kind="decision", missing_step="self_assessment", rulebook=BOOK
    )
    # the second ballot was not held for somebody proposed as good
    ready(opened()).when(deciding(Rated(member=MEMBER, level="excellent")), OFFICE).refused(
        "step_missing", step_kind="decision", missing_step="second_ballot"
    )
    ready(opened(), level="excellent").when(deciding(Rated(member=MEMBER, level="excellent")), OFFICE).recorded()


def test_a_decision_is_not_dated_before_what_it_rests_on() -> None:
    """The ballot was on 3/12, the decision on 20/12."""
    day = date(2018, 12, 2)
    told = {"step_kind": "decision", "day": day, "passed": MET, "rulebook": BOOK}
    ready(opened()).when(deciding(GOOD, day=day), OFFICE).refused("step_dated_before", **told)
    place = rated(opened())
    early = {"day": date(2018, 12, 19), "rated": date(2018, 12, 20)}
    place.when(revising("completed", day=date(2018, 12, 19)), OFFICE).refused("before_rating", **early)
    final = neighbours_rated(both_rated())
    finalising = on_pool(FinaliseRatings, day=date(2018, 12, 19))
    final.when(finalising, OFFICE).refused("before_rating", **early)


def test_people_decide_another_level_than_the_one_proposed() -> None:
    ready(opened()).when(deciding(Rated(member=MEMBER, level="completed")), OFFICE).then(
        RatingDecided(**rating(Level.COMPLETED))
    )


def test_a_ground_rests_on_a_document() -> None:
    lower = Rated(member=MEMBER, level="not_completed", grounds=("disciplined_in_year",))
    place = ready(opened())
    place.when(deciding(lower), OFFICE).refused("basis_needed")
    fields = rating(Level.NOT_COMPLETED, grounds=("disciplined_in_year",))
    place.when(deciding(lower, basis=PAPER), OFFICE).then(RatingDecided(**fields))
    wrong = Rated(member=MEMBER, level="not_completed", grounds=("unit_disciplined",))
    place.when(deciding(wrong, basis=PAPER), OFFICE).refused("ground_unknown", ground="unit_disciplined")


def test_each_is_rated_once_and_only_who_is_classified() -> None:
    place = rated(opened())
    place.when(deciding(GOOD), OFFICE).refused("already_rated", of=MEMBER, rating=rating_id(POOL, MEMBER), level="good")
    ready(opened()).when(deciding(GOOD, GOOD), OFFICE).refused("listed_twice", id=MEMBER)
    opened().when(deciding(Rated(member=STRANGER, level="good")), OFFICE).refused("not_on_roster", person=STRANGER)
    later = MemberStatusChanged(person=MEMBER, status=MemberStatus.SUSPENDED)
    suspended = ready(opened()).given(on(date(2018, 12, 10), later, CELL))
    suspended.when(deciding(GOOD), OFFICE).refused("not_classified", of=MEMBER, case="suspended", rulebook=BOOK)


# Units: those below first, and what their ratings carry.


def unit_assessed(place: Given, level: str = "good") -> Given:
    told = command(SelfAssess, MET, level=level, marks=UNIT_GOOD)
    return place.when(told, SECRETARY).recorded()


def test_members_are_rated_before_their_cell() -> None:
    place = unit_assessed(rated(opened()))
    place.when(deciding(UNIT), OFFICE).refused("lower_first", unit=CELL, count=1, missing=[COLLEAGUE], rulebook=BOOK)
    done = unit_assessed(both_rated())
    found = done.when(deciding(UNIT), OFFICE).quietly().drafts()[0].body
    assert isinstance(found, RatingDecided)
    assert (found.pool, found.subject, found.member) == (pool_id(COMMUNE, 2018, Subject.CELL), Subject.CELL, None)
    assert found.evidence == rests_on(EvidenceOf(CELL, None, 2018))


def test_a_cell_is_excellent_only_if_four_fifths_are_good_and_it_is_told_who_is_not() -> None:
    """One of two is good: two would have to be (four fifths of two, rounded up)."""
    place = unit_assessed(both_rated("good", "completed"), "excellent")
    best = deciding(Rated(level="excellent"))
    told = {"level": "excellent", "reached": 1, "needed": 2, "below": [COLLEAGUE], "rulebook": BOOK}
    place.when(best, OFFICE).refused("level_not_derivable", **told)
    history = deciding(Rated(level="excellent"), **HISTORY)
    place.when(history, OFFICE).refused("import_not_yours", blocked="level_not_derivable", **told)
    place.at(YEAR_AFTER).when(history, IMPORTER).warned("level_not_derivable", **told)
    unit_assessed(both_rated(), "excellent").when(best, OFFICE).quietly()
    place.when(deciding(UNIT), OFFICE).quietly()


def commune_opened(place: Given) -> Given:
    place = place.when(command(OpenRound, OPENED, COMMUNE, rulebook=BOOK), OFFICE).recorded()
    return place.when(command(SelfAssess, MET, COMMUNE, level="good", marks=UNIT_GOOD), OFFICE).recorded()


def test_cells_are_rated_before_their_committee_by_the_unit_above_it() -> None:
    place = commune_opened(unit_assessed(both_rated()))
    own = deciding(UNIT, unit=COMMUNE)
    place.when(own, OFFICE).refused("not_competent", decides=PROVINCE)
    place.when(own, PROVINCIAL).refused("lower_first", unit=COMMUNE, count=2, rulebook=BOOK)
    place = place.when(deciding(UNIT), OFFICE).recorded()
    place.when(own, PROVINCIAL).refused("lower_first", count=1, missing=[SECOND_CELL])
    second = command(SelfAssess, MET, SECOND_CELL, level="completed", marks=UNIT_GOOD)
    place = neighbours_rated(place).when(second, OFFICE).recorded()
    place = place.when(deciding(Rated(level="completed"), unit=SECOND_CELL), OFFICE).recorded()
    place.when(own, PROVINCIAL).quietly().recorded()
    best = deciding(Rated(level="excellent"), unit=COMMUNE)
    # one of two cells is good, two would have to be
    place.when(best, PROVINCIAL).refused("level_not_derivable", reached=1, needed=2, below=[SECOND_CELL])


def test_a_cell_too_young_to_be_classified_does_not_hold_its_committee_up() -> None:
    """Founded on 1 November: less than six months old when the year ends."""
    young = named("young cell")
    founded = UnitFounded(unit=young, kind=UnitKind.CELL, name="Chi bộ", cell_kind=CellKind.VILLAGE, parent=COMMUNE)
    place = commune_opened(neighbours_rated(unit_assessed(both_rated())))
    second = command(SelfAssess, MET, SECOND_CELL, level="good", marks=UNIT_GOOD)
    place = place.when(second, OFFICE).recorded().when(deciding(UNIT), OFFICE).recorded()
    place = place.when(deciding(UNIT, unit=SECOND_CELL), OFFICE).recorded().given(on(date(2018, 11, 1), founded))
    own = deciding(UNIT, unit=COMMUNE)
    place.when(own, PROVINCIAL).refused("lower_first", missing=[young])
    rounds = place.when(command(OpenRound, OPENED, young, rulebook=BOOK), OFFICE).recorded()
    roster = round_of(rounds, young).roster
    assert roster is not None
    assert roster.outcome is EligibilityOutcome.EXEMPT
    rounds.when(own, PROVINCIAL).quietly()


# Decided anew.


def test_a_rating_is_revised_by_a_document_by_who_decides_or_one_above() -> None:
    place = rated(opened())
    body = RatingRevised(**rating(Level.COMPLETED), reason=RevisionReason.VERIFIED_AGAIN)
    for office in (OFFICE, PROVINCIAL):
        place.when(revising("completed"), office).then(body, unit=CELL)
    place.when(revising("completed"), OTHER_OFFICE).refused("not_competent", decides=COMMUNE)
    place.when(revising("completed", basis=None), OFFICE).refused("basis_needed")
    place.when(revising("good"), OFFICE).refused("same_level", of=MEMBER, level="good")
    opened().when(revising("completed"), OFFICE).refused("not_rated_yet", of=MEMBER)
    himself = Asker(role=Role.COMMUNE_OFFICE, unit=COMMUNE, client="web", person=MEMBER)
    place.when(revising("completed"), himself).refused("own_rating", person=MEMBER)


def test_the_last_word_is_the_rating() -> None:
    place = rated(opened()).when(revising("completed"), OFFICE).recorded()
    assert pool_of(place).ratings[MEMBER].level is Level.COMPLETED
    assert pool_of(place).ratings[MEMBER].rating == rating_id(POOL, MEMBER)


def test_a_revision_for_an_objection_needs_one_that_was_upheld() -> None:
    said = report(RaiseObjection, date(2018, 12, 22), unit=CELL, year=2018, member=MEMBER, about=ObjectionAbout.RATING)
    revision = revising("completed", reason=RevisionReason.OBJECTION_UPHELD, day=date(2018, 12, 29))
    place = rated(opened())
    place.when(revision, OFFICE).refused("no_objection_upheld", of=MEMBER)
    raised = place.when(said, SECRETARY).recorded()
    raised.when(revision, OFFICE).refused("no_objection_upheld", of=MEMBER)
    for outcome in ObjectionOutcome:
        answer = command(AnswerObjection, date(2018, 12, 28), objection=said.id, outcome=outcome, basis=PAPER)
        answered = raised.when(answer, OFFICE).recorded().when(revision, OFFICE)
        if outcome is ObjectionOutcome.UPHELD:
            answered.recorded()
        else:
            answered.refused("no_objection_upheld", of=MEMBER)


def test_a_member_revised_down_after_his_cell_shows_what_no_longer_carries_it() -> None:
    """Two of two were good; with one of two the cell could not be made excellent."""
    place = unit_assessed(both_rated(), "excellent")
    place = place.when(deciding(Rated(level="excellent")), OFFICE).recorded()
    told = {"unit": CELL, "level": "excellent", "reached": 1, "needed": 2, "below": [MEMBER], "rulebook": BOOK}
    place.when(revising("completed"), OFFICE).warned("unit_not_carried", **told)
    good = unit_assessed(both_rated()).when(deciding(UNIT), OFFICE).recorded()
    good.when(revising("completed"), OFFICE).quietly()


# Pools that are final meet the cap again.


def test_a_revision_in_a_final_pool_meets_the_cap() -> None:
    """Three rated good: a fifth of three is none, so that nobody may be excellent."""
    place = brought_in(neighbours_rated(both_rated("excellent", "good")))
    place = place.when(revising("good"), OFFICE).recorded()
    told = {"cell_kind": None, "excellent": 1, "allowed": 0, "percent": 20, "base": "good_only", "counted": 2}
    place.when(revising("excellent"), OFFICE).refused("cap_exceeded", other_counted=3, other_allowed=0, **told)
    place.when(revising("excellent", **HISTORY), OFFICE).refused("import_not_yours", **told)
    place.when(revising("excellent", **HISTORY), IMPORTER).warned("cap_exceeded", **told)


def test_a_committee_uses_one_rulebook_in_a_year() -> None:
    """The second cell's round was opened under the overlay of the province."""
    day = date(2022, 12, 20)
    place = opened_in_2022("132-hd21.v1+kon-tum-2022.v1", SECOND_CELL, opened_in_2022("132-hd21.v1", CELL))
    done = ready_in_2022(place)
    done.when(
        command(DecideRatings, day, SECOND_CELL, 2022, ratings=(Rated(level="good"),), source=Source.IMPORT), OFFICE
    ).refused("rulebooks_differ", rulebook="132-hd21.v1+kon-tum-2022.v1", other="132-hd21.v1")


def opened_in_2022(rulebook: str, unit: Any, place: Given | None = None) -> Given:
    of_kon_tum = on(START, UnitRenamed(unit=PROVINCE, name="Đảng bộ tỉnh Kon Tum"))
    place = opened(PLACE.given(of_kon_tum)).at(date(2022, 12, 31)) if place is None else place
    opening = command(OpenRound, date(2022, 12, 1), unit, 2022, rulebook=rulebook)
    return place.when(opening, OFFICE).recorded()


def ready_in_2022(place: Given) -> Given:
    """Both cells rated themselves; the first one has its level, and its members were left out as absent."""
    day = date(2022, 12, 3)
    for unit, members in ((CELL, (MEMBER, COLLEAGUE)), (SECOND_CELL, (NEIGHBOUR,))):
        for member in members:
            absent = command(AttestCase, day, unit, 2022, member=member, case="absent", basis=PAPER)
            place = place.when(absent, OFFICE).recorded()
    marks = UNIT_GOOD
    place = place.when(command(SelfAssess, day, CELL, 2022, level="good", marks=marks), OFFICE).recorded()
    with_more = (*marks, Marked("household_work", Mark.GOOD))
    told = command(SelfAssess, day, SECOND_CELL, 2022, level="good", marks=with_more)
    place = place.when(told, OFFICE).recorded()
    decided = command(DecideRatings, date(2022, 12, 20), CELL, 2022, ratings=(Rated(level="good"),))
    return place.when(decided, OFFICE).recorded()
