"""The clocks of phones: what they claim is checked against this moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.decisions.outcome import Refused, Warned

CLOCK_TOLERANCE = timedelta(minutes=5)
FUTURE_TOLERANCE = timedelta(hours=24)
"""A phone's clock may be wrong: a report up to a day ahead is recorded and flagged; beyond that it is refused."""


def check_clock(moment: datetime, *claims: datetime | None) -> tuple[Warned, ...]:
    """What to tell about claims that lie ahead of `moment`. Raises `Refused`."""
    ahead = max((claim - moment for claim in claims if claim is not None), default=timedelta())
    if ahead > FUTURE_TOLERANCE:
        raise Refused("in_the_future", hours=int(ahead.total_seconds() // 3600))
    if ahead > CLOCK_TOLERANCE:
        return (Warned("clock_ahead", {"minutes": int(ahead.total_seconds() // 60)}),)
    return ()
