"""A whole installation under its supervisor, and whether everything acknowledged stands where it must, once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
from nats.js.api import AckPolicy, ConsumerConfig

from events.log.connection import connect_log
from events.log.publishing import ID_HEADER
from events.log.stream import STREAM, SUBJECTS
from projections.database import Connection
from projections.rebuild import compare
from projections.registers import REGISTERS
from services.accounts.tokens import issuer_from_file
from services.cli import local
from services.decisions.asking import Asker, Role
from services.embedded import Home, running_endpoints
from tests.faults.load import Commune, Load
from tests.services.cli.command import SOHO, Up

DEADLINE_SECONDS = 60.0
HEADS = """SELECT archive.head(), (SELECT count(*) FROM archive.message),
                  (SELECT min(position) FROM projection.checkpoint), (SELECT count(*) FROM projection.checkpoint)"""


class House:
    """A running home with one commune."""

    def __init__(self, up: Up) -> None:
        self.up = up
        self.home = Home(up.home)
        self.commune = Commune(UUID("01920000-0000-7000-8000-000000000001"))
        self.base_url = f"http://127.0.0.1:{up.port}"
        asker = Asker(Role.SYSTEM, self.commune.province, "fault test")
        self.token = issuer_from_file(local.token_key_file(self.home)).token(asker)

    async def found(self) -> None:
        """Founds the commune."""
        founding = self.commune.founding()
        load = Load(self.commune, len(founding))
        headers = {"Authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(base_url=self.base_url, headers=headers, timeout=20) as client:
            await load.submit(client, founding)

    def pid(self, program: str) -> int:
        return self.home.runtime().processes[program].pid

    @contextmanager
    def second(self, program: str) -> Iterator[Path]:
        """A second follower or projector beside the supervised one; yields its log. It must end well."""
        endpoints, log = running_endpoints(self.home), self.home.path / f"second-{program}.log"
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(sys.path),
            "SOHO_NATS_URL": endpoints.nats_url("follower"),
            "SOHO_DATABASE_URL": endpoints.postgres_url("soho_worker", local.password(self.home, "soho_worker")),
        }
        with log.open("wb") as said:
            process = subprocess.Popen([*SOHO, program], env=environment, stdout=said, stderr=said)
        try:
            yield log
        finally:
            process.terminate()
            code = process.wait(DEADLINE_SECONDS)
        assert code == 0, log.read_text()

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Connection]:
        """The database as its owner."""
        connection = await asyncpg.connect(running_endpoints(self.home).admin_url)
        try:
            yield connection
        finally:
            await connection.close()

    async def has_each_once(self, acknowledged: dict[UUID, int]) -> None:
        """Every acknowledged fact stands at its position: once in the log, the archive, the visits and the trails."""
        log = await self._log()
        assert set(Counter(log.values()).values()) == {1}
        assert sorted(log) == list(range(1, len(log) + 1))
        async with self.database() as database:
            await self._caught_up(database, len(log))
            archive = {row["position"]: row["id"] for row in await database.fetch("SELECT * FROM archive.message")}
            assert archive == log
            assert {position: fact for fact, position in acknowledged.items()}.items() <= log.items()
            visits = await database.fetch("SELECT visit FROM visits_v1.visit")
            recorded = await database.fetch("SELECT id FROM archive.message WHERE type = 'visit.visit_recorded.v2'")
            assert Counter(row[0] for row in visits) == Counter(row[0] for row in recorded)
            trails = await database.fetch("SELECT DISTINCT position FROM trails_v1.entry")
            assert {row[0] for row in trails} == set(log)
            assert await database.fetchval("SELECT count(*) FROM archive.alarm") == 0
            assert await database.fetchval("SELECT count(*) FROM projection.quarantine") == 0

    async def registers_equal_a_refold(self) -> None:
        """What stands in every register is what folding the archive again gives."""
        url = running_endpoints(self.home).postgres_url("soho_worker", local.password(self.home, "soho_worker"))
        assert await compare(url, REGISTERS, lambda _done, _total: None) == []

    async def _caught_up(self, database: Connection, last: int) -> None:
        async with asyncio.timeout(DEADLINE_SECONDS):
            while True:
                head, count, projected, registers = await database.fetchrow(HEADS)
                if (head, projected) == (last, last):
                    assert (count, registers) == (last, len(REGISTERS))
                    return
                await asyncio.sleep(0.05)

    async def _log(self) -> dict[int, UUID]:
        """Position → id of every message in the stream, as the log itself delivers them."""
        client = await connect_log(running_endpoints(self.home).nats_url("follower"), "test")
        try:
            last = (await client.jetstream().stream_info(STREAM)).state.last_seq
            config = ConsumerConfig(ack_policy=AckPolicy.NONE, mem_storage=True)
            subscription = await client.jetstream().pull_subscribe(SUBJECTS, stream=STREAM, config=config)
            found: dict[int, UUID] = {}
            while len(found) < last:
                for message in await subscription.fetch(1000, timeout=10):
                    found[message.metadata.sequence.stream] = UUID((message.headers or {})[ID_HEADER])
            return found
        finally:
            await client.close()
