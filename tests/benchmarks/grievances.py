"""The trace of a long case and the overdue list of a province over HTTP, with one and with ten years of facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from services.decisions.asking import Asker, Role
from services.demo.kon_tum import archive_rows
from services.demo.kon_tum.shape import PROVINCE
from tests.benchmarks import grievance_rows, http_load
from tests.benchmarks.history import Row, fill_archive
from tests.benchmarks.installation import installation
from tests.benchmarks.measure import Figure, below, percentile

ASKED = 200


async def grievances(full: bool) -> list[Figure]:
    """Quick: a twentieth of the province and one year. Full: the whole of it, with one and with ten years."""
    if not full:
        return await _ask(0.05, 1)
    return await _ask(1.0, 1) + await _ask(1.0, 10)


async def _ask(scale: float, years: int) -> list[Figure]:
    async with installation() as one:
        one.start("api")  # first of all: its vault belongs to an empty archive, and is refused beside a full one
        (await http_load.Connection.open(one.port)).close()
        facts = await fill_archive(one, _rows(years, scale))
        one.start("projector")
        await one.caught_up(facts)
        token = one.issuer.token(Asker(role=Role.SYSTEM, unit=PROVINCE, client="bench"))
        conditions = (
            f"scale {scale:g}, {round(grievance_rows.OPEN * scale)} open cases, {years} years, {facts} facts without "
            "visits; over HTTP, one connection, each asked once before"
        )
        traces = [f"/v1/grievances/{grievance_rows.case_id(n % grievance_rows.LONG)}/trace" for n in range(ASKED)]
        overdue = [f"/v1/units/{PROVINCE}/grievances/overdue"] * ASKED
        found = []
        for name, paths, limit in (("trace_of_60_facts", traces, 15), ("overdue_province", overdue, 50)):
            requests = [http_load.get(path, token) for path in paths]
            await http_load.latencies(one.port, requests)
            spent = await http_load.latencies(one.port, requests)
            found.append(below(limit, f"{name}_p99_{years}y", percentile(spent, 0.99), "ms", conditions))
        return found


def _rows(years: int, scale: float) -> Iterator[Row]:
    """The province's history without visits, and its grievances after it."""
    positions = count(1)
    for row in archive_rows(years, scale, visited=0.0):
        yield (next(positions), *row[1:])
    yield from grievance_rows.rows(years, scale, next(positions) - 1)
