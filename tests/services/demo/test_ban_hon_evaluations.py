"""The rounds of Bản Hon in 2018 and 2025: what was done, by whom, and what the rules would not have allowed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from events.facts import evaluations
from events.facts.evaluations import (
    BallotCounted,
    CapExceptionAuthorised,
    EligibilityOutcome,
    Level,
    LevelAppraised,
    ObjectionAnswered,
    ObjectionOutcome,
    RatingDecided,
    RatingRevised,
    RatingsFinalised,
    RoundClosed,
    Rules,
    SelfAssessed,
    Subject,
)
from events.facts.meetings import Attendance
from events.facts.values import Source
from projections.states.rulebooks.library import by_digest
from projections.states.rulebooks.readings import derived_level
from projections.states.working_days import is_working
from services.decisions.asking import Role
from services.decisions.evaluations.objections import RaiseObjection
from services.decisions.evaluations.pools import FinaliseRatings
from services.decisions.evaluations.standing import lineage_since
from services.decisions.outcome import Refused
from services.demo.ban_hon import story
from services.demo.ban_hon.clients import NEW_OFFICE, OFFICE
from services.demo.ban_hon.places import CELL, CELLS, COMMUNE, FOUNDED, NEW_COMMUNE, PHONE_A, person
from services.demo.ban_hon.teller import TO_COME, numbered, on
from tests.in_memory import InMemory
from tests.services.demo.rounds_told import RATED, facts_of, levels_of, pool_of, round_of
from tests.services.demo.test_ban_hon import published


def test_every_kind_of_fact_about_the_classification_is_told(model: InMemory) -> None:
    assert {type(recorded.fact.body) for recorded in model.log} >= {*evaluations.FACTS}


def test_every_round_is_closed_in_the_end(model: InMemory) -> None:
    closed = {(fact.body.unit, fact.body.year) for fact in facts_of(model, RoundClosed)}
    units = {cell.id for cell in CELLS}
    assert closed == {(unit, 2018) for unit in units | {COMMUNE}} | {(unit, 2025) for unit in units | {NEW_COMMUNE}}


def test_only_cells_whose_members_carry_it_are_excellent(model: InMemory) -> None:
    ratings = pool_of(model, COMMUNE, Subject.CELL).ratings
    rulebook = by_digest(next(iter(ratings.values())).rules.digest)
    highest = {}
    for cell in CELLS:
        derived = derived_level(rulebook, Subject.CELL, levels_of(model, cell.id))
        assert derived is not None
        assert derived.highest.reaches(ratings[cell.id].level)
        highest[cell.number] = derived.highest
    # 10 of 13 and 7 of 9 are less than 80 %.
    assert {number for number, level in highest.items() if level is Level.GOOD} == {3, 8}


def test_every_ballot_is_counted_at_a_meeting_with_as_many_present(model: InMemory) -> None:
    facts = {recorded.fact.id: recorded.fact for recorded in model.log}
    found = facts_of(model, BallotCounted)
    for fact in found:
        body = fact.body
        met = facts[body.attendance]
        came = [each for each in met.body.attendance if each.attendance is Attendance.PRESENT]
        assert (met.body.unit, met.effective) == (body.unit, fact.effective)
        assert body.present == len(came) >= body.returned
        votes = body.votes.excellent + body.votes.good + body.votes.completed + body.votes.not_completed
        assert votes == body.returned - body.invalid or (body.second and votes < body.returned)
    first = [fact.body for fact in found if not fact.body.second]
    assert Counter(body.year for body in first) == {2018: 147, 2025: 156}
    assert Counter(body.year for body in (fact.body for fact in found) if body.second) == {2018: 17, 2025: 27}
    assert sum(body.invalid for body in first) > 10


def test_nobody_appraises_or_decides_about_himself(model: InMemory) -> None:
    for fact in facts_of(model, *RATED, LevelAppraised):
        assert fact.actor.person is None or fact.actor.person != fact.body.member


def test_one_member_objects_and_his_rating_is_revised(model: InMemory) -> None:
    (revised,) = facts_of(model, RatingRevised)
    (answered,) = facts_of(model, ObjectionAnswered)
    decided = [fact for fact in facts_of(model, RatingDecided) if fact.body.rating == revised.body.rating]
    assert revised.body.member == answered.body.member == person(PHONE_A)
    assert answered.body.outcome is ObjectionOutcome.UPHELD
    assert [fact.body.level for fact in decided] == [Level.COMPLETED]
    assert revised.body.level is Level.GOOD
    assert revised.basis is not None


def test_what_a_member_objects_says_that_it_is_made_up() -> None:
    texts = [c.text for step in story().steps for c in step.commands if isinstance(c, RaiseObjection)]
    assert [text and text.endswith("(nội dung giả định)") for text in texts] == [True]


def test_on_three_months_of_leave_nobody_is_better_than_completed(model: InMemory) -> None:
    attested = round_of(model, CELL[9].id).attested
    (who,) = [member for member, cases in attested.items() if cases]
    assert [each.case for each in attested[who]] == ["leave_of_three_months"]
    assert levels_of(model, CELL[9].id)[who] is Level.COMPLETED


def test_in_2025_people_rate_themselves_by_points_and_the_committee_is_stricter(model: InMemory) -> None:
    points: dict[type[Any], dict[UUID, int]] = {SelfAssessed: {}, LevelAppraised: {}}
    for fact in facts_of(model, *points):
        if fact.body.year == 2025:
            whom = fact.body.member or fact.body.unit
            points[type(fact.body)][whom] = sum(score.tenths for score in fact.body.scores)
    own, appraised = points[SelfAssessed], points[LevelAppraised]
    assert own.keys() == appraised.keys()
    assert len(own) == 156 + 13 + 1
    assert all(appraised[whom] < own[whom] for whom in own)


def test_one_sees_himself_better_than_the_committee_and_one_has_not_completed_for_a_reason(model: InMemory) -> None:
    own = {f.body.member: f.body.level for f in facts_of(model, SelfAssessed) if f.body.year == 2025}
    final = {f.body.member: f.body for f in facts_of(model, RatingDecided) if f.body.year == 2025 and f.body.member}
    worse = {member: body for member, body in final.items() if not body.level.reaches(own[member])}
    assert Counter((own[member], body.level, body.grounds) for member, body in worse.items()) == {
        (Level.EXCELLENT, Level.GOOD, ()): 1,
        (Level.GOOD, Level.NOT_COMPLETED, ("disciplined_in_year",)): 1,
    }


def finalise(committee: UUID, year: int, subject: Subject, day: date, source: Source = Source.WEB) -> FinaliseRatings:
    command = FinaliseRatings(id=TO_COME, effective=day, committee=committee, year=year, subject=subject, source=source)
    return numbered(command, on(day))


def before(model: InMemory, kind: type[Any], **fields: Any) -> InMemory:
    """The same as it stood before the fact of that kind."""
    (position,) = [
        recorded.position
        for recorded in model.log
        if isinstance(recorded.fact.body, kind)
        and all(getattr(recorded.fact.body, name) == value for name, value in fields.items())
    ]
    return model.known_at(position - 1)


def test_a_committee_of_today_could_not_make_the_cells_of_2018_final(model: InMemory) -> None:
    day = date(2018, 12, 26)
    earlier = before(model, RatingsFinalised, committee=COMMUNE, subject=Subject.CELL)
    asker = story().client(OFFICE).asker()
    refused = earlier.submit(asker, finalise(COMMUNE, 2018, Subject.CELL, day), on(day, 17))
    assert isinstance(refused, Refused)
    assert refused.code == "cap_exceeded"
    told = {name: refused.parameters[name] for name in ("excellent", "allowed", "counted")}
    assert told == {"excellent": 5, "allowed": 1, "counted": 8}
    assert (refused.parameters["other_allowed"], refused.parameters["other_counted"]) == (2, 13)


def test_without_the_document_of_the_province_the_members_of_2025_could_not_be_final(model: InMemory) -> None:
    day = date(2025, 12, 22)
    earlier = before(model, CapExceptionAuthorised)
    asker = story().client(NEW_OFFICE).asker()
    refused = earlier.submit(asker, finalise(NEW_COMMUNE, 2025, Subject.MEMBER, day), on(day, 8))
    assert isinstance(refused, Refused)
    assert refused.code == "cap_exceeded"
    told = {name: refused.parameters[name] for name in ("cell_kind", "percent", "excellent", "allowed")}
    assert told == {"cell_kind": "school", "percent": 20, "excellent": 9, "allowed": 7}


def test_the_committee_that_a_cell_went_under_decides_and_nothing_in_it_is_new(model: InMemory) -> None:
    for cell in CELLS:
        known = round_of(model, cell.id, 2025)
        assert (known.committee, known.members_by) == (NEW_COMMUNE, NEW_COMMUNE)
        assert known.roster is not None
        assert known.roster.outcome is EligibilityOutcome.CLASSIFY
    own = round_of(model, NEW_COMMUNE, 2025).roster
    assert own is not None
    assert own.outcome is EligibilityOutcome.CLASSIFY
    assert lineage_since(model.organisation, NEW_COMMUNE) == FOUNDED


def test_each_year_stands_under_its_own_rulebook(model: InMemory) -> None:
    rules: dict[int, set[Rules]] = {}
    for fact in facts_of(model, *RATED):
        rules.setdefault(fact.body.year, set()).add(fact.body.rules)
    cited = {year: [each.rulebook for each in found] for year, found in rules.items()}
    assert cited == {2018: ["132-hd16.v1"], 2025: [published()["epilogue"]["made_up_classification"]["rulebook"]]}


def test_offices_decide_about_levels_on_working_days() -> None:
    offices = {Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE}
    days = {
        command.effective
        for step in story().steps
        if story().client(step.client).role in offices
        for command in step.commands
        if str(command.__struct_config__.tag).startswith("evaluation.")
    }
    assert len(days) > 15
    assert all(is_working(day) for day in days)
