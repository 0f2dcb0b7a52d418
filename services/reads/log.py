"""Recording reads: one writer beside the questions, and one sync for all the records that wait for it.

Whom an answer tells of is known before all of it is: names and texts are still to be looked up, the question's
transaction to be ended, the answer to be put into bytes. Meanwhile its record is on its way, and the answer leaves when
it is in the log, synced. What waits goes in one transaction. Who is alone waits for nobody; where others are answered
at the same time, a record waits a moment for theirs: a sync costs as much for many as for one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import msgspec
import structlog

from projections.database import Connection
from services.decisions.asking import Asker
from services.reads.seen import Seen

log = structlog.get_logger()

BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
ADD = """INSERT INTO reads.read (role, person, office, unit, client, route, about, reason, document,
                                 persons, households, grievances, opened, until, glass_broken)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"""
CONCLUDE = """INSERT INTO reads.review (role, person, office, unit, client, read, outcome)
              VALUES ($1, $2, $3, $4, $5, $6, $7)"""
WAIT_FOR_EACH_SECONDS, LONGEST_WAIT_SECONDS = 0.00125, 0.02
"""How long a record waits for those of answers that are being made at the same time: for one of them little, for many
longer, since so many share its sync."""
LAST_RECORDS_SECONDS = 5.0

HOUSEHOLD = "household"
"""Who asks with the code of a case: nobody knows which person."""


Waiting: TypeAlias = tuple[tuple[Any, ...], asyncio.Future[bool]]
"""A row of the log, and whether it is written."""


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


class Reader(msgspec.Struct, frozen=True):
    """Who asks, as the log keeps him, in the order of its columns. The unit is missing for the code of a case."""

    role: str
    person: UUID | None
    office: str | None
    unit: UUID | None
    client: str


def reader_of(asker: Asker) -> Reader:
    """The caller, as the log keeps him."""
    return Reader(asker.role.value, asker.person, asker.office, asker.unit, asker.client)


@asynccontextmanager
async def open_read_log(connect: Callable[[], Awaitable[Connection]]) -> AsyncIterator[ReadLog]:
    """The log, until left; `connect` opens a connection in its role."""
    reads = ReadLog(connect, await connect())
    try:
        yield reads
    finally:
        await reads.close()


class ReadLog:
    """Takes the record of each answer and tells when it is there. One per API process.

    No more records wait than answers do. `connect` opens another connection that may only add to the log when this one
    is lost.
    """

    def __init__(self, connect: Callable[[], Awaitable[Connection]], connection: Connection) -> None:
        self._connect = connect
        self._connection = connection
        self._free = asyncio.Lock()
        self._under_way = 0
        self._all_here = asyncio.Event()
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def recording(self, reading: Reading) -> AsyncIterator[Record]:
        """For all that makes one answer: when it ends well, whom the answer tells of is in the log.

        Raises `ReadNotRecorded`: nothing of what was found may be answered.
        """
        record = Record(self, reading)
        self._under_way += 1
        try:
            yield record
            if record.kept is not None and not await record.kept:
                raise ReadNotRecorded
        finally:
            self._under_way -= 1
            self._look_round()

    def add(self, row: tuple[Any, ...]) -> asyncio.Future[bool]:
        """Has the row written; whether it is there, synced."""
        kept: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((row, kept))
        self._look_round()
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return kept

    async def conclude(self, reader: Reader, read: int, outcome: str) -> bool:
        """Keeps what the reader's review of the read came to; False where another review was there before."""
        async with self._free:
            connection = await self._connected()
            try:
                await connection.execute(CONCLUDE, *msgspec.structs.astuple(reader), read, outcome)
            except asyncpg.UniqueViolationError:
                return False
        return True

    async def close(self) -> None:
        """Writes what waits, and ends. What could not be written by then is not, and its answers do not leave."""
        if (writing := self._writing) is not None:
            await asyncio.wait({writing}, timeout=LAST_RECORDS_SECONDS)
            writing.cancel()
        _tell(self._waiting, False)
        await self._connection.close(timeout=LAST_RECORDS_SECONDS)

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._others()
                rows, self._waiting = self._waiting, []
                await self._write_together(rows)
        finally:
            self._writing = None

    async def _others(self) -> None:
        """Until every answer that is being made has its record here, or the moment is over."""
        if len(self._waiting) >= self._under_way:
            return
        self._all_here.clear()
        longest = min(WAIT_FOR_EACH_SECONDS * self._under_way, LONGEST_WAIT_SECONDS)
        moment = asyncio.get_running_loop().call_later(longest, self._all_here.set)
        await self._all_here.wait()
        moment.cancel()

    def _look_round(self) -> None:
        if len(self._waiting) >= self._under_way:
            self._all_here.set()

    async def _write_together(self, rows: list[Waiting]) -> None:
        written = False
        try:
            async with self._free:
                connection = await self._connected()
                await connection.executemany(ADD, [row for row, _ in rows])
            written = True
        except Exception as failure:
            log.error("reads.not_recorded", kind=type(failure).__name__, answers=len(rows))
        finally:
            _tell(rows, written)

    async def _connected(self) -> Connection:
        if self._connection.is_closed():
            self._connection = await self._connect()
        return self._connection


def _tell(rows: Iterable[Waiting], written: bool) -> None:
    """Says of the rows whether they are written, to those who have not left."""
    for _, kept in rows:
        if not kept.done():
            kept.set_result(written)


class Record:
    """The record of one answer. `kept` is whether it is in the log; None until it is known that the answer tells of
    somebody."""

    def __init__(self, log: ReadLog, reading: Reading) -> None:
        self.kept: asyncio.Future[bool] | None = None
        self._log = log
        self._reading = reading
        self._row: tuple[Any, ...] | None = None

    @asynccontextmanager
    async def question(self, connection: Connection, reader: Reader, seen: Seen) -> AsyncIterator[None]:
        """A transaction in which the reader's question is answered, and that writes nothing: at its end at the
        latest the record of whom it tells of is on its way."""
        await connection.execute(BEGIN)
        try:
            yield
            self.hand_over(reader, seen)
            await connection.execute("COMMIT")
        except BaseException:
            if not connection.is_closed():
                await connection.execute("ROLLBACK")
            raise

    def hand_over(self, reader: Reader, seen: Seen) -> None:
        """Has it written, once, where the answer tells of anybody; who is seen later may not be told of."""
        if not seen.anybody():
            return
        reading = self._reading
        who = msgspec.structs.astuple(reader)
        what = (reading.route, reading.about, reading.why.reason, reading.why.document)
        whom = [set(ids) for ids in (seen.persons, seen.households, seen.grievances, seen.opened)]
        row = (*who, *what, *whom, seen.shown_until, seen.glass_broken)
        if self._row is None:
            self._row, self.kept = row, self._log.add(row)
        elif row != self._row:
            raise RuntimeError("somebody was seen after the record was handed over")
