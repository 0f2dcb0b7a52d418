"""The client of the log: nats-py, with one addition that its public interface lacks."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from itertools import count
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from nats.aio.client import DEFAULT_PENDING_SIZE, Client
from nats.aio.msg import Msg
from nats.errors import ConnectionClosedError, OutboundBufferLimitError


class Publication(NamedTuple):
    """Something to publish; `headers` are lines that each end with CRLF. `asks`: an answer is expected."""

    subject: str
    headers: str
    data: bytes
    asks: bool


class _Asked:
    """Questions that were sent together, and the answers as they come."""

    def __init__(self, number: int) -> None:
        self.answers: list[Msg | None] = [None] * number
        self.missing = number
        self.complete = asyncio.Event()
        if not number:
            self.complete.set()

    def take(self, index: int, answer: Msg) -> None:
        if self.answers[index] is None:
            self.answers[index] = answer
            self.missing -= 1
            if not self.missing:
                self.complete.set()


class LogClient(Client):
    """A NATS client that sends many publications at once and gathers the answers.

    nats-py builds the header block of every message from a dictionary, makes a task for every answer that it waits for,
    and wakes its flusher each time: with many messages that is most of the time spent on them. `ask` uses protected
    methods of it, which a test holds to this version.
    """

    def __init__(self) -> None:
        super().__init__()
        self._inbox = ""
        self._numbers = count()
        self._asked: dict[str, _Asked] = {}

    async def ask(self, publications: Sequence[Publication], timeout: float) -> list[Msg | None]:
        """Sends all in order; answers of those that ask, in order, None where none came in `timeout` seconds.

        Raises an error of nats-py when the connection takes no more.
        """
        if self.is_closed:
            raise ConnectionClosedError
        if not self.is_connected and self.pending_data_size > DEFAULT_PENDING_SIZE:
            raise OutboundBufferLimitError
        if not self._inbox:
            self._inbox = self.new_inbox()
            await self.subscribe(f"{self._inbox}.*.*", cb=self._answered)
        asked = _Asked(sum(publication.asks for publication in publications))
        number = str(next(self._numbers))
        self._asked[number] = asked
        indexes = count()
        try:
            await self._send_command(
                b"".join(
                    frame(subject, headers, data, f"{self._inbox}.{number}.{next(indexes)}" if asks else "")
                    for subject, headers, data, asks in publications
                )
            )
            await self._flush_pending()
            async with asyncio.timeout(timeout):
                await asked.complete.wait()
        except TimeoutError:
            pass
        finally:
            del self._asked[number]
        return asked.answers

    async def _answered(self, answer: Msg) -> None:
        _, number, index = answer.subject.rsplit(".", 2)
        if number in self._asked:
            self._asked[number].take(int(index), answer)


async def connect_log(url: str, name: str, **options: Any) -> LogClient:
    """A client of the log at `url`: `nats://user:password@host:port`, or `tls://…?sslrootcert=` with the file of the
    certificate authority, against which the server's certificate and name are checked."""
    place = urlsplit(url)
    options["inbox_prefix"] = inbox_of(place.username)
    if place.scheme == "tls":
        options["tls"] = ssl.create_default_context(cafile=parse_qs(place.query)["sslrootcert"][-1])
        # The other way round the server says first, unprotected, whether it wants TLS, and the client believes it.
        options["tls_handshake_first"] = True
    client = LogClient()
    await client.connect(place._replace(query="").geturl(), name=name, **options)
    return client


def inbox_of(user: str | None) -> str:
    """Where answers to a user of the server come in: he alone may listen there."""
    return f"_INBOX_{user}" if user else "_INBOX"


def frame(subject: str, headers: str, data: bytes, reply: str = "") -> bytes:
    """One HPUB frame (NATS client protocol); `headers` are lines that each end with CRLF."""
    block = f"NATS/1.0\r\n{headers}\r\n".encode()
    target = f"{subject} {reply}" if reply else subject
    return b"HPUB %s %d %d\r\n%s%s\r\n" % (target.encode(), len(block), len(block) + len(data), block, data)
