"""Who asks too often is told by his own address, also behind a proxy; a proxy that nobody trusts tells nothing."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from services.http.rate_limits import FOLLOWED
from services.settings import NotAnAddress, from_environment
from tests.installation import Installation, free_port


@asynccontextmanager
async def api(installation: Installation, folder: Path, **settings: str) -> AsyncIterator[httpx.AsyncClient]:
    """An API of its own beside that of the installation, and a client of it without a token."""
    port = free_port()
    environment = installation.environment_of("api") | {"SOHO_PORT": str(port), **settings}
    with (folder / "api.log").open("wb") as log:
        program = [sys.executable, "-m", "services.cli", "api"]
        process = await asyncio.create_subprocess_exec(*program, env=environment, stdout=log, stderr=log)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            async with asyncio.timeout(60):
                while True:
                    assert process.returncode is None, (folder / "api.log").read_text()
                    try:
                        await client.get("/health")
                        break
                    except httpx.TransportError:
                        await asyncio.sleep(0.05)
            yield client
    finally:
        process.terminate()
        assert await process.wait() == 0


async def followed(client: httpx.AsyncClient, *forwarded: str) -> int:
    """The status of one question with a code that nobody has; a header for each of the given."""
    headers = [("X-Forwarded-For", each) for each in forwarded]
    answer = await client.post("/v1/follow", json={"code": "0000-0000-0000-0000"}, headers=headers)
    return answer.status_code


async def test_behind_a_trusted_proxy_everybody_has_his_own_ten_questions(
    installation: Installation, tmp_path: Path
) -> None:
    async with api(installation, tmp_path, SOHO_TRUSTED_PROXIES="127.0.0.1, 192.0.2.0/24") as proxy:
        one = [await followed(proxy, "198.51.100.7") for _ in range(FOLLOWED.amount + 1)]
        assert one == [404] * FOLLOWED.amount + [429]
        assert await followed(proxy, "198.51.100.8") == 404
        # What he himself claims stands before what the proxy adds, and a second trusted proxy adds the first.
        assert await followed(proxy, "203.0.113.1, 198.51.100.7") == 429
        assert await followed(proxy, "203.0.113.2", "198.51.100.7, 192.0.2.10") == 429


async def test_a_forwarded_address_from_anybody_else_changes_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    async with api(installation, tmp_path, SOHO_TRUSTED_PROXIES="192.0.2.0/24") as direct:
        asked = [await followed(direct, f"198.51.100.{number}") for number in range(FOLLOWED.amount + 1)]
        assert asked == [404] * FOLLOWED.amount + [429]


@pytest.mark.parametrize(("trusted", "told"), [("127.0.0.1", True), ("192.0.2.0/24", False)])
async def test_browsers_are_bound_to_tls_where_a_trusted_proxy_says_that_they_came_over_it(
    installation: Installation, tmp_path: Path, trusted: str, told: bool
) -> None:
    async with api(installation, tmp_path, SOHO_TRUSTED_PROXIES=trusted) as proxy:
        for scheme in ("https", "http"):
            forwarded = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": scheme}
            answer = await proxy.get("/health", headers=forwarded)
            assert ("strict-transport-security" in answer.headers) == (told and scheme == "https")


def test_a_trusted_proxy_is_an_address_or_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHO_NATS_URL", "nats://127.0.0.1")
    monkeypatch.setenv("SOHO_DATABASE_URL", "postgresql://127.0.0.1/soho")
    monkeypatch.delenv("SOHO_TRUSTED_PROXIES", raising=False)
    assert from_environment().trusted_proxies == ()
    monkeypatch.setenv("SOHO_TRUSTED_PROXIES", "10.0.0.5, 2001:db8::/32,")
    assert from_environment().trusted_proxies == ("10.0.0.5", "2001:db8::/32")
    for wrong in ("*", "proxy.local", "10.0.0.0/33", "10.0.0.1/24"):
        monkeypatch.setenv("SOHO_TRUSTED_PROXIES", f"10.0.0.5,{wrong}")
        with pytest.raises(NotAnAddress, match="is no IP address"):
            from_environment()
