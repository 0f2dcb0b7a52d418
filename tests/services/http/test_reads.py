"""Asking the read log: auditors, members and households are told who looked."""

from __future__ import annotations

from typing import Any

from events.calendar import today
from services.decisions.asking import Asker, Role
from tests.services.http.test_grievances import act, asked, told
from tests.services.http.world import World, submit


async def reads(world: World, asker: Asker, path: str, **parameters: Any) -> dict[str, Any]:
    async with world.client(asker) as client:
        answer = await client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_member_is_told_who_looked_at_him_and_at_nobody_else(own_world: World) -> None:
    world, here = own_world, own_world.here
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as client:
        assert (await client.get(f"/v1/members/{here.member}")).status_code == 200
        assert (await client.get(f"/v1/units/{here.cell}/coverage/members")).status_code == 200
        assert (await client.get(f"/v1/members/{here.idle}")).status_code == 200
    himself = world.asker(Role.MEMBER, here)
    found = await reads(world, himself, f"/v1/members/{here.member}/reads")
    told_of = [(line["route"], line["alone"], line["about"]) for line in found["reads"]]
    assert told_of == [("unit_coverage_members", False, str(here.cell)), ("member", True, None)]
    assert {(line["office"], line["unit"]["id"]) for line in found["reads"]} == {
        ("organisation_officer", str(here.unit))
    }
    assert all(line["persons"] == [] for line in found["reads"]), "who else was on the list is not his to know"
    async with world.client(himself) as client:
        assert (await client.get(f"/v1/members/{here.idle}/reads")).status_code == 404
        assert (await client.get(f"/v1/households/{here.household}/reads")).status_code == 403
    again = await reads(world, himself, f"/v1/members/{here.member}/reads")
    assert again["reads"][0]["route"] == "member_reads", "to ask who looked is to look"


async def test_an_office_asks_for_a_household_and_an_auditor_for_all(own_world: World) -> None:
    world, here = own_world, own_world.here
    async with world.office() as client:
        assert (await client.get(f"/v1/households/{here.household}")).status_code == 200
    path = f"/v1/households/{here.household}/reads"
    found = await reads(world, world.asker(Role.CELL_SECRETARY, here), path)
    (first,) = found["reads"]
    assert (first["route"], first["reader"]["id"], first["unit"]["id"]) == (
        "household",
        str(world.officer),
        str(world.province),
    )
    auditor = world.asker(Role.AUDITOR, here)
    assert [line["route"] for line in (await reads(world, auditor, path))["reads"]] == ["household_reads", "household"]
    # By a reader of the province, which is above the auditor's commune: asked about the household he is told.
    by_reader = await reads(world, auditor, "/v1/reads", reader=world.officer)
    assert by_reader["reads"] == []
    about = await reads(world, auditor, "/v1/reads", household=here.household, reader=world.officer)
    assert [line["read"] for line in about["reads"]] == [first["read"]]
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.there)) as client:
        assert (await client.get(path)).status_code == 404


async def test_an_auditor_reads_by_reader_and_day_page_by_page(own_world: World) -> None:
    world, here = own_world, own_world.here
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as client:
        for household in (here.household, here.uncovered, here.grouped):
            assert (await client.get(f"/v1/households/{household}")).status_code == 200
    auditor, day = world.asker(Role.AUDITOR, here), today().isoformat()
    given = {"reader": here.officer, "from": day, "to": day, "limit": 2}
    first = await reads(world, auditor, "/v1/reads", **given)
    second = await reads(world, auditor, "/v1/reads", after=first["next"], **given)
    homes = [line["households"] for page in (first, second) for line in page["reads"]]
    assert homes == [[str(here.grouped)], [str(here.uncovered)], [str(here.household)]]
    assert second["next"] is None
    assert (await reads(world, auditor, "/v1/reads", reader=here.officer, to="2018-01-01"))["reads"] == []
    async with world.client(auditor) as client:
        two = await client.get("/v1/reads", params={"person": str(here.member), "household": str(here.household)})
    assert (two.status_code, two.json()["code"]) == (400, "invalid_parameter")


async def test_days_in_the_wrong_order_are_no_empty_list(world: World) -> None:
    here = world.here
    for role, path in (
        (Role.AUDITOR, "/v1/reads"),
        (Role.MEMBER, f"/v1/members/{here.member}/reads"),
        (Role.CELL_SECRETARY, f"/v1/households/{here.household}/reads"),
    ):
        async with world.client(world.asker(role, here)) as client:
            refused = await client.get(path, params={"from": "2018-02-01", "to": "2018-01-31"})
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_parameter"), path
        assert refused.json()["parameters"] == {"field": "from"}


async def test_who_may_not_know_of_a_case_is_not_told_that_it_was_read(own_world: World) -> None:
    """The case becomes one about the cell's secretary: only above him it is seen that somebody looks at it."""
    world, here = own_world, own_world.here
    grievance = await told(world)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune:
        naming = act("name_person", "2018-03-21", grievance=grievance, unit=here.unit)
        await submit(commune, naming | {"about": [{"person": str(here.secretary)}]})
    trace = await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{grievance}/trace")
    assert str(here.secretary) in trace.text
    beneath = Asker(Role.AUDITOR, here.cell, "test")
    above = world.asker(Role.AUDITOR, here)
    subject = {"person": here.secretary}
    seen_above = await reads(world, above, "/v1/reads", **subject)
    assert "grievance_trace" in [line["route"] for line in seen_above["reads"]]
    seen_below = await reads(world, beneath, "/v1/reads", **subject)
    assert "grievance_trace" not in [line["route"] for line in seen_below["reads"]]
    async with world.client(beneath) as client:
        refused = await client.get("/v1/reads", params={"grievance": str(grievance)})
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    himself = Asker(Role.MEMBER, here.cell, "test", here.secretary)
    own = await reads(world, himself, f"/v1/members/{here.secretary}/reads")
    assert "grievance_trace" not in [line["route"] for line in own["reads"]]


async def test_no_empty_page_tells_of_a_read_that_is_not_told(own_world: World) -> None:
    """Neither he whom a hidden case is about, nor the office of its household, counts the reads of it page by page."""
    world, here = own_world, own_world.here
    grievance = await told(world)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as commune:
        naming = act("name_person", "2018-03-21", grievance=grievance, unit=here.unit)
        await submit(commune, naming | {"about": [{"person": str(here.secretary)}]})
    for path, asker in (
        (f"/v1/members/{here.secretary}/reads", Asker(Role.MEMBER, here.cell, "test", here.secretary)),
        (f"/v1/households/{here.household}/reads", world.asker(Role.CELL_SECRETARY, here)),
    ):
        trace = await asked(world, Role.COMMUNE_OFFICE, here, f"/v1/grievances/{grievance}/trace")
        assert trace.status_code == 200
        after: dict[str, int] = {}
        for _ in range(20):
            page = await reads(world, asker, path, limit=1, **after)
            assert page["reads"] or page["next"] is None, f"{path}: an empty page goes on after {page['next']}"
            if page["next"] is None:
                break
            after = {"after": page["next"]}


async def test_a_list_with_known_cases_tells_nothing_of_the_hidden_one_on_it(own_world: World) -> None:
    """A household without a case that its cell may know of was on no list of cases, for all that the cell is told."""
    world, here = own_world, own_world.here
    await told(world)
    async with world.office() as province:
        hidden = {"unit": world.province, "household": here.uncovered, "topic": "conduct_of_office", "text": "Ý kiến"}
        about = [{"person": str(here.secretary)}]
        await submit(province, act("receive", "2018-03-05", about=about, **hidden))
    listed = await asked(world, Role.PROVINCIAL_OFFICE, here, f"/v1/units/{world.province}/grievances")
    assert str(here.uncovered) in listed.text
    found = await reads(world, world.asker(Role.CELL_SECRETARY, here), f"/v1/households/{here.uncovered}/reads")
    assert "unit_grievances" not in [line["route"] for line in found["reads"]]


async def test_the_trace_shows_who_opened_what_was_told(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    path = f"/v1/grievances/{grievance}/trace"
    first = (await asked(world, Role.COMMUNE_OFFICE, here, path)).json()
    assert first["reads"] == []
    assert (await asked(world, Role.AUDITOR, here, path)).json()["text"] is None
    last = (await asked(world, Role.PROVINCIAL_OFFICE, here, path)).json()
    shown = [(line["role"], line["reader"]["id"], line["route"]) for line in last["reads"]]
    assert shown == [("commune_office", str(here.officer), "grievance_trace")], "an auditor opens nothing sealed"
