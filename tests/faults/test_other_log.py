"""A log that is no longer the one that was archived (an older copy, or one that says an id twice) is not followed."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from structlog.testing import capture_logs

from events.catalogue import boundary, stored
from events.log.publishing import ID_HEADER, TYPE_HEADER
from events.log.stream import create_stream
from tests.faults.scratch import ScratchLog, alarms, archived, eventually, following, scratch_log
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.test_members import DAYS, units


@pytest_asyncio.fixture(loop_scope="session")
async def log() -> AsyncIterator[ScratchLog]:
    """A server with a new stream, for one test."""
    async with scratch_log() as scratch:
        await create_stream(scratch.client)
        yield scratch


def some(count: int) -> list[Any]:
    return [fact(unit.body, DAYS[0]) for unit in units()[:count]]


def store(log: ScratchLog) -> Path:
    return log.server.home.path / "nats" / "jetstream"


def copy(source: Path, target: Path) -> None:
    """A copy that whoever owned the original may use."""
    subprocess.run(["rm", "-rf", str(target)], check=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


async def back_up(log: ScratchLog, folder: Path) -> None:
    await log.server.stop()
    copy(store(log), folder / "backup")
    await log.server.start()


async def restore(log: ScratchLog, folder: Path) -> None:
    await log.server.stop()
    copy(folder / "backup", store(log))
    await log.server.start()


async def test_an_older_log_that_went_on_is_not_followed(log: ScratchLog, archive: ArchiveOf, tmp_path: Path) -> None:
    """It is long enough and begins where it should: that its facts are others shows at the archive's last position."""
    first = some(4)
    await log.record(*first[:2])
    await back_up(log, tmp_path)
    await log.record(*first[2:])
    async with following(log, archive):
        await eventually(lambda: stands_at(archive, 4))
    await restore(log, tmp_path)
    await log.record(*some(5)[2:])
    async with following(log, archive) as follower:
        await eventually(lambda: has_alarm(archive, "stream_diverged", 4))
        assert not follower.done()
    assert [id_ for _, id_ in await archived(archive)] == [one.id for one in first]


async def test_a_log_exchanged_beneath_a_running_follower_is_not_followed(
    log: ScratchLog, archive: ArchiveOf, tmp_path: Path
) -> None:
    first = some(4)
    await log.record(*first[:2])
    await back_up(log, tmp_path)
    await log.record(*first[2:])
    async with following(log, archive):
        await eventually(lambda: stands_at(archive, 4))
        await restore(log, tmp_path)
        await log.record(*some(5)[2:])
        await eventually(lambda: has_alarm(archive, "stream_diverged", 4))
    assert [id_ for _, id_ in await archived(archive)] == [one.id for one in first]


async def test_what_stopped_the_archive_holds_it_until_an_operator_has_ended_the_alarm(
    log: ScratchLog, archive: ArchiveOf
) -> None:
    first, second = some(2)
    await log.record(first)
    async with following(log, archive):
        await eventually(lambda: stands_at(archive, 1))
    await archive.fetch("INSERT INTO archive.alarm (code, position, message) VALUES ('stream_shortened', 1, 'test')")
    await log.record(second)
    with capture_logs() as logs:
        async with following(log, archive) as follower:
            await eventually(lambda: told(logs, "archive.stands_still"))
            assert not follower.done()
    assert await archived(archive) == [(1, first.id)]
    await archive.fetch("UPDATE archive.alarm SET ended_at = now()")
    async with following(log, archive):
        await eventually(lambda: stands_at(archive, 2))


async def test_an_id_twice_in_the_log_is_an_alarm(log: ScratchLog, archive: ArchiveOf) -> None:
    first, second, third = some(3)
    await log.record(first, second)
    # The server compares ids as texts.
    headers = {TYPE_HEADER: first.type, ID_HEADER: str(first.id).upper()}
    await log.client.jetstream().publish(boundary(first.body), stored(first), headers=headers)
    await log.record(third)
    for _ in range(2):
        async with following(log, archive) as follower:
            await eventually(lambda: has_alarm(archive, "duplicate_id", 3))
            assert not follower.done()
    assert await archived(archive) == [(1, first.id), (2, second.id)]
    assert await alarms(archive) == [("duplicate_id", 3)]


async def stands_at(archive: ArchiveOf, position: int) -> bool:
    return len(await archived(archive)) == position


async def has_alarm(archive: ArchiveOf, code: str, position: int) -> bool:
    return (code, position) in await alarms(archive)


async def told(logs: list[Any], event: str) -> bool:
    return any(entry["event"] == event for entry in logs)
