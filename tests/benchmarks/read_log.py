"""What the read log costs: answers a second with it ÷ without it, from two APIs on one database, in turns."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import asyncpg

from services.decisions.asking import Asker, Role
from services.demo.kon_tum import archive_rows
from services.demo.kon_tum.shape import PROVINCE
from tests.benchmarks import http_load
from tests.benchmarks.history import fill_archive
from tests.benchmarks.installation import Installation, free_port, installation
from tests.benchmarks.measure import Figure, at_least, at_most, below, median
from tests.benchmarks.processors import Work
from tests.benchmarks.progress import CONSOLE

CONNECTIONS = (1, 16)
TURNS = 21
"""Short ones: what else the machine does then falls on both. The first is not counted."""
GOAL = 0.9
"""The log may cost 10 % of the answers a second."""
MOST_CPU = 1.1
"""And 10 % of the work: that does not wait for the disk, nor for what else the machine does."""

UNLOGGED = """
from services.cli import main
from services.reads.log import Record

Record.hand_over = lambda self, reader, seen: None
main(["api"])
"""
"""The API without the read log: nothing is written and nothing waited for, and else it does the same. Only what is
measured: nothing else may ever run so."""

FILL = """INSERT INTO reads.read (at, role, unit, client, route, persons, households, grievances, opened, glass_broken)
          SELECT now() - ($1 - n) * interval '360 days' / $1, 'system', gen_random_uuid(), 'bench', 'household',
                 ARRAY[gen_random_uuid(), gen_random_uuid()], ARRAY[gen_random_uuid()], '{}', '{}', false
          FROM generate_series(1, $1::int) n"""
ASKED = 10
SLOWEST_MS = 1000


async def read_log(full: bool) -> list[Figure]:
    """Quick: a twentieth of the province. Full: the whole of it."""
    scale = 1.0 if full else 0.05
    async with installation() as one:
        one.start("api")  # first of all: its vault belongs to an empty archive, and is refused beside a full one
        (await http_load.Connection.open(one.port)).close()
        count = await fill_archive(one, archive_rows(1, scale, visited=0.02))
        one.start("projector")
        await one.caught_up(count)
        await one.settle()
        off = replace(one, port=free_port(), programs={})
        off.start("api", instead=UNLOGGED)
        try:
            figures = await _compare(one, off, f"scale {scale:g}, {count} facts")
            return [*figures, await _who_looked(one, 1_000_000 if full else 200_000)]
        finally:
            off.stop()


async def _compare(one: Installation, off: Installation, shape: str) -> list[Figure]:
    token = one.issuer.token(Asker(role=Role.SYSTEM, unit=PROVINCE, client="bench"))
    households, members, communes = await _sample(one)
    questions: tuple[tuple[str, int, Callable[[], str]], ...] = (
        ("household", 200, lambda: f"/v1/households/{random.choice(households)}"),
        ("member", 200, lambda: f"/v1/members/{random.choice(members)}"),
        ("list_of_100", 60, lambda: f"/v1/units/{random.choice(communes)}/coverage/households?column=all&limit=100"),
    )
    found = []
    for name, asked, path in questions:
        for connections in CONNECTIONS:
            requests = [http_load.get(path(), token) for _ in range(asked)]
            rates: dict[int, list[float]] = {one.port: [], off.port: []}
            work: dict[int, list[float]] = {one.port: [], off.port: []}
            for turn in range(TURNS):
                for port in sorted(rates, reverse=bool(turn % 2)):
                    work_since = Work()
                    seconds = await http_load.run(port, requests, connections, lambda status, _: status == 200)
                    if turn:
                        rates[port].append(asked / seconds)
                        work[port].append(work_since.seconds() / asked * 1000)
            on, against = median(rates[one.port]), median(rates[off.port])
            spent, saved = (sum(work[port]) / len(work[port]) for port in (one.port, off.port))
            CONSOLE.print(
                f"  {name}, {connections} connections: {on:,.0f}/s with, {against:,.0f}/s without, ratio "
                f"{on / against:.3f}; {spent:.2f} and {saved:.2f} ms of CPU for an answer"
            )
            conditions = f"{shape}; {asked} questions over {connections} connections, {TURNS - 1} times in turns"
            label, without = f"read_log_{name}_{connections}", "the same without the log"
            found += [
                at_least(GOAL, label, on, "answers/s", without, against, f"{conditions}, median"),
                at_most(MOST_CPU, f"{label}_cpu", spent, "ms of CPU", without, saved, f"{conditions}, mean"),
            ]
    return found


async def _sample(one: Installation) -> tuple[list[UUID], list[UUID], list[UUID]]:
    connection = await asyncpg.connect(one.endpoints.admin_url)
    households = await connection.fetch("SELECT household FROM households_v1.belonging LIMIT 2000")
    members = await connection.fetch("SELECT person FROM members_v1.standing LIMIT 2000")
    communes = await connection.fetch("SELECT DISTINCT unit FROM organisation_v1.unit WHERE kind = 'commune'")
    await connection.close()
    return tuple([row[0] for row in rows] for rows in (households, members, communes))  # type: ignore[return-value]


async def _who_looked(one: Installation, reads: int) -> Figure:
    """An auditor asks who looked at a member in the last year, over so many reads of it."""
    connection = await asyncpg.connect(one.endpoints.admin_url)
    await connection.execute(FILL, reads)
    await connection.execute("VACUUM ANALYZE reads.read")
    await connection.close()
    _, members, _ = await _sample(one)
    token = one.issuer.token(Asker(role=Role.AUDITOR, unit=PROVINCE, client="bench"))
    requests = [http_load.get(f"/v1/members/{random.choice(members)}/reads", token) for _ in range(ASKED)]
    middle = median(await http_load.latencies(one.port, requests))
    return below(SLOWEST_MS, "read_log_who_looked", middle, "ms", f"{reads} reads in a year, median of {ASKED}")
