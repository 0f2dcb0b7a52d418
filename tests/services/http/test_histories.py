"""Histories, page by page and gapless, and the difference between two days in words."""

from __future__ import annotations

from typing import Any

from services import texts
from services.decisions.asking import Role
from tests.services.http.world import NOON, World, command, submit


async def test_a_household_history_has_every_fact_in_log_order_with_both_times_actor_and_basis(world: World) -> None:
    here = world.here
    async with world.office() as client:
        page = (await client.get(f"/v1/households/{here.household}/history")).json()
    types = [entry["type"] for entry in page["entries"]]
    assert types == [
        "household.household_registered.v1",
        "assignment.household_assigned.v1",
        "visit.visit_recorded.v2",
        "grievance.grievance_raised.v1",
        "grievance.grievance_escalated.v1",
    ]
    registered, assigned, visited, raised, _ = page["entries"]
    assert raised["names"][str(here.member)] == "Đảng viên Trên"
    positions = [entry["position"] for entry in page["entries"]]
    assert positions == sorted(positions)
    assert registered["body"]["head"] == "Chủ hộ một Trên"
    assert assigned["basis"] == {"number": "01-NQ/CB"}
    assert assigned["effective"] == "2018-01-01"
    assert assigned["recorded_at"].endswith("+07:00")
    assert assigned["actor"]["role"] == "system"
    assert assigned["actor"]["unit"] == {"id": str(world.province), "name": "Tỉnh thử"}
    assert assigned["names"] == {str(here.household): "Chủ hộ một Trên", str(here.member): "Đảng viên Trên"}
    assert visited["instant"] == f"2018-03-05{NOON}"
    assert visited["performed_by"] == {"id": str(here.member), "name": "Đảng viên Trên"}
    assert visited["body"]["note"] == "Nhà mới lợp lại mái"
    assert visited["term"] == texts.term("fact", visited["type"], "vi")
    assert page["next"] is None


async def test_every_moment_is_told_in_the_time_of_viet_nam(own_world: World) -> None:
    here = own_world.here
    moments = {"instant": "2018-06-01T03:00:00Z", "written_at": "2018-05-31T22:30:00-05:00"}
    seen = command("visit.record", household=here.household, member=here.member, **moments)
    refused = command("visit.record", household=here.uncovered, member=here.member, **moments) | {"colour": "red"}
    async with own_world.office() as client:
        client.headers["Soho-At-Least"] = str(await submit(client, seen))
        *_, entry = (await client.get(f"/v1/households/{here.household}/history")).json()["entries"]
        visit, *_ = (await client.get(f"/v1/households/{here.household}/visits")).json()["visits"]
        await client.post("/v1/commands", json=refused)
        (status,) = (await client.get("/v1/submissions", params={"id": refused["id"]})).json()["submissions"]
    assert (entry["instant"], entry["written_at"]) == ("2018-06-01T10:00:00+07:00", "2018-06-01T10:30:00+07:00")
    assert (visit["made_at"], visit["written_at"]) == ("2018-06-01T10:00:00+07:00", "2018-06-01T10:30:00+07:00")
    assert status["refused_at"].endswith("+07:00")


async def test_a_history_in_pages_is_the_whole_history(world: World) -> None:
    async with world.office() as client:
        for place in (
            f"/v1/units/{world.here.cell}/history",
            f"/v1/members/{world.here.member}/history",
            f"/v1/households/{world.here.household}/history",
        ):
            whole = (await client.get(place, params={"limit": 500})).json()["entries"]
            assert len(whole) >= 3
            found: list[dict[str, Any]] = []
            after = 0
            while True:
                page = (await client.get(place, params={"limit": 2, "after": after})).json()
                assert len(page["entries"]) <= 2
                found += page["entries"]
                if page["next"] is None:
                    break
                after = page["next"]
            assert found == whole


async def test_what_befell_a_household_through_its_group_is_in_its_history(world: World) -> None:
    here = world.here
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as client:
        entries = (await client.get(f"/v1/households/{here.grouped}/history")).json()["entries"]
    through = {entry["type"]: entry["through"] for entry in entries}
    assert through["assignment.group_assigned.v1"] == {"id": str(here.group), "name": "Nhóm Trên"}


async def test_changes_between_two_days_are_told_in_the_language_asked_for(own_world: World) -> None:
    here = own_world.here
    async with own_world.office() as client:
        position = await submit(
            client,
            command("organisation.rename_unit", unit=here.cell, name="Bản Trên Một", effective="2018-04-01"),
            command(
                "household.review_economic_class",
                household=here.household,
                year=2018,
                economic_class="near_poor",
                effective="2018-06-01",
            ),
            command(
                "assignment.end",
                assignment=here.assignment,
                target=here.household,
                reason="at_own_request",
                effective="2018-07-01",
            ),
        )
        client.headers["Soho-At-Least"] = str(position)

        async def told(place: str, first: str, last: str, language: str) -> list[str]:
            answer = await client.get(
                f"{place}/changes", params={"from": first, "to": last}, headers={"Accept-Language": language}
            )
            assert answer.status_code == 200, answer.text
            assert answer.headers["Content-Language"] == language
            return [change["sentence"] for change in answer.json()["changes"]]

        household, unit = f"/v1/households/{here.household}", f"/v1/units/{here.cell}"
        assert await told(household, "2018-03-05", "2018-06-01", "en") == [
            "07/03/2018: Bản Trên sent the case up (to Xã Trên), reason: beyond competence.",
            "From 01/06/2018: the household of Chủ hộ một Trên is classed as near-poor by the review of 2018.",
        ]
        (ended,) = await told(household, "2018-06-01", "2018-07-01", "vi")
        assert ended.startswith("Từ ngày 01/07/2018: Đảng viên Trên thôi phụ trách hộ Chủ hộ một Trên, lý do: ")
        assert await told(household, "2018-07-01", "2018-12-31", "vi") == []
        assert await told(household, "2018-07-01", "2018-07-01", "vi") == []
        assert await told(unit, "2018-01-01", "2018-12-31", "en") == [
            "From 01/04/2018: Bản Trên bears the name Bản Trên Một."
        ]
        member = await told(f"/v1/members/{here.member}", "2018-01-01", "2018-06-30", "en")
        assert member == [
            "05/03/2018: Đảng viên Trên visited the household of Chủ hộ một Trên, purpose: regular.",
            "05/03/2018: a case was raised, through the member, topic: roads and water.",
            "07/03/2018: Bản Trên sent the case up (to Xã Trên), reason: beyond competence.",
        ]


async def test_what_ended_because_its_time_was_over_is_told_although_no_fact_says_so_on_the_day(
    own_world: World,
) -> None:
    here = own_world.here
    async with own_world.office() as client:
        position = await submit(
            client,
            command(
                "assignment.assign_household",
                assignment=here.unit,
                household=here.uncovered,
                member=here.idle,
                until="2018-05-01",
            ),
            command(
                "member.change_status",
                person=here.idle,
                status="temporarily_exempt",
                basis={"number": "02-NQ/CB"},
                until="2018-09-01",
                effective="2018-08-01",
            ),
        )
        client.headers["Soho-At-Least"] = str(position)
        place, asked = f"/v1/households/{here.uncovered}/changes", {"from": "2018-02-01", "to": "2018-12-31"}
        (change,) = (await client.get(place, params=asked)).json()["changes"]
        assert (change["day"], change["expired"]) == ("2018-05-01", True)
        over = "Từ ngày 01/05/2018: Đảng viên khác Trên thôi phụ trách hộ Chủ hộ hai Trên vì đã hết thời hạn"
        assert change["sentence"].startswith(over)
        changes = (await client.get(f"/v1/members/{here.idle}/changes", params=asked)).json()["changes"]
        assert [(c["day"], c["expired"]) for c in changes] == [
            ("2018-05-01", True),
            ("2018-08-01", False),
            ("2018-09-01", True),
        ]


async def test_the_second_day_must_not_come_before_the_first(world: World) -> None:
    async with world.office() as client:
        response = await client.get(
            f"/v1/units/{world.here.cell}/changes", params={"from": "2018-02-01", "to": "2018-01-31"}
        )
    assert (response.status_code, response.json()["parameters"]) == (400, {"field": "from"})
