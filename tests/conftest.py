"""Fixtures for every test: real servers, started once."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

import tests.anything  # noqa: F401 - before any server is started
from services.embedded import EmbeddedServers, Endpoints, Home
from tests.installation import Installation, running_installation


@pytest.fixture(scope="session")
def servers_home() -> Iterator[Path]:
    """An empty folder for the servers' data; not pytest's own, which root closes to the servers' account."""
    folder = Path(tempfile.mkdtemp(prefix="soho-test-"))
    yield folder
    shutil.rmtree(folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def servers(servers_home: Path) -> AsyncIterator[Endpoints]:
    """A real nats-server and a real PostgreSQL on free ports, empty but for the database `soho`."""
    async with EmbeddedServers(Home(servers_home)) as endpoints:
        yield endpoints


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def installation(servers: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """The whole of Sổ Hộ on these servers, with its programs as processes; each test founds a province of its own."""
    async with running_installation(servers, tmp_path_factory.mktemp("installation")) as running:
        yield running
