"""Who is classified in a year, by each regulation; borders counted by hand."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.facts.evaluations import EligibilityOutcome, Level, Subject
from events.facts.members import MemberStatus
from projections.states.rulebooks.eligibility import (
    Attested,
    Eligibility,
    MemberFacts,
    StatusSpan,
    UnitFacts,
    eligibility,
    months_complete,
    six_months,
)
from projections.states.rulebooks.library import rulebook_for

LONG_AGO = date(2001, 2, 3)
EVERY_YEAR = (2018, 2019, 2023, 2025)


def asked(facts: MemberFacts | UnitFacts, year: int) -> Eligibility:
    return eligibility(rulebook_for(year), facts, year)


def cases(found: Eligibility) -> list[str]:
    return [reason.case.name for reason in found.reasons]


@pytest.mark.parametrize("year", EVERY_YEAR)
def test_a_member_like_most_is_classified_without_a_limit(year: int) -> None:
    active = (StatusSpan(MemberStatus.ACTIVE, LONG_AGO),)
    assert asked(MemberFacts(LONG_AGO, active), year) == Eligibility(EligibilityOutcome.CLASSIFY, None, ())
    assert asked(MemberFacts(None), year) == Eligibility(EligibilityOutcome.CLASSIFY, None, ())


@pytest.mark.parametrize("year", EVERY_YEAR)
@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (MemberStatus.PROBATIONARY, EligibilityOutcome.CLASSIFY),
        (MemberStatus.EXEMPT, EligibilityOutcome.EXEMPT),
        (MemberStatus.SUSPENDED, EligibilityOutcome.EXEMPT),
        (MemberStatus.TEMPORARILY_EXEMPT, EligibilityOutcome.NOT_YET),
    ],
)
def test_a_status_at_the_end_of_the_year_decides(year: int, status: MemberStatus, outcome: EligibilityOutcome) -> None:
    span = StatusSpan(status, date(year, 3, 1), document="12-NQ/CB")
    found = asked(MemberFacts(LONG_AGO, (span,)), year)
    assert found.outcome is outcome
    if outcome is not EligibilityOutcome.CLASSIFY:
        (reason,) = found.reasons
        assert (reason.case.name, reason.document) == (status.value, "12-NQ/CB")
        assert reason.case.clause


def test_a_status_that_ended_before_the_last_day_is_none() -> None:
    def until(day: date) -> EligibilityOutcome:
        span = StatusSpan(MemberStatus.SUSPENDED, date(2019, 2, 1), day)
        return asked(MemberFacts(LONG_AGO, (span,)), 2019).outcome

    # up to and without the day: the last day of the suspension is the one before
    assert until(date(2019, 12, 31)) is EligibilityOutcome.CLASSIFY
    assert until(date(2020, 1, 1)) is EligibilityOutcome.EXEMPT
    later = StatusSpan(MemberStatus.EXEMPT, date(2020, 1, 1))
    assert asked(MemberFacts(LONG_AGO, (later,)), 2019).outcome is EligibilityOutcome.CLASSIFY


@pytest.mark.parametrize(
    ("admitted", "complete"),
    [
        # 1/7 to 31/12 are six months with both days; 2/7 to 31/12 lack one
        (date(2019, 7, 1), True),
        (date(2019, 7, 2), False),
        (date(2019, 6, 30), True),
        (date(2019, 1, 1), True),
        (date(2018, 12, 31), True),
        (date(2019, 12, 31), False),
    ],
)
def test_six_months_are_counted_to_the_last_day_of_the_year(admitted: date, complete: bool) -> None:
    assert six_months(admitted, 2019) is complete
    expected = EligibilityOutcome.CLASSIFY if complete else EligibilityOutcome.REVIEW_ONLY
    assert asked(MemberFacts(admitted), 2019).outcome is expected


def test_months_end_where_a_month_is_shorter() -> None:
    # six months from 31/8 are over with the last day of February
    assert months_complete(date(2018, 8, 31), 2018, 4)
    assert not months_complete(date(2018, 8, 31), 2018, 5)
    # three months from 2/10 would end on 1/1, and so need the day after the year's last
    assert months_complete(date(2018, 10, 1), 2018, 3)
    assert not months_complete(date(2018, 10, 2), 2018, 3)


@given(st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_six_months_agree_with_the_first_of_july(since: date) -> None:
    assert six_months(since, since.year) == (since <= date(since.year, 7, 1))
    assert six_months(since, since.year + 1)


@pytest.mark.parametrize(
    ("year", "outcome"),
    [
        (2018, EligibilityOutcome.REVIEW_ONLY),
        (2022, EligibilityOutcome.REVIEW_ONLY),
        (2023, EligibilityOutcome.EXEMPT),
        (2025, EligibilityOutcome.EXEMPT),
    ],
)
def test_each_regulation_treats_who_was_just_admitted_its_way(year: int, outcome: EligibilityOutcome) -> None:
    found = asked(MemberFacts(date(year, 9, 2)), year)
    assert found.outcome is outcome
    assert cases(found) == ["newly_admitted"]


def test_a_rulebook_that_knows_no_lineage_takes_a_successor_as_new() -> None:
    rulebook = rulebook_for(2025)
    bare = tuple(msgspec.structs.replace(case, lineage=None) for case in rulebook.eligibility)
    successor = UnitFacts(Subject.CELL, date(2025, 9, 1), lineage_since=LONG_AGO)
    found = eligibility(msgspec.structs.replace(rulebook, eligibility=bare), successor, 2025)
    assert found.outcome is EligibilityOutcome.EXEMPT


@pytest.mark.parametrize("subject", [Subject.CELL, Subject.COMMITTEE])
def test_a_unit_founded_on_the_day_of_the_reorganisation_is_just_old_enough(subject: Subject) -> None:
    assert asked(UnitFacts(subject, date(2025, 7, 1)), 2025).outcome is EligibilityOutcome.CLASSIFY
    found = asked(UnitFacts(subject, date(2025, 7, 2)), 2025)
    assert found.outcome is EligibilityOutcome.EXEMPT
    assert cases(found) == ["new_unit"]


def test_the_successor_of_a_merger_is_as_old_as_its_oldest_predecessor() -> None:
    merged = date(2025, 9, 1)
    assert (
        asked(UnitFacts(Subject.COMMITTEE, merged, lineage_since=LONG_AGO), 2025).outcome is EligibilityOutcome.CLASSIFY
    )
    # of predecessors that are new themselves it inherits no more than they have
    assert (
        asked(UnitFacts(Subject.COMMITTEE, merged, lineage_since=date(2025, 8, 1)), 2025).outcome
        is EligibilityOutcome.EXEMPT
    )


def attested(case: str, year: int = 2019) -> Eligibility:
    return asked(MemberFacts(LONG_AGO, attested=(Attested(case, "07-XN/ĐU"),)), year)


def test_a_long_leave_leaves_completed_as_the_highest_level() -> None:
    found = attested("leave_of_three_months")
    assert (found.outcome, found.highest) == (EligibilityOutcome.CLASSIFY, Level.COMPLETED)
    assert [reason.document for reason in found.reasons] == ["07-XN/ĐU"]


def test_a_leave_counted_by_time_worked_limits_nothing() -> None:
    found = attested("leave_by_time_worked")
    assert (found.outcome, found.highest) == (EligibilityOutcome.CLASSIFY, None)
    assert cases(found) == ["leave_by_time_worked"]


def test_who_is_suspended_from_a_committee_alone_is_classified() -> None:
    assert attested("committee_suspended").outcome is EligibilityOutcome.CLASSIFY


def test_who_was_absent_or_is_under_examination_is_still_to_be_classified() -> None:
    assert attested("absent").outcome is EligibilityOutcome.NOT_YET
    assert attested("under_examination").outcome is EligibilityOutcome.NOT_YET


def test_of_several_cases_the_strongest_decides_and_all_are_named() -> None:
    facts = MemberFacts(
        date(2019, 10, 1),
        (StatusSpan(MemberStatus.SUSPENDED, date(2019, 11, 1)),),
        (Attested("absent", "1"), Attested("leave_of_three_months", "2")),
    )
    found = asked(facts, 2019)
    assert found.outcome is EligibilityOutcome.EXEMPT
    assert found.highest is Level.COMPLETED
    assert set(cases(found)) == {"suspended", "newly_admitted", "absent", "leave_of_three_months"}


def test_of_several_limits_the_lowest_holds() -> None:
    rulebook = rulebook_for(2019)
    leave = next(case for case in rulebook.eligibility if case.name == "leave_of_three_months")
    milder = msgspec.structs.replace(leave, name="milder", highest=Level.GOOD)
    both = msgspec.structs.replace(rulebook, eligibility=(milder, leave))
    facts = MemberFacts(LONG_AGO, attested=(Attested("milder", "1"), Attested("leave_of_three_months", "2")))
    assert eligibility(both, facts, 2019).highest is Level.COMPLETED


@pytest.mark.parametrize("case", ["illness", "exempt", "newly_admitted", "new_unit"])
def test_a_case_that_nobody_can_attest_is_refused(case: str) -> None:
    with pytest.raises(ValueError, match=case):
        attested(case)


def test_a_leave_is_of_a_member_and_not_of_a_unit() -> None:
    with pytest.raises(ValueError, match="leave_of_three_months"):
        asked(UnitFacts(Subject.CELL, LONG_AGO, attested=(Attested("leave_of_three_months", "1"),)), 2019)


def test_another_year_than_the_rulebooks_is_refused() -> None:
    with pytest.raises(ValueError, match="not the rulebook of 2023"):
        eligibility(rulebook_for(2022), MemberFacts(LONG_AGO), 2023)


def test_who_came_after_the_year_is_refused() -> None:
    assert asked(MemberFacts(date(2019, 12, 31)), 2019).outcome is EligibilityOutcome.REVIEW_ONLY
    with pytest.raises(ValueError, match="2020-01-01"):
        asked(MemberFacts(date(2020, 1, 1)), 2019)


@given(st.sampled_from(EVERY_YEAR), st.dates(date(2010, 1, 1), date(2025, 12, 31)), st.integers(0, 2000))
def test_nobody_becomes_newer_by_having_come_earlier(year: int, admitted: date, days: int) -> None:
    if admitted.year > year:
        return
    order = list(EligibilityOutcome)
    later, earlier = (asked(MemberFacts(day), year) for day in (admitted, admitted - timedelta(days=days)))
    assert order.index(earlier.outcome) <= order.index(later.outcome)
