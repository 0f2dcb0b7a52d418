"""What inspection does over HTTP: it hands outside what nobody here may have, and takes a wrong naming back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest_asyncio

from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from tests.services.http.test_grievances import act, asked, told
from tests.services.http.world import INSPECTION, World, command, mandate, officer, submit

DOCUMENT = {"number": "31-CV/UBKT", "issued_on": "2018-03-23"}
PAPER = {"basis": DOCUMENT, "source": "paper"}


@pytest_asyncio.fixture(loop_scope="session")
async def inspector(own_world: World) -> Asker:
    """An inspection officer of the province, with a mandate for all of it: today, and in the spring of the cases."""
    person, province = uuid7(), own_world.province
    async with own_world.client(Asker(Role.SYSTEM, province, "test")) as program:
        await submit(program, *officer(province, person, INSPECTION))
    async with own_world.office() as office:
        spring = {"first": date(2018, 3, 1), "source": "paper"}
        await submit(office, *(mandate(person, units=[province], **when) for when in ({}, spring)))
        await submit(office, mandate(own_world.here.inspector, units=[own_world.here.unit], **spring))
    return Asker(Role.INSPECTION, own_world.province, "test", person, INSPECTION)


async def answer(world: World, asker: Asker, path: str) -> Any:
    """What the caller is told, once the registers have everything that was recorded."""
    async with world.client(asker) as client:
        state = (await client.get("/v1/state")).json()
        return await client.get(path, headers={"Soho-At-Least": str(state["log"])})


async def reasons(world: World, asker: Asker, queue: str) -> dict[str, str]:
    """Case → why nobody can work on it."""
    return {line["grievance"]: line["reason"] for line in (await answer(world, asker, queue)).json()["cases"]}


async def named(world: World, grievance: UUID, person: UUID) -> None:
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as commune:
        fields = {"grievance": grievance, "unit": world.here.unit}
        await submit(commune, act("name_person", "2018-03-21", **fields) | {"about": [{"person": str(person)}]})


async def test_a_case_about_the_highest_office_leaves_the_queue_of_inspection_with_a_trace(
    own_world: World, inspector: Asker
) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    await named(world, grievance, world.officer)
    queue, trace = f"/v1/units/{world.province}/grievances/unroutable", f"/v1/grievances/{grievance}/trace"
    for role in (Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE, Role.INSPECTION):
        assert (await asked(world, role, here, trace)).status_code == 404
    assert (await reasons(world, inspector, queue))[str(grievance)] == "conflict_of_interest"
    outside = act("refer_outside", "2018-03-23", grievance=grievance, receiver="Cơ quan ở trung ương", **PAPER)
    async with world.client(world.asker(Role.INSPECTION, here)) as beneath:
        refused = await beneath.post("/v1/commands", json=outside | {"id": str(uuid7())})
        assert refused.json()["code"] == "grievance_unknown"
    async with world.client(inspector) as client:
        booking = act("book", "2018-03-23", grievance=grievance, unit=world.province)
        assert (await client.post("/v1/commands", json=booking)).json()["code"] == "role_not_allowed"
        done = await client.post("/v1/commands", json=outside)
        assert done.status_code == 201, done.text
    assert str(grievance) not in await reasons(world, inspector, queue)
    found = (await answer(world, inspector, trace)).json()
    assert (found["stage"], found["outcome"], found["holder"]) == ("referred", "referred_outside", None)
    last = found["steps"][-1]
    assert (last["body"]["receiver"], last["basis"]["number"]) == ("Cơ quan ở trung ương", "31-CV/UBKT")
    assert (last["actor"]["person"]["id"], last["actor"]["office"]) == (str(inspector.person), INSPECTION)
    assert (await asked(world, Role.PROVINCIAL_OFFICE, here, trace)).status_code == 404
    own = (await asked(world, Role.MEMBER, here, trace)).json()
    assert own["stage"] == "referred", "the member to whom it was told follows it"


async def test_a_wrong_naming_is_taken_back_and_the_trace_shows_both(own_world: World, inspector: Asker) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    await named(world, grievance, here.secretary)
    trace, lists = f"/v1/grievances/{grievance}/trace", f"/v1/units/{here.cell}/grievances"
    assert (await asked(world, Role.CELL_SECRETARY, here, trace)).status_code == 404
    back = act("take_back_naming", "2018-03-23", grievance=grievance, cleared=[here.secretary], **PAPER)
    async with world.client(inspector) as client:
        await submit(client, back)
    found = (await asked(world, Role.CELL_SECRETARY, here, trace)).json()
    assert [step["type"].split(".")[1] for step in found["steps"]][-2:] == ["person_concerned", "naming_taken_back"]
    assert found["steps"][-1]["body"]["cleared"] == [str(here.secretary)]
    assert (found["steps"][-1]["basis"]["number"], found["holder"]["id"]) == ("31-CV/UBKT", str(here.unit))
    # What he was kept from stands in no list of his of a day between.
    for day, listed in (("2018-03-22", []), ("2018-03-23", [(str(here.unit), "accepted")])):
        page = (await asked(world, Role.CELL_SECRETARY, here, lists, as_of=day)).json()
        own = [line for line in page["cases"] if line["grievance"] == str(grievance)]
        assert [(line["unit"]["id"], line["stage"]) for line in own] == listed


async def test_a_program_that_inspects_must_name_its_officer(own_world: World) -> None:
    """Who decides for an inspection holds its office, as for every other."""
    nobody = Asker(Role.INSPECTION, own_world.province, "test", uuid7(), INSPECTION)
    outside = command("grievance.refer_outside", instant="2018-03-23T12:00:00+07:00", grievance=uuid7(), receiver="X")
    async with own_world.client(nobody) as client:
        refused = await client.post("/v1/commands", json=outside)
        assert (refused.status_code, refused.json()["code"]) == (403, "your_office_not_held")
