"""What the log says has ended stays ended: in other processes, and after an older vault was put back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from importlib.resources import files
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from events.catalogue import DESTROYING
from events.facts.grievances import GrievanceWithdrawn, GrievanceWithheld
from projections.database import Pool, Role, open_pool
from services.vault.destruction import Destruction
from services.vault.keys import KeyDestroyed, Keys
from services.vault.master import SIZE, MasterKey
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.conftest import archive, registers_template  # noqa: F401

DAY = date(2018, 5, 3)


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(archive: ArchiveOf) -> AsyncIterator[Pool]:  # noqa: F811
    async with await open_pool(archive.url, Role.KEEPER, "test", 2) as pool:
        yield pool


@pytest_asyncio.fixture(loop_scope="session")
async def intake(archive: ArchiveOf) -> AsyncIterator[Pool]:  # noqa: F811
    async with await open_pool(archive.url, Role.INTAKE, "test", 2) as pool:
        yield pool


def keys(keeper: Pool) -> Keys:
    return Keys(keeper, MasterKey(bytes(SIZE)))


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
    other = keys(keeper)
    destruction = Destruction(other, keeper, intake)
    withheld, withdrawn = uuid4(), uuid4()
    await other.for_sealing([withheld, withdrawn])
    await archive.record(
        fact(GrievanceWithdrawn(grievance=withdrawn), DAY), fact(GrievanceWithheld(grievance=withheld), DAY)
    )
    await keys(keeper).destroy([withheld])
    assert set(await other.for_reading([withheld, withdrawn])) == {withheld, withdrawn}
    await destruction.catch_up()
    assert set(await other.for_reading([withheld, withdrawn])) == {withdrawn}


async def test_a_crash_after_recording_is_made_good_at_the_next_start(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    intake: Pool,
) -> None:
    case = uuid4()
    await keys(keeper).for_sealing([case])
    await archive.record(fact(GrievanceWithheld(grievance=case), DAY))
    started = keys(keeper)
    destruction = Destruction(started, keeper, intake)
    await destruction.start()
    assert not await can_seal(started, case)
    await destruction.close()


@pytest.mark.parametrize("kept", ["the key", "nothing about it"])
async def test_an_older_vault_put_back_destroys_again(
    archive: ArchiveOf,  # noqa: F811
    keeper: Pool,
    intake: Pool,
    kept: str,
) -> None:
    case = uuid4()
    await keys(keeper).for_sealing([case])
    backup = await archive.fetch("SELECT owner, wrapped FROM vault.key")
    await archive.record(fact(GrievanceWithheld(grievance=case), DAY))
    await Destruction(keys(keeper), keeper, intake).catch_up()
    await archive.fetch("DELETE FROM vault.key")
    await archive.fetch("DELETE FROM vault.destroyed")
    if kept == "the key":
        await archive.fetch("INSERT INTO vault.key (owner, wrapped) VALUES ($1, $2)", *backup[0])
    restored = keys(keeper)
    destruction = Destruction(restored, keeper, intake)
    await destruction.start()
    assert not await can_seal(restored, case)
    await destruction.close()
