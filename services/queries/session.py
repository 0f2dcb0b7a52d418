"""A session of questions: one reader's transaction, in the caller's scope, on one day as known at one position."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from events.calendar import today
from projections.database import Connection, Pool
from projections.registers import LIVE
from services.decisions.asking import Asker, Role
from services.vault.keys import Keys

OPEN = """SELECT set_config('soho.unit', $1, true), set_config('soho.person', $2, true),
                 (SELECT count(*) FROM projection.checkpoint WHERE register = ANY($3)),
                 (SELECT coalesce(min(position), 0) FROM projection.checkpoint WHERE register = ANY($3)),
                 CASE WHEN $4::bigint IS NULL THEN NULL ELSE archive.position_at($4) END"""


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
    """

    connection: Connection
    asker: Asker
    keys: Keys
    language: str
    today: date
    as_of: date
    known_at: int
    position: int

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
    pool: Pool, keys: Keys, asker: Asker, language: str, as_of: date | None = None, known_at: str | None = None
) -> AsyncIterator[Session]:
    """A session on `as_of` (today in Viet Nam, if not given) as known at `known_at`.

    `known_at` is a log position, or a time with offset (RFC 3339); where the registers stand, if not given. `pool` is
    in the role of the reader. Raises `CannotAnswer`.
    """
    asked = None if known_at is None else moment(known_at)
    time_ns = nanoseconds(asked) if isinstance(asked, datetime) else None
    # A member sees what is his own, and nothing of his unit.
    unit = "" if asker.role is Role.MEMBER else str(asker.unit)
    person = str(asker.person) if asker.role is Role.MEMBER else ""
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        opened = await connection.fetchrow(OPEN, unit, person, LIVE, time_ns)
        assert opened is not None
        _, _, built, position, position_then = opened
        if built < len(LIVE):
            raise CannotAnswer("register_being_built")
        if isinstance(asked, datetime):
            if asked > datetime.now(UTC):
                raise CannotAnswer("position_unknown", position=known_at, latest=position)
            if position_then > position:
                raise CannotAnswer("registers_behind", position=position_then, reached=position)
            asked = position_then
        elif asked is not None and asked > position:
            raise CannotAnswer("position_unknown", position=asked, latest=position)
        day = today()
        known = position if asked is None else asked
        yield Session(connection, asker, keys, language, day, as_of or day, known, position)


def moment(text: str) -> int | datetime:
    """A position, or a time with offset, as written in an address. Raises `CannotAnswer` (invalid_parameter)."""
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
    raise CannotAnswer("invalid_parameter", field="known_at")


def nanoseconds(at: datetime) -> int:
    """Nanoseconds since 1970, exactly."""
    since = at - datetime(1970, 1, 1, tzinfo=UTC)
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1_000
