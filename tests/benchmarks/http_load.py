"""A load of ready-made HTTP requests over many connections, cheap enough to share two cores with the servers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence

END = b"\r\n\r\n"


def post(path: str, token: str, body: bytes) -> bytes:
    """The bytes of one request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(path: str, token: str) -> bytes:
    """The bytes of one request."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n".encode()


class Connection:
    """One kept-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Connection:
        """Connects, waiting until the server listens."""
        deadline = time.monotonic() + 30
        while True:
            try:
                return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**24))
            except OSError:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.05)

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._writer.write(request)
        head = await self._reader.readuntil(END)
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        return int(head[9:12]), await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.close()


async def run(port: int, requests: Sequence[bytes], connections: int, good: Callable[[int, bytes], bool]) -> float:
    """Sends all requests over so many connections; returns the seconds it took. Every answer must be good."""
    open_connections = [await Connection.open(port) for _ in range(connections)]
    waiting = iter(requests)
    started = time.perf_counter()
    await asyncio.gather(*(_drain(connection, waiting, good) for connection in open_connections))
    seconds = time.perf_counter() - started
    for connection in open_connections:
        connection.close()
    return seconds


async def _drain(connection: Connection, waiting: Iterator[bytes], good: Callable[[int, bytes], bool]) -> None:
    for request in waiting:
        status, body = await connection.send(request)
        if not good(status, body):
            raise RuntimeError(f"unexpected answer {status}: {body[:300]!r}")


async def latencies(port: int, requests: Sequence[bytes]) -> list[float]:
    """Milliseconds of each request, one after another on one connection."""
    connection = await Connection.open(port)
    found = []
    for request in requests:
        started = time.perf_counter()
        status, body = await connection.send(request)
        found.append((time.perf_counter() - started) * 1000)
        if status != 200:
            raise RuntimeError(f"unexpected answer {status}: {body[:300]!r}")
    connection.close()
    return found
