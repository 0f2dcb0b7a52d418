"""The stream that holds the log: how it must be set, and what is refused."""

from __future__ import annotations

from typing import Any

import msgspec
from nats.aio.client import Client

STREAM = "FACTS"
SUBJECTS = "facts.>"
OLDEST_SERVER = (2, 15)
DUPLICATE_WINDOW_SECONDS = 600
SECOND_NS = 1_000_000_000

REQUIRED: dict[str, Any] = {
    "subjects": [SUBJECTS],
    "storage": "file",
    "retention": "limits",
    "discard": "new",
    "max_msgs": -1,
    "max_bytes": -1,
    "max_age": 0,
    "max_msgs_per_subject": -1,
    "deny_delete": True,
    "deny_purge": True,
    "allow_atomic": True,
    "allow_direct": True,
}
"""Settings without which facts could be lost: checked at every start and on a timer."""

FORBIDDEN = (
    "allow_rollup_hdrs",
    "allow_msg_ttl",
    "allow_msg_schedules",
    "allow_msg_counter",
    "sealed",
    "no_ack",
    "subject_transform",
    "sources",
    "mirror",
)
"""Settings that let a message delete others (`allow_msg_schedules` even switches the purge guard off), acknowledge
nothing, keep a fact under another boundary than was said, or let facts in past intake."""


class LogRefused(Exception):
    """The server or the stream is not one that a fact may be entrusted to. `code` is stable; see the message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class StreamState(msgspec.Struct, frozen=True):
    """What is known of the stream: creation time (RFC 3339), first and last sequence."""

    created: str
    first: int
    last: int


class _State(msgspec.Struct):
    first_seq: int
    last_seq: int


class _Error(msgspec.Struct):
    description: str
    err_code: int = 0


class _Info(msgspec.Struct):
    error: _Error | None = None
    config: dict[str, Any] | None = None
    created: str = ""
    state: _State | None = None


NOT_FOUND = 10059


async def _ask(client: Client, verb: str, payload: bytes = b"") -> _Info:
    reply = await client.request(f"$JS.API.STREAM.{verb}.{STREAM}", payload, timeout=10)
    return msgspec.json.decode(reply.data, type=_Info)


def check_server(client: Client) -> None:
    """Refuses a server older than 2.15: older ones miss fixes that `sync_interval: always` needs."""
    version = client.connected_server_version
    if (version.major, version.minor) < OLDEST_SERVER:
        raise LogRefused(
            "server_too_old",
            f"nats-server {version} is too old; 2.15 or newer is needed: older ones can lose synced messages",
        )


async def create_stream(client: Client, replicas: int = 1) -> StreamState:
    """Creates the stream where there is none yet, and checks it. Needs the account `setup`."""
    check_server(client)
    info = await _ask(client, "INFO")
    if info.error is not None and info.error.err_code == NOT_FOUND:
        settings = REQUIRED | {
            "name": STREAM,
            "num_replicas": replicas,
            "duplicate_window": DUPLICATE_WINDOW_SECONDS * SECOND_NS,
        }
        info = await _ask(client, "CREATE", msgspec.json.encode(settings))
    return _checked(info)


async def check_stream(client: Client) -> StreamState:
    """The state of the stream. Raises `LogRefused` when it is missing or permits deletion or discards."""
    check_server(client)
    return _checked(await _ask(client, "INFO"))


async def last_position(client: Client) -> int:
    """The position of the newest fact in the log; 0 when there is none."""
    info = await _ask(client, "INFO")
    if info.state is None:
        raise LogRefused("stream_missing", f"stream {STREAM} does not answer: {info.error}")
    return info.state.last_seq


def _checked(info: _Info) -> StreamState:
    if info.error is not None or info.config is None or info.state is None:
        reason = info.error.description if info.error else "no answer"
        raise LogRefused("stream_missing", f"stream {STREAM} cannot be used: {reason}. Run `soho up` or `soho setup`")
    wrong = [
        f"{name} is {info.config.get(name)!r}, must be {value!r}"
        for name, value in REQUIRED.items()
        if info.config.get(name) != value
    ]
    wrong += [f"{name} must be off" for name in FORBIDDEN if info.config.get(name)]
    if info.config.get("duplicate_window", 0) < DUPLICATE_WINDOW_SECONDS * SECOND_NS:
        wrong.append(f"duplicate_window must be at least {DUPLICATE_WINDOW_SECONDS} seconds")
    if wrong:
        raise LogRefused("stream_unsafe", f"stream {STREAM} permits loss: " + "; ".join(wrong))
    return StreamState(info.created, info.state.first_seq, info.state.last_seq)
