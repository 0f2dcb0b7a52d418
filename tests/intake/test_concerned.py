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
