"""A household that moved to another commune: what the former cell left, and who decides about it."""

from __future__ import annotations

from events.identifiers import uuid7
from services.decisions.asking import Role
from tests.services.http.world import World, command, submit


async def test_the_present_cell_is_told_of_what_the_former_one_left_and_ends_it(own_world: World) -> None:
    here, there = own_world.here, own_world.there
    place = f"/v1/units/{there.cell}/needs-decision"
    responsible = f"/v1/households/{here.household}/responsible"
    former = own_world.client(own_world.asker(Role.CELL_SECRETARY, here))
    present = own_world.client(own_world.asker(Role.CELL_SECRETARY, there))
    async with own_world.office() as office, former, present:
        moved = command("household.move", household=here.household, unit=there.cell, effective="2018-06-01")
        position = await submit(office, moved)
        present.headers["Soho-At-Least"] = str(position)
        (left,) = (await present.get(place)).json()["assignments"]
        assert (left["target"]["id"], left["unit"]["id"]) == (str(here.household), str(here.cell))
        assert left["reasons"] == ["household_in_another_cell"]
        (line,) = (await present.get(responsible)).json()["responsible"]
        assert (line["assignment"], line["doubts"]) == (left["assignment"], left["reasons"])

        again = command(
            "assignment.assign_household",
            assignment=uuid7(),
            household=here.household,
            member=here.idle,
            effective="2018-05-01",
        )
        refused = await former.post("/v1/commands", json=again)
        assert (refused.json()["code"], refused.json()["parameters"]) == ("must_end_by", {"by": "2018-06-01"})
        assert str(there.cell) not in refused.text

        about = {"assignment": left["assignment"], "target": here.household}
        end = command("assignment.end", **about, reason="household_moved", effective="2018-06-01")
        present.headers["Soho-At-Least"] = str(await submit(present, end))
        assert (await present.get(place)).json()["assignments"] == []
        assert (await present.get(responsible)).json()["responsible"] == []


async def test_who_has_a_household_directly_and_through_its_group_is_listed_and_counted_once(own_world: World) -> None:
    here = own_world.here
    direct = command(
        "assignment.assign_household",
        assignment=uuid7(),
        household=here.grouped,
        member=here.secretary,
        effective="2018-06-01",
    )
    async with own_world.office() as client:
        client.headers["Soho-At-Least"] = str(await submit(client, direct))
        for place in (f"/v1/households/{here.grouped}", f"/v1/households/{here.grouped}/responsible"):
            (one,) = (await client.get(place)).json()["responsible"]
            (beside,) = one["besides"]
            assert (one["member"]["id"], one["assignment"]) == (str(here.secretary), direct["assignment"])
            assert (one["through"], beside["through"]["id"]) == (None, str(here.group))
        loaded = (await client.get(f"/v1/units/{here.cell}/overloaded", params={"above": 0})).json()["members"]
        assert {line["member"]["id"]: line["households"] for line in loaded}[str(here.secretary)] == 1
