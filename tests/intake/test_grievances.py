"""Several who act on one case at once, and what one phone sends in one go."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from events.identifiers import uuid7
from services.decisions.asking import Role
from tests.installation import Installation
from tests.intake.in_process import another_api, held_archive
from tests.intake.sending import recorded, send
from tests.services.http.world import World, command, submit

DAY = "2018-03-05T12:00:00+07:00"


def step(name: str, grievance: str, unit: UUID, at: str = DAY, **fields: Any) -> dict[str, Any]:
    return command(f"grievance.{name}", instant=at, grievance=grievance, unit=unit, **fields)


def at_office(world: World, day: str = "02") -> dict[str, Any]:
    told = {"household": world.here.household, "topic": "land", "text": "Nội dung thử"}
    return command("grievance.receive", instant=f"2018-03-{day}T08:00:00+07:00", unit=world.here.unit, **told)


async def test_of_two_handlers_at_once_one_wins_and_the_other_is_told(world: World, installation: Installation) -> None:
    """One refuses the case while the other accepts it: the second is told its state, holder and what is possible."""
    office = world.asker(Role.COMMUNE_OFFICE, world.here)
    case = at_office(world)
    refused = step("refuse", case["id"], world.here.unit, reason="not_eligible")
    escalated = step("escalate", case["id"], world.here.unit, reason="beyond_competence")
    async with (
        another_api(installation) as other,
        other.client(office) as second,
        world.client(office) as first,
    ):
        await submit(first, case)
        # The second API knows the case before the archive is held.
        (known,) = await send(second, step("assign_handler", case["id"], world.here.unit, person=world.here.officer))
        assert known["outcome"] == "recorded"
        await recorded(installation, known["id"])
        async with held_archive(installation):
            (won,) = await send(first, refused)
            waiting = asyncio.create_task(send(second, escalated))
            await asyncio.sleep(0.2)
            assert not waiting.done()
        (lost,) = await waiting
    assert won["outcome"] == "recorded"
    problem = lost["problem"]
    assert problem["code"] == "grievance_wrong_state"
    assert problem["parameters"]["state"] == "answered"
    assert problem["parameters"]["holder"] == str(world.here.unit)
    assert "grievance.deliver" in problem["parameters"]["possible"]


async def test_of_two_bookings_at_once_each_has_a_number_of_its_own(world: World, installation: Installation) -> None:
    office = world.asker(Role.COMMUNE_OFFICE, world.here)
    cases = [at_office(world) for _ in range(20)]
    async with (
        another_api(installation) as other,
        other.client(office) as second,
        world.client(office) as first,
    ):
        await asyncio.gather(*(submit(client, case) for client, case in zip([first, second] * 10, cases, strict=True)))
        await recorded(installation, *(case["id"] for case in cases))
        state = (await first.get("/v1/state")).json()
        listed = await first.get(
            f"/v1/units/{world.here.unit}/grievances",
            params={"as_of": "2018-12-31"},
            headers={"Soho-At-Least": str(state["log"])},
        )
    numbers = [case["number"] for case in listed.json()["cases"] if case["number"] is not None]
    assert sorted(numbers) == sorted(f"{number}/2018" for number in range(1, 21))


async def test_a_meeting_told_in_one_go_closes_only_when_all_is_concluded(world: World) -> None:
    """The secretary's phone was offline: report, case, meeting and conclusions come in one batch."""
    here = world.here
    meeting = command(
        "meeting.hold",
        instant="2018-03-03T19:00:00+07:00",
        unit=here.cell,
        attendance=[{"member": str(here.member), "attendance": "present"}],
    )
    report = command(
        "meeting.submit_report",
        instant="2018-03-03T19:05:00+07:00",
        unit=here.cell,
        member=here.member,
        month="2018-02-01",
        lines=[{"target": str(here.household), "topics": ["land"]}],
    )
    case = command(
        "grievance.raise",
        instant="2018-03-01T09:00:00+07:00",
        received="2018-03-03",
        household=here.household,
        member=here.member,
        topic="land",
        text="Nội dung thử",
    )
    at_meeting = {"unit": here.cell, "meeting": meeting["id"], "instant": "2018-03-03T20:00:00+07:00"}
    conclude_report = command("meeting.conclude_report", report=report["id"], conclusion="noted", **at_meeting)
    conclude_case = command("grievance.conclude_at_cell", grievance=case["id"], conclusion="cell_solves", **at_meeting)
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as cell:
        results = await send(cell, meeting, report, case)
        assert {result["outcome"] for result in results} == {"recorded"}
        (early,) = await send(cell, command("meeting.close", **at_meeting))
        assert early["problem"]["code"] == "not_all_concluded"
        assert (early["problem"]["parameters"]["reports"], early["problem"]["parameters"]["grievances"]) == (1, 1)
        assert set(early["problem"]["parameters"]["open"]) == {report["id"], case["id"]}
        results = await send(cell, conclude_report, conclude_case, command("meeting.close", **at_meeting))
        assert [result["outcome"] for result in results] == ["recorded"] * 3, results
        again = command("meeting.close", id=uuid7(), **at_meeting)
        assert (await send(cell, again))[0]["problem"]["code"] == "meeting_not_open"
