"""What the register of grievances answers with. All of it as known at a position, and as it stood on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from projections.states.house_limits import HouseLimit


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case on a day. `unit` is where it stands: its `holder`, or the lowest unit that sees it where nobody has it.

    `visible` is that lowest unit, `level` the level of `unit`, `sender` who sent the case to the holder. `year` and
    `number` are those of the holder's books. `since` is the instant from which all this was so. `due` is the earliest
    last day of the clocks that then ran, `statutory_due` that of the law's alone; the household's own time to contest
    is in neither. `overdue` and `overdue_statutory` tell whether these days had passed.
    """

    grievance: UUID
    since: datetime
    stage: str
    unit: UUID
    level: str
    holder: UUID | None
    handler: UUID | None
    sender: UUID | None
    visible: UUID
    kind: str | None
    second: bool
    remote: bool
    topic: str
    way: str
    received: date
    household: UUID | None
    member: UUID | None
    outcome: str | None
    closing: str | None
    accepted_by_household: bool
    no_receiver: str | None
    year: int | None
    number: int | None
    reopened: int
    contested: int
    due: date | None
    statutory_due: date | None
    overdue: bool
    overdue_statutory: bool


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """A period of a case in which nothing of this changed: from the instant `since`, up to and without `until` (None:
    still so on the day asked about). `position` is that from which on this is known."""

    position: int
    since: datetime
    until: datetime | None
    stage: str
    unit: UUID
    level: str
    holder: UUID | None
    handler: UUID | None
    sender: UUID | None
    visible: UUID
    kind: str | None
    topic: str
    household: UUID | None
    outcome: str | None
    no_receiver: str | None
    year: int | None
    number: int | None
    reopened: int
    contested: int


class HopView(msgspec.Struct, frozen=True):
    """The case at one unit, from `arrived` to `left` (None: it is there). `place` is its number in their order, from 0
    on. `ended_by` is the event by which it left, or
    by which the household was told, or the case was closed; the time that a report lay before a body had it is in no
    hop."""

    place: int
    unit: UUID
    level: str
    arrived: datetime
    left: datetime | None
    ended_by: str | None


class ClockView(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a clock, as `projections.states.clocks.Run` says it. `hop` is the `place` of the hop in which it
    started, or after which, where the household had been told. `overdue`: on the day asked about its last day
    had passed, without its having ended in time."""

    clock: str
    hop: int
    unit: UUID
    level: str
    started: date
    ended: date | None
    due: date | None
    statutory: bool
    provisional: bool
    extended: bool
    latest: date | None
    house: HouseLimit | None
    days: int | None
    counted_in: str
    article: str
    source: str
    certainty: str
    version: str
    overdue: bool


class FactView(msgspec.Struct, frozen=True):
    """A fact of the case: its place in the log, its recorded time (nanoseconds since 1970, UTC), itself, and its
    stored bytes."""

    position: int
    recorded_ns: int
    fact: Fact[Any]
    data: bytes


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a case must be, to be found; None does not matter.

    `holder` is the unit it stands at. `year` and `number` are found in the books of any office that ever had it.
    `received_since` is the first day, `received_until` the first day that is no longer meant.
    """

    holder: UUID | None = None
    handler: UUID | None = None
    household: UUID | None = None
    member: UUID | None = None
    kind: str | None = None
    topic: str | None = None
    stage: str | None = None
    year: int | None = None
    number: int | None = None
    is_open: bool | None = None
    overdue: bool | None = None
    reopened: bool | None = None
    contested: bool | None = None
    received_since: date | None = None
    received_until: date | None = None


class HolderTotals(msgspec.Struct, frozen=True):
    """Open cases at one unit on a day, and how many of them were overdue, by any clock and by the law's; taken up
    again; contested."""

    unit: UUID
    level: str
    open: int
    overdue: int
    overdue_statutory: int
    reopened: int
    contested: int


class HandlerTotals(msgspec.Struct, frozen=True):
    """Open cases that the person handles in the unit, and how many of them are overdue."""

    handler: UUID
    unit: UUID
    open: int
    overdue: int


class HoldingTime(msgspec.Struct, frozen=True):
    """How long cases of the kind (None: not determined) stood at the unit: the middle one, and the one that nine of
    ten do not exceed; counted are those that left in the time asked about."""

    unit: UUID
    kind: str | None
    count: int
    median: timedelta
    ninetieth: timedelta


class Unroutable(msgspec.Struct, frozen=True):
    """A case that nobody can work on, and why (a name of `NoReceiver` or `Vacancy`)."""

    case: CaseView
    reason: str


class Receipt(msgspec.Struct, frozen=True):
    """A denunciation that reached Sổ Hộ was handed to the competent body. For inspection alone."""

    receipt: UUID
    received: date
    handed_to: UUID
    number: str
