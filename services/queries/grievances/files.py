"""The case file: one trace with everything it rests on, readable without Sổ Hộ."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from events.calendar import now
from projections.archive.follower import leaf_hash
from projections.registers import grievances
from projections.registers.grievances import FactView
from projections.states.clock_rules import VERSIONS, ClockRules
from services.queries.grievances import trace
from services.queries.grievances.trace import Trace
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
    """A trace, the stored facts behind it, and the rules by which its clocks were counted, as of the moment `made`."""

    format: str
    made: datetime
    as_of: date
    known_at: int
    grievance: UUID
    trace: Trace
    facts: list[Stored]
    rules: list[ClockRules]


async def of(session: Session, grievance: UUID) -> CaseFile:
    """The file. Raises `CannotAnswer` (not_found)."""
    told = await trace.of(session, grievance)
    found = await grievances.facts_of(session.connection, grievance, session.as_of, session.known_at)
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
    )


def _stored(found: FactView, hidden: bool) -> Stored:
    leaf = leaf_hash(found.data).hex()
    return Stored(found.position, found.recorded_ns, None if hidden else found.data.decode(), leaf)
