"""Routes past litestar's handling of requests: what stands before every route stands before them, and the body."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import msgspec
import pytest
from litestar.types import HTTPReceiveMessage, Receive

from services.decisions.asking import Role
from services.http.access import ROUTES
from services.http.direct import LARGEST_BODY, MOST_DISCARDED, Call
from services.http.problems import HttpProblem
from tests.services.http.test_access import handlers
from tests.services.http.world import NOON, World, command

MEBIBYTE = 2**20


SUBMITTING = ["submit_batch", "submit_command"]


def path(name: str) -> str:
    (found,) = handlers()[name].paths
    return found


@pytest.mark.parametrize("name", SUBMITTING)
async def test_only_the_roles_of_the_table_get_through(world: World, name: str) -> None:
    async with world.client(None) as client:
        response = await client.post(path(name), content=b"[]")
    assert (response.status_code, response.json()["code"]) == (401, "token_missing")
    assert response.headers["www-authenticate"] == "Bearer"
    for role in Role:
        async with world.client(world.asker(role, world.here)) as client:
            response = await client.post(path(name), content=b"")
        assert response.headers["content-type"] == "application/problem+json"
        if role in ROUTES[name]:
            assert (response.status_code, response.json()["code"]) == (400, "invalid_json")
        else:
            assert (response.status_code, response.json()["code"]) == (403, "role_not_allowed")


@pytest.mark.parametrize("name", SUBMITTING)
async def test_another_method_is_refused(world: World, name: str) -> None:
    async with world.client(world.asker(Role.SYSTEM, world.here)) as client:
        response = await client.get(path(name))
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")


async def test_a_body_in_parts_is_one_and_the_answer_is_json_with_its_position(own_world: World) -> None:
    here = own_world.here
    visit = command("visit.record", instant=f"2018-03-06{NOON}", household=here.household, member=here.member)
    content = msgspec.json.encode(visit)

    async def parts() -> AsyncIterator[bytes]:
        yield content[:50]
        yield content[50:]

    async with own_world.client(own_world.asker(Role.MEMBER, here)) as client:
        recorded = await client.post("/v1/commands", content=parts())
        again = await client.post("/v1/commands", content=content)
    assert (recorded.status_code, again.status_code) == (201, 200), recorded.text
    assert recorded.headers["content-type"] == again.headers["content-type"] == "application/json"
    position = recorded.json()["position"]
    assert again.json() == {"outcome": "duplicate", "id": str(visit["id"]), "position": position}
    assert recorded.headers["soho-position"] == again.headers["soho-position"] == str(position)


def arriving(parts: Iterator[HTTPReceiveMessage]) -> tuple[Receive, Callable[[], int]]:
    """What a server hands to an application, and how many bytes of it were taken."""
    taken = 0

    async def receive() -> HTTPReceiveMessage:
        nonlocal taken
        message = next(parts)
        taken += len(message["body"]) if message["type"] == "http.request" else 0
        return message

    return receive, lambda: taken


def part(content: bytes, *, more: bool) -> HTTPReceiveMessage:
    return {"type": "http.request", "body": content, "more_body": more}


async def test_nothing_is_made_of_what_a_caller_left_in_the_middle() -> None:
    receive, _ = arriving(iter([part(b"{}", more=True), {"type": "http.disconnect"}]))
    with pytest.raises(HttpProblem) as refused:
        await Call({"type": "http"}, receive).body()  # type: ignore[arg-type]
    assert (refused.value.status, refused.value.code) == (400, "invalid_json")


async def test_the_largest_body_is_taken_and_one_byte_more_is_not() -> None:
    for size in (LARGEST_BODY, LARGEST_BODY + 1):
        whole = b" " * size
        receive, taken = arriving(iter([part(whole[:MEBIBYTE], more=True), part(whole[MEBIBYTE:], more=False)]))
        call = Call({"type": "http"}, receive)  # type: ignore[arg-type]
        if size == LARGEST_BODY:
            assert await call.body() == whole
        else:
            with pytest.raises(HttpProblem, match="body_too_large"):
                await call.body()
        assert taken() == size


async def test_what_has_no_end_is_read_for_a_while_only() -> None:
    def endless() -> Iterator[HTTPReceiveMessage]:
        while True:
            yield part(b" " * MEBIBYTE, more=True)

    receive, taken = arriving(endless())
    with pytest.raises(HttpProblem, match="body_too_large"):
        await Call({"type": "http"}, receive).body()  # type: ignore[arg-type]
    assert taken() == LARGEST_BODY + MOST_DISCARDED + MEBIBYTE
