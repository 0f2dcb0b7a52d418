"""What each user of nats-server may do, tried on a real stream."""

from collections.abc import AsyncIterator

import nats
import nats.errors
import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.js.api import ConsumerConfig, StreamConfig

from services.embedded import EmbeddedServers, Endpoints, Home
from services.embedded.nats import STREAM
from tests.services.embedded.processes import becomes_true, empty_folder

FACT = b'{"kept":"as it was"}'


class Connection:
    """A client of one user, and the subjects that the server refused to take from it."""

    def __init__(self, endpoints: Endpoints, user: str) -> None:
        self.url = endpoints.nats_url(user)
        self.refused: list[str] = []

    async def __aenter__(self) -> "Connection":
        self.client: Client = await nats.connect(self.url, error_cb=self._keep, allow_reconnect=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()

    async def is_refused(self, subject: str) -> bool:
        """Whether a request is refused by the server (and so gets no answer at all)."""
        with pytest.raises((nats.errors.TimeoutError, nats.errors.NoRespondersError)):
            await self.client.request(subject, b"{}", timeout=0.3)
        await becomes_true(lambda: any(f'"{subject.lower()}"' in line for line in self.refused), f"{subject} refused")
        return True

    async def _keep(self, error: Exception) -> None:
        self.refused.append(str(error).lower())


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def log() -> AsyncIterator[Endpoints]:
    """Servers of this module's own with a stream FACTS that holds one fact."""
    with empty_folder() as folder:
        async with EmbeddedServers(Home(folder)) as endpoints:
            async with Connection(endpoints, "setup") as setup:
                stream = setup.client.jetstream()
                await stream.add_stream(StreamConfig(name=STREAM, subjects=["facts.>"], allow_direct=True))
                await stream.publish("facts.unit.1", FACT)
            yield endpoints


async def test_nobody_enters_without_a_password(log: Endpoints) -> None:
    for address in (f"nats://127.0.0.1:{log.nats_port}", f"nats://intake:wrong@127.0.0.1:{log.nats_port}"):
        with pytest.raises(nats.errors.Error):
            await nats.connect(address, allow_reconnect=False)


async def test_intake_may_add_facts_and_see_the_stream(log: Endpoints) -> None:
    async with Connection(log, "intake") as intake:
        stream = intake.client.jetstream()
        assert (await stream.publish("facts.unit.2", b"{}")).stream == STREAM
        assert (await stream.stream_info(STREAM)).state.messages >= 2
        assert intake.refused == []


async def test_follower_may_read_facts_in_order(log: Endpoints) -> None:
    async with Connection(log, "follower") as follower:
        stream = follower.client.jetstream()
        await stream.add_consumer(STREAM, ConsumerConfig(name="reader", inactive_threshold=60.0))
        reader = await stream.pull_subscribe_bind(consumer="reader", stream=STREAM)
        (first,) = await reader.fetch(1)
        await first.ack_sync()
        assert first.data == FACT
        assert (await stream.get_msg(STREAM, seq=1, direct=True)).data == FACT
        await stream.delete_consumer(STREAM, "reader")
        assert follower.refused == []


@pytest.mark.parametrize("user", ["intake", "follower"])
@pytest.mark.parametrize(
    "act", ["STREAM.UPDATE", "STREAM.DELETE", "STREAM.PURGE", "STREAM.MSG.DELETE", "STREAM.CREATE"]
)
async def test_neither_may_change_the_stream(log: Endpoints, user: str, act: str) -> None:
    async with Connection(log, user) as connection:
        assert await connection.is_refused(f"$JS.API.{act}.{STREAM}")
    async with Connection(log, "setup") as setup:
        assert (await setup.client.jetstream().get_msg(STREAM, seq=1)).data == FACT


async def test_follower_may_not_add_facts(log: Endpoints) -> None:
    async with Connection(log, "follower") as follower:
        assert await follower.is_refused("facts.unit.3")


async def test_intake_may_not_read_facts(log: Endpoints) -> None:
    async with Connection(log, "intake") as intake:
        assert await intake.is_refused(f"$JS.API.DIRECT.GET.{STREAM}")
        assert await intake.is_refused(f"$JS.API.CONSUMER.CREATE.{STREAM}.reader")
