"""A request to erase over HTTP, from the paper to the last key: who may, what is gone, and what stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg
import httpx
import msgspec
import pytest

from events.calendar import now, today
from events.identifiers import uuid7
from projections.archive.follower import leaf_hash
from services.decisions.asking import Role
from services.queries.naming import Named
from tests.services.http.world import World, command, submit

GONE_ON = "2018-06-01"
TEXT = "Đường vào bản lầy"


def act(type_name: str, **fields: Any) -> dict[str, Any]:
    """A step of a request, taken now, on a document."""
    return command(type_name, instant=now().isoformat(), basis={"number": "03-QĐ/ĐU"}, **fields)


async def sent(client: httpx.AsyncClient, item: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    response = await client.post("/v1/commands", json=item)
    if response.is_success:
        client.headers["Soho-At-Least"] = response.headers["Soho-Position"]
    return response.status_code, response.json()


async def request_of(world: World, household: UUID) -> tuple[UUID, int]:
    """The office has a request about the household, which is no household any more; and the position that shows it."""
    item = act("erasure.request", subject=household, of="household", ground="purpose_fulfilled")
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as office:
        dissolve = command("household.dissolve", household=household, reason="moved_away", effective=GONE_ON)
        await submit(office, dissolve)
        assert (await sent(office, item))[0] == 201
        return UUID(item["id"]), int(office.headers["Soho-At-Least"])


async def erased(world: World, household: UUID) -> tuple[UUID, int]:
    """It was granted by the office of the province, and carried out. The request, and the position that shows it."""
    erasure, _ = await request_of(world, household)
    step = {"erasure": erasure, "subject": household}
    async with world.office() as office:
        assert (await sent(office, act("erasure.acknowledge", **step)))[0] == 201
        assert (await sent(office, act("erasure.grant", **step)))[0] == 201
        assert (await sent(office, act("erasure.execute", **step)))[0] == 201
        return erasure, int(office.headers["Soho-At-Least"])


async def archived(world: World, household: UUID) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(world.installation.endpoints.admin_url)
    try:
        return await connection.fetch(
            "SELECT position, data, leaf FROM archive.message WHERE subject = $1 ORDER BY position",
            f"facts.household.{household}",
        )
    finally:
        await connection.close()


async def test_what_was_erased_is_gone_and_the_rest_stays(own_world: World) -> None:
    here = own_world.here
    household = here.household
    before = await archived(own_world, household)
    erasure, position = await erased(own_world, household)
    async with own_world.office() as office:
        office.headers["Soho-At-Least"] = str(position)
        card = (await office.get(f"/v1/households/{household}", params={"as_of": "2018-05-01"})).json()
        assert (card["head"], card["address"], card["erased"], card["persons"]) == (None, None, True, 4)
        assert [line["member"]["name"] for line in card["responsible"]] == ["Đảng viên Trên"]
        seen = (await office.get(f"/v1/households/{household}/visits")).json()
        assert seen["erased"]
        assert [(line["note"], line["purpose"]) for line in seen["visits"]] == [(None, "regular")]
        lines = (await office.get(f"/v1/households/{household}/history")).json()["entries"]
        of_type = {line["type"]: line for line in lines}
        assert of_type["household.household_registered.v1"]["erased"] == ["head", "address"]
        assert of_type["household.household_registered.v1"]["body"]["head"] is None
        assert of_type["household.household_dissolved.v1"]["erased"] == []
        assert list(of_type)[-4:] == [
            f"erasure.erasure_{step}.v1" for step in ("requested", "acknowledged", "granted", "executed")
        ]
        # What it had put forward in 2018 has to be kept for fifteen years, under a key of its own.
        trace = (await office.get(f"/v1/grievances/{here.case}/trace")).json()
        assert (trace["text"], trace["household"]["name"], trace["household"]["erased"]) == (TEXT, None, True)
        assert trace["steps"][0]["erased"] == []
        neighbour = (await office.get(f"/v1/households/{here.uncovered}")).json()
        assert (neighbour["head"], neighbour["erased"]) == ("Chủ hộ hai Trên", False)
        told = (await office.get(f"/v1/erasures/{erasure}")).json()
    assert (told["stage"], told["subject"]["erased"], told["kept"]) == ("executed", True, [])
    assert {limit["limit"]: limit["overdue"] for limit in told["limits"]} == {"reply": False, "erase": False}
    assert {told["received"], told["acknowledged"], told["ended"]} == {today().isoformat()}
    # The stored bytes are what they were: whatever was proven about them holds.
    after = await archived(own_world, household)
    assert after[: len(before)] == before
    assert [leaf_hash(row["data"]) for row in after] == [row["leaf"] for row in after]


async def test_nothing_is_sealed_for_it_any_more(own_world: World) -> None:
    here = own_world.here
    await erased(own_world, here.household)
    visit = {"instant": "2018-05-05T08:00:00+07:00", "household": here.household, "member": here.member}
    async with own_world.client(own_world.asker(Role.CELL_SECRETARY, here)) as client:
        status, problem = await sent(client, command("visit.record", **visit, note="Lại ghi tên chủ hộ"))
        assert (status, problem["code"]) == (422, "data_erased")
        assert "Lại ghi tên" not in str(problem)
        # A late report without a text is lost to no rule.
        assert (await sent(client, command("visit.record", **visit)))[0] == 201
        seen = (await client.get(f"/v1/households/{here.household}/visits")).json()
        assert len(seen["visits"]) == 2


async def test_with_a_key_of_its_own_goes_the_case_that_need_not_be_kept(own_world: World) -> None:
    """Withdrawn in 2009, and its fifteen years were over at the end of 2024."""
    here, case = own_world.here, uuid7()
    raised = command(
        "grievance.receive",
        id=case,
        unit=here.unit,
        instant="2009-03-05T12:00:00+07:00",
        household=here.household,
        topic="land",
        text="Ranh giới nương rẫy",
    )
    taken_back = command(
        "grievance.withdraw", grievance=case, instant="2009-03-09T12:00:00+07:00", basis={"number": "giấy rút"}
    )
    async with own_world.client(own_world.asker(Role.SYSTEM, here)) as client:
        response = await client.post("/v1/batches", json=[raised | {"source": "import"}, taken_back])
        outcomes = [result.get("problem", {}).get("code", "recorded") for result in response.json()["results"]]
    if outcomes != ["recorded", "recorded"]:
        pytest.fail(str(outcomes))
    erasure, position = await erased(own_world, here.household)
    async with own_world.office() as office:
        office.headers["Soho-At-Least"] = str(position)
        told = (await office.get(f"/v1/erasures/{erasure}")).json()
        trace = (await office.get(f"/v1/grievances/{case}/trace")).json()
        lines = (await office.get(f"/v1/households/{here.household}/history")).json()["entries"]
    assert told["stage"] == "executed"
    assert trace["text"] is None
    assert trace["steps"][0]["erased"] == ["text"]
    # Of the case's own key the household's trail says nothing: not everybody who reads that may know of the case.
    assert [line["body"]["whose"] for line in lines if line["type"] == "erasure.erasure_executed.v1"] == [
        str(here.household)
    ]


async def test_what_is_kept_tells_nobody_of_a_case_about_himself(own_world: World) -> None:
    """The office that handles the request is not told by what is kept that the household had put forward a case there,
    above it, about one of its own."""
    here, household = own_world.here, own_world.here.uncovered
    async with own_world.office() as office:
        about = command(
            "grievance.receive",
            unit=own_world.province,
            instant="2018-03-05T12:00:00+07:00",
            household=household,
            topic="conduct_of_office",
            text="Về cán bộ xã",
            about=[{"person": str(here.officer)}],
        )
        assert (await sent(office, about))[0] == 201
    erasure, position = await erased(own_world, household)
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as commune:
        commune.headers["Soho-At-Least"] = str(position)
        assert (await commune.get(f"/v1/grievances/{about['id']}/trace")).status_code == 404
        told = (await commune.get(f"/v1/erasures/{erasure}")).json()
    assert told["stage"] == "executed"
    assert told["kept"] == []


async def test_who_may_see_and_handle_it(own_world: World) -> None:
    here = own_world.here
    erasure, position = await request_of(own_world, here.household)
    asker = own_world.asker
    step = {"erasure": erasure, "subject": here.household}
    for role, of, status in (
        (Role.PROVINCIAL_OFFICE, here, 200),
        (Role.COMMUNE_OFFICE, here, 200),
        (Role.AUDITOR, here, 200),
        (Role.SYSTEM, here, 200),
        (Role.COMMUNE_OFFICE, own_world.there, 404),
        (Role.SYSTEM, own_world.there, 404),
        (Role.CELL_SECRETARY, here, 403),
        (Role.MEMBER, here, 404),
    ):
        async with own_world.client(asker(role, of)) as client:
            client.headers["Soho-At-Least"] = str(position)
            response = await client.get(f"/v1/erasures/{erasure}")
            assert (role, response.status_code) == (role, status)
            if status == 404:
                # As if it did not exist.
                assert (await client.get(f"/v1/erasures/{uuid7()}")).json()["code"] == response.json()["code"]
    for role in (Role.CELL_SECRETARY, Role.MEMBER, Role.SYSTEM):
        async with own_world.client(asker(role, here)) as client:
            status_, problem = await sent(client, act("erasure.grant", **step))
            assert (status_, problem["code"]) == (403, "role_not_allowed")
    async with own_world.client(asker(Role.COMMUNE_OFFICE, own_world.there)) as client:
        status_, problem = await sent(client, act("erasure.grant", **step))
        assert (status_, problem["code"]) == (403, "outside_your_unit")
    async with own_world.client(asker(Role.COMMUNE_OFFICE, here)) as client:
        listed = (await client.get(f"/v1/units/{here.unit}/erasures", params={"open": True})).json()
        assert [line["erasure"] for line in listed["erasures"]] == [str(here.erasure), str(erasure)]
        line = listed["erasures"][1]
        assert (line["stage"], line["subject"]["name"]) == ("requested", "Chủ hộ một Trên")
        status_, problem = await sent(client, act("erasure.grant", **step))
        assert (status_, problem["code"]) == (422, "second_person_needed")


async def test_a_member_is_kept_and_the_refusal_says_by_which_rule(own_world: World) -> None:
    here = own_world.here
    item = act("erasure.request", subject=here.idle, of="person", ground="request")
    step = {"erasure": item["id"], "subject": here.idle}
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as office:
        assert (await sent(office, item))[0] == 201
    async with own_world.office() as office:
        status, problem = await sent(office, act("erasure.grant", **step))
        assert (status, problem["code"], problem["parameters"]["record_kind"]) == (422, "must_be_kept", "member_file")
        assert "hồ sơ đảng viên" in problem["detail"]
        assert "12-HD/BTCTW" in problem["detail"]
        assert (await sent(office, act("erasure.refuse", **step, reason="must_be_kept")))[0] == 201
        told = (await office.get(f"/v1/erasures/{item['id']}")).json()
        assert (told["stage"], told["refusal"], told["ended"]) == ("refused", "must_be_kept", today().isoformat())
        kinds = {kept["kind"]: kept["certainty"] for kept in told["kept"]}
        assert kinds["member_file"] == "unverified"
        card = (await office.get(f"/v1/members/{here.idle}")).json()
        assert (card["name"], card["erased"]) == ("Đảng viên khác Trên", False)
    who = msgspec.structs.replace(own_world.asker(Role.MEMBER, here), person=here.idle)
    async with own_world.client(who) as himself:
        himself.headers["Soho-At-Least"] = office.headers["Soho-At-Least"]
        assert (await himself.get(f"/v1/erasures/{item['id']}")).json()["refusal"] == "must_be_kept"


def test_the_answer_leaves_the_mark_out_where_nothing_was_erased() -> None:
    id_ = UUID(int=1)
    assert msgspec.json.encode(Named(id_, None)) == b'{"id":"00000000-0000-0000-0000-000000000001","name":null}'
    assert msgspec.json.decode(msgspec.json.encode(Named(id_, None, True)))["erased"] is True
