"""How long a mandate of an inspection team may hold, by the rule of the day on which it begins.

Dated data (`projections/rules/mandates`): nothing here knows a number.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import msgspec

from projections.rules import Certainty
from projections.rules.versions import in_force, read_versions


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


VERSIONS = read_versions("mandates", MandateRules)
"""Every version, in order; together they cover every day."""


def rules_on(day: date) -> MandateRules:
    """The version for a mandate that begins on the day."""
    return in_force(VERSIONS, day)
