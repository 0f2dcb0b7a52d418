"""The log itself: who was told of whom is there before he is told, and nothing else is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.database import Connection, Pool, Role, connect, open_pool
from services.reads import log
from services.reads.log import Reader, Reading, ReadLog, ReadNotRecorded, Why, open_read_log
from services.reads.seen import Seen
from tests.projections.archive_of import ArchiveOf
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.services.embedded.processes import becomes_true

PERSON, UNIT = UUID(int=1), UUID(int=2)
AUDITOR = Reader("auditor", PERSON, None, UNIT, "it's; ROLLBACK -- “x”")
WRITERS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'soho reads'"
MEMBER = Reading("member")
STOPPED = "SELECT count(*) FROM pg_locks WHERE relation = 'reads.read'::regclass AND NOT granted"


class Answers:
    """Answers of one API: questions over a pool of readers, and the log beside them."""

    def __init__(self, pool: Pool, log: ReadLog) -> None:
        self.pool = pool
        self.log = log
        self.found = 0
        """How many have all that they tell of, and have only to wait for their record."""

    async def answer(self, reader: Reader, seen: Seen, reading: Reading = MEMBER) -> None:
        async with self.log.recording(reading) as record:
            async with self.pool.acquire() as connection, record.question(connection, reader, seen):
                await connection.execute("SELECT 1")
            self.found += 1

    async def all_found(self, number: int) -> None:
        await becomes_true(lambda: self.found >= number, "all were found")


@pytest_asyncio.fixture(loop_scope="session")
async def answers(archive: ArchiveOf) -> AsyncIterator[Answers]:  # noqa: F811
    async with (
        await open_pool(archive.url, Role.READER, "test", 4) as pool,
        open_read_log(lambda: connect(archive.url, Role.READ_LOG, "reads")) as read_log,
    ):
        yield Answers(pool, read_log)


@pytest_asyncio.fixture(loop_scope="session")
async def owner(archive: ArchiveOf) -> AsyncIterator[Connection]:  # noqa: F811
    """The database as its owner, who sees every row."""
    connection = await asyncpg.connect(archive.url)
    yield connection
    await connection.close()


@asynccontextmanager
async def stopped(owner: Connection) -> AsyncIterator[None]:
    """Nothing is added to the log until left."""
    async with owner.transaction():
        await owner.execute("LOCK TABLE reads.read IN SHARE MODE")
        yield


async def becomes_stopped(owner: Connection) -> None:
    """Until a record waits for the log."""
    async with asyncio.timeout(30):
        while await owner.fetchval(STOPPED) == 0:
            pass


def wait_for_all(patch: pytest.MonkeyPatch) -> None:
    """A record waits until every answer that is being made has its record."""
    patch.setattr(log, "WAIT_FOR_EACH_SECONDS", 3600)
    patch.setattr(log, "LONGEST_WAIT_SECONDS", 3600)


def named(number: int) -> Reader:
    return Reader("auditor", UUID(int=number), None, UNIT, f"program {number}")


async def test_who_read_what_and_why_is_one_row(answers: Answers, owner: Connection) -> None:
    household, persons, cases, about = uuid4(), {uuid4() for _ in range(3)}, {uuid4()}, uuid4()
    until = datetime(2026, 11, 28, 8, 0, 5, tzinfo=UTC)
    seen = Seen(persons, {household}, cases, cases, until, True)
    await answers.answer(AUDITOR, seen, Reading("grievance_reveal", about, Why("urgent_danger", "31-CV/UBKT")))
    (row,) = await owner.fetch("SELECT * FROM reads.read")
    assert (row["role"], row["person"], row["unit"], row["office"]) == ("auditor", PERSON, UNIT, None)
    assert (row["client"], row["document"]) == (AUDITOR.client, "31-CV/UBKT")
    assert (row["route"], row["about"], row["reason"]) == ("grievance_reveal", about, "urgent_danger")
    assert (set(row["persons"]), set(row["households"])) == (persons, {household})
    assert (set(row["grievances"]), set(row["opened"])) == (cases, cases)
    assert (row["until"], row["glass_broken"]) == (until, True)


async def test_a_question_writes_nothing_and_the_writer_syncs(
    answers: Answers,
    archive: ArchiveOf,  # noqa: F811
) -> None:
    async with (
        answers.log.recording(MEMBER) as record,
        answers.pool.acquire() as connection,
        record.question(connection, AUDITOR, Seen()),
    ):
        assert await connection.fetchval("SHOW transaction_read_only") == "on"
        assert await connection.fetchval("SHOW transaction_isolation") == "repeatable read"
    writer = await connect(archive.url, Role.READ_LOG, "test")
    assert await writer.fetchval("SHOW synchronous_commit") == "on"
    await writer.close()


@pytest.mark.parametrize("statement", ["SELECT 1/0", "SELECT 1"])
async def test_a_question_that_fails_leaves_no_row_and_a_connection_that_works(
    answers: Answers, owner: Connection, statement: str
) -> None:
    async def failing(connection: Connection) -> None:
        seen = Seen(persons={uuid4()})
        async with answers.log.recording(MEMBER) as record, record.question(connection, AUDITOR, seen):
            await connection.execute(statement)
            raise LookupError

    async with answers.pool.acquire() as connection:
        with pytest.raises((asyncpg.DivisionByZeroError, LookupError)):
            await failing(connection)
        assert not connection.is_in_transaction()
    await answers.answer(AUDITOR, Seen(persons={PERSON}))
    assert [row[0] for row in await owner.fetch("SELECT persons FROM reads.read")] == [[PERSON]]


async def test_a_record_is_written_while_its_question_goes_on_and_only_once(
    answers: Answers, owner: Connection
) -> None:
    seen = Seen(persons={PERSON})
    async with (
        answers.log.recording(MEMBER) as record,
        answers.pool.acquire() as connection,
        record.question(connection, AUDITOR, seen),
    ):
        record.hand_over(AUDITOR, seen)
        assert record.kept is not None
        assert await record.kept
        assert await owner.fetchval("SELECT count(*) FROM reads.read") == 1
    assert await owner.fetchval("SELECT count(*) FROM reads.read") == 1


async def test_nobody_is_told_of_who_was_seen_after_the_record(answers: Answers) -> None:
    async def asking() -> None:
        seen = Seen(persons={PERSON})
        async with (
            answers.log.recording(MEMBER) as record,
            answers.pool.acquire() as connection,
            record.question(connection, AUDITOR, seen),
        ):
            record.hand_over(AUDITOR, seen)
            seen.persons.add(uuid4())

    with pytest.raises(RuntimeError, match="seen after"):
        await asking()
    await answers.answer(AUDITOR, Seen(persons={PERSON}))


async def test_no_answer_leaves_before_its_record_is_seen_by_others_and_many_share_a_sync(
    answers: Answers,
    owner: Connection,
    archive: ArchiveOf,  # noqa: F811
) -> None:
    others = await asyncpg.create_pool(archive.url, min_size=1, max_size=4)

    async def asking(number: int) -> bool:
        await answers.answer(named(number), Seen(persons={uuid4()}))
        found: bool = await others.fetchval(
            "SELECT EXISTS (SELECT FROM reads.read WHERE client = $1)", f"program {number}"
        )
        return found

    async with stopped(owner):
        asked = [asyncio.create_task(asking(number)) for number in range(40)]
        await answers.all_found(40)
        await becomes_stopped(owner)
        assert not any(task.done() for task in asked)
        assert await owner.fetchval("SELECT count(*) FROM reads.read") == 0
    async with others:
        assert all(await asyncio.gather(*asked))
    rows = await owner.fetch("SELECT client, xmin::text AS written FROM reads.read")
    assert Counter(row["client"] for row in rows) == Counter(f"program {number}" for number in range(40))
    assert len({row["written"] for row in rows}) <= 2, "what came while the first was written goes together"


ASKED = st.tuples(st.sets(st.integers(1, 20), max_size=4), st.sets(st.integers(1, 20), max_size=4), st.booleans())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ASKED, max_size=25))
async def test_however_answers_come_together_each_is_recorded_once_as_its_own_askers(
    answers: Answers, owner: Connection, asked: list[tuple[set[int], set[int], bool]]
) -> None:
    """Ids of persons and households that an answer tells of, and whether its question fails at the end. Nobody waits
    for who has gone: the moment of waiting for others is not over before the test is."""
    await owner.execute("TRUNCATE reads.read CASCADE")

    async def asking(number: int, persons: set[int], households: set[int], fails: bool) -> None:
        seen = Seen({UUID(int=id_) for id_ in persons}, {UUID(int=id_) for id_ in households})
        async with (
            answers.log.recording(Reading("member", UUID(int=number))) as record,
            answers.pool.acquire() as connection,
            record.question(connection, named(number), seen),
        ):
            if fails:
                raise LookupError

    with pytest.MonkeyPatch.context() as patch:
        wait_for_all(patch)
        async with asyncio.timeout(30):
            await asyncio.gather(*(asking(number, *one) for number, one in enumerate(asked)), return_exceptions=True)
    told = [
        (f"program {number}", UUID(int=number), UUID(int=number), frozenset(persons), frozenset(households))
        for number, (persons, households, fails) in enumerate(asked)
        if (persons or households) and not fails
    ]
    rows = await owner.fetch("SELECT client, person, about, persons, households FROM reads.read")
    assert Counter(told) == Counter(
        (*row[:3], *(frozenset(each.int for each in ids) for ids in row[3:])) for row in rows
    )


async def test_who_is_alone_waits_for_nobody_and_those_together_for_each_other(
    answers: Answers, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_all(monkeypatch)
    async with asyncio.timeout(30):
        for number in range(3):
            await answers.answer(named(number), Seen(persons={uuid4()}))
        await asyncio.gather(*(answers.answer(named(number), Seen(persons={uuid4()})) for number in range(3, 12)))
    rows = await owner.fetch("SELECT xmin::text AS written FROM reads.read ORDER BY read")
    assert sorted(Counter(row["written"] for row in rows).values()) == [1, 1, 1, 9]


async def test_when_the_writer_is_lost_those_it_held_are_not_answered_and_those_behind_are_recorded(
    answers: Answers, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asking(number: int) -> asyncio.Task[None]:
        return asyncio.create_task(answers.answer(named(number), Seen(persons={uuid4()})))

    wait_for_all(monkeypatch)
    async with stopped(owner):
        held = [asking(number) for number in range(4)]
        await becomes_stopped(owner)
        behind = [asking(number) for number in range(4, 9)]
        await answers.all_found(9)
        await owner.execute(f"SELECT pg_terminate_backend(pid) FROM ({WRITERS}) writers")
        refused = await asyncio.gather(*held, return_exceptions=True)
        assert [type(each) for each in refused] == [ReadNotRecorded] * 4
        assert not any(task.done() for task in behind)
    await asyncio.gather(*behind)
    kept = {row[0] for row in await owner.fetch("SELECT client FROM reads.read")}
    assert kept == {f"program {number}" for number in range(4, 9)}


async def test_all_who_wait_together_are_refused_together(answers: Answers, owner: Connection) -> None:
    await owner.execute("ALTER TABLE reads.read ADD CONSTRAINT nothing CHECK (false) NOT VALID")
    asked = [answers.answer(AUDITOR, Seen(persons={uuid4()})) for _ in range(5)]
    refused = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in refused] == [ReadNotRecorded] * 5
    await answers.answer(AUDITOR, Seen())
    await owner.execute("ALTER TABLE reads.read DROP CONSTRAINT nothing")
    await answers.answer(AUDITOR, Seen(persons={PERSON}))
    assert await owner.fetchval("SELECT count(*) FROM reads.read") == 1


async def test_who_leaves_while_he_waits_takes_nobody_with_him(answers: Answers, owner: Connection) -> None:
    async with stopped(owner):
        asked = [asyncio.create_task(answers.answer(named(number), Seen(persons={uuid4()}))) for number in range(4)]
        await answers.all_found(4)
        for number in (0, 2):
            asked[number].cancel()
        left = await asyncio.gather(asked[0], asked[2], return_exceptions=True)
        assert [type(each) for each in left] == [asyncio.CancelledError] * 2
    await asyncio.gather(asked[1], asked[3])
    assert {row[0] for row in await owner.fetch("SELECT client FROM reads.read")} >= {"program 1", "program 3"}


async def test_who_leaves_in_the_middle_of_his_question_leaves_a_connection_that_works(answers: Answers) -> None:
    started = asyncio.Event()

    async def asking() -> None:
        async with (
            answers.log.recording(MEMBER) as record,
            answers.pool.acquire() as connection,
            record.question(connection, AUDITOR, Seen(persons={uuid4()})),
        ):
            started.set()
            await connection.execute("SELECT pg_sleep(60)")

    task = asyncio.create_task(asking())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with answers.pool.acquire() as connection:
        assert not connection.is_in_transaction()
        assert await connection.fetchval("SELECT 1") == 1


async def test_what_waits_at_the_end_is_written(archive: ArchiveOf, owner: Connection) -> None:  # noqa: F811
    async def one_api() -> Any:
        async with (
            await open_pool(archive.url, Role.READER, "test", 1) as pool,
            open_read_log(lambda: connect(archive.url, Role.READ_LOG, "reads")) as read_log,
        ):
            answers = Answers(pool, read_log)
            asked = [asyncio.create_task(answers.answer(named(number), Seen(persons={uuid4()}))) for number in range(3)]
            await answers.all_found(3)
            ending.set()
        return asked

    ending = asyncio.Event()
    async with stopped(owner):
        api = asyncio.create_task(one_api())
        await ending.wait()
        assert not api.done()
    await asyncio.gather(*await api)
    assert await owner.fetchval("SELECT count(*) FROM reads.read") == 3
    assert await owner.fetch(WRITERS) == []


async def test_what_cannot_be_written_by_the_end_is_not_answered(
    archive: ArchiveOf,  # noqa: F811
    owner: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One record is being written when the API ends, the others wait behind it."""
    monkeypatch.setattr(log, "LAST_RECORDS_SECONDS", 0.1)
    async with await open_pool(archive.url, Role.READER, "test", 1) as pool, stopped(owner):
        async with open_read_log(lambda: connect(archive.url, Role.READ_LOG, "reads")) as read_log:
            answers = Answers(pool, read_log)
            asked = [asyncio.create_task(answers.answer(AUDITOR, Seen(persons={uuid4()})))]
            await becomes_stopped(owner)
            asked += [asyncio.create_task(answers.answer(AUDITOR, Seen(persons={uuid4()}))) for _ in range(2)]
            await answers.all_found(3)
        refused = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(each) for each in refused] == [ReadNotRecorded] * 3
    assert await owner.fetchval("SELECT count(*) FROM reads.read") == 0


async def test_a_review_is_kept_once(answers: Answers, owner: Connection) -> None:
    await answers.answer(AUDITOR, Seen(persons={PERSON}))
    read = await owner.fetchval("SELECT read FROM reads.read")
    kept = await asyncio.gather(*(answers.log.conclude(named(number), read, "justified") for number in range(3)))
    assert sorted(kept) == [False, False, True]
    (row,) = await owner.fetch("SELECT * FROM reads.review")
    assert (row["read"], row["outcome"], row["client"]) == (read, "justified", f"program {kept.index(True)}")
