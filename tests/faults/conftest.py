"""One installation under its supervisor for all that is done to it."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.faults.house import House
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.services.cli.command import running_up


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def house() -> AsyncIterator[House]:
    """`soho up` on a home of its own, with one commune."""
    with running_up() as up:
        running = House(up)
        await running.found()
        yield running
