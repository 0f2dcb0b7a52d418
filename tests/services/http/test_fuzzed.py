"""Whatever is sent to the interface, it answers as it describes itself, and never with a fault of its own.

Schemathesis makes the requests from the interface's own description: such as fit it, and such as do not. Ids in them
are mostly ones that exist, so that requests come further than `not_found`. Every run makes the same requests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from time import monotonic
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.decisions.asking import Asker, Role
from services.http.access import ROUTES
from services.http.querying import AT_LEAST
from tests.installation import Installation
from tests.services.http import rounds
from tests.services.http.world import World, submit, tell

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = {"submit_command": 100, "submit_batch": 20, "follow": 4}
USUAL = 8
"""Requests of each kind (fitting, not fitting) to a route: there are many commands, and few questions with a code."""
SECONDS = {"submit_command": 8.0, "submit_batch": 8.0}
ENOUGH = 0.6
"""For so long a route is asked, on a machine that is too slow for all of it. In all that is never over 100 s."""
LATE = 20.0
"""Seconds after which an answer is none."""
DAYS = {
    "effective": ("2018-01-01", "2018-12-20", "2019-06-01"),
    "instant": ("2018-03-23T12:00:00+07:00", "2019-06-01T01:00:00Z"),
}
"""Most commands are of a day on which something is known; a day drawn at random is too far away to be recorded."""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def fuzzed(installation: Installation) -> World:
    """A province of its own, with a member rated, that the requests may change as they like."""
    world = await tell(installation)
    async with world.office() as office, world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        await submit(office, *rounds.steps(world.here))
        position = await submit(client, rounds.decision(world.here))
    return World(installation, world.province, world.here, world.there, world.officer, position)


@pytest.fixture(scope="module")
def operations(fuzzed: World) -> dict[str, APIOperation[Any, Any, Any]]:
    """What the running interface says of itself, by the names of its routes."""
    address = fuzzed.installation.base_url
    schema = schemathesis.openapi.from_dict(requests.get(f"{address}/v1/openapi.json", timeout=LATE).json())
    schema.config.update(base_url=address)
    return {each.ok().definition.raw["operationId"]: each.ok() for each in schema.get_all_operations()}


NOTHING_TO_GET_WRONG = ("health", "openapi")


class Over(Exception):
    """The route was asked for long enough."""


class FromElsewhere(HTTPAdapter):
    """Another address of this machine: what is asked here leaves other tests their questions a minute."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, source_address=("127.0.0.2", 0), **options)


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.mount("http://", FromElsewhere())
        yield session


def ids(world: World) -> list[str]:
    """Ids of everything there is in the province."""
    of_communes = (value for each in (world.here, world.there) for value in vars(each).values())
    found = [world.province, world.officer, rounds.rating(world.here), *(v for v in of_communes if type(v) is UUID)]
    return [str(value) for value in found]


def tokens(world: World) -> list[str]:
    """A token of every role, and twice those of the province, which may do most."""
    program = Asker(Role.SYSTEM, world.province, "test")
    askers = [*(world.asker(role, world.here) for role in Role), world.asker(Role.PROVINCIAL_OFFICE, world.here)]
    return [world.installation.issuer.token(asker) for asker in (*askers, program, program)]


def with_ids(part: Any, drawn: Iterator[str], random: Random) -> Any:
    """The part with other ids; a request's own is one that a client could make (UUIDv7)."""
    if isinstance(part, dict):
        own = str(UUID(int=random.getrandbits(128) & ~(0xF << 76 | 3 << 62) | 7 << 76 | 2 << 62))
        return {
            key: own if key == "id" and isinstance(value, str) else with_ids(value, drawn, random)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [with_ids(value, drawn, random) for value in part]
    return next(drawn) if isinstance(part, str) and ID.fullmatch(part) else part


@st.composite
def requests_to(
    draw: st.DrawFn, operation: APIOperation[Any, Any, Any], mode: GenerationMode, known: list[str]
) -> Case:
    """A request to the operation: three of four ids in it are ones that exist."""
    case: Case = draw(operation.as_strategy(generation_mode=mode))
    random = Random(draw(st.integers(0, 2**32)))

    def drawn() -> Iterator[str]:
        while True:
            yield random.choice(known) if random.random() < 0.75 else str(UUID(int=random.getrandbits(128)))

    if isinstance(case.path_parameters, dict):
        case.path_parameters = with_ids(case.path_parameters, drawn(), random)
    # Waiting for what is not recorded yet ends in 503, as it should.
    case.headers.pop(AT_LEAST, None)
    if isinstance(case.body, dict | list):
        case.body = with_ids(case.body, drawn(), random)
        for item in case.body if isinstance(case.body, list) else [case.body]:
            if isinstance(item, dict) and random.random() < 0.75:
                item |= {field: random.choice(when) for field, when in DAYS.items() if field in item}
    return case


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", sorted({*ROUTES, "health", "openapi", "follow"}))
def test_every_answer_is_one_that_the_interface_describes(
    fuzzed: World,
    session: requests.Session,
    operations: dict[str, APIOperation[Any, Any, Any]],
    name: str,
    mode: GenerationMode,
) -> None:
    operation, known, callers = operations[name], ids(fuzzed), tokens(fuzzed)
    if mode is GenerationMode.NEGATIVE and name in NOTHING_TO_GET_WRONG:
        pytest.skip("it asks for nothing")
    end = monotonic() + SECONDS.get(name, ENOUGH)

    @settings(
        max_examples=EXAMPLES.get(name, USUAL),
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=requests_to(operation, mode, known), token=st.sampled_from(callers))
    def ask(case: Case, token: str) -> None:
        response = case.call(session=session, headers={"Authorization": f"Bearer {token}"}, timeout=LATE)
        case.validate_response(response, checks=CHECKS)
        if monotonic() > end:
            raise Over

    with suppress(Over):
        ask()


async def test_the_registers_have_what_was_recorded_of_it_and_nothing_waits(fuzzed: World) -> None:
    async with fuzzed.office() as client:
        log = (await client.get("/v1/state")).json()["log"]
        answer = await client.get("/v1/state", headers={"Soho-At-Least": str(log)})
    assert answer.status_code == 200
    assert (answer.json()["quarantined"], answer.json()["alarms"]) == (0, [])
