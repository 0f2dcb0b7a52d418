"""The vault under kill -9: a key is on disk before the fact that needs it is acknowledged; going over to another master
key can be killed and goes on; who was erased does not come back with an older vault."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import msgspec
import psutil
import pytest

from events.calendar import now
from events.catalogue import decode
from events.identifiers import derived, uuid7
from events.log.connection import connect_log
from events.log.publishing import publish_apart
from projections.database import Pool, Role, open_pool
from services.accounts.tokens import issuer_from_file
from services.cli import local
from services.decisions.asking import Asker
from services.decisions.asking import Role as CallerRole
from services.embedded import EmbeddedServers, Home, running_endpoints
from services.embedded.binaries import postgres_programs
from services.http.state import open_state
from services.intake import recording
from services.intake.results import Recorded
from services.settings import Settings
from services.vault import master
from services.vault.keys import Keys
from services.vault.places import Given, Places
from tests.faults.house import House
from tests.faults.load import under_load
from tests.services.cli.command import SOHO, environment, running_up, soho
from tests.services.embedded.processes import becomes_true
from tests.services.http.world import command, officer, submit

FACTS = 3_000
MANY_KEYS = 40_000


@asynccontextmanager
async def keeper(house: House) -> AsyncIterator[Pool]:
    url = running_endpoints(house.home).postgres_url("soho_api", local.password(house.home, "soho_api"))
    async with await open_pool(url, Role.KEEPER, "test", 2) as pool:
        yield pool


def places(house: House, pool: Pool) -> Places:
    return Places(Given(file=local.master_key_file(house.home)), pool)


async def every_sealed_value_opens(house: House) -> int:
    """Everything sealed in any fact opens with the keys of the vault; returns how much that is."""
    async with house.database() as database:
        rows = await database.fetch("SELECT type, data FROM archive.message ORDER BY position")
    bodies = [decode(row["type"], row["data"]).body for row in rows]
    sealed = [
        (body.owner(field), field, getattr(body, field))
        for body in bodies
        for field in body.SEALED
        if getattr(body, field) is not None
    ]
    async with keeper(house) as pool:
        keys = Keys(pool, places(house, pool))
        await keys.open()
        texts = await keys.read(sealed)
    assert None not in texts
    return len(texts)


@pytest.mark.parametrize("program", ["api", "postgres", "nats"])
async def test_the_key_was_there_before_the_fact_was_acknowledged(house: House, program: str) -> None:
    """Every third item of the load is a new household, sealed with a key that is made for it. What was acknowledged is
    in the log; what is in the log opens."""
    pid = house.pid(program)
    async with under_load(house.commune, FACTS, house.base_url, house.token) as load:
        os.kill(pid, signal.SIGKILL)
        await becomes_true(lambda: house.pid(program) != pid, f"{program} runs again")
    assert len(load.acknowledged) >= FACTS
    await house.has_each_once(load.acknowledged)
    assert await every_sealed_value_opens(house) > FACTS // 2


async def test_the_key_is_on_disk_before_the_fact_is_published(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the fact goes to the log, every process of PostgreSQL is killed at once: what had not been written by then is
    lost, since the process that writes later what need not be written at once stood still. The fact is acknowledged,
    and opens."""
    endpoints, household = running_endpoints(house.home), uuid7()
    url = endpoints.postgres_url("soho_api", local.password(house.home, "soho_api"))
    given, token_key = Given(file=local.master_key_file(house.home)), local.token_key_file(house.home)
    settings = Settings(endpoints.nats_url("intake"), url, given, token_key, "127.0.0.1", 0)
    postgres = psutil.Process(house.pid("postgres"))

    async def publish_after_the_crash(client: Any, parts: Any) -> Any:
        everyone = [postgres, *postgres.children(recursive=True)]
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in everyone:
                process.send_signal(number)
        return await publish_apart(client, parts)

    log = await connect_log(settings.nats_url, "test")
    try:
        async with open_state(settings, log) as state:
            monkeypatch.setattr(recording, "publish_apart", publish_after_the_crash)
            (later,) = [each for each in postgres.children() if "walwriter" in " ".join(each.cmdline())]
            later.suspend()
            asker = Asker(CallerRole.SYSTEM, house.commune.province, "fault test")
            item = command("household.register", household=household, unit=house.commune.cell, head="Chủ hộ cuối")
            (result,) = await state.recorder.record(asker, [msgspec.json.encode(item)])
            assert isinstance(result, Recorded)
    finally:
        await log.close()
    await becomes_true(lambda: house.pid("postgres") != postgres.pid, "PostgreSQL runs again")
    await house.has_each_once({derived(UUID(item["id"]), 0): result.position})
    assert await every_sealed_value_opens(house)


async def test_going_over_to_another_master_key_is_killed_and_goes_on_while_all_is_served(house: House) -> None:
    async with keeper(house) as pool:
        keys = Keys(pool, places(house, pool))
        await keys.open()
        await keys.for_sealing([uuid7() for _ in range(MANY_KEYS)])
    old = [key.id for key in master.from_file(local.master_key_file(house.home))]
    async with under_load(house.commune, FACTS, house.base_url, house.token) as load:
        nowhere = asyncio.subprocess.DEVNULL
        rotating = await asyncio.create_subprocess_exec(
            *SOHO, "vault", "rotate", env=environment(house.home.path), stdout=nowhere, stderr=nowhere
        )
        async with house.database() as database:
            while not await database.fetchval("SELECT EXISTS (SELECT FROM vault.key WHERE master <> $1)", old[0]):
                assert rotating.returncode is None
        rotating.kill()
        assert await rotating.wait() == -signal.SIGKILL
        async with house.database() as database:
            left = await database.fetchval("SELECT count(*) FROM vault.key WHERE master = $1", old[0])
        assert left > 0, "it was killed in the middle"
        assert len(master.from_file(local.master_key_file(house.home))) == 2
        told = await asyncio.to_thread(soho, house.home.path, "vault", "rotate", "--json")
        assert told.returncode == 0, told.stderr
    rotated = msgspec.json.decode(told.stdout)
    assert (rotated["continued"], rotated["retired"], rotated["damaged"]) == (True, old, [])
    async with house.database() as database:
        masters = await database.fetch("SELECT DISTINCT master FROM vault.key WHERE master IS NOT NULL")
    assert [row[0] for row in masters] == [rotated["current"]]
    assert [key.id for key in master.from_file(local.master_key_file(house.home))] == [rotated["current"]]
    assert len(load.acknowledged) >= FACTS
    await house.has_each_once(load.acknowledged)
    await every_sealed_value_opens(house)
    # Who has nothing but the new one at hand opens everything, and the doctor agrees.
    pid = house.pid("api")
    os.kill(pid, signal.SIGKILL)
    await becomes_true(lambda: house.pid("api") != pid, "the API runs again")
    examined = await asyncio.to_thread(soho, house.home.path, "doctor", "--json")
    assert examined.returncode == 0, examined.stdout


# Who was erased


def programs(house: House) -> Path:
    return postgres_programs(house.home)


def back_up(house: House, into: Path) -> None:
    """As the operator backs the vault up."""
    _run(programs(house) / "pg_dump", "-Fc", "-n", "vault", "-f", into, "-d", running_endpoints(house.home).admin_url)


def restore(house: House, url: str, backup: Path) -> None:
    _run(programs(house) / "pg_restore", "--clean", "--if-exists", "-d", url, backup)


def _run(*arguments: str | Path) -> None:
    done = subprocess.run([str(each) for each in arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


class Office:
    """The office of a commune in the house, with two people, and a household that has moved away."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.first, self.second, self.household = uuid7(), uuid7(), uuid7()
        self.recorded = 0

    @asynccontextmanager
    async def client(self, person: UUID | None) -> AsyncIterator[httpx.AsyncClient]:
        commune = self.house.commune
        asker = Asker(CallerRole.SYSTEM, commune.province, "fault test")
        if person is not None:
            asker = Asker(CallerRole.COMMUNE_OFFICE, commune.unit, "fault test", person, "organisation_officer")
        token = issuer_from_file(local.token_key_file(self.house.home)).token(asker)
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=self.house.base_url, headers=headers, timeout=30) as client:
            yield client

    async def settle(self, head: str) -> None:
        commune = self.house.commune
        async with self.client(None) as client:
            self.recorded = await submit(
                client,
                *officer(commune.unit, self.first),
                *officer(commune.unit, self.second),
                command("household.register", household=self.household, unit=commune.cell, head=head),
                command("household.dissolve", household=self.household, reason="moved_away", effective="2019-03-01"),
            )

    async def head(self) -> tuple[str | None, bool]:
        """What a reader who waits for what was recorded is told now."""
        async with self.client(None) as client:
            client.headers["Soho-At-Least"] = str(self.recorded)
            response = await client.get(f"/v1/households/{self.household}", params={"as_of": "2019-01-01"})
            card = response.json()
            return card["head"], card["erased"]

    async def erase(self) -> UUID:
        basis = {"number": "04-QĐ/ĐU"}
        of = {"subject": self.household, "basis": basis}
        asked = command("erasure.request", instant=now().isoformat(), of="household", ground="request", **of)
        step = {**of, "erasure": asked["id"]}
        async with self.client(self.first) as client:
            await submit(client, asked)
        async with self.client(self.second) as client:
            for name in ("erasure.grant", "erasure.execute"):
                self.recorded = await submit(client, command(name, instant=now().isoformat(), **step))
            client.headers["Soho-At-Least"] = str(self.recorded)
            assert (await client.get(f"/v1/erasures/{asked['id']}")).json()["stage"] == "executed"
        return UUID(asked["id"])

    async def key(self) -> Any:
        async with self.house.database() as database:
            return await database.fetchval("SELECT wrapped FROM vault.key WHERE owner = $1", self.household)


async def test_who_was_erased_does_not_come_back_with_an_older_vault_nor_with_a_rebuild(tmp_path: Path) -> None:
    with running_up() as up:
        house = House(up)
        await house.found()
        office = Office(house)
        await office.settle("Chủ hộ đã đi")
        assert await office.head() == ("Chủ hộ đã đi", False)
        back_up(house, tmp_path / "vault.dump")
        erasure = await office.erase()
        assert await office.head() == (None, True)
        assert await office.key() is None
        assert up.interrupt()[0] == 0

        async with EmbeddedServers(Home(up.home)) as endpoints:
            restore(house, endpoints.admin_url, tmp_path / "vault.dump")
            connection = await asyncpg.connect(endpoints.admin_url)
            back = await connection.fetchval("SELECT wrapped FROM vault.key WHERE owner = $1", office.household)
            await connection.close()
            assert back is not None, "the backup has the key: it could be read again"
        up.start()
        assert await office.key() is None
        assert await office.head() == (None, True)

        told = await asyncio.to_thread(soho, up.home, "rebuild", "--all")
        assert told.returncode == 0, told.stderr
        assert await office.head() == (None, True)
        await house.registers_equal_a_refold()
        async with house.database() as database:
            left = await database.fetchval(
                "SELECT count(*) FROM households_v1.household WHERE household = $1 AND head IS NOT NULL",
                office.household,
            )
        assert left == 0
        # The log and the archive are what they were, and both copies agree.
        examined = await asyncio.to_thread(soho, up.home, "doctor", "--json")
        assert examined.returncode == 0, examined.stdout

        # Put back while the API runs: what ended stays ended for it, and the next start ends it in the vault too.
        restore(house, running_endpoints(house.home).admin_url, tmp_path / "vault.dump")
        assert await office.head() == (None, True)
        pid = house.pid("api")
        os.kill(pid, signal.SIGKILL)
        await becomes_true(lambda: house.pid("api") != pid, "the API runs again")
        await becomes_true(lambda: _answers(house), "the API answers")
        assert await office.key() is None
        assert await office.head() == (None, True)

        shown = await asyncio.to_thread(soho, up.home, "erasure", "show", str(erasure))
        assert shown.returncode == 0, shown.stderr
        assert "Đã xóa" in shown.stdout
        assert "Nghị định 356/2025/NĐ-CP, Điều 5" in shown.stdout
        listed = await asyncio.to_thread(soho, up.home, "erasure", "list", str(house.commune.province))
        assert str(erasure) in listed.stdout
        assert "(đã xóa)" in listed.stdout
        assert "Chủ hộ đã đi" not in shown.stdout + listed.stdout


def _answers(house: House) -> bool:
    try:
        return httpx.get(f"{house.base_url}/health", timeout=5).is_success
    except httpx.TransportError:
        return False
