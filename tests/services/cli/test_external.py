"""External mode: servers that are there already, `soho setup`, and each program by itself."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import pytest_asyncio

from services.cli.http_client import HttpClient
from services.embedded.home import Home
from tests.external import PASSWORD, Authority, external_nats, external_postgres, running
from tests.services.cli.command import SOHO, environment, free_port, soho
from tests.services.cli.conftest import COMMUNE
from tests.services.embedded.processes import empty_folder


class Existing(NamedTuple):
    """Addresses of the servers for their owners (NATS: user → address), and the variables of `soho setup`: secrets in
    files, as containers hand them over."""

    postgres: str
    nats: dict[str, str]
    variables: dict[str, str]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def existing() -> AsyncIterator[Existing]:
    """A NATS with the settings in deploy/ and a PostgreSQL, both with TLS, as somebody else runs them."""
    with empty_folder() as folder:
        home = Home(folder)
        with home.locked():
            authority = Authority(home)
            async with external_nats(home, authority) as nats, external_postgres(home, authority) as postgres:
                for name, address in (("owner", postgres), ("setup", nats["setup"])):
                    (folder / name).write_text(f"{address}\n")
                variables = {
                    "SOHO_OWNER_DATABASE_URL_FILE": str(folder / "owner"),
                    "SOHO_SETUP_NATS_URL_FILE": str(folder / "setup"),
                    "SOHO_MASTER_KEY_FILE": str(folder / "master.key"),
                    "SOHO_TOKEN_KEY_FILE": str(folder / "token.pem"),
                }
                yield Existing(postgres, nats, variables)


@pytest.mark.slow
async def test_a_commune_is_loaded_and_asked_about(
    existing: Existing, commands: list[dict[str, str]], tmp_path: Path
) -> None:
    made = soho(tmp_path, "setup", "--json", **existing.variables)
    passwords = msgspec.json.decode(made.stdout)["passwords"]
    assert set(passwords) == {"soho_api", "soho_worker", "soho_console"}
    again = soho(tmp_path, "setup", "--json", **existing.variables)
    assert msgspec.json.decode(again.stdout)["passwords"] == {}

    keys = {name: existing.variables[name] for name in ("SOHO_MASTER_KEY_FILE", "SOHO_TOKEN_KEY_FILE")}

    def variables(login: str, user: str, **more: str) -> dict[str, str]:
        return environment(
            tmp_path,
            SOHO_DATABASE_URL=existing.postgres.replace(f"owner:{PASSWORD}", f"{login}:{passwords[login]}"),
            SOHO_NATS_URL=existing.nats[user],
            **more,
        )

    port = free_port()
    with (
        running(*SOHO, "follower", **variables("soho_worker", "follower")),
        running(*SOHO, "projector", **variables("soho_worker", "follower")),
        running(*SOHO, "api", **variables("soho_api", "intake", SOHO_PORT=str(port), **keys)),
    ):
        address = f"http://127.0.0.1:{port}"
        async with HttpClient(address) as api:
            await api.becomes_ready()
        issued = soho(tmp_path, "token", "--role", "system", "--unit", commands[0]["unit"], **keys)
        caller = {"SOHO_API_URL": address, "SOHO_TOKEN": issued.stdout.strip()}
        loaded = await asyncio.to_thread(soho, tmp_path, "load", str(COMMUNE), **caller)
        assert "Recorded 18," in loaded.stdout, loaded.stderr
        told = soho(tmp_path, "history", "household", commands[7]["household"], **caller)
        assert "Đảng viên Một (tên giả)" in told.stdout, told.stderr

        operator = variables("soho_console", "follower")
        state = soho(tmp_path, "state", "--json", **operator)
        assert msgspec.json.decode(state.stdout)["archive"] == 19
        checked = soho(tmp_path, "doctor", "--registers", **operator)
        assert checked.returncode == 0, checked.stdout
        assert "not checked (SOHO_KEEPER_DATABASE_URL" in checked.stdout
        keeper = variables("soho_api", "intake")["SOHO_DATABASE_URL"]
        whole = soho(tmp_path, "doctor", **operator, **keys, SOHO_KEEPER_DATABASE_URL=keeper)
        assert "not checked" not in whole.stdout
        assert whole.returncode == 0
