"""A case that is hidden from somebody is to him as one that does not exist: by id, number, filter, page and code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest
import pytest_asyncio
from msgspec import inspect

from events.identifiers import uuid7
from services.decisions.asking import Asker, Role
from services.decisions.catalogue import COMMANDS
from services.http.access import ROUTES
from tests.installation import Installation
from tests.services.http.test_access import handlers
from tests.services.http.test_grievances import act, told
from tests.services.http.world import World, submit, tell

ABOUT_A_CASE = sorted(name for name in ROUTES if "{grievance:uuid}" in next(iter(handlers()[name].paths)))
ON_A_CASE = {name: kind for name, kind in COMMANDS.items() if "grievance" in kind.__struct_fields__}
IN_DANGER = {"grievance_reveal": {"reason": "urgent_danger", "break_glass": True}}
"""Route → what is asked with it, for those that read a body."""
LISTS = ("", "/overdue", "/unroutable", "/holders", "/handlers", "/reception-book", "/holding-times")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hidden(installation: Installation) -> tuple[World, UUID, str]:
    """A case of the commune `here` about its cell's secretary, and the code that its household had before."""
    world = await tell(installation)
    case = await told(world)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as office:
        state = (await office.get("/v1/state")).json()
        at_least = {"Soho-At-Least": str(state["log"])}
        given = await office.post(f"/v1/grievances/{case}/follow-code", headers=at_least)
        assert given.status_code == 201
        naming = act("name_person", "2018-03-21", grievance=case, unit=world.here.unit)
        position = await submit(office, naming | {"about": [{"person": str(world.here.secretary)}]})
    told_of = World(world.installation, world.province, world.here, world.there, world.officer, position)
    return told_of, case, given.json()["code"]


def strangers(world: World) -> list[Asker]:
    """The secretary whom the case is about, and those who lie outside its scope."""
    roles = (Role.CELL_SECRETARY, Role.COMMUNE_OFFICE, Role.AUDITOR, Role.INSPECTION, Role.SYSTEM, Role.MEMBER)
    return [world.asker(Role.CELL_SECRETARY, world.here), *(world.asker(role, world.there) for role in roles)]


def seen(answer: httpx.Response, *ids: UUID) -> tuple[int, list[str], str]:
    """All of an answer that somebody can compare: status, headers, and the body without the ids he asked with."""
    text = answer.text
    for each in ids:
        text = text.replace(str(each), "…")
    # Whether a body that nobody reads had already come when the answer left is told by `connection`, and is chance.
    headers = sorted(name for name in answer.headers if name not in ("content-length", "connection"))
    return answer.status_code, headers, text


async def test_the_case_is_there_for_who_may_see_it(hidden: tuple[World, UUID, str]) -> None:
    world, case, _ = hidden
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as office:
        assert (await office.get(f"/v1/grievances/{case}/trace")).status_code == 200
        listed = (await office.get(f"/v1/units/{world.here.unit}/grievances", params={"year": 2018})).json()["cases"]
        assert str(case) in {line["grievance"] for line in listed}


@pytest.mark.parametrize("name", ABOUT_A_CASE)
async def test_by_its_id(hidden: tuple[World, UUID, str], name: str) -> None:
    world, case, _ = hidden
    (path,) = handlers()[name].paths
    (method,) = handlers()[name].http_methods
    for asker in strangers(world):
        async with world.client(asker) as client:
            one, other = [
                seen(await client.request(str(method), address, json=IN_DANGER.get(name)), each)
                for each in (case, uuid7())
                for address in [path.replace("{grievance:uuid}", str(each))]
            ]
        assert one == other, asker.role
        assert one[0] in (403, 404)


def filled(kind: Any, grievance: UUID) -> Any:
    """A value that fits the type, with the case wherever one is named."""
    if isinstance(kind, inspect.StructType):
        tag = {} if kind.tag_field is None else {kind.tag_field: kind.tag}
        also = ("grievance", "effective", "instant")
        needed = [field for field in kind.fields if field.required or field.encode_name in also]
        values = {each.encode_name: filled(each.type, grievance) for each in needed}
        return tag | values | ({"grievance": str(grievance)} if "grievance" in values else {})
    if isinstance(kind, inspect.UnionType):
        return filled(next(each for each in kind.types if not isinstance(each, inspect.NoneType)), grievance)
    if isinstance(kind, inspect.VarTupleType | inspect.ListType):
        return [filled(kind.item_type, grievance)] * max(1, kind.min_length or 0)
    if isinstance(kind, inspect.EnumType):
        return next(iter(kind.cls)).value
    if isinstance(kind, inspect.UUIDType):
        return str(uuid7())
    if isinstance(kind, inspect.DateType):
        return "2018-04-10"
    if isinstance(kind, inspect.DateTimeType):
        return "2018-04-10T12:00:00+07:00"
    if isinstance(kind, inspect.BoolType):
        return True
    return 1 if isinstance(kind, inspect.IntType) else "một lời"


async def test_by_every_command_that_names_a_case(hidden: tuple[World, UUID, str]) -> None:
    world, case, _ = hidden
    assert len(ON_A_CASE) > 20
    for asker in strangers(world):
        answers = []
        for grievance in (case, uuid7()):
            items = [filled(inspect.type_info(kind), grievance) for kind in ON_A_CASE.values()]
            async with world.client(asker) as client:
                answer = await client.post("/v1/batches", json=items)
            if asker.role is Role.AUDITOR:
                assert answer.status_code == 403
                continue
            results = answer.json()["results"]
            assert {result["outcome"] for result in results} == {"refused"}
            codes = {result["problem"]["code"] for result in results}
            told_apart = {"grievance_unknown", "role_not_allowed", "outside_your_unit", "unit_unknown"}
            # Its mandate is of today, and what it enters of another day: that says nothing of the case.
            assert codes <= told_apart | ({"mandate_not_yet"} if asker.role is Role.INSPECTION else set()), codes
            problems = [result["problem"] for result in results]
            answers.append([without(problem, item, grievance) for problem, item in zip(problems, items, strict=True)])
        assert answers == [] or answers[0] == answers[1], asker.role


def without(problem: dict[str, Any], item: dict[str, Any], grievance: UUID) -> str:
    """The problem without the ids that came with the command."""
    text = msgspec.json.encode(problem).decode().replace(str(grievance), "…")
    for value in item.values():
        text = text.replace(str(value), "…") if isinstance(value, str) and len(value) == 36 else text
    return text


@pytest.mark.parametrize("place", LISTS)
async def test_by_number_time_filter_or_page(hidden: tuple[World, UUID, str], place: str) -> None:
    """What a list says to the secretary is what it would say if the case had never been."""
    world, case, _ = hidden
    here, nowhere = world.here, uuid7()
    day, earlier = ({"received_from": each, "received_to": each} for each in ("2018-03-03", "2017-01-01"))
    then = {"as_of": "2018-03-20"}
    probes: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"year": 2018, "number": 1}, {"year": 2018, "number": 999}),
        ({"handler": here.officer}, {"handler": nowhere}),
        (day, earlier),
        (then | {"kind": "proposal"}, then | {"kind": "complaint"}),
    ]
    base = {"from": "2018-01-01"} if place == "/holding-times" else {}
    async with world.client(world.asker(Role.CELL_SECRETARY, here)) as client:
        path = f"/v1/units/{here.cell}/grievances{place}"
        whole = await client.get(path, params=base)
        assert str(case) not in whole.text
        if place in ("/holders", "/handlers", "/holding-times"):
            return
        cursors = [f"2018-03-03_{each}" for each in (case, nowhere)]
        if place != "/reception-book":
            probes = [*probes, ({"after": cursors[0]}, {"after": cursors[1]})]
        for one, other in probes:
            answers = [await client.get(path, params=each) for each in (one, other)]
            assert [answer.status_code for answer in answers] in ([200, 200], [400, 400])
            assert str(case) not in answers[0].text
            if place == "" and "after" not in one:
                assert answers[0].json()["cases"] == answers[1].json()["cases"] == []
            if "after" in one:
                assert answers[0].json() == answers[1].json()


async def test_by_what_became_of_its_submission(hidden: tuple[World, UUID, str]) -> None:
    world, case, _ = hidden
    # The secretary entered it himself, before he was named in it: what became of that he knows.
    for asker in strangers(world)[1:]:
        async with world.client(asker) as client:
            one, other = [
                seen(await client.get("/v1/submissions", params={"id": str(each)}), each) for each in (case, uuid7())
            ]
        assert one == other, asker.role


async def test_by_the_code_that_was_given_before_somebody_was_named(hidden: tuple[World, UUID, str]) -> None:
    world, _, code = hidden
    unknown = code[::-1] if code[::-1] != code else "AAAA-AAAA"
    async with world.client(None) as client:
        one, other = [seen(await client.post("/v1/follow", json={"code": each})) for each in (code, unknown)]
    assert one == other
    assert one[0] == 404
