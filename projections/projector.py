"""The projector: advances all live registers together, from the archive, in one transaction with their checkpoints.

Every register therefore stands at the same position, and each fact takes effect exactly once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog

from events.catalogue import read_as
from events.envelope import Recorded
from events.facts.values import Body
from projections import collecting
from projections.archive import follower, reader
from projections.database import Connection
from projections.projection import Parked, Projection
from projections.states.timeline import CannotApply

log = structlog.get_logger()

CHUNK = 4000
CHANNEL = "soho_projected"
IDLE_SECONDS = 5.0
ANALYSE_EVERY = 100_000
"""Facts after which the registers' statistics are taken anew: without them a bulk load leaves the planner guessing."""


ADVANCE = """
    WITH moved AS (
        UPDATE projection.checkpoint c SET position = $4
        FROM unnest($1::text[], $2::bigint[], $3::int[]) AS known (register, position, generation)
        WHERE c.register = known.register AND c.position = known.position AND c.generation = known.generation
        RETURNING c.register)
    SELECT count(*), CASE WHEN $5::text IS NOT NULL THEN pg_notify($5, $4::bigint::text) END FROM moved"""


class Fenced(Exception):
    """Another projector, or a rebuild that swapped a register, moved a checkpoint: start again from the database."""


class Folding:
    """Registers that advance together, with what they have parked. `channel` is told where they stand, if given."""

    def __init__(self, registers: Sequence[Projection], channel: str | None = None) -> None:
        self.registers = registers
        self._channel = channel
        self._parked: dict[str, set[UUID]] = {}
        self._marks: dict[str, tuple[int, int]] = {}

    async def open(self, connection: Connection) -> int:
        """Reads checkpoints and quarantine afresh; returns the common position. Raises `Fenced` if they differ."""
        self._parked = {register.schema: set() for register in self.registers}
        self._marks = {}
        for register in self.registers:
            register.forget()
        schemas = [register.schema for register in self.registers]
        for row in await connection.fetch("SELECT * FROM projection.checkpoint WHERE register = ANY($1)", schemas):
            self._marks[row["register"]] = (row["position"], row["generation"])
        for row in await connection.fetch(
            "SELECT register, entity FROM projection.quarantine WHERE register = ANY($1)", schemas
        ):
            self._parked[row["register"]].add(row["entity"])
        positions = {position for position, _ in self._marks.values()}
        if len(positions) != 1 or len(self._marks) != len(schemas):
            raise Fenced(f"registers stand at {sorted(positions)}")
        return positions.pop()

    async def advance(self, connection: Connection, facts: Sequence[Recorded[Any]], last: int) -> int:
        """Moves the checkpoints to `last` and folds the facts into every register; call inside a transaction.

        The facts are all those up to `last` that any of the registers handles.

        The checkpoints come first: their row locks are the turnstile before which a rebuild's swap and other
        projectors wait, so that nobody waits with half a batch written. Raises `Fenced`, before anything is written.
        """
        moved = await connection.fetchval(
            ADVANCE,
            list(self._marks),
            [position for position, _ in self._marks.values()],
            [generation for _, generation in self._marks.values()],
            last,
            self._channel,
        )
        if moved != len(self._marks):
            raise Fenced("a checkpoint was moved by someone else")
        for register, handled in zip(self.registers, split(facts, self.registers), strict=True):
            if handled:
                await self._advance(connection, register, handled)
        self._marks = {schema: (last, generation) for schema, (_, generation) in self._marks.items()}
        return last

    async def _advance(self, connection: Connection, register: Projection, handled: Sequence[Recorded[Any]]) -> None:
        await register.load(connection, handled)
        parked = self._parked[register.schema]
        new = []
        for recorded in handled:
            reason = "waits_for_parked" if parked and not parked.isdisjoint(register.entities(recorded.fact)) else None
            if reason is None:
                try:
                    register.fold(recorded)
                except CannotApply as refusal:
                    reason = refusal.code
            if reason is not None:
                entities = register.entities(recorded.fact)
                parked.update(entities)
                new.append(Parked(entities, recorded.position, recorded.fact.type, reason, recorded.fact.unit))
        if new:
            await self._park(connection, register, new)
        # After that: what is withheld is taken out of the quarantine as well.
        await register.write(connection)

    async def _park(self, connection: Connection, register: Projection, parked: Sequence[Parked]) -> None:
        for fact in parked:
            log.warning("projection.parked", register=register.schema, position=fact.position, reason=fact.reason)
        await connection.executemany(
            """INSERT INTO projection.quarantine (register, entity, position, type, reason, unit)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING""",
            [
                (register.schema, entity, fact.position, fact.type, fact.reason, fact.unit)
                for fact in parked
                for entity in fact.entities
            ],
        )


def split(facts: Iterable[Recorded[Any]], registers: Sequence[Projection]) -> list[list[Recorded[Any]]]:
    """The facts that each register handles, in order."""
    handled: list[list[Recorded[Any]]] = [[] for _ in registers]
    handlers: dict[type[Body], list[list[Recorded[Any]]]] = {}
    for recorded in facts:
        kind = type(recorded.fact.body)
        if kind not in handlers:
            handlers[kind] = [own for own, one in zip(handled, registers, strict=True) if kind in one.handles]
        for own in handlers[kind]:
            own.append(recorded)
    return handled


async def prepare(connection: Connection, register: Projection) -> None:
    """Creates the register's schema where it does not exist yet, empty, at position 0."""
    exists = await connection.fetchval("SELECT true FROM projection.checkpoint WHERE register = $1", register.schema)
    if exists:
        return
    async with connection.transaction():
        await drop(connection, register.schema)
        await create_empty(connection, register)
        await connection.execute(register.index())


async def create_empty(connection: Connection, register: Projection) -> None:
    """Creates the register's schema at position 0, without the indexes that only readers need."""
    await connection.execute(f"CREATE SCHEMA {register.schema}")
    await connection.execute(f"GRANT USAGE ON SCHEMA {register.schema} TO soho_reader, soho_operator")
    await connection.execute(register.create())
    await connection.execute("INSERT INTO projection.checkpoint VALUES ($1, 0)", register.schema)


async def analyse(connection: Connection, schema: str) -> None:
    """Takes the statistics of a register's tables, for the planner."""
    for (name,) in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = $1", schema):
        await connection.execute(f"ANALYZE {schema}.{name}")


async def drop(connection: Connection, schema: str) -> None:
    """Removes a register's schema, checkpoint and quarantine, where they exist."""
    async with connection.transaction():
        await connection.execute("DELETE FROM projection.checkpoint WHERE register = $1", schema)
        await connection.execute("DELETE FROM projection.quarantine WHERE register = $1", schema)
        await connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")


class Projector:
    """Keeps the live registers up with the archive until stopped."""

    def __init__(self, connection: Connection, registers: Sequence[Projection]) -> None:
        self._connection = connection
        self._registers = registers
        self._news = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Follows the archive. Waits for its notices, and looks by itself every few seconds."""
        stopping = asyncio.create_task(self._wake_at(stop))
        try:
            with collecting.seldom():
                await self._run(stop)
        finally:
            stopping.cancel()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._news.set()

    async def _run(self, stop: asyncio.Event) -> None:
        await self._connection.add_listener(follower.CHANNEL, lambda *_: self._news.set())
        for register in self._registers:
            await prepare(self._connection, register)
            await self._catch_up(register)
        folding = Folding(self._registers, CHANNEL)
        analysed = position = await folding.open(self._connection)
        while not stop.is_set():
            try:
                moved = await self._step(folding, position)
            except Fenced as reason:
                log.warning("projection.fenced", reason=str(reason))
                position = await folding.open(self._connection)
                continue
            if moved - analysed > ANALYSE_EVERY or (moved == position and moved > 2 * analysed):
                for register in self._registers:
                    await analyse(self._connection, register.schema)
                analysed = moved
            if moved == position:
                with suppress(TimeoutError):
                    async with asyncio.timeout(IDLE_SECONDS):
                        await self._news.wait()
            position = moved

    async def _step(self, folding: Folding, position: int) -> int:
        self._news.clear()
        facts = await reader.after(self._connection, position, CHUNK)
        if not facts:
            return position
        async with self._connection.transaction():
            return await folding.advance(self._connection, facts, facts[-1].position)

    async def _catch_up(self, register: Projection) -> None:
        """Brings a new register to where the others stand, so that all can go on together."""
        live = [register.schema for register in self._registers]
        goal = await self._connection.fetchval(
            "SELECT coalesce(max(position), 0) FROM projection.checkpoint WHERE register = ANY($1)", live
        )
        alone = Folding([register])
        position = await alone.open(self._connection)
        types = read_as(register.handles)
        while position < goal:
            facts, reached = await reader.of_types(self._connection, position, goal, types, CHUNK)
            async with self._connection.transaction():
                position = await alone.advance(self._connection, facts, reached)
