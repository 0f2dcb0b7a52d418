"""The limits of grievances by version of the law; every date counted by hand from the calendar of its year."""

from collections import Counter
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise, product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.facts.grievance_values import GrievanceKind
from events.facts.organisation import UnitKind
from projections.rules import Certainty
from projections.states.clock_rules import (
    VERSIONS,
    Clock,
    ClockRules,
    DayUnit,
    Due,
    Event,
    WithdrawnReopened,
    rules_on,
)

CELL, COMMUNE, DISTRICT, PROVINCE = UnitKind.CELL, UnitKind.COMMUNE, UnitKind.DISTRICT, UnitKind.PROVINCE
CONCERN, PROPOSAL, COMPLAINT = GrievanceKind.CONCERN, GrievanceKind.PROPOSAL, GrievanceKind.COMPLAINT
CASES = list(product([None, *GrievanceKind], [CELL, COMMUNE, DISTRICT, PROVINCE], [False, True], [False, True]))
LAST_OF_OLD_LAW, FIRST_OF_NEW_LAW = date(2026, 6, 30), date(2026, 7, 1)


def due(
    name: str,
    kind: GrievanceKind | None,
    started: date,
    extended_until: date | None = None,
    level: UnitKind = COMMUNE,
    second: bool = False,
    remote: bool = False,
) -> Due:
    rules = rules_on(started)
    clock = rules.find(name, kind, level, second, remote)
    assert clock is not None
    return rules.due(clock, started, extended_until)


@pytest.mark.parametrize("kind", [None, *GrievanceKind])
@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        # Tết 2018, off 14/2 to 20/2. 6 7 8 9 | 12 13 | 21 22 23 | 26
        (date(2018, 2, 5), date(2018, 2, 26)),
        # Tết 2023, off 20/1 to 26/1. 16 17 18 19 | 27 | 30 31 1/2 2/2 3/2
        (date(2023, 1, 13), date(2023, 2, 3)),
        # Tết 2025, off 27/1 to 31/1. 24 | 3 4 5 6 7 | 10 11 12 13
        (date(2025, 1, 23), date(2025, 2, 13)),
        # Tết 2026, off 16/2 to 20/2. 13 | 23 24 25 26 27 | 2/3 3/3 4/3 5/3
        (date(2026, 2, 12), date(2026, 3, 5)),
        # 29/4/2024 off for Saturday 4/5, which is the tenth. 18/4 is Giỗ Tổ. 17 19 | 22 23 24 25 26 | 2/5 3/5 4/5
        (date(2024, 4, 16), date(2024, 5, 4)),
    ],
)
def test_the_first_answer_is_due_on_the_tenth_working_day(
    kind: GrievanceKind | None, arrived: date, expected: date
) -> None:
    assert due("first_answer", kind, arrived) == Due(expected, statutory=True)


@pytest.mark.parametrize(
    ("second", "remote", "limit", "extended"),
    [
        # from Tuesday 2/10/2018: 30 days to Thu 1/11, 45 to Fri 16/11, 60 to Sat 1/12 (so Mon 3/12), 70 to Tue 11/12
        (False, False, date(2018, 11, 1), date(2018, 11, 16)),
        (False, True, date(2018, 11, 16), date(2018, 12, 3)),
        (True, False, date(2018, 11, 16), date(2018, 12, 3)),
        (True, True, date(2018, 12, 3), date(2018, 12, 11)),
    ],
)
def test_a_complaint_is_settled_in_calendar_days_by_its_time_and_area(
    second: bool, remote: bool, limit: date, extended: date
) -> None:
    accepted, never = date(2018, 10, 2), date(2019, 12, 31)
    assert due("resolution", COMPLAINT, accepted, second=second, remote=remote) == Due(limit, statutory=True)
    # an extension reaches as far as the law lets it
    assert due("resolution", COMPLAINT, accepted, never, second=second, remote=remote) == Due(extended, statutory=True)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        # 30 days end on Sunday 28/1/2018
        (date(2017, 12, 29), date(2018, 1, 29)),
        # on Friday 16/2/2018, the first day of the year in Tết; offices open again on Wednesday 21/2
        (date(2018, 1, 17), date(2018, 2, 21)),
        # on Monday 29/4/2024, off for Saturday 4/5; 30/4 and 1/5 are holidays
        (date(2024, 3, 30), date(2024, 5, 2)),
        # on Saturday 4/5/2024, which was worked
        (date(2024, 4, 4), date(2024, 5, 4)),
        # from the last day of January: 28 days of February and two more, in a leap year 29 and one more
        (date(2023, 1, 31), date(2023, 3, 2)),
        (date(2024, 1, 31), date(2024, 3, 1)),
    ],
)
def test_a_last_day_off_moves_to_the_next_working_day(accepted: date, expected: date) -> None:
    assert due("resolution", COMPLAINT, accepted).on == expected


def test_an_extension_holds_until_the_day_its_document_names() -> None:
    accepted = date(2018, 10, 2)
    # Friday 9/11, Saturday 10/11 (so Monday 12/11), and a day before the limit of 1/11 ends anyway
    assert due("resolution", COMPLAINT, accepted, date(2018, 11, 9)).on == date(2018, 11, 9)
    assert due("resolution", COMPLAINT, accepted, date(2018, 11, 10)).on == date(2018, 11, 12)
    assert due("resolution", COMPLAINT, accepted, date(2018, 10, 20)).on == date(2018, 11, 1)


def test_the_law_knows_no_extension_of_the_first_answer() -> None:
    # 3 4 5 | 8 9 10 11 12 | 15 16
    assert due("first_answer", COMPLAINT, date(2018, 10, 2), date(2018, 11, 30)).on == date(2018, 10, 16)


def test_that_a_complaint_needs_longer_verification_is_a_first_answer() -> None:
    rules = rules_on(LAST_OF_OLD_LAW)
    ends = {kind: rules.find("first_answer", kind, COMMUNE).ends for kind in (CONCERN, COMPLAINT)}
    assert set(ends[COMPLAINT]) - set(ends[CONCERN]) == {Event.INTERIM_REPLIED}
    assert {"accepted", "refused", "transferred", "escalated", "returned"} <= set(ends[CONCERN])


def test_where_the_law_sets_no_limit_the_house_does_and_a_document_extends_it() -> None:
    # 60 days from 2/10/2018 end on Saturday 1/12, 60 more on Wednesday 30/1/2019: no document goes further.
    assert due("resolution", CONCERN, date(2018, 10, 2)) == Due(date(2018, 12, 3))
    assert due("resolution", PROPOSAL, date(2018, 10, 2), date(2019, 1, 29)) == Due(date(2019, 1, 29))
    assert due("resolution", PROPOSAL, date(2018, 10, 2), date(2099, 1, 1)) == Due(date(2019, 1, 30))


@pytest.mark.parametrize("rules", VERSIONS, ids=lambda rules: rules.version)
def test_a_house_limit_is_extended_by_its_length_once_more_but_not_the_households_time(rules: ClockRules) -> None:
    for clock in rules.clocks:
        if clock.house_limit is not None:
            waits_for_household = clock.name in ("delivery", "contest_window")
            assert clock.extended_limit == (None if waits_for_household else 2 * clock.house_limit), clock.name


def test_a_clock_without_any_limit_is_never_due() -> None:
    rules = rules_on(LAST_OF_OLD_LAW)
    clock = rules.find("total", CONCERN, COMMUNE)
    assert clock is not None
    none = msgspec.structs.replace(clock, house_limit=None, extended_limit=None)
    assert rules.due(none, LAST_OF_OLD_LAW, date(2027, 1, 4)) == Due(None)


def test_a_cell_concludes_by_the_meeting_after() -> None:
    # 35 days from Sunday 3/3/2019 end on Sunday 7/4
    assert due("cell_conclusion", None, date(2019, 3, 3), level=CELL) == Due(date(2019, 4, 8))


def test_the_household_contests_within_a_window_from_the_delivery() -> None:
    # from Thursday 14/3/2019: 30 days to Saturday 13/4 and the Giỗ Tổ of Sunday 14/4, made up on Monday 15/4;
    # 45 days to Sunday 28/4 and a Monday, Tuesday and Wednesday off (29/4 swapped, 30/4, 1/5)
    assert due("contest_window", COMPLAINT, date(2019, 3, 14)) == Due(date(2019, 4, 16), statutory=True)
    assert due("contest_window", COMPLAINT, date(2019, 3, 14), remote=True) == Due(date(2019, 5, 2), statutory=True)
    assert due("contest_window", CONCERN, date(2019, 3, 14), remote=True) == Due(date(2019, 4, 16))


def test_what_starts_under_the_old_law_keeps_its_limit() -> None:
    # 10 calendar days from Tuesday 30/6/2026; 7 working days from Wednesday 1/7: 2 3 | 6 7 8 9 10
    assert due("complaint_acceptance", COMPLAINT, LAST_OF_OLD_LAW) == Due(date(2026, 7, 10), statutory=True)
    assert due("complaint_acceptance", COMPLAINT, FIRST_OF_NEW_LAW) == Due(date(2026, 7, 10), statutory=True)
    # across the holidays of 2/9: ten days from Friday 28/8 end on Monday 7/9, under the old law's counting;
    # seven working days: 3/9 4/9 | 7 8 9 10 11
    assert due("complaint_acceptance", COMPLAINT, date(2026, 8, 28)) == Due(date(2026, 9, 11), statutory=True)


def test_a_withdrawn_complaint_is_reopened_under_the_new_law_only_if_coerced() -> None:
    assert rules_on(LAST_OF_OLD_LAW).withdrawn_reopened is WithdrawnReopened.ALWAYS_POSSIBLE
    assert rules_on(FIRST_OF_NEW_LAW).withdrawn_reopened is WithdrawnReopened.ONLY_IF_COERCED


def test_the_district_has_clocks_until_its_level_ends() -> None:
    assert rules_on(date(2025, 6, 30)).find("first_answer", CONCERN, DISTRICT) is not None
    assert rules_on(date(2025, 7, 1)).find("first_answer", CONCERN, DISTRICT) is None
    assert rules_on(date(2025, 7, 1)).find("first_answer", CONCERN, PROVINCE) is not None


def test_a_deadline_whose_calendar_is_not_known_is_provisional() -> None:
    # 10 11 12 13 | 16 17 18 19 20 | 23/11: before the 24th, a holiday that no source confirms
    assert due("first_answer", CONCERN, date(2026, 11, 9)) == Due(date(2026, 11, 23), statutory=True)
    # 11 12 13 | 16 17 18 19 20 | 23 25
    assert due("first_answer", CONCERN, date(2026, 11, 10)) == Due(date(2026, 11, 25), True, provisional=True)
    # the calendar of 2027 is not announced: 28 29 30 31 | 4 5 6 7 8 | 11, and 30 days to the holiday of Friday 1/1
    assert due("delivery", CONCERN, date(2026, 12, 25)) == Due(date(2027, 1, 11), provisional=True)
    assert due("resolution", COMPLAINT, date(2026, 12, 2)) == Due(date(2027, 1, 4), True, provisional=True)
    # that of 2029 is not listed: 2/9 is a Sunday, and nothing says that Monday is off in its stead. 31 | 3 4 5 6 7 | 10
    assert due("complaint_acceptance", COMPLAINT, date(2029, 8, 30)) == Due(date(2029, 9, 10), True, provisional=True)
    # a limit in calendar days hangs on the calendar of its last day alone
    assert due("resolution", CONCERN, date(2026, 10, 30)) == Due(date(2026, 12, 29))


def test_what_began_before_the_modelled_law_has_no_clock() -> None:
    assert rules_on(date(2014, 6, 30)).clocks == ()
    assert rules_on(date.min).find("total", CONCERN, COMMUNE) is None


def test_the_versions_cover_every_day_once_and_bear_the_names_of_their_files() -> None:
    assert VERSIONS[0].valid_from == date.min
    assert VERSIONS[-1].valid_to is None
    for before, after in pairwise(VERSIONS):
        assert before.valid_to == after.valid_from
        assert rules_on(after.valid_from - timedelta(days=1)) is before
        assert rules_on(after.valid_from) is after
    assert rules_on(date.max) is VERSIONS[-1]
    names = {file.name for file in files("projections.rules").joinpath("clocks").iterdir()}
    assert names == {f"{rules.version}.json" for rules in VERSIONS}


@pytest.mark.parametrize("rules", VERSIONS, ids=lambda rules: rules.version)
def test_at_most_one_clock_of_a_name_holds_for_a_case(rules: ClockRules) -> None:
    for case in CASES:
        names = Counter(clock.name for clock in rules.clocks if clock.holds(*case))
        assert set(names.values()) <= {1}
        assert all(rules.find(name, *case) for name in names)


ALWAYS = {"level", "total"}
AT_A_CELL = {"cell_conclusion", *ALWAYS}
HEARD = {"resolution", "delivery", "contest_window"}
AT_AN_OFFICE = {"first_answer", *HEARD, *ALWAYS}


@pytest.mark.parametrize("rules", VERSIONS[1:], ids=lambda rules: rules.version)
@pytest.mark.parametrize(
    ("kind", "level", "expected"),
    [
        (None, CELL, AT_A_CELL | HEARD),
        (CONCERN, CELL, AT_A_CELL | HEARD),
        (PROPOSAL, CELL, AT_A_CELL | HEARD),
        (COMPLAINT, CELL, AT_A_CELL | HEARD),
        (None, COMMUNE, AT_AN_OFFICE | {"determine_kind"}),
        (CONCERN, COMMUNE, AT_AN_OFFICE),
        (PROPOSAL, PROVINCE, AT_AN_OFFICE),
        (COMPLAINT, COMMUNE, AT_AN_OFFICE | {"complaint_acceptance"}),
        (COMPLAINT, PROVINCE, AT_AN_OFFICE | {"complaint_acceptance"}),
    ],
)
def test_every_step_has_its_clock(
    rules: ClockRules, kind: GrievanceKind | None, level: UnitKind, expected: set[str]
) -> None:
    for second, remote in product([False, True], [False, True]):
        assert {clock.name for clock in rules.clocks if clock.holds(kind, level, second, remote)} == expected


@pytest.mark.parametrize("rules", VERSIONS, ids=lambda rules: rules.version)
def test_a_clock_says_where_it_comes_from(rules: ClockRules) -> None:
    assert rules.source
    for clock in rules.clocks:
        assert clock.source
        assert clock.article
        assert (clock.certainty is Certainty.HOUSE) == (clock.limit is None)
        assert set(clock.starts).isdisjoint(clock.ends)


CLOCK = msgspec.to_builtins(VERSIONS[-1].clocks[0])


@pytest.mark.parametrize(
    "wrong",
    [
        {"limt": 10},
        {"limit": 0},
        {"limit": 10},
        {"extended_limit": 35},
        {"house_limit": None},
        {"limit": 30, "house_limit": None, "extended_limit": 30},
        {"unit": "weeks"},
        {"starts": ["arived"]},
        {"starts": []},
        {"levels": ["village"]},
        {"kinds": ["denunciation"]},
        {"certainty": "sure"},
    ],
    ids=str,
)
def test_a_file_with_a_mistake_is_refused(wrong: dict[str, object]) -> None:
    assert msgspec.convert(CLOCK, Clock) == VERSIONS[-1].clocks[0]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**CLOCK, **wrong}, Clock)


@given(
    st.sampled_from([(rules, clock) for rules in VERSIONS for clock in rules.clocks]),
    st.dates(date(2014, 7, 1), date(2030, 12, 31)),
    st.none() | st.dates(date(2014, 7, 1), date(2032, 12, 31)),
)
def test_a_limit_never_ends_before_its_days_and_an_extension_never_shortens_it(
    chosen: tuple[ClockRules, Clock], started: date, until: date | None
) -> None:
    rules, clock = chosen
    plain, extended = rules.due(clock, started), rules.due(clock, started, until)
    days = clock.limit or clock.house_limit
    assert days is not None
    assert plain.on is not None
    assert extended.on is not None
    assert plain.on >= started + timedelta(days=days)
    assert extended.on >= plain.on
    if clock.unit is DayUnit.CALENDAR_DAYS and clock.limit and clock.extended_limit:
        # the longest run of days off is Tết with its weekends: nine
        assert extended.on <= started + timedelta(days=clock.extended_limit + 9)
