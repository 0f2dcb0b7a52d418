"""Publishing to the log: one message, or several as one atomic batch (NATS ADR-50)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

import msgspec
from nats.aio.msg import Msg

from events.log.connection import LogClient, Publication

TYPE_HEADER = "Soho-Type"
ID_HEADER = "Nats-Msg-Id"
EXPECTED_HEADER = "Nats-Expected-Last-Subject-Sequence"


WRONG_LAST_SEQUENCE = (10071, 10164)
DUPLICATE_IN_BATCH = 10201


class Message(msgspec.Struct, frozen=True):
    """One fact to be kept. `expected` is the last position of its subject that the decision had seen; 0 for a
    boundary without facts; None for a report, which needs no expectation."""

    subject: str
    type: str
    id: UUID
    data: bytes
    expected: int | None = None


class Stale(Exception):
    """Another fact reached one of the boundaries first: nothing was recorded; read again and decide again."""


class AlreadyThere(Exception):
    """At least one of the ids is in the log already: nothing was recorded; look its position up."""


class LogUnavailable(Exception):
    """The log did not answer in time: whether it recorded is not known; send the same ids again."""


End = int | Stale | AlreadyThere | LogUnavailable
"""How a publication ended: the position of its first message, or why nothing of it was recorded."""


class _ApiError(msgspec.Struct):
    description: str
    err_code: int = 0


class _Ack(msgspec.Struct):
    seq: int = 0
    duplicate: bool = False
    error: _ApiError | None = None


_ack = msgspec.json.Decoder(_Ack)


async def publish(client: LogClient, messages: Sequence[Message], timeout: float = 10) -> int:
    """Records all messages or none, contiguously; returns the position of the first, after they are on disk.

    At most `LARGEST_BATCH` messages; of those on one subject only the first may carry an expectation.
    Raises `Stale`, `AlreadyThere` or `LogUnavailable`.
    """
    (end,) = await publish_apart(client, [messages], timeout)
    if not isinstance(end, int):
        raise end
    return end


async def publish_apart(client: LogClient, parts: Sequence[Sequence[Message]], timeout: float = 10) -> list[End]:
    """Records each part by itself, like `publish`, but sends them at once: the position of its first message, or why
    nothing of it was recorded."""
    publications = [publication for messages in parts for publication in _publications(messages)]
    try:
        replies = await client.ask(publications, timeout)
    except Exception as failure:
        return [LogUnavailable(type(failure).__name__)] * len(parts)
    return [_end(messages, reply) for messages, reply in zip(parts, replies, strict=True)]


def _publications(messages: Sequence[Message]) -> Iterator[Publication]:
    """The last message of a batch commits it, and is answered for all."""
    if len(messages) == 1:
        yield Publication(messages[0].subject, _headers(messages[0]), messages[0].data, asks=True)
        return
    batch = uuid4().hex
    for number, message in enumerate(messages, 1):
        last = number == len(messages)
        lines = f"Nats-Batch-Id: {batch}\r\nNats-Batch-Sequence: {number}\r\n" + last * "Nats-Batch-Commit: 1\r\n"
        yield Publication(message.subject, _headers(message) + lines, message.data, asks=last)


def _headers(message: Message) -> str:
    lines = f"{TYPE_HEADER}: {message.type}\r\n{ID_HEADER}: {message.id}\r\n"
    return lines if message.expected is None else f"{lines}{EXPECTED_HEADER}: {message.expected}\r\n"


def _end(messages: Sequence[Message], reply: Msg | None) -> End:
    if reply is None or not reply.data:
        # The server says "no responders" by an empty answer.
        return LogUnavailable("no answer")
    ack = _ack.decode(reply.data)
    if ack.error is not None:
        if ack.error.err_code in WRONG_LAST_SEQUENCE:
            return Stale(ack.error.description)
        if ack.error.err_code == DUPLICATE_IN_BATCH:
            return AlreadyThere(ack.error.description)
        return LogUnavailable(f"{ack.error.err_code} {ack.error.description}")
    if ack.duplicate:
        return AlreadyThere(str(messages[-1].id))
    return ack.seq - len(messages) + 1
