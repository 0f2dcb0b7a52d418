"""What the log says has ended stays ended: in other processes, and after an older vault was put back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from importlib.resources import files
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from events.catalogue import DESTROYING
from events.facts.grievances import GrievanceWithdrawn, GrievanceWithheld
from events.log.connection import connect_log
from events.log.stream import create_stream
from projections.database import Pool, Role, open_pool
from services.vault.destruction import Destruction
from services.vault.keys import KeyDestroyed, Keys
from tests.faults.scratch import ScratchLog, scratch_log
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.vaults import opened

DAY = date(2018, 5, 3)


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(archive: ArchiveOf) -> AsyncIterator[Pool]:  # noqa: F811
    async with await open_pool(archive.url, Role.KEEPER, "test", 2) as pool:
        yield pool


@pytest_asyncio.fixture(loop_scope="session")
async def intake(archive: ArchiveOf) -> AsyncIterator[Pool]:  # noqa: F811
    async with await open_pool(archive.url, Role.INTAKE, "test", 2) as pool:
        yield pool


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def log() -> AsyncIterator[ScratchLog]:
    """A server with an empty log: everything is in the archive."""
    async with scratch_log() as scratch:
        await create_stream(scratch.client)
        yield scratch


async def can_seal(keys: Keys, owner: UUID) -> bool:
    try:
        await keys.for_sealing([owner])
    except KeyDestroyed:
        return False
    return True


def test_the_index_knows_the_types() -> None:
    schema = files("projections.archive").joinpath("schema.sql").read_text(encoding="utf-8")
    listed = ", ".join(f"'{name}'" for name in DESTROYING)
    assert f"ON archive.message (position)\n    WHERE type IN ({listed});" in schema


async def test_another_process_forgets_the_key_too(archive: ArchiveOf, keeper: Pool, intake: Pool) -> None:  # noqa: F811
    other = await opened(keeper)
    destruction = Destruction(other, keeper, intake)
    withheld, withdrawn = uuid4(), uuid4()
    await other.for_sealing([withheld, withdrawn])
    await archive.record(
        fact(GrievanceWithdrawn(grievance=withdrawn), DAY), fact(GrievanceWithheld(grievance=withheld), DAY)
    )
    await (await opened(keeper)).destroy([withheld])
    assert set(await other.for_reading([withheld, withdrawn])) == {withheld, withdrawn}
    await destruction.catch_up()
    assert set(await other.for_reading([withheld, withdrawn])) == {withdrawn}


async def test_a_crash_after_recording_is_made_good_at_the_next_start(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    intake: Pool,
    log: ScratchLog,
) -> None:
    case = uuid4()
    await (await opened(keeper)).for_sealing([case])
    await archive.record(fact(GrievanceWithheld(grievance=case), DAY))
    started = await opened(keeper)
    destruction = Destruction(started, keeper, intake)
    await destruction.start(log.client)
    assert not await can_seal(started, case)
    await destruction.close()


@pytest.mark.parametrize("kept", ["the key", "the key, but not how far it was", "nothing about it"])
async def test_an_older_vault_put_back_destroys_again(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    intake: Pool,
    log: ScratchLog,
    kept: str,
) -> None:
    case = uuid4()
    await (await opened(keeper)).for_sealing([case])
    backup = await archive.fetch("SELECT owner, wrapped, master FROM vault.key")
    await archive.record(fact(GrievanceWithheld(grievance=case), DAY))
    await Destruction(await opened(keeper), keeper, intake).catch_up()
    await archive.fetch("DELETE FROM vault.key")
    if kept != "the key, but not how far it was":
        await archive.fetch("DELETE FROM vault.destroyed")
    if kept != "nothing about it":
        await archive.fetch("INSERT INTO vault.key (owner, wrapped, master) VALUES ($1, $2, $3)", *backup[0])
    restored = await opened(keeper)
    destruction = Destruction(restored, keeper, intake)
    await destruction.start(log.client)
    assert not await can_seal(restored, case)
    await destruction.close()


async def test_an_archive_put_back_with_the_vault_destroys_what_only_the_log_knows(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    intake: Pool,
) -> None:
    """Both stand as they were before the key ended; the follower has not brought the archive up to the log yet."""
    case, other = uuid4(), uuid4()
    facts = [
        fact(GrievanceWithdrawn(grievance=case), DAY),
        fact(GrievanceWithdrawn(grievance=other), DAY),
        fact(GrievanceWithheld(grievance=case), DAY),
    ]
    keys = await opened(keeper)
    await keys.for_sealing([case, other])
    await archive.record(facts[0])
    async with scratch_log() as log:
        await create_stream(log.client)
        await log.record(*facts)
        destruction = Destruction(keys, keeper, intake)
        client = await connect_log(log.server.url("intake"), "test")
        try:
            await destruction.start(client)
        finally:
            await client.close()
        assert not await can_seal(keys, case)
        assert await can_seal(keys, other)
        await destruction.close()


async def test_a_key_read_before_it_ended_does_not_come_to_hand_again(keeper: Pool) -> None:
    keys, case = await opened(keeper), uuid4()
    await keys.for_sealing([case])
    keys = await opened(keeper)
    reading = asyncio.create_task(keys.for_reading([case]))
    await asyncio.sleep(0)
    keys.forget([case])
    assert await reading == {}
    assert await keys.for_reading([case]) == {}


async def test_a_key_put_back_beneath_a_running_vault_stays_destroyed_for_it(archive: ArchiveOf, keeper: Pool) -> None:  # noqa: F811
    keys, case = await opened(keeper), uuid4()
    await keys.for_sealing([case])
    backup = await archive.fetch("SELECT owner, wrapped, master FROM vault.key")
    await keys.destroy([case])
    await archive.fetch("DELETE FROM vault.key")
    await archive.fetch("INSERT INTO vault.key (owner, wrapped, master) VALUES ($1, $2, $3)", *backup[0])
    assert not await can_seal(keys, case)
    assert await keys.for_reading([case]) == {}
    assert await keys.destroyed([case, uuid4()]) == {case}
