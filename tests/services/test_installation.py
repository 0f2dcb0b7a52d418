"""A database that another version of Sổ Hộ made is left as it is, and who starts on it is told what to do."""

from __future__ import annotations

import asyncpg
import pytest

from services.cli.failures import explain
from services.installation import DatabaseOfAnotherVersion, prepare_database
from tests.services.embedded.processes import own_postgres

EARLIER = """
    DROP FUNCTION archive.position_at(bigint) CASCADE;
    DROP SCHEMA reads CASCADE;
    CREATE SCHEMA reads;
    CREATE TABLE reads.read (who text);
    INSERT INTO reads.read VALUES ('somebody');
"""
"""A read log with another table, and one function less in a schema that is made before it."""


async def test_a_database_of_another_version_is_named_as_such_and_left_alone() -> None:
    async with own_postgres() as server:
        await prepare_database(server.admin_url, {})
        admin = await asyncpg.connect(server.admin_url)
        await admin.execute(EARLIER)
        with pytest.raises(DatabaseOfAnotherVersion) as raised:
            await prepare_database(server.admin_url, {"soho_console": "of nobody"})
        assert await admin.fetch("SELECT who FROM reads.read") == [("somebody",)]
        assert await admin.fetchval("SELECT to_regproc('archive.position_at')") is None
        assert await admin.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = 'soho_console'") == 0
        await admin.close()
    sentences = explain(raised.value)
    assert sentences is not None
    for sentence in sentences:
        assert "SOHO_HOME" in sentence
