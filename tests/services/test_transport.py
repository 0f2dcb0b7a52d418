"""TLS to NATS and PostgreSQL: which addresses are taken, and that a server that is not the right one learns nothing."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import asyncpg
import nats.errors
import pytest
import pytest_asyncio

from events.log.connection import connect_log
from events.log.stream import create_stream
from services.embedded import Home
from services.settings import SettingUnusable, database_address, nats_address, secret
from services.transport import Unprotected, check_database, check_nats
from tests.external import HOST, PASSWORD, Authority, external_nats, external_postgres
from tests.installation import free_port
from tests.services.cli.command import soho
from tests.services.embedded.processes import empty_folder

CA = Path(__file__)
"""A file that can be read."""
PG, NATS = "postgresql://soho_api:secret@", "nats://intake:secret@"


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1:5432/soho",
        "127.8.9.1/soho",
        "localhost/soho",
        "[::1]:5432/soho",
        "/soho?host=/var/run/postgresql",
        f"db.example/soho?sslmode=verify-full&sslrootcert={CA}",
        f"one.example,two.example:5433/soho?sslmode=verify-full&sslrootcert={CA}",
        f"127.0.0.1/soho?sslmode=verify-full&sslrootcert={CA}",
        "db.example/soho?sslmode=disable",
    ],
)
def test_an_address_of_postgresql_is_taken(place: str) -> None:
    check_database(PG + place)


@pytest.mark.parametrize(
    "place",
    [
        "db.example/soho",
        "10.0.0.7/soho",
        "127.0.0.1.example/soho",
        "localhost,db.example/soho",
        "/soho",
        "/soho?host=db.example",
        "127.0.0.1/soho?host=db.example",
        "db.example/soho?sslmode=prefer",
        "db.example/soho?sslmode=require",
        f"db.example/soho?sslmode=verify-ca&sslrootcert={CA}",
        "db.example/soho?sslmode=verify-full",
        "db.example/soho?sslmode=verify-full&sslrootcert=/nowhere",
        f"db.example/soho?sslmode=verify-full&sslrootcert={CA}&sslmode=require",
    ],
)
def test_an_address_of_postgresql_is_refused(place: str) -> None:
    with pytest.raises(Unprotected):
        check_database(PG + place)


@pytest.mark.parametrize(
    "address",
    [
        f"{NATS}127.0.0.1:4222",
        f"{NATS}localhost:4222",
        f"tls://intake:secret@log.example:4222?sslrootcert={CA}",
        f"{NATS}log.example:4222?sslmode=disable",
    ],
)
def test_an_address_of_nats_is_taken(address: str) -> None:
    check_nats(address)


@pytest.mark.parametrize(
    "address",
    [
        f"{NATS}log.example:4222",
        f"{NATS}log.example:4222?sslrootcert={CA}",
        "tls://intake:secret@log.example:4222",
        "tls://intake:secret@127.0.0.1:4222?sslrootcert=/nowhere",
    ],
)
def test_an_address_of_nats_is_refused(address: str) -> None:
    with pytest.raises(Unprotected):
        check_nats(address)


def test_a_refusal_names_the_variable_and_not_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHO_NATS_URL", f"{NATS}log.example:4222")
    monkeypatch.setenv("SOHO_DATABASE_URL", f"{PG}db.example/soho")
    for name, read in (("SOHO_NATS_URL", nats_address), ("SOHO_DATABASE_URL", database_address)):
        with pytest.raises(SettingUnusable, match=name) as refused:
            read(name)
        assert "secret" not in str(refused.value)
        assert "sslrootcert" in str(refused.value)


def test_a_secret_comes_from_its_variable_or_from_a_file_and_never_from_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text("from a file\n", "utf-8")
    for name in ("SOHO_TOKEN", "SOHO_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert secret("SOHO_TOKEN") is None
    monkeypatch.setenv("SOHO_TOKEN_FILE", str(file))
    assert secret("SOHO_TOKEN") == "from a file"
    monkeypatch.setenv("SOHO_TOKEN", "x")
    with pytest.raises(SettingUnusable, match="SOHO_TOKEN"):
        secret("SOHO_TOKEN")
    monkeypatch.delenv("SOHO_TOKEN")
    monkeypatch.setenv("SOHO_TOKEN_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingUnusable, match="SOHO_TOKEN_FILE"):
        secret("SOHO_TOKEN")


class Servers(NamedTuple):
    """Addresses of a NATS (as `setup`) and of a PostgreSQL that take nobody without TLS; another authority's file."""

    nats: str
    postgres: str
    authority: Path
    stranger: Path


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tls_servers() -> AsyncIterator[Servers]:
    with empty_folder() as folder:
        home = Home(folder)
        with home.locked():
            authority, stranger = Authority(home), Authority(home, "stranger")
            async with external_nats(home, authority) as nats_, external_postgres(home, authority) as postgres:
                yield Servers(nats_["setup"], postgres, authority.file, stranger.file)


async def test_the_right_servers_are_reached(tls_servers: Servers) -> None:
    client = await connect_log(tls_servers.nats, "test", allow_reconnect=False)
    assert (await create_stream(client)).last == 0
    await client.close()
    connection = await asyncpg.connect(tls_servers.postgres)
    assert await connection.fetchval("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    await connection.close()


async def test_a_server_whose_certificate_somebody_else_signed_is_not_spoken_to(tls_servers: Servers) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        await connect_log(_with(tls_servers.nats, tls_servers), "test", allow_reconnect=False)
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncpg.connect(_with(tls_servers.postgres, tls_servers))


async def test_a_server_whose_certificate_names_another_host_is_not_spoken_to(tls_servers: Servers) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        await connect_log(tls_servers.nats.replace(f"@{HOST}:", "@127.0.0.1:"), "test", allow_reconnect=False)
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncpg.connect(tls_servers.postgres.replace(f"@{HOST}:", "@127.0.0.1:"))


async def test_the_servers_take_nobody_without_tls(tls_servers: Servers) -> None:
    open_address = tls_servers.nats.replace("tls://", "nats://").partition("?")[0]
    with pytest.raises((nats.errors.Error, OSError, TimeoutError)):
        await connect_log(open_address, "test", allow_reconnect=False, connect_timeout=2)
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(tls_servers.postgres.partition("?")[0] + "?sslmode=disable")


@pytest.mark.parametrize("kind", ["nats", "postgres"])
async def test_a_server_that_says_it_has_no_tls_is_not_told_the_password(tls_servers: Servers, kind: str) -> None:
    """Whoever sits in between would say so first of all."""
    heard = bytearray()

    async def pretend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if kind == "nats":
            writer.write(b'INFO {"server_id":"x","version":"2.15.0","auth_required":true,"max_payload":1}\r\n')
        else:
            heard.extend(await reader.read(8))
            writer.write(b"N")
        with contextlib.suppress(OSError):
            while part := await reader.read(1000):
                heard.extend(part)
        writer.close()

    async with await asyncio.start_server(pretend, "127.0.0.1", 0) as server:
        place, authority = f"{HOST}:{server.sockets[0].getsockname()[1]}", f"sslrootcert={tls_servers.authority}"
        if kind == "nats":
            address = f"tls://setup:{PASSWORD}@{place}?{authority}"
            spoken = connect_log(address, "test", allow_reconnect=False, connect_timeout=5)
        else:
            address = f"postgresql://owner:{PASSWORD}@{place}/soho?sslmode=verify-full&{authority}"
            spoken = asyncpg.connect(address, timeout=5)
        with pytest.raises((OSError, nats.errors.Error)):
            await spoken
    assert heard, "it was spoken to"
    assert PASSWORD.encode() not in heard
    assert b"setup" not in heard
    assert b"owner" not in heard


async def test_a_client_comes_back_over_tls_when_the_server_does() -> None:
    back = asyncio.Event()

    async def came_back() -> None:
        back.set()

    async def quiet(_trouble: Exception) -> None:
        """While the server is away."""

    with empty_folder() as folder:
        home = Home(folder)
        with home.locked():
            authority, port = Authority(home), free_port()
            async with external_nats(home, authority, port) as nats_:
                client = await connect_log(
                    nats_["setup"],
                    "test",
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=0.1,
                    reconnected_cb=came_back,
                    error_cb=quiet,
                )
                created = (await create_stream(client)).created
            async with external_nats(home, authority, port):
                await asyncio.wait_for(back.wait(), 60)
                assert (await create_stream(client)).created == created
                await client.close()


def test_what_is_wrong_with_a_certificate_is_said_in_two_sentences(tls_servers: Servers, tmp_path: Path) -> None:
    addresses = {
        "SOHO_DATABASE_URL": _with(tls_servers.postgres, tls_servers),
        "SOHO_NATS_URL": _with(tls_servers.nats, tls_servers),
    }
    told = soho(tmp_path, "state", **addresses)
    assert told.returncode == 2
    assert len(told.stderr.splitlines()) == 2
    assert "sslrootcert" in told.stderr
    assert PASSWORD not in told.stderr + told.stdout
    told = soho(tmp_path, "state", **addresses | {"SOHO_DATABASE_URL": "postgresql://x:of-nobody@db.example/soho"})
    assert told.returncode == 2
    assert "SOHO_DATABASE_URL" in told.stderr
    assert PASSWORD not in told.stderr


def _with(address: str, servers: Servers) -> str:
    """The address, but that another authority is trusted."""
    return address.replace(str(servers.authority), str(servers.stranger))
