"""How soon after its acknowledgement a visit stands in a register, on an idle system."""

from __future__ import annotations

import asyncio
import time

import asyncpg
import nats

from projections.projector import CHANNEL
from tests.anything import ANYTHING
from tests.benchmarks import http_load
from tests.benchmarks.commune import Commune
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.intake import PROGRAMS
from tests.benchmarks.measure import Figure, at_most, percentile


async def freshness(full: bool) -> list[Figure]:
    """p50 of acknowledged → visible ÷ (one NATS delivery + one PostgreSQL commit), each p50."""
    count = 500 if full else 150
    async with installation(PROGRAMS) as one:
        commune = Commune(one)
        last = await commune.found()
        await one.caught_up(last)
        visible = await _visible(one, commune, count, last)
        floor = await _delivery(one, count) + await _commit(one, count)
    conditions = f"{count} single visits, one after another, nothing else running"
    against = "one NATS delivery + one PostgreSQL commit"
    return [at_most(5, "freshness_p50", percentile(visible, 0.5), "ms", against, floor, conditions)]


async def _visible(one: Installation, commune: Commune, count: int, last: int) -> list[float]:
    listener = await asyncpg.connect(one.endpoints.admin_url)
    moved, head = asyncio.Event(), [last]

    def heard(_connection: object, _pid: int, _channel: str, payload: object) -> None:
        head[0] = max(head[0], int(str(payload)))
        moved.set()

    await listener.add_listener(CHANNEL, heard)
    connection = await http_load.Connection.open(one.port)
    found = []
    for request in commune.singles(commune.visits(count)):
        last += 1
        status, body = await connection.send(request)
        if status != 201:
            raise RuntimeError(body.decode())
        acknowledged = time.perf_counter()
        while head[0] < last:
            moved.clear()
            await moved.wait()
        found.append((time.perf_counter() - acknowledged) * 1000)
    connection.close()
    await listener.close()
    return found


async def _delivery(one: Installation, count: int) -> float:
    """Milliseconds (p50) from publishing to a subscriber's having it."""
    url = one.endpoints.nats_url(ANYTHING)
    sender, receiver = await nats.connect(url), await nats.connect(url)
    subscription = await receiver.subscribe("bench.delivery")
    await receiver.flush()
    found = []
    for _ in range(count):
        started = time.perf_counter()
        await sender.publish("bench.delivery", b"x" * 600)
        await subscription.next_msg(timeout=5)
        found.append((time.perf_counter() - started) * 1000)
    await sender.close()
    await receiver.close()
    return percentile(found, 0.5)


async def _commit(one: Installation, count: int) -> float:
    """Milliseconds (p50) of one small insert with its commit on disk."""
    connection = await asyncpg.connect(one.endpoints.admin_url)
    await connection.execute("CREATE TABLE public.bench (id int)")
    found = []
    for number in range(count):
        started = time.perf_counter()
        await connection.execute("INSERT INTO public.bench VALUES ($1)", number)
        found.append((time.perf_counter() - started) * 1000)
    await connection.close()
    return percentile(found, 0.5)
