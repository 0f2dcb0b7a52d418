"""Reading one message of the log: by its position, or the next one of some subjects."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import msgspec
from nats.aio.client import Client

from events.log.publishing import ID_HEADER, TYPE_HEADER
from events.log.stream import STREAM

NO_MESSAGE = 10037


class _Message(msgspec.Struct):
    seq: int = 0
    hdrs: str = ""
    data: str = ""

    def header(self, name: str) -> str:
        lines = b64decode(self.hdrs).decode().split("\r\n")
        return dict(line.split(": ", 1) for line in lines if ": " in line).get(name, "")


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
    message = await _get(client, {"seq": position})
    return None if message is None else (message.header(ID_HEADER), b64decode(message.data))


async def next_of(client: Client, subject: str, position: int) -> tuple[int, str, bytes] | None:
    """Position, type and data of the first message on the subject (`*` stands for any part) after the position; None
    when there is none. Asks the stream's leader. Raises `RuntimeError` when the log cannot say.
    """
    message = await _get(client, {"seq": position + 1, "next_by_subj": subject})
    return None if message is None else (message.seq, message.header(TYPE_HEADER), b64decode(message.data))


async def _get(client: Client, what: dict[str, Any]) -> _Message | None:
    reply = await client.request(f"$JS.API.STREAM.MSG.GET.{STREAM}", msgspec.json.encode(what), timeout=10)
    answer = msgspec.json.decode(reply.data, type=_Answer)
    if answer.error is not None and answer.error.err_code == NO_MESSAGE:
        return None
    if answer.message is None:
        raise RuntimeError(f"the log cannot read {what}: {answer.error}")
    return answer.message
