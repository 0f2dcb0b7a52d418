"""The demo's traced grievance: what differs from the count by hand is named."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from services.cli.traced import otherwise
from services.demo.ban_hon import TRACED
from services.demo.ban_hon.teller import on


def told() -> dict[str, Any]:
    """A trace as the API tells it, when all is as counted; some of it in UTC."""
    return {
        "hops": [
            {
                "unit": {"id": str(hop.unit)},
                "arrived": on(hop.arrived, 20).isoformat(),
                "left": on(hop.left, 6).astimezone(UTC).isoformat(),
                "held": hop.held,
            }
            for hop in TRACED.hops
        ],
        "clocks": [
            {
                "clock": limit.clock,
                "unit": {"id": str(limit.unit)},
                "started": limit.started.isoformat(),
                "due": limit.due.isoformat(),
                "ended": limit.ended.isoformat(),
                "overdue": limit.late,
            }
            for limit in TRACED.limits
        ],
    }


def test_a_trace_as_counted_differs_in_nothing() -> None:
    assert otherwise(told()) == []


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [("hops", "held", 1), ("hops", "left", on(TRACED.hops[0].arrived).isoformat()), ("clocks", "overdue", None)],
)
def test_what_differs_is_named(part: str, field: str, value: object) -> None:
    found = told()
    found[part][0][field] = value
    assert [name for name, _, _ in otherwise(found)] == [part]
