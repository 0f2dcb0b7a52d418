"""Publishing on a real server: all or nothing, once, after what was expected; and the frames that we build."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
from nats.aio.msg import Msg

from events.log.connection import LogClient, Publication, connect_log
from events.log.limits import LARGEST_BATCH
from events.log.publishing import (
    ID_HEADER,
    TYPE_HEADER,
    AlreadyThere,
    LogUnavailable,
    Message,
    Stale,
    publish,
    publish_apart,
)
from events.log.stream import STREAM, create_stream, last_position
from tests.anything import ANYTHING
from tests.faults.scratch import ScratchLog, scratch_log

TYPE = "test.something_happened.v1"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def log() -> AsyncIterator[ScratchLog]:
    """A server with the stream."""
    async with scratch_log() as scratch:
        await create_stream(scratch.client)
        yield scratch


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def client(log: ScratchLog) -> AsyncIterator[LogClient]:
    """Intake's client."""
    connected = await connect_log(log.server.url("intake"), "test")
    yield connected
    await connected.close()


def message(subject: str | None = None, expected: int | None = None, id_: UUID | None = None) -> Message:
    """A message on a boundary of its own, if none is given."""
    return Message(subject or f"facts.test.{uuid4()}", TYPE, id_ or uuid4(), b'{"a":"\xe1\xbb\x9f"}', expected)


async def kept(log: ScratchLog, position: int) -> tuple[str, dict[str, str], bytes]:
    """Subject, headers and data at the position, as the server gives them."""
    found = await log.client.jetstream().get_msg(STREAM, seq=position)
    return found.subject or "", found.headers or {}, found.data or b""


@pytest.mark.parametrize("count", [1, 2, LARGEST_BATCH])
async def test_all_are_recorded_contiguously(log: ScratchLog, client: LogClient, count: int) -> None:
    messages = [message() for _ in range(count)]
    before = await last_position(client)
    assert await publish(client, messages) == before + 1
    assert await last_position(client) == before + count
    for offset in {0, count // 2, count - 1}:
        subject, headers, data = await kept(log, before + 1 + offset)
        sent = messages[offset]
        assert (subject, headers[TYPE_HEADER], headers[ID_HEADER], data) == (
            sent.subject,
            TYPE,
            str(sent.id),
            sent.data,
        )


async def test_a_boundary_that_another_fact_reached_first_is_stale(client: LogClient) -> None:
    subject = f"facts.test.{uuid4()}"
    first = await publish(client, [message(subject, expected=0)])
    for stale in ([message(subject, expected=0)], [message(), message(subject, expected=first - 1), message()]):
        before = await last_position(client)
        with pytest.raises(Stale):
            await publish(client, stale)
        assert await last_position(client) == before
    await publish(client, [message(subject, expected=first)])


async def test_several_facts_of_one_boundary_in_one_batch(client: LogClient) -> None:
    subject = f"facts.test.{uuid4()}"
    first = await publish(client, [message(subject, expected=0), message(subject), message(subject)])
    with pytest.raises(Stale):
        await publish(client, [message(subject, expected=first), message(subject)])
    await publish(client, [message(subject, expected=first + 2), message(subject)])


@pytest.mark.parametrize("count", [1, 3])
async def test_an_id_that_is_there_already_is_told_and_nothing_recorded(client: LogClient, count: int) -> None:
    id_ = uuid4()
    await publish(client, [message(id_=id_)])
    before = await last_position(client)
    with pytest.raises(AlreadyThere):
        await publish(client, [*(message() for _ in range(count - 1)), message(id_=id_)])
    assert await last_position(client) == before


async def test_of_many_who_expect_the_same_one_wins(client: LogClient) -> None:
    subject = f"facts.test.{uuid4()}"
    before = await last_position(client)
    ends = await asyncio.gather(
        *(publish(client, [message(subject, expected=0)]) for _ in range(20)), return_exceptions=True
    )
    assert sorted(type(end).__name__ for end in ends) == ["Stale"] * 19 + ["int"]
    assert await last_position(client) == before + 1


async def test_what_the_log_does_not_take_is_unavailable(client: LogClient) -> None:
    outside = Message("elsewhere.1", TYPE, uuid4(), b"{}")
    with pytest.raises(LogUnavailable):
        await publish(client, [outside], timeout=0.5)


async def test_what_is_sent_at_once_ends_each_by_itself(client: LogClient) -> None:
    taken, known = message(expected=0), message()
    await publish(client, [taken])
    await publish(client, [known])
    before = await last_position(client)
    ends = await publish_apart(
        client, [[message()], [message(taken.subject, expected=0)], [message(), message()], [known], [message()]]
    )
    assert [type(end).__name__ for end in ends] == ["int", "Stale", "int", "AlreadyThere", "int"]
    # A batch is committed behind its back: it may stand after the last.
    assert {ends[0], ends[2], ends[4]} in ({before + 1, before + 2, before + 4}, {before + 1, before + 2, before + 3})
    assert await last_position(client) == before + 4


async def test_one_that_is_not_answered_does_not_hide_what_became_of_the_others(client: LogClient) -> None:
    outside = Message("elsewhere.1", TYPE, uuid4(), b"{}")
    before = await last_position(client)
    ends = await publish_apart(client, [[message()], [outside], [message()]], timeout=0.5)
    assert [type(end).__name__ for end in ends] == ["int", "LogUnavailable", "int"]
    assert await last_position(client) == before + 2


async def test_a_closed_client_is_unavailable_at_once(log: ScratchLog) -> None:
    closed = await connect_log(log.server.url("intake"), "test")
    await closed.close()
    with pytest.raises(LogUnavailable, match="ConnectionClosedError"):
        await publish(closed, [message()])


async def test_a_frame_is_what_the_client_itself_would_send(log: ScratchLog) -> None:
    """`LogClient.ask` leans on protected methods of nats-py: this holds them to the installed version."""
    sender = await connect_log(log.server.url(ANYTHING), "test")
    subscription = await log.client.subscribe("frames.>")
    await log.client.flush()
    headers = {TYPE_HEADER: TYPE, ID_HEADER: str(uuid4())}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    data = "Nhà ở\r\ncuối bản".encode()
    await sender.publish("frames.before", b"1")
    quiet = [Publication("frames.ours", lines, data, asks=False), Publication("frames.ours", lines, b"", asks=False)]
    assert await sender.ask(quiet, timeout=5) == []
    await sender.publish("frames.theirs", data, headers=headers)
    await sender.flush()
    found = [await subscription.next_msg(5) for _ in range(4)]
    assert [one.subject for one in found] == ["frames.before", "frames.ours", "frames.ours", "frames.theirs"]
    assert [one.data for one in found] == [b"1", data, b"", data]
    assert found[1].headers == found[2].headers == found[3].headers == headers
    await sender.close()


async def test_answers_come_in_the_order_of_the_questions(log: ScratchLog) -> None:
    async def answer(question: Msg) -> None:
        await question.respond(question.data)

    await log.client.subscribe("questions.>", cb=answer)
    await log.client.flush()
    sender = await connect_log(log.server.url(ANYTHING), "test")
    rounds = [[Publication("questions.ours", "", b"%d %d" % (i, j), asks=True) for j in range(50)] for i in range(4)]
    answers = await asyncio.gather(*(sender.ask(questions, timeout=5) for questions in rounds))
    for questions, replies in zip(rounds, answers, strict=True):
        assert [reply and reply.data for reply in replies] == [question.data for question in questions]
    await sender.close()
