"""One case over HTTP: from the household's word to its trace, its file and its lists, for those who may know of it."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx
import pytest

from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from services.http.rate_limits import FOLLOWED
from tests.services.http.world import Commune, World, command, submit

TEXT = "Đường vào bản lầy từ tháng trước"


def act(name: str, day: str, **fields: Any) -> dict[str, Any]:
    """A step of a case, at noon of the day."""
    return command(f"grievance.{name}", instant=f"{day}T12:00:00+07:00", **fields)


def raised(commune: Commune, day: str = "2018-03-02", **fields: Any) -> dict[str, Any]:
    """Told to the member, and in the cell's book the next day."""
    told = {"household": commune.household, "member": commune.member, "topic": "roads_and_water", "text": TEXT}
    return act("raise", day, received="2018-03-03", **told, **fields)


async def told(world: World) -> UUID:
    """A case that the cell sends up on 5/3/2018, booked in on the 6th, a proposal, accepted on the 19th."""
    here = world.here
    case = raised(here)
    grievance = case["id"]
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        await submit(
            cell, case, act("escalate", "2018-03-05", grievance=grievance, unit=here.cell, reason="beyond_competence")
        )
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune:
        at_office = {"grievance": grievance, "unit": here.unit}
        await submit(
            commune,
            act("book", "2018-03-06", **at_office),
            act("determine_kind", "2018-03-06", kind="proposal", **at_office),
            act("assign_handler", "2018-03-07", person=here.officer, **at_office),
            act("accept", "2018-03-20", **at_office),
        )
    return UUID(grievance)


async def asked(world: World, role: Role, commune: Commune, path: str, **parameters: Any) -> httpx.Response:
    """The answer, once the registers have everything that was recorded."""
    async with world.client(world.asker(role, commune)) as client:
        state = (await client.get("/v1/state")).json()
        return await client.get(path, params=parameters, headers={"Soho-At-Least": str(state["log"])})


async def test_the_trace_says_who_held_it_and_against_which_limit(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    answer = await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{grievance}/trace", as_of="2018-03-25")
    assert answer.status_code == 200, answer.text
    trace = answer.json()
    assert (trace["stage"], trace["kind"], trace["text"]) == ("accepted", "proposal", TEXT)
    assert (trace["raised"], trace["received"], trace["lay"]) == ("2018-03-02", "2018-03-03", 1)
    # Received on 3/3 at the beginning of the day, up on 5/3; there until the day asked about, 25/3: 20 days.
    assert trace["hops"][1]["arrived"] == "2018-03-05T12:00:00+07:00"
    assert [(hop["unit"]["id"], hop["held"], hop["number"]) for hop in trace["hops"]] == [
        (str(here.cell), 2, None),
        (str(here.unit), 20, "1/2018"),
    ]
    assert [handler["id"] for handler in trace["hops"][1]["handlers"]] == [str(here.officer)]
    # Ten working days after Monday 5/3/2018: 6-9 (4), 12-16 (9), 19 (10). Accepted on the 20th: one day too late.
    (first,) = [clock for clock in trace["clocks"] if clock["clock"] == "first_answer"]
    assert (first["due"], first["ended"], first["overdue"], first["over"]) == ("2018-03-19", "2018-03-20", True, 1)
    assert first["statutory"]
    steps = [step["type"].split(".")[1] for step in trace["steps"]]
    assert steps[:3] == ["grievance_raised", "grievance_escalated", "grievance_booked"]
    assert all(step["late"] > 0 for step in trace["steps"])


async def test_each_clock_is_told_at_the_one_hop_where_it_started_also_all_on_one_day(own_world: World) -> None:
    """Extended, answered, told and contested on Friday 30/3/2018; taken up again by the same commune."""
    world, here = own_world, own_world.here
    grievance = await told(world)
    paper = {"source": "paper", "basis": {"number": "5-TB/UB", "issued_on": "2018-03-30"}}
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("extend", {"clock": "resolution", "until": "2018-06-29", "reason": "complex", "unit": here.unit}),
        ("answer", {"outcome": "explained", "text": "Đã sửa xong", "unit": here.unit}),
        ("deliver", {"channel": "letter"}),
        ("contest", {"text": "Vẫn lầy"}),
    )
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        for hour, (name, fields) in enumerate(steps, 10):
            instant = f"2018-03-30T{hour}:00:00+07:00"
            await submit(office, command(f"grievance.{name}", instant=instant, grievance=grievance, **paper, **fields))
    trace = (await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{grievance}/trace")).json()
    assert [(hop["unit"]["id"], hop["left_by"]) for hop in trace["hops"]] == [
        (str(here.cell), "escalated"),
        (str(here.unit), "delivered"),
        (str(here.unit), None),
    ]
    # 60 days from Friday 30/3: Tuesday 29/5.
    (second,) = [clock for clock in trace["hops"][2]["clocks"] if clock["clock"] == "resolution"]
    assert (second["started"], second["due"], second["extended"]) == ("2018-03-30", "2018-05-29", False)
    (first,) = [clock for clock in trace["hops"][1]["clocks"] if clock["clock"] == "resolution"]
    assert (first["started"], first["due"], first["extended"]) == ("2018-03-20", "2018-06-29", True)
    listed = [clock for hop in trace["hops"] for clock in hop["clocks"]]
    assert sorted(map(str, listed)) == sorted(map(str, trace["clocks"])), "each at one hop"


async def test_the_text_is_what_was_told_as_it_was_corrected_last(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    at_office = {"grievance": grievance, "unit": here.unit}
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(
            office,
            act("correct", "2018-03-21", text="Cầu vào bản gãy từ tháng trước", **at_office),
            act("correct", "2018-03-22", topic="public_services", **at_office),
            act("reply_interim", "2018-03-23", text="Đang khảo sát", **at_office),
        )
    trace = (await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{grievance}/trace")).json()
    assert (trace["text"], trace["topic"]) == ("Cầu vào bản gãy từ tháng trước", "public_services")


async def test_the_file_stands_by_itself(own_world: World) -> None:
    grievance = await told(own_world)
    answer = await asked(own_world, Role.COMMUNE_OFFICE, own_world.here, f"/v1/grievances/{grievance}/file")
    file = answer.json()
    assert file["format"] == "soho-case-file-1"
    assert [fact["position"] for fact in file["facts"]] == [step["position"] for step in file["trace"]["steps"]]
    for fact in file["facts"]:
        assert sha256(b"\0" + fact["data"].encode()).hexdigest() == fact["leaf"]
        assert str(grievance) in fact["data"]
        assert TEXT not in fact["data"]
    versions = {rules["version"] for rules in file["rules"]}
    assert versions == set(file["trace"]["rules"]) != set()


async def test_the_limits_in_a_file_can_be_counted_from_the_file_alone(own_world: World) -> None:
    """Told at the office on Wednesday 18/4/2018: Hùng Vương (25/4), 30/4 and 1/5 lie in the ten working days."""
    world, here = own_world, own_world.here
    said = {"petitioner": "Người dân", "topic": "land", "text": TEXT, "kind": "proposal"}
    case = act("receive", "2018-04-18", unit=here.unit, **said)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(office, case)
    file = (await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{case['id']}/file")).json()
    (first,) = [clock for clock in file["trace"]["clocks"] if clock["clock"] == "first_answer"]
    off = {holiday["day"] for year in file["calendar"] for holiday in year["holidays"]}
    off |= {swap["off"] for year in file["calendar"] for swap in year["swaps"]}
    worked = {swap["worked"] for year in file["calendar"] for swap in year["swaps"]}
    day, left = date.fromisoformat(first["started"]), first["days"]
    while left:
        day += timedelta(1)
        left -= (day.weekday() < 5 and day.isoformat() not in off) or day.isoformat() in worked
    # The 19th and 20th; 23rd, 24th, 26th and 27th; 2, 3 and 4 May; the 7th.
    assert first["due"] == day.isoformat() == "2018-05-07"
    # From 18/4 to the end of the longest limit, of the whole, in October 2018.
    assert [year["year"] for year in file["calendar"]] == [2017, 2018]


@pytest.mark.parametrize(
    ("role", "near", "seen"),
    [
        (Role.MEMBER, True, True),
        (Role.CELL_SECRETARY, True, True),
        (Role.COMMUNE_OFFICE, True, True),
        (Role.PROVINCIAL_OFFICE, True, True),
        (Role.MEMBER, False, False),
        (Role.CELL_SECRETARY, False, False),
        (Role.COMMUNE_OFFICE, False, False),
    ],
)
async def test_who_may_know_of_it(own_world: World, role: Role, near: bool, seen: bool) -> None:
    grievance = await told(own_world)
    commune = own_world.here if near else own_world.there
    answer = await asked(own_world, role, commune, f"/v1/grievances/{grievance}/trace")
    assert answer.status_code == (200 if seen else 404)
    unknown = await asked(own_world, role, commune, f"/v1/grievances/{uuid7()}/trace")
    assert unknown.status_code == 404
    if not seen:
        assert {**answer.json(), "instance": None} == {**unknown.json(), "instance": None}


async def test_what_is_told_at_the_office_stays_from_the_cell(own_world: World) -> None:
    here = own_world.here
    case = act("receive", "2018-04-02", unit=here.unit, household=here.household, topic="land", text=TEXT)
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(office, case)
    for role, status in ((Role.COMMUNE_OFFICE, 200), (Role.CELL_SECRETARY, 404), (Role.MEMBER, 404)):
        assert (await asked(own_world, role, here, f"/v1/grievances/{case['id']}/trace")).status_code == status
    for role in (Role.CELL_SECRETARY, Role.MEMBER):
        history = await asked(own_world, role, here, f"/v1/households/{here.household}/history")
        assert case["id"] not in history.text


async def test_who_it_is_about_never_learns_of_it(own_world: World) -> None:
    """Raised by the member about his own secretary: it stands at the commune, and the cell sees nothing."""
    here = own_world.here
    case = raised(here, about=[{"person": str(here.secretary)}])
    del case["received"]
    async with own_world.client(own_world.asker(Role.MEMBER, here)) as phone:
        await submit(phone, case)
    path = f"/v1/grievances/{case['id']}/trace"
    assert (await asked(own_world, Role.CELL_SECRETARY, here, path)).status_code == 404
    assert (await asked(own_world, Role.MEMBER, here, path)).status_code == 200
    trace = (await asked(own_world, Role.COMMUNE_OFFICE, here, path)).json()
    assert trace["holder"]["id"] == str(here.unit)
    own = await asked(own_world, Role.CELL_SECRETARY, here, f"/v1/units/{here.cell}/grievances")
    assert case["id"] not in own.text


async def test_lists_of_a_unit(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    lists = f"/v1/units/{here.unit}/grievances"
    day = {"as_of": "2018-03-25"}
    found = (await asked(world, Role.COMMUNE_OFFICE, here, lists, **day)).json()["cases"]
    # The other one is that of the world: sent up on 7/3, not booked in.
    assert {case["grievance"]: case["number"] for case in found} == {str(grievance): "1/2018", str(here.case): None}
    assert (await asked(world, Role.COMMUNE_OFFICE, here, lists, kind="complaint", **day)).json()["cases"] == []
    number = await asked(world, Role.COMMUNE_OFFICE, here, lists, year=2018, number=1, **day)
    assert len(number.json()["cases"]) == 1
    holders = (await asked(world, Role.COMMUNE_OFFICE, here, f"{lists}/holders", **day)).json()["holders"]
    assert [(line["unit"]["id"], line["open"]) for line in holders] == [(str(here.unit), 2)]
    handlers = (await asked(world, Role.COMMUNE_OFFICE, here, f"{lists}/handlers", **day)).json()["handlers"]
    assert [(line["handler"]["id"], line["open"]) for line in handlers] == [(str(here.officer), 1)]
    span = {"from": "2018-03-01", "to": "2018-03-31", **day}
    times = (await asked(world, Role.COMMUNE_OFFICE, here, f"{lists}/holding-times", **span)).json()["times"]
    # At the cell from the beginning of 3/3 to noon of 5/3, and the other from that of 6/3 to noon of 7/3.
    assert {(line["kind"], line["unit"]["id"], line["median_days"]) for line in times} == {
        ("proposal", str(here.cell), 2.5),
        (None, str(here.cell), 1.5),
    }
    for empty in ("overdue", "unroutable"):
        early = await asked(world, Role.COMMUNE_OFFICE, here, f"{lists}/{empty}", as_of="2018-03-05")
        assert early.status_code == 200
    overdue = await asked(world, Role.COMMUNE_OFFICE, here, f"{lists}/overdue", as_of=date(2019, 1, 1).isoformat())
    assert {case["grievance"] for case in overdue.json()["cases"]} == {str(grievance), str(here.case)}
    broken = await asked(world, Role.COMMUNE_OFFICE, here, lists, after="yesterday")
    assert (broken.status_code, broken.json()["code"]) == (400, "invalid_parameter")


@pytest.mark.parametrize(
    ("asked_for", "given", "field"),
    [
        ("", {"year": 99_999_999_999}, "year"),
        ("", {"year": 2018, "number": 99_999_999_999}, "number"),
        ("", {"number": 0}, "number"),
        ("/holding-times", {"from": "2018-05-01", "to": "2018-04-30"}, "from"),
    ],
)
async def test_what_cannot_be_asked_names_its_parameter(
    world: World, asked_for: str, given: dict[str, Any], field: str
) -> None:
    path = f"/v1/units/{world.here.unit}/grievances{asked_for}"
    refused = await asked(world, Role.COMMUNE_OFFICE, world.here, path, **given)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_parameter"), refused.text
    assert refused.json()["parameters"] == {"field": field}


async def test_a_list_up_to_the_last_day_there_is(world: World) -> None:
    lists = f"/v1/units/{world.here.unit}/grievances"
    found = await asked(world, Role.COMMUNE_OFFICE, world.here, lists, received_to="9999-12-31")
    assert [case["grievance"] for case in found.json()["cases"]] == [str(world.here.case)]
    times = await asked(
        world, Role.COMMUNE_OFFICE, world.here, f"{lists}/holding-times", **{"from": "2018-01-01", "to": "9999-12-31"}
    )
    assert [line["cases"] for line in times.json()["times"]] == [1]


async def test_pages_of_a_list_go_on_where_the_last_ended(own_world: World) -> None:
    world, here = own_world, own_world.here
    cases = [raised(here, f"2018-04-{day:02}") | {"received": f"2018-04-{day:02}"} for day in (2, 2, 3, 4, 4)]
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        await submit(cell, *cases)
    lists, seen, after = f"/v1/units/{here.unit}/grievances", [], None
    while True:
        given = {"limit": 2, "received_from": "2018-04-01"} | ({} if after is None else {"after": after})
        page = (await asked(world, Role.COMMUNE_OFFICE, here, lists, **given)).json()
        seen += [(case["received"], case["grievance"]) for case in page["cases"]]
        after = page["next"]
        if after is None:
            break
    assert seen == sorted(((case["received"], case["id"]) for case in cases), reverse=True)


async def test_a_page_is_of_the_list_as_known_where_the_page_before_was(own_world: World) -> None:
    """Between two pages a case comes in that belongs on the second, and the last of the first list is withdrawn."""
    world, here = own_world, own_world.here
    days = ("2018-04-02", "2018-04-04", "2018-04-05")
    first, third, fourth = (raised(here, day) | {"received": day} for day in days)
    second = raised(here, "2018-04-03") | {"received": "2018-04-03"}
    lists = f"/v1/units/{here.unit}/grievances"
    given = {"limit": 2, "received_from": "2018-04-01", "open": True}
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        await submit(cell, first, third, fourth)
        page = (await asked(world, Role.COMMUNE_OFFICE, here, lists, **given)).json()
        assert [case["grievance"] for case in page["cases"]] == [fourth["id"], third["id"]]
        withdrawn = act("withdraw", "2018-04-06", grievance=first["id"], basis={"number": "Giấy của hộ"})
        await submit(cell, second, withdrawn)
    rest = (await asked(world, Role.COMMUNE_OFFICE, here, lists, **given, after=page["next"])).json()
    assert [case["grievance"] for case in rest["cases"]] == [first["id"]]
    assert rest["known_at"] == page["known_at"]
    now = {"known_at": rest["known_at"] + 2}
    today = (await asked(world, Role.COMMUNE_OFFICE, here, lists, **given, **now, after=page["next"])).json()
    assert [case["grievance"] for case in today["cases"]] == [second["id"]]
    for broken in ("2018-04-04", page["next"].rpartition("_")[0], page["next"] + "_1", page["next"] + "x"):
        refused = await asked(world, Role.COMMUNE_OFFICE, here, lists, after=broken)
        assert (refused.status_code, refused.json()["parameters"]) == (400, {"field": "after"}), broken


async def test_a_denunciation_leaves_a_receipt_for_inspection_alone(own_world: World) -> None:
    world, here = own_world, own_world.here
    case, receipt = raised(here), uuid7()
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        up = act("escalate", "2018-03-04", grievance=case["id"], unit=here.cell, reason="beyond_competence")
        await submit(cell, case, up)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        handed = {"receipt": receipt, "handed_to": here.unit, "number": "07/BN", "basis": {"number": "3-CV/ĐU"}}
        await submit(office, act("withhold", "2018-03-05", grievance=case["id"], unit=here.unit, **handed))
    for role in (Role.MEMBER, Role.CELL_SECRETARY, Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE):
        gone = await asked(world, role, here, f"/v1/grievances/{case['id']}/trace")
        assert gone.status_code == 404
        assert (await asked(world, role, here, "/v1/denunciation-receipts")).status_code == 403
    team = world.asker(Role.INSPECTION, here)
    async with world.client(team) as client:
        state = (await client.get("/v1/state")).json()
        found = await client.get("/v1/denunciation-receipts", headers={"Soho-At-Least": str(state["log"])})
        (line,) = found.json()["receipts"]
        assert (line["receipt"], line["received"], line["number"]) == (str(receipt), "2018-03-03", "07/BN")
        assert case["id"] not in found.text
        assert (await client.get(f"/v1/grievances/{case['id']}/trace")).status_code == 404


@pytest.mark.parametrize("withheld", ["part", "whole"])
async def test_what_was_split_is_withheld_as_a_whole_and_named_nowhere(own_world: World, withheld: str) -> None:
    world, here = own_world, own_world.here
    case = raised(here)
    one, other = ({"topic": "land", "text": TEXT, "kind": kind} for kind in ("proposal", "complaint"))
    up = act("escalate", "2018-03-04", grievance=case["id"], unit=here.cell, reason="beyond_competence")
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        await submit(cell, case, up)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(office, act("split", "2018-03-05", grievance=case["id"], unit=here.unit, parts=[one, other]))
    path = f"/v1/grievances/{case['id']}/trace"
    whole = (await asked(world, Role.COMMUNE_OFFICE, here, path)).json()
    family = [case["id"], *whole["parts"]]
    receipt = {"receipt": uuid7(), "handed_to": here.unit, "number": "08/BN", "basis": {"number": "4-CV/ĐU"}}
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        gone = family[1] if withheld == "part" else family[0]
        others = [{"grievance": each, "repeats": True} for each in family[1:] if each != gone]
        told_of = act("withhold", "2018-03-06", grievance=gone, unit=here.unit, others=others, **receipt)
        await submit(office, told_of)
    for each in family:
        trace = await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{each}/trace")
        assert trace.status_code == 404
    for path in (
        f"/v1/households/{here.household}/history",
        f"/v1/members/{here.member}/history",
        f"/v1/units/{here.cell}/grievances",
    ):
        answer = await asked(world, Role.COMMUNE_OFFICE, here, path)
        assert answer.status_code == 200, answer.text
        assert not any(each in answer.text for each in family), path


async def test_a_part_with_a_text_of_its_own_goes_on_and_leads_to_nothing_that_was_withheld(own_world: World) -> None:
    """The second part had gone up to the province before the first turned out to be a denunciation."""
    world, here = own_world, own_world.here
    case = raised(here)
    one, other = ({"topic": "land", "text": f"{TEXT} {kind}", "kind": kind} for kind in ("proposal", "complaint"))
    up = {"unit": here.unit, "reason": "beyond_competence"}
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        first = act("escalate", "2018-03-04", grievance=case["id"], unit=here.cell, reason="beyond_competence")
        await submit(cell, case, first)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(office, act("split", "2018-03-05", grievance=case["id"], unit=here.unit, parts=[one, other]))
    whole = (await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{case['id']}/trace")).json()
    told_of, kept = whole["parts"]
    receipt = {"receipt": uuid7(), "handed_to": here.unit, "number": "09/BN", "basis": {"number": "5-CV/ĐU"}}
    others = [{"grievance": kept, "repeats": False}]
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(
            office,
            act("escalate", "2018-03-06", grievance=kept, **up),
            act("withhold", "2018-03-07", grievance=told_of, unit=here.unit, others=others, **receipt),
        )
    for role in (Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE):
        for place in ("trace", "file"):
            answer = await asked(world, role, here, f"/v1/grievances/{kept}/{place}")
            assert answer.status_code == 200
            assert case["id"] not in answer.text
            assert told_of not in answer.text
        trace = (await asked(world, role, here, f"/v1/grievances/{kept}/trace")).json()
        assert (trace["text"], trace["part_of"], trace["holder"]["id"]) == (
            f"{TEXT} complaint",
            None,
            str(world.province),
        )
        for gone in (case["id"], told_of):
            assert (await asked(world, role, here, f"/v1/grievances/{gone}/trace")).status_code == 404
    async with world.client(world.asker(Role.PROVINCIAL_OFFICE, here)) as province:
        await submit(province, act("book", "2018-03-08", grievance=kept, unit=world.province))


async def test_a_code_ends_when_somebody_is_named(own_world: World) -> None:
    """The secretary has the code; then the commune learns that the case is about him."""
    world, here = own_world, own_world.here
    grievance = await told(world)
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        state = (await cell.get("/v1/state")).json()
        path, at_least = f"/v1/grievances/{grievance}/follow-code", {"Soho-At-Least": str(state["log"])}
        code = (await cell.post(path, headers=at_least)).json()["code"]
        before = await cell.post("/v1/follow", json={"code": code})
    assert before.status_code == 200
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune:
        named = act("name_person", "2018-03-21", grievance=grievance, unit=here.unit)
        await submit(commune, named | {"about": [{"person": str(here.secretary)}]})
    assert (await asked(world, Role.CELL_SECRETARY, here, f"/v1/grievances/{grievance}/trace")).status_code == 404
    async with world.client(None) as household:
        after = await household.post("/v1/follow", json={"code": code})
    assert (after.status_code, after.json()["code"]) == (404, "follow_code_unknown")


async def test_a_household_follows_its_own_case(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    async with world.client(world.asker(Role.CELL_SECRETARY, world.there)) as stranger:
        assert (await stranger.post(f"/v1/grievances/{grievance}/follow-code")).status_code == 404
    async with world.client(world.asker(Role.MEMBER, here)) as phone:
        state = (await phone.get("/v1/state")).json()
        given = await phone.post(
            f"/v1/grievances/{grievance}/follow-code", headers={"Soho-At-Least": str(state["log"])}
        )
        assert given.status_code == 201, given.text
        code = given.json()["code"]
    async with world.client(None) as household:
        followed = await household.post("/v1/follow", json={"code": code.lower()})
        assert followed.status_code == 200, followed.text
        told_of = followed.json()
        assert (told_of["received"], told_of["stage"], told_of["number"]) == ("2018-03-03", "accepted", "1/2018")
        assert told_of["office"] == f"Xã {here.name}"
        assert TEXT not in followed.text
        for _ in range(FOLLOWED.amount):
            wrong = await household.post("/v1/follow", json={"code": "0000-0000-0000-0000"})
        assert (wrong.status_code, wrong.json()["code"]) == (429, "too_many_questions")
        assert 1 <= int(wrong.headers["retry-after"]) <= 60


async def test_a_merger_is_no_hop_and_the_successor_is_named(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    async with world.client(Asker(Role.SYSTEM, world.province, "test")) as program:
        merged = command(
            "organisation.merge_units",
            effective="2018-03-15",
            into=world.there.unit,
            units=[here.unit],
            basis={"number": "15-NQ/TW"},
        )
        await submit(program, merged)
    path = f"/v1/grievances/{grievance}/trace"
    before = (await asked(world, Role.PROVINCIAL_OFFICE, here, path, as_of="2018-03-14")).json()
    after = (await asked(world, Role.COMMUNE_OFFICE, world.there, path, as_of="2018-03-25")).json()
    assert [hop["now"] for hop in before["hops"]] == [None, None]
    assert [hop["now"] and hop["now"]["id"] for hop in after["hops"]] == [None, str(world.there.unit)]
    due = [[c["due"] for c in trace["clocks"] if c["clock"] == "first_answer"] for trace in (before, after)]
    assert due == [["2018-03-19"], ["2018-03-19"]]
    lists = f"/v1/units/{world.there.unit}/grievances"
    listed = (await asked(world, Role.COMMUNE_OFFICE, world.there, lists, as_of="2018-03-25")).json()["cases"]
    assert str(grievance) in {case["grievance"] for case in listed if case["now"]}


async def test_a_dissolved_units_case_waits_in_the_queue_for_the_unit_above_which_is_named(own_world: World) -> None:
    """What stands at a cell that is dissolved is the commune's to take up, where it stands from then on."""
    world, here = own_world, own_world.here
    case = raised(here)
    dissolved = command(
        "organisation.dissolve_unit", effective="2018-03-15", unit=here.cell, basis={"number": "16-QĐ/ĐU"}
    )
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        await submit(cell, case)
    async with world.client(Asker(Role.SYSTEM, world.province, "test")) as program:
        await submit(program, dissolved)
    trace, lists = f"/v1/grievances/{case['id']}/trace", f"/v1/units/{here.unit}/grievances"

    async def queued(day: str) -> list[tuple[str, str, str | None]]:
        page = (await asked(world, Role.COMMUNE_OFFICE, here, f"{lists}/unroutable", as_of=day)).json()
        lines = [line for line in page["cases"] if line["grievance"] == case["id"]]
        return [(line["reason"], line["unit"]["id"], line["now"] and line["now"]["id"]) for line in lines]

    assert await queued("2018-03-14") == []
    assert await queued("2018-03-15") == [("unit_ended", str(here.cell), str(here.unit))]
    (hop,) = (await asked(world, Role.COMMUNE_OFFICE, here, trace, as_of="2018-03-15")).json()["hops"]
    assert (hop["unit"]["id"], hop["now"]["id"], hop["left"]) == (str(here.cell), str(here.unit), None)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune:
        await submit(commune, act("book", "2018-03-16", grievance=case["id"], unit=here.unit))
    assert await queued("2018-03-15") != []
    # With the commune, which has no secretary in this world.
    assert await queued("2018-03-16") == [("office_vacant", str(here.unit), None)]


async def test_a_cell_has_what_waits_at_one_that_went_into_it(own_world: World) -> None:
    world, here, there = own_world, own_world.here, own_world.there
    case = raised(here)
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        await submit(cell, case)
    merged = {"into": there.cell, "units": [here.cell], "basis": {"number": "16-NQ/ĐU"}}
    async with world.client(Asker(Role.SYSTEM, world.province, "test")) as program:
        await submit(program, command("organisation.merge_units", effective="2018-04-01", **merged))
    agenda = await asked(world, Role.CELL_SECRETARY, there, f"/v1/units/{there.cell}/agenda", day="2018-05-03")
    assert case["id"] in {line["grievance"] for line in agenda.json()["grievances"]}, agenda.text


async def test_a_body_reads_whose_case_it_has_and_no_petitioner(own_world: World) -> None:
    """Told at the office by somebody of the household, and transferred to the commune beside, which sees neither."""
    world, here, there = own_world, own_world.here, own_world.there
    said = {"household": here.household, "petitioner": "Người đến nói", "topic": "land", "text": TEXT}
    case = act("receive", "2018-04-02", unit=here.unit, **said)
    letter = {"number": "12-CV/ĐU"}
    over = act("transfer", "2018-04-03", grievance=case["id"], unit=here.unit, to=there.unit, basis=letter)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(office, case, over)
    place, lists = f"/v1/grievances/{case['id']}/trace", f"/v1/units/{there.unit}/grievances"
    answer = await asked(world, Role.COMMUNE_OFFICE, there, place)
    trace = answer.json()
    household = {"id": str(here.household), "name": f"Chủ hộ một {here.name}"}
    assert (trace["household"], trace["address"]) == (household, "Cuối bản")
    assert "Người đến nói" not in answer.text
    listed = (await asked(world, Role.COMMUNE_OFFICE, there, lists)).json()["cases"]
    assert household in [line["household"] for line in listed]
    for closed in ("", "/visits", "/responsible"):
        refused = await asked(world, Role.COMMUNE_OFFICE, there, f"/v1/households/{here.household}{closed}")
        assert refused.status_code == 404, closed
    async with world.client(world.asker(Role.AUDITOR, there)) as auditor:
        told_auditor = (await auditor.get(place)).json()
    assert (told_auditor["household"]["name"], told_auditor["address"]) == (None, None)

    back = act("transfer", "2018-04-05", grievance=case["id"], unit=there.unit, to=here.unit, basis=letter)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, there)) as office:
        await submit(office, back)
    assert (await asked(world, Role.COMMUNE_OFFICE, there, place)).status_code == 404
    own = (await asked(world, Role.COMMUNE_OFFICE, here, place)).json()
    assert (own["household"], own["address"]) == (household, "Cuối bản")


async def test_nobody_reads_of_a_household_by_booking_a_case_of_it(own_world: World) -> None:
    """The commune beside receives somebody who says that he is of the household: by that it learns no name."""
    world, here, there = own_world, own_world.here, own_world.there
    case = act("receive", "2018-04-02", unit=there.unit, household=here.household, topic="land", text=TEXT)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, there)) as office:
        await submit(office, case)
    trace = (await asked(world, Role.COMMUNE_OFFICE, there, f"/v1/grievances/{case['id']}/trace")).json()
    assert (trace["household"]["id"], trace["household"]["name"]) == (str(here.household), None)
    assert trace["address"] is None
