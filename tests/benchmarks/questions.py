"""Questions over HTTP, at the scale of a province, with one and with ten years of facts."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import asyncpg

from services.decisions.asking import Asker, Role
from services.demo.kon_tum import archive_rows
from tests.benchmarks import http_load
from tests.benchmarks.history import fill_archive
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.measure import Figure, below, percentile

ASKED = 200
ASKED_SLOW = 40


async def questions(full: bool) -> list[Figure]:
    """Quick: a tenth of the province and one year. Full: the whole of it, with one and with ten years."""
    if not full:
        return await _ask(0.1, 1, 0.02)
    return await _ask(1.0, 1, 1.0) + await _ask(1.0, 10, 0.1)


async def _ask(scale: float, years: int, visits: float) -> list[Figure]:
    async with installation() as one:
        one.start("api")  # first of all: its vault belongs to an empty archive, and is refused beside a full one
        (await http_load.Connection.open(one.port)).close()
        count = await fill_archive(one, archive_rows(years, scale, visited=visits))
        one.start("projector")
        await one.caught_up(count)
        sample = await _sample(one)
        token = one.issuer.token(Asker(role=Role.SYSTEM, unit=sample.province, client="bench"))
        label = f"{years}y"
        conditions = (
            f"scale {scale:g}, {years} years, {count} facts, {visits:g} of the households visited; "
            "over HTTP, one connection, each asked once before"
        )
        asking: list[tuple[str, Callable[[], str], int, int]] = [
            ("coverage_today_province", lambda: f"/v1/units/{sample.province}/coverage", 20, ASKED),
            ("coverage_today_commune", lambda: f"/v1/units/{random.choice(sample.communes)}/coverage", 20, ASKED),
            (
                "coverage_then_province",
                lambda: f"/v1/units/{sample.province}/coverage?{_then(count, years)}",
                500,
                ASKED_SLOW,
            ),
            (
                "responsible_then",
                lambda: f"/v1/households/{random.choice(sample.households)}/responsible?{_then(count, years)}",
                10,
                ASKED,
            ),
        ]
        found = []
        for name, path, limit, asked in asking:
            requests = [http_load.get(path(), token) for _ in range(asked)]
            await http_load.latencies(one.port, requests)
            spent = await http_load.latencies(one.port, requests)
            found.append(below(limit, f"{name}_p99_{label}", percentile(spent, 0.99), "ms", conditions))
        memory = one.megabytes()
    return found + [below(300, f"memory_{name}_{label}", size, "MiB", conditions) for name, size in memory.items()]


class _Sample:
    def __init__(self, province: UUID, communes: list[UUID], households: list[UUID]) -> None:
        self.province, self.communes, self.households = province, communes, households


async def _sample(one: Installation) -> _Sample:
    connection = await asyncpg.connect(one.endpoints.admin_url)
    province = await connection.fetchval("SELECT unit FROM organisation_v1.unit WHERE kind = 'province' LIMIT 1")
    communes = await connection.fetch("SELECT DISTINCT unit FROM organisation_v1.unit WHERE kind = 'commune'")
    households = await connection.fetch("SELECT household FROM households_v1.belonging LIMIT 5000")
    await connection.close()
    return _Sample(province, [row["unit"] for row in communes], [row["household"] for row in households])


def _then(count: int, years: int) -> str:
    """Another day of these years and another position."""
    day = date(2022, 12, 15) - timedelta(days=random.randrange(330 + 365 * (years - 1)))
    return f"as_of={day.isoformat()}&known_at={random.randint(count // 2, count)}"
