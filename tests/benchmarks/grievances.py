"""The trace of a long case and the lists of a province over HTTP, with one and with ten years of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from projections.database import Role as DatabaseRole
from projections.database import open_pool
from services.decisions.asking import Asker, Role
from services.demo.kon_tum import archive_rows
from services.demo.kon_tum.shape import PROVINCE
from services.vault.places import Given
from tests import vaults
from tests.benchmarks import grievance_rows, http_load
from tests.benchmarks.grievance_stories import TRACED
from tests.benchmarks.history import Row, fill_archive
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.measure import Figure, below, median, percentile
from tests.benchmarks.progress import CONSOLE

ASKED = 200
RUNS = 5
PAGE = 100
"""Cases on a page, where nothing else is asked for."""


async def grievances(full: bool) -> list[Figure]:
    """Quick: a twentieth of the province and one year. Full: the whole of it, with one and with ten years."""
    if not full:
        return await _ask(0.05, 1)
    return await _ask(1.0, 1) + await _ask(1.0, 10)


async def _ask(scale: float, years: int) -> list[Figure]:
    async with installation() as one:
        one.start("api")  # first of all: its vault belongs to an empty archive, and is refused beside a full one
        (await http_load.Connection.open(one.port)).close()
        keys = await _keys(one)
        told = await fill_archive(one, _rows(years, scale, keys))
        facts = told + await fill_archive(one, grievance_rows.offices(scale, told))
        one.start("projector")
        await one.caught_up(facts)
        await one.settle()
        token = one.issuer.token(Asker(role=Role.SYSTEM, unit=PROVINCE, client="bench"))
        conditions = (
            f"scale {scale:g}, {round(grievance_rows.OPEN * scale)} open cases, {years} years, {facts} facts without "
            f"visits; over HTTP, one connection, {ASKED} questions, each asked once before; median of {RUNS} runs"
        )
        found = []
        for name, limit, paths, part, least in (
            ("trace_of_60_facts", 15, [_trace(n) for n in range(ASKED)], "steps", TRACED),
            ("overdue_province", 50, [_list("overdue")] * ASKED, "cases", PAGE),
            ("unroutable_province", 50, [_list("unroutable")] * ASKED, "cases", 1),
            # Before any office was appointed.
            ("unroutable_all_vacant", 50, [_list(f"unroutable?known_at={told}")] * ASKED, "cases", PAGE),
        ):
            requests = [http_load.get(path, token) for path in paths]
            await _must_have(one, requests[0], part, least)
            await http_load.latencies(one.port, requests)
            spent = [percentile(await http_load.latencies(one.port, requests), 0.99) for _ in range(RUNS)]
            CONSOLE.print(f"  {name}, {years} years, p99 of each run: {', '.join(f'{each:.1f}' for each in spent)} ms")
            found.append(below(limit, f"{name}_p99_{years}y", median(spent), "ms", conditions))
        return found


async def _must_have(one: Installation, request: bytes, part: str, least: int) -> None:
    """Raises `RuntimeError` where the answer's part is shorter: something else would be measured."""
    connection = await http_load.Connection.open(one.port)
    _, body = await connection.send(request)
    connection.close()
    if len(msgspec.json.decode(body)[part]) < least:
        raise RuntimeError(f"less than {least} {part}: {body[:300]!r}")


async def _keys(one: Installation) -> Mapping[UUID, AESGCM]:
    """Keys of the long cases, from the vault."""
    pool = await open_pool(one.url("soho_api"), DatabaseRole.KEEPER, "bench", 1)
    async with pool:
        keys = await vaults.opened(pool, Given(file=one.endpoints.home.path / "master.key"))
        return await keys.for_sealing(map(grievance_rows.case_id, range(grievance_rows.LONG)))


def _rows(years: int, scale: float, keys: Mapping[UUID, AESGCM]) -> Iterator[Row]:
    """The province's history without visits, and its grievances after it."""
    positions = count(1)
    for row in archive_rows(years, scale, visited=0.0):
        yield (next(positions), *row[1:])
    yield from grievance_rows.rows(years, scale, next(positions) - 1, keys)


def _trace(number: int) -> str:
    return f"/v1/grievances/{grievance_rows.case_id(number % grievance_rows.LONG)}/trace"


def _list(name: str) -> str:
    return f"/v1/units/{PROVINCE}/grievances/{name}"
