"""What the questions answer about the small province."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from services.decisions.asking import Role
from tests.services.http.world import NOON, World, command, submit


async def ask(world: World, place: str, role: Role = Role.CELL_SECRETARY, **asked: Any) -> Any:
    async with world.client(world.asker(role, world.here)) as client:
        response = await client.get(place, params=asked)
    assert response.status_code == 200, response.text
    return response.json()


async def test_a_household_with_its_cell_its_groups_and_who_is_responsible_and_how(world: World) -> None:
    here = world.here
    alone = await ask(world, f"/v1/households/{here.household}")
    assert (alone["head"], alone["address"], alone["persons"]) == ("Chủ hộ một Trên", "Cuối bản", 4)
    assert alone["unit"] == {"id": str(here.cell), "name": "Bản Trên"}
    (direct,) = alone["responsible"]
    assert direct["member"] == {"id": str(here.member), "name": "Đảng viên Trên"}
    assert (direct["through"], direct["since"], direct["until"]) == (None, "2018-01-01", None)

    grouped = await ask(world, f"/v1/households/{here.grouped}")
    group = {"id": str(here.group), "name": "Nhóm Trên"}
    assert grouped["groups"] == [group]
    (through,) = grouped["responsible"]
    assert (through["member"]["name"], through["through"]) == ("Bí thư Trên", group)
    assert (await ask(world, f"/v1/households/{here.uncovered}"))["responsible"] == []


async def test_a_member_with_his_cell_status_and_offices_and_what_he_is_responsible_for(world: World) -> None:
    here = world.here
    card = await ask(world, f"/v1/members/{here.secretary}")
    assert (card["name"], card["membership"]["status"]) == ("Bí thư Trên", "active")
    assert [(o["office"], o["unit"]["id"]) for o in card["offices"]] == [("secretary", str(here.cell))]
    held = (await ask(world, f"/v1/members/{here.secretary}/assignments"))["assignments"]
    assert [(h["target"]["name"], h["is_group"]) for h in held] == [("Nhóm Trên", True)]
    assert held[0]["households"] == [{"id": str(here.grouped), "name": "Chủ hộ ba Trên"}]
    earlier = await ask(world, f"/v1/members/{here.secretary}", as_of="2017-06-01")
    assert (earlier["membership"], earlier["offices"]) == (None, [])


async def test_a_unit_with_those_above_and_below_and_its_offices(world: World) -> None:
    here = world.here
    card = await ask(world, f"/v1/units/{here.cell}")
    assert [u["name"] for u in card["above"]] == ["Xã Trên", "Tỉnh thử"]
    above = await ask(world, f"/v1/units/{world.province}")
    assert above["unit"]["name"] == "Tỉnh thử"
    below = await ask(world, f"/v1/units/{world.province}/children", Role.PROVINCIAL_OFFICE)
    assert [u["name"] for u in below["children"]] == ["Xã Dưới", "Xã Trên"]
    (office,) = (await ask(world, f"/v1/units/{here.cell}/offices"))["offices"]
    assert (office["office"], office["person"]["name"]) == ("secretary", "Bí thư Trên")


async def test_each_number_of_the_coverage_opens_to_a_list_of_that_length(world: World) -> None:
    async with world.office() as client:
        table = (await client.get(f"/v1/units/{world.province}/coverage")).json()
        counts = table["counts"]
        assert (counts["members"], counts["eligible"], counts["assigned"]) == (6, 6, 4)
        assert (counts["households"], counts["covered"]) == (6, 4)
        assert (counts["groups"], counts["groups_assigned"]) == (2, 2)
        assert [(row["name"], row["counts"]["households"]) for row in table["rows"]] == [("Xã Dưới", 3), ("Xã Trên", 3)]
        assert table["incomplete"] == 0
        assert table["lists"].keys() == counts.keys()
        for name, place in table["lists"].items():
            answer = (await client.get(place)).json()
            (lines,) = [value for value in answer.values() if isinstance(value, list)]
            assert len(lines) == counts[name], name


async def test_pages_of_a_list_follow_each_other_without_gap_or_repetition(world: World) -> None:
    async with world.office() as client:
        found: list[str] = []
        after: dict[str, str] = {}
        while True:
            page = (
                await client.get(f"/v1/units/{world.province}/coverage/households", params={"limit": 2, **after})
            ).json()
            found += [line["household"]["id"] for line in page["households"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
    expected = {h for c in (world.here, world.there) for h in (c.household, c.uncovered, c.grouped)}
    assert sorted(found) == sorted(str(household) for household in expected)


async def test_what_is_left_in_a_dissolved_cell_or_in_a_group_of_another_is_listed(own_world: World) -> None:
    here, there = own_world.here, own_world.there
    moved = command("household.move", household=here.grouped, unit=there.cell, effective="2018-06-01")
    dissolved = command("organisation.dissolve_unit", unit=here.cell, effective="2018-09-01")
    place = f"/v1/units/{own_world.province}/out-of-place"
    secretary = own_world.client(own_world.asker(Role.CELL_SECRETARY, there))
    async with own_world.office() as client, secretary as receiving:

        async def listed(client: httpx.AsyncClient, place: str, **asked: Any) -> list[tuple[str, str, str, str | None]]:
            items = (await client.get(place, params={"as_of": "2018-12-31", **asked})).json()["items"]
            return [(i["what"], i["item"]["id"], i["reason"], i["group"] and i["group"]["id"]) for i in items]

        assert await listed(client, place) == []
        response = await client.post("/v1/commands", json=moved)
        (warning,) = response.json()["warnings"]
        assert (warning["code"], warning["parameters"]["groups"]) == ("still_in_groups", 1)
        position = response.headers["Soho-Position"]
        client.headers["Soho-At-Least"] = receiving.headers["Soho-At-Least"] = position
        stays = ("household", str(here.grouped), "group_of_another_cell", str(here.group))
        assert await listed(client, place) == [stays]
        assert await listed(client, place, as_of="2018-05-31") == []
        assert await listed(client, f"/v1/units/{here.cell}/out-of-place") == [stays]
        assert await listed(receiving, f"/v1/units/{there.cell}/out-of-place") == [stays]

        response = await client.post("/v1/commands", json=dissolved)
        (warning,) = response.json()["warnings"]
        assert warning["code"] == "left_in_unit"
        counts = {name: warning["parameters"][name] for name in ("members", "households", "groups", "assignments")}
        assert counts == {"members": 3, "households": 2, "groups": 1, "assignments": 2}
        client.headers["Soho-At-Least"] = response.headers["Soho-Position"]
        left = {
            *(("member", str(key), "cell_dissolved", None) for key in (here.secretary, here.member, here.idle)),
            *(("household", str(key), "cell_dissolved", None) for key in (here.household, here.uncovered)),
            ("group", str(here.group), "cell_dissolved", None),
            stays,
        }
        found = await listed(client, place)
        assert len(found) == len(left)
        assert set(found) == left
        first = (await client.get(place, params={"as_of": "2018-12-31", "limit": 3})).json()
        rest = await listed(client, place, after=first["next"])
        assert len(first["items"]) == 3
        assert set(rest) < left
        assert len(rest) == 4
        assert await listed(client, place, as_of="2018-08-31") == [stays]


async def test_pages_larger_than_permitted_and_columns_that_are_none_are_refused(world: World) -> None:
    async with world.office() as client:
        for asked, field in (({"limit": 501}, "limit"), ({"limit": 0}, "limit"), ({"column": "rich"}, "column")):
            response = await client.get(f"/v1/units/{world.here.cell}/coverage/members", params=asked)
            assert (response.status_code, response.json()["parameters"]) == (400, {"field": field})


async def test_a_parameter_that_is_missing_is_named(world: World) -> None:
    async with world.office() as client:
        for path, name in ((f"/v1/units/{world.here.cell}/not-visited", "months"), ("/v1/submissions", "id")):
            response = await client.get(path)
            assert (response.status_code, response.json()["code"]) == (400, "missing_parameter")
            assert response.json()["parameters"] == {"field": name}


async def test_what_needs_attention(own_world: World) -> None:
    world, here = own_world, own_world.here
    async with world.office() as client:
        basis = {"number": "02-NQ/CB"}
        exempt = command(
            "member.change_status", person=here.member, status="exempt", effective="2018-09-01", basis=basis
        )
        position = await submit(client, exempt)
        client.headers["Soho-At-Least"] = str(position)
        unit = f"/v1/units/{world.province}"

        uncovered = (await client.get(f"{unit}/uncovered")).json()["households"]
        assert {line["household"]["id"] for line in uncovered} == {str(here.uncovered), str(world.there.uncovered)}
        (undecided,) = (await client.get(f"{unit}/needs-decision")).json()["assignments"]
        assert (undecided["assignment"], undecided["reasons"]) == (str(here.assignment), ["exempt"])
        assert undecided["member"]["name"] == "Đảng viên Trên"
        assert (await client.get(f"{unit}/needs-decision", params={"as_of": "2018-08-31"})).json()["assignments"] == []
        assert (await client.get(f"{unit}/overloaded")).json()["members"] == []
        loaded = (await client.get(f"{unit}/overloaded", params={"above": 0})).json()["members"]
        assert [line["households"] for line in loaded] == [1, 1, 1, 1]

        async def unvisited(as_of: str, months: int) -> dict[str, str | None]:
            asked = {"as_of": as_of, "months": months}
            lines = (await client.get(f"/v1/units/{here.cell}/not-visited", params=asked)).json()["households"]
            return {line["household"]["id"]: line["last"] for line in lines}

        never = {str(here.uncovered): None, str(here.grouped): None}
        assert await unvisited("2018-06-05", 3) == never
        assert await unvisited("2018-06-06", 3) == never | {str(here.household): "2018-03-05"}
        assert await unvisited("2018-03-04", 1) == never | {str(here.household): None}


@pytest.mark.parametrize(
    ("kind", "change", "doubt", "oddity"),
    [
        ("member.leave", {"reason": "died"}, "died", "member_left_before"),
        (
            "member.change_status",
            {"status": "exempt", "basis": {"number": "02-NQ/CB"}},
            "exempt",
            "member_exempt_then",
        ),
    ],
    ids=["who died", "who is exempt"],
)
async def test_an_assignment_that_nobody_ended_stays_listed_but_is_marked_and_visits_under_it_are_odd(
    own_world: World, kind: str, change: dict[str, Any], doubt: str, oddity: str
) -> None:
    here = own_world.here
    household = f"/v1/households/{here.household}"
    report = {"household": here.household, "member": here.member}
    async with own_world.office() as client:
        position = await submit(
            client,
            command(kind, person=here.member, effective="2018-09-01", **change),
            command("visit.record", instant=f"2018-08-31{NOON}", **report),
            command("visit.record", instant=f"2018-09-01{NOON}", **report),
        )
        client.headers["Soho-At-Least"] = str(position)
        for place in (household, f"{household}/responsible"):
            for day, doubts in (("2018-08-31", []), ("2018-09-01", [doubt])):
                (one,) = (await client.get(place, params={"as_of": day})).json()["responsible"]
                assert (one["member"]["id"], one["doubts"]) == (str(here.member), doubts)
        uncovered = (await client.get(f"/v1/units/{here.cell}/uncovered")).json()["households"]
        # Who is exempt is a member still.
        assert (str(here.household) in {line["household"]["id"] for line in uncovered}) is (doubt == "died")
        visits = (await client.get(f"{household}/visits", params={"from": "2018-08-31"})).json()["visits"]
        odd = {line["made_on"]: set(line["oddities"]) - {"recorded_late"} for line in visits}
        assert odd == {"2018-08-31": set(), "2018-09-01": {oddity}}


async def test_pages_of_households_not_visited_follow_each_other(world: World) -> None:
    async with world.office() as client:
        place, found, after = f"/v1/units/{world.province}/not-visited", [], {}
        while True:
            page = (await client.get(place, params={"months": 1, "limit": 1, **after})).json()
            found += [line["household"]["id"] for line in page["households"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
    assert len(found) == len(set(found)) == 6


async def test_visits_with_what_is_odd_about_each(own_world: World) -> None:
    here = own_world.here

    def visit(day: str, member: Any = here.member, **more: Any) -> dict[str, Any]:
        return command("visit.record", instant=f"{day}{NOON}", household=here.household, member=member, **more)

    async with own_world.office() as client:
        position = await submit(
            client,
            visit("2018-04-01"),
            visit("2018-04-01"),
            visit("2018-05-01", here.idle),
            visit("2018-06-01", here.secretary),
            command(
                "assignment.assign_household",
                assignment=here.unit,
                household=here.household,
                member=here.idle,
                effective="2018-05-15",
            ),
        )
        client.headers["Soho-At-Least"] = str(position)
        answer = (await client.get(f"/v1/households/{here.household}/visits")).json()
        odd = [(line["made_on"], set(line["oddities"]) - {"recorded_late"}) for line in answer["visits"]]
        assert odd == [
            ("2018-06-01", {"not_responsible_then"}),
            ("2018-05-01", {"not_responsible_then", "before_assignment"}),
            ("2018-04-01", {"looks_duplicate"}),
            ("2018-04-01", {"looks_duplicate"}),
            ("2018-03-05", set()),
        ]
        assert all("recorded_late" in line["oddities"] for line in answer["visits"])
        asked = {"known_at": position - 1}
        earlier = (await client.get(f"/v1/households/{here.household}/visits", params=asked)).json()
        assert set(earlier["visits"][1]["oddities"]) == {"not_responsible_then", "recorded_late"}
        asked = {"from": "2018-04-01", "to": "2018-05-01"}
        some = (await client.get(f"/v1/households/{here.household}/visits", params=asked)).json()
        assert [line["made_on"] for line in some["visits"]] == ["2018-05-01", "2018-04-01", "2018-04-01"]


async def test_who_is_calling_and_where_the_system_stands(world: World) -> None:
    me = await ask(world, "/v1/me", Role.AUDITOR)
    assert (me["role"], me["unit"], me["sealed"]) == ("auditor", str(world.here.unit), False)
    state = await ask(world, "/v1/state", Role.COMMUNE_OFFICE)
    assert state["log"] >= state["archive"] >= world.position
    assert set(state["registers"]) == {
        "organisation_v1",
        "members_v1",
        "households_v1",
        "assignments_v1",
        "coverage_v1",
        "visits_v1",
        "meetings_v1",
        "grievances_v1",
        "inspections_v1",
        "erasures_v1",
        "evaluations_v1",
        "publications_v1",
        "trails_v1",
    }
    assert min(state["registers"].values()) >= world.position
    assert (state["quarantined"], state["alarms"]) == (0, [])
    assert (await ask(world, "/v1/state", Role.CELL_SECRETARY))["alarms"] is None
