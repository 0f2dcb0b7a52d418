"""A load of facts by several clients at once, each of which sends the same ids again until it has its answer."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx

from events.identifiers import derived, uuid7
from tests.services.http.world import command

HOUSEHOLDS = 40
MEMBERS = 8
CLIENTS = 4
LARGEST = 60
PATIENCE_SECONDS = 60.0
AGAIN_SECONDS = 0.1
TO_BE_SENT_AGAIN = {"busy_boundary", "internal"}


class Commune:
    """One commune with one cell, its members and households."""

    def __init__(self, province: UUID) -> None:
        self.province = province
        self.unit, self.cell = uuid7(), uuid7()
        self.members = [uuid7() for _ in range(MEMBERS)]
        self.households = [uuid7() for _ in range(HOUSEHOLDS)]

    def founding(self) -> list[dict[str, Any]]:
        found, cell = "organisation.found_unit", self.cell
        return [
            command(found, unit=self.province, kind="province", name="Tỉnh thử"),
            command(found, unit=self.unit, kind="commune", name="Xã thử", parent=self.province),
            command(found, unit=cell, kind="cell", cell_kind="village", name="Bản thử", parent=self.unit),
            *(command("organisation.register_person", person=p, unit=cell, name="Người thử") for p in self.members),
            *(command("member.admit", person=person, unit=cell) for person in self.members),
            *(command("household.register", household=h, unit=cell, head="Chủ hộ thử") for h in self.households),
        ]

    def some(self, chance: random.Random) -> list[dict[str, Any]]:
        """Two visits, or a new household that is assigned and visited: each needs the one before."""
        if chance.random() < 0.7:
            return [self._visit(chance, chance.choice(self.households)) for _ in range(2)]
        household, member = uuid7(), chance.choice(self.members)
        return [
            command("household.register", household=household, unit=self.cell, head="Chủ hộ mới"),
            command("assignment.assign_household", assignment=uuid7(), household=household, member=member),
            self._visit(chance, household),
        ]

    def _visit(self, chance: random.Random, household: UUID) -> dict[str, Any]:
        member = chance.choice(self.members)
        return command(
            "visit.record", instant="2018-03-05T08:00:00+07:00", household=household, member=member, note="Nhà mới"
        )


class Load:
    """What was acknowledged: the id of each item's first fact → its position."""

    def __init__(self, commune: Commune, total: int) -> None:
        self.commune = commune
        self.total = total
        self.acknowledged: dict[UUID, int] = {}
        self.sent_again = 0
        self._moved = asyncio.Condition()

    async def run(self, base_url: str, token: str) -> None:
        """Sends `total` items by several clients, until all are acknowledged."""
        share = self.total // CLIENTS
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=base_url, headers=headers, timeout=20) as client:
            await asyncio.gather(*(self._client(client, random.Random(seed), share) for seed in range(CLIENTS)))

    async def reached(self, share: float) -> None:
        """Waits until this share of the items is acknowledged."""
        async with self._moved:
            await self._moved.wait_for(lambda: len(self.acknowledged) >= share * self.total)

    async def _client(self, client: httpx.AsyncClient, chance: random.Random, share: int) -> None:
        sent = 0
        while sent < share:
            items: list[dict[str, Any]] = []
            size = chance.choice((1, 10, LARGEST))
            while len(items) < size:
                items += self.commune.some(chance)
            await self.submit(client, items)
            sent += len(items)

    async def submit(self, client: httpx.AsyncClient, items: list[dict[str, Any]]) -> None:
        """Sends the items until every one is acknowledged. Fails when one is refused."""
        waiting = items
        async with asyncio.timeout(PATIENCE_SECONDS):
            while waiting:
                results = await self._send(client, waiting)
                for item, result in zip(waiting, results, strict=True):
                    self._keep(item, result)
                waiting = [
                    item for item, result in zip(waiting, results, strict=True) if result["outcome"] == "refused"
                ]
                if waiting:
                    self.sent_again += 1
                    await asyncio.sleep(AGAIN_SECONDS)
        async with self._moved:
            self._moved.notify_all()

    async def _send(self, client: httpx.AsyncClient, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        unanswered = [{"outcome": "refused", "problem": {"code": "internal"}} for _ in items]
        try:
            response = await client.post("/v1/batches", json=items)
        except httpx.TransportError:
            return unanswered
        if response.status_code >= 500:
            return unanswered
        assert response.status_code == 200, response.text
        results: list[dict[str, Any]] = response.json()["results"]
        return results

    def _keep(self, item: dict[str, Any], result: dict[str, Any]) -> None:
        if result["outcome"] == "refused":
            assert result["problem"]["code"] in TO_BE_SENT_AGAIN, result
            return
        id_ = UUID(item["id"])
        fact = id_ if item["type"] == "visit.record" else derived(id_, 0)
        assert self.acknowledged.setdefault(fact, result["position"]) == result["position"]


@asynccontextmanager
async def under_load(commune: Commune, total: int, base_url: str, token: str) -> AsyncIterator[Load]:
    """A third of the load is acknowledged when entered; all of it when left."""
    load = Load(commune, total)
    running = asyncio.create_task(load.run(base_url, token))
    third = asyncio.create_task(load.reached(1 / 3))
    try:
        await asyncio.wait({running, third}, return_when=asyncio.FIRST_COMPLETED)
        assert not running.done(), "the load was over before anything could happen"
        yield load
        await running
    finally:
        for task in (running, third):
            task.cancel()
        await asyncio.gather(running, third, return_exceptions=True)
