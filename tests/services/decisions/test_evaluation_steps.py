"""What leads to a decision: self-assessments, comments, ballots, proposals and appraisals, in the rulebook's order."""

from datetime import date
from typing import Any

import pytest

from events.facts.evaluations import (
    BallotCounted,
    Commenter,
    CommentGiven,
    Level,
    LevelAppraised,
    LevelCounts,
    LevelProposed,
    Mark,
    Marked,
    Score,
    SelfAssessed,
    round_id,
)
from events.facts.meetings import Attendance, AttendanceCorrected, Attended, CellMeetingHeld
from events.facts.members import MemberAdmitted, MemberStatus, MemberStatusChanged
from events.facts.organisation import UnitMerged
from services.decisions.evaluations.rounds import AttestCase, OpenRound
from services.decisions.evaluations.steps import (
    Appraised,
    AppraiseLevels,
    CountBallots,
    GiveComment,
    Paper,
    Proposed,
    ProposeLevels,
    SelfAssess,
)
from tests.given import Given, named, noon, on
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    OTHER_OFFICE,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    START,
    STRANGER,
    phone_of,
)
from tests.services.decisions.round_2025 import assessing_2025, of_2025, scored
from tests.services.decisions.rounds import (
    ALL_GOOD,
    ATTENDANCE,
    BOOK,
    MET,
    PAPER,
    PLACE,
    UNIT_GOOD,
    assessed,
    balloted,
    command,
    commented,
    opened,
    proposed,
    rated,
    second_ballot,
)

OF_MEMBER = {"round": round_id(CELL, 2018), "unit": CELL, "year": 2018, "member": MEMBER}
PHONE = phone_of(MEMBER, CELL)
CLAUSE = "Hướng dẫn 16-HD/BTCTW (24/9/2018), điều khoản chưa rõ"


def assessing(level: str = "good", **fields: Any) -> SelfAssess:
    found: SelfAssess = command(SelfAssess, MET, **{"member": MEMBER, "level": level, "marks": ALL_GOOD, **fields})
    return found


# Self-assessment.


def test_a_member_rates_himself_and_only_himself() -> None:
    body = SelfAssessed(**OF_MEMBER, level=Level.GOOD, marks=ALL_GOOD)
    opened().when(assessing(), PHONE).quietly().then(body, unit=CELL)
    opened().when(assessing(), phone_of(COLLEAGUE, CELL)).refused("not_your_review", person=MEMBER)
    entered = opened().when(assessing(), SECRETARY)
    entered.then(body)
    assert entered.drafts()[0].performed_by == MEMBER
    assert opened().when(assessing(), PHONE).drafts()[0].performed_by is None


def test_a_unit_rates_itself_by_its_own_criteria() -> None:
    body = SelfAssessed(round=round_id(CELL, 2018), unit=CELL, year=2018, level=Level.GOOD, marks=UNIT_GOOD)
    opened().when(assessing(member=None, marks=UNIT_GOOD), SECRETARY).then(body)
    opened().when(assessing(member=None), SECRETARY).refused("marks_incomplete", rulebook=BOOK)


def test_every_criterion_is_marked_once() -> None:
    told = {
        "criteria": "commitment, qualities, shortcomings_remedied, task_results",
        "clause": CLAUSE,
        "rulebook": BOOK,
    }
    opened().when(assessing(marks=ALL_GOOD[:-1]), PHONE).refused(
        "marks_incomplete", wrong="shortcomings_remedied", **told
    )
    opened().when(assessing(marks=(*ALL_GOOD, ALL_GOOD[0])), PHONE).refused(
        "marks_incomplete", wrong="qualities", **told
    )
    more = (*ALL_GOOD, Marked("zeal", Mark.GOOD))
    opened().when(assessing(marks=more), PHONE).refused("marks_incomplete", wrong="zeal", **told)


def test_marks_below_what_the_level_asks_for_are_pointed_out() -> None:
    """Excellent asks for excellent results of tasks, and for good or better in everything else."""
    told = {"level": "excellent", "criteria": "task_results", "clause": CLAUSE}
    opened().when(assessing("excellent"), PHONE).warned("marks_below_level", **told)
    best = tuple(Marked(m.criterion, Mark.EXCELLENT if m.criterion == "task_results" else m.mark) for m in ALL_GOOD)
    opened().when(assessing("excellent", marks=best), PHONE).quietly()


def test_a_level_that_the_rulebook_does_not_have_is_refused_with_its_clause() -> None:
    old = assessing("trong_sach_vung_manh")
    told = {"named": "trong_sach_vung_manh", "allowed": "excellent, good, completed, not_completed"}
    opened().when(old, PHONE).refused(
        "level_outside_rulebook", clause="Quy định 132-QĐ/TW (08/3/2018)", rulebook=BOOK, **told
    )


def test_who_is_not_classified_is_refused_with_the_clause() -> None:
    exempt = PLACE.given(on(START, MemberStatusChanged(person=MEMBER, status=MemberStatus.EXEMPT), CELL))
    refusal = opened(exempt).when(assessing(), SECRETARY)
    refusal.refused("not_classified", of=MEMBER, eligibility="exempt", case="exempt", rulebook=BOOK)
    absent = command(AttestCase, MET, member=MEMBER, case="absent", basis=PAPER)
    attested = opened().when(absent, SECRETARY).recorded()
    attested.when(assessing(), SECRETARY).refused("not_classified", eligibility="not_yet", case="absent")
    opened().when(assessing(member=STRANGER), SECRETARY).refused("not_on_roster", person=STRANGER, unit=CELL, year=2018)


def test_who_was_just_admitted_reviews_himself_but_gets_no_level() -> None:
    new = named("new")
    admitted = MemberAdmitted(person=new, unit=CELL, status=MemberStatus.PROBATIONARY, newly=True)
    place = opened(PLACE.given(on(date(2018, 8, 1), admitted)))
    place = place.when(assessing(member=new), SECRETARY).recorded()
    comment = command(GiveComment, MET, member=new, commenter=Commenter.CELL_COMMITTEE)
    place.when(comment, SECRETARY).refused("not_classified", eligibility="review_only", case="newly_admitted")


def test_three_months_of_leave_close_the_levels_above_completed() -> None:
    leave = command(AttestCase, MET, member=MEMBER, case="leave_of_three_months", basis=PAPER)
    place = opened().when(leave, SECRETARY).recorded()
    place.when(assessing("good"), PHONE).refused("level_above_highest", level="good", highest="completed")
    place.when(assessing("completed"), PHONE).recorded()


# Points, under Regulation 366.


@pytest.mark.parametrize(
    ("common", "task", "level"),
    [
        (300, 600, "excellent"),  # 90.0
        (300, 599, "good"),  # 89.9
        (200, 500, "good"),  # 70.0
        (200, 499, "completed"),  # 69.9
        (200, 300, "completed"),  # 50.0
        (200, 299, "not_completed"),  # 49.9
    ],
)
def test_points_make_the_level(common: int, task: int, level: str) -> None:
    of_2025().when(assessing_2025(level, scored(common, task)), PHONE).recorded()
    for other in {"excellent", "good", "completed", "not_completed"} - {level}:
        refusal = of_2025().when(assessing_2025(other, scored(common, task)), PHONE)
        score = f"{(common + task) // 10}.{(common + task) % 10}"
        refusal.refused("score_level_mismatch", score=score, level=other, fits=level, rulebook="366-hd43.v1")


def test_points_are_given_in_the_groups_of_the_rulebook() -> None:
    clause = "Quy định 366-QĐ/TW (30/8/2025), phụ lục"
    told = {"groups": "common, task", "clause": clause, "rulebook": "366-hd43.v1"}
    one = assessing_2025("good", scored(200, 500)[:1])
    of_2025().when(one, PHONE).refused("scores_incomplete", wrong="task", **told)
    twice = assessing_2025("good", (*scored(200, 500), Score("task", 10)))
    of_2025().when(twice, PHONE).refused("scores_incomplete", wrong="task", **told)
    much = assessing_2025("excellent", scored(301, 600))
    of_2025().when(much, PHONE).refused("score_above_group", group="common", points=30)
    opened().when(assessing(scores=scored(200, 500)), PHONE).refused(
        "scores_incomplete", groups=None, clause="132-QĐ/TW", rulebook=BOOK
    )


# Comments.


def test_bodies_comment_after_the_self_assessment() -> None:
    comment = command(GiveComment, MET, member=MEMBER, commenter=Commenter.RESIDENCE_COMMITTEE, level="good")
    body = CommentGiven(**OF_MEMBER, commenter=Commenter.RESIDENCE_COMMITTEE, level=Level.GOOD)
    assessed(opened()).when(comment, SECRETARY).then(body, unit=CELL)
    told = {"step_kind": "comments", "missing_step": "self_assessment", "clause": CLAUSE, "rulebook": BOOK}
    opened().when(comment, SECRETARY).refused("step_missing", **told)
    whole = command(GiveComment, MET, commenter=Commenter.STATE_AUTHORITY)
    opened().when(whole, SECRETARY).refused("step_not_in_rulebook", step_kind="comments", rulebook=BOOK)


# Ballots.


def counting(*papers: Paper, **fields: Any) -> CountBallots:
    found: CountBallots = command(CountBallots, MET, **{"attendance": ATTENDANCE, "papers": papers, **fields})
    return found


def paper(returned: int, invalid: int = 0, **votes: int) -> Paper:
    return Paper(member=MEMBER, returned=returned, invalid=invalid, votes=LevelCounts(**votes))


def test_ballots_reconcile_with_the_attendance() -> None:
    place = commented(assessed(opened()))
    counted = BallotCounted(
        **OF_MEMBER, second=False, present=2, returned=2, invalid=1, votes=LevelCounts(good=1), attendance=ATTENDANCE
    )
    place.when(counting(paper(2, 1, good=1)), SECRETARY).then(counted, unit=CELL)
    place.when(counting(paper(3, good=3)), SECRETARY).refused(
        "more_ballots_than_present", of=MEMBER, returned=3, present=2, clause=CLAUSE
    )
    for wrong in (paper(2, good=1), paper(2, 1, good=2), paper(1, 2)):
        place.when(counting(wrong), SECRETARY).refused("ballots_do_not_add_up", of=MEMBER, clause=CLAUSE)
    place.when(counting(paper(2, good=2), paper(2, good=2)), SECRETARY).refused("listed_twice", id=MEMBER)


def test_who_was_absent_had_no_ballot() -> None:
    attendance = named("another attendance")
    came = (Attended(MEMBER, Attendance.PRESENT), Attended(COLLEAGUE, Attendance.EXCUSED))
    held = on(noon(MET), CellMeetingHeld(unit=CELL, meeting=named("other"), attendance=came), id=attendance)
    place = commented(assessed(opened())).given(held)
    place.when(counting(paper(2, good=2), attendance=attendance), SECRETARY).refused(
        "more_ballots_than_present", returned=2, present=1
    )


def test_the_attendance_is_that_of_a_meeting_of_the_cell() -> None:
    place = commented(assessed(opened()))
    place.when(counting(paper(1, good=1), attendance=named("nothing")), SECRETARY).refused("attendance_unknown")
    elsewhere = named("attendance elsewhere")
    held = CellMeetingHeld(
        unit=SECOND_CELL, meeting=named("there"), attendance=(Attended(NEIGHBOUR, Attendance.PRESENT),)
    )
    place = place.given(on(noon(MET), held, id=elsewhere))
    place.when(counting(paper(1, good=1), attendance=elsewhere), SECRETARY).refused("attendance_unknown")


def test_ballots_are_held_against_the_attendance_as_corrected_last() -> None:
    """Two were noted as present, of whom one was not: also who names the meeting itself has one at most."""
    corrected = named("attendance corrected")
    came = (Attended(MEMBER, Attendance.PRESENT), Attended(COLLEAGUE, Attendance.EXCUSED))
    place = commented(assessed(opened())).given(
        on(noon(date(2018, 12, 5)), AttendanceCorrected(CELL, named("meeting"), came), id=corrected)
    )
    for attendance in (ATTENDANCE, corrected):
        place.when(counting(paper(2, good=2), attendance=attendance), SECRETARY).refused(
            "more_ballots_than_present", returned=2, present=1, attendance=corrected, clause=CLAUSE
        )
        one = place.when(counting(paper(1, good=1), attendance=attendance), SECRETARY).drafts()[0].body
        assert isinstance(one, BallotCounted)
        assert (one.present, one.attendance) == (1, corrected)


def test_ballots_are_of_the_meeting_of_their_day() -> None:
    earlier = named("attendance a month before")
    came = (Attended(MEMBER, Attendance.PRESENT), Attended(COLLEAGUE, Attendance.PRESENT))
    held = CellMeetingHeld(unit=CELL, meeting=named("november"), attendance=came)
    place = commented(assessed(opened())).given(on(noon(date(2018, 11, 3)), held, id=earlier))
    place.when(counting(paper(2, good=2), attendance=earlier), SECRETARY).refused(
        "meeting_of_another_day", day=MET, met=date(2018, 11, 3), clause=CLAUSE, rulebook=BOOK
    )


def test_ballots_are_of_a_meeting_of_the_cell_as_it_was_that_day() -> None:
    """The cell beside it met the same day; that it went into this one later makes its meeting none of this cell's."""
    beside = named("attendance beside")
    held = CellMeetingHeld(
        unit=SECOND_CELL, meeting=named("beside"), attendance=(Attended(NEIGHBOUR, Attendance.PRESENT),)
    )
    merged = on(date(2018, 12, 10), UnitMerged(unit=SECOND_CELL, into=CELL))
    place = commented(assessed(opened())).given(on(noon(MET), held, id=beside), merged)
    place.when(counting(paper(1, good=1), attendance=beside), SECRETARY).refused("attendance_unknown")


def test_the_second_ballot_is_on_excellent_alone() -> None:
    place = balloted(commented(assessed(opened())), excellent=2)
    place.when(counting(paper(2, excellent=1), second=True), SECRETARY).recorded()
    for wrong in (paper(2, excellent=1, good=1), paper(2, 1, excellent=2)):
        place.when(counting(wrong, second=True), SECRETARY).refused("ballots_do_not_add_up", of=MEMBER)
    first = commented(assessed(opened()))
    first.when(counting(paper(2, excellent=1), second=True), SECRETARY).refused(
        "step_missing", step_kind="second_ballot", missing_step="ballot"
    )


def test_a_step_is_taken_again_only_before_the_next() -> None:
    place = assessed(assessed(opened()))
    assert place.when(assessing(), PHONE).recorded()
    told = {"step_kind": "self_assessment", "passed_step": "comments"}
    commented(place).when(assessing(), PHONE).refused("step_passed", **told)


def test_a_step_is_not_dated_before_the_one_that_it_follows() -> None:
    """Opened on 1/12, rated by himself, commented and voted on on 3/12."""
    day = date(2018, 12, 2)
    told: dict[str, Any] = {"day": day, "passed": MET, "clause": CLAUSE, "rulebook": BOOK}
    comment = command(GiveComment, day, member=MEMBER, commenter=Commenter.MASS_ORGANISATION)
    assessed(opened()).when(comment, SECRETARY).refused(
        "step_dated_before", step_kind="comments", passed_step="self_assessment", **told
    )
    early = command(ProposeLevels, day, proposals=(Proposed(member=MEMBER, level="good"),))
    balloted(commented(assessed(opened()))).when(early, SECRETARY).refused(
        "step_dated_before", step_kind="proposal", passed_step="self_assessment", **told
    )
    # what is taken again is as free as it was
    again = command(SelfAssess, day, member=MEMBER, level="good", marks=ALL_GOOD)
    assessed(opened()).when(again, SECRETARY).recorded()


# Proposals.


def proposing(level: str, member: Any = MEMBER) -> ProposeLevels:
    found: ProposeLevels = command(ProposeLevels, MET, proposals=(Proposed(member=member, level=level),))
    return found


def test_the_cell_proposes_after_its_ballot() -> None:
    place = balloted(commented(assessed(opened())))
    place.when(proposing("good"), SECRETARY).quietly().then(LevelProposed(**OF_MEMBER, level=Level.GOOD), unit=CELL)
    told = {"of": MEMBER, "level": "completed", "leading": "good"}
    place.when(proposing("completed"), SECRETARY).warned("proposal_differs_from_ballot", **told)
    place.when(proposing("good"), SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)
    split = balloted(commented(assessed(opened())), good=1, completed=1)
    split.when(proposing("completed"), SECRETARY).quietly()
    commented(assessed(opened())).when(proposing("good"), SECRETARY).refused(
        "step_missing", step_kind="proposal", missing_step="ballot"
    )


def test_nobody_is_proposed_as_excellent_without_the_second_ballot() -> None:
    place = balloted(commented(assessed(opened(), level="excellent")), excellent=2)
    place.when(proposing("excellent"), SECRETARY).refused("step_missing", missing_step="second_ballot")
    second_ballot(place).when(proposing("excellent"), SECRETARY).quietly()


def test_excellent_after_a_second_ballot_that_was_lost_is_pointed_out() -> None:
    """More than half of the valid papers: two of two are, one of two is not."""
    place = balloted(commented(assessed(opened(), level="excellent")), excellent=2)
    for votes in (0, 1):
        lost = second_ballot(place, votes=votes).when(proposing("excellent"), SECRETARY)
        lost.warned("second_ballot_lost", of=MEMBER, votes=votes, valid=2)
    second_ballot(place, votes=2).when(proposing("excellent"), SECRETARY).quietly()
    invalid = place.when(counting(paper(2, 1, excellent=1), second=True), SECRETARY).recorded()
    invalid.when(proposing("excellent"), SECRETARY).quietly()


def test_every_step_ends_with_the_rating() -> None:
    place = rated(opened())
    for told in (assessing(), proposing("good"), counting(paper(2, good=2))):
        place.when(told, SECRETARY).refused("already_rated", of=MEMBER, level="good")


# Appraisals.


def appraising(level: str = "good", **fields: Any) -> AppraiseLevels:
    told = {"appraisals": (Appraised(member=MEMBER, level=level),), **fields}
    found: AppraiseLevels = command(AppraiseLevels, date(2024, 12, 20), year=2024, **told)
    return found


def proposed_2024() -> Given:
    """Under Regulation 124, which has the proposals verified."""
    day = date(2024, 12, 3)
    opening = command(OpenRound, date(2024, 12, 1), year=2024, rulebook="124-hd25.v1")
    place = PLACE.at(date(2024, 12, 31)).when(opening, SECRETARY).recorded()
    attendance = named("attendance of 2024")
    held = CellMeetingHeld(
        unit=CELL, meeting=named("meeting of 2024"), attendance=(Attended(MEMBER, Attendance.PRESENT),)
    )
    papers = (Paper(member=MEMBER, returned=1, votes=LevelCounts(good=1)),)
    place = place.given(on(noon(day), held, id=attendance))
    steps: list[tuple[Any, dict[str, Any]]] = [
        (SelfAssess, {"member": MEMBER, "level": "good", "marks": ALL_GOOD}),
        (GiveComment, {"member": MEMBER, "commenter": Commenter.WORK_UNIT_HEAD}),
        (CountBallots, {"attendance": attendance, "papers": papers}),
        (ProposeLevels, {"proposals": (Proposed(member=MEMBER, level="good"),)}),
    ]
    for kind, fields in steps:
        place = place.when(command(kind, day, year=2024, **fields), SECRETARY).recorded()
    return place


def test_the_committee_that_decides_verifies_the_proposals() -> None:
    fields = {**OF_MEMBER, "round": round_id(CELL, 2024), "year": 2024}
    place = proposed_2024()
    place.when(appraising(), OFFICE).then(LevelAppraised(**fields, level=Level.GOOD), unit=CELL)
    place.when(appraising(), SECRETARY).refused("not_competent", decides=COMMUNE)
    place.when(appraising(), OTHER_OFFICE).refused("not_competent", decides=COMMUNE)
    himself = OFFICE.__class__(role=OFFICE.role, unit=COMMUNE, client="web", person=MEMBER)
    place.when(appraising(), himself).refused("own_rating", person=MEMBER)
    proposed(balloted(commented(assessed(opened())))).when(
        command(AppraiseLevels, MET, appraisals=(Appraised(member=MEMBER, level="good"),)), OFFICE
    ).refused("step_not_in_rulebook", step_kind="appraisal", rulebook=BOOK)
