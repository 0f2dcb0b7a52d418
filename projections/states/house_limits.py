"""The limits that an installation sets itself, where the law sets none: dated, each by a document of its own.

They lie in a file of the installation, over the limits that Sổ Hộ comes with. A limit holds for the clocks that start
from its first day on, so that nothing that was due before is due on another day; a later one for the same grievances
takes its place. Nothing here reads a file: a process adopts limits at its start, and folds and decides by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from enum import Enum
from hashlib import sha256
from itertools import combinations, product
from typing import Annotated, Literal

import msgspec

from events.facts.grievance_values import GrievanceKind
from events.facts.organisation import UnitKind
from projections.states.clock_rules import VERSIONS, Clock, Days, DayUnit, rules_on

BOTH = (False, True)


class HouseLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A limit of the house on the clock of that name, for what starts from `valid_from` on.

    It holds for grievances of the `kinds` (None: not determined yet) that stand at a unit of the `levels`; where
    `second` or `remote` is given, for complaints of that case only. `document` is the number of what set it,
    `issued_on` its day: nobody sets a limit for days that have passed. Another document may extend it up to
    `extended_limit`; by its length once more, where that is not said.
    """

    clock: str
    kinds: Annotated[tuple[GrievanceKind | None, ...], msgspec.Meta(min_length=1)]
    levels: Annotated[tuple[UnitKind, ...], msgspec.Meta(min_length=1)]
    second: bool | None = None
    remote: bool | None = None
    limit: Days
    extended_limit: Days | None = None
    unit: DayUnit
    valid_from: date
    document: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    issued_on: date
    certainty: Literal["house"]

    def holds(self, kind: GrievanceKind | None, level: UnitKind, second: bool, remote: bool) -> bool:
        """Whether it is one of such a grievance."""
        return (
            kind in self.kinds
            and level in self.levels
            and self.second in (None, second)
            and self.remote in (None, remote)
        )

    def over(self, clock: Clock) -> Clock:
        """The clock with this limit."""
        # What no document may extend, such as the household's own time, is not extended here either.
        furthest = None if clock.extended_limit is None else self.extended_limit or 2 * self.limit
        return msgspec.structs.replace(clock, house_limit=self.limit, extended_limit=furthest, unit=self.unit)

    def cases(self) -> list[tuple[GrievanceKind | None, UnitKind, bool, bool]]:
        """Every case that it holds for: kind, level, whether it is a second complaint, and a remote one."""
        second, remote = (BOTH if each is None else (each,) for each in (self.second, self.remote))
        return list(product(self.kinds, self.levels, second, remote))


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    limits: tuple[HouseLimit, ...]


class HouseLimits:
    """The limits of one installation. `digest` is that of their meaning, however the file is laid out."""

    def __init__(self, limits: Sequence[HouseLimit] = ()) -> None:
        self.limits = tuple(limits)
        self.text = msgspec.json.encode(_File(self.limits)).decode()
        self.digest = sha256(self.text.encode()).hexdigest()
        self._by_clock: defaultdict[str, list[HouseLimit]] = defaultdict(list)
        for limit in sorted(limits, key=lambda each: each.valid_from, reverse=True):
            self._by_clock[limit.clock].append(limit)

    def find(
        self, clock: Clock, kind: GrievanceKind | None, level: UnitKind, second: bool, remote: bool, day: date
    ) -> HouseLimit | None:
        """The limit of the clock that starts on the day; None where the law has one, or the house set none."""
        if clock.limit is not None:
            return None
        found = self._by_clock.get(clock.name, ())
        return next((e for e in found if e.valid_from <= day and e.holds(kind, level, second, remote)), None)

    def differ_from(self, other: HouseLimits) -> tuple[date, frozenset[str]] | None:
        """The day from which on clocks may be due on other days than by the others, and their names; None: none is."""
        changed = set(self.limits) ^ set(other.limits)
        if not changed:
            return None
        return min(limit.valid_from for limit in changed), frozenset(limit.clock for limit in changed)


class Mistake(Enum):
    """What is wrong with a limit, beside the form of the file."""

    CLOCK_UNKNOWN = "clock_unknown"
    NO_SUCH_CASE = "no_such_case"
    LIMIT_OF_THE_LAW = "limit_of_the_law"
    BEFORE_ITS_DOCUMENT = "before_its_document"
    SET_TWICE = "set_twice"
    EXTENDS_NOTHING = "extends_nothing"
    NOT_EXTENDED = "not_extended"


class HouseLimitsInvalid(Exception):
    """The file cannot be used. `place` is where in it; `mistake` None where its form is wrong, as `detail` says."""

    def __init__(self, place: str, mistake: Mistake | None, detail: str) -> None:
        super().__init__(f"{place}: {detail}")
        self.place, self.mistake, self.detail = place, mistake, detail


def restored(text: str) -> HouseLimits:
    """The limits whose `text` was kept."""
    return HouseLimits(msgspec.json.decode(text, type=_File).limits)


def read(data: bytes) -> HouseLimits:
    """The limits in the file, checked against the rules of the law. Raises `HouseLimitsInvalid`."""
    try:
        limits = msgspec.json.decode(data, type=_File).limits
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as failure:
        detail, _, place = str(failure).partition(" - at ")
        raise HouseLimitsInvalid(place.strip("`") or "$", None, detail) from failure
    for index, limit in enumerate(limits):
        _check(f"$.limits[{index}]", limit)
    for (one, first), (two, second) in combinations(enumerate(limits), 2):
        same_day = (first.clock, first.valid_from) == (second.clock, second.valid_from)
        if same_day and not set(first.cases()).isdisjoint(second.cases()):
            raise HouseLimitsInvalid(f"$.limits[{two}]", Mistake.SET_TWICE, f"$.limits[{one}]")
    return HouseLimits(limits)


def _check(place: str, limit: HouseLimit) -> None:
    """Raises `HouseLimitsInvalid` where the limit can never hold, or must not."""
    names = {clock.name for rules in VERSIONS for clock in rules.clocks}
    if limit.clock not in names:
        raise HouseLimitsInvalid(f"{place}.clock", Mistake.CLOCK_UNKNOWN, ", ".join(sorted(names)))
    if limit.valid_from < limit.issued_on:
        raise HouseLimitsInvalid(f"{place}.valid_from", Mistake.BEFORE_ITS_DOCUMENT, limit.issued_on.isoformat())
    if limit.extended_limit is not None and limit.extended_limit <= limit.limit:
        raise HouseLimitsInvalid(f"{place}.extended_limit", Mistake.EXTENDS_NOTHING, str(limit.limit))
    rules = rules_on(limit.valid_from)
    for kind, level, second, remote in limit.cases():
        clock = rules.find(limit.clock, kind, level, second, remote)
        case = f"{kind.value if kind else None}, {level.value}"
        if clock is None:
            raise HouseLimitsInvalid(place, Mistake.NO_SUCH_CASE, case)
        if clock.limit is not None:
            raise HouseLimitsInvalid(place, Mistake.LIMIT_OF_THE_LAW, f"{case}: {clock.article}")
        if clock.extended_limit is None and limit.extended_limit is not None:
            raise HouseLimitsInvalid(f"{place}.extended_limit", Mistake.NOT_EXTENDED, case)


_adopted = HouseLimits()


def adopted() -> HouseLimits:
    """The limits by which this process folds and decides; none where it adopted none."""
    return _adopted


def adopt(limits: HouseLimits) -> None:
    """From now on this process folds and decides by these limits."""
    global _adopted
    _adopted = limits
