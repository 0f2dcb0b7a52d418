"""The case file: one trace with everything it rests on, readable without Sổ Hộ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from events.calendar import now
from projections.archive.follower import leaf_hash
from projections.registers import grievances
from projections.registers.grievances import FactView
from projections.states.clock_rules import VERSIONS, ClockRules
from projections.states.house_limits import HouseLimit
from projections.states.working_days import CALENDAR, CalendarYear
from services.queries.grievances import trace
from services.queries.grievances.trace import ClockLine, Trace
from services.queries.masking import MASK
from services.queries.references import unknown_cases
from services.queries.session import Session

FORMAT = "soho-case-file-1"


class Stored(msgspec.Struct, frozen=True):
    """A fact exactly as the log has it: its place, its bytes (JSON, sealed fields included), and their leaf hash
    (SHA-256 of a zero byte and the bytes, hexadecimal). `data` is None where it names another case that the caller may
    not know of."""

    position: int
    recorded_ns: int
    data: str | None
    leaf: str


class CaseFile(msgspec.Struct, frozen=True, kw_only=True):
    """A trace, the stored facts behind it, and by what its clocks were counted: the rules; the limits that the
    installation set over them; and the public holidays and make-up days of every year that a clock ran in, and of the
    one before (whose make-up days may lie in January). As of the moment `made`."""

    format: str
    made: datetime
    as_of: date
    known_at: int
    grievance: UUID
    trace: Trace
    facts: list[Stored]
    rules: list[ClockRules]
    house_limits: list[HouseLimit]
    calendar: list[CalendarYear]


async def of(session: Session, grievance: UUID) -> CaseFile:
    """The file. Raises `CannotAnswer` (not_found)."""
    told = await trace.of(session, grievance)
    if told.petitioner is not None:
        # A name that is shown for hours is not taken out for good.
        told = msgspec.structs.replace(told, petitioner=MASK, revealed_until=None)
    found = await grievances.facts_of(session.connection, grievance, session.as_of, session.known_at)
    clocks = await grievances.clocks_of(session.connection, grievance, session.as_of, session.known_at)
    hidden = {one.position for one in found if await unknown_cases(session, [one.fact])}
    return CaseFile(
        format=FORMAT,
        made=now(),
        as_of=session.as_of,
        known_at=session.known_at,
        grievance=grievance,
        trace=told,
        facts=[_stored(one, one.position in hidden) for one in found],
        rules=[rules for rules in VERSIONS if rules.version in told.rules],
        house_limits=list(dict.fromkeys(clock.house for clock in clocks if clock.house is not None)),
        calendar=_calendar(told.clocks),
    )


def _calendar(clocks: Sequence[ClockLine]) -> list[CalendarYear]:
    """The years by which the clocks were counted. A year that is missing is not known, and has its weekends only."""
    days = [day for clock in clocks for day in (clock.started, clock.due) if day is not None]
    if not days:
        return []
    return [year for year in CALENDAR.years if min(days).year - 1 <= year.year <= max(days).year]


def _stored(found: FactView, hidden: bool) -> Stored:
    leaf = leaf_hash(found.data).hex()
    return Stored(found.position, found.recorded_ns, None if hidden else found.data.decode(), leaf)
