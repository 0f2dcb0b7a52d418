"""The clocks of one case: when each started, when it ended or must end, and by which rule.

Everything follows from the case's moments and the rules of the day on which each clock starts: what started under the
old law keeps its limit. A kind determined later holds from the beginning, but for the time it took to determine it;
that a complaint is a second one, from where the case came to the unit that found so, or was taken up again there. A
move to another unit ends the clocks of the level and starts them anew there; a unit going into another one is no moment
of the case, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

import msgspec

from events.facts.organisation import UnitKind
from projections.states.clock_rules import VARIANTS, VERSIONS, Clock, Due, Event, WithdrawnReopened, rules_on
from projections.states.grievances import NOTES, Case, Extension, Moment
from projections.states.house_limits import HouseLimit, adopted

LevelOf = Callable[[UUID], UnitKind]

MOVES = frozenset({"escalated", "transferred", "returned", "person_concerned", "naming_taken_back"})
LAST = frozenset({Event.WITHDRAWN, Event.CLOSED, Event.SPLIT})
"""After these nothing runs any more."""
SETTLES = frozenset({"answered", "refused", "withdrawn", "closed", "split", "referred_outside"})
"""After these a case that goes to another unit leaves its clocks as they are, until it is taken up again."""
EVENTS = frozenset(event.value for event in Event)
ALSO = {
    "person_concerned": Event.TRANSFERRED,
    "naming_taken_back": Event.TRANSFERRED,
    "referred_outside": Event.CLOSED,
    "withheld": Event.CLOSED,
}
"""What happens to a case and is no event of clocks of its own."""
STARTED = {
    (rules.version, event): tuple(dict.fromkeys(clock.name for clock in rules.clocks if event in clock.starts))
    for rules in VERSIONS
    for event in Event
}
"""Version of the rules, event → names of the clocks that it may start."""

FAR = timedelta(days=3650)
NAMES = frozenset(clock.name for rules in VERSIONS for clock in rules.clocks)
"""Every clock that any version of the rules knows."""
HOUSEHOLDS = frozenset({"contest_window"})
"""The household's own time: nobody is late when one runs out."""

Happened = tuple[Event | Extension, date, UUID, bool, int]
"""The event or extension, its day, its unit, whether the complaint is a second one by then, and the place of its moment
among those of the case."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock: at the unit, from the day `started` (not counted) to the day `ended`, None while it runs.

    `due` is the last day in time, None where there is no limit. It is `statutory` or of the house; `provisional` where
    a public holiday may still move it; `extended` by documents, at most to `latest`.
    `moment` is the place, among the moments of the case, of the one by which it started.
    `variant` is its place in `VARIANTS`, among the clocks of that name and `version`; `house` is the limit that the
    installation set over that clock, where it did.
    """

    clock: str
    unit: UUID
    moment: int
    started: date
    ended: date | None = None
    due: date | None = None
    statutory: bool = False
    provisional: bool = False
    extended: bool = False
    latest: date | None = None
    days: int | None
    counted_in: str
    article: str
    source: str
    certainty: str
    version: str
    variant: int
    house: HouseLimit | None = None

    def overdue(self, day: date) -> bool:
        """Whether the limit had passed on the day without the clock's having ended in time."""
        return self.due is not None and day > self.due and (self.ended is None or self.ended > self.due)


class _Begun(NamedTuple):
    """A clock that started at the unit on the day, with the limit that the installation set over it, the place of the
    moment by which it started, and the day up to which it was extended since."""

    clock: Clock
    house: HouseLimit | None
    unit: UUID
    day: date
    moment: int
    until: date | None = None

    def extended(self, until: date) -> _Begun:
        return self._replace(until=max(until, self.until or until))


def runs(case: Case, level_of: LevelOf) -> tuple[Run, ...]:
    """Every run of every clock of the case, in the order in which they started."""
    running: dict[str, _Begun] = {}
    found: list[Run] = []
    determined = case.raised_as is not None
    for event, day, unit, second, moment in _happened(case):
        if isinstance(event, Extension):
            if event.clock in running:
                running[event.clock] = running[event.clock].extended(event.until)
            continue
        for name, begun in tuple(running.items()):
            if event in begun.clock.ends or event in LAST:
                found.append(_run(begun, max(day, begun.day)))
                del running[name]
        if event in LAST:
            continue
        determined = determined or event is Event.KIND_DETERMINED
        rules, level = rules_on(day), level_of(unit)
        for name in STARTED[rules.version, event]:
            if name in running:
                continue
            of = (case.kind, level, second, case.remote)
            clock = rules.find(name, *of)
            if clock is None and not determined:
                of = (None, level, False, False)
                clock = rules.find(name, *of)
            if clock is not None and event in clock.starts:
                running[name] = _Begun(clock, adopted().find(clock, *of, day), unit, day, moment)
    found += [_run(begun, None) for begun in running.values()]
    return tuple(sorted(found, key=lambda run: (run.started, run.clock)))


def running(case: Case, name: str, level_of: LevelOf) -> Run | None:
    """The run of the clock that has not ended; None where it does not run."""
    return next((run for run in runs(case, level_of) if run.clock == name and run.ended is None), None)


def withdrawal_is_final(case: Case) -> bool:
    """Whether a case that was withdrawn may be taken up again only where that was done under pressure."""
    day = case.last_day("withdrawn") or case.received
    return rules_on(day).withdrawn_reopened is WithdrawnReopened.ONLY_IF_COERCED


def arrived_on(case: Case) -> date:
    """The day from which the case has stood where it stands."""
    day = case.stood_since or case.received
    for before, moment in pairwise(case.moments):
        if moment.event in MOVES and moment.unit != before.unit:
            day = moment.day
    return day


def _happened(case: Case) -> Iterator[Happened]:
    """The moments as events of clocks, with the extensions between them. A case arrives first on the day a body
    received it, however late that was."""
    before: UUID | None = None
    settled = accepted = False
    second_from = _second_from(case)
    extensions = iter(case.extensions)
    extending = {
        number: next(extensions) for number, each in enumerate(case.moments) if each.event == "deadline_extended"
    }
    for number, moment in _in_order(case.moments):
        unit, day = moment.unit, moment.day
        events: list[tuple[Event | Extension, date]] = [(extending[number], day)] if number in extending else []
        settled = moment.event in SETTLES or (settled and moment.event != "reopened")
        elsewhere = moment.event in MOVES and unit != before
        moved = elsewhere and not settled
        accepted = moment.event == "accepted" or (accepted and not elsewhere)
        if moment.event == "raised":
            arrived = case.stood_since or case.received
            events += [(Event.RAISED, day), (Event.RECEIVED_BY_BODY, case.received), (Event.ARRIVED, arrived)]
        elif moment.event in ALSO:
            if moved or moment.event not in MOVES:
                events.append((ALSO[moment.event], day))
        elif moment.event in EVENTS:
            events.append((Event(moment.event), day))
        if moment.event == "reopened":
            events.append((Event.SETTLEMENT_RESUMED if accepted else Event.ARRIVED, day))
        if moved:
            events.append((Event.ARRIVED, day))
        for event, on in events:
            yield event, on, unit, number >= second_from, number
        if moment.event not in NOTES:
            before = unit


def _second_from(case: Case) -> int:
    """The place of the moment from which on a complaint is a second one: the last by which it had come to a unit, or
    was taken up again there, when that was determined; behind all of them, where it is none."""
    if case.second_at is None:
        return len(case.moments)
    begun, before = 0, case.moments[0].unit
    for number, moment in enumerate(case.moments[: case.second_at]):
        if moment.event == "reopened" or (moment.event in MOVES and moment.unit != before):
            begun = number
        if moment.event not in NOTES:
            before = moment.unit
    return begun


def _in_order(moments: Sequence[Moment]) -> list[tuple[int, Moment]]:
    """What turned the case in the order recorded; between that, notes where they belong, also where a turn was entered
    late, after them. Each with its place among the moments."""
    reached = moments[0].at
    keys = []
    for number, moment in enumerate(moments):
        if moment.event not in NOTES:
            reached = max(reached, moment.at)
        keys.append((max(moment.at, moments[0].at) if moment.event in NOTES else reached, number))
    return [(number, moments[number]) for _, number in sorted(keys)]


def _run(begun: _Begun, ended: date | None) -> Run:
    named, house, unit, started, moment, until = begun
    rules = rules_on(started)
    clock = named if house is None else house.over(named)
    variant = VARIANTS[rules.version, clock.name].index(named)
    due, furthest = _limits(rules.version, clock.name, variant, house, started, until)
    return Run(
        clock=clock.name,
        unit=unit,
        moment=moment,
        started=started,
        ended=ended,
        due=due.on,
        statutory=due.statutory,
        provisional=due.provisional,
        extended=until is not None,
        latest=furthest,
        days=clock.days,
        counted_in=clock.unit.value,
        article=clock.article,
        source=clock.source,
        certainty=clock.certainty.value,
        version=rules.version,
        variant=variant,
        house=house,
    )


@lru_cache(maxsize=20_000)
def _limits(
    version: str, name: str, variant: int, house: HouseLimit | None, started: date, until: date | None
) -> tuple[Due, date | None]:
    """The last day of such a clock, extended to `until`, and the furthest day it can be extended to. Kept, because
    every fact of a case asks again for all its clocks, and all cases of a day for the same ones."""
    named, rules = VARIANTS[version, name][variant], rules_on(started)
    clock = named if house is None else house.over(named)
    return rules.due(clock, started, until), rules.due(clock, started, started + FAR).on
