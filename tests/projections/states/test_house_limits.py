"""Limits that the installation set itself: from which day, for which grievances, and what is refused in their file."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.states import clocks, house_limits
from projections.states.clock_rules import VARIANTS
from projections.states.clocks import Run
from projections.states.grievances import Case
from projections.states.house_limits import HouseLimitsInvalid, Mistake
from tests.house_limits import DOCUMENT, adopting, entry, file
from tests.projections.states.test_clocks import LEVELS, PROPOSAL, accepted, answered, delivered, raised, story, the


def proposal(day: date) -> Case:
    """Told at the office on the day, and accepted on it."""
    return story(raised(day, kind=PROPOSAL), accepted(day))


def runs(case: Case) -> tuple[Run, ...]:
    return clocks.runs(case, LEVELS.__getitem__)


def test_a_limit_holds_for_what_starts_from_its_first_day_on() -> None:
    with adopting(entry()):
        # 31/5/2022 and 60 days is Saturday 30/7: the working day after it is Monday 1/8.
        before = the(proposal(date(2022, 5, 31)), "resolution")
        assert (before.due, before.days, before.house) == (date(2022, 8, 1), 60, None)
        # 1/6/2022 and 45 days is Saturday 16/7: Monday 18/7.
        after = the(proposal(date(2022, 6, 1)), "resolution")
        assert (after.due, after.days, after.certainty) == (date(2022, 7, 18), 45, "house")
        assert after.house is not None
        assert after.house.document == DOCUMENT


def test_a_later_limit_takes_the_place_of_an_earlier_one_and_may_be_counted_otherwise() -> None:
    later = entry(limit=20, unit="working_days", valid_from="2022-09-05", document="15-QĐ/ĐU", issued_on="2022-09-01")
    with adopting(entry(), later):
        assert the(proposal(date(2022, 9, 4)), "resolution").days == 45
        run = the(proposal(date(2022, 9, 5)), "resolution")
        # Working days: four up to 9/9, nine up to the 16th, 14 up to the 23rd, 19 up to the 30th, then Monday.
        assert (run.due, run.counted_in) == (date(2022, 10, 3), "working_days")


def test_a_limit_is_for_the_grievances_that_it_names() -> None:
    with adopting(entry(kinds=["concern"]), entry(levels=["cell"], limit=5)):
        assert the(proposal(date(2022, 6, 1)), "resolution").days == 60


def test_each_clock_keeps_its_place_among_the_rules() -> None:
    """The place tells the rule of the law; the limit of the house stands beside it."""
    case = story(raised(date(2022, 6, 1), kind=PROPOSAL), accepted(date(2022, 6, 1)), answered(date(2022, 6, 9)))
    plain = runs(case)
    with adopting(entry(), entry(clock="delivery", limit=3), entry(clock="total", kinds=["proposal"], limit=90)):
        ours = runs(case)
    assert [(r.clock, r.version, r.variant) for r in ours] == [(r.clock, r.version, r.variant) for r in plain]
    assert {r.clock for r in ours if r.house} == {"resolution", "delivery", "total"}
    for run in ours:
        rule = VARIANTS[run.version, run.clock][run.variant]
        assert (run.article, run.statutory) == (rule.article, rule.limit is not None)


@given(
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.lists(st.integers(0, 60), min_size=3, max_size=3),
    st.sampled_from(
        ["cell_conclusion", "determine_kind", "resolution", "delivery", "contest_window", "level", "total"]
    ),
    st.integers(1, 400),
    st.sampled_from(["calendar_days", "working_days"]),
)
def test_what_started_before_a_limit_is_due_as_it_was(
    told: date, valid_from: date, gaps: list[int], clock: str, limit: int, unit: str
) -> None:
    days = [told + timedelta(days=sum(gaps[:count])) for count in range(4)]
    case = story(raised(days[0], kind=PROPOSAL), accepted(days[1]), answered(days[2]), delivered(days[3]))
    level = "cell" if clock == "cell_conclusion" else "commune"
    kinds = [None] if clock == "determine_kind" else ["proposal"]
    own = entry(clock=clock, kinds=kinds, levels=[level], limit=limit, unit=unit)
    plain = runs(case)
    with adopting({**own, "valid_from": valid_from, "issued_on": valid_from}):
        ours = runs(case)
    assert [run for run in ours if run.started < valid_from] == [run for run in plain if run.started < valid_from]
    for run, other in zip(ours, plain, strict=True):
        theirs = run.started >= valid_from and run.clock == clock and level == "commune" and kinds != [None]
        assert (run.days == limit and run.house is not None) if theirs else run == other


@pytest.mark.parametrize(
    ("wrong", "mistake", "place"),
    [
        ({"clock": "resolutoin"}, Mistake.CLOCK_UNKNOWN, "$.limits[0].clock"),
        ({"clock": "first_answer"}, Mistake.LIMIT_OF_THE_LAW, "$.limits[0]"),
        ({"kinds": ["proposal", "complaint"]}, Mistake.LIMIT_OF_THE_LAW, "$.limits[0]"),
        ({"clock": "determine_kind"}, Mistake.NO_SUCH_CASE, "$.limits[0]"),
        ({"valid_from": "2022-05-19"}, Mistake.BEFORE_ITS_DOCUMENT, "$.limits[0].valid_from"),
        ({"limit": 0}, None, "$.limits[0].limit"),
        ({"unit": "weeks"}, None, "$.limits[0].unit"),
        ({"certainty": "found"}, None, "$.limits[0].certainty"),
        ({"document": ""}, None, "$.limits[0].document"),
        ({"levels": []}, None, "$.limits[0].levels"),
        ({"extended_limit": 45}, Mistake.EXTENDS_NOTHING, "$.limits[0].extended_limit"),
        ({"clock": "contest_window", "extended_limit": 90}, Mistake.NOT_EXTENDED, "$.limits[0].extended_limit"),
        ({"limt": 3}, None, "$.limits[0]"),
    ],
    ids=str,
)
def test_a_file_with_a_mistake_is_refused_with_its_place(
    wrong: dict[str, Any], mistake: Mistake | None, place: str
) -> None:
    with pytest.raises(HouseLimitsInvalid) as refused:
        house_limits.read(file(entry(**wrong)))
    assert (refused.value.mistake, refused.value.place) == (mistake, place)


def test_one_day_has_one_limit() -> None:
    with pytest.raises(HouseLimitsInvalid) as refused:
        house_limits.read(file(entry(), entry(kinds=["proposal"], limit=30)))
    assert (refused.value.mistake, refused.value.place) == (Mistake.SET_TWICE, "$.limits[1]")
    apart = house_limits.read(file(entry(kinds=["concern"]), entry(kinds=["proposal"], limit=30)))
    assert len(apart.limits) == 2


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"limits": 3}', b"\xff", b"[" * 10_000])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    with pytest.raises(HouseLimitsInvalid):
        house_limits.read(data)


def test_files_that_say_the_same_have_one_digest() -> None:
    one = house_limits.read(file(entry()))
    assert house_limits.read(b" " + file(entry()) + b"\n").digest == one.digest
    other = house_limits.read(file(entry(limit=44)))
    assert other.digest != one.digest
    assert other.differ_from(one) == (date(2022, 6, 1), {"resolution"})
    assert one.differ_from(house_limits.restored(one.text)) is None
