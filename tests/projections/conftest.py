"""A database for each test: schemas, roles and empty registers, copied from one that is made once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest_asyncio

from projections.database import Role, connect
from projections.projector import prepare
from projections.registers import REGISTERS
from services.embedded import Endpoints
from services.installation import prepare_database
from tests.projections.archive_of import ArchiveOf


def _url(servers: Endpoints, database: str) -> str:
    return urlunsplit(urlsplit(servers.admin_url)._replace(path=f"/{database}"))


async def _create(servers: Endpoints, database: str, template: str) -> str:
    admin = await asyncpg.connect(servers.admin_url)
    try:
        await admin.execute(f"CREATE DATABASE {database} TEMPLATE {template}")
        if template != "template1":
            await admin.execute(f"GRANT CREATE ON DATABASE {database} TO soho_projector")
    finally:
        await admin.close()
    return _url(servers, database)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def registers_template(servers: Endpoints) -> str:
    """The name of a database in which every register stands empty at position 0."""
    name = f"registers_{uuid4().hex}"
    url = await _create(servers, name, "template1")
    await prepare_database(url, {})
    connection = await connect(url, Role.PROJECTOR, "test")
    try:
        for register in REGISTERS:
            await prepare(connection, register())
    finally:
        await connection.close()
    return name


@pytest_asyncio.fixture(loop_scope="session")
async def archive(servers: Endpoints, registers_template: str) -> AsyncIterator[ArchiveOf]:
    """An empty archive with empty registers, in a database of its own."""
    name = f"test_{uuid4().hex}"
    yield ArchiveOf(await _create(servers, name, registers_template))
    admin = await asyncpg.connect(servers.admin_url)
    try:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await admin.close()
