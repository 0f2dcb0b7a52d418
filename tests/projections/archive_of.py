"""An archive filled by hand: facts at given positions, folded and asked about as the processes do it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from events.calendar import VIETNAM
from events.catalogue import boundary, stored
from events.envelope import Fact, Recorded
from events.facts.values import Actor, Body, Source
from projections.archive import reader
from projections.archive.follower import COLUMNS, leaf_hash
from projections.database import Connection, Role, connect
from projections.projection import Projection
from projections.projector import Folding, prepare

SECOND_NS = 1_000_000_000
FIRST_NS = 1_640_995_200 * SECOND_NS
"""Position p was recorded p seconds after 1/1/2022, UTC."""

OFFICE = UUID("0192f000-0000-7000-8000-000000000001")
"""The unit of facts for which a test names none."""


def fact(body: Body, effective: date, unit: UUID = OFFICE, performed_by: UUID | None = None) -> Fact[Any]:
    """A fact of the unit, entered on the web; an act of that day at noon."""
    return Fact(
        type=body.TYPE,
        id=uuid4(),
        unit=unit,
        effective=effective,
        instant=datetime.combine(effective, time(12), VIETNAM),
        actor=Actor(role="commune_office", unit=unit),
        performed_by=performed_by,
        client="test",
        source=Source.WEB,
        digest="",
        body=body,
    )


class ArchiveOf:
    """A database with an archive that only the test fills, and the registers that fold it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.facts: list[Recorded[Any]] = []

    @property
    def head(self) -> int:
        """The last position recorded."""
        return len(self.facts)

    async def record(self, *facts: Fact[Any]) -> int:
        """Adds the facts at the next positions; returns the last position."""
        new = [
            Recorded(position, FIRST_NS + position * SECOND_NS, fact)
            for position, fact in enumerate(facts, self.head + 1)
        ]
        rows = []
        for recorded in new:
            data = stored(recorded.fact)
            name, subject = recorded.fact.type, boundary(recorded.fact.body)
            rows.append(
                (recorded.position, recorded.recorded_ns, subject, name, recorded.fact.id, b"", data, leaf_hash(data))
            )
        connection = await connect(self.url, Role.FOLLOWER, "test")
        try:
            await connection.copy_records_to_table("message", schema_name="archive", columns=COLUMNS, records=rows)
        finally:
            await connection.close()
        self.facts += new
        return self.head

    async def project(self, registers: Iterable[type[Projection]], chunk: int = 1000) -> None:
        """Brings the registers up to the head of the archive, so many facts in one transaction."""
        connection = await connect(self.url, Role.PROJECTOR, "test")
        try:
            instances = [register() for register in registers]
            for register in instances:
                await prepare(connection, register)
            folding = Folding(instances)
            position = await folding.open(connection)
            while facts := await reader.after(connection, position, chunk):
                async with connection.transaction():
                    position = await folding.advance(connection, facts, facts[-1].position)
        finally:
            await connection.close()

    @asynccontextmanager
    async def asking(
        self, unit: UUID | None = None, person: UUID | None = None, asker: UUID | None = None, role: str = ""
    ) -> AsyncIterator[Connection]:
        """A reader's connection for somebody of the unit, or for a member who sees his own. `asker` is who asks for
        an office, `role` his role."""
        connection = await connect(self.url, Role.READER, "test")
        try:
            async with connection.transaction(readonly=True):
                for name, value in (
                    ("soho.unit", unit),
                    ("soho.person", person),
                    ("soho.asker", asker or person),
                    ("soho.role", role),
                ):
                    await connection.execute("SELECT set_config($1, $2, true)", name, str(value or ""))
                yield connection
        finally:
            await connection.close()

    async def fetch(self, query: str, *arguments: Any) -> Sequence[asyncpg.Record]:
        """The query as superuser, whom no policy restricts."""
        connection = await asyncpg.connect(self.url)
        try:
            return await connection.fetch(query, *arguments)
        finally:
            await connection.close()
