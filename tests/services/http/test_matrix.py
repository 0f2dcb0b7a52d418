"""Every route, asked by every role about its own, a subordinate's, a superior's, a neighbour's and a former thing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from events.calendar import today
from services.decisions.asking import Asker, Role
from services.http.access import ROUTES
from tests.services.http.moved import BEFORE, Mandated, Moved, Relation, Thing
from tests.services.http.rights import ABOUT_NOTHING, CELLS_ONLY, COMMANDS, KINDS, REVEALING, Right, right
from tests.services.http.test_access import EXTRA, body, handlers
from tests.services.http.world import NOON, command

KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}
SUBJECTS = ("unit", "person", "household", "grievance", "meeting", "rating", "erasure", "mandate")
PAST = (Relation.FORMER, Relation.MOVED)


def address(name: str, thing: Thing) -> str | None:
    """The route asked about the thing; None where that is nothing the route is about."""
    (path,) = handlers()[name].paths
    if body(name, thing.unit) is not None and thing.unit is None:
        return None
    for subject in SUBJECTS:
        if f"{{{subject}:uuid}}" in path:
            if getattr(thing, subject) is None:
                return None
            path = path.replace(f"{{{subject}:uuid}}", str(getattr(thing, subject)))
    return path.replace("{layout:str}", "mau_14") + EXTRA.get(name, "")


async def ask(
    client: httpx.AsyncClient, name: str, thing: Thing, path: str, before: int | None = None
) -> httpx.Response:
    """The route asked about the thing; of a day before anything had moved where the position of then is given."""
    asked = body(name, thing.unit)
    if asked is not None:
        return await client.post(path, json=asked | ({"as_of": BEFORE, "known_at": before} if before else {}))
    place = path if before is None else f"{path}{'&' if '?' in path else '?'}as_of={BEFORE}&known_at={before}"
    return await (client.post if name == "grievance_follow_code" else client.get)(place)


def test_every_route_is_of_one_kind() -> None:
    named = [name for names in KINDS.values() for name in names] + [*ABOUT_NOTHING, *COMMANDS, *REVEALING]
    assert sorted(named) == sorted(ROUTES)


def told(answer: httpx.Response) -> tuple[int, str | None]:
    return answer.status_code, None if answer.is_success else answer.json()["code"]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(KIND_OF))
async def test_who_is_answered_about_what(moved: Moved, name: str, role: Role) -> None:
    await compared(moved, name, moved.asker(role))


@pytest.mark.parametrize("name", sorted(name for name in KIND_OF if Role.INSPECTION in ROUTES[name]))
async def test_what_an_inspection_is_answered_whose_mandate_is_for_one_case(moved: Moved, name: str) -> None:
    await compared(moved, name, moved.inspecting(Mandated.CASE), one_case=True)


async def compared(moved: Moved, name: str, asker: Asker, one_case: bool = False) -> None:
    """Asks the route about everything, and compares with the table of rights."""
    asked, role = 0, asker.role
    async with moved.client(asker) as client:
        for relation in Relation:
            expected = right(KIND_OF[name], role, relation, one_case)
            for thing in moved.things(role, relation):
                path = address(name, thing)
                if path is None:
                    continue
                asked += 1
                answer = await ask(client, name, thing, path)
                if role not in ROUTES[name]:
                    assert told(answer) == (403, "role_not_allowed")
                    break
                assert expected is not Right.NONE, relation
                wanted = status(name, thing, expected, moved)
                assert told(answer) == wanted, (relation, path)
                answers = [answer]
                if relation in PAST:
                    answers.append(await ask(client, name, thing, path, moved.before))
                    assert told(answers[1]) == ((200, None) if expected is Right.THEN else wanted), (relation, path)
                said = f"{path} {body(name, thing.unit)}"
                for each in answers:
                    assert [part for part in strange(moved, role, name) if part in each.text and part not in said] == []
    assert asked


@pytest.mark.parametrize(
    ("mandated", "code", "parameter"),
    [
        (Mandated.NONE, "mandate_needed", None),
        (Mandated.EXPIRED, "mandate_expired", "last"),
        (Mandated.TO_COME, "mandate_not_yet", "first"),
    ],
)
async def test_an_inspection_without_a_mandate_in_force_is_answered_nothing(
    moved: Moved, mandated: Mandated, code: str, parameter: str | None
) -> None:
    day = {"last": today() - timedelta(days=1), "first": today() + timedelta(days=1)}
    parameters = {parameter: str(day[parameter])} if parameter else {}
    asked = 0
    async with moved.client(moved.inspecting(mandated)) as client:
        for name in (*KIND_OF, "state", "denunciation_receipts", "own_mandates"):
            for thing in moved.things(Role.INSPECTION, Relation.OWN) + moved.things(
                Role.INSPECTION, Relation.SUBORDINATE
            ):
                path = address(name, thing)
                if path is None or Role.INSPECTION not in ROUTES[name]:
                    continue
                asked += 1
                for before in (None, moved.before):
                    answer = await ask(client, name, thing, path, before)
                    assert told(answer) == (403, code), path
                    assert answer.json().get("parameters", {}) == parameters
        assert (await client.get("/v1/me")).status_code == 200
    assert asked > 50


def status(name: str, thing: Thing, expected: Right, moved: Moved) -> tuple[int, str | None]:
    """Status and code of the answer about today."""
    if expected in (Right.NOTHING, Right.THEN):
        return 404, "not_found"
    if name in CELLS_ONLY and thing.person is None:
        return 400, "not_a_cell"
    return (201 if name == "grievance_follow_code" else 200), None


def strange(moved: Moved, role: Role, name: str) -> set[str]:
    """What may not be in an answer. What a committee decided itself stays in its history, with the id of the member."""
    return moved.strange(role) - ({str(moved.left.member)} if name == "unit_history" else set())


@pytest.mark.parametrize("name", ["me", "state", "denunciation_receipts", "own_mandates"])
@pytest.mark.parametrize("role", Role)
async def test_what_is_about_nothing_tells_of_nobody_elses(moved: Moved, name: str, role: Role) -> None:
    (path,) = handlers()[name].paths
    async with moved.client(moved.asker(role)) as client:
        answer = await client.get(path)
    assert told(answer) == ((200, None) if role in ROUTES[name] else (403, "role_not_allowed"))
    assert [part for part in moved.strange(role) if part in answer.text] == []


def visit(household: UUID, member: UUID) -> dict[str, Any]:
    return command("visit.record", instant=f"2019-04-05{NOON}", household=household, member=member)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", COMMANDS)
async def test_who_reports_about_which_household(moved: Moved, name: str, role: Role) -> None:
    cells = {each.household: each.member for each in (moved.here, moved.there, moved.gone, moved.left)}
    async with moved.client(moved.asker(role)) as client:
        for relation in Relation:
            for thing in moved.things(role, relation):
                if thing.household not in cells:
                    continue
                visitor = moved.here.member if role is Role.MEMBER else cells[thing.household]
                item = visit(thing.household, visitor)
                if name == "submit_command":
                    answer = await client.post("/v1/commands", json=item)
                    code = answer.json().get("code")
                else:
                    answer = await client.post("/v1/batches", json=[item])
                    (result,) = answer.json().get("results", [{}])
                    code = answer.json().get("code") or result.get("problem", {}).get("code")
                if role in (Role.AUDITOR, Role.INSPECTION):
                    assert code == "role_not_allowed"
                elif relation in (Relation.OWN, Relation.SUBORDINATE, Relation.LINEAGE):
                    assert code is None, answer.text
                else:
                    assert code == "outside_your_unit", (relation, answer.text)
                    assert [part for part in moved.strange(role) if part in answer.text and part not in str(item)] == []


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICE, Role.AUDITOR, Role.INSPECTION, Role.SYSTEM])
async def test_a_unit_that_was_merged_away_asks_nothing_of_any_day(moved: Moved, role: Role) -> None:
    async with moved.client(moved.asker(role, moved.gone)) as client:
        thing = Thing(unit=moved.gone.cell)
        for before in (None, moved.before):
            answer = await ask(client, "unit_coverage", thing, f"/v1/units/{thing.unit}/coverage", before)
            assert told(answer) == (403, "your_unit_ended")
