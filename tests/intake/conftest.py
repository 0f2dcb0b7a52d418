"""A province of its own for each test of intake."""

import pytest_asyncio

from tests.installation import Installation
from tests.services.http.world import World, tell


@pytest_asyncio.fixture(loop_scope="session")
async def world(installation: Installation) -> World:
    """Two communes of one province, for this test alone."""
    return await tell(installation)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def common_world(installation: Installation) -> World:
    """Two communes of one province, for tests that only add visits to it."""
    return await tell(installation)
