"""The same item twice is one fact, however it comes; another body under its id is a conflict."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import Any
from uuid import UUID

import pytest

from events.identifiers import uuid7
from services.decisions.asking import Role
from services.intake import archive_watch
from tests.installation import Installation
from tests.intake.in_process import another_api, held_archive
from tests.intake.sending import encoded, has_lasting_refusal, phone, recorded, send, statuses, visit
from tests.services.http.world import World, command


def household(world: World, **fields: Any) -> dict[str, Any]:
    """A decision: its fact's id is derived from the command's."""
    known = {"household": uuid7(), "unit": world.here.cell, "head": "Chủ hộ"}
    return command("household.register", **known | fields)


async def test_the_same_report_again_has_its_first_position(common_world: World) -> None:
    item = visit(common_world)
    async with common_world.client(phone(common_world)) as client:
        (first,) = await send(client, item)
        again = await send(client, item, visit(common_world), item)
        single = await client.post("/v1/commands", content=encoded(item))
    duplicate = {"outcome": "duplicate", "id": item["id"], "position": first["position"]}
    assert [again[0], again[2]] == [duplicate, duplicate]
    assert again[1]["outcome"] == "recorded"
    assert (single.status_code, single.json()) == (200, duplicate)
    assert single.headers["Soho-Position"] == str(first["position"])


async def test_the_same_decision_again_has_its_first_position(common_world: World) -> None:
    item = household(common_world)
    async with common_world.client(common_world.asker(Role.CELL_SECRETARY, common_world.here)) as client:
        (first,) = await send(client, item)
        (again,) = await send(client, item)
    assert again == {"outcome": "duplicate", "id": item["id"], "position": first["position"]}


async def test_twice_in_one_batch_is_once(common_world: World) -> None:
    report, decision = visit(common_world), household(common_world)
    async with common_world.client(common_world.asker(Role.CELL_SECRETARY, common_world.here)) as client:
        results = await send(client, report, decision, report, decision)
    assert [result["outcome"] for result in results] == ["recorded", "recorded", "duplicate", "duplicate"]
    assert [result["position"] for result in results[:2]] == [result["position"] for result in results[2:]]


@pytest.mark.parametrize("count", [2, 12])
async def test_sent_many_times_at_once_it_is_recorded_once(common_world: World, count: int) -> None:
    items = [visit(common_world), household(common_world)]
    async with common_world.client(common_world.asker(Role.CELL_SECRETARY, common_world.here)) as client:
        answers = await asyncio.gather(*(send(client, *items) for _ in range(count)))
    for results in zip(*answers, strict=True):
        assert sorted(result["outcome"] for result in results) == ["duplicate"] * (count - 1) + ["recorded"]
        assert len({result["position"] for result in results}) == 1


async def test_sent_to_two_apis_at_once_it_is_recorded_once(common_world: World, installation: Installation) -> None:
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    async with (
        another_api(installation) as other,
        other.client(secretary) as second,
        common_world.client(secretary) as first,
    ):
        for _ in range(10):
            items = [visit(common_world), household(common_world)]
            answers = await asyncio.gather(send(first, *items), send(second, *items))
            for results in zip(*answers, strict=True):
                assert sorted(result["outcome"] for result in results) == ["duplicate", "recorded"]
                assert len({result["position"] for result in results}) == 1


async def test_another_body_under_the_id_is_a_conflict(common_world: World) -> None:
    sender = phone(common_world)
    item = visit(common_world)
    other = visit(common_world, id=UUID(item["id"]), household=common_world.here.uncovered)
    async with common_world.client(sender) as client:
        (first,) = await send(client, item)
        (refused,) = await send(client, other)
        single = await client.post("/v1/commands", content=encoded(other))
    assert refused["problem"]["code"] == "id_conflict"
    assert (single.status_code, single.json()["code"]) == (409, "id_conflict")
    assert await recorded(common_world.installation, item["id"]) == {UUID(item["id"]): first["position"]}
    (status,) = await statuses(common_world, sender, item["id"])
    assert (status["outcome"], status["position"]) == ("recorded", first["position"])


async def test_two_bodies_under_one_id_in_one_batch(common_world: World) -> None:
    item = visit(common_world)
    other = visit(common_world, id=UUID(item["id"]), household=common_world.here.uncovered)
    async with common_world.client(phone(common_world)) as client:
        first, refused = await send(client, item, other)
    assert (first["outcome"], refused["problem"]["code"]) == ("recorded", "id_conflict")


@pytest.mark.parametrize("report_first", [True, False])
async def test_the_id_of_a_report_is_none_for_a_decision(common_world: World, report_first: bool) -> None:
    report = visit(common_world)
    items = [report, household(common_world, id=UUID(report["id"]))]
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    async with common_world.client(secretary) as client:
        for item, outcome in zip(items if report_first else items[::-1], ("recorded", "refused"), strict=True):
            (result,) = await send(client, item)
            assert result["outcome"] == outcome
    assert result["problem"]["code"] == "id_conflict"


async def test_what_was_refused_may_be_mended_and_sent_again(common_world: World) -> None:
    sender, item = phone(common_world), visit(common_world)
    async with common_world.client(sender) as client:
        (refused,) = await send(client, item | {"colour": "red"})
        await has_lasting_refusal(common_world, sender, item["id"], "unknown_field")
        (mended,) = await send(client, item)
    assert (refused["outcome"], mended["outcome"]) == ("refused", "recorded")
    await recorded(common_world.installation, item["id"])
    (status,) = await statuses(common_world, sender, item["id"])
    assert (status["outcome"], status["position"]) == ("recorded", mended["position"])


SAME = {
    "decomposed letters": ("Nhà ở cuối bản, gần suối", unicodedata.normalize("NFD", "Nhà ở cuối bản, gần suối")),
    "spaces that do not break": ("Nhà ở cuối bản", "\u00a0Nhà\u00a0ở\u202fcuối bản \u200b"),
    "line ends of Windows": ("Một\nhai", "Một\r\nhai\r\n"),
}


@pytest.mark.parametrize(("plain", "typed"), SAME.values(), ids=SAME.keys())
async def test_text_typed_otherwise_is_the_same_text(common_world: World, plain: str, typed: str) -> None:
    assert plain != typed
    item = visit(common_world, note=typed)
    async with common_world.client(phone(common_world)) as client:
        (first,) = await send(client, item)
        (again,) = await send(client, item | {"note": plain})
    assert again == {"outcome": "duplicate", "id": item["id"], "position": first["position"]}
    async with common_world.client(common_world.asker(Role.CELL_SECRETARY, common_world.here)) as client:
        client.headers["Soho-At-Least"] = str(first["position"])
        told = (await client.get(f"/v1/households/{common_world.here.household}/visits")).json()
    assert [line["note"] for line in told["visits"] if line["visit"] == item["id"]] == [plain]


async def test_a_text_that_is_short_enough_only_when_composed_is_taken(common_world: World) -> None:
    plain = "ở" * 4_000
    item = visit(common_world, note=unicodedata.normalize("NFD", plain))
    async with common_world.client(phone(common_world)) as client:
        (first,) = await send(client, item)
        (again,) = await send(client, item | {"note": plain})
    assert (first["outcome"], again["outcome"]) == ("recorded", "duplicate")


async def test_while_nothing_is_archived_the_log_itself_knows_the_id(
    common_world: World, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is recorded twice, and nobody is told a position or a refusal that could be wrong: he asks again."""
    monkeypatch.setattr(archive_watch, "PATIENCE_SECONDS", 0.3)
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    items = [visit(common_world), household(common_world)]
    conflicting = [visit(common_world, id=UUID(items[0]["id"]), household=common_world.here.uncovered)]
    async with another_api(installation) as other, other.client(secretary) as client:
        async with held_archive(installation):
            first = await send(client, *items)
            for again in (items, items[:1], items[1:]):
                response = await client.post("/v1/batches", json=again)
                assert (response.status_code, response.json()["code"]) == (503, "archive_behind")
                assert response.headers["retry-after"] == "2"
            # That is certain all the same: this process has recorded the id with another content itself.
            (refused,) = await send(client, *conflicting)
            assert refused["problem"]["code"] == "id_conflict"
        positions = await recorded(installation, *(item["id"] for item in items))
        assert sorted(positions.values()) == sorted(result["position"] for result in first)
        assert [result["outcome"] for result in first] == ["recorded", "recorded"]
        again_at_last = await send(client, *items)
        assert [result["outcome"] for result in again_at_last] == ["duplicate", "duplicate"]
        assert [result["position"] for result in again_at_last] == [result["position"] for result in first]
        (refused,) = await send(client, *conflicting)
        assert refused["problem"]["code"] == "id_conflict"


async def test_an_id_used_twice_is_a_conflict_also_while_nothing_is_archived(
    common_world: World, installation: Installation
) -> None:
    report = visit(common_world)
    decision = household(common_world, id=UUID(report["id"]))
    secretary = common_world.asker(Role.CELL_SECRETARY, common_world.here)
    async with common_world.client(secretary) as client, held_archive(installation):
        (first,) = await send(client, report)
        (second,) = await send(client, decision)
    assert first["outcome"] == "recorded"
    assert second["problem"]["code"] == "id_conflict"
