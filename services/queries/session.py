"""A session of questions: one reader's transaction, in the caller's scope, on one day as known at one position."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from events.calendar import FOREVER, VIETNAM, now, today
from events.facts.organisation import UnitKind
from projections.database import Connection, Pool
from projections.registers import LIVE, inspections, organisation
from services.decisions.asking import OFFICES_OF, Asker, Role, fits, must_be_mandated, must_hold
from services.decisions.outcome import Refused
from services.reads.log import Record, reader_of
from services.reads.seen import Seen
from services.vault.keys import Keys

OPEN = """SELECT set_config('soho.unit', $1, true), set_config('soho.person', $2, true),
                 set_config('soho.asker', $5, true), set_config('soho.role', $6, true),
                 set_config('plan_cache_mode', $7, true),
                 set_config('soho.asker_unit', $8, true),
                 (SELECT count(*) FROM projection.checkpoint WHERE register = ANY($3)),
                 (SELECT coalesce(min(position), 0) FROM projection.checkpoint WHERE register = ANY($3)),
                 CASE WHEN $4::bigint IS NULL THEN NULL ELSE archive.position_at($4) END"""


DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LAST_NANOSECOND = 2**63 - 1
"""What PostgreSQL can count to, in the year 2262: a later moment lies in the future as well."""


class CannotAnswer(Exception):
    """The question has no answer for this caller now. `code` is stable; `parameters` fill the sentence."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Session:
    """What every question needs. `position` is where the registers stand; `known_at` is at most that.

    `as_of` is the day asked about, `today` the current day in Viet Nam, `language` that of words made for the caller.
    `seen` is whom the answer tells of, for the read log; `hand_over` has it recorded as it is.
    """

    connection: Connection
    asker: Asker
    keys: Keys
    language: str
    today: date
    as_of: date
    known_at: int
    position: int
    seen: Seen
    hand_over: Callable[[], None]

    def tells_of(self, *, persons: Iterable[UUID] = (), households: Iterable[UUID] = ()) -> None:
        """The answer tells of these, of whom it was asked about, and of nobody else: that is recorded while the rest is
        looked up, also where it then fails."""
        self.seen.persons.update(persons)
        self.seen.households.update(households)
        self.hand_over()

    async def in_scope(self, unit: UUID) -> bool:
        """Whether the unit stands at or below the caller's in today's tree; of a member never."""
        found: bool = await self.connection.fetchval("SELECT $1 IN (SELECT access.scope())", unit)
        return found

    async def must_be_in_scope(self, unit: UUID) -> None:
        """Raises `CannotAnswer` (not_found) where the unit is unknown or out of the caller's scope."""
        if not await self.in_scope(unit):
            raise CannotAnswer("not_found")


@asynccontextmanager
async def open_session(
    pool: Pool,
    keys: Keys,
    asker: Asker,
    language: str,
    record: Record,
    as_of: date | None = None,
    known_at: str | None = None,
    of_one: bool = False,
) -> AsyncIterator[Session]:
    """A session on `as_of` (today in Viet Nam, if not given) as known at `known_at`.

    `known_at` is a log position, a time with offset (RFC 3339), or a day, which is meant up to its end; where the
    registers stand, if not given. `of_one` is for what is asked about one thing by its id: PostgreSQL plans that once,
    since it would take longer to plan than to answer. For lists the rights of the caller decide how many rows there
    are: a plan made for all callers fits none of them. `pool` is in the role of the reader. When the session has ended
    well, the record of whom the answer tells of is on its way to the read log. Raises `CannotAnswer`.
    """
    if as_of == FOREVER:
        # What still holds has no end before that day, and none on it.
        raise CannotAnswer("invalid_parameter", field="as_of")
    asked = None if known_at is None else moment(known_at)
    time_ns = min(nanoseconds(asked), LAST_NANOSECOND) if isinstance(asked, datetime) else None
    # A member sees what is his own, and nothing of his unit.
    unit = "" if asker.role is Role.MEMBER else str(asker.unit)
    person = str(asker.person) if asker.role is Role.MEMBER else ""
    who = str(asker.person or ""), asker.role.value
    plans = "force_generic_plan" if of_one else "force_custom_plan"
    reader, seen = reader_of(asker), Seen()
    async with pool.acquire() as connection, record.question(connection, reader, seen):
        opened = await connection.fetchrow(OPEN, unit, person, LIVE, time_ns, *who, plans, str(asker.unit))
        assert opened is not None
        *_, built, position, position_then = opened
        if built < len(LIVE):
            raise CannotAnswer("register_being_built")
        day = today()
        await _must_stand(connection, asker, day, position)
        await _must_be_entitled(connection, asker, day, position)
        if isinstance(asked, datetime):
            if asked > datetime.now(UTC):
                raise CannotAnswer("position_unknown", position=known_at, latest=position)
            if position_then > position:
                raise CannotAnswer("registers_behind", position=position_then, reached=position)
            asked = position_then
        elif asked is not None and asked > position:
            raise CannotAnswer("position_unknown", position=asked, latest=position)
        known = position if asked is None else asked
        yield Session(
            connection,
            asker,
            keys,
            language,
            day,
            as_of or day,
            known,
            position,
            seen,
            partial(record.hand_over, reader, seen),
        )


async def _must_stand(connection: Connection, asker: Asker, day: date, position: int) -> None:
    """Raises `CannotAnswer` where the asker's unit has ended, or is none in which his role is held.

    A member asks about what is his own, also after his cell has gone into another; a unit not yet founded has nothing
    to be asked about.
    """
    found = await organisation.units(connection, [asker.unit], day, position)
    if not found:
        return
    (own,) = found
    if not fits(asker.role, UnitKind(own.kind)):
        raise CannotAnswer("role_unit_mismatch", role=asker.role.value, unit=own.unit, kind=own.kind)
    if own.standing == "existing" or asker.role is Role.MEMBER:
        return
    above = await organisation.chain(connection, own.unit, day, position)
    # None of them where two opposite mergers were recorded at once.
    heir = next((unit.unit for unit in above if unit.standing != "merged"), own.unit)
    successor = None if heir == own.unit else heir
    raise CannotAnswer("your_unit_ended", unit=own.unit, since=own.ended, successor=successor)


async def _must_be_entitled(connection: Connection, asker: Asker, day: date, position: int) -> None:
    """Raises `CannotAnswer` unless who asks for an office holds it today, or acts in it, and an inspection asks under a
    mandate that is in force today, whatever day is asked about. What the mandate gives it to see is decided in the
    database."""
    held = await organisation.offices(connection, asker.unit, day, position) if asker.role in OFFICES_OF else []
    tenures = {(tenure.person, tenure.office) for tenure in held}
    try:
        must_hold(asker, day, lambda person, office: (person, office.value) in tenures)
        if asker.role is Role.INSPECTION and asker.person is not None:
            must_be_mandated(await inspections.spans(connection, asker.person), day)
    except Refused as reason:
        raise CannotAnswer(reason.code, **reason.parameters) from None


def moment(text: str) -> int | datetime:
    """A position, a time with offset, or a day, which is meant up to its end in Viet Nam, as written in an address.

    Raises `CannotAnswer` (known_at_unreadable).
    """
    if text.isascii() and text.isdecimal() and len(text) <= 19:
        return int(text)
    # The plus sign of an offset arrives as a space when the client has not escaped it.
    for written in (text, "+".join(text.rsplit(" ", 1))):
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            continue
        if found.tzinfo is not None and found.year >= 1970:
            return found
        if DAY.fullmatch(text) and found.year >= 1970:
            return _end_of(found.date())
    raise CannotAnswer("known_at_unreadable", field="known_at")


def _end_of(day: date) -> datetime:
    """The last moment of the day in Viet Nam; of the current day, which has not ended, this moment."""
    return now() if day == today() else datetime.combine(day, time.max, VIETNAM)


def nanoseconds(at: datetime) -> int:
    """Nanoseconds since 1970, exactly."""
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1_000
