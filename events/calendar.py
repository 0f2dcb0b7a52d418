"""Time as the users live it: Asia/Ho_Chi_Minh, seven hours ahead of UTC, without summer time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
FOREVER = date.max
"""An open end: the day that never comes (stored as 'infinity')."""


def now() -> datetime:
    """This moment in Viet Nam."""
    return datetime.now(VIETNAM)


def today() -> date:
    """The current day in Viet Nam."""
    return now().date()


def local_date(instant: datetime) -> date:
    """The day in Viet Nam on which the instant fell."""
    return instant.astimezone(VIETNAM).date()


def day_after(day: date) -> date:
    """The next day; after the last one that there is, that one again."""
    return min(day, FOREVER - timedelta(days=1)) + timedelta(days=1)
