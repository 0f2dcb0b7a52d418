"""What every answer carries, and how often a caller is answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest

from services.decisions.asking import Asker, Role
from services.http.rate_limits import CALLER
from tests.installation import Installation
from tests.intake.in_process import another_api
from tests.services.http.world import World

PATHS = {
    "/health": 200,
    "/v1/openapi.json": 200,
    "/v1/me": 200,
    "/v1/households/{household}": 200,
    "/v1/households/{stranger}": 404,
    "/v1/nowhere": 404,
    "/": 404,
    "/v1/households/{household}?as_of=yesterday": 400,
}
EVERY = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "server": "soho",
}


def is_protected(response: httpx.Response) -> None:
    assert EVERY.items() <= dict(response.headers).items(), response.request.url
    assert len(response.headers.get_list("server")) == 1
    is_open = response.request.url.path == "/v1/openapi.json"
    assert response.headers["cache-control"] == ("public, max-age=300" if is_open else "no-store")


@pytest.mark.parametrize(("path", "status"), PATHS.items())
async def test_every_answer_is_protected(world: World, path: str, status: int) -> None:
    secretary = world.asker(Role.CELL_SECRETARY, world.here)
    path = path.format(household=world.here.household, stranger=world.there.household)
    async with world.client(secretary) as client:
        response = await client.get(path)
        assert response.status_code == status
        is_protected(response)
        assert "strict-transport-security" not in response.headers


async def test_refusals_and_submissions_are_protected_too(world: World) -> None:
    async with world.client(None) as client:
        is_protected(await client.get("/v1/me"))
        is_protected(await client.post("/v1/follow", json={"code": "x"}))
    async with world.client(world.asker(Role.MEMBER, world.here)) as client:
        for request in ({"json": []}, {"content": b"["}, {"json": [{"type": "visit.record"}]}):
            is_protected(await client.post("/v1/batches", **request))  # type: ignore[arg-type]
        is_protected(await client.put("/v1/batches"))


async def test_what_a_client_has_already_is_not_sent_again_though_no_cache_may_keep_it(world: World) -> None:
    async with world.client(world.asker(Role.CELL_SECRETARY, world.here)) as client:
        path = f"/v1/households/{world.here.household}"
        tag = (await client.get(path)).headers["etag"]
        again = await client.get(path, headers={"If-None-Match": tag})
        assert again.status_code == 304
        is_protected(again)


async def test_a_phone_after_days_is_let_through_and_one_that_never_stops_is_told_when_to_come_again(
    installation: Installation,
) -> None:
    member = Asker(Role.MEMBER, UUID(int=1), "phone", UUID(int=2))
    async with another_api(installation) as api:
        async with api.client(member) as phone:
            statuses = [(await phone.get("/v1/me")).status_code for _ in range(CALLER.amount)]
            assert set(statuses) == {200}
            refused: dict[str, Any] = {}
            for language in ("vi", "en"):
                response = await phone.get("/v1/me", headers={"Accept-Language": language})
                assert response.status_code == 429
                is_protected(response)
                refused[language] = response.json()
                seconds = refused[language]["parameters"]["seconds"]
                assert 1 <= seconds <= 60
                assert response.headers["retry-after"] == str(seconds)
            assert {problem["code"] for problem in refused.values()} == {"too_many_requests"}
            assert refused["vi"]["title"] != refused["en"]["title"]
        same_person = Asker(Role.MEMBER, UUID(int=1), "tablet", UUID(int=2))
        for other, status in (
            (same_person, 429),
            (Asker(Role.MEMBER, UUID(int=1), "phone", UUID(int=3)), 200),
            (Asker(Role.AUDITOR, UUID(int=1), "phone"), 200),
        ):
            async with api.client(other) as client:
                assert (await client.get("/v1/me")).status_code == status


async def test_a_program_that_loads_a_province_is_not_counted(installation: Installation) -> None:
    async with another_api(installation) as api, api.client(Asker(Role.SYSTEM, UUID(int=1), "load")) as program:
        statuses = {(await program.get("/v1/me")).status_code for _ in range(CALLER.amount + 10)}
    assert statuses == {200}
