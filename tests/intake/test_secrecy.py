"""Names, addresses and notes stand in plain text nowhere: not in the servers' data, not in what the programs log."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from events.identifiers import uuid7
from services.decisions.asking import Role
from tests.installation import Installation
from tests.intake.sending import encoded, phone, recorded, send, visit
from tests.services.http.world import World, command


def marker() -> str:
    """A word that stands nowhere else."""
    return f"Zzyzx{uuid4().hex}"


def files_with(folder: Path, word: str) -> list[Path]:
    """Every file at or below the folder in which the word stands."""
    assert any(folder.rglob("*"))
    return [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


@pytest.fixture
def servers_data(installation: Installation) -> tuple[Path, Path]:
    """The data folders of NATS and of PostgreSQL."""
    home = installation.endpoints.home.path
    return home / "nats", home / "postgres"


async def test_sealed_fields_stand_in_no_file_of_the_servers(
    world: World, installation: Installation, servers_data: tuple[Path, Path]
) -> None:
    name, contact, head, address, note, public = (marker() for _ in range(6))
    person, household, cell = uuid7(), uuid7(), world.here.cell
    told = [
        command("organisation.rename_unit", unit=cell, name=f"Bản {public}"),
        command("organisation.register_person", person=person, unit=cell, name=f"Người {name}", contact=contact),
        command("member.admit", person=person, unit=cell),
        command("household.register", household=household, unit=cell, head=f"Chủ hộ {head}", address=address),
        visit(world, household=household, member=person, note=f"Gặp {note}"),
    ]
    async with world.client(world.asker(Role.COMMUNE_OFFICE, world.here)) as client:
        results = await send(client, *told)
        assert {result["outcome"] for result in results} == {"recorded"}
        client.headers["Soho-At-Least"] = str(max(result["position"] for result in results))
        visits = (await client.get(f"/v1/households/{household}/visits")).json()
        assert visits["visits"][0]["note"] == f"Gặp {note}"
    await recorded(installation, *(item["id"] for item in told))
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    await connection.execute("CHECKPOINT")
    await connection.close()
    for folder in servers_data:
        assert files_with(folder, public), "what is public is found: the search works"
        for sealed in (name, contact, head, address, note):
            assert files_with(folder, sealed) == []


async def test_what_is_refused_leaves_no_text_behind(
    world: World, installation: Installation, servers_data: tuple[Path, Path]
) -> None:
    """A body stays on the device until it is recorded: neither the refusal nor a log line holds any of it."""
    word = marker()
    cell, known = world.here.cell, world.here.household
    bad = [
        visit(world, note=f"{word}\0"),
        visit(world, note=word) | {"colour": word},
        visit(world, note=word, purpose=word),
        visit(world, note=word, household=uuid7()),
        visit(world, note=word, instant=word),
        visit(world, note=word) | {"household": word},
        visit(world, note=[word]),
        visit(world, note=word * 200),
        command("household.register", household=known, unit=cell, head=word, address=word),
        encoded(visit(world, note=f"XX{word}")).replace(b"XX", b"\\ud800"),
        f'"{word}"'.encode(),
    ]
    async with world.client(world.asker(Role.CELL_SECRETARY, world.here)) as client:
        results = await send(client, *bad)
        assert {result["outcome"] for result in results} == {"refused"}
        assert word not in str(results)
        for content in (f'[{{"type":"{word}', f'{{"note":"{word}"}}', f'["{word}', f'[{{"note":"{word}]'):
            response = await client.post("/v1/batches", content=content.encode())
            assert response.status_code == 400
            assert word not in response.text
    async with world.client(phone(world)) as client:
        assert (await client.post("/v1/commands", json=visit(world, note=word, member=uuid7()))).status_code == 422
    connection = await asyncpg.connect(installation.endpoints.admin_url)
    await connection.execute("CHECKPOINT")
    await connection.close()
    for folder in servers_data:
        assert files_with(folder, word) == []


async def test_the_programs_log_no_text(world: World, installation: Installation) -> None:
    word = marker()
    item = visit(world, note=word)
    async with world.client(phone(world)) as client:
        await send(client, item, item | {"note": f"{word}!"}, visit(world, note=f"{word}\0"))
        await client.get(f"/v1/households/{word}")
    await recorded(installation, item["id"])
    programs = Path(installation.environment["SOHO_MASTER_KEY_FILE"]).parent
    assert files_with(programs, "projector.started"), "the programs do log: the search works"
    for folder in (programs, installation.endpoints.home.logs):
        assert files_with(folder, word) == []
