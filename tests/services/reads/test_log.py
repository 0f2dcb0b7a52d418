"""The log itself: what a question told of is there when its transaction has ended well, and nothing else is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from projections.database import Connection, Pool, Role, open_pool
from services.reads.log import Reading, ReadNotRecorded, Why, ending, recorded
from services.reads.seen import Seen
from tests.projections.archive_of import ArchiveOf
from tests.projections.conftest import archive, registers_template  # noqa: F401

PERSON, UNIT = UUID(int=1), UUID(int=2)
SETTINGS = {
    "soho.role": "auditor",
    "soho.asker": str(PERSON),
    "soho.asker_unit": str(UNIT),
    "soho.asker_office": "",
    "soho.client": "it's; ROLLBACK -- “x”",
    "soho.document": "31-CV/UBKT",
}


@pytest_asyncio.fixture(loop_scope="session")
async def pool(archive: ArchiveOf) -> AsyncIterator[Pool]:  # noqa: F811
    async with await open_pool(archive.url, Role.READER, "test", 2) as found:
        yield found


async def say_who(connection: Connection) -> None:
    for name, value in SETTINGS.items():
        await connection.execute("SELECT set_config($1, $2, true)", name, value)


async def read(pool: Pool, seen: Seen, reading: Reading) -> None:
    async with pool.acquire() as connection, recorded(connection, seen, reading):
        await say_who(connection)


async def test_who_read_what_and_why_is_one_row(pool: Pool, archive: ArchiveOf) -> None:  # noqa: F811
    household, persons, cases, about = uuid4(), {uuid4() for _ in range(3)}, {uuid4()}, uuid4()
    until = datetime(2026, 11, 28, 8, 0, 5, tzinfo=UTC)
    seen = Seen(persons, {household}, cases, cases, until, True)
    await read(pool, seen, Reading("grievance_reveal", about, Why("urgent_danger", "31-CV/UBKT")))
    (row,) = await archive.fetch("SELECT * FROM reads.read")
    assert (row["role"], row["person"], row["unit"], row["office"]) == ("auditor", PERSON, UNIT, None)
    assert (row["client"], row["document"]) == (SETTINGS["soho.client"], "31-CV/UBKT")
    assert (row["route"], row["about"], row["reason"]) == ("grievance_reveal", about, "urgent_danger")
    assert (set(row["persons"]), set(row["households"])) == (persons, {household})
    assert (set(row["grievances"]), set(row["opened"])) == (cases, cases)
    assert (row["until"], row["glass_broken"]) == (until, True)


async def test_what_tells_of_nobody_leaves_no_row(pool: Pool, archive: ArchiveOf) -> None:  # noqa: F811
    await read(pool, Seen(), Reading("state"))
    assert await archive.fetch("SELECT * FROM reads.read") == []


@pytest.mark.parametrize("statement", ["SELECT 1/0", "SELECT 1"])
async def test_a_question_that_fails_leaves_no_row_and_a_connection_that_works(
    pool: Pool,
    archive: ArchiveOf,  # noqa: F811
    statement: str,
) -> None:
    async def failing(connection: Connection) -> None:
        async with recorded(connection, Seen(persons={uuid4()}), Reading("member")):
            await say_who(connection)
            await connection.execute(statement)
            raise LookupError

    async with pool.acquire() as connection:
        with pytest.raises((asyncpg.DivisionByZeroError, LookupError)):
            await failing(connection)
        assert not connection.is_in_transaction()
    await read(pool, Seen(persons={PERSON}), Reading("member"))
    assert [row[0] for row in await archive.fetch("SELECT persons FROM reads.read")] == [[PERSON]]


async def test_who_says_not_who_he_is_is_refused_and_the_next_is_recorded(
    pool: Pool,
    archive: ArchiveOf,  # noqa: F811
) -> None:
    seen = Seen(persons={uuid4()})
    async with pool.acquire() as connection:
        with pytest.raises(ReadNotRecorded):
            async with recorded(connection, seen, Reading("member")):
                pass
        assert not connection.is_in_transaction()
        async with recorded(connection, seen, Reading("member")):
            await say_who(connection)
    assert (await archive.fetch("SELECT count(*) FROM reads.read"))[0][0] == 1


async def test_a_read_costs_no_statement_more_than_a_question_that_tells_of_nobody(pool: Pool) -> None:
    sent: dict[bool, list[str]] = {False: [], True: []}
    async with pool.acquire() as connection:
        assert await connection.fetchval("SHOW synchronous_commit") == "on"
        for anybody, statements in sent.items():
            with connection.query_logger(lambda told, statements=statements: statements.append(told.query)):
                seen = Seen(persons={uuid4()} if anybody else set())
                async with recorded(connection, seen, Reading("member")):
                    await say_who(connection)
    assert len(sent[True]) == len(sent[False]) == len(SETTINGS) + 2
    assert sent[True][-1].endswith("; COMMIT")


async def test_who_leaves_while_he_waits_leaves_a_connection_that_works(pool: Pool) -> None:
    seen, started = Seen(persons={uuid4()}), asyncio.Event()

    async def asking() -> None:
        async with pool.acquire() as connection, recorded(connection, seen, Reading("member")):
            started.set()
            await connection.execute("SELECT pg_sleep(60)")

    task = asyncio.create_task(asking())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with pool.acquire() as connection:
        assert not connection.is_in_transaction()
        assert await connection.fetchval("SELECT 1") == 1


@pytest.mark.parametrize("text", ["x'); DROP TABLE reads.read; --", "Member", "", "a" * 61, "member\0"])
def test_no_text_gets_into_the_statement(text: str) -> None:
    seen = Seen(persons={uuid4()})
    with pytest.raises(ValueError, match="not a code"):
        ending(seen, Reading(text))
    with pytest.raises(ValueError, match="not a code"):
        ending(seen, Reading("member", None, Why(text)))


ID, IDS = "[0-9a-f]{32}", "[0-9a-f,]*"
STATEMENT = re.compile(
    rf"SELECT reads\.record\('member', (NULL|'{ID}'), '{{({IDS})}}', '{{({IDS})}}', '{{({IDS})}}', '{{({IDS})}}', "
    r"'inspection', (?:NULL|to_timestamp\(\d+\)), false\); COMMIT"
)


@given(
    st.sets(st.uuids(), max_size=5),
    st.sets(st.uuids(), max_size=5),
    st.none() | st.uuids(),
    st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(2000, 1, 1)),  # noqa: DTZ001
    st.text(max_size=20),
)
def test_the_statement_is_made_of_ids_codes_and_numbers(
    persons: set[UUID], opened: set[UUID], about: UUID | None, until: datetime | None, document: str
) -> None:
    seen = Seen(persons, set(), opened, opened, until)
    text = ending(seen, Reading("member", about, Why("inspection", document)))
    if not persons and not opened:
        assert text == "COMMIT"
        return
    found = STATEMENT.fullmatch(text)
    assert found is not None
    assert found[1] == ("NULL" if about is None else f"'{about.hex}'")
    lists = [{UUID(each) for each in found[number].split(",") if each} for number in range(2, 6)]
    assert lists == [persons, set(), opened, opened]
