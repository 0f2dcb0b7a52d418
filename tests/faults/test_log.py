"""A log that may lose facts is refused, and one that has lost some is noticed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
import pytest_asyncio
from nats.aio.client import Client, ServerVersion

from events.log.stream import (
    DUPLICATE_WINDOW_SECONDS,
    REQUIRED,
    SECOND_NS,
    STREAM,
    LogRefused,
    check_server,
    check_stream,
    create_stream,
)
from tests.faults.scratch import ScratchLog, alarms, archived, eventually, following, scratch_log
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.test_members import DAYS, units

SAFE = REQUIRED | {"name": STREAM, "num_replicas": 1, "duplicate_window": DUPLICATE_WINDOW_SECONDS * SECOND_NS}

UNSAFE: dict[str, dict[str, Any]] = {
    "subjects": {"subjects": ["facts.visit.>"]},
    "storage": {"storage": "memory"},
    "retention": {"retention": "workqueue"},
    "discard": {"discard": "old"},
    "max_msgs": {"max_msgs": 1_000_000},
    "max_bytes": {"max_bytes": 10_000_000},
    "max_age": {"max_age": 10_000 * SECOND_NS},
    "max_msgs_per_subject": {"max_msgs_per_subject": 1},
    "deny_delete": {"deny_delete": False},
    "deny_purge": {"deny_purge": False},
    "allow_atomic": {"allow_atomic": False},
    "allow_direct": {"allow_direct": False},
    "allow_rollup_hdrs": {"allow_rollup_hdrs": True, "deny_purge": False},
    "allow_msg_ttl": {"allow_msg_ttl": True},
    "allow_msg_schedules": {"allow_msg_schedules": True, "discard": "old", "deny_purge": False},
    "no_ack": {"no_ack": True},
    "subject_transform": {"subject_transform": {"src": "facts.>", "dest": "other.>"}},
    "sources": {"sources": [{"name": "OTHER"}]},
    "duplicate_window": {"duplicate_window": 60 * SECOND_NS},
}
"""Setting → what the stream is created with instead."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def log() -> AsyncIterator[ScratchLog]:
    """One server for all tests here; each makes its own stream."""
    async with scratch_log() as scratch:
        yield scratch


@pytest_asyncio.fixture(loop_scope="session")
async def stream(log: ScratchLog) -> AsyncIterator[ScratchLog]:
    """A new and safe stream."""
    await log.create(**SAFE)
    yield log
    await log.ask("DELETE")


@pytest.mark.parametrize(("setting", "instead"), UNSAFE.items(), ids=UNSAFE.keys())
async def test_a_stream_with_an_unsafe_setting_is_refused(
    log: ScratchLog, setting: str, instead: dict[str, Any]
) -> None:
    before = (await log.create(**SAFE | instead))["config"]
    try:
        for use in (check_stream, create_stream):
            with pytest.raises(LogRefused, match=rf"\b{setting}\b") as refused:
                await use(log.client)
            assert refused.value.code == "stream_unsafe"
        assert (await log.ask("INFO"))["config"] == before
    finally:
        await log.ask("DELETE")


async def test_a_missing_stream_is_refused(log: ScratchLog) -> None:
    with pytest.raises(LogRefused, match="soho up") as refused:
        await check_stream(log.client)
    assert refused.value.code == "stream_missing"


class Connected:
    """Stands for a client where only the server's version is asked for."""

    def __init__(self, version: str) -> None:
        self.connected_server_version = ServerVersion(version)


@pytest.mark.parametrize("version", ["2.9.25", "2.14.9", "1.99.0"])
def test_an_older_server_is_refused(version: str) -> None:
    with pytest.raises(LogRefused, match=re.escape(version)) as refused:
        check_server(cast(Client, Connected(version)))
    assert refused.value.code == "server_too_old"


@pytest.mark.parametrize("version", ["2.15.0", "2.15.1-beta.1", "2.16.0", "3.0.0"])
def test_a_newer_server_is_good(version: str) -> None:
    check_server(cast(Client, Connected(version)))


def some(count: int) -> list[Any]:
    return [fact(unit.body, DAYS[0]) for unit in units()[:count]]


async def test_a_stream_made_anew_is_noticed_and_nothing_of_it_is_archived(log: ScratchLog, archive: ArchiveOf) -> None:
    first = some(2)
    await log.create(**SAFE)
    await log.record(*first)
    async with following(log, archive):
        await eventually(lambda: stands_at(archive, 2))
    await log.ask("DELETE")
    await log.create(**SAFE)
    try:
        await log.record(*some(3))
        async with following(log, archive) as follower:
            await eventually(lambda: has_alarm(archive, ("stream_replaced", 2)))
            assert not follower.done()
    finally:
        await log.ask("DELETE")
    assert [id_ for _, id_ in await archived(archive)] == [one.id for one in first]


async def test_a_stream_that_lost_its_beginning_is_noticed(stream: ScratchLog, archive: ArchiveOf) -> None:
    await stream.record(*some(3))
    async with following(stream, archive):
        await eventually(lambda: stands_at(archive, 3))
    await stream.ask("UPDATE", **SAFE | {"max_msgs": 1, "discard": "old"})
    await stream.ask("UPDATE", **SAFE)
    async with following(stream, archive):
        await eventually(lambda: has_alarm(archive, ("stream_shortened", 3)))
    assert len(await archived(archive)) == 3


async def test_a_gap_in_the_log_stops_the_archive_before_it(stream: ScratchLog, archive: ArchiveOf) -> None:
    """Limits delete even where deleting is denied: of two facts on one boundary the older one goes."""
    first, second, third = some(3)
    twice = fact(second.body, DAYS[1])
    await stream.record(first, second, third, twice)
    await stream.ask("UPDATE", **SAFE | {"max_msgs_per_subject": 1, "discard": "old"})
    await stream.ask("UPDATE", **SAFE)
    async with following(stream, archive) as follower:
        await eventually(lambda: has_alarm(archive, ("gap", 2)))
        assert not follower.done()
    assert await archived(archive) in ([], [(1, first.id)])
    async with following(stream, archive):
        await eventually(lambda: has_alarm(archive, ("gap", 2)))
    assert await alarms(archive) == [("gap", 2)]


async def test_an_archive_that_lost_its_end_is_filled_again_from_the_log(
    stream: ScratchLog, archive: ArchiveOf
) -> None:
    facts = some(4)
    await stream.record(*facts)
    async with following(stream, archive):
        await eventually(lambda: stands_at(archive, 4))
    before = await archive.fetch("SELECT * FROM archive.message ORDER BY position")
    await archive.fetch("DELETE FROM archive.message WHERE position > 1")
    async with following(stream, archive):
        await eventually(lambda: stands_at(archive, 4))
    assert await archive.fetch("SELECT * FROM archive.message ORDER BY position") == before
    assert await alarms(archive) == []


async def test_a_message_that_is_none_of_ours_stops_the_archive(stream: ScratchLog, archive: ArchiveOf) -> None:
    (first,) = some(1)
    await stream.record(first)
    await stream.client.jetstream().publish("facts.unit.x", b"{}")
    async with following(stream, archive):
        await eventually(lambda: has_alarm(archive, ("notours", 0), ("notours", 1)))


async def test_a_second_follower_waits_until_the_first_is_gone(stream: ScratchLog, archive: ArchiveOf) -> None:
    facts = some(3)
    async with following(stream, archive):
        await stream.record(facts[0])
        await eventually(lambda: stands_at(archive, 1))
        async with following(stream, archive) as second:
            await stream.record(facts[1])
            await eventually(lambda: stands_at(archive, 2))
            assert not second.done()
        # It was told to stop while it still waited, and did.
        assert second.done()
    async with following(stream, archive):
        await stream.record(facts[2])
        await eventually(lambda: stands_at(archive, 3))
    assert await archived(archive) == [(position, one.id) for position, one in enumerate(facts, 1)]
    assert await alarms(archive) == []


async def test_a_follower_whose_server_forgot_it_goes_on(stream: ScratchLog, archive: ArchiveOf) -> None:
    first, second = some(2)
    async with following(stream, archive):
        await stream.record(first)
        await eventually(lambda: stands_at(archive, 1))
        for consumer in await stream.client.jetstream().consumers_info(STREAM):
            assert await stream.client.jetstream().delete_consumer(STREAM, consumer.name)
        await stream.record(second)
        await eventually(lambda: stands_at(archive, 2))
    assert await alarms(archive) == []


async def stands_at(archive: ArchiveOf, position: int) -> bool:
    return len(await archived(archive)) == position


async def has_alarm(archive: ArchiveOf, *either: tuple[str, int]) -> bool:
    return not set(either).isdisjoint(await alarms(archive))
