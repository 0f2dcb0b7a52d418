"""An API does not make a vault beside facts that were sealed with the keys of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.log.connection import connect_log
from events.log.stream import create_stream
from projections.registers import REGISTERS
from services.accounts.tokens import create_key_file
from services.cli.failures import explain
from services.http.state import open_state
from services.losses import Lost
from services.settings import Settings
from services.vault import master
from services.vault.places import Given
from tests.faults.scratch import scratch_log
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.projections.test_members import DAYS, units


@pytest.mark.parametrize("place", ["log", "archive"])
async def test_an_api_refuses_an_empty_vault_beside_facts(archive: ArchiveOf, tmp_path: Path, place: str) -> None:  # noqa: F811
    await archive.project(REGISTERS)
    one = fact(units()[0].body, DAYS[0])
    master_key, token_key = tmp_path / "master.key", tmp_path / "token.pem"
    master.create_file(master_key)
    create_key_file(token_key)
    async with scratch_log() as log:
        await create_stream(log.client)
        await (log if place == "log" else archive).record(one)
        url = log.server.url("intake")
        client = await connect_log(url, "test")
        try:
            with pytest.raises(Lost) as lost:
                async with open_state(
                    Settings(url, archive.url, Given(file=master_key), token_key, "127.0.0.1", 0), client
                ):
                    pass
        finally:
            await client.close()
    told = explain(lost.value)
    assert told is not None
    assert "khôi phục cơ sở dữ liệu" in told[0]
    assert "Restore the database from its backup" in told[1]
    assert await archive.fetch("SELECT FROM vault.installation") == []
