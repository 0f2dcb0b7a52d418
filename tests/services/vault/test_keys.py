"""Keys of people and households, in a vault of a test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from events.sealing import PREFIX, seal
from projections.database import Role, open_pool
from services.vault.keys import KeyDestroyed, Keys
from tests.projections.archive_of import ArchiveOf
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.vaults import opened


@pytest_asyncio.fixture(loop_scope="session")
async def keys(archive: ArchiveOf) -> AsyncIterator[Keys]:  # noqa: F811
    async with await open_pool(archive.url, Role.KEEPER, "test", 2) as pool:
        yield await opened(pool)


async def test_keys_are_made_in_one_order_by_all(keys: Keys, archive: ArchiveOf) -> None:  # noqa: F811
    """Two batches that need some of the same new keys would otherwise wait for each other."""
    owners = [uuid4() for _ in range(200)]
    await keys.for_sealing(owners)
    rows = await archive.fetch("SELECT owner FROM vault.key ORDER BY ctid")
    assert [row[0] for row in rows] == sorted(owners)


@pytest.mark.parametrize("damaged", ["of another field", "cut off", "no base64", "not sealed"])
async def test_a_damaged_text_is_not_there_and_its_neighbours_are(keys: Keys, damaged: str) -> None:
    owner = uuid4()
    key = (await keys.for_sealing([owner]))[owner]
    good = seal(key, owner, "name", "Người thử")
    bad = {
        "of another field": seal(key, owner, "note", "Người thử"),
        "cut off": good[: len(PREFIX) + 8],
        "no base64": good[:-1],
        "not sealed": "Người thử",
    }[damaged]
    with capture_logs() as logs:
        assert await keys.read([(owner, "name", bad), (owner, "name", good)]) == [None, "Người thử"]
    assert [entry["event"] for entry in logs] == ["vault.cannot_unseal"]
    assert "Người thử" not in str(logs)
    assert bad not in str(logs)


async def test_a_destroyed_key_is_never_there_again(keys: Keys, archive: ArchiveOf) -> None:  # noqa: F811
    owner, never = uuid4(), uuid4()
    key = (await keys.for_sealing([owner]))[owner]
    text = seal(key, owner, "text", "Nội dung thử")
    await keys.destroy([owner, never])
    assert await keys.read([(owner, "text", text)]) == [None]
    for ended in (owner, never):
        with pytest.raises(KeyDestroyed):
            await keys.for_sealing([ended])
    assert await archive.fetch("SELECT FROM vault.key WHERE wrapped IS NOT NULL") == []
