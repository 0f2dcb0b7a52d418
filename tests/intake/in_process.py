"""A second API on the installation, in this process, where its patience can be shortened; what is held back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx

from services.decisions.asking import Asker
from services.http.app import create_app
from services.http.state import ApiState, open_state
from services.processes import connected
from services.settings import Oidc, Settings
from services.vault import places
from tests.installation import Installation


@dataclass(frozen=True)
class Api:
    """What it holds open, and clients of it."""

    state: ApiState
    client: Callable[[Asker], httpx.AsyncClient]


@asynccontextmanager
async def another_api(installation: Installation, oidc: Oidc | None = None) -> AsyncIterator[Api]:
    """A second API beside the installation's own; with `oidc` it takes that issuer's tokens, and no others."""
    environment = installation.environment_of("api")
    settings = Settings(
        environment["SOHO_NATS_URL"],
        environment["SOHO_DATABASE_URL"],
        places.from_environment(environment),
        None if oidc else Path(environment["SOHO_TOKEN_KEY_FILE"]),
        "127.0.0.1",
        0,
        oidc=oidc,
    )
    log = await connected(settings.nats_url, "second api", asyncio.Event())
    assert log is not None
    try:
        async with open_state(settings, log) as state:
            transport = httpx.ASGITransport(create_app(state))

            def client(asker: Asker) -> httpx.AsyncClient:
                headers = {"Authorization": f"Bearer {installation.issuer.token(asker)}"}
                return httpx.AsyncClient(transport=transport, base_url="http://second", headers=headers, timeout=30)

            yield Api(state, client)
    finally:
        await log.close()


@asynccontextmanager
async def held_archive(installation: Installation) -> AsyncIterator[None]:
    """Nothing is archived until left: the follower waits at its table. What is archived can be read."""
    async with _held(installation, "archive.message"):
        yield


@asynccontextmanager
async def held_registers(installation: Installation) -> AsyncIterator[None]:
    """No register advances until left: the projector waits at its checkpoints. The registers can be read."""
    async with _held(installation, "projection.checkpoint"):
        yield


@asynccontextmanager
async def _held(installation: Installation, table: str) -> AsyncIterator[None]:
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    try:
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()
