"""External mode: servers that are there already, `soho setup`, and each program by itself."""

import asyncio
import contextlib
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from services.cli.http_client import HttpClient
from services.embedded.binaries import nats_server
from services.embedded.home import Home
from services.embedded.nats import PERMISSIONS
from services.embedded.ports import is_listening
from services.embedded.postgres import PostgresServer
from tests.services.cli.command import SOHO, environment, free_port, soho
from tests.services.cli.conftest import COMMUNE
from tests.services.embedded.processes import empty_folder

NATS_CONF = Path(__file__).parents[3] / "deploy" / "nats" / "nats.conf"
PASSWORD = "of-nobody"


@contextlib.contextmanager
def running(*argv: str, **variables: str) -> Iterator[None]:
    """A program with this environment; told to stop at the end."""
    process = subprocess.Popen(argv, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def existing() -> AsyncIterator[dict[str, str]]:
    """A NATS with the settings in deploy/ and a PostgreSQL, as somebody else runs them: variables for `soho setup`."""
    with empty_folder() as folder, contextlib.ExitStack() as stack:
        home, port = Home(folder), free_port()
        stack.enter_context(home.locked())
        postgres = PostgresServer(home)
        await postgres.start()
        passwords = {f"SOHO_NATS_PASSWORD_{user.upper()}": PASSWORD for user in PERMISSIONS}
        place = {"SOHO_NATS_NAME": "test", "SOHO_NATS_LISTEN": f"127.0.0.1:{port}"}
        store = {"SOHO_NATS_STORE": str(home.server_folder("nats"))}
        stack.enter_context(running(str(nats_server(home)), "-c", str(NATS_CONF), **passwords, **place, **store))
        async with asyncio.timeout(30):
            while not await is_listening(port):  # noqa: ASYNC110 - somebody else's server tells nobody when it listens
                await asyncio.sleep(0.05)
        yield {
            "SOHO_OWNER_DATABASE_URL": postgres.admin_url,
            "SOHO_SETUP_NATS_URL": f"nats://setup:{PASSWORD}@127.0.0.1:{port}",
            "SOHO_MASTER_KEY_FILE": str(folder / "master.key"),
            "SOHO_TOKEN_KEY_FILE": str(folder / "token.pem"),
        }
        await postgres.stop()


@pytest.mark.slow
async def test_a_commune_is_loaded_and_asked_about(
    existing: dict[str, str], commands: list[dict[str, str]], tmp_path: Path
) -> None:
    made = soho(tmp_path, "setup", "--json", **existing)
    passwords = msgspec.json.decode(made.stdout)["passwords"]
    assert set(passwords) == {"soho_api", "soho_worker", "soho_console"}
    again = soho(tmp_path, "setup", "--json", **existing)
    assert msgspec.json.decode(again.stdout)["passwords"] == {}

    keys = {name: existing[name] for name in ("SOHO_MASTER_KEY_FILE", "SOHO_TOKEN_KEY_FILE")}

    def variables(login: str, user: str, **more: str) -> dict[str, str]:
        return environment(
            tmp_path,
            SOHO_DATABASE_URL=existing["SOHO_OWNER_DATABASE_URL"].replace(
                existing["SOHO_OWNER_DATABASE_URL"].split("//")[1].split("@")[0], f"{login}:{passwords[login]}"
            ),
            SOHO_NATS_URL=existing["SOHO_SETUP_NATS_URL"].replace("//setup:", f"//{user}:"),
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
