"""Group commit: concurrent appends share one atomic batch, so that they share one fsync."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from nats.aio.client import Client

from events.log.limits import LARGEST_BATCH
from events.log.publishing import AlreadyThere, LogUnavailable, Message, Stale, publish

IN_FLIGHT = 4


class _Append:
    """One caller's messages, which stay together whatever happens."""

    __slots__ = ("messages", "position", "subjects")

    def __init__(self, messages: Sequence[Message]) -> None:
        self.messages = messages
        self.subjects = {m.subject for m in messages if m.expected is not None}
        self.position: asyncio.Future[int] = asyncio.get_running_loop().create_future()


class Writer:
    """Appends to the log. Each `append` is atomic; several that wait at the same time travel together.

    A shared batch that is refused (one stale expectation or one known id refuses the whole) is sent again append
    by append, so that nobody pays for another's conflict.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._waiting: deque[_Append] = deque()
        self._room = asyncio.Semaphore(IN_FLIGHT)
        self._groups: set[asyncio.Task[None]] = set()
        self._collector: asyncio.Task[None] | None = None

    async def append(self, messages: Sequence[Message]) -> int:
        """Position of the first message, once all are on disk. Raises `Stale`, `AlreadyThere`, `LogUnavailable`."""
        append = _Append(messages)
        self._waiting.append(append)
        if self._collector is None or self._collector.done():
            self._collector = asyncio.create_task(self._collect())
        return await append.position

    async def close(self) -> None:
        """Waits for what is under way."""
        if self._collector is not None:
            await self._collector
        await asyncio.gather(*self._groups)

    async def _collect(self) -> None:
        while self._waiting:
            await self._room.acquire()
            group = self._next_group()
            task = asyncio.create_task(self._send(group))
            self._groups.add(task)
            task.add_done_callback(self._sent)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._groups.discard(task)
        self._room.release()

    def _next_group(self) -> list[_Append]:
        """Waiting appends that fit one batch: one expectation per subject, and no more than the largest batch."""
        group: list[_Append] = []
        size, taken = 0, set[str]()
        while self._waiting:
            candidate = self._waiting[0]
            too_large = size + len(candidate.messages) > LARGEST_BATCH
            if group and (too_large or not taken.isdisjoint(candidate.subjects)):
                break
            group.append(self._waiting.popleft())
            size += len(candidate.messages)
            taken.update(candidate.subjects)
        return group

    async def _send(self, group: list[_Append]) -> None:
        try:
            first = await publish(self._client, [m for append in group for m in append.messages])
        except (Stale, AlreadyThere, LogUnavailable) as refusal:
            if len(group) > 1:
                for append in group:
                    await self._send([append])
            elif not group[0].position.done():
                group[0].position.set_exception(refusal)
            return
        for append in group:
            if not append.position.done():
                append.position.set_result(first)
            first += len(append.messages)
