"""The doctor finds what was changed behind everybody's back, and names it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import msgspec
import pytest

from services.embedded import Home, running_endpoints
from tests.services.cli.command import Up, soho

PLACE = 9


@asynccontextmanager
async def superuser(up: Up) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(running_endpoints(Home(up.home)).admin_url)
    try:
        yield connection
    finally:
        await connection.close()


def examined(up: Up, *options: str) -> tuple[int, dict[str, list[tuple[str, int | None]]]]:
    """The exit code, and what each check found wrong: (code, position)."""
    told = soho(up.home, "doctor", "--json", *options)
    found = msgspec.json.decode(told.stdout)
    return told.returncode, {one["check"]: [(w["code"], w["position"]) for w in one["wrong"]] for one in found}


def test_all_is_well(up: Up) -> None:
    code, found = examined(up, "--registers")
    assert code == 0
    assert len(found) > 10
    assert not any(found.values())


@pytest.mark.parametrize(
    ("column", "change", "codes"),
    [
        ("data", "set_byte(data, 100, get_byte(data, 100) # 1)", ["leaf_hash", "undecodable", "differs"]),
        ("leaf", "set_byte(leaf, 3, get_byte(leaf, 3) # 1)", ["leaf_hash", "differs"]),
        ("type", "'household.household_dissolved.v1'", ["undecodable", "differs"]),
        ("subject", "'facts.household.00000000-0000-0000-0000-000000000000'", ["header_mismatch", "differs"]),
        ("recorded_ns", "recorded_ns + 1", ["differs"]),
    ],
)
async def test_a_changed_row_of_the_archive_is_named(up: Up, column: str, change: str, codes: list[str]) -> None:
    async with superuser(up) as connection:
        before = await connection.fetchval(f"SELECT {column} FROM archive.message WHERE position = $1", PLACE)
        await connection.execute(f"UPDATE archive.message SET {column} = {change} WHERE position = $1", PLACE)
        try:
            code, found = examined(up)
            narrow, elsewhere = examined(up, "--from", str(PLACE + 1))
        finally:
            await connection.execute(f"UPDATE archive.message SET {column} = $1 WHERE position = $2", before, PLACE)
    assert code == 1
    assert {place for _, place in found["archive_equals_log"]} == {PLACE}
    assert set(codes) >= {code for code, _ in found["archive_equals_log"]} >= {"differs"}
    assert (narrow, elsewhere["archive_equals_log"]) == (0, [])


async def test_a_missing_row_of_the_archive_is_named(up: Up) -> None:
    async with superuser(up) as connection:
        row = await connection.fetchrow("DELETE FROM archive.message WHERE position = $1 RETURNING *", PLACE)
        assert row is not None
        try:
            code, found = examined(up)
        finally:
            await connection.copy_records_to_table("message", schema_name="archive", records=[tuple(row)])
    assert code == 1
    assert found["archive_contiguous"] == [("archive_gap", PLACE)]
    assert found["archive_equals_log"] == [("missing_in_archive", PLACE)]


async def test_a_changed_register_is_named(up: Up) -> None:
    async with superuser(up) as connection:
        await connection.execute("UPDATE visits_v1.visit SET known_from = known_from + 1")
        try:
            code, found = examined(up, "--registers")
            shown = soho(up.home, "doctor", "--registers").stdout
            (visit, *_), *_ = await connection.fetch("SELECT visit FROM visits_v1.visit ORDER BY known_from")
        finally:
            await connection.execute("UPDATE visits_v1.visit SET known_from = known_from - 1")
    assert code == 1
    assert found["register_visits"]
    assert not found["register_households"]
    assert f"visit: visit {visit}" in shown


def test_another_master_key_opens_nothing(up: Up) -> None:
    key = up.home / "master.key"
    right = key.read_bytes()
    key.write_bytes(b"MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=\n")
    try:
        code, found = examined(up)
    finally:
        key.write_bytes(right)
    assert code == 1
    assert found["vault"] == [("master_key_wrong", None)]
