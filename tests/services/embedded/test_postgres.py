"""PostgreSQL as we start it."""

import re
import shutil
from pathlib import Path

import asyncpg
import pytest

from services.embedded import EmbeddedServers, Endpoints, Home, HomeUnusable, ServerFailed
from services.embedded.postgres import PostgresServer


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_it_keeps_the_promises_of_its_settings(servers: Endpoints) -> None:
    shown = {
        name: await ask(servers.admin_url, f"show {name}")
        for name in ("fsync", "synchronous_commit", "data_checksums", "timezone", "server_encoding", "jit")
    }
    assert shown == {
        "fsync": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "timezone": "Asia/Ho_Chi_Minh",
        "server_encoding": "UTF8",
        "jit": "off",
    }
    # Vietnamese capitals are folded without a locale of the machine.
    assert await ask(servers.admin_url, "select lower('ĐẢNG BỘ XÃ ƯỚC')") == "đảng bộ xã ước"


async def test_nobody_enters_without_the_password(servers: Endpoints) -> None:
    without = re.sub(r":[0-9a-f]+@", "@", servers.admin_url)
    wrong = re.sub(r":[0-9a-f]+@", ":wrong@", servers.admin_url)
    for url in (without, wrong):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await ask(url, "select 1")


async def test_only_this_machine_is_listened_to(servers: Endpoints) -> None:
    assert await ask(servers.admin_url, "show listen_addresses") == "127.0.0.1"
    assert await ask(servers.admin_url, "show unix_socket_directories") == ""


async def test_half_made_data_is_made_again(folder: Path) -> None:
    home = Home(folder)
    with home.locked():
        half = home.server_folder("postgres") / "unfinished" / "data"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")
        server = PostgresServer(home)
        await server.start()
        try:
            assert await ask(server.admin_url, "select 1") == 1
        finally:
            await server.stop()
    assert not half.exists()


@pytest.mark.parametrize(("version", "clue"), [("17\n", "pg_upgrade"), (None, "PG_VERSION")])
async def test_data_it_cannot_run_is_refused_and_kept(folder: Path, version: str | None, clue: str) -> None:
    home = Home(folder)
    with home.locked():
        data = home.server_folder("postgres") / "data"
        data.mkdir()
        (data / "precious").write_text("kept")
        if version is not None:
            (data / "PG_VERSION").write_text(version)
        with pytest.raises(HomeUnusable, match=clue):
            await PostgresServer(home).start()
        assert (data / "precious").read_text() == "kept"


async def test_an_early_end_is_noticed_and_its_reason_quoted(folder: Path) -> None:
    home = Home(folder)
    with home.locked():
        server = PostgresServer(home)
        await server.start()
        await server.stop()
        shutil.rmtree(server.data / "global")
        with pytest.raises(ServerFailed, match="global"):
            await PostgresServer(home).start()


async def test_lost_passwords_are_named_instead_of_made_anew(folder: Path) -> None:
    async with EmbeddedServers(Home(folder)):
        pass
    (folder / "secrets.json").unlink()
    with pytest.raises(HomeUnusable, match=re.escape("secrets.json")):
        async with EmbeddedServers(Home(folder)):
            pass
