"""The interface's description is valid, and the interface is as it describes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from services.decisions.asking import Role
from services.decisions.catalogue import COMMANDS
from services.http.access import ROUTES
from tests.services.http.test_access import POSTS, WITHOUT_SUBJECT, address, ask, body
from tests.services.http.world import Commune, World, command


@pytest_asyncio.fixture(loop_scope="session")
async def document(world: World) -> dict[str, Any]:
    async with world.client(None) as client:
        response = await client.get("/v1/openapi.json")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def operations(document: dict[str, Any]) -> dict[str, Any]:
    return {o["operationId"]: o for methods in document["paths"].values() for o in methods.values()}


def check(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """The value fits the schema, and holds nothing that this does not describe."""
    Draft202012Validator(closed(schema) | {"components": closed(document["components"])}).validate(value)


def closed(part: Any) -> Any:
    """The schema with every object closed that lists its properties."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inner = {name: closed(value) for name, value in part.items()}
    return inner | {"additionalProperties": False} if "properties" in part and part.get("type") == "object" else inner


def described(operation: dict[str, Any], response: httpx.Response) -> dict[str, Any]:
    """The schema that the description has for this response."""
    content = operation["responses"][str(response.status_code)]["content"]
    found: dict[str, Any] = content[response.headers["content-type"].partition(";")[0]]["schema"]
    return found


def test_it_is_valid(document: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(document).validate()


def test_it_describes_every_route_with_its_roles(document: dict[str, Any]) -> None:
    found = operations(document)
    assert set(found) == set(ROUTES) | {"health", "openapi", "follow", "publications", "publication"}
    for name, roles in ROUTES.items():
        assert found[name]["x-roles"] == sorted(role.value for role in roles)
        assert found[name]["description"]
    assert found["health"]["security"] == []


async def test_what_a_route_refuses_beside_its_questions_is_described(document: dict[str, Any], world: World) -> None:
    found, nowhere = operations(document), Commune("nowhere")
    async with world.office() as client:
        missing = await client.post(address("grievance_follow_code", nowhere))
        many = await client.get("/v1/submissions", params={"id": [str(nowhere.case)] * 1001})
    for name, answer, status in (("grievance_follow_code", missing, 404), ("submission_statuses", many, 413)):
        assert answer.status_code == status
        check(document, described(found[name], answer), answer.json())


def test_a_command_is_told_by_its_type(document: dict[str, Any]) -> None:
    found = operations(document)
    command_schema = found["submit_command"]["requestBody"]["content"]["application/json"]["schema"]
    batch_schema = found["submit_batch"]["requestBody"]["content"]["application/json"]["schema"]
    assert batch_schema["items"] == command_schema
    assert (batch_schema["minItems"], batch_schema["maxItems"]) == (1, 1000)
    discriminator = command_schema["discriminator"]
    assert discriminator["propertyName"] == "type"
    assert set(discriminator["mapping"]) == set(COMMANDS)
    for name, reference in discriminator["mapping"].items():
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
        assert schema["properties"]["type"] == {"enum": [name]} or schema["properties"]["type"] == {"const": name}
        assert "type" in schema["required"]


def test_what_clients_submit_fits_the_description(document: dict[str, Any], world: World) -> None:
    schema = operations(document)["submit_batch"]["requestBody"]["content"]["application/json"]["schema"]
    commands = Commune("Mẫu").commands(world.province)
    check(document, schema, commands)
    validator = Draft202012Validator(schema | {"components": document["components"]})
    assert not validator.is_valid([commands[0] | {"type": "organisation.found_everything"}])
    assert not validator.is_valid([commands[0] | {"kind": "kingdom"}])


@pytest.mark.parametrize(
    "name", sorted(set(ROUTES) - POSTS - {"submission_statuses", "denunciation_receipts", "own_mandates"})
)
async def test_what_is_answered_fits_the_description(document: dict[str, Any], world: World, name: str) -> None:
    operation = operations(document)[name]
    role = Role.PROVINCIAL_OFFICE if Role.PROVINCIAL_OFFICE in ROUTES[name] else Role.AUDITOR
    async with world.client(world.asker(role, world.here)) as client:
        answer = await ask(client, name, world.here)
        check(document, described(operation, answer), answer.json())
        if "400" in operation["responses"] and name not in ("me", "state"):
            wrong = await misled(client, operation, name, world.here)
            assert wrong.status_code == 400
            check(document, described(operation, wrong), wrong.json())
        if "404" in operation["responses"] and name not in WITHOUT_SUBJECT:
            missing = await ask(client, name, Commune("nowhere"))
            assert missing.status_code == 404
            check(document, described(operation, missing), missing.json())


async def misled(client: httpx.AsyncClient, operation: dict[str, Any], name: str, commune: Commune) -> httpx.Response:
    """The route asked with something that it does not take."""
    path, asked = address(name, commune).partition("?")[0], body(name, commune.cell)
    if asked is not None:
        return await client.post(path, json=asked | {"limit": 0})
    taken = {parameter["name"] for parameter in operation["parameters"]}
    question = {"known_at": "now"} if "known_at" in taken or "limit" not in taken else {"limit": "0"}
    return await client.get(path, params=question)


async def test_what_becomes_of_submitted_items_fits_the_description(document: dict[str, Any], own_world: World) -> None:
    here, found = own_world.here, operations(document)

    def visit() -> dict[str, Any]:
        return command(
            "visit.record", instant="2018-05-01T08:00:00+07:00", household=here.household, member=here.member
        )

    first, second = visit(), visit()
    changed = first | {"note": "khác"}
    async with own_world.office() as client:
        for item, status in ((first, 201), (first, 200), (changed, 409), ({"type": "x"}, 400)):
            answer = await client.post("/v1/commands", json=item)
            assert answer.status_code == status, answer.text
            check(document, described(found["submit_command"], answer), answer.json())
        for body, status in (([second, first, changed, {}], 200), ([], 400), ([{}] * 1001, 413)):
            answer = await client.post("/v1/batches", json=body)
            assert answer.status_code == status
            check(document, described(found["submit_batch"], answer), answer.json())
        statuses = await client.get("/v1/submissions", params={"id": [first["id"], here.unit]})
        check(document, described(found["submission_statuses"], statuses), statuses.json())
        assert [line["outcome"] for line in statuses.json()["submissions"]] == ["recorded", "unknown"]


async def test_a_warning_that_comes_with_a_recorded_item_fits_the_description(
    document: dict[str, Any], own_world: World
) -> None:
    here, there = own_world.here, own_world.there
    async with own_world.office() as client:
        answer = await client.post(
            "/v1/commands",
            json=command(
                "assignment.assign_household", assignment=here.unit, household=here.household, member=there.member
            ),
        )
        assert answer.status_code == 201
        (warning,) = answer.json()["warnings"]
        assert warning["code"] == "member_of_another_cell"
        check(document, described(operations(document)["submit_command"], answer), answer.json())


async def test_a_refusal_is_told_in_the_language_asked_for(world: World) -> None:
    async with world.client(world.asker(Role.MEMBER, world.here)) as client:
        vietnamese = await client.get(f"/v1/units/{world.here.cell}/coverage")
        english = await client.get(
            f"/v1/units/{world.here.cell}/coverage", headers={"Accept-Language": "en-GB,en;q=0.9"}
        )
    assert vietnamese.headers["content-type"] == english.headers["content-type"] == "application/problem+json"
    assert vietnamese.json()["code"] == english.json()["code"] == "role_not_allowed"
    assert vietnamese.json()["detail"] != english.json()["detail"]
    assert (vietnamese.headers["content-language"], english.headers["content-language"]) == ("vi", "en")


def all_references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from all_references(value)
    elif isinstance(part, list):
        for item in part:
            yield from all_references(item)


def test_every_schema_is_used_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    used = {reference.rpartition("/")[2] for reference in all_references(document)}
    mapped = {
        reference.rpartition("/")[2]
        for reference in operations(document)["submit_command"]["requestBody"]["content"]["application/json"]["schema"][
            "discriminator"
        ]["mapping"].values()
    }
    assert used | mapped == set(document["components"]["schemas"])
