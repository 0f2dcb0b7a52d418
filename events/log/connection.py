"""The client of the log: nats-py, with one addition that its public interface lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nats.aio.client import Client


class LogClient(Client):
    """A NATS client that can hand many ready-made publications to the connection at once.

    nats-py builds the header block of every message from a dictionary and wakes its flusher each time; a batch of a
    thousand spends most of its time there. `publish_frames` uses two of its protected methods, which a test holds to
    this version.
    """

    async def publish_frames(self, frames: Iterable[bytes]) -> None:
        """Sends HPUB frames as they are, before anything published afterwards."""
        await self._send_command(b"".join(frames))


async def connect_log(url: str, name: str, **options: Any) -> LogClient:
    """A client of the log at `url`."""
    client = LogClient()
    await client.connect(url, name=name, **options)
    return client


def frame(subject: str, headers: str, data: bytes) -> bytes:
    """One HPUB frame (NATS client protocol); `headers` are lines that each end with CRLF."""
    block = f"NATS/1.0\r\n{headers}\r\n".encode()
    return b"HPUB %s %d %d\r\n%s%s\r\n" % (subject.encode(), len(block), len(block) + len(data), block, data)
