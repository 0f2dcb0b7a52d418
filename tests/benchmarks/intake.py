"""Intake over HTTP, durable, decided and sealed: against the bare log and against peers."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from uuid import uuid4

import asyncpg
import nats

from tests.anything import ANYTHING
from tests.benchmarks import http_load
from tests.benchmarks.commune import MIX, Commune, batch_recorded, single_recorded
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.measure import Figure, at_least, median

PROGRAMS = ("follower", "projector", "api")
RUNS = 3
BATCH = 100

BARE_HANDLER = """
import asyncio, os, uuid
import nats, uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar, Request, post

@post("/v1/commands", status_code=201)
async def handle(request: Request) -> bytes:
    body = await request.body()
    headers = {"Nats-Msg-Id": str(uuid.uuid4())}
    reply = await log.request("facts.bench." + headers["Nats-Msg-Id"][:3], body, timeout=10, headers=headers)
    return reply.data

async def main():
    global log
    log = await nats.connect(os.environ["SOHO_NATS_URL"])
    app = Litestar([handle], openapi_config=None)
    await Server(app, port=int(os.environ["SOHO_PORT"]), interface=Interfaces.ASGI, log_enabled=False).serve()

uvloop.run(main())
"""

EVENTSOURCING = """
import time
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

class Visit(Aggregate):
    @event("Recorded")
    def __init__(self, household: str, member: str, purpose: str) -> None:
        self.household, self.member, self.purpose = household, member, purpose

application = Application()
count = 1500
started = time.perf_counter()
for number in range(count):
    application.save(Visit(household=str(number), member="m", purpose="regular"))
print(count / (time.perf_counter() - started))
"""


async def batch_intake(full: bool) -> list[Figure]:
    """Batches of 100 over 4 connections ÷ one nats-py client publishing the same bytes in atomic batches of 100."""
    count = 100_000 if full else 20_000
    ours, floor = [], []
    async with installation(PROGRAMS) as one:
        commune = Commune(one)
        last = await commune.found()
        for _ in range(RUNS):
            requests = commune.batches(commune.visits(count), BATCH)
            ours.append(count / await http_load.run(one.port, requests, 4, batch_recorded))
            last += count
            await one.caught_up(last)
            stored = await _stored(one, last - count)
            floor.append(await _bare_batches(stored))
        memory = one.megabytes()
    conditions = (
        f"{MIX}; batches of {BATCH}, 4 connections; follower and projector running; {count} facts, median of {RUNS}"
    )
    figures = [
        at_least(
            0.5, "batch_intake", median(ours), "facts/s", "nats-py, atomic batches of 100", median(floor), conditions
        )
    ]
    return figures + [
        Figure(f"memory_{name}", size, "MiB", "limit", 300, size / 300, "< 300 MiB", size < 300, f"after {last} facts")
        for name, size in memory.items()
    ]


async def single_intake(full: bool) -> list[Figure]:
    """One command a request over 128 connections ÷ a bare handler with one publication each; ÷ eventsourcing."""
    count = 40_000 if full else 12_000
    ours, bare = [], []
    async with installation(PROGRAMS) as one:
        commune = Commune(one)
        last = await commune.found()
        for _ in range(RUNS):
            visits = commune.visits(count)
            seconds = await http_load.run(one.port, commune.singles(visits), 128, single_recorded)
            ours.append(count / seconds)
            last += count
            await one.caught_up(last)
            bare.append(await _bare_handler(commune, visits))
        peer = [await _eventsourcing(one) for _ in range(RUNS)]
    conditions = (
        f"{MIX}; one a request, 128 connections; follower and projector running; {count} facts, median of {RUNS}"
    )
    peers = "eventsourcing, one-event aggregates, same PostgreSQL, one thread"
    handler = "bare litestar handler on granian, one publication with fsync a request, nothing else running"
    return [
        at_least(1.5, "single_intake", median(ours), "facts/s", handler, median(bare), conditions),
        at_least(3.0, "single_intake_eventsourcing", median(ours), "facts/s", peers, median(peer), conditions),
    ]


async def _stored(one: Installation, after: int) -> list[tuple[str, str, bytes]]:
    connection = await asyncpg.connect(one.endpoints.admin_url)
    rows = await connection.fetch(
        "SELECT subject, type, data FROM archive.message WHERE position > $1 ORDER BY position", after
    )
    await connection.close()
    return [(row["subject"], row["type"], row["data"]) for row in rows]


async def _bare_batches(stored: list[tuple[str, str, bytes]]) -> float:
    async with installation() as other:
        client = await nats.connect(other.endpoints.nats_url(ANYTHING))
        started = time.perf_counter()
        for start in range(0, len(stored), BATCH):
            batch, part = uuid4().hex, stored[start : start + BATCH]
            for number, (subject, kind, data) in enumerate(part[:-1], 1):
                await client.publish(subject, data, headers=_headers(kind, batch, number))
            subject, kind, data = part[-1]
            headers = _headers(kind, batch, len(part)) | {"Nats-Batch-Commit": "1"}
            reply = await client.request(subject, data, timeout=10, headers=headers)
            if b'"error"' in reply.data:
                raise RuntimeError(reply.data.decode())
        speed = len(stored) / (time.perf_counter() - started)
        await client.close()
    return speed


def _headers(kind: str, batch: str, number: int) -> dict[str, str]:
    return {
        "Soho-Type": kind,
        "Nats-Msg-Id": str(uuid4()),
        "Nats-Batch-Id": batch,
        "Nats-Batch-Sequence": str(number),
    }


async def _bare_handler(commune: Commune, visits: list[bytes]) -> float:
    async with installation() as other:
        environment = {"SOHO_NATS_URL": other.endpoints.nats_url(ANYTHING), "SOHO_PORT": str(other.port)}
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", BARE_HANDLER, env=os.environ | environment)
        try:
            seconds = await http_load.run(other.port, commune.singles(visits), 128, single_recorded)
        finally:
            process.terminate()
            await process.wait()
    return len(visits) / seconds


async def _eventsourcing(one: Installation) -> float:
    endpoints = one.endpoints
    url = endpoints.admin_url.removeprefix("postgresql://")
    (user, password), (place, database) = url.split("@")[0].split(":"), url.split("@")[1].split("/")
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": database,
        "POSTGRES_HOST": place.split(":")[0],
        "POSTGRES_PORT": place.split(":")[1],
        "POSTGRES_USER": user,
        "POSTGRES_PASSWORD": password,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", EVENTSOURCING, env=os.environ | environment, stdout=subprocess.PIPE
    )
    output, _ = await process.communicate()
    return float(output)
