"""Several who decide about the same thing at once, and an archive that does not keep up."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from events.identifiers import uuid7
from services.decisions.asking import Role
from services.http import submissions
from services.intake import archive_watch
from tests.installation import Installation
from tests.intake.in_process import another_api, held_archive
from tests.intake.sending import encoded, recorded, send, visit
from tests.services.http.world import World, command, submit


def household(world: World, key: UUID) -> dict[str, Any]:
    return command("household.register", household=key, unit=world.here.cell, head="Chủ hộ")


def assignment(world: World, key: UUID, since: str = "2018-01-01") -> dict[str, Any]:
    return command(
        "assignment.assign_household", assignment=uuid7(), household=key, member=world.here.idle, effective=since
    )


async def test_of_two_decisions_on_one_boundary_one_wins_and_the_other_is_decided_again(
    common_world: World, installation: Installation
) -> None:
    """Held back, the archive shows the second API nothing of what the first has just recorded: the log refuses it."""
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    key = uuid7()
    mine, theirs = household(common_world, key), household(common_world, key)
    async with (
        another_api(installation) as other,
        other.client(secretary) as second,
        common_world.client(secretary) as first,
    ):
        async with held_archive(installation):
            (won,) = await send(first, mine)
            waiting = asyncio.create_task(send(second, theirs))
            await asyncio.sleep(0.2)
            assert not waiting.done()
        (lost,) = await waiting
    assert won["outcome"] == "recorded"
    assert (lost["outcome"], lost["problem"]["code"]) == ("refused", "household_exists")
    assert set(await recorded(installation, mine["id"], theirs["id"])) == {UUID(mine["id"])}


def merger(unit: UUID, into: UUID, day: str = "2018-06-01") -> dict[str, Any]:
    return command("organisation.merge_units", effective=day, into=into, units=[unit], basis={"number": "01-QĐ/TU"})


@pytest.mark.parametrize("units_between", [False, True])
async def test_of_two_orders_that_close_a_circle_together_one_is_refused(
    common_world: World, installation: Installation, units_between: bool
) -> None:
    """A goes into B and B into A; or A into B and C into D, where B is to go into C, and D into A, later."""
    office = common_world.asker(Role.PROVINCIAL_OFFICE, common_world.here)
    a, b, c, d = cells = [uuid7() for _ in range(4)]
    village = {"kind": "cell", "cell_kind": "village", "name": "Bản thử", "parent": common_world.here.unit}
    mine, theirs = merger(a, b), merger(b, a, "2018-05-01")
    async with (
        another_api(installation) as other,
        other.client(office) as second,
        common_world.client(office) as first,
    ):
        await submit(first, *(command("organisation.found_unit", unit=cell, **village) for cell in cells))
        if units_between:
            theirs = merger(c, d)
            await submit(first, merger(b, c, "2018-09-01"), merger(d, a, "2018-09-01"))
        await send(second, visit(common_world))
        async with held_archive(installation):
            (won,) = await send(first, mine)
            waiting = asyncio.create_task(send(second, theirs))
            await asyncio.sleep(0.2)
            assert not waiting.done()
        (lost,) = await waiting
    assert won["outcome"] == "recorded"
    assert (lost["outcome"], lost["problem"]["code"]) == ("refused", "would_be_its_own_superior")
    assert set(await recorded(installation, mine["id"], theirs["id"])) == {UUID(mine["id"])}


async def test_of_many_decisions_at_once_exactly_one_wins(common_world: World, installation: Installation) -> None:
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    async with (
        another_api(installation) as other,
        other.client(secretary) as second,
        common_world.client(secretary) as first,
    ):
        for _ in range(8):
            key = uuid7()
            await send(first, household(common_world, key))
            answers = await asyncio.gather(
                *(send(client, assignment(common_world, key)) for client in (first, second) * 3)
            )
            results = [result for (result,) in answers]
            assert [result["outcome"] for result in results].count("recorded") == 1
            refused = {result["problem"]["code"] for result in results if result["outcome"] == "refused"}
            assert refused == {"already_assigned"}


async def test_a_refusal_under_load_keeps_its_reason(common_world: World, installation: Installation) -> None:
    """Others record all the time; what is wrong with an item stays what it is."""
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    over = asyncio.Event()

    async def keep_recording() -> None:
        async with common_world.client(secretary) as busy:
            while not over.is_set():
                await send(busy, *(visit(common_world) for _ in range(20)))

    recording = [asyncio.create_task(keep_recording()) for _ in range(3)]
    try:
        async with another_api(installation) as other, other.client(secretary) as client:
            for _ in range(20):
                (refused,) = await send(client, household(common_world, common_world.here.household))
                assert refused["problem"]["code"] == "household_exists"
    finally:
        over.set()
        await asyncio.gather(*recording)


async def test_later_items_of_a_batch_see_what_the_earlier_ones_decided(common_world: World) -> None:
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    key, report = uuid7(), visit(common_world)
    registered = household(common_world, key)
    about = {"instant": "2018-03-06T08:00:00+07:00", "visit": UUID(report["id"])}
    corrected = visit(common_world) | command("visit.correct", **about)
    async with common_world.client(secretary) as client:
        results = await send(
            client,
            registered,
            assignment(common_world, key),
            assignment(common_world, key),
            visit(common_world, household=key),
            report,
            corrected,
            command("visit.retract", reason="did_not_happen", **about),
        )
    outcomes = [result["outcome"] for result in results]
    assert outcomes == ["recorded", "recorded", "refused", "recorded", "recorded", "recorded", "recorded"]
    assert results[2]["problem"]["code"] == "already_assigned"
    told = [result["position"] for result in results if result["outcome"] == "recorded"]
    assert told == sorted(told)


async def test_a_visit_and_its_correction_alone_in_a_batch(common_world: World) -> None:
    report = visit(common_world)
    about = {"instant": "2018-03-06T08:00:00+07:00", "visit": UUID(report["id"])}
    async with common_world.client(common_world.asker(Role.CELL_SECRETARY, common_world.here)) as client:
        results = await send(client, report, command("visit.retract", reason="did_not_happen", **about))
    assert [result["outcome"] for result in results] == ["recorded", "recorded"]
    assert results[0]["position"] < results[1]["position"]


async def test_intake_pauses_while_the_archive_lags_and_goes_on_after(
    common_world: World, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submissions, "LONGEST_LAG_SECONDS", 0.5)
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    late = visit(common_world)
    async with another_api(installation) as other, other.client(secretary) as client:
        async with held_archive(installation):
            (first,) = await send(client, visit(common_world))
            await asyncio.sleep(0.6)
            for path, content in (("/v1/commands", encoded(late)), ("/v1/batches", b"[" + encoded(late) + b"]")):
                response = await client.post(path, content=content)
                assert (response.status_code, response.json()["code"]) == (503, "archive_behind")
        await other.state.watch.reached(first["position"])
        assert await recorded(installation, late["id"]) == {}
        (result,) = await send(client, late)
    assert result["outcome"] == "recorded"


async def test_intake_notices_a_lag_that_another_process_caused(
    common_world: World, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submissions, "LONGEST_LAG_SECONDS", 0.2)
    monkeypatch.setattr(archive_watch, "LOOK_EVERY_SECONDS", 0.1)
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    async with (
        another_api(installation) as other,
        other.client(secretary) as client,
        held_archive(installation),
        common_world.client(secretary) as first,
    ):
        await send(first, visit(common_world))
        async with asyncio.timeout(30):
            while (response := await client.post("/v1/batches", json=[visit(common_world)])).status_code == 200:
                pass
        assert (response.status_code, response.json()["code"]) == (503, "archive_behind")


async def test_an_api_that_starts_behind_a_lagging_archive_takes_nothing_at_first(
    common_world: World, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long those facts have waited is not known: an id among them might be older than the log remembers."""
    monkeypatch.setattr(archive_watch, "PATIENCE_SECONDS", 0.2)
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    async with held_archive(installation):
        async with common_world.client(secretary) as first:
            (result,) = await send(first, visit(common_world))
        starting = another_api(installation)
        other = await starting.__aenter__()
        async with other.client(secretary) as client:
            response = await client.post("/v1/batches", json=[visit(common_world)])
            assert (response.status_code, response.json()["code"]) == (503, "archive_behind")
    try:
        await other.state.watch.reached(result["position"])
        async with other.client(secretary) as client:
            (late,) = await send(client, visit(common_world))
        assert late["outcome"] == "recorded"
    finally:
        await starting.__aexit__(None, None, None)


async def test_the_watch_of_the_archive_outlives_its_connection(
    common_world: World, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_watch, "LOOK_EVERY_SECONDS", 0.1)
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    async with another_api(installation) as other, other.client(secretary) as client:
        connection = other.state.watch._connection
        assert connection is not None
        connection.terminate()
        (result,) = await send(client, visit(common_world))
        await other.state.watch.reached(result["position"])
        await other.state.watch.reached(result["position"], archive_watch.PROJECTED)
