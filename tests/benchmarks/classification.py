"""The classification of a province over HTTP, with one and with five years on record."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count

from services.decisions.asking import Asker, Role
from services.demo.kon_tum import archive_rows, generate
from services.demo.kon_tum.shape import PROVINCE, communes
from tests.benchmarks import classification_rows, http_load
from tests.benchmarks.classification_rows import LAST_YEAR
from tests.benchmarks.history import Row, fill_archive
from tests.benchmarks.installation import installation
from tests.benchmarks.measure import Figure, below, percentile

ASKED = 200
LIMIT = 50


async def classification(full: bool) -> list[Figure]:
    """Quick: a tenth of the province and one year. Full: the whole of it, with one and with five years."""
    if not full:
        return await _ask(0.1, 1)
    return await _ask(1.0, 1) + await _ask(1.0, 5)


async def _ask(scale: float, years: int) -> list[Figure]:
    province = generate(scale)
    units = [commune.id for commune in communes(province.figures)]
    async with installation() as one:
        one.start("api")  # first of all: its vault belongs to an empty archive, and is refused beside a full one
        (await http_load.Connection.open(one.port)).close()
        facts = await fill_archive(one, _rows(years, scale))
        one.start("projector")
        await one.caught_up(facts)
        token = one.issuer.token(Asker(role=Role.SYSTEM, unit=PROVINCE, client="bench"))
        conditions = (
            f"scale {scale:g}, {sum(cell.members for cell in province.cells)} members, {len(province.cells)} cells and "
            f"{len(units)} communes rated in {years} years, {facts} facts without visits; over HTTP, one connection, "
            "each asked once before"
        )

        def then() -> str:
            day = date(LAST_YEAR, 12, 31) - timedelta(days=random.randrange(365 * years))
            return f"year={day.year}&as_of={day}&known_at={random.randint(facts // 2, facts)}"

        questions: dict[str, Callable[[], str]] = {
            "statistics_province": lambda: f"{PROVINCE}/classification/statistics?year={LAST_YEAR}",
            "statistics_province_then": lambda: f"{PROVINCE}/classification/statistics?{then()}",
            "statistics_commune": lambda: f"{random.choice(units)}/classification/statistics?year={LAST_YEAR}",
            "ratings_province": lambda: f"{PROVINCE}/classification/ratings?year={LAST_YEAR}&column=not_completed",
            "round_of_a_cell": lambda: f"{random.choice(province.cells).id}/classification?year={LAST_YEAR}",
        }
        found = []
        for name, path in questions.items():
            requests = [http_load.get(f"/v1/units/{path()}", token) for _ in range(ASKED)]
            await http_load.latencies(one.port, requests)
            spent = await http_load.latencies(one.port, requests)
            limit = 500 if name.endswith("then") else LIMIT
            found.append(below(limit, f"{name}_p99_{years}y", percentile(spent, 0.99), "ms", conditions))
        return found


def _rows(years: int, scale: float) -> Iterator[Row]:
    """The province as it was registered, without visits, and its classifications after it."""
    positions = count(1)
    for row in archive_rows(1, scale, visited=0.0):
        yield (next(positions), *row[1:])
    yield from classification_rows.rows(years, scale, next(positions) - 1)
