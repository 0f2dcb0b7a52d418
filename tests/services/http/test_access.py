"""Who may ask what, and sees what, beside what the matrix of routes and roles asks (test_matrix.py)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from litestar.handlers import HTTPRouteHandler

from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from services.http.access import ROUTES
from services.http.app import HANDLERS
from services.http.authentication import PUBLIC
from tests.installation import Installation
from tests.services.http import rounds
from tests.services.http.world import NOON, Commune, World, command, submit

WITHOUT_SUBJECT = {
    "me": "/v1/me",
    "state": "/v1/state",
    "submission_statuses": "/v1/submissions",
    "denunciation_receipts": "/v1/denunciation-receipts",
    "reads": "/v1/reads?review=open",
    "own_mandates": "/v1/mandates",
}
POSTS = {"submit_command", "submit_batch", "grievance_follow_code", "grievance_reveal", "member_contact", "read_review"}
BETWEEN = "?from=2017-12-31&to=2018-12-31"
OF_2018 = "?year=2018"
EXTRA = {
    "member_dossier": "?year=2018",
    "member_dossier_facts": "?year=2018",
    "unit_dossiers": "?year=2018",
    "unit_not_visited": "?months=3",
    "unit_changes": BETWEEN,
    "member_changes": BETWEEN,
    "household_changes": BETWEEN,
    "unit_grievances_holding_times": BETWEEN,
    "unit_classification_layout": OF_2018,
    "unit_classification": OF_2018,
    "unit_classification_statistics": OF_2018,
    "unit_classification_ratings": OF_2018,
    "unit_classification_without_round": OF_2018,
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(installation: Installation) -> World:
    """Two communes of one province, in each of which a member was rated. Not to be changed."""
    return await rounds.tell_rated(installation)


def handlers() -> dict[str, HTTPRouteHandler]:
    return {str(handler.name): handler for handler in HANDLERS}


def address(name: str, commune: Commune) -> str:
    """The route asked about the commune's cell, member or household."""
    if name in WITHOUT_SUBJECT:
        return WITHOUT_SUBJECT[name]
    (path,) = handlers()[name].paths
    for parameter, value in (
        ("{unit:uuid}", commune.cell),
        ("{person:uuid}", commune.member),
        ("{household:uuid}", commune.household),
        ("{grievance:uuid}", commune.case),
        ("{meeting:uuid}", commune.meeting),
        ("{rating:uuid}", rounds.rating(commune)),
        ("{layout:str}", "mau_14"),
        ("{erasure:uuid}", commune.erasure),
        ("{mandate:uuid}", commune.mandate),
    ):
        path = path.replace(parameter, str(value))
    return path + EXTRA.get(name, "")


def body(name: str, unit: UUID | None) -> dict[str, Any] | None:
    """What is asked about the unit by a route that is asked with a body; None for all others."""
    return {"unit": str(unit), "name": "chu ho"} if name == "household_search" else None


async def ask(client: httpx.AsyncClient, name: str, commune: Commune) -> httpx.Response:
    """The route asked about the commune's cell, member or household."""
    path, asked = address(name, commune), body(name, commune.cell)
    return await (client.get(path) if asked is None else client.post(path, json=asked))


def test_every_route_is_public_or_in_the_table_and_the_table_names_no_other() -> None:
    public = {name for name, handler in handlers().items() if handler.opt.get(PUBLIC)}
    assert public == {"health", "openapi", "follow", "publications", "publication"}
    assert set(handlers()) - public == set(ROUTES)


@pytest.mark.parametrize("name", sorted(set(ROUTES) - POSTS))
async def test_without_a_token_no_route_answers(world: World, name: str) -> None:
    async with world.client(None) as client:
        response = await ask(client, name, world.here)
    assert (response.status_code, response.json()["code"]) == (401, "token_missing")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("name", sorted(set(ROUTES) - POSTS - set(WITHOUT_SUBJECT)))
async def test_what_does_not_exist_and_what_lies_out_of_scope_answer_alike(world: World, name: str) -> None:
    nowhere = Commune("nowhere")
    role = Role.COMMUNE_OFFICE if Role.COMMUNE_OFFICE in ROUTES[name] else Role.AUDITOR
    async with world.client(world.asker(role, world.here)) as client:
        unknown = await ask(client, name, nowhere)
        others = await ask(client, name, world.there)
    assert unknown.status_code == others.status_code == 404

    def without_ids(text: str) -> str:
        of_nowhere, of_others = ((*vars(each).values(), rounds.rating(each)) for each in (nowhere, world.there))
        for here, there in zip(of_nowhere, of_others, strict=True):
            text = text.replace(str(here), "x").replace(str(there), "x")
        return text

    assert without_ids(unknown.text) == without_ids(others.text)
    assert unknown.headers.keys() == others.headers.keys()


@pytest.mark.parametrize(
    "name",
    [
        "household",
        "household_visits",
        "household_history",
        "member",
        "member_history",
        "unit_coverage_members",
        "grievance_trace",
        "unit_grievances",
    ],
)
async def test_an_auditor_sees_no_sealed_data(world: World, name: str) -> None:
    secrets = ("Chủ hộ", "Đảng viên Trên", "Bí thư Trên", "Cuối bản", "lợp lại mái", "Đường vào bản")
    async with world.client(world.asker(Role.AUDITOR, world.here)) as auditor, world.office() as office:
        audited = (await auditor.get(address(name, world.here))).text
        seen = (await office.get(address(name, world.here))).text
    assert any(secret in seen for secret in secrets)
    assert not any(secret in audited for secret in secrets)
    assert "s1:" not in audited
    assert "s1:" not in seen


async def test_an_auditor_is_told_what_was_submitted_in_his_scope_and_nothing_of_others(own_world: World) -> None:
    here = own_world.here
    visit = command("visit.record", instant=f"2018-03-06{NOON}", household=here.household, member=here.member)
    refused = command("visit.record", instant=f"2018-03-06{NOON}", household=uuid7(), member=here.member)
    ids = {"id": [visit["id"], refused["id"], str(here.case)]}
    async with own_world.client(own_world.asker(Role.CELL_SECRETARY, here)) as secretary:
        position = await submit(secretary, visit)
        assert (await secretary.post("/v1/commands", json=refused)).status_code == 422
        await secretary.get(f"/v1/units/{here.cell}", headers={"Soho-At-Least": str(position)})
    for commune, outcomes in (
        (here, ["recorded", "refused", "recorded"]),
        (own_world.there, ["unknown", "unknown", "unknown"]),
    ):
        async with own_world.client(own_world.asker(Role.AUDITOR, commune)) as auditor:
            found = (await auditor.get("/v1/submissions", params=ids)).json()["submissions"]
        assert [line["outcome"] for line in found] == outcomes


async def test_a_member_sees_his_own_and_not_the_rest_of_his_cell(world: World) -> None:
    here = world.here
    async with world.client(world.asker(Role.MEMBER, here)) as client:
        assert (await client.get(f"/v1/members/{here.member}")).json()["name"] == "Đảng viên Trên"
        assert (await client.get(f"/v1/members/{here.idle}")).status_code == 404
        assert (await client.get(f"/v1/households/{here.household}")).json()["head"] == "Chủ hộ một Trên"
        assert (await client.get(f"/v1/households/{here.uncovered}")).status_code == 404
        assert (await client.get(f"/v1/units/{here.cell}")).json()["unit"]["name"] == "Bản Trên"


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.MEMBER, "unit"),
        (Role.CELL_SECRETARY, "unit"),
        (Role.COMMUNE_OFFICE, "cell"),
        (Role.PROVINCIAL_OFFICE, "unit"),
    ],
)
async def test_a_role_counts_only_in_units_of_its_level(world: World, role: Role, place: str) -> None:
    unit = getattr(world.here, place)
    asker = Asker(role, unit, "test", world.here.secretary)
    visit = command("visit.record", instant=f"2018-03-06{NOON}", household=world.here.household, member=asker.person)
    async with world.client(asker) as client:
        answers = [await client.get(f"/v1/units/{unit}"), await client.post("/v1/commands", json=visit)]
    for response in answers:
        assert (response.status_code, response.json()["code"]) == (403, "role_unit_mismatch")
        parameters = response.json()["parameters"]
        assert (parameters["role"], parameters["unit"]) == (role.value, str(unit))


async def test_who_is_released_from_an_office_neither_decides_nor_asks_for_it(own_world: World) -> None:
    here, released = own_world.here, own_world.asker(Role.CELL_SECRETARY, own_world.here)
    about = {"unit": here.cell, "office": "secretary"}
    visit = {"instant": f"2018-03-06{NOON}", "household": here.household, "member": here.member}
    async with own_world.office() as office, own_world.client(released) as client:
        assert (await client.get(f"/v1/units/{here.cell}/offices")).status_code == 200
        await submit(client, command("visit.record", **visit))
        position = await submit(office, command("organisation.release_office", **about, person=released.person))
        client.headers["Soho-At-Least"] = str(position)
        answers = [
            await client.get(f"/v1/units/{here.cell}/offices"),
            await client.post("/v1/commands", json=command("visit.record", **visit)),
        ]
        for response in answers:
            assert (response.status_code, response.json()["code"]) == (403, "your_office_not_held")
            assert response.json()["parameters"]["unit"] == str(here.cell)
        client.headers["Soho-At-Least"] = str(
            await submit(office, command("organisation.act_in_office", **about, person=released.person))
        )
        assert (await client.get(f"/v1/units/{here.cell}/offices")).status_code == 200
        await submit(client, command("visit.record", **visit))


@pytest.mark.parametrize("role", [Role.CELL_SECRETARY, Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE])
async def test_an_office_is_claimed_by_a_person_and_by_its_name(world: World, role: Role) -> None:
    holder = world.asker(role, world.here)
    visit = command("visit.record", instant=f"2018-03-06{NOON}", household=world.here.household, member=uuid7())
    for asker in (Asker(role, holder.unit, "test"), Asker(role, holder.unit, "test", holder.person)):
        async with world.client(asker) as client:
            answers = [await client.get(f"/v1/units/{holder.unit}"), await client.post("/v1/commands", json=visit)]
        for response in answers:
            assert (response.status_code, response.json()["code"]) == (403, "your_office_needed")


async def test_a_unit_to_be_founded_is_seen_from_above_as_soon_as_it_is_recorded(own_world: World) -> None:
    here, coming, day = own_world.here, uuid7(), "2040-01-01"
    founding = command(
        "organisation.found_unit",
        unit=coming,
        kind="cell",
        cell_kind="village",
        name="Bản sắp lập",
        parent=here.unit,
        effective=day,
    )
    household = command("household.register", household=uuid7(), unit=coming, head="Chủ hộ", effective=day)
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as office:
        position = await submit(office, founding, household)
    for asker, seen in (
        (own_world.asker(Role.PROVINCIAL_OFFICE, here), True),
        (own_world.asker(Role.COMMUNE_OFFICE, here), True),
        (own_world.asker(Role.CELL_SECRETARY, here), False),
        (own_world.asker(Role.COMMUNE_OFFICE, own_world.there), False),
    ):
        async with own_world.client(asker) as client:
            client.headers["Soho-At-Least"] = str(position)
            card = await client.get(f"/v1/units/{coming}", params={"as_of": day})
            history = await client.get(f"/v1/units/{coming}/history")
            home = await client.get(f"/v1/households/{household['household']}", params={"as_of": day})
            statuses = {response.status_code for response in (card, history, home)}
            assert statuses == ({200} if seen else {404}), asker
            if seen:
                assert card.json()["unit"]["name"] == "Bản sắp lập"
                assert (await client.get(f"/v1/units/{coming}")).status_code == 404, "today there is no such unit"


async def test_the_office_of_a_merged_unit_reads_and_decides_nothing_any_more(own_world: World) -> None:
    here, there = own_world.here, own_world.there
    merger = command(
        "organisation.merge_units",
        effective="2018-06-01",
        into=there.unit,
        units=[here.unit],
        basis={"number": "01-QĐ/TU"},
    )
    late = command("organisation.rename_unit", unit=here.cell, name="Bản", effective="2018-07-01")
    async with own_world.office() as office, own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as former:
        assert (await former.get(f"/v1/units/{here.cell}/coverage")).status_code == 200
        former.headers["Soho-At-Least"] = str(await submit(office, merger))
        answers = [
            await former.get(f"/v1/units/{here.cell}/coverage"),
            await former.get(f"/v1/members/{here.member}", params={"as_of": "2018-03-01"}),
            await former.post("/v1/commands", json=late),
        ]
    for response in answers:
        assert (response.status_code, response.json()["code"]) == (403, "your_unit_ended")
        told = {"unit": str(here.unit), "since": "2018-06-01", "successor": str(there.unit)}
        assert response.json()["parameters"] == told
    async with own_world.client(own_world.asker(Role.COMMUNE_OFFICE, there)) as heir:
        assert (await heir.get(f"/v1/units/{here.cell}/coverage")).status_code == 200


async def test_what_went_to_another_commune_is_marked_in_the_past_of_the_former_one(own_world: World) -> None:
    here, there = own_world.here, own_world.there
    away = command("organisation.reparent_unit", effective="2018-06-01", unit=here.cell, parent=there.unit)
    async with own_world.office() as office, own_world.client(own_world.asker(Role.COMMUNE_OFFICE, here)) as former:
        former.headers["Soho-At-Least"] = str(await submit(office, away))
        table = (await former.get(f"/v1/units/{here.unit}/coverage", params={"as_of": "2018-03-01"})).json()
        whole = (await office.get(f"/v1/units/{here.unit}/coverage", params={"as_of": "2018-03-01"})).json()
    assert (table["hidden"], table["counts"]["households"]) == (1, 0)
    assert [(row["unit"], row["visible"]) for row in table["rows"]] == [(str(here.cell), False)]
    assert (whole["hidden"], whole["counts"]["households"]) == (0, 3)
    assert [(row["unit"], row["visible"]) for row in whole["rows"]] == [(str(here.cell), True)]


async def test_a_token_that_is_nobodys_is_refused(world: World) -> None:
    async with world.installation.client(None) as client:
        response = await client.get("/v1/me", headers={"Authorization": "Bearer ab.cd.ef"})
    assert (response.status_code, response.json()["code"]) == (401, "token_invalid")
