"""One world for the tests that only ask, and a new one for those that change it."""

import pytest_asyncio

from tests.installation import Installation
from tests.services.http.moved import Moved, move
from tests.services.http.world import World, tell


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def world(installation: Installation) -> World:
    """Two communes of one province. Not to be changed."""
    return await tell(installation)


@pytest_asyncio.fixture(loop_scope="session")
async def own_world(installation: Installation) -> World:
    """Two communes of one province, for this test alone."""
    return await tell(installation)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def moved(installation: Installation) -> Moved:
    """A province in which everything has moved. Only visits may be added to it."""
    return await move(installation)
