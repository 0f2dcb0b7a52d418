"""From the log into archive, registers and trails: following live, and rebuilding from the archive."""

from __future__ import annotations

import asyncio
import time
from itertools import islice

import asyncpg

from projections.rebuild import rebuild
from projections.registers import REGISTERS
from services.demo.kon_tum import archive_rows
from tests.benchmarks.history import Row, bare_pull, publish_rows
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.measure import Figure, at_least, median

RUNS = 3
WARM = 5_000


async def projecting(full: bool) -> list[Figure]:
    """Follower and projector together, and the rebuild of every register, ÷ a bare nats-py pull of the same log."""
    return await _measure(full, 0.0, "")


async def projecting_corrections(full: bool) -> list[Figure]:
    """The same with a history in which 30 % of the visits are corrections."""
    return await _measure(full, 0.3, "_corrections")


async def _measure(full: bool, corrections: float, suffix: str) -> list[Figure]:
    rows = _rows(full, corrections)
    share = sum(row[3].startswith("visit.") for row in rows) / len(rows)
    pulls, follows, rebuilds = list[float](), list[float](), list[float]()
    for _ in range(RUNS):
        async with installation() as one:
            await publish_rows(one, rows)
            pulls.append(await bare_pull(one, len(rows)))
            follows.append(await _follow(one, len(rows)))
            if not rebuilds or full:
                rebuilds.append(await _rebuild_all(one, len(rows)))
    mix = f"{len(rows)} made-up facts, {share:.0%} about visits, {corrections:.0%} of those corrections"
    against = "bare nats-py pull of the same messages"
    conditions = f"{mix}; follower and projector as two processes, all {len(REGISTERS)} registers; median of {RUNS}"
    again = f"{mix}; all {len(REGISTERS)} registers built in one pass beside the live ones, projector stopped"
    return [
        at_least(0.5, f"following{suffix}", median(follows), "facts/s", against, median(pulls), conditions),
        at_least(1.0, f"rebuild_all{suffix}", median(rebuilds), "facts/s", against, median(pulls), again),
    ]


def _rows(full: bool, corrections: float) -> list[Row]:
    """The beginning of a small province's year: structure, plans, visits."""
    count = 300_000 if full else 60_000
    return list(islice(archive_rows(years=1, scale=count / 2_000_000, corrections=corrections), count))


async def _follow(one: Installation, count: int) -> float:
    """Facts a second, from the moment the first thousands are through until all are."""
    one.start("follower", "projector")
    connection = await asyncpg.connect(one.endpoints.admin_url)
    first, started = 0, 0.0
    while True:
        at = await connection.fetchval("SELECT coalesce(min(position), 0) FROM projection.checkpoint")
        if not first and at >= WARM:
            first, started = at, time.perf_counter()
        if at >= count:
            break
        await asyncio.sleep(0.01)
    speed = (count - first) / (time.perf_counter() - started)
    await connection.close()
    one.stop()
    return speed


async def _rebuild_all(one: Installation, count: int) -> float:
    started = time.perf_counter()
    await rebuild(one.url("soho_worker"), REGISTERS, lambda _done, _total: None)
    return count / (time.perf_counter() - started)
