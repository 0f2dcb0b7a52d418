"""What each user of nats-server may do, tried on a real stream: the embedded server and the settings in deploy/."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import nats.errors
import nats.js.errors
import pytest
import pytest_asyncio
from nats.js.api import ConsumerConfig

from events.identifiers import uuid7
from events.log.connection import LogClient, connect_log
from events.log.publishing import ID_HEADER
from events.log.stream import SUBJECTS, StreamState, check_stream, create_stream
from services.embedded import Home
from services.embedded.nats import STREAM, NatsServer
from tests.anything import OURS
from tests.external import Authority, external_nats
from tests.services.embedded.processes import becomes_true, empty_folder

FACT = b'{"kept":"as it was"}'
FACTS = 5


class Connection:
    """A client of one user, and the subjects that the server refused to take from it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.refused: list[str] = []

    async def __aenter__(self) -> Connection:
        self.client: LogClient = await connect_log(self._url, "test", error_cb=self._keep, allow_reconnect=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()

    async def is_refused(self, subject: str, payload: bytes = b"{}") -> bool:
        """Whether a request is refused by the server (and so gets no answer at all)."""
        with pytest.raises((nats.errors.TimeoutError, nats.errors.NoRespondersError)):
            await self.client.request(subject, payload, timeout=0.3)
        await becomes_true(lambda: any(f'"{subject.lower()}"' in line for line in self.refused), f"{subject} refused")
        return True

    async def _keep(self, error: Exception) -> None:
        self.refused.append(str(error).lower())


class Log:
    """A server with a stream of five facts, and where its users reach it."""

    def __init__(self, urls: dict[str, str]) -> None:
        self.urls = urls

    def as_(self, user: str) -> Connection:
        return Connection(self.urls[user])

    async def state(self) -> StreamState:
        async with self.as_("intake") as intake:
            return await check_stream(intake.client)

    async def fill(self) -> None:
        async with self.as_("setup") as setup:
            await create_stream(setup.client)
        async with self.as_("intake") as intake:
            for number in range(FACTS):
                headers = {ID_HEADER: str(uuid7())}
                await intake.client.jetstream().publish(f"facts.unit.{number}", FACT, headers=headers)


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=["embedded", "deploy"])
async def log(request: pytest.FixtureRequest) -> AsyncIterator[Log]:
    """A server of this module's own: the embedded one, and one with the settings in deploy/."""
    with empty_folder() as folder:
        home = Home(folder)
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(home.locked())
            if request.param == "embedded":
                server = NatsServer(home)
                await server.start()
                stack.push_async_callback(server.stop)
                found = Log({user: server.url(user) for user in OURS})
            else:
                found = Log(await stack.enter_async_context(external_nats(home, Authority(home))))
            await found.fill()
            yield found


async def test_nobody_enters_without_a_password(log: Log) -> None:
    scheme, _, rest = log.urls["intake"].partition("://")
    place = rest.rpartition("@")[2]
    for address in (f"{scheme}://{place}", f"{scheme}://intake:wrong@{place}"):
        with pytest.raises(nats.errors.Error):
            await connect_log(address, "test", allow_reconnect=False)


async def test_intake_may_add_facts_and_see_the_stream(log: Log) -> None:
    async with log.as_("intake") as intake:
        assert (await check_stream(intake.client)).last >= FACTS
        assert intake.refused == []


async def test_follower_may_read_facts_in_order(log: Log) -> None:
    async with log.as_("follower") as follower:
        stream = follower.client.jetstream()
        await stream.add_consumer(STREAM, ConsumerConfig(name="reader", inactive_threshold=60.0))
        reader = await stream.pull_subscribe_bind(consumer="reader", stream=STREAM)
        (first,) = await reader.fetch(1)
        await first.ack_sync()
        assert first.data == FACT
        assert (await stream.get_msg(STREAM, seq=1, direct=True)).data == FACT
        await stream.delete_consumer(STREAM, "reader")
        assert follower.refused == []


async def test_setup_may_run_again_and_changes_nothing(log: Log) -> None:
    before = await log.state()
    async with log.as_("setup") as setup:
        assert await create_stream(setup.client) == before
        assert setup.refused == []


@pytest.mark.parametrize("user", OURS)
@pytest.mark.parametrize("act", ["UPDATE", "DELETE", "PURGE", "MSG.DELETE", "SNAPSHOT", "LEADER.STEPDOWN", "RESTORE"])
async def test_nobody_may_change_the_stream(log: Log, user: str, act: str) -> None:
    before = await log.state()
    async with log.as_(user) as connection:
        assert await connection.is_refused(f"$JS.API.STREAM.{act}.{STREAM}")
    assert await log.state() == before


LOSSY = {"name": STREAM, "subjects": [SUBJECTS], "max_msgs": 1, "discard": "old"}


@pytest.mark.parametrize("user", ["intake", "follower"])
async def test_only_setup_may_make_a_stream(log: Log, user: str) -> None:
    async with log.as_(user) as connection:
        assert await connection.is_refused(f"$JS.API.STREAM.CREATE.{STREAM}", json.dumps(LOSSY).encode())


@pytest.mark.parametrize(
    "settings",
    [LOSSY, LOSSY | {"max_msgs": -1, "max_age": 1_000_000_000}, {"name": "OTHER", "subjects": ["$JS.API.>"]}],
    ids=["fewer messages", "an age", "another stream"],
)
async def test_setup_cannot_make_the_stream_over_again_nor_another(log: Log, settings: dict[str, Any]) -> None:
    before = await log.state()
    async with log.as_("setup") as setup:
        answer = await setup.client.request(f"$JS.API.STREAM.CREATE.{STREAM}", json.dumps(settings).encode(), timeout=5)
        assert "error" in json.loads(answer.data)
        assert await setup.is_refused("$JS.API.STREAM.CREATE.OTHER", json.dumps({"name": "OTHER"}).encode())
        assert await setup.is_refused("facts.unit.1")
    assert await log.state() == before


@pytest.mark.parametrize("act", ["DELETE", "PURGE", "UPDATE", "MSG.DELETE"])
async def test_a_consumer_does_not_carry_out_what_its_maker_may_not(log: Log, act: str) -> None:
    """The server delivers to any subject, in its own name: also to those of its own interface?"""
    before = await log.state()
    target = f"$JS.API.STREAM.{act}.{STREAM}"
    async with log.as_("follower") as follower:
        config = {"deliver_subject": target, "ack_policy": "none", "deliver_policy": "all", "headers_only": True}
        await _make_consumer(follower, f"push{act[:3]}", config)
        pull = f"pull{act[:3]}"
        await _make_consumer(follower, pull, {"ack_policy": "none", "headers_only": True})
        await follower.client.publish(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{pull}", b"1", reply=target)
        await follower.client.flush()
        # A delivery that takes place does so before the consumer's own state says that it did.
        for name in (f"push{act[:3]}", pull):
            with contextlib.suppress(nats.errors.Error):
                await follower.client.request(f"$JS.API.CONSUMER.INFO.{STREAM}.{name}", b"", timeout=2)
    assert await log.state() == before


async def _make_consumer(follower: Connection, name: str, config: dict[str, Any]) -> None:
    asked = {"stream_name": STREAM, "config": config | {"name": name, "inactive_threshold": 60_000_000_000}}
    await follower.client.request(f"$JS.API.CONSUMER.CREATE.{STREAM}.{name}", json.dumps(asked).encode(), timeout=5)


@pytest.mark.parametrize("header", [{"Nats-Rollup": "all"}, {"Nats-Rollup": "sub"}, {"Nats-TTL": "1s"}])
async def test_no_message_takes_others_away_or_goes_away_itself(log: Log, header: dict[str, str]) -> None:
    before = await log.state()
    async with log.as_("intake") as intake:
        headers = header | {ID_HEADER: str(uuid7())}
        with pytest.raises(nats.js.errors.APIError):
            await intake.client.jetstream().publish("facts.unit.1", FACT, headers=headers)
    assert await log.state() == before


async def test_follower_may_not_add_facts(log: Log) -> None:
    async with log.as_("follower") as follower:
        assert await follower.is_refused("facts.unit.3")


async def test_intake_may_not_read_facts(log: Log) -> None:
    async with log.as_("intake") as intake:
        assert await intake.is_refused(f"$JS.API.DIRECT.GET.{STREAM}")
        assert await intake.is_refused(f"$JS.API.CONSUMER.CREATE.{STREAM}.reader")


@pytest.mark.parametrize("user", OURS)
@pytest.mark.parametrize("others", [">", "*.>", "facts.>", "_INBOX.>", "_INBOX_anything.>", "$JS.>", "$SYS.>"])
async def test_nobody_hears_what_is_meant_for_others(log: Log, user: str, others: str) -> None:
    async with log.as_(user) as connection:
        await connection.client.subscribe(others)
        await becomes_true(lambda: any("subscription" in line for line in connection.refused), "refused")
