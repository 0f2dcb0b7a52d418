"""Answers for a day as known at a position or time, and what was just recorded."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from events.calendar import today
from events.identifiers import uuid7
from services.decisions.asking import Role
from tests.installation import Installation
from tests.services.http.world import World, command, submit


async def responsible(client: httpx.AsyncClient, household: UUID, **asked: Any) -> list[str]:
    response = await client.get(f"/v1/households/{household}/responsible", params=asked)
    assert response.status_code == 200, response.text
    return [line["member"]["id"] for line in response.json()["responsible"]]


async def test_a_correction_changes_what_is_known_and_not_what_was_known(own_world: World) -> None:
    here, before = own_world.here, own_world.position
    async with own_world.office() as client:
        correction = command(
            "assignment.correct",
            assignment=here.assignment,
            target=here.household,
            since="2018-02-01",
            effective="2018-03-10",
        )
        after = await submit(client, correction)
        client.headers["Soho-At-Least"] = str(after)
        member = [str(here.member)]

        assert await responsible(client, here.household, as_of="2018-01-15") == []
        assert await responsible(client, here.household, as_of="2018-01-15", known_at=before) == member
        assert await responsible(client, here.household, as_of="2018-02-01") == member
        assert await responsible(client, here.household, as_of="2018-01-15", known_at=after) == []

        history = (await client.get(f"/v1/households/{here.household}/history")).json()["entries"]
        at = {entry["position"]: entry["recorded_at"] for entry in history}
        assigned = next(e["position"] for e in history if e["type"] == "assignment.household_assigned.v1")
        assert await responsible(client, here.household, as_of="2018-01-15", known_at=at[assigned]) == member
        assert await responsible(client, here.household, as_of="2018-01-15", known_at=at[after]) == []
        with_plus = f"/v1/households/{here.household}/responsible?as_of=2018-01-15&known_at={at[assigned]}"
        assert "+07:00" in with_plus
        assert [r["member"]["id"] for r in (await client.get(with_plus)).json()["responsible"]] == member


async def test_what_was_not_known_yet_is_not_found(world: World) -> None:
    household = world.here.household
    async with world.office() as client:
        for question in ({"known_at": 0}, {"known_at": "2018-01-01T00:00:00+07:00"}, {"as_of": "2017-12-31"}):
            response = await client.get(f"/v1/households/{household}", params=question)
            assert (response.status_code, response.json()["code"]) == (404, "not_found"), question


async def test_a_position_or_time_that_lies_ahead_is_refused(world: World) -> None:
    async with world.office() as client:
        for ahead in ("999999999999", "9223372036854775807", "2100-01-01", "9999-12-31T23:59:59-12:00", "9999-12-31"):
            response = await client.get(f"/v1/households/{world.here.household}", params={"known_at": ahead})
            assert (response.status_code, response.json()["code"]) == (400, "position_unknown"), ahead
            assert str(response.json()["parameters"]["position"]) == ahead


async def test_what_was_known_on_a_day_is_what_was_known_at_its_end(world: World) -> None:
    async with world.office() as client:
        place = f"/v1/households/{world.here.household}"
        now = (await client.get(place, params={"known_at": str(today())})).json()
        assert now["known_at"] >= world.position
        before = await client.get(place, params={"known_at": str(today() - timedelta(days=1))})
        assert (before.status_code, before.json()["code"]) == (404, "not_found")


async def test_a_moment_that_is_none_is_refused(world: World) -> None:
    async with world.office() as client:
        for text in ("yesterday", "2018-05-32", "2018-05-10T00:00:00", "-1", "1.5", "٣", ""):
            response = await client.get(f"/v1/households/{world.here.household}", params={"known_at": text})
            assert (response.status_code, response.json()["code"]) == (400, "known_at_unreadable"), text
        for name, value in (("as_of", "10/5/2018"), ("as_of", "2018-02-30")):
            response = await client.get(f"/v1/households/{world.here.household}", params={name: value})
            assert (response.status_code, response.json()["parameters"]) == (400, {"field": name})


async def test_who_has_recorded_something_sees_it_when_he_says_what_he_must_see(own_world: World) -> None:
    here = own_world.here
    async with own_world.office() as client:
        for _ in range(20):
            household = await _register(client, here.cell)
            response = await client.get(f"/v1/households/{household}")
            assert response.status_code == 200
            assert int(response.headers["Soho-Position"]) >= int(client.headers["Soho-At-Least"])


async def _register(client: httpx.AsyncClient, cell: UUID) -> str:
    one = command("household.register", unit=cell, head="Chủ hộ mới")
    one["household"] = one["id"]
    response = await client.post("/v1/commands", json=one)
    assert response.status_code == 201, response.text
    client.headers["Soho-At-Least"] = response.headers["Soho-Position"]
    return str(one["household"])


async def test_a_position_that_the_registers_do_not_reach_is_answered_with_try_again(world: World) -> None:
    async with world.office() as client:
        response = await client.get("/v1/state", headers={"Soho-At-Least": "999999999999"})
        assert (response.status_code, response.json()["code"]) == (503, "registers_behind")
        assert int(response.headers["Retry-After"]) > 0
        unreadable = await client.get("/v1/state", headers={"Soho-At-Least": "soon"})
        assert (unreadable.status_code, unreadable.json()["parameters"]) == (400, {"field": "Soho-At-Least"})


async def test_an_answer_that_is_still_the_same_is_not_sent_again(own_world: World) -> None:
    place = f"/v1/households/{own_world.here.household}"
    async with own_world.office() as client, own_world.client(None) as other:
        first = await client.get(place)
        again = await client.get(place, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        tag = first.headers["ETag"]
        for named, status in ((f"W/{tag}", 304), (f'"x", W/{tag}', 304), ("*", 304), ('"x"', 200), (tag[1:-1], 200)):
            assert (await client.get(place, headers={"If-None-Match": named})).status_code == status, named
        somebody_else = own_world.client(own_world.asker(Role.COMMUNE_OFFICE, own_world.here))
        other.headers["Authorization"] = somebody_else.headers["Authorization"]
        to_another = await other.get(place, headers={"If-None-Match": first.headers["ETag"]})
        assert to_another.status_code == 200
        await _register(client, own_world.here.cell)
        later = await client.get(place, headers={"If-None-Match": first.headers["ETag"]})
        assert later.status_code == 200


async def test_many_ask_at_once_and_each_is_answered_in_his_own_scope(world: World) -> None:
    here, there = world.here, world.there
    async with (
        world.client(world.asker(Role.CELL_SECRETARY, here)) as one,
        world.client(world.asker(Role.CELL_SECRETARY, there)) as two,
    ):
        asked = [
            client.get(f"/v1/households/{commune.household}")
            for _ in range(50)
            for client in (one, two)
            for commune in (here, there)
        ]
        answers = await asyncio.gather(*asked)
    assert [answer.status_code for answer in answers] == [200, 404, 404, 200] * 50


async def test_the_position_told_for_a_plan_is_that_of_its_last_fact(own_world: World) -> None:
    here = own_world.here
    lines = [
        {"assignment": str(uuid7()), "member": str(here.idle), "household": str(household)}
        for household in (here.household, here.uncovered)
    ]
    plan = command(
        "assignment.adopt_plan",
        plan=here.unit,
        unit=here.cell,
        year=2018,
        assignments=lines,
        basis={"number": "03-NQ/CB"},
    )
    async with own_world.office() as client:
        told = await submit(client, plan)
        client.headers["Soho-At-Least"] = str(told)
        entries = (await client.get(f"/v1/members/{here.idle}/history")).json()["entries"]
    assigned = [e["position"] for e in entries if e["type"] == "assignment.household_assigned.v1"]
    assert len(assigned) == len(lines)
    assert max(assigned) == told


async def test_a_rebuild_that_was_killed_keeps_nobody_waiting(own_world: World, installation: Installation) -> None:
    admin = await asyncpg.connect(installation.endpoints.admin_url)
    try:
        await admin.execute("INSERT INTO projection.checkpoint VALUES ('visits_v1_new', 0)")
        async with own_world.office() as client:
            renamed = command("organisation.rename_unit", unit=own_world.here.cell, name="Bản khác")
            client.headers["Soho-At-Least"] = str(await submit(client, renamed))
            assert (await client.get(f"/v1/units/{own_world.here.cell}")).status_code == 200
    finally:
        await admin.execute("DELETE FROM projection.checkpoint WHERE register = 'visits_v1_new'")
        await admin.close()
