"""Who may ask what, and sees what: every route, every role, in the caller's own unit and in somebody else's."""

from __future__ import annotations

import pytest
from litestar.handlers import HTTPRouteHandler

from services.decisions.asking import Role
from services.http.access import ROUTES
from services.http.app import HANDLERS
from services.http.authentication import PUBLIC
from tests.services.http.world import Commune, World

WITHOUT_SUBJECT = {"me": "/v1/me", "state": "/v1/state", "submission_statuses": "/v1/submissions"}
POSTS = {"submit_command", "submit_batch"}
BETWEEN = "?from=2017-12-31&to=2018-12-31"
EXTRA = {
    "unit_not_visited": "?months=3",
    "unit_changes": BETWEEN,
    "member_changes": BETWEEN,
    "household_changes": BETWEEN,
}


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
    ):
        path = path.replace(parameter, str(value))
    return path + EXTRA.get(name, "")


def test_every_route_is_public_or_in_the_table_and_the_table_names_no_other() -> None:
    public = {name for name, handler in handlers().items() if handler.opt.get(PUBLIC)}
    assert public == {"health", "openapi"}
    assert set(handlers()) - public == set(ROUTES)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(set(ROUTES) - POSTS))
async def test_a_route_answers_the_roles_of_the_table_about_their_own_and_nobody_about_others(
    world: World, name: str, role: Role
) -> None:
    async with world.client(world.asker(role, world.here)) as client:
        own = await client.get(address(name, world.here))
        others = await client.get(address(name, world.there))
    if role not in ROUTES[name]:
        assert (own.status_code, own.json()["code"]) == (403, "role_not_allowed")
        assert (others.status_code, others.json()["code"]) == (403, "role_not_allowed")
        return
    if name == "submission_statuses":
        assert own.status_code == 400
        return
    assert own.status_code == 200, own.text
    if name in WITHOUT_SUBJECT or role is Role.PROVINCIAL_OFFICE:
        assert others.status_code == 200
    else:
        assert (others.status_code, others.json()["code"]) == (404, "not_found")
        assert str(world.there.cell) not in own.text


@pytest.mark.parametrize("name", sorted(set(ROUTES) - POSTS))
async def test_without_a_token_no_route_answers(world: World, name: str) -> None:
    async with world.client(None) as client:
        response = await client.get(address(name, world.here))
    assert (response.status_code, response.json()["code"]) == (401, "token_missing")
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("name", sorted(set(ROUTES) - POSTS - set(WITHOUT_SUBJECT)))
async def test_what_does_not_exist_and_what_lies_out_of_scope_answer_alike(world: World, name: str) -> None:
    nowhere = Commune("nowhere")
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        unknown = await client.get(address(name, nowhere))
        others = await client.get(address(name, world.there))
    assert unknown.status_code == others.status_code == 404

    def without_ids(text: str) -> str:
        for here, there in zip(vars(nowhere).values(), vars(world.there).values(), strict=True):
            text = text.replace(str(here), "x").replace(str(there), "x")
        return text

    assert without_ids(unknown.text) == without_ids(others.text)
    assert unknown.headers.keys() == others.headers.keys()


@pytest.mark.parametrize(
    "name", ["household", "household_visits", "household_history", "member", "member_history", "unit_coverage_members"]
)
async def test_an_auditor_sees_no_sealed_data(world: World, name: str) -> None:
    secrets = ("Chủ hộ", "Đảng viên Trên", "Bí thư Trên", "Cuối bản", "lợp lại mái")
    async with world.client(world.asker(Role.AUDITOR, world.here)) as auditor, world.office() as office:
        audited = (await auditor.get(address(name, world.here))).text
        seen = (await office.get(address(name, world.here))).text
    assert any(secret in seen for secret in secrets)
    assert not any(secret in audited for secret in secrets)
    assert "s1:" not in audited
    assert "s1:" not in seen


async def test_a_member_sees_his_own_and_not_the_rest_of_his_cell(world: World) -> None:
    here = world.here
    async with world.client(world.asker(Role.MEMBER, here)) as client:
        assert (await client.get(f"/v1/members/{here.member}")).json()["name"] == "Đảng viên Trên"
        assert (await client.get(f"/v1/members/{here.idle}")).status_code == 404
        assert (await client.get(f"/v1/households/{here.household}")).json()["head"] == "Chủ hộ một Trên"
        assert (await client.get(f"/v1/households/{here.uncovered}")).status_code == 404
        assert (await client.get(f"/v1/units/{here.cell}")).json()["unit"]["name"] == "Bản Trên"


async def test_a_token_that_is_nobodys_is_refused(world: World) -> None:
    async with world.installation.client(None) as client:
        response = await client.get("/v1/me", headers={"Authorization": "Bearer ab.cd.ef"})
    assert (response.status_code, response.json()["code"]) == (401, "token_invalid")
