"""Sending items as they are, byte for byte, and looking at what came of them."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from events.identifiers import derived, uuid7
from services.decisions.asking import Asker, Role
from tests.installation import Installation
from tests.services.http.world import World, command

MEDIA_TYPE = "application/problem+json"
DEADLINE_SECONDS = 30.0


def visit(world: World, **fields: Any) -> dict[str, Any]:
    """A visit as the member's phone sends it."""
    known = {"instant": "2018-03-05T08:00:00+07:00", "household": world.here.household, "member": world.here.member}
    return command("visit.record", **known | fields)


def phone(world: World) -> Asker:
    """The member's phone in the commune here."""
    return world.asker(Role.MEMBER, world.here)


def encoded(item: dict[str, Any] | bytes) -> bytes:
    return item if isinstance(item, bytes) else json.dumps(item, ensure_ascii=False).encode()


async def send(client: httpx.AsyncClient, *items: dict[str, Any] | bytes) -> list[dict[str, Any]]:
    """The result of each item of a batch."""
    response = await client.post("/v1/batches", content=b"[" + b",".join(map(encoded, items)) + b"]")
    assert response.status_code == 200, response.text
    results: list[dict[str, Any]] = response.json()["results"]
    assert len(results) == len(items)
    return results


async def recorded(installation: Installation, *ids: UUID | str) -> dict[UUID, int]:
    """Position of the first fact of each of the items that are on the log, once the archive has all of the log."""
    items = [UUID(str(item)) for item in ids]
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    client = installation.client(Asker(Role.SYSTEM, UUID(int=0), "test"))
    try:
        async with asyncio.timeout(DEADLINE_SECONDS), client:
            while True:
                state = (await client.get("/v1/state")).json()
                if state["log"] == state["archive"]:
                    break
                await asyncio.sleep(0.01)
        names = {name: item for item in items for name in (item, derived(item, 0))}
        rows = await connection.fetch("SELECT id, position FROM archive.message WHERE id = ANY($1)", list(names))
        return {names[row["id"]]: row["position"] for row in rows}
    finally:
        await connection.close()


async def statuses(world: World, asker: Asker, *ids: UUID | str) -> list[dict[str, Any]]:
    """What the asker is told about the items."""
    async with world.client(asker) as client:
        response = await client.get("/v1/submissions", params={"id": [str(item) for item in ids]})
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["submissions"]
    return found


async def has_lasting_refusal(world: World, sender: Asker, item: UUID | str, code: str) -> None:
    """The refusal is told to who sent the item and to an auditor, and to nobody else."""
    auditor = Asker(Role.AUDITOR, world.province, "audit", uuid7())
    for asker in (sender, auditor):
        (status,) = await statuses(world, asker, item)
        assert (status["outcome"], status["code"]) == ("refused", code)
    others = (
        world.asker(Role.PROVINCIAL_OFFICE, world.here),
        world.asker(Role.CELL_SECRETARY, world.there),
        Asker(sender.role, sender.unit, sender.client, uuid7()),
        Asker(sender.role, sender.unit, "another program", sender.person),
    )
    for other in others:
        assert await statuses(world, other, item) == [{"id": str(item), "outcome": "unknown"}]


async def is_problem_in_both_languages(client: httpx.AsyncClient, path: str, content: bytes, code: str) -> int:
    """The same problem in Vietnamese and English; returns its status."""
    told = {}
    for language in ("vi", "en"):
        response = await client.post(path, content=content, headers={"Accept-Language": language})
        assert response.headers["content-type"] == MEDIA_TYPE
        assert response.headers["content-language"] == language
        problem = response.json()
        assert (problem["code"], problem["type"]) == (code, f"urn:soho:problem:{code}")
        assert problem["status"] == response.status_code
        assert problem["instance"] == path
        told[language] = (problem["title"], problem["detail"])
    assert told["vi"][0] != told["en"][0]
    assert told["vi"][1] != told["en"][1]
    return response.status_code
