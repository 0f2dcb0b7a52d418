"""Dossiers over HTTP at the scale of a province, with a year of monthly visits, meetings and reports."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from heapq import merge
from itertools import count

import msgspec

from services.decisions.asking import Asker, Role
from services.demo.kon_tum import archive_rows, shape
from services.demo.kon_tum.figures import figures
from services.demo.kon_tum.shape import PROVINCE
from tests.benchmarks import http_load, meeting_rows
from tests.benchmarks.history import Row, fill_archive
from tests.benchmarks.installation import installation
from tests.benchmarks.measure import Figure, below, percentile

YEAR = 2022
ASKED = 300
PAGE = 500
SECONDS = 60


class _Page(msgspec.Struct):
    members: list[msgspec.Raw]
    next: str | None


async def dossiers(full: bool) -> list[Figure]:
    """Quick: a tenth of the province. Full: the whole of it."""
    scale = 1.0 if full else 0.1
    async with installation() as one:
        one.start("api")  # first of all: its vault belongs to an empty archive, and is refused beside a full one
        (await http_load.Connection.open(one.port)).close()
        facts = await fill_archive(one, _rows(scale))
        one.start("projector")
        await one.caught_up(facts)
        token = one.issuer.token(Asker(role=Role.SYSTEM, unit=PROVINCE, client="bench"))
        people = [shape.person_id(number) for number in range(sum(cell.members for cell in _cells(scale)))]
        asked = [f"/v1/members/{person}/dossier?year={YEAR}" for person in random.sample(people, ASKED)]
        requests = [http_load.get(path, token) for path in asked]
        await http_load.latencies(one.port, requests)
        spent = await http_load.latencies(one.port, requests)
        started = time.perf_counter()
        members = await _export(one.port, token)
        seconds = time.perf_counter() - started
        if members != len(people):
            raise RuntimeError(f"dossiers of {members} members, not of {len(people)}")
        conditions = (
            f"scale {scale:g}, {members} members, {facts} facts: a year of monthly visits, meetings and reports; over "
            "HTTP, one connection"
        )
        return [
            below(50, "dossier_p99", percentile(spent, 0.99), "ms", f"{conditions}, {ASKED} asked once before"),
            below(SECONDS * scale, "dossiers_all", seconds, "s", f"{conditions}, pages of {PAGE}"),
        ]


async def _export(port: int, token: str) -> int:
    """Every page of the province's dossiers; returns how many there were."""
    connection = await http_load.Connection.open(port)
    members, after = 0, ""
    while True:
        path = f"/v1/units/{PROVINCE}/dossiers?year={YEAR}&limit={PAGE}{after}"
        status, body = await connection.send(http_load.get(path, token))
        if status != 200:
            raise RuntimeError(f"unexpected answer {status}: {body[:300]!r}")
        page = msgspec.json.decode(body, type=_Page)
        members += len(page.members)
        if page.next is None:
            connection.close()
            return members
        after = f"&after={page.next}"


def _rows(scale: float) -> Iterator[Row]:
    """Visits and meetings as they would have come, in the order of their times."""
    positions = count(1)
    both = merge(archive_rows(1, scale), meeting_rows.rows(YEAR, scale), key=lambda row: row[1])
    for row in both:
        yield (next(positions), *row[1:])


def _cells(scale: float) -> list[shape.Cell]:
    return shape.cells(figures(scale))
