"""The clocks of grievances: which limit holds for whom, from which event to which, by the law of the day.

The rules are dated data, a file for each version of the law (`projections/rules/clocks`): nothing here knows a number.
What began under the old law keeps its limits.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Annotated

import msgspec

from events.facts.grievance_values import GrievanceKind
from events.facts.organisation import UnitKind
from projections.rules import Certainty
from projections.rules.versions import in_force, read_versions
from projections.states.working_days import ONE_DAY, next_working, provisional, working_day_after

Days = Annotated[int, msgspec.Meta(ge=1)]


class Event(StrEnum):
    """What happens to a grievance and starts or ends a clock.

    `arrived`: it came to stand at a unit (raised, escalated, transferred or returned to it). `booked`: that office
    booked it in under a case number. `received_by_body`: a cell or office had it for the first time. `reopened`: it was
    taken up again; where it had been accepted with that `settlement_resumed`, otherwise it has `arrived` anew.
    """

    RAISED = "raised"
    RECEIVED_BY_BODY = "received_by_body"
    ARRIVED = "arrived"
    BOOKED = "booked"
    KIND_DETERMINED = "kind_determined"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    ESCALATED = "escalated"
    RETURNED = "returned"
    CONCLUDED_AT_CELL = "concluded_at_cell"
    INTERIM_REPLIED = "interim_replied"
    ANSWERED = "answered"
    DELIVERED = "delivered"
    HOUSEHOLD_ACCEPTED = "household_accepted"
    CONTESTED = "contested"
    REOPENED = "reopened"
    SETTLEMENT_RESUMED = "settlement_resumed"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    SPLIT = "split"


class DayUnit(Enum):
    """What a limit is counted in."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"


class WithdrawnReopened(Enum):
    """Whether a grievance that was withdrawn may be taken up again."""

    ALWAYS_POSSIBLE = "always_possible"
    ONLY_IF_COERCED = "only_if_coerced"


class Due(msgspec.Struct, frozen=True):
    """The last day of a limit, None where there is none; overdue begins on the day after it.

    `statutory` tells a limit of the law from one of the house. A `provisional` day may still move, since the calendar
    of its days is not known for certain.
    """

    on: date | None
    statutory: bool = False
    provisional: bool = False


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A limit on one step. It runs from any event in `starts` to the first one in `ends`.

    It holds for grievances of the `kinds` (None: not determined yet) that stand at a unit of the `levels`; where
    `second` or `remote` is given, for complaints of that case only. `limit` is the law's (None: no statutory limit),
    `house_limit` that of the house, which stands only where the law has none, `extended_limit` how far a document may
    extend the one that stands (None: not at all); all three in `unit`.
    """

    name: str
    kinds: tuple[GrievanceKind | None, ...]
    levels: tuple[UnitKind, ...]
    second: bool | None = None
    remote: bool | None = None
    limit: Days | None
    extended_limit: Days | None = None
    house_limit: Days | None = None
    unit: DayUnit
    starts: tuple[Event, ...]
    ends: tuple[Event, ...]
    article: str
    source: str
    certainty: Certainty

    def __post_init__(self) -> None:
        if self.limit is not None and self.house_limit is not None:
            raise ValueError("a limit of the house beside one of the law")
        if self.extended_limit is not None and (self.days is None or self.extended_limit <= self.days):
            raise ValueError("an extended limit that extends none")
        if not (self.kinds and self.levels and self.starts and self.ends):
            raise ValueError("a clock that can never run")

    @property
    def days(self) -> int | None:
        """The limit that counts, in `unit`: the law's, otherwise that of the house; None where there is none."""
        return self.house_limit if self.limit is None else self.limit

    def holds(self, kind: GrievanceKind | None, level: UnitKind, second: bool, remote: bool) -> bool:
        """Whether the clock is one of such a grievance."""
        return (
            kind in self.kinds
            and level in self.levels
            and self.second in (None, second)
            and self.remote in (None, remote)
        )


class LastDayOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a limit whose last day is a day off ends with the next working day."""

    moves_to_working_day: bool
    article: str
    source: str
    certainty: Certainty


class ClockRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The clocks of one version of the law, for what begins from `valid_from` up to and without `valid_to`."""

    version: str
    valid_from: date
    valid_to: date | None = None
    source: str
    certainty: Certainty
    withdrawn_reopened: WithdrawnReopened
    last_day_off: LastDayOff
    clocks: tuple[Clock, ...]

    def find(
        self, name: str, kind: GrievanceKind | None, level: UnitKind, second: bool = False, remote: bool = False
    ) -> Clock | None:
        """The clock of that name for such a grievance; None where there is none."""
        for clock in self.clocks:
            if clock.name == name and clock.holds(kind, level, second, remote):
                return clock
        return None

    def due(self, clock: Clock, started: date, extended_until: date | None = None) -> Due:
        """The last day of the clock that started on `started`; that day itself is not counted.

        `extended_until` is the day that a document named. It never shortens a limit, and reaches as far as the rule
        lets it and no further.
        """
        if clock.days is None:
            return Due(None)
        last = _counted(clock, started, clock.days)
        if extended_until is not None:
            last = max(last, _reached(clock, started, last, extended_until))
        on = next_working(last) if self.last_day_off.moves_to_working_day else last
        first = started + ONE_DAY if clock.unit is DayUnit.WORKING_DAYS else last
        return Due(on, clock.limit is not None, provisional(first, on))


def _counted(clock: Clock, started: date, days: int) -> date:
    if clock.unit is DayUnit.WORKING_DAYS:
        return working_day_after(started, days)
    return started + timedelta(days=days)


def _reached(clock: Clock, started: date, last: date, until: date) -> date:
    """How far an extension until the day reaches."""
    if clock.extended_limit is None:
        return last
    return min(until, _counted(clock, started, clock.extended_limit))


VERSIONS = read_versions("clocks", ClockRules)
"""Every version, in order; together they cover every day."""

VARIANTS = {
    (rules.version, name): tuple(clock for clock in rules.clocks if clock.name == name)
    for rules in VERSIONS
    for name in {clock.name for clock in rules.clocks}
}
"""Version, name → the clocks that have this name in it, each for other grievances."""


def rules_on(day: date) -> ClockRules:
    """The version for what begins on `day`."""
    return in_force(VERSIONS, day)
