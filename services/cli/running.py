"""Finding the running installation: in a home of this machine, or where the environment says."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
from nats.aio.client import Client

from events.calendar import today
from events.log.connection import connect_log
from projections.archive import reader
from projections.database import Connection, Pool, Role, connect, open_pool
from projections.states.organisation import Organisation
from services.accounts.tokens import DevelopmentIssuer, issuer_from_file
from services.cli import local
from services.cli.failures import Stopped
from services.cli.http_client import HttpClient
from services.decisions import asking
from services.embedded import Home, NotRunning, default_home, running_endpoints
from services.settings import SettingMissing, database_address, nats_address, secret
from services.vault import places

CLIENT = "soho command"


class Installation(msgspec.Struct, frozen=True):
    """Where a running installation is. `home` is None for one that the environment describes.

    `database_url` is PostgreSQL as soho_console, `keeper_url` as a login that may read the vault, `nats_url` the log
    as the user follower. The URLs hold passwords.
    """

    home: Home | None
    database_url: str
    nats_url: str
    keeper_url: str | None
    master_keys: places.Given


def installation() -> Installation:
    """The installation that the environment or the home describes. Raises `NotRunning`, `SettingMissing`,
    `SettingUnusable`."""
    if secret("SOHO_DATABASE_URL"):
        database_url, nats_url = database_address("SOHO_DATABASE_URL"), nats_address("SOHO_NATS_URL")
        keeper_url = database_address("SOHO_KEEPER_DATABASE_URL") if secret("SOHO_KEEPER_DATABASE_URL") else None
        return Installation(None, database_url, nats_url, keeper_url, places.from_environment())
    home = running_home()
    endpoints = running_endpoints(home)
    return Installation(
        home,
        endpoints.postgres_url("soho_console", local.password(home, "soho_console")),
        endpoints.nats_url("follower"),
        endpoints.postgres_url("soho_api", local.password(home, "soho_api")),
        places.Given(file=local.master_key_file(home)),
    )


def running_home() -> Home:
    """The home that runs: SOHO_HOME or the usual one, else the demo's. Raises `NotRunning` for the usual one."""
    usual = Home(default_home())
    try:
        usual.runtime()
    except NotRunning:
        demo = Home(local.demo_home())
        try:
            demo.runtime()
        except NotRunning:
            pass
        else:
            return demo
        raise
    return usual


def issuer() -> DevelopmentIssuer:
    """The issuer of SOHO_TOKEN_KEY_FILE, or of the running home. Raises `NotRunning`, or `Stopped` without a key."""
    given = os.environ.get("SOHO_TOKEN_KEY_FILE")
    path = Path(given) if given else local.token_key_file(running_home())
    try:
        return issuer_from_file(path)
    except (OSError, ValueError) as failure:
        raise Stopped(
            f"Không đọc được khóa cấp mã truy cập {path}.", f"The token key {path} cannot be read: {failure}."
        ) from failure


@asynccontextmanager
async def operator() -> AsyncIterator[Connection]:
    """A connection that may look at the archive, the checkpoints and the quarantine, and change nothing."""
    connection = await connect(installation().database_url, Role.OPERATOR, "command")
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def log_client(url: str) -> AsyncIterator[Client]:
    """A client of the log that gives up at once when there is no server."""
    client = await connect_log(url, CLIENT, allow_reconnect=False, error_cb=_said_later)
    try:
        yield client
    finally:
        await client.close()


async def _said_later(_failure: Exception) -> None:
    """The client tells every failed attempt; the exception that follows says the same."""


async def root_unit() -> UUID:
    """The unit at the top of today's tree. Raises `Stopped` when there is none yet."""
    async with operator() as connection:
        organisation = Organisation()
        for _, recorded in await reader.units_after(connection, 0):
            organisation = organisation.after(recorded.fact)
    day = today()
    for unit in organisation.units.values():
        if unit.exists(day) and unit.superior(day) is None:
            return unit.unit
    raise Stopped(
        "Chưa có đơn vị nào. Hãy lấy mã truy cập cho đơn vị sắp lập (`soho token --role system "
        "--unit MÃ_ĐƠN_VỊ`), đặt vào SOHO_TOKEN rồi chạy lại.",
        "There is no unit yet. Get a token for the unit to be founded (`soho token --role system "
        "--unit ID`), put it into SOHO_TOKEN and try again.",
    )


async def http_client() -> HttpClient:
    """The API of SOHO_API_URL with SOHO_TOKEN; without these, the running home's with a system's token for its root.

    Raises `NotRunning`, `Stopped`, `SettingMissing`.
    """
    token = secret("SOHO_TOKEN")
    url = os.environ.get("SOHO_API_URL")
    if url and not token:
        raise SettingMissing("SOHO_TOKEN", "a bearer token for the API at SOHO_API_URL")
    if not url:
        url = local.api_url(running_home())
    if not token:
        asker = asking.Asker(role=asking.Role.SYSTEM, unit=await root_unit(), client=CLIENT)
        token = issuer().token(asker)
    return HttpClient(url, token)


@asynccontextmanager
async def may_keep(url: str) -> AsyncIterator[Pool | None]:
    """A pool that may read the vault; None where the login may not take that role."""
    try:
        pool = await open_pool(url, Role.KEEPER, "command", 2)
    except (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidParameterValueError):
        yield None
        return
    async with pool:
        yield pool
