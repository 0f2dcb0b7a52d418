"""What the API answers to tokens of a real OIDC server, and to those of others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from services.decisions.asking import Asker, Role
from services.settings import Oidc
from tests.installation import Installation
from tests.intake.in_process import Api, another_api
from tests.services.accounts.issuer import AUDIENCE, CLIENT, Issuer
from tests.services.http.conftest import world  # noqa: F401 - a fixture
from tests.services.http.world import World

UNIT = UUID(int=7)


def claims_of(asker: Asker) -> dict[str, str]:
    """What the issuer is told to say of somebody."""
    named = {
        "soho_role": asker.role.value,
        "soho_unit": str(asker.unit),
        "soho_person": str(asker.person or ""),
        "soho_office": asker.office or "",
    }
    return {name: value for name, value in named.items() if value}


async def ask(api: Api, asker: Asker, token: str, path: str = "/v1/me", language: str = "vi") -> httpx.Response:
    async with api.client(asker) as client:
        return await client.get(path, headers={"Authorization": f"Bearer {token}", "Accept-Language": language})


async def test_a_secretary_of_the_issuer_reads_his_cell(world: World, issuer: Issuer) -> None:  # noqa: F811
    secretary = world.asker(Role.CELL_SECRETARY, world.here)
    token = issuer.token(**claims_of(secretary))
    async with another_api(world.installation, Oidc(issuer.address, AUDIENCE)) as api:
        me: dict[str, Any] = (await ask(api, secretary, token)).json()
        assert (me["role"], me["person"], me["office"]) == ("cell_secretary", str(secretary.person), "secretary")
        assert (me["unit"], me["client"]) == (str(secretary.unit), CLIENT)
        household = f"/v1/households/{world.here.household}"
        assert (await ask(api, secretary, token, household)).json()["head"] == "Chủ hộ một Trên"
        stranger = f"/v1/households/{world.there.household}"
        assert (await ask(api, secretary, token, stranger)).status_code == 404


async def test_each_refusal_has_its_own_problem_and_names_nothing_of_ours(
    installation: Installation, own_issuer: Issuer
) -> None:
    nobody = Asker(Role.AUDITOR, UNIT, CLIENT)
    tokens = {
        "token_of_another_issuer": installation.issuer.token(nobody),
        "token_for_another_audience": own_issuer.token(audience="https://another.example", **claims_of(nobody)),
        "token_expired": own_issuer.expired_token(),
        "token_invalid": own_issuer.token(**claims_of(nobody))[:-8],
    }
    async with another_api(installation, Oidc(own_issuer.address, AUDIENCE)) as api:
        for code, token in tokens.items():
            titles = {await refused(api, nobody, token, 401, code, language) for language in ("vi", "en")}
            assert len(titles) == 2
        without = own_issuer.token(soho_role="auditor")
        await refused(api, nobody, without, 403, "token_without_role", "vi")
        own_issuer.stop()
    async with another_api(installation, Oidc(own_issuer.address, AUDIENCE)) as api:
        await refused(api, nobody, without, 503, "issuer_unreachable", "vi")


async def refused(api: Api, asker: Asker, token: str, status: int, code: str, language: str) -> str:
    response = await ask(api, asker, token, language=language)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code)
    assert ("www-authenticate" in response.headers) == (status == 401)
    assert ("retry-after" in response.headers) == (status == 503)
    assert AUDIENCE not in problem.get("parameters", {}).values()
    assert "127.0.0.1" not in response.text
    title: str = problem["title"]
    return title
