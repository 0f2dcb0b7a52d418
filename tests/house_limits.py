"""Limits that an installation set itself, for tests that fold or decide by them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from projections.states import house_limits
from projections.states.house_limits import HouseLimits

DOCUMENT = "12-QĐ/ĐU"


def entry(**fields: Any) -> dict[str, Any]:
    """Proposals at communes are settled in 45 days, of what is accepted from 1/6/2022 on; or otherwise."""
    usual = {
        "clock": "resolution",
        "kinds": [None, "concern", "proposal"],
        "levels": ["commune"],
        "limit": 45,
        "unit": "calendar_days",
        "valid_from": "2022-06-01",
        "document": DOCUMENT,
        "issued_on": "2022-05-20",
        "certainty": "house",
    }
    return {**usual, **fields}


def file(*entries: dict[str, Any]) -> bytes:
    """The file with these limits."""
    return msgspec.json.encode({"limits": entries})


@contextmanager
def adopting(*entries: dict[str, Any]) -> Iterator[HouseLimits]:
    """Meanwhile this process goes by these limits."""
    before = house_limits.adopted()
    found = house_limits.read(file(*entries))
    house_limits.adopt(found)
    try:
        yield found
    finally:
        house_limits.adopt(before)
