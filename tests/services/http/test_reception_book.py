"""The office's book of citizen reception, in the columns of Mẫu số 03 (TT 04/2021/TT-TTCP)."""

from __future__ import annotations

from typing import Any

from services.decisions.asking import Asker, Role
from tests.services.http.test_grievances import TEXT, act, asked, raised, told
from tests.services.http.world import World, command, submit

LETTER = {"number": "12-CV/ĐU", "issued_on": "2018-04-04", "issuer": "Đảng ủy xã"}


async def written(world: World) -> list[str]:
    """Number 1 came from the cell and was accepted; 2 was told at the office and forwarded; 3 was refused."""
    here = world.here
    said = {"unit": here.unit, "topic": "land", "text": "Ranh giới đất", "kind": "complaint"}
    forwarded = act("receive", "2018-04-02", petitioner="Người đến nói", **said)
    refused = act("receive", "2018-04-03", household=here.household, **said)
    first = str(await told(world))
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        held: dict[str, Any] = {"unit": here.unit}
        await submit(
            office,
            act("answer", "2018-03-26", grievance=first, outcome="resolved", text="Đã san gạt đường", **held),
            act("deliver", "2018-03-28", grievance=first, channel="in_person"),
            forwarded,
            refused,
            act("transfer", "2018-04-05", grievance=forwarded["id"], to=world.province, basis=LETTER, **held),
            act("refuse", "2018-04-06", grievance=refused["id"], reason="not_eligible", **held),
        )
    return [first, forwarded["id"], refused["id"]]


async def book(world: World, role: Role = Role.COMMUNE_OFFICE, **asked_for: Any) -> dict[str, Any]:
    path = f"/v1/units/{world.here.unit}/grievances/reception-book"
    answer = await asked(world, role, world.here, path, year=2018, **asked_for)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_each_line_says_what_the_form_asks(own_world: World) -> None:
    world, here = own_world, own_world.here
    cases = await written(world)
    found = await book(world)
    assert (found["name"], found["year"], found["next"]) == (f"Xã {here.name}", 2018, None)
    assert [(line["grievance"], line["number"]) for line in found["lines"]] == list(zip(cases, (1, 2, 3), strict=True))
    first, forwarded, refused = found["lines"]
    assert (first["received"], first["household"]["name"]) == ("2018-03-03", f"Chủ hộ một {here.name}")
    assert (first["text"], first["topic"], first["kind"]) == (TEXT, "roads_and_water", "proposal")
    assert [unit["id"] for unit in first["dealt_before"]] == [str(here.cell)]
    assert (first["accepted_on"], first["answered_on"], first["delivered_on"]) == (
        "2018-03-20",
        "2018-03-26",
        "2018-03-28",
    )
    assert (first["outcome"], first["forwarded"], first["refused_on"]) == ("resolved", None, None)
    assert (forwarded["household"], forwarded["petitioner"], forwarded["dealt_before"]) == (None, "***", [])
    sent = forwarded["forwarded"]
    assert (sent["on"], sent["to"]["id"], sent["basis"]) == ("2018-04-05", str(world.province), LETTER)
    assert (refused["refused_on"], refused["refusal"], refused["stage"]) == ("2018-04-06", "not_eligible", "answered")
    early = (await book(world, as_of="2018-04-05"))["lines"]
    assert [(line["number"], line["refused_on"]) for line in early] == [(1, None), (2, None), (3, None)]


async def test_a_line_has_the_address_for_who_may_read_it_and_no_number_of_persons(own_world: World) -> None:
    world, here, there = own_world, own_world.here, own_world.there
    await written(world)
    first, forwarded, _ = (await book(world))["lines"]
    assert (first["address"], forwarded["address"]) == ("Cuối bản", None)
    assert {line["persons"] for line in (await book(world))["lines"]} == {None}
    assert {line["address"] for line in (await book(world, Role.AUDITOR))["lines"]} == {None}

    # Transferred to the commune beside, which books it in: it reads the address as long as it has the case.
    said = {"topic": "land", "text": "Ranh giới đất", "household": here.household}
    case = act("receive", "2018-04-10", unit=here.unit, **said)
    held = {"grievance": case["id"], "basis": LETTER}
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        await submit(office, case, act("transfer", "2018-04-11", unit=here.unit, to=there.unit, **held))
    path = f"/v1/units/{there.unit}/grievances/reception-book"
    for step, address in (
        (act("book", "2018-04-12", grievance=case["id"], unit=there.unit), "Cuối bản"),
        (act("transfer", "2018-04-13", unit=there.unit, to=here.unit, **held), None),
    ):
        async with world.client(world.asker(Role.COMMUNE_OFFICE, there)) as office:
            await submit(office, step)
        lines = (await asked(world, Role.COMMUNE_OFFICE, there, path, year=2018)).json()["lines"]
        assert [line["address"] for line in lines] == ([] if address is None else [address])


async def test_pages_go_by_the_number(own_world: World) -> None:
    await written(own_world)
    page = await book(own_world, limit=2)
    assert ([line["number"] for line in page["lines"]], page["next"]) == ([1, 2], 2)
    page = await book(own_world, limit=2, after=2)
    assert ([line["number"] for line in page["lines"]], page["next"]) == ([3], None)


async def test_an_auditor_reads_neither_text_nor_names(own_world: World) -> None:
    await written(own_world)
    for line in (await book(own_world, Role.AUDITOR))["lines"]:
        assert line["text"] is None
        assert line["household"] is None or line["household"]["name"] is None


async def test_what_is_about_somebody_is_in_the_book_above_him_alone(own_world: World) -> None:
    world, here = own_world, own_world.here
    case = raised(here, about=[{"person": str(here.officer)}])
    del case["received"]
    async with world.client(world.asker(Role.MEMBER, here)) as phone:
        await submit(phone, case)
    async with world.office() as province:
        await submit(province, act("book", "2018-03-05", grievance=case["id"], unit=world.province))
    path = f"/v1/units/{world.province}/grievances/reception-book"
    above = await asked(world, Role.PROVINCIAL_OFFICE, here, path, year=2018)
    assert [line["grievance"] for line in above.json()["lines"]] == [case["id"]]
    assert (await book(world))["lines"] == []
    assert (await asked(world, Role.COMMUNE_OFFICE, here, path, year=2018)).status_code == 404


async def test_a_case_of_a_unit_that_ended_stays_in_that_units_book(own_world: World) -> None:
    """Refused there, contested, and so booked in once more before the successor, which gives no number."""
    world, here, there = own_world, own_world.here, own_world.there
    *_, refused = await written(world)
    basis = {"number": "15-NQ/TW"}
    async with world.client(Asker(Role.SYSTEM, world.province, "test")) as program:
        merged = {"effective": "2018-05-01", "into": there.unit, "units": [here.unit], "basis": basis}
        await submit(program, command("organisation.merge_units", **merged))
    own = act("receive", "2018-05-02", unit=there.unit, petitioner="Người khác", topic="other", text=TEXT)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, there)) as office:
        delivered = act("deliver", "2018-04-09", grievance=refused, channel="letter")
        await submit(office, delivered, act("contest", "2018-04-10", grievance=refused), own)
    for unit, cases in ((here.unit, 3), (there.unit, 1)):
        path = f"/v1/units/{unit}/grievances/reception-book"
        found = (await asked(world, Role.COMMUNE_OFFICE, there, path, year=2018)).json()["lines"]
        assert len(found) == cases
        assert (refused in {line["grievance"] for line in found}) == (unit == here.unit)
