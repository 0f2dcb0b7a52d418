"""Putting a generated history where a measurement needs it: on the log, or straight into the archive."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import islice
from typing import Any
from uuid import uuid4

import asyncpg
import nats
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy

from events.log.connection import connect_log
from events.log.limits import LARGEST_BATCH
from events.log.publishing import Message, publish
from events.log.stream import STREAM, SUBJECTS
from projections.archive.follower import COLUMNS
from tests.anything import ANYTHING
from tests.benchmarks.installation import Installation
from tests.benchmarks.progress import Progress

Row = tuple[Any, ...]
COPY = 20_000


async def publish_rows(one: Installation, rows: Iterable[Row]) -> int:
    """Appends the rows of an archive to the log, in atomic batches; returns how many."""
    client = await connect_log(one.endpoints.nats_url(ANYTHING), "bench")
    total, waiting = 0, iter(rows)
    while part := list(islice(waiting, LARGEST_BATCH)):
        await publish(client, [Message(row[2], row[3], row[4], row[6]) for row in part])
        total += len(part)
    await client.close()
    return total


async def fill_archive(one: Installation, rows: Iterable[Row]) -> int:
    """Copies the rows into the archive, without the log; returns how many."""
    connection = await asyncpg.connect(one.endpoints.admin_url)
    total, waiting, progress = 0, iter(rows), Progress("archive")
    while part := list(islice(waiting, COPY)):
        await connection.copy_records_to_table("message", schema_name="archive", columns=COLUMNS, records=part)
        total += len(part)
        progress.at(total)
    await connection.execute("VACUUM ANALYZE archive.message")
    await connection.close()
    return total


async def bare_pull(one: Installation, count: int) -> float:
    """Messages a second that nats-py pulls, doing nothing with them."""
    client = await nats.connect(one.endpoints.nats_url(ANYTHING), name=f"bench {uuid4().hex[:6]}")
    config = ConsumerConfig(ack_policy=AckPolicy.NONE, deliver_policy=DeliverPolicy.ALL, mem_storage=True)
    subscription = await client.jetstream().pull_subscribe(SUBJECTS, stream=STREAM, config=config)
    started, seen = time.perf_counter(), 0
    while seen < count:
        seen += len(await subscription.fetch(1000, timeout=10))
    speed = seen / (time.perf_counter() - started)
    await client.close()
    return speed
