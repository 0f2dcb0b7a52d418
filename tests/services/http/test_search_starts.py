"""A second API process: it answers before it has read the names, searches when it has, and hears of who is erased."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import psutil

from services.decisions.asking import Role
from tests.installation import DEADLINE_SECONDS, HOST, Installation, free_port, start
from tests.services.http.test_erasures import erased
from tests.services.http.test_search import found, search
from tests.services.http.world import World


@asynccontextmanager
async def second_api(installation: Installation, folder: Path) -> AsyncIterator[Installation]:
    """Another API on the same servers, which answers; it must end well."""
    port = free_port()
    other = replace(
        installation,
        base_url=f"http://{HOST}:{port}",
        environment=installation.environment | {"SOHO_PORT": str(port)},
    )
    process = start(other, "api", folder)
    try:
        await _listens(other, process)
        assert psutil.Process(process.pid).rlimit(psutil.RLIMIT_CORE) == (0, 0), "a core dump would have names in it"
        yield other
    finally:
        process.terminate()
        code = await asyncio.to_thread(process.wait, DEADLINE_SECONDS)
    assert code == 0, (folder / "api.log").read_text()


async def _listens(other: Installation, process: subprocess.Popen[bytes]) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS), other.client(None) as client:
        while True:
            assert process.poll() is None
            try:
                await client.get("/health")
                return
            except httpx.TransportError:
                await asyncio.sleep(0.05)


async def patiently(client: httpx.AsyncClient, world: World, name: str) -> httpx.Response:
    """The answer, asked again as it says where the names are not read yet."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while True:
            answer = await search(client, world.here.unit, name)
            if answer.status_code != 503:
                return answer
            await asyncio.sleep(int(answer.headers["Retry-After"]) / 10)


async def test_other_questions_are_answered_while_names_are_read(own_world: World, tmp_path: Path) -> None:
    here = own_world.here
    owner = await asyncpg.connect(own_world.installation.endpoints.admin_url)
    # Nobody reads all heads while this is locked; the cards of units do not need them.
    holding = owner.transaction()
    await holding.start()
    try:
        await owner.execute("LOCK TABLE households_v1.household IN ACCESS EXCLUSIVE MODE")
        async with (
            second_api(own_world.installation, tmp_path) as second,
            replace(own_world, installation=second).office() as client,
        ):
            early = await search(client, here.unit, "chu ho")
            assert (early.status_code, early.json()["code"]) == (503, "names_not_read_yet")
            assert int(early.headers["Retry-After"]) > 0
            english = await client.post(
                "/v1/households/search",
                json={"unit": str(here.unit), "name": "chu ho"},
                headers={"Accept-Language": "en"},
            )
            assert (english.json()["title"], early.json()["title"]) == (
                "Names cannot be searched yet",
                "Chưa sẵn sàng tìm theo tên",
            )
            assert (await client.get(f"/v1/units/{here.unit}")).status_code == 200
            await holding.rollback()
            answer = await patiently(client, own_world, "chu ho")
            assert len(answer.json()["households"]) == 3
    finally:
        await owner.close()
    said = (tmp_path / "api.log").read_text()
    assert "names.read" in said
    assert "Chủ hộ" not in said
    assert "chu ho" not in said


async def test_who_is_erased_through_one_process_is_not_found_in_another(own_world: World, tmp_path: Path) -> None:
    here = own_world.here
    async with second_api(own_world.installation, tmp_path) as second:
        office = replace(own_world, installation=second).asker(Role.COMMUNE_OFFICE, here)
        async with replace(own_world, installation=second).client(office) as client:
            answer = await patiently(client, own_world, "chu ho mot")
            assert [line["household"] for line in answer.json()["households"]] == [str(here.household)]
            _, position = await erased(own_world, here.household)
            client.headers["Soho-At-Least"] = str(position)
            assert await found(client, here.unit, "chu ho mot", as_of="2018-05-01") == []
            assert len(await found(client, here.unit, "chu ho", as_of="2018-05-01")) == 2
