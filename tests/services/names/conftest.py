"""A place of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from projections.database import Role, connect, open_pool
from services.reads.log import open_read_log
from tests.projections.archive_of import ArchiveOf
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.services.names.place import Place, units
from tests.vaults import opened


@pytest_asyncio.fixture(loop_scope="session")
async def place(archive: ArchiveOf) -> AsyncIterator[Place]:  # noqa: F811
    """A commune without households; nothing is at hand yet."""
    await archive.record(*units())
    async with (
        await open_pool(archive.url, Role.KEEPER, "test", 2) as keeper,
        await open_pool(archive.url, Role.READER, "test", 2) as reader,
        open_read_log(lambda: connect(archive.url, Role.READ_LOG, "test")) as reads,
    ):
        made = Place(archive, keeper, reader, reads, await opened(keeper))
        await made.project()
        yield made
        await made.at_hand.close()
