"""Grounds, points and cases: each closes levels, and what is decided is what they leave open."""

from datetime import date
from typing import Any

import msgspec

from events.facts.evaluations import (
    Level,
    LevelAppraised,
    ObjectionAbout,
    ObjectionOutcome,
    RatingDecided,
    RatingRevised,
    RevisionReason,
)
from services.decisions.evaluations.objections import AnswerObjection, RaiseObjection
from services.decisions.evaluations.ratings import DecideRatings, Rated, ReviseRating
from tests.given import Given
from tests.services.decisions.commune import CELL, MEMBER, OFFICE, report
from tests.services.decisions.round_2025 import (
    BOOK_2025,
    PHONE,
    appraising,
    assessing_2025,
    on_leave,
    proposed_2025,
    scored,
)
from tests.services.decisions.rounds import BOOK, PAPER, command, deciding, opened, rated, ready, revising

DISCIPLINED = "disciplined_in_year"
OF_DISCIPLINE = "Quy định 366-QĐ/TW (30/8/2025), Điều 11 khoản 4 (chưa thấy); Nghị định 335/2025/NĐ-CP (21/12/2025)"
OF_LEAVE = "Quy định 366-QĐ/TW (30/8/2025) và Hướng dẫn 43-HD/BTCTW (31/10/2025), điều khoản chưa rõ"


def deciding_2025(level: str, *grounds: str) -> DecideRatings:
    ratings = (Rated(member=MEMBER, level=level, grounds=grounds),)
    found: DecideRatings = command(DecideRatings, date(2025, 12, 22), year=2025, ratings=ratings, basis=PAPER)
    return found


# Appraisals.


def test_an_appraisal_below_the_points_names_its_ground() -> None:
    place = proposed_2025()
    place.when(appraising("good", 300, 620), OFFICE).refused(
        "score_level_mismatch", score="92.0", level="good", fits="excellent"
    )
    place.when(appraising("good", 300, 620, "member_excellent"), OFFICE).quietly()
    place.when(appraising("excellent", 300, 620), OFFICE).refused(
        "step_missing", step_kind="appraisal", missing_step="second_ballot"
    )
    place.when(appraising("good", 300, 620, "lazy"), OFFICE).refused(
        "ground_unknown", ground="lazy", rulebook=BOOK_2025
    )


def test_a_ground_is_for_the_level_that_it_leaves_open() -> None:
    """That the condition of excellent is not met leaves good; two levels lower nothing was said."""
    place = proposed_2025()
    for lower in ("completed", "not_completed"):
        wrong = appraising(lower, 300, 640, "member_excellent")
        place.when(wrong, OFFICE).refused(
            "ground_of_another_level", grounds="member_excellent", level=lower, fits="good", rulebook=BOOK_2025
        )
    place.when(appraising("completed", 300, 640, "member_excellent", "member_good"), OFFICE).quietly()
    place.when(appraising("not_completed", 300, 640, DISCIPLINED), OFFICE).quietly()
    closed = place.when(appraising("good", 300, 640, "member_excellent", DISCIPLINED), OFFICE)
    closed.refused("ground_closes_level", ground=DISCIPLINED, highest="not_completed", clause=OF_DISCIPLINE)


# Decisions.


def test_who_was_disciplined_has_not_completed_whatever_else_was_done() -> None:
    """Under 132 (without points) and under 366 alike, and whatever better level is named."""
    for level in ("excellent", "good", "completed"):
        best = Rated(member=MEMBER, level=level, grounds=(DISCIPLINED,))
        told = {"ground": DISCIPLINED, "level": level, "highest": "not_completed", "rulebook": BOOK}
        ready(opened(), level=level).when(deciding(best, basis=PAPER), OFFICE).refused("ground_closes_level", **told)
    appraised = proposed_2025().when(appraising("not_completed", 300, 640, DISCIPLINED), OFFICE).recorded()
    appraised.when(deciding_2025("good", DISCIPLINED), OFFICE).refused("ground_closes_level", clause=OF_DISCIPLINE)
    appraised.when(deciding_2025("not_completed", DISCIPLINED), OFFICE).quietly()


def test_a_revision_is_held_to_its_grounds_too() -> None:
    place = rated(opened())
    told = {"ground": DISCIPLINED, "level": "completed", "highest": "not_completed"}
    place.when(revising("completed", grounds=(DISCIPLINED,)), OFFICE).refused("ground_closes_level", **told)
    found = place.when(revising("not_completed", grounds=(DISCIPLINED,)), OFFICE).quietly().drafts()[0].body
    assert isinstance(found, RatingRevised)
    assert (found.level, found.grounds) == (Level.NOT_COMPLETED, (DISCIPLINED,))


def test_without_points_a_lower_level_needs_no_ground_but_one_that_is_named_fits_it() -> None:
    place = ready(opened())
    place.when(deciding(Rated(member=MEMBER, level="completed")), OFFICE).quietly()
    wrong = Rated(member=MEMBER, level="not_completed", grounds=("member_good",))
    place.when(deciding(wrong, basis=PAPER), OFFICE).refused(
        "ground_of_another_level", grounds="member_good", level="not_completed", fits="completed", rulebook=BOOK
    )


def test_a_ground_of_the_appraisal_is_not_left_out_by_the_decision() -> None:
    """What makes it "not completed" whatever else was done is named, or appraised anew; another is asked about."""
    place = proposed_2025()
    veto = place.when(appraising("not_completed", 300, 640, DISCIPLINED), OFFICE).recorded()
    told: dict[str, Any] = {"ground": DISCIPLINED, "clause": OF_DISCIPLINE, "certainty": "unverified"}
    for decision in (deciding_2025("good", "member_excellent"), deciding_2025("not_completed", "member_completed")):
        veto.when(decision, OFFICE).refused("ground_left_out", **told)
    anew = veto.when(appraising("good", 300, 640, "member_excellent"), OFFICE).recorded()
    anew.when(deciding_2025("good", "member_excellent"), OFFICE).quietly()
    other = deciding_2025("not_completed", DISCIPLINED)
    anew.when(other, OFFICE).warned("ground_dropped", ground="member_excellent", rulebook=BOOK_2025)


def test_a_revision_that_names_a_ground_no_more_is_asked_about_it() -> None:
    """The discipline was annulled: that is for people to decide, by a document."""
    lower = Rated(member=MEMBER, level="not_completed", grounds=(DISCIPLINED,))
    place = ready(opened()).when(deciding(lower, basis=PAPER), OFFICE).recorded()
    place.when(revising("good"), OFFICE).warned("ground_dropped", ground=DISCIPLINED, rulebook=BOOK)


def test_who_is_to_be_rated_anew_for_an_objection_is_appraised_anew() -> None:
    """His 77 points were good. They were reckoned wrongly; without an objection that was upheld they stay."""
    place = proposed_2025(level="good", common=230, task=540)
    place = place.when(appraising("good", 230, 540), OFFICE).recorded()
    place = place.when(deciding_2025("good"), OFFICE).recorded().at(date(2026, 1, 15))
    lower = appraising("completed", 200, 490)
    said = report(RaiseObjection, date(2025, 12, 24), unit=CELL, year=2025, member=MEMBER, about=ObjectionAbout.RATING)
    raised = place.when(said, PHONE).recorded()
    raised.when(lower, OFFICE).refused("already_rated", of=MEMBER)
    upheld: dict[str, Any] = {"objection": said.id, "outcome": ObjectionOutcome.UPHELD, "basis": PAPER}
    answered = raised.when(command(AnswerObjection, date(2026, 1, 5), year=2025, **upheld), OFFICE).recorded()
    revision: dict[str, Any] = {"member": MEMBER, "reason": RevisionReason.OBJECTION_UPHELD, "basis": PAPER}
    revising_2025 = command(ReviseRating, date(2026, 1, 6), year=2025, level="completed", **revision)
    answered.when(revising_2025, OFFICE).refused("score_level_mismatch", score="77.0", fits="good")
    anew = answered.when(msgspec.structs.replace(lower, effective=date(2026, 1, 5)), OFFICE).recorded()
    done = anew.when(revising_2025, OFFICE).recorded()
    done.when(msgspec.structs.replace(lower, effective=date(2026, 1, 7)), OFFICE).refused("already_rated", of=MEMBER)


# Cases that close levels, against points that make more.


def test_on_long_leave_points_of_a_better_level_come_to_completed_and_the_clause_is_told() -> None:
    """77 points would be good; after three months of leave it is completed, and nobody has to write 56 points."""
    told = {"score": "77.0", "fits": "good", "highest": "completed", "clause": OF_LEAVE, "rulebook": BOOK_2025}
    place = on_leave()
    place.when(assessing_2025("completed", scored(230, 540)), PHONE).warned("points_make_more", **told)
    better = assessing_2025("good", scored(230, 540))
    place.when(better, PHONE).refused("level_above_highest", highest="completed", clause=OF_LEAVE)
    lower = assessing_2025("not_completed", scored(230, 540))
    place.when(lower, PHONE).refused("score_level_mismatch", fits="completed", clause=OF_LEAVE)
    place = appraised_on_leave(place)
    decided = place.when(deciding_2025("completed"), OFFICE).warned("points_make_more", **told)
    body = decided.drafts()[0].body
    assert isinstance(body, RatingDecided)
    assert (body.level, body.grounds) == (Level.COMPLETED, ())


def appraised_on_leave(place: Given) -> Given:
    place = proposed_2025(place, "completed", 230, 540)
    found = place.when(appraising("completed", 230, 540), OFFICE).warned("points_make_more", score="77.0")
    assert isinstance(found.drafts()[0].body, LevelAppraised)
    return found.recorded()


def test_points_below_what_a_case_leaves_open_need_no_word() -> None:
    place = on_leave()
    place.when(assessing_2025("completed", scored(160, 400)), PHONE).quietly()
    place.when(assessing_2025("not_completed", scored(160, 300)), PHONE).quietly()
