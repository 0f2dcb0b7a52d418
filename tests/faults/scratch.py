"""A log and an archive that a test may spoil: a nats-server of its own, and a database of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import msgspec
import nats
from nats.aio.client import Client

from events.catalogue import boundary, stored
from events.envelope import Fact
from events.log.connection import connect_log
from events.log.publishing import Message, publish
from events.log.stream import STREAM
from projections.archive.follower import Follower
from projections.database import Role, connect
from services.embedded import Home
from services.embedded.nats import NatsServer
from tests.anything import ANYTHING
from tests.projections.archive_of import ArchiveOf
from tests.services.embedded.processes import empty_folder

DEADLINE_SECONDS = 30.0
NO_STORE = 10049
"""The server's error for a stream whose folder it cannot make."""


class ScratchLog:
    """A nats-server for one test."""

    def __init__(self, server: NatsServer, client: Client) -> None:
        self.server = server
        self.client = client

    async def ask(self, verb: str, **settings: Any) -> dict[str, Any]:
        """A request, of somebody who may do anything, about the stream; fails when it is refused."""
        answer = await self._answer(verb, settings)
        assert "error" not in answer, answer
        return answer

    async def create(self, **settings: Any) -> dict[str, Any]:
        """Makes the stream. The server clears the folder of a deleted one away after it has answered, and until then
        it has no place for the next."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            answer = await self._answer("CREATE", settings)
            while answer.get("error", {}).get("err_code") == NO_STORE:
                await asyncio.sleep(0.01)
                answer = await self._answer("CREATE", settings)
        assert "error" not in answer, answer
        return answer

    async def _answer(self, verb: str, settings: dict[str, Any]) -> dict[str, Any]:
        reply = await self.client.request(f"$JS.API.STREAM.{verb}.{STREAM}", msgspec.json.encode(settings))
        answer: dict[str, Any] = msgspec.json.decode(reply.data)
        return answer

    async def record(self, *facts: Fact[Any]) -> None:
        """Publishes the facts one by one, as intake does."""
        client = await connect_log(self.server.url("intake"), "test")
        try:
            for fact in facts:
                await publish(client, [Message(boundary(fact.body), fact.type, fact.id, stored(fact))])
        finally:
            await client.close()


@asynccontextmanager
async def scratch_log() -> AsyncIterator[ScratchLog]:
    """An empty nats-server, without a stream."""
    with empty_folder() as path:
        home = Home(path)
        with home.locked():
            server = NatsServer(home)
            await server.start()
            client = await nats.connect(server.url(ANYTHING))
            try:
                yield ScratchLog(server, client)
            finally:
                await client.close()
                await server.stop()


@asynccontextmanager
async def following(log: ScratchLog, archive: ArchiveOf) -> AsyncIterator[asyncio.Task[None]]:
    """A follower from this log into this archive, until left; it must end well."""
    client = await connect_log(log.server.url("follower"), "test")
    connection = await connect(archive.url, Role.FOLLOWER, "test")
    stop = asyncio.Event()
    running = asyncio.create_task(Follower(client, connection).run(stop))
    try:
        yield running
    finally:
        stop.set()
        async with asyncio.timeout(DEADLINE_SECONDS):
            await running
        await connection.close()
        await client.close()


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits until the condition holds; fails when it does not in time."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def archived(archive: ArchiveOf) -> list[tuple[int, UUID]]:
    """Position and id of everything in the archive."""
    rows = await archive.fetch("SELECT position, id FROM archive.message ORDER BY position")
    return [(row[0], row[1]) for row in rows]


async def alarms(archive: ArchiveOf) -> list[tuple[str, int]]:
    """Code and position of the alarms raised."""
    rows = await archive.fetch("SELECT code, position FROM archive.alarm ORDER BY alarm")
    return [(row[0], row[1]) for row in rows]
