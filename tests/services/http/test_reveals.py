"""Who told a case, and how a member is reached: masked, shown for a reason and some hours, and looked at again."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
import pytest_asyncio

from events.calendar import now
from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from services.reads.reasons import REASONS, RULES
from tests.services.http.test_grievances import act, asked
from tests.services.http.test_mandates import hired
from tests.services.http.world import OFFICE, World, command, mandate, officer, submit

NAME = "Người đến buổi tiếp dân (tên giả)"
PHONE = "0900 000 000 (số giả)"
WHY = {"reason": "case_handling"}
MASK = "***"


async def at_office(world: World) -> UUID:
    """Somebody without a household told the commune's office of it."""
    case = act(
        "receive",
        "2018-03-02",
        unit=world.here.unit,
        topic="roads_and_water",
        text="Đường lầy",
        petitioner=NAME,
    )
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as office:
        await submit(office, case)
    return UUID(case["id"])


async def reveal(world: World, asker: Asker, path: str, **body: Any) -> httpx.Response:
    async with world.client(asker) as client:
        state = (await client.get("/v1/state")).json()
        return await client.post(f"/v1/{path}", json=WHY | body, headers={"Soho-At-Least": str(state["log"])})


async def trace(world: World, asker: Asker, grievance: UUID) -> dict[str, Any]:
    async with world.client(asker) as client:
        answer = await client.get(f"/v1/grievances/{grievance}/trace")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_petitioner_is_shown_to_who_had_him_revealed_and_to_nobody_else(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance, mine = await at_office(world), world.asker(Role.COMMUNE_OFFICE, here)
    shown = await reveal(world, mine, f"grievances/{grievance}/reveal", document="31-CV/VP")
    assert shown.status_code == 201, shown.text
    assert shown.json()["petitioner"] == NAME
    until = datetime.fromisoformat(shown.json()["until"])
    assert timedelta(0) <= now() + timedelta(hours=RULES.reveal_hours) - until < timedelta(minutes=1)
    found = await trace(world, mine, grievance)
    assert (found["petitioner"], found["revealed_until"]) == (NAME, shown.json()["until"])
    assert until.utcoffset() == timedelta(hours=7), "as all times of the API"
    (line,) = [line for line in found["reads"] if line["route"] == "grievance_reveal"]
    assert (line["reason"], line["document"], line["opened"]) == ("case_handling", "31-CV/VP", True)
    async with world.client(mine) as client:
        file = (await client.get(f"/v1/grievances/{grievance}/file")).text
    assert NAME not in file, "a name that is shown for hours is not taken out for good"
    other = uuid7()
    async with world.office() as program:
        await submit(program, *officer(here.unit, other))
    colleague = Asker(Role.COMMUNE_OFFICE, here.unit, "test", other, OFFICE)
    for asker in (colleague, world.asker(Role.PROVINCIAL_OFFICE, here), world.asker(Role.AUDITOR, here)):
        found = await trace(world, asker, grievance)
        assert (found["petitioner"], found["revealed_until"]) == (MASK, None)


async def test_what_was_revealed_is_masked_again_when_the_time_is_over(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance, mine = await at_office(world), world.asker(Role.COMMUNE_OFFICE, here)
    assert (await reveal(world, mine, f"grievances/{grievance}/reveal")).status_code == 201
    owner = await asyncpg.connect(world.installation.endpoints.admin_url)
    await owner.execute("UPDATE reads.read SET until = now() WHERE grievances @> ARRAY[$1::uuid]", grievance)
    await owner.close()
    found = await trace(world, mine, grievance)
    assert (found["petitioner"], found["revealed_until"]) == (MASK, None)


async def test_who_neither_holds_the_case_nor_stands_above_is_not_shown(own_world: World) -> None:
    """The cell sees the case that it sent up, and holds it no more."""
    world, here = own_world, own_world.here
    secretary = world.asker(Role.CELL_SECRETARY, here)
    refused = await reveal(world, secretary, f"grievances/{here.case}/reveal")
    assert (refused.status_code, refused.json()["code"]) == (403, "reveal_not_yours")
    above = await reveal(world, world.asker(Role.COMMUNE_OFFICE, here), f"grievances/{here.case}/reveal")
    assert (above.status_code, above.json()["code"]) == (409, "nothing_masked"), "a household's own case masks nobody"
    grievance = await at_office(world)
    stranger = await reveal(world, world.asker(Role.COMMUNE_OFFICE, world.there), f"grievances/{grievance}/reveal")
    assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    for role in (Role.MEMBER, Role.AUDITOR, Role.SYSTEM):
        nobody = await reveal(world, world.asker(role, here), f"grievances/{grievance}/reveal")
        assert (nobody.status_code, nobody.json()["code"]) == (403, "role_not_allowed")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"reason": "curiosity"}, "not_in_list"),
        ({"reason": 3}, "wrong_type"),
        ({"document": "ong A o ban B"}, "document_number_unreadable"),
        ({"reason": "denunciation_check"}, "reason_document_needed"),
        ({"text": "vì cần biết"}, "unknown_field"),
    ],
)
async def test_the_reason_is_a_code_and_a_number_and_no_text(own_world: World, body: dict[str, str], code: str) -> None:
    grievance = await at_office(own_world)
    office = own_world.asker(Role.COMMUNE_OFFICE, own_world.here)
    refused = await reveal(own_world, office, f"grievances/{grievance}/reveal", **body)
    assert (refused.status_code, refused.json()["code"]) == (400, code), refused.text
    assert (await trace(own_world, office, grievance))["petitioner"] == MASK


async def test_a_body_that_does_not_fit_is_told_by_its_field_and_what_may_stand_there(world: World) -> None:
    bodies = {
        b"{}": ("missing_field", {"field": "reason"}),
        b'{"reason": "curiosity"}': ("not_in_list", {"field": "reason", "allowed": ", ".join(REASONS)}),
        b"[]": ("not_an_object", {}),
        b"null": ("not_an_object", {}),
        b'{"reason": ': ("invalid_json", {}),
        b"": ("not_an_object", {}),
    }
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        for path in (f"grievances/{world.here.case}/reveal", f"members/{world.here.member}/contact"):
            for body, (code, parameters) in bodies.items():
                refused = await client.post(f"/v1/{path}", content=body)
                assert (refused.status_code, refused.json()["code"]) == (400, code), body
                assert refused.json().get("parameters", {}) == parameters
        review = await client.post("/v1/reads/1/review", json={"outcome": "fine"})
    assert (review.status_code, review.json()["code"]) == (400, "not_in_list")
    assert "justified, unjustified" in review.json()["detail"]


async def gone_up(world: World) -> UUID:
    """Told at the commune's office, which has sent it up to the province: it sees the case and has it no more."""
    grievance, here = await at_office(world), world.here
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        up = {"grievance": grievance, "unit": here.unit, "reason": "beyond_competence"}
        await submit(office, act("escalate", "2018-03-04", **up))
    return grievance


async def test_the_glass_is_broken_in_danger_for_a_shorter_time_and_that_is_told(own_world: World) -> None:
    world, here = own_world, own_world.here
    mine, above = world.asker(Role.COMMUNE_OFFICE, here), world.asker(Role.PROVINCIAL_OFFICE, here)
    grievance = await gone_up(world)
    path, glass = f"grievances/{grievance}/reveal", {"reason": "urgent_danger", "break_glass": True}
    for body, status, code in (
        ({"reason": "case_handling"}, 403, "reveal_not_yours"),
        ({"reason": "urgent_danger"}, 403, "reveal_not_yours"),
        ({"reason": "case_handling", "break_glass": True}, 400, "break_glass_for_danger"),
    ):
        refused = await reveal(world, mine, path, **body)
        assert (refused.status_code, refused.json()["code"]) == (status, code), body
    assert (await trace(world, mine, grievance))["petitioner"] == MASK
    shown = await reveal(world, mine, path, **glass)
    assert (shown.status_code, shown.json()["petitioner"], shown.json()["glass_broken"]) == (201, NAME, True)
    until = datetime.fromisoformat(shown.json()["until"])
    assert timedelta(0) <= now() + timedelta(hours=RULES.break_glass_hours) - until < timedelta(minutes=1)
    assert RULES.break_glass_hours < RULES.reveal_hours
    found = await trace(world, mine, grievance)
    assert (found["petitioner"], datetime.fromisoformat(found["revealed_until"])) == (NAME, until)
    # Who has the case breaks nothing, also where he says so.
    handled = await reveal(world, above, path, **glass)
    assert (handled.status_code, handled.json()["glass_broken"]) == (201, False)
    (line,) = await lines(world, above)
    assert (line["route"], line["reason"], line["glass_broken"]) == ("grievance_reveal", "urgent_danger", True)
    assert line["reader"]["id"] == str(here.officer)
    stranger = await reveal(world, world.asker(Role.COMMUNE_OFFICE, world.there), path, **glass)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found"), "what is out of sight stays so"


async def test_a_refusal_says_which_reasons_there_are(own_world: World) -> None:
    """By what they are called, and not how many they are."""
    world, here = own_world, own_world.here
    grievance = await gone_up(world)
    path = f"grievances/{grievance}/reveal"
    mine = world.asker(Role.COMMUNE_OFFICE, here)
    glass = await reveal(world, mine, path, reason="case_handling", break_glass=True)
    assert glass.json()["code"] == "break_glass_for_danger"
    assert "urgent_danger" in glass.json()["detail"]
    async with world.client(world.asker(Role.INSPECTION, here)) as client:
        del client.headers["Soho-Reason"]
        needed = await client.get(f"/v1/grievances/{grievance}/file")
        unknown = await client.get(f"/v1/grievances/{grievance}/file", headers={"Soho-Reason": "curiosity"})
    for refused, code in ((needed, "reason_needed"), (unknown, "reason_unknown")):
        assert (refused.status_code, refused.json()["code"]) == (400, code)
        assert "case_handling" in refused.json()["detail"]


async def test_an_inspection_is_shown_whom_the_case_of_its_mandate_names(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance, team = await gone_up(world), await hired(world, world.province)
    path, why = f"grievances/{grievance}/reveal", {"reason": "inspection", "document": "21-QĐ/UBKT"}
    assert team.person is not None
    async with world.office() as office:
        await submit(office, mandate(team.person, cases=[grievance]))
    shown = await reveal(world, team, path, **why)
    assert (shown.status_code, shown.json()["petitioner"], shown.json()["glass_broken"]) == (201, NAME, False)
    other = await reveal(world, team, f"grievances/{here.case}/reveal", **why)
    assert (other.status_code, other.json()["code"]) == (404, "not_found")


async def test_the_glass_breaks_to_nobody_whom_the_case_is_about(own_world: World) -> None:
    world, here = own_world, own_world.here
    grievance = await at_office(world)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        naming = act("name_person", "2018-03-21", grievance=grievance, unit=here.unit)
        await submit(office, naming | {"about": [{"person": str(here.officer)}]})
    glass = {"reason": "urgent_danger", "break_glass": True}
    for role in (Role.COMMUNE_OFFICE, Role.CELL_SECRETARY):
        refused = await reveal(world, world.asker(role, here), f"grievances/{grievance}/reveal", **glass)
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


async def test_a_contact_is_behind_glass_for_the_cell_that_he_has_left(own_world: World, with_phone: UUID) -> None:
    world, here = own_world, own_world.here
    secretary, path = world.asker(Role.CELL_SECRETARY, here), f"members/{with_phone}/contact"
    async with world.office() as office:
        await submit(
            office, command("member.transfer", person=with_phone, unit=world.there.cell, effective="2019-01-01")
        )
    card = (await asked(world, Role.CELL_SECRETARY, here, f"/v1/members/{with_phone}")).json()
    assert card["contact"] == MASK
    refused = await reveal(world, secretary, path, reason="member_asked")
    assert (refused.status_code, refused.json()["code"]) == (403, "contact_not_yours")
    broken = await reveal(world, secretary, path, reason="urgent_danger", break_glass=True)
    assert (broken.status_code, broken.json()["contact"], broken.json()["glass_broken"]) == (201, PHONE, True)


async def test_a_contact_is_in_no_history(own_world: World, with_phone: UUID) -> None:
    for role in (Role.CELL_SECRETARY, Role.COMMUNE_OFFICE):
        history = await asked(own_world, role, own_world.here, f"/v1/members/{with_phone}/history")
        assert history.status_code == 200
        assert PHONE not in history.text


@pytest_asyncio.fixture(loop_scope="session")
async def with_phone(own_world: World) -> UUID:
    """Somebody of the cell whose contact is known."""
    person, cell = uuid7(), own_world.here.cell
    async with own_world.office() as office:
        registering = command("organisation.register_person", person=person, unit=cell, name="Người", contact=PHONE)
        await submit(office, registering, command("member.admit", person=person, unit=cell))
    return person


async def test_a_contact_is_masked_for_who_is_not_near(own_world: World, with_phone: UUID) -> None:
    world, here = own_world, own_world.here
    card, office = f"/v1/members/{with_phone}", world.asker(Role.COMMUNE_OFFICE, here)
    near = (await asked(world, Role.CELL_SECRETARY, here, card)).json()
    assert (near["contact"], near["revealed_until"]) == (PHONE, None)
    async with world.client(Asker(Role.MEMBER, here.cell, "test", with_phone)) as himself:
        assert (await himself.get(card)).json()["contact"] == PHONE
    for role in (Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE, Role.SYSTEM):
        assert (await asked(world, role, here, card)).json()["contact"] == MASK
    assert (await asked(world, Role.AUDITOR, here, card)).json()["contact"] is None
    shown = await reveal(world, office, f"members/{with_phone}/contact", reason="urgent_danger")
    assert (shown.status_code, shown.json()["contact"], shown.json()["glass_broken"]) == (201, PHONE, False)
    seen = (await asked(world, Role.COMMUNE_OFFICE, here, card)).json()
    assert (seen["contact"], seen["revealed_until"]) == (PHONE, shown.json()["until"])
    assert (await asked(world, Role.PROVINCIAL_OFFICE, here, card)).json()["contact"] == MASK
    nothing = await reveal(world, office, f"members/{here.idle}/contact", reason="urgent_danger")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_masked")


async def lines(world: World, asker: Asker) -> list[dict[str, Any]]:
    """What waits to be looked at again by the caller."""
    async with world.client(asker) as client:
        answer = await client.get("/v1/reads", params={"review": "open"})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["reads"]
    return found


async def waiting(world: World, asker: Asker) -> list[tuple[int, str]]:
    return [(line["read"], line["route"]) for line in await lines(world, asker)]


async def close(world: World, asker: Asker, read: int, outcome: str = "justified") -> httpx.Response:
    async with world.client(asker) as client:
        return await client.post(f"/v1/reads/{read}/review", json={"outcome": outcome})


async def test_what_was_revealed_is_looked_at_again_by_others(own_world: World, with_phone: UUID) -> None:
    world, here = own_world, own_world.here
    mine, above, auditor = (
        world.asker(role, here) for role in (Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE, Role.AUDITOR)
    )
    assert await waiting(world, above) == []
    grievance = await at_office(world)
    assert (await reveal(world, mine, f"grievances/{grievance}/reveal")).status_code == 201
    shown = await reveal(world, mine, f"members/{with_phone}/contact", reason="urgent_danger")
    assert shown.status_code == 201
    listed = await waiting(world, above)
    assert [route for _, route in listed] == ["member_contact", "grievance_reveal"]
    assert await waiting(world, auditor) == listed
    assert await waiting(world, mine) == [], "nobody looks at his own"
    elsewhere = world.asker(Role.COMMUNE_OFFICE, world.there)
    contact, petitioner = (read for read, _ in listed)
    for asker in (mine, elsewhere, world.asker(Role.AUDITOR, world.there)):
        refused = await close(world, asker, contact)
        assert (refused.status_code, refused.json()["code"]) == (403, "review_not_yours")
    assert (await close(world, above, contact, "unjustified")).status_code == 201
    assert (await close(world, auditor, contact)).json()["code"] == "review_not_yours", "once"
    assert [read for read, _ in await waiting(world, auditor)] == [petitioner]
    assert (await close(world, auditor, petitioner)).status_code == 201
    async with world.client(auditor) as client:
        found = (await client.get("/v1/reads", params={"reader": str(here.officer)})).json()["reads"]
    outcomes = {line["read"]: line["review"] for line in found if line["until"] is not None}
    assert outcomes == {contact: "unjustified", petitioner: "justified"}


async def test_two_who_look_again_at_once_close_it_once(own_world: World) -> None:
    world, mine = own_world, own_world.asker(Role.COMMUNE_OFFICE, own_world.here)
    grievance = await at_office(world)
    assert (await reveal(world, mine, f"grievances/{grievance}/reveal")).status_code == 201
    above, auditor = (world.asker(role, world.here) for role in (Role.PROVINCIAL_OFFICE, Role.AUDITOR))
    ((read, _),) = await waiting(world, above)
    answers = await asyncio.gather(*(close(world, asker, read) for asker in (above, auditor) * 3))
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403, 403, 403]
    unknown = await close(world, above, 2**63)
    assert (unknown.status_code, unknown.json()["code"]) == (403, "review_not_yours")


async def test_an_office_sees_no_other_reads(own_world: World) -> None:
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, own_world.here)) as client:
        refused = await client.get("/v1/reads")
        about = await client.get("/v1/reads", params={"person": str(own_world.here.member)})
    for answer in (refused, about):
        assert (answer.status_code, answer.json()["code"]) == (403, "reads_for_auditors")
