"""The limits for requests about one's own data, by the law of the day on which a request was received.

Dated data like the clocks of grievances (`projections/rules/erasure`): nothing here knows a number. The decree sets
all of its limits in one article, and they stand together here; the requests that Sổ Hộ carries are those to erase.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import msgspec

from projections.rules import Certainty
from projections.rules.versions import in_force, read_versions
from projections.states.clock_rules import DayUnit, Due, LastDayOff
from projections.states.working_days import ONE_DAY, next_working, provisional, working_day_after

Days = Annotated[int, msgspec.Meta(ge=1)]


class RequestClock(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A limit of the law from the day of receipt, in `unit`: `reply`, `provide`, `restrict` or `erase`.
    `extended_limit` is how far a document may extend it."""

    name: str
    limit: Days
    extended_limit: Days | None = None
    unit: DayUnit
    article: str
    source: str
    certainty: Certainty


class RequestRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The limits of one version of the law, for requests received from `valid_from` up to and without `valid_to`."""

    version: str
    valid_from: date
    valid_to: date | None = None
    source: str
    certainty: Certainty
    last_day_off: LastDayOff
    clocks: tuple[RequestClock, ...]

    def find(self, name: str) -> RequestClock | None:
        """The clock of that name; None where this version has none."""
        return next((clock for clock in self.clocks if clock.name == name), None)

    def latest(self, name: str, received: date) -> date | None:
        """The last day to which the limit may be extended; None where it may not be."""
        clock = self.find(name)
        if clock is None or clock.extended_limit is None:
            return None
        return self._last(clock, received, clock.extended_limit)

    def due(self, name: str, received: date, extended: date | None = None) -> Due:
        """The last day of the limit for a request received that day, which is not counted itself."""
        clock = self.find(name)
        if clock is None:
            return Due(None)
        on = max(self._last(clock, received, clock.limit), extended or date.min)
        first = received + ONE_DAY if clock.unit is DayUnit.WORKING_DAYS else on
        return Due(on, True, provisional(first, on))

    def _last(self, clock: RequestClock, received: date, days: int) -> date:
        if clock.unit is DayUnit.WORKING_DAYS:
            return working_day_after(received, days)
        last = received + timedelta(days=days)
        return next_working(last) if self.last_day_off.moves_to_working_day else last


VERSIONS = read_versions("erasure", RequestRules)
"""Every version, in order; together they cover every day."""


def rules_on(day: date) -> RequestRules:
    """The version for a request received on the day."""
    return in_force(VERSIONS, day)
