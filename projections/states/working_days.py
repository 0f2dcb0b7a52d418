"""Working days of offices in Viet Nam: Monday to Friday without public holidays, and make-up Saturdays.

The days are listed in `projections/rules/holidays.json`, each year with its source. A year that is not listed there has
its weekends only, and whatever falls into it is provisional.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import msgspec

from projections.rules import Certainty

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public holiday, or the day off in its stead. Source and certainty where they are not those of its year."""

    day: date
    name: str
    source: str | None = None
    certainty: Certainty | None = None


class Swap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A working day that was off, and the day of a weekend that was worked instead."""

    off: date
    worked: date
    source: str
    certainty: Certainty


class CalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one year. Swaps stand in the year of the day that is off."""

    year: int
    source: str
    certainty: Certainty
    holidays: tuple[Holiday, ...]
    swaps: tuple[Swap, ...]


class HolidayCalendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The years known, each once."""

    source: str
    years: tuple[CalendarYear, ...]


def _read() -> HolidayCalendar:
    return msgspec.json.decode(files("projections.rules").joinpath("holidays.json").read_bytes(), type=HolidayCalendar)


CALENDAR = _read()
_HOLIDAYS = [holiday for year in CALENDAR.years for holiday in year.holidays]
_SWAPS = [swap for year in CALENDAR.years for swap in year.swaps]
_OFF = frozenset([*(holiday.day for holiday in _HOLIDAYS), *(swap.off for swap in _SWAPS)])
_WORKED = frozenset(swap.worked for swap in _SWAPS)
_SETTLED_YEARS = frozenset(year.year for year in CALENDAR.years if year.certainty is not Certainty.UNVERIFIED)
_UNSETTLED_DAYS = frozenset(
    [
        *(holiday.day for holiday in _HOLIDAYS if holiday.certainty is Certainty.UNVERIFIED),
        *(day for swap in _SWAPS if swap.certainty is Certainty.UNVERIFIED for day in (swap.off, swap.worked)),
    ]
)


def is_working(day: date) -> bool:
    """Whether offices work on the day."""
    if day.weekday() >= SATURDAY:
        return day in _WORKED
    return day not in _OFF


def next_working(day: date) -> date:
    """The day itself where it is a working day, otherwise the first working day after it."""
    while not is_working(day):
        day += ONE_DAY
    return day


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after `day` (which is not counted, working or not); `day` itself where count is 0."""
    for _ in range(count):
        day = next_working(day + ONE_DAY)
    return day


def provisional(first: date, last: date) -> bool:
    """Whether the working days from `first` up to and with `last` may still turn out otherwise.

    So where one of them lies in a year that is not listed or not announced yet, or is off by an unverified source.
    """
    if any(first <= day <= last for day in _UNSETTLED_DAYS):
        return True
    return any(year not in _SETTLED_YEARS for year in range(first.year, last.year + 1))
