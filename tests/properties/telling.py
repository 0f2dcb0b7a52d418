"""A story told twice: to the real intake, and to the model in memory; both must say the same of every item."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import httpx
import msgspec

from events.envelope import Fact, Recorded
from events.facts.values import encode
from services.decisions.asking import Asker
from services.decisions.command import Command
from services.decisions.outcome import Refused
from tests.in_memory import InMemory
from tests.installation import Installation


class Told:
    """What was recorded, at the positions that the real log gave."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.recorded: list[Recorded[Any]] = []
        self._model = InMemory()

    @property
    def position(self) -> int:
        """The last position of this story in the log."""
        return self.recorded[-1].position

    async def tell(self, asker: Asker, commands: Sequence[Command]) -> list[Command]:
        """Sends the commands as one batch, and decides them in the model too. Returns those that were refused."""
        refused = []
        async with self.installation.client(asker) as client:
            results = await _send(client, commands)
        for command, result in zip(commands, results, strict=True):
            found = self._model.submit(asker, command)
            if isinstance(found, Refused):
                assert result["outcome"] == "refused", (command, found.code, result)
                assert result["problem"]["code"] == found.code, (command, found.code, result)
                refused.append(command)
            elif not found:
                assert result["outcome"] == "duplicate", (command, result)
            else:
                assert result["outcome"] == "recorded", (command, result)
                assert len(result["leaves"]) == len(found)
                self._keep(found, result["position"])
        self.recorded.sort(key=lambda recorded: recorded.position)
        return refused

    def as_known_at(self, position: int) -> list[Recorded[Any]]:
        """The facts of this story up to the position."""
        return [recorded for recorded in self.recorded if recorded.position <= position]

    @cache  # noqa: B019
    def model(self, position: int) -> InMemory:
        """The model as it stood at the position."""
        model = InMemory()
        model.fold(recorded.fact for recorded in self.as_known_at(position))
        return model

    def _keep(self, facts: Sequence[Fact[Any]], first: int) -> None:
        self.recorded += [Recorded(position, 0, fact) for position, fact in enumerate(facts, first)]


async def _send(client: httpx.AsyncClient, commands: Sequence[Command]) -> list[dict[str, Any]]:
    response = await client.post("/v1/batches", content=encode(commands))
    assert response.status_code == 200, response.text
    results: list[dict[str, Any]] = msgspec.json.decode(response.content)["results"]
    return results
