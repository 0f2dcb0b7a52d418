"""What sealing costs intake: with it ÷ without it, on the same servers, in turns."""

from __future__ import annotations

from collections.abc import Callable

from tests.benchmarks import http_load
from tests.benchmarks.commune import MIX, Commune, batch_recorded
from tests.benchmarks.installation import Installation, installation
from tests.benchmarks.measure import Figure, at_least, median

RUNS = 5
BATCH = 100

UNSEALED = """
from services.cli import main
from services.intake import drafting
from services.vault.keys import Keys

async def none(self, owners):
    return {}

drafting.seal_body = lambda body, key_of: body
drafting.owners = lambda facts: set()
Keys.for_sealing = none
main(["api"])
"""
"""The API without sealing. Only what is measured: nothing else may ever run so."""

WITH, WITHOUT = None, UNSEALED


async def sealing(full: bool) -> list[Figure]:
    """Batches of 100 over 4 connections, sealed ÷ unsealed: visits, and new households, each of which needs a key."""
    count = 60_000 if full else 15_000
    async with installation(("follower", "projector", "api")) as one:
        commune = Commune(one)
        last = await commune.found()
        figures = []
        for name, items, mix in (
            ("sealing", commune.visits, MIX),
            (
                "sealing_new_households",
                commune.new_households,
                "new households, each with a head, an address and a key",
            ),
        ):
            amount = count if items == commune.visits else count // 3
            speeds = await _in_turns(one, commune, items, amount, last)
            last += 2 * RUNS * amount
            conditions = (
                f"{mix}; batches of {BATCH}, 4 connections; follower and projector running; {amount} facts, median of "
                f"{RUNS}, in turns"
            )
            sealed, unsealed = median(speeds[WITH]), median(speeds[WITHOUT])
            figures.append(at_least(0.8, name, sealed, "facts/s", "the same without sealing", unsealed, conditions))
    return figures


async def _in_turns(
    one: Installation, commune: Commune, items: Callable[[int], list[bytes]], count: int, last: int
) -> dict[str | None, list[float]]:
    speeds: dict[str | None, list[float]] = {WITH: [], WITHOUT: []}
    for run in range(RUNS):
        for api in (WITH, WITHOUT) if run % 2 else (WITHOUT, WITH):
            one.stop("api")
            one.start("api", instead=api)
            requests = commune.batches(items(count), BATCH)
            # The first connections wait until it listens; that is not measured.
            await http_load.run(one.port, requests[:4], 4, batch_recorded)
            seconds = await http_load.run(one.port, requests[4:], 4, batch_recorded)
            speeds[api].append((count - 4 * BATCH) / seconds)
            last += count
            await one.caught_up(last)
    return speeds
