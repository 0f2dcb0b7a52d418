"""Mandates of inspection teams over HTTP: given, read at two times, extended and ended, and what they give to see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from events.calendar import today
from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from tests.services.http.test_openapi import check, described, operations
from tests.services.http.world import INSPECTION, World, command, mandate, officer, signed, submit

DAY = timedelta(days=1)


async def hired(world: World, unit: UUID) -> Asker:
    """An inspection officer of the unit whom no mandate names yet."""
    person = uuid7()
    async with world.client(Asker(Role.SYSTEM, world.province, "test")) as program:
        position = await submit(program, *officer(unit, person, INSPECTION))
        await program.get("/v1/state", headers={"Soho-At-Least": str(position)})
    return Asker(Role.INSPECTION, unit, "test", person, INSPECTION)


async def decided(world: World, *commands: dict[str, Any], role: Role = Role.COMMUNE_OFFICE) -> int:
    async with world.client(world.asker(role, world.here)) as office:
        return await submit(office, *commands)


async def get(world: World, asker: Asker, path: str, at_least: int = 0, **asked: Any) -> httpx.Response:
    async with world.client(asker) as client:
        headers = {"Soho-At-Least": str(max(at_least, world.position))}
        return await client.get(path, params=asked, headers=headers)


def changed(kind: str, of: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return command(f"inspection.{kind}_mandate", mandate=of["id"], **{"effective": today().isoformat(), **fields})


async def test_a_team_sees_the_one_case_that_its_mandate_names_while_it_holds(own_world: World) -> None:
    world, here = own_world, own_world.here
    team = await hired(world, world.province)
    assert team.person is not None
    case = f"/v1/grievances/{here.case}"
    assert (await get(world, team, f"{case}/trace")).json()["code"] == "mandate_needed"

    given = mandate(team.person, cases=[here.case])
    position = await decided(world, given)
    trace = (await get(world, team, f"{case}/trace", position)).json()
    assert trace["text"] == "Đường vào bản lầy"
    assert (trace["household"]["name"], trace["address"]) == ("Chủ hộ một Trên", "Cuối bản")
    assert trace["member"]["name"] == "Đảng viên Trên"
    assert (await get(world, team, f"{case}/file")).status_code == 200
    for path in (
        f"/v1/units/{here.unit}/grievances",
        f"/v1/units/{here.cell}/coverage",
        f"/v1/households/{here.household}",
        f"/v1/members/{here.member}",
        f"/v1/members/{here.member}/assignments",
        f"/v1/grievances/{world.there.case}/trace",
    ):
        assert (await get(world, team, path)).status_code == 404, path
    assert (await get(world, team, "/v1/denunciation-receipts")).json()["receipts"] == []
    entries = (await get(world, team, f"/v1/households/{here.household}/history")).json()["entries"]
    assert [each["type"].split(".")[1] for each in entries] == ["grievance_raised", "grievance_escalated"]

    ended = await decided(world, changed("end", given, reason="concluded"))
    refused = await get(world, team, f"{case}/trace", ended)
    assert (refused.status_code, refused.json()["code"]) == (403, "mandate_expired")
    # Rights are those of today, whatever day and position is asked about.
    before = await get(world, team, f"{case}/trace", ended, as_of=today().isoformat(), known_at=position)
    assert before.json()["code"] == "mandate_expired"


async def test_a_mandate_is_over_after_its_last_day_and_says_which_that_was(own_world: World) -> None:
    world, here = own_world, own_world.here
    team = await hired(world, here.unit)
    assert team.person is not None
    days = {"first": today() - 9 * DAY, "until": today() - DAY, "source": "paper"}
    position = await decided(world, mandate(team.person, units=[here.unit], **days))
    path = f"/v1/units/{here.unit}/grievances"
    refused = await get(world, team, path, position)
    assert (refused.status_code, refused.json()["code"]) == (403, "mandate_expired")
    assert refused.json()["parameters"] == {"last": str(today() - DAY)}
    last = f"{today() - DAY:%d/%m/%Y}"
    assert last in refused.json()["detail"]
    async with world.client(team) as client:
        english = await client.get(path, headers={"Accept-Language": "en"})
    assert last in english.json()["detail"]
    assert (await get(world, team, path, as_of=str(today() - 5 * DAY))).json()["code"] == "mandate_expired"

    coming = mandate(team.person, units=[here.unit], first=today() + DAY, basis=signed(today()))
    refused = await get(world, team, path, await decided(world, coming))
    assert (refused.status_code, refused.json()["code"]) == (403, "mandate_not_yet")
    assert refused.json()["parameters"] == {"first": str(today() + DAY)}
    step = command("grievance.refer_outside", instant=f"{today()}T00:00:00+07:00", grievance=here.case, receiver="X")
    async with world.client(team) as client:
        answer = await client.post("/v1/commands", json=step)
    assert (answer.status_code, answer.json()["code"]) == (403, "mandate_not_yet")


async def test_a_mandate_ended_on_its_first_day_is_over_and_not_unknown(own_world: World) -> None:
    """Who was in its team is told that it is over, and not that no mandate names him."""
    world, here = own_world, own_world.here
    team = await hired(world, here.unit)
    assert team.person is not None
    given = mandate(team.person, units=[here.unit])
    ending = changed("end", given, reason="withdrawn", basis=signed(today()))
    position = await decided(world, given, ending)
    refused = await get(world, team, f"/v1/units/{here.unit}/grievances", position)
    assert (refused.status_code, refused.json()["code"]) == (403, "mandate_expired")
    assert refused.json()["parameters"] == {"last": str(today())}


async def test_who_was_mandated_when_is_read_at_two_times(own_world: World) -> None:
    world, here = own_world, own_world.here
    team = await hired(world, here.unit)
    assert team.person is not None
    given = mandate(team.person, cases=[here.case], units=[here.cell], until=today() + 9 * DAY)
    first = await decided(world, given)
    later = today() + 20 * DAY
    second = await decided(world, changed("extend", given, until=later.isoformat(), basis=signed(today())))
    office, card = world.asker(Role.COMMUNE_OFFICE, here), f"/v1/mandates/{given['id']}"

    now = (await get(world, office, card, second)).json()
    assert (now["unit"]["name"], [each["id"] for each in now["team"]]) == ("Xã Trên", [str(team.person)])
    assert (now["cases"], now["hidden_cases"]) == ([str(here.case)], 0)
    assert [each["name"] for each in now["units"]] == ["Bản Trên"]
    assert (now["first"], now["last"], now["in_force"], now["ended"]) == (str(today()), str(later), True, None)
    steps = [(step["term"], step["person"]["name"], step["document"], step["until"]) for step in now["steps"]]
    officer_ = "Cán bộ văn phòng"
    assert steps == [
        ("Ban hành quyết định kiểm tra", officer_, "21-QĐ/UBKT", str(today() + 9 * DAY)),
        ("Gia hạn quyết định kiểm tra", officer_, "21-QĐ/UBKT", str(later)),
    ]
    then = (await get(world, office, card, second, known_at=first)).json()
    assert (then["last"], len(then["steps"])) == (str(today() + 9 * DAY), 1)
    after = str(later + DAY)
    assert (await get(world, office, card, as_of=after)).json()["in_force"] is False

    listed, ids = f"/v1/units/{here.unit}/mandates", {str(here.mandate), given["id"]}

    async def found(asker: Asker, path: str = listed, **asked: Any) -> set[str]:
        answer = await get(world, asker, path, second, **asked)
        return {line["mandate"] for line in answer.json()["mandates"]}

    for role in (Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE, Role.AUDITOR, Role.SYSTEM):
        assert await found(world.asker(role, here)) == ids
    assert await found(office, as_of=after, in_force=True) == {str(here.mandate)}
    assert await found(office, known_at=first - 1) == {str(here.mandate)}
    assert await found(team, "/v1/mandates") == {given["id"]}
    document = (await get(world, team, "/v1/openapi.json")).json()
    own = await get(world, team, "/v1/mandates")
    check(document, described(operations(document)["own_mandates"], own), own.json())
    for role in (Role.CELL_SECRETARY, Role.MEMBER, Role.INSPECTION):
        assert (await get(world, world.asker(role, here), listed)).json()["code"] == "role_not_allowed"
    assert (await get(world, world.asker(Role.COMMUNE_OFFICE, world.there), card)).status_code == 404
    assert (await get(world, world.asker(Role.INSPECTION, here), card)).status_code == 404, "another team's"
    auditor = (await get(world, world.asker(Role.AUDITOR, here), card)).json()
    assert [each["name"] for each in auditor["team"]] == [None], "an auditor reads no names"


async def test_a_case_that_has_become_somebodys_is_counted_and_not_named_to_who_may_not_know_of_it(
    own_world: World,
) -> None:
    world, here = own_world, own_world.here
    team = await hired(world, world.province)
    assert team.person is not None
    given = mandate(team.person, cases=[here.case])
    await decided(world, given)
    naming = {"grievance": here.case, "unit": here.unit, "about": [{"person": str(here.officer)}]}
    position = await decided(world, command("grievance.name_person", instant="2018-03-09T12:00:00+07:00", **naming))
    card = f"/v1/mandates/{given['id']}"
    # The officer himself gave it: of that mandate he knows nothing any more.
    assert (await get(world, world.asker(Role.COMMUNE_OFFICE, here), card, position)).status_code == 404
    auditor = (await get(world, world.asker(Role.AUDITOR, here), card, position)).json()
    assert (auditor["cases"], auditor["hidden_cases"]) == ([], 1)
    assert str(here.case) not in (await get(world, world.asker(Role.AUDITOR, here), card)).text
    above = (await get(world, world.asker(Role.PROVINCIAL_OFFICE, here), card)).json()
    assert (above["cases"], above["hidden_cases"]) == ([str(here.case)], 0)
    trace = await get(world, team, f"/v1/grievances/{here.case}/trace")
    assert trace.status_code == 200, trace.text


async def test_nobody_approves_himself_and_what_is_wrong_is_said(own_world: World) -> None:
    world, here = own_world, own_world.here
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        for refused, code, status in (
            (mandate(here.officer, units=[here.unit]), "own_mandate", 422),
            (mandate(here.inspector, units=[world.there.unit]), "outside_your_unit", 403),
            (mandate(here.inspector, cases=[world.there.case]), "grievance_unknown", 422),
            (mandate(here.inspector, units=[here.unit], until=today() + 365 * DAY), "mandate_too_long", 422),
            (mandate(here.inspector, units=[here.unit], first=today() - DAY), "mandate_backdated", 422),
        ):
            answer = await office.post("/v1/commands", json=refused)
            assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    inspector = Asker(Role.COMMUNE_OFFICE, here.unit, "test", here.inspector, INSPECTION)
    async with world.client(inspector) as himself:
        answer = await himself.post("/v1/commands", json=mandate(uuid7(), units=[here.unit]))
    assert answer.json()["code"] == "inspection_gives_none"
    for role in (Role.SYSTEM, Role.INSPECTION, Role.CELL_SECRETARY):
        async with world.client(world.asker(role, here)) as client:
            answer = await client.post("/v1/commands", json=mandate(here.inspector, units=[here.cell]))
        assert answer.json()["code"] == "role_not_allowed"
