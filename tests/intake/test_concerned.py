"""Whom a case is about is asked for his offices as it comes in, past what the report says of him."""

from __future__ import annotations

from services.decisions.asking import Role
from tests.intake.sending import send
from tests.services.http.world import World, command, submit

TOLD, LATER = "2018-04-02T08:00:00+07:00", "2018-04-03T08:00:00+07:00"


async def test_a_case_about_an_officer_of_the_commune_passes_the_commune_by(world: World) -> None:
    here = world.here
    about = [{"person": str(here.officer)}]
    case = command(
        "grievance.raise",
        instant=TOLD,
        household=here.household,
        member=here.member,
        topic="conduct_of_office",
        text="Nội dung thử",
        kind="concern",
    ) | {"about": about}
    async with world.client(world.asker(Role.MEMBER, here)) as phone:
        await submit(phone, case)
    book = {"instant": LATER, "grievance": case["id"]}
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        (unknown,) = await send(office, command("grievance.book", **book, unit=here.unit))
        assert unknown["problem"]["code"] == "grievance_unknown"
    async with world.client(world.asker(Role.PROVINCIAL_OFFICE, here)) as province:
        (booked,) = await send(province, command("grievance.book", **book, unit=world.province))
        assert booked["outcome"] == "recorded"


async def test_who_comes_to_an_office_of_the_holder_takes_the_case_from_it(world: World) -> None:
    """The commune has a case about the cell's secretary; the next day he is its organisation officer as well."""
    here = world.here
    name = {"instant": TOLD, "grievance": here.case, "unit": here.unit, "about": [{"person": str(here.secretary)}]}
    reply = {"instant": LATER, "grievance": here.case}
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        named, before = await send(
            office,
            command("grievance.name_person", **name),
            command("grievance.reply_interim", **reply, unit=here.unit),
        )
        assert (named["outcome"], before["outcome"]) == ("recorded", "recorded")
    appointed = command(
        "organisation.appoint_office", unit=here.unit, office="organisation_officer", person=here.secretary
    )
    async with world.client(world.asker(Role.PROVINCIAL_OFFICE, here)) as province:
        await submit(province, appointed)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        (unknown,) = await send(office, command("grievance.reply_interim", **reply, unit=here.unit))
        assert unknown["problem"]["code"] == "grievance_unknown"
        state = (await office.get("/v1/state")).json()
        headers = {"Soho-At-Least": str(state["log"])}
        assert (await office.get(f"/v1/grievances/{here.case}/trace", headers=headers)).status_code == 404
        listed = (await office.get(f"/v1/units/{here.unit}/grievances", headers=headers)).text
        assert str(here.case) not in listed
        holders = (await office.get(f"/v1/units/{here.unit}/grievances/holders", headers=headers)).json()["holders"]
        assert holders == [], "it is not counted there either"
    async with world.client(world.asker(Role.PROVINCIAL_OFFICE, here)) as province:
        queue = (await province.get(f"/v1/units/{here.unit}/grievances/unroutable", headers=headers)).json()["cases"]
        assert {line["grievance"]: line["reason"] for line in queue}[str(here.case)] == "officer_concerned"
        (taken,) = await send(province, command("grievance.reply_interim", **reply, unit=world.province))
        assert taken["outcome"] == "recorded"
        headers = {"Soho-At-Least": str(taken["position"] + 1)}
        trace = (await province.get(f"/v1/grievances/{here.case}/trace", headers=headers)).json()
        assert trace["holder"]["id"] == str(world.province)
