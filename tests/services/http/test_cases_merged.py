"""Cases of a commune that went into another: numbers, holders and the household's own view afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest_asyncio

from services.decisions.asking import Asker, Role
from tests.services.http.test_grievances import act, asked, told
from tests.services.http.world import World, command, submit

MERGED = "2018-03-25"


@pytest_asyncio.fixture(loop_scope="session")
async def merged(own_world: World) -> tuple[World, UUID, str]:
    """A case booked in as 1/2018 and accepted by a commune that then goes into the other; and its household's code."""
    grievance = await told(own_world)
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, own_world.here)) as office:
        state = (await office.get("/v1/state")).json()
        at_least = {"Soho-At-Least": str(state["log"])}
        given = await office.post(f"/v1/grievances/{grievance}/follow-code", headers=at_least)
    into, units = own_world.there.unit, [own_world.here.unit]
    async with own_world.client(Asker(Role.SYSTEM, own_world.province, "test")) as program:
        basis = {"number": "15-NQ/TW"}
        await submit(
            program, command("organisation.merge_units", effective=MERGED, into=into, units=units, basis=basis)
        )
    return own_world, grievance, given.json()["code"]


async def successor(world: World, *steps: dict[str, Any]) -> None:
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.there)) as office:
        await submit(office, *steps)


async def settled(world: World, grievance: UUID) -> None:
    """The successor answers; the household contests, and the successor takes it up again."""
    own = {"grievance": str(grievance)}
    await successor(
        world,
        act("answer", "2018-04-02", outcome="explained", unit=world.there.unit, **own),
        act("deliver", "2018-04-03", channel="letter", **own),
        act("contest", "2018-04-05", **own),
    )


async def test_the_number_stays_with_a_case_that_the_successor_takes_up_again(
    merged: tuple[World, UUID, str],
) -> None:
    world, grievance, _ = merged
    await settled(world, grievance)
    lists, trace = f"/v1/units/{world.there.unit}/grievances", f"/v1/grievances/{grievance}/trace"
    found = (await asked(world, Role.COMMUNE_OFFICE, world.there, lists, year=2018, number=1)).json()["cases"]
    assert [(case["grievance"], case["number"]) for case in found] == [(str(grievance), "1/2018")]
    hops = (await asked(world, Role.COMMUNE_OFFICE, world.there, trace)).json()["hops"]
    assert [(hop["unit"]["id"], hop["number"]) for hop in hops] == [
        (str(world.here.cell), None),
        (str(world.here.unit), "1/2018"),
        (str(world.there.unit), "1/2018"),
    ]


async def test_the_trace_names_who_has_the_case_of_a_unit_that_ended(merged: tuple[World, UUID, str]) -> None:
    world, grievance, _ = merged
    place = f"/v1/grievances/{grievance}/trace"
    trace = (await asked(world, Role.COMMUNE_OFFICE, world.there, place)).json()
    holder = {"id": str(world.here.unit), "name": f"Xã {world.here.name}"}
    assert (trace["holder"], trace["now"]) == (holder, {"id": str(world.there.unit), "name": f"Xã {world.there.name}"})
    before = (await asked(world, Role.COMMUNE_OFFICE, world.there, place, as_of="2018-03-24")).json()
    assert (before["holder"], before["now"]) == (holder, None)


async def test_what_stands_at_a_unit_that_ended_is_overdue_at_its_successor(merged: tuple[World, UUID, str]) -> None:
    world, grievance, _ = merged
    here, there = world.here, world.there
    lists = f"/v1/units/{there.unit}/grievances"
    given = {"as_of": "2018-12-31", "holder": str(there.unit)}
    overdue = (await asked(world, Role.COMMUNE_OFFICE, there, f"{lists}/overdue", **given)).json()["cases"]
    assert {case["grievance"] for case in overdue} == {str(grievance), str(here.case), str(there.case)}
    holders = (await asked(world, Role.COMMUNE_OFFICE, there, f"{lists}/holders")).json()["holders"]
    now = {line["unit"]["id"]: line["now"] and line["now"]["id"] for line in holders}
    assert now == {str(here.unit): str(there.unit), str(there.unit): None}
    (handler,) = (await asked(world, Role.COMMUNE_OFFICE, there, f"{lists}/handlers")).json()["handlers"]
    assert (handler["unit"]["id"], handler["now"]["id"]) == (str(here.unit), str(there.unit))


async def test_the_household_is_told_the_office_that_has_its_case_now(merged: tuple[World, UUID, str]) -> None:
    world, grievance, code = merged
    await asked(world, Role.COMMUNE_OFFICE, world.there, f"/v1/grievances/{grievance}/trace")
    async with world.client(None) as household:
        followed = (await household.post("/v1/follow", json={"code": code})).json()
    assert (followed["office"], followed["number"]) == (f"Xã {world.there.name}", "1/2018")
