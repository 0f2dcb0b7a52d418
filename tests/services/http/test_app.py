"""The application as a whole: what it is built from, and what it answers while PostgreSQL is away."""

from __future__ import annotations

import secrets
import tempfile
import warnings
from pathlib import Path
from unittest.mock import create_autospec
from uuid import UUID

import httpx

from services.accounts.tokens import create_key_file, issuer_from_file
from services.decisions.asking import Asker, Role
from services.embedded import EmbeddedServers, Home
from services.http.app import create_app
from services.http.state import ApiState
from services.installation import LOGINS, prepare_database, prepare_stream
from services.vault import master
from tests.faults.scratch import eventually
from tests.installation import Installation
from tests.intake.in_process import another_api

SOMETHING = UUID(int=7)


def test_it_is_built_from_nothing_that_will_go_away() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        create_app(create_autospec(ApiState))


async def test_while_postgresql_is_away_the_registers_are_unavailable(tmp_path: Path) -> None:
    """Nothing projects here: whoever reaches the registers is told that they are being built."""
    create_key_file(tmp_path / "token.pem")
    master.create_file(tmp_path / "master.key")
    environment = {
        "SOHO_MASTER_KEY_FILE": str(tmp_path / "master.key"),
        "SOHO_TOKEN_KEY_FILE": str(tmp_path / "token.pem"),
    }
    passwords = {login: secrets.token_hex(16) for login in LOGINS}
    with tempfile.TemporaryDirectory(prefix="soho-test-") as folder:
        servers = EmbeddedServers(Home(Path(folder)))
        async with servers as endpoints:
            await prepare_database(endpoints.admin_url, passwords)
            await prepare_stream(endpoints.nats_url("setup"))
            issuer = issuer_from_file(tmp_path / "token.pem")
            installation = Installation(endpoints, "", issuer, environment, passwords)
            asker = Asker(Role.SYSTEM, SOMETHING, "test")
            async with another_api(installation) as api, api.client(asker) as client:
                for path in (f"/v1/units/{SOMETHING}", f"/v1/households/{SOMETHING}", "/v1/submissions"):
                    await _goes_and_comes_back(client, f"{path}?id={SOMETHING}", servers)


async def _goes_and_comes_back(client: httpx.AsyncClient, path: str, servers: EmbeddedServers) -> None:
    before = await client.get(path)
    assert before.status_code == 200 or before.json()["code"] == "register_being_built"
    await servers.postgres.stop()
    titles = set()
    for language in ("vi", "en"):
        response = await client.get(path, headers={"Accept-Language": language})
        problem = response.json()
        assert (response.status_code, problem["code"]) == (503, "registers_unavailable")
        assert response.headers["Retry-After"]
        titles.add(problem["title"])
    assert len(titles) == 2
    await servers.postgres.start()

    async def answers_as_before() -> bool:
        after = await client.get(path)
        return (after.status_code, after.content) == (before.status_code, before.content)

    await eventually(answers_as_before)
