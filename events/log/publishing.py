"""Publishing to the log: one message, or several as one atomic batch (NATS ADR-50)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec

from events.log.connection import LogClient, frame

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
    batch = uuid4().hex if len(messages) > 1 else None
    *before, final = messages
    try:
        if before:
            await client.publish_frames(
                frame(message.subject, _lines(_headers(message, batch, number)), message.data)
                for number, message in enumerate(before, 1)
            )
        headers = _headers(final, batch, len(messages))
        if batch is not None:
            headers["Nats-Batch-Commit"] = "1"
        reply = await client.request(final.subject, final.data, timeout=timeout, headers=headers)
    except Exception as failure:
        raise LogUnavailable(type(failure).__name__) from failure
    ack = _ack.decode(reply.data)
    if ack.error is not None:
        if ack.error.err_code in WRONG_LAST_SEQUENCE:
            raise Stale(ack.error.description)
        if ack.error.err_code == DUPLICATE_IN_BATCH:
            raise AlreadyThere(ack.error.description)
        raise LogUnavailable(f"{ack.error.err_code} {ack.error.description}")
    if ack.duplicate:
        raise AlreadyThere(str(final.id))
    return ack.seq - len(before)


def _headers(message: Message, batch: str | None, sequence: int) -> dict[str, str]:
    headers = {TYPE_HEADER: message.type, ID_HEADER: str(message.id)}
    if message.expected is not None:
        headers[EXPECTED_HEADER] = str(message.expected)
    if batch is not None:
        headers["Nats-Batch-Id"] = batch
        headers["Nats-Batch-Sequence"] = str(sequence)
    return headers


def _lines(headers: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())
