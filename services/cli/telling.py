"""Telling a story: its clients submit their steps through the API, and what comes of each is checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import msgspec

from events.facts.values import encode
from services.accounts.tokens import DevelopmentIssuer
from services.cli.http_client import HttpClient
from services.cli.rows import LARGEST_BATCH
from services.demo.story import CLOCK_AHEAD, Outcomes, Step, Story


class Came(msgspec.Struct, frozen=True):
    """What came of a step."""

    step: Step
    outcomes: Outcomes
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]


class Telling(msgspec.Struct, frozen=True):
    """What came of a story: outcomes by the client's name, what went otherwise, and the last position recorded."""

    outcomes: dict[str, Counter[str]]
    mismatches: list[Came]
    position: int


async def tell(
    url: str, issuer: DevelopmentIssuer, story: Story, fresh: bool, step_done: Callable[[Step], None]
) -> Telling:
    """Submits the steps in order, each by its client.

    In a `fresh` installation the outcomes must be the expected ones; in one that has heard the story before, what was
    recorded then is a duplicate now, of which nobody is warned again, and the refusals stay the same.
    """
    outcomes = {client.name: Counter[str]() for client in story.clients}
    mismatches: list[Came] = []
    async with AsyncExitStack() as stack:
        clients = {
            client.name: await stack.enter_async_context(HttpClient(url, issuer.token(client.asker())))
            for client in story.clients
        }
        for step in story.steps:
            results = await _submit(clients[step.client], step)
            counts = Counter(result["outcome"] for result in results)
            outcomes[step.client] += counts
            refusals = tuple(result["problem"]["code"] for result in results if result["outcome"] == "refused")
            warned = (warning["code"] for result in results for warning in result.get("warnings", ()))
            warnings = tuple(code for code in warned if code != CLOCK_AHEAD)
            came = Came(step, Outcomes(counts["recorded"], counts["duplicate"], counts["refused"]), refusals, warnings)
            if not _as_expected(came, fresh):
                mismatches.append(came)
            step_done(step)
    return Telling(outcomes, mismatches, max(client.at_least for client in clients.values()))


async def _submit(client: HttpClient, step: Step) -> list[dict[str, Any]]:
    items = [encode(command) for command in step.commands]
    results: list[dict[str, Any]] = []
    for start in range(0, len(items), LARGEST_BATCH):
        results += await client.submit(items[start : start + LARGEST_BATCH])
    return results


def _as_expected(came: Came, fresh: bool) -> bool:
    step, outcomes = came.step, came.outcomes
    if came.refusals != step.refusals:
        return False
    if fresh:
        return outcomes == step.expected and came.warnings == step.warnings
    return outcomes.recorded + outcomes.duplicate == step.expected.recorded + step.expected.duplicate
