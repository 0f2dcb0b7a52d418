"""Working days across Tết, swapped Saturdays and years that are not known; every date counted by hand."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.rules import Certainty
from projections.states.working_days import CALENDAR, is_working, next_working, provisional, working_day_after

YEARS = range(2016, 2028)
HOLIDAYS = {holiday.day for year in CALENDAR.years for holiday in year.holidays}
SWAPS = [swap for year in CALENDAR.years for swap in year.swaps]


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        # Tết 2018, off Wed 14/2 to Tue 20/2. 6 7 8 9 | 12 13 | 21 22 23 | 26
        (date(2018, 2, 5), 10, date(2018, 2, 26)),
        # Tết 2023, off Fri 20/1 to Thu 26/1. 10 11 12 13 | 16 17 18 19 | 27 | 30
        (date(2023, 1, 9), 10, date(2023, 1, 30)),
        # Tết 2025, off Mon 27/1 to Fri 31/1. 21 22 23 24 | 3 4 5 6 7 | 10/2
        (date(2025, 1, 20), 10, date(2025, 2, 10)),
        # Tết 2026, off Mon 16/2 to Fri 20/2. 11 12 13 | 23 24 25 26 27 | 2/3 3/3
        (date(2026, 2, 10), 10, date(2026, 3, 3)),
        # Mon 31/12/2018 off, Sat 5/1/2019 worked. 28/12 | 2/1 3/1 4/1 | Sat 5/1
        (date(2018, 12, 27), 5, date(2019, 1, 5)),
        # Mon 29/4/2019 off, Sat 4/5 worked. 26/4 | 2/5 3/5 | Sat 4/5
        (date(2019, 4, 25), 4, date(2019, 5, 4)),
        # Mon 29/4/2024 off, Sat 4/5 worked. 22 23 24 25 26 | 2/5 3/5 | Sat 4/5
        (date(2024, 4, 19), 8, date(2024, 5, 4)),
        # Sat 26/4/2025 worked, Fri 2/5 off. 22 23 24 25 | Sat 26 | 28 29; and on: 5/5 6/5 7/5
        (date(2025, 4, 21), 7, date(2025, 4, 29)),
        (date(2025, 4, 21), 10, date(2025, 5, 7)),
        # Fri 2/1/2026 off, Sat 10/1 worked. 5 6 7 8 9 | Sat 10
        (date(2025, 12, 31), 6, date(2026, 1, 10)),
        # Sat 22/8/2026 worked, Mon 31/8 off, then 1/9 and 2/9. Sat 22 | 24 25 26 27 28; and on: 3/9
        (date(2026, 8, 21), 6, date(2026, 8, 28)),
        (date(2026, 8, 21), 7, date(2026, 9, 3)),
        # Giỗ Tổ, 30/4 and 1/5 of 2023 with two days off in their stead (2/5 and 3/5). 28/4 | 4/5
        (date(2023, 4, 27), 2, date(2023, 5, 4)),
        # the end of a month, and of a leap February. 28 29 | 1/3
        (date(2024, 2, 27), 3, date(2024, 3, 1)),
        # a Saturday is not counted, and neither is the Sunday after it. Mon 5/3
        (date(2018, 3, 3), 1, date(2018, 3, 5)),
        (date(2018, 3, 3), 0, date(2018, 3, 3)),
    ],
)
def test_working_days_are_counted_without_the_first_day(start: date, count: int, expected: date) -> None:
    assert working_day_after(start, count) == expected


def test_the_next_working_day_is_the_day_itself_or_the_first_after_a_holiday() -> None:
    assert next_working(date(2018, 2, 13)) == date(2018, 2, 13)
    assert next_working(date(2018, 2, 14)) == date(2018, 2, 21)
    assert next_working(date(2019, 1, 5)) == date(2019, 1, 5)
    assert next_working(date(2019, 1, 12)) == date(2019, 1, 14)


@given(st.dates(date(2014, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
def test_so_many_working_days_lie_after_the_day_up_to_and_with_the_one_found(start: date, count: int) -> None:
    found = working_day_after(start, count)
    between = [start + timedelta(days=number) for number in range(1, (found - start).days + 1)]
    assert sum(is_working(day) for day in between) == count
    assert found == start or is_working(found)


@given(st.dates(date(2014, 1, 1), date(2030, 12, 31)))
def test_offices_work_on_weekdays_without_holidays_and_on_make_up_days(day: date) -> None:
    expected = day.isoweekday() <= 5
    if day in HOLIDAYS or day in {swap.off for swap in SWAPS}:
        expected = False
    if day in {swap.worked for swap in SWAPS}:
        expected = True
    assert is_working(day) is expected


def test_what_falls_into_a_year_not_announced_or_not_listed_is_provisional() -> None:
    assert not provisional(date(2018, 1, 1), date(2026, 11, 23))
    assert provisional(date(2026, 12, 28), date(2027, 1, 4))
    assert provisional(date(2028, 3, 1), date(2028, 3, 1))
    assert provisional(date(2015, 12, 31), date(2016, 1, 4))


def test_a_year_that_is_not_listed_has_its_weekends() -> None:
    # 2030-01-01 is a Tuesday: no holiday is known of that year. 1 2 3 4 | 7
    assert working_day_after(date(2029, 12, 31), 5) == date(2030, 1, 7)


def test_a_day_that_no_source_confirms_is_provisional_alone() -> None:
    culture = date(2026, 11, 24)
    assert provisional(culture, culture)
    assert not provisional(culture + timedelta(days=1), date(2026, 12, 31))


def test_every_year_is_listed_once_with_its_holidays() -> None:
    assert [year.year for year in CALENDAR.years] == list(YEARS)
    for year in CALENDAR.years:
        days = [holiday.day for holiday in year.holidays]
        assert days == sorted(set(days))
        assert {day.year for day in days} == {year.year}
        assert year.source
        assert year.certainty is not Certainty.HOUSE


def test_a_swap_gives_up_a_working_day_and_works_a_day_of_a_weekend() -> None:
    for swap in SWAPS:
        assert swap.off.isoweekday() <= 5
        assert swap.worked.isoweekday() > 5
        assert HOLIDAYS.isdisjoint({swap.off, swap.worked})
        assert abs((swap.worked - swap.off).days) < 14


def test_the_file_differs_from_the_library_where_the_library_misses_a_swap() -> None:
    library = holidays.country_holidays("VN", years=YEARS)
    every_day = [date.fromordinal(day) for day in range(date(2016, 1, 1).toordinal(), date(2028, 1, 1).toordinal())]
    differing = {day for day in every_day if is_working(day) != library.is_working_day(day)}
    # Công văn 12729/VPCP-KGVX of 25/12/2025: Friday 2/1 off, Saturday 10/1/2026 worked
    assert differing == {date(2026, 1, 2), date(2026, 1, 10)}
