"""Recording reads: what was answered about whom is in the log before it leaves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
import pytest_asyncio

from services.decisions.asking import Asker, Role
from services.http.access import ROUTES
from services.installation import LOGINS
from tests.installation import Installation
from tests.services.http import rounds
from tests.services.http.test_access import POSTS, ask
from tests.services.http.test_grievances import TEXT, asked, told
from tests.services.http.world import Commune, World

TELLING = {
    "erasure",
    "grievance_file",
    "grievance_trace",
    "household",
    "household_history",
    "household_responsible",
    "household_search",
    "household_visits",
    "member",
    "member_assignments",
    "member_dossier",
    "member_dossier_facts",
    "member_history",
    "member_ratings",
    "member_reports",
    "rating_verification",
    "unit_agenda",
    "unit_classification",
    "unit_classification_layout",
    "unit_classification_ratings",
    "unit_coverage_households",
    "unit_coverage_members",
    "unit_dossiers",
    "unit_grievances",
    "unit_history",
    "unit_offices",
    "unit_uncovered",
}
"""Routes of which the answer tells of somebody of the commune, whoever may ask it."""

UNASKED = {"me", "state", "submission_statuses"}
"""Routes that tell a caller of himself and of what he sent, and of nobody else."""
WAITING = """SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a USING (pid)
             WHERE l.relation = 'reads.read'::regclass AND NOT l.granted AND a.application_name = 'soho api reads'"""
AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(installation: Installation) -> World:
    """Two communes of one province, in each of which a member was rated. Not to be changed."""
    return await rounds.tell_rated(installation)


@pytest_asyncio.fixture(loop_scope="session")
async def log(world: World) -> AsyncIterator[Any]:
    """A connection of the database's owner, who sees every row."""
    connection = await asyncpg.connect(world.installation.endpoints.admin_url)
    yield connection
    await connection.close()


def as_somebody(asker: Asker) -> Asker:
    """The same caller, through a program that nobody else uses: its reads are found again by it."""
    return Asker(asker.role, asker.unit, str(uuid4()), asker.person, asker.office)


async def rows(log: Any, asker: Asker) -> list[Any]:
    found: list[Any] = await log.fetch("SELECT * FROM reads.read WHERE client = $1 ORDER BY read", asker.client)
    return found


def people(*communes: Commune) -> dict[str, set[UUID]]:
    """Everybody in the communes, by kind."""
    return {
        "persons": {id_ for c in communes for id_ in (c.officer, c.inspector, c.secretary, c.member, c.idle)},
        "households": {id_ for c in communes for id_ in (c.household, c.uncovered, c.grouped)},
        "grievances": {c.case for c in communes},
    }


def called(*communes: Commune) -> dict[str, UUID]:
    """Name → who is called so and by nobody else."""
    return {
        f"{name} {c.name}": id_
        for c in communes
        for name, id_ in (
            ("Bí thư", c.secretary),
            ("Đảng viên", c.member),
            ("Đảng viên khác", c.idle),
            ("Chủ hộ một", c.household),
            ("Chủ hộ hai", c.uncovered),
            ("Chủ hộ ba", c.grouped),
        )
    }


def has_everybody(world: World, found: list[Any], told: str) -> set[UUID]:
    """Whom the text tells of, by id or by name: all of them are in the rows."""
    mentioned = {UUID(text) for text in AN_ID.findall(told)}
    mentioned |= {id_ for text, id_ in called(world.here, world.there).items() if text in told}
    for kind, everybody in people(world.here, world.there).items():
        missing = (mentioned & everybody) - {id_ for row in found for id_ in row[kind]}
        assert missing == set(), kind
    return mentioned


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", sorted(set(ROUTES) - POSTS - UNASKED))
async def test_whoever_is_in_an_answer_is_in_the_log(
    world: World,
    log: Any,
    name: str,
    role: Role,
) -> None:
    """Read out of the answer itself: every id and every name in it that stands for a person, household or grievance."""
    if role not in ROUTES[name]:
        return
    asker = as_somebody(world.asker(role, world.here))
    async with world.client(asker) as client:
        answer = await ask(client, name, world.here)
    if answer.status_code == 404:
        assert await rows(log, asker) == []
        return
    assert answer.status_code == 200, answer.text
    found = await rows(log, asker)
    has_everybody(world, found, answer.text)
    if name in TELLING and role is not Role.MEMBER:
        assert found, "it tells of somebody"
    if found:
        (row,) = found
        assert (row["role"], row["person"], row["office"], row["unit"]) == (
            asker.role.value,
            asker.person,
            asker.office,
            asker.unit,
        )
        assert row["route"] == name


async def test_whoever_came_to_a_meeting_is_in_the_log(world: World, log: Any) -> None:
    here = world.here
    asker, another = (as_somebody(world.asker(Role.COMMUNE_OFFICE, here)) for _ in range(2))
    async with world.client(asker) as client, world.client(another) as other:
        year = await client.get(f"/v1/units/{here.cell}/meetings", params={"year": 2018})
        held = [one for month in year.json()["months"] for one in month["meetings"] if one["held_on"]]
        card = await other.get(f"/v1/meetings/{held[0]['meeting']}")
    everybody = {here.secretary, here.member, here.idle}
    assert has_everybody(world, await rows(log, asker), year.text) >= everybody
    assert has_everybody(world, await rows(log, another), card.text) >= everybody


async def test_what_tells_of_nobody_is_not_in_the_log(world: World, log: Any) -> None:
    asker = as_somebody(world.asker(Role.COMMUNE_OFFICE, world.here))
    async with world.client(asker) as client:
        for path in ("/v1/state", "/v1/me", f"/v1/units/{world.here.unit}/coverage"):
            assert (await client.get(path)).status_code == 200
        assert (await client.get(f"/v1/households/{world.there.household}")).status_code == 404
    assert await rows(log, asker) == []


async def test_a_list_says_of_which_unit_and_everybody_on_it(world: World, log: Any) -> None:
    asker = as_somebody(world.asker(Role.COMMUNE_OFFICE, world.here))
    async with world.client(asker) as client:
        page = await client.get(f"/v1/units/{world.here.cell}/coverage/members")
    listed = {UUID(line["person"]["id"]) for line in page.json()["members"]}
    (row,) = await rows(log, asker)
    assert (row["route"], row["about"]) == ("unit_coverage_members", world.here.cell)
    assert set(row["persons"]) == listed != set()


async def test_the_answer_that_the_caller_has_already_is_no_read(world: World, log: Any) -> None:
    asker = as_somebody(world.asker(Role.COMMUNE_OFFICE, world.here))
    path = f"/v1/households/{world.here.household}"
    async with world.client(asker) as client:
        tag = (await client.get(path)).headers["etag"]
        assert (await client.get(path, headers={"If-None-Match": tag})).status_code == 304
    assert len(await rows(log, asker)) == 1


async def test_the_log_holds_no_names(own_world: World, log: Any) -> None:
    grievance = await told(own_world)
    for path in (f"households/{own_world.here.household}", f"grievances/{grievance}/trace"):
        assert (await asked(own_world, Role.COMMUNE_OFFICE, own_world.here, f"/v1/{path}")).status_code == 200
    kept = "\n".join(str(tuple(row)) for row in await log.fetch("SELECT r::text FROM reads.read r"))
    for name in ("Chủ hộ", "Đảng viên", "Bí thư", "Cán bộ", TEXT, "Đường"):
        assert name not in kept


async def test_nothing_is_answered_that_cannot_be_recorded(world: World, log: Any) -> None:
    path = f"/v1/households/{world.here.household}"
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        await log.execute("REVOKE INSERT (route) ON reads.read FROM soho_read_log")
        try:
            refused = await client.get(path)
            unlisted = await client.get(f"/v1/units/{world.here.unit}/coverage")
        finally:
            await log.execute("GRANT INSERT (route) ON reads.read TO soho_read_log")
        assert (refused.status_code, refused.json()["code"]) == (503, "read_not_recorded")
        assert "Chủ hộ" not in refused.text
        assert unlisted.status_code == 200, "it tells of nobody"
        assert (await client.get(path)).status_code == 200


async def test_a_writer_that_is_lost_is_told_and_the_next_read_is_recorded(world: World, log: Any) -> None:
    asker, path = as_somebody(world.asker(Role.COMMUNE_OFFICE, world.here)), f"/v1/households/{world.here.household}"
    async with world.client(asker) as client:
        async with log.transaction():
            await log.execute("LOCK TABLE reads.read IN SHARE MODE")
            asking = asyncio.create_task(client.get(path))
            while not await log.fetchval(f"SELECT count(pg_terminate_backend(pid)) FROM ({WAITING}) waiting"):
                assert not asking.done(), "nothing is told before it is recorded"
            refused = await asking
        assert (refused.status_code, refused.json()["code"]) == (503, "read_not_recorded")
        assert "Chủ hộ" not in refused.text
        assert await rows(log, asker) == []
        assert (await client.get(path)).status_code == 200
    assert len(await rows(log, asker)) == 1


CHANGES = (
    "DELETE FROM reads.read",
    "UPDATE reads.read SET reason = 'x'",
    "TRUNCATE reads.read",
    "DELETE FROM reads.review",
)
SAYING_WHEN = "INSERT INTO reads.read (role, at) VALUES ('auditor', now())"
"""What the writer may not do either, who adds rows."""


async def test_nobody_changes_the_log(world: World, log: Any) -> None:
    """Not the API's login in any of its roles, but for the one that adds to it, and sees nothing of it."""
    url = world.installation.environment_of("api")["SOHO_DATABASE_URL"]
    api = await asyncpg.connect(url)
    try:
        for role in LOGINS["soho_api"]:
            await api.execute(f"SET ROLE {role}")
            for statement in (*CHANGES, SAYING_WHEN):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await api.execute(statement)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await api.execute("SET ROLE soho_reads")
        await api.execute("SET ROLE soho_read_log")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await api.execute("SELECT client FROM reads.read")
        await api.execute("SET ROLE soho_reader")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await api.execute("INSERT INTO reads.read (role) VALUES ('auditor')")
        assert await api.fetch("SELECT * FROM reads.read") == [], "without a caller nothing is seen"
    finally:
        await api.close()


async def test_a_household_that_follows_its_case_is_in_the_log(own_world: World, log: Any) -> None:
    world, here = own_world, own_world.here
    grievance = await told(world)
    async with world.client(world.asker(Role.COMMUNE_OFFICE, here)) as office:
        state = (await office.get("/v1/state")).json()
        headers = {"Soho-At-Least": str(state["log"])}
        code = (await office.post(f"/v1/grievances/{grievance}/follow-code", headers=headers)).json()["code"]
    async with world.client(None) as anybody:
        assert (await anybody.post("/v1/follow", json={"code": code})).status_code == 200
    row = await log.fetchrow(
        "SELECT * FROM reads.read WHERE route = 'follow' AND grievances @> ARRAY[$1::uuid]", grievance
    )
    assert (row["role"], row["person"], row["unit"]) == ("household", None, None)


def without_reason(client: httpx.AsyncClient) -> httpx.AsyncClient:
    for name in ("Soho-Reason", "Soho-Document"):
        client.headers.pop(name, None)
    return client


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "reason_needed"),
        ({"Soho-Reason": "curiosity"}, "reason_unknown"),
        ({"Soho-Reason": "inspection"}, "reason_document_needed"),
        ({"Soho-Reason": "inspection", "Soho-Document": "Ong%20A%20va%20vo"}, "document_number_unreadable"),
        ({"Soho-Reason": "inspection", "Soho-Document": "9-Q%D0"}, "document_number_unreadable"),
    ],
)
async def test_an_inspection_that_takes_a_file_says_why(
    world: World,
    headers: dict[str, str],
    code: str,
) -> None:
    async with without_reason(world.client(world.asker(Role.INSPECTION, world.here))) as client:
        refused = await client.get(f"/v1/grievances/{world.here.case}/file", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (400, code)


async def test_a_reason_is_kept_with_the_read(world: World, log: Any) -> None:
    asker = as_somebody(world.asker(Role.COMMUNE_OFFICE, world.here))
    why = {"Soho-Reason": "household_asked", "Soho-Document": "12-Q%C4%90/%C4%90U"}
    async with world.client(asker) as client:
        assert (await client.get(f"/v1/households/{world.here.household}", headers=why)).status_code == 200
    (row,) = await rows(log, asker)
    assert (row["reason"], row["document"]) == ("household_asked", "12-QĐ/ĐU")


@pytest.mark.parametrize("number", [b"9-Q\xc4\x90/UBKT", b"9-Q%C4%90/UBKT", b"9-Q%C4%90%2FUBKT"])
async def test_a_document_is_named_percent_encoded_or_in_plain_utf8(world: World, log: Any, number: bytes) -> None:
    asker = as_somebody(world.asker(Role.COMMUNE_OFFICE, world.here))
    why = {b"Soho-Reason": b"household_asked", b"Soho-Document": number}
    async with world.client(asker) as client:
        assert (await client.get(f"/v1/households/{world.here.household}", headers=why)).status_code == 200
    (row,) = await rows(log, asker)
    assert row["document"] == "9-QĐ/UBKT"
