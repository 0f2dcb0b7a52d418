"""How long a mandate of an inspection team may hold, by the rule of the day on which it begins.

Dated data (`projections/rules/mandates`): nothing here knows a number.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from importlib.resources import files
from typing import Annotated

import msgspec

from projections.rules import Certainty


class MandateRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rule for mandates that begin from `valid_from` on: `longest_days` calendar days, the first one counted."""

    version: str
    valid_from: date
    source: str
    certainty: Certainty
    longest_days: Annotated[int, msgspec.Meta(ge=1)]

    def latest(self, first: date) -> date:
        """The last day that a mandate beginning on `first` may have, extensions included."""
        return first + timedelta(days=min(self.longest_days - 1, (date.max - first).days))


def _read() -> tuple[MandateRules, ...]:
    found = [
        msgspec.json.decode(file.read_bytes(), type=MandateRules)
        for file in files("projections.rules").joinpath("mandates").iterdir()
        if file.name.endswith(".json")
    ]
    return tuple(sorted(found, key=lambda rules: rules.valid_from))


VERSIONS = _read()
"""Every version, in order; together they cover every day."""


def rules_on(day: date) -> MandateRules:
    """The version for a mandate that begins on the day."""
    return VERSIONS[bisect_right(VERSIONS, day, key=lambda rules: rules.valid_from) - 1]
