"""Positions and times as they are written in addresses, and months before a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from services.queries.history import recorded_at
from services.queries.session import CannotAnswer, moment, nanoseconds
from services.queries.visits import months_before

VIETNAM = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0", 0),
        ("12345", 12345),
        ("2018-05-10T00:00:00+07:00", datetime(2018, 5, 10, tzinfo=VIETNAM)),
        ("2018-05-10T00:00:00 07:00", datetime(2018, 5, 10, tzinfo=VIETNAM)),
        ("2018-05-10", datetime(2018, 5, 10, 23, 59, 59, 999_999, VIETNAM)),
        ("2018-05-10T00:00:00.123456Z", datetime(2018, 5, 10, 0, 0, 0, 123456, UTC)),
    ],
)
def test_a_moment_is_a_position_a_time_with_offset_or_the_end_of_a_day(text: str, meant: int | datetime) -> None:
    assert moment(text) == meant


@pytest.mark.parametrize(
    "text", ["", "now", "-1", "1e3", "²", "2018-02-30", "1969-12-31", "2018-W19-4", "2018-05-10T00:00:00", "1" * 30]
)
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(CannotAnswer) as refusal:
        moment(text)
    assert (refusal.value.code, refusal.value.parameters) == ("known_at_unreadable", {"field": "known_at"})


@pytest.mark.parametrize("ns", [1_700_000_000_000_000_000, 1_700_000_000_000_000_001, 1_700_000_000_123_456_789])
def test_what_is_known_at_the_recorded_time_as_shown_includes_the_fact(ns: int) -> None:
    assert 0 <= nanoseconds(recorded_at(ns)) - ns < 1000


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2018, 6, 5), 3, date(2018, 3, 5)),
        (date(2018, 3, 31), 1, date(2018, 2, 28)),
        (date(2020, 3, 31), 1, date(2020, 2, 29)),
        (date(2018, 1, 15), 1, date(2017, 12, 15)),
        (date(2018, 12, 31), 12, date(2017, 12, 31)),
        (date(2018, 3, 28), 1, date(2018, 2, 28)),
    ],
)
def test_months_before_a_day(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
