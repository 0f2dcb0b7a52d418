"""Reading one message of the log by its position."""

from __future__ import annotations

from base64 import b64decode

import msgspec
from nats.aio.client import Client

from events.log.publishing import ID_HEADER
from events.log.stream import STREAM

NO_MESSAGE = 10037


class _Message(msgspec.Struct):
    hdrs: str = ""
    data: str = ""


class _Error(msgspec.Struct):
    err_code: int = 0
    description: str = ""


class _Answer(msgspec.Struct):
    message: _Message | None = None
    error: _Error | None = None


async def message_at(client: Client, position: int) -> tuple[str, bytes] | None:
    """Id header ("" without one) and data of the message at the position; None when the log has none there.

    Asks the stream's leader: a replica may not have it yet. Raises `RuntimeError` when the log cannot say.
    """
    reply = await client.request(f"$JS.API.STREAM.MSG.GET.{STREAM}", msgspec.json.encode({"seq": position}), timeout=10)
    answer = msgspec.json.decode(reply.data, type=_Answer)
    if answer.error is not None and answer.error.err_code == NO_MESSAGE:
        return None
    if answer.message is None:
        raise RuntimeError(f"position {position} cannot be read: {answer.error}")
    lines = b64decode(answer.message.hdrs).decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    return headers.get(ID_HEADER, ""), b64decode(answer.message.data)
