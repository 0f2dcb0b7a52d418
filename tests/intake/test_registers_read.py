"""Decisions that ask the registers find in them everything that anybody was told is recorded, or are told to wait."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from events.catalogue import decode
from events.facts.evaluations import Evidence, RatingDecided, RosterTaken
from events.identifiers import uuid7
from projections.database import Role as DatabaseRole
from projections.database import connect
from projections.evidence import reading
from services.decisions.asking import Role
from services.intake import archive_watch
from tests.installation import Installation
from tests.intake.in_process import another_api, held_archive, held_registers
from tests.intake.sending import encoded, recorded, send, visit
from tests.intake.test_evaluations import BOOK, DECIDED, YEAR, before_decision, decisions, of_round
from tests.services.http.world import World, command, submit

TRIALS = 30
FIVE = 5


def cell(world: World) -> dict[str, Any]:
    village = {"kind": "cell", "cell_kind": "village", "name": "Bản thử", "parent": world.here.unit}
    return command("organisation.found_unit", unit=uuid7(), **village)


def admitted(unit: str) -> list[dict[str, Any]]:
    people = [uuid7() for _ in range(FIVE)]
    return [
        *(command("organisation.register_person", person=person, unit=unit, name="Đảng viên thử") for person in people),
        *(command("member.admit", person=person, unit=unit) for person in people),
    ]


async def facts_of(installation: Installation, command_id: str) -> list[tuple[int, Any]]:
    """What a command came to: position and fact."""
    await recorded(installation, command_id)
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    try:
        rows = await connection.fetch("SELECT position, type, data FROM archive.message ORDER BY position")
    finally:
        await connection.close()
    found = ((row["position"], decode(row["type"], row["data"])) for row in rows)
    return [(position, fact) for position, fact in found if fact.causation == UUID(command_id)]


async def roster(installation: Installation, opening: dict[str, Any]) -> set[str]:
    (taken,) = [
        fact.body for _, fact in await facts_of(installation, opening["id"]) if isinstance(fact.body, RosterTaken)
    ]
    return {str(line.member) for line in taken.members}


async def test_a_round_opened_right_after_admissions_has_all_members(world: World, installation: Installation) -> None:
    """The registers are held while members are admitted and for a moment after, so that they are behind each time."""
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        for _ in range(TRIALS):
            founded = cell(world)
            opening = of_round("open_round", founded["unit"], rulebook=BOOK)
            people = admitted(founded["unit"])
            async with held_registers(installation):
                await submit(client, founded, *people)
                waiting = asyncio.create_task(send(client, opening))
                await asyncio.sleep(0.02)
            (opened,) = await waiting
            assert opened["outcome"] == "recorded"
            assert await roster(installation, opening) == {told["person"] for told in people}


@pytest.mark.parametrize("held", [held_archive, held_registers])
async def test_while_the_registers_do_not_come_nothing_is_decided_that_asks_them(
    world: World, installation: Installation, monkeypatch: pytest.MonkeyPatch, held: Any
) -> None:
    """Members are admitted through one API, the round is opened through another; visits go on meanwhile."""
    monkeypatch.setattr(archive_watch, "PATIENCE_SECONDS", 0.5)
    office, founded = world.asker(Role.COMMUNE_OFFICE, world.here), cell(world)
    opening, people = of_round("open_round", founded["unit"], rulebook=BOOK), admitted(founded["unit"])
    code = {held_archive: "archive_behind", held_registers: "registers_behind"}[held]
    async with (
        another_api(installation) as other,
        other.client(office) as second,
        other.client(world.asker(Role.CELL_SECRETARY, world.here)) as visitor,
        world.client(office) as first,
    ):
        await submit(first, founded)
        await submit(second, *admitted(str(world.here.cell)))
        async with held(installation):
            position = await submit(first, *people)
            told = asyncio.create_task(second.post("/v1/commands", content=encoded(opening)))
            await asyncio.sleep(0.1)
            (beside,) = await send(visitor, visit(world))
            assert not told.done()
            response = await told
        assert beside["outcome"] == "recorded"
        assert (response.status_code, response.json()["code"]) == (503, code)
        if held is held_registers:
            parameters = response.json()["parameters"]
            assert parameters["reached"] < position <= parameters["position"]
        await other.state.watch.reached(position, archive_watch.PROJECTED)
        (opened,) = await send(second, opening)
        assert opened["outcome"] == "recorded"
    assert await roster(installation, opening) == {told["person"] for told in people}


async def test_a_decision_rests_on_what_was_acknowledged_before_it(world: World, installation: Installation) -> None:
    """A visit is recorded while the archive is held; the decision that follows at once counts it."""
    here = world.here
    counted = visit(world, instant="2018-06-05T08:00:00+07:00")
    told = decisions(world)
    async with (
        world.client(world.asker(Role.CELL_SECRETARY, here)) as secretary,
        world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune,
    ):
        await submit(secretary, *before_decision(world))
        async with held_archive(installation):
            position = await submit(secretary, counted)
            waiting = asyncio.create_task(send(commune, told))
            await asyncio.sleep(0.02)
        assert [result["outcome"] for result in await waiting] == ["recorded"]
    await rests_on_no_less_than(installation, told, position, here.member)


async def test_within_a_batch_a_units_decision_rests_on_those_of_its_members(
    world: World, installation: Installation
) -> None:
    here = world.here
    members, unit = decisions(world), of_round("decide", here.cell, DECIDED, ratings=[{"level": "good"}])
    marks = [{"criterion": name, "mark": "good"} for name in ("unit_party_building", "unit_leading_tasks")]
    assessed = of_round("self_assess", here.cell, level="good", marks=marks)
    counted = visit(world, instant="2018-06-05T08:00:00+07:00")
    async with (
        world.client(world.asker(Role.CELL_SECRETARY, here)) as secretary,
        world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune,
    ):
        await submit(secretary, *before_decision(world), assessed)
        results = await send(commune, counted, members, unit)
    assert [result["outcome"] for result in results] == ["recorded"] * 3, results
    await rests_on_no_less_than(installation, members, results[0]["position"], here.member)
    await rests_on_no_less_than(installation, unit, results[1]["position"] + 2)


async def rests_on_no_less_than(
    installation: Installation, told: dict[str, Any], position: int, whose: UUID | None = None
) -> None:
    """The evidence of the rating (the unit's own, or whose it is) is of that position or later, is what was known then,
    and would be another one for want of the fact at the position."""
    connection = await connect(installation.endpoints.admin_url, DatabaseRole.INTAKE, "test")
    try:
        for own, fact in await facts_of(installation, told["id"]):
            rating = fact.body
            assert isinstance(rating, RatingDecided)
            if rating.member != whose:
                continue
            evidence = rating.evidence
            assert position <= evidence.position < own
            worked_out = [await _evidence(connection, rating, at) for at in (evidence.position, position - 1)]
            assert worked_out[0] == evidence
            assert worked_out[1].facts != evidence.facts
    finally:
        await connection.close()


async def _evidence(connection: Any, rating: RatingDecided, position: int) -> Evidence:
    if rating.member is None:
        return (await reading.of_units(connection, [(rating.unit, YEAR)], position))[rating.unit, YEAR]
    return (await reading.of_members(connection, [(rating.member, YEAR)], position))[rating.member, YEAR]
