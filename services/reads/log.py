"""Recording reads: in the transaction of the question, in one round trip with its COMMIT.

What the answer tells of is known when it is made, so the record goes with the COMMIT that ends the question anyway: an
answer pays for one row and one sync, and leaves when both are there. PostgreSQL takes no parameters for two statements
at once: what is written into the text here are ids, codes, numbers. Anything else travels as a setting of the session.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import msgspec
import structlog

from projections.database import Connection
from services.reads.seen import Seen

log = structlog.get_logger()

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ"
CODE = re.compile(r"[a-z][a-z_]{0,59}")

HOUSEHOLD = "household"
"""Who asks with the code of a case: nobody knows which person."""


class ReadNotRecorded(Exception):
    """The read could not be recorded: nothing may be answered."""


class Why(msgspec.Struct, frozen=True):
    """What the caller says: a code and a document's number, or neither."""

    reason: str | None = None
    document: str | None = None


class Reading(msgspec.Struct, frozen=True):
    """A question as the log keeps it: the name of its route, the unit that a list is asked of (`about`), and why."""

    route: str
    about: UUID | None = None
    why: Why = Why()


@asynccontextmanager
async def recorded(connection: Connection, seen: Seen, reading: Reading) -> AsyncIterator[None]:
    """A transaction in which a question is answered: when it ends well, whom it tells of is in the log.

    The session must have said who asks. Raises `ReadNotRecorded`: nothing of what was found may be answered.
    """
    await connection.execute(BEGIN)
    try:
        yield
        await _end(connection, seen, reading)
    except BaseException:
        if not connection.is_closed():
            await connection.execute("ROLLBACK")
        raise


async def _end(connection: Connection, seen: Seen, reading: Reading) -> None:
    try:
        await connection.execute(ending(seen, reading))
    except Exception as failure:
        if not seen.anybody():
            raise
        log.error("reads.not_recorded", kind=type(failure).__name__)
        raise ReadNotRecorded from failure


def ending(seen: Seen, reading: Reading) -> str:
    """What ends the transaction: the record of whom the answer tells of, if of anybody, and COMMIT."""
    if not seen.anybody():
        return "COMMIT"
    values = (
        _code(reading.route),
        _id(reading.about),
        *(_ids(ids) for ids in (seen.persons, seen.households, seen.grievances, seen.opened)),
        _code(reading.why.reason),
        _moment(seen.shown_until),
        "true" if seen.glass_broken else "false",
    )
    return f"SELECT reads.record({', '.join(values)}); COMMIT"


def _code(value: str | None) -> str:
    if value is None:
        return "NULL"
    if CODE.fullmatch(value) is None:
        raise ValueError("not a code")
    return f"'{value}'"


def _id(value: UUID | None) -> str:
    return "NULL" if value is None else f"'{value.hex}'"


def _ids(values: Iterable[UUID]) -> str:
    return f"'{{{','.join([value.hex for value in values])}}}'"


def _moment(value: datetime | None) -> str:
    return "NULL" if value is None else f"to_timestamp({int(value.timestamp())})"
