"""Nothing of what is sealed stands anywhere in plain text: everything is done that can be done, faults included, with
every log at its loudest; then every file, log line, answer and table is searched for the words that were planted."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from events.calendar import now
from events.identifiers import uuid7
from events.text import without_marks
from projections.database import Connection
from services.accounts.tokens import issuer_from_file
from services.cli import local
from services.decisions.asking import Asker, Role
from services.embedded import running_endpoints
from tests.faults.house import House
from tests.faults.plain_text import found_below, found_in, phrase
from tests.services.cli.command import Up, environment, free_port, soho
from tests.services.embedded.processes import becomes_true, empty_folder
from tests.services.http.world import OFFICE, command, officer

LOUD_API = """
import logging, uvloop
from services import processes
from services.logging import configure
from services.settings import from_environment
logging.basicConfig(level=logging.DEBUG)
configure("api", logging.DEBUG)
uvloop.run(processes.run_api(from_environment()))
"""
LONGEST = 4_000


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("nfc", "Ngượng Khẫm".encode()),
        ("nfd", unicodedata.normalize("NFD", "Ngượng Khẫm").encode()),
        ("nfc escaped", b"Ng\\u01b0\\u1ee3ng Kh\\u1eabm"),
        ("nfc escaped, capital digits", b"Ng\\u01B0\\u1EE3ng Kh\\u1EABm"),
        ("nfc escaped twice", b"Ng\\\\u01b0\\\\u1ee3ng Kh\\\\u1eabm"),
        ("nfc as bytes of Python", b"Ng\\xc6\\xb0\\xe1\\xbb\\xa3ng Kh\\xe1\\xba\\xabm"),
        ("nfc utf-16", "Ngượng Khẫm".encode("utf-16-le")),
        ("nfc in an address", b"Ng%C6%B0%E1%BB%A3ng%20Kh%E1%BA%ABm"),
        ("nfc hexadecimal", b"4e67c6b0e1bba36e67204b68e1baab6d"),
        ("without marks", b"nguong kham"),
        # Written down with two and one bytes before it: "ab" + text, "a" + text, and the text itself.
        ("nfc base64 2", b"YWJOZ8aw4bujbmcgS2jhuqtt"),
        ("nfc base64 1", b"YU5nxrDhu6NuZyBLaOG6q20="),
    ],
)
def test_the_search_finds_every_form(form: str, written: bytes) -> None:
    assert form in [found for found, _ in found_in(b"before " + written + b" behind", "Ngượng Khẫm")]


class Told:
    """What is planted, and everything that came back which may not hold it."""

    def __init__(self, seed: int) -> None:
        self.planted = phrase(random.Random(seed))
        self.public = phrase(random.Random(seed + 1))
        self.outputs: list[bytes] = []

    def text(self, label: str, *, decomposed: bool = False, length: int = 0) -> str:
        """A text with the planted words in it."""
        words = f"{label} {self.planted}"
        words += f" {label}" * (max(0, length - len(words)) // (len(label) + 1))
        return unicodedata.normalize("NFD", words) if decomposed else words


class Place:
    """The house, with an office in its commune."""

    def __init__(self, house: House, told: Told) -> None:
        self.house, self.told = house, told
        self.first, self.second = uuid7(), uuid7()
        self.person, self.household, self.leaving, self.case = (uuid7() for _ in range(4))
        self.base_url = house.base_url

    @asynccontextmanager
    async def client(self, role: Role = Role.SYSTEM, person: UUID | None = None) -> AsyncIterator[httpx.AsyncClient]:
        commune = self.house.commune
        unit = commune.province if role is Role.SYSTEM else commune.unit
        asker = Asker(role, unit, "test", person, OFFICE if person else None)
        token = issuer_from_file(local.token_key_file(self.house.home)).token(asker)
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=self.base_url, headers=headers, timeout=60) as client:
            yield client

    async def send(self, client: httpx.AsyncClient, *items: dict[str, Any] | bytes) -> list[dict[str, Any]]:
        """Submits the items together; what is answered may hold nothing of them."""
        body = b"[" + b",".join(each if isinstance(each, bytes) else msgspec.json.encode(each) for each in items) + b"]"
        response = await client.post("/v1/batches", content=body)
        self.told.outputs.append(response.content)
        results: list[dict[str, Any]] = response.json()["results"]
        positions = [result["position"] for result in results if result["outcome"] == "recorded"]
        if positions:
            client.headers["Soho-At-Least"] = str(max(positions))
        return results

    def planting(self) -> list[dict[str, Any] | bytes]:
        """Everything that has sealed fields, each in another way of writing."""
        text, commune = self.told.text, self.house.commune
        visit = {"instant": "2018-03-05T08:00:00+07:00", "household": self.household, "member": self.person}
        escaped = msgspec.json.encode(command("visit.record", **visit, note="@")).decode()
        letters = "".join(f"\\u{ord(sign):04x}" for sign in self.told.planted)
        case = {"household": self.household, "member": self.person, "topic": "land"}
        return [
            command("organisation.rename_unit", unit=commune.cell, name=self.told.public),
            command(
                "organisation.register_person",
                person=self.person,
                unit=commune.cell,
                name=text("ten"),
                contact=text("so dien thoai", decomposed=True),
            ),
            command("member.admit", person=self.person, unit=commune.cell),
            *(
                command(
                    "household.register",
                    household=household,
                    unit=commune.cell,
                    head=text("chu ho", decomposed=True),
                    address=text("dia chi"),
                )
                for household in (self.household, self.leaving)
            ),
            command("visit.record", **visit, note=text("ghi chu", length=LONGEST)),
            command("visit.record", **visit, note=text("ghi chu dai", decomposed=True, length=LONGEST // 2)),
            escaped.replace('"@"', f'"{letters}"').encode(),
            command(
                "meeting.submit_report",
                instant="2018-03-20T08:00:00+07:00",
                unit=commune.cell,
                member=self.person,
                month="2018-03-01",
                lines=[],
                note=text("bao cao"),
            ),
            command("grievance.raise", id=self.case, instant="2018-03-05T09:00:00+07:00", **case, text=text("don")),
        ]

    def refused(self) -> list[dict[str, Any] | bytes]:
        """What cannot be recorded, each for another reason."""
        text = self.told.text("tu choi")
        visit = {"instant": "2018-03-05T08:00:00+07:00", "household": self.household, "member": self.person}
        good = command("visit.record", **visit, note=text)
        return [
            good | {"note": f"{text}\0"},
            good | {text: text},
            good | {"purpose": text},
            good | {"household": uuid7().hex},
            good | {"household": text},
            good | {"instant": text},
            good | {"note": [text]},
            good | {"note": text * 400},
            good | {"type": text},
            good | {"id": text},
            good | {"religion": text},
            good | {"source": text, "correlation": text},
            msgspec.json.encode(good).replace(b"ten", b"\\ud800"),
            msgspec.json.encode(text),
            command("household.register", household=self.household, unit=self.house.commune.cell, head=text),
            command("organisation.register_person", person=uuid7(), unit=uuid7(), name=text),
        ]

    async def ask_everything(self, client: httpx.AsyncClient) -> None:
        """Who may read is told the words: the answers are not searched, what they leave behind is."""
        between = {"from": "2018-01-01", "to": "2018-12-31"}
        unit = self.house.commune.cell
        answers = [
            await client.get(f"/v1/households/{self.household}"),
            await client.get(f"/v1/households/{self.household}/visits"),
            await client.get(f"/v1/households/{self.household}/history"),
            await client.get(f"/v1/households/{self.household}/changes", params=between),
            await client.get(f"/v1/members/{self.person}"),
            await client.get(f"/v1/members/{self.person}/history"),
            await client.get(f"/v1/members/{self.person}/reports", params={"year": 2018}),
            await client.get(f"/v1/units/{unit}/grievances"),
            await client.get(f"/v1/grievances/{self.case}/trace"),
            await client.get(f"/v1/grievances/{self.case}/file"),
        ]
        assert sum(self.told.planted in answer.text for answer in answers) >= 5, [a.status_code for a in answers]
        await self.search(client)
        # A question may hold a name by mistake: then its answer and the log may not.
        for path in (f"/v1/households/{self.told.planted}", f"/v1/units/{unit}/grievances?topic={self.told.planted}"):
            answer = await client.get(path)
            assert answer.status_code >= 400
            self.told.outputs.append(answer.content)

    async def search(self, client: httpx.AsyncClient) -> None:
        """The household is searched by its head's name, however that is typed; what cannot be searched is refused."""
        planted = self.told.planted
        for name in (planted, planted.upper(), unicodedata.normalize("NFD", planted), without_marks(planted)):
            await self.searched(client, name, self.household)
        for name in (f"{planted}\u202e", f"{planted} " * 5, f"{planted} " * 200):
            answer = await self.searched(client, name)
            assert answer.status_code == 400
            self.told.outputs.append(answer.content)
        absent = await self.searched(client, f"{planted} {planted}"[:100])
        assert absent.json()["households"] == []

    async def searched(self, client: httpx.AsyncClient, name: str, wanted: UUID | None = None) -> httpx.Response:
        """The answer, when the names are read; when the household that must be in it has come to the registers."""
        body = {"unit": str(self.house.commune.unit), "name": name, "limit": 100}
        async with asyncio.timeout(60):
            while True:
                answer = await client.post("/v1/households/search", json=body)
                if answer.status_code != 503 and (wanted is None or str(wanted) in answer.text):
                    return answer
                if answer.status_code == 503:
                    self.told.outputs.append(answer.content)
                await asyncio.sleep(0.2)

    async def send_cut_off(self, client: httpx.AsyncClient) -> None:
        text = self.told.text("dut quang")
        good = msgspec.json.encode(command("visit.record", instant="2018-03-05T08:00:00+07:00", note=text))
        for content in (b"[" + good[:-5], b'[{"note":"' + text.encode(), good, b"{" + text.encode()):
            answer = await client.post("/v1/batches", content=content)
            assert answer.status_code == 400
            self.told.outputs.append(answer.content)
        answer = await client.post("/v1/commands", content=good)
        assert answer.status_code == 400
        self.told.outputs.append(answer.content)
        asked = msgspec.json.encode({"unit": self.house.commune.unit, "name": text})
        for content in (
            asked[:-2],
            asked + b"}",
            b'{"name": [' + asked + b"]}",
            asked.replace(b'"name"', f'"{text}"'.encode()),
        ):
            answer = await client.post(
                "/v1/households/search", content=content, headers={"Content-Type": "application/json"}
            )
            assert answer.status_code == 400
            self.told.outputs.append(answer.content)

    async def erase(self) -> None:
        """The household that moved away is erased."""
        step = {"subject": self.leaving, "basis": {"number": "05-QĐ/ĐU"}}
        asked = command("erasure.request", instant=now().isoformat(), of="household", ground="request", **step)
        async with self.client() as client:
            gone = command("household.dissolve", household=self.leaving, reason="moved_away", effective="2019-01-01")
            await self.send(client, gone)
        async with self.client(Role.COMMUNE_OFFICE, self.first) as client:
            results = await self.send(client, asked)
        async with self.client(Role.COMMUNE_OFFICE, self.second) as client:
            for name in ("erasure.grant", "erasure.execute"):
                of = {"erasure": asked["id"], "instant": now().isoformat(), **step}
                results += await self.send(client, command(name, **of))
            late = command(
                "visit.record",
                instant="2018-05-05T08:00:00+07:00",
                household=self.leaving,
                member=self.person,
                note=self.told.text("ghi muon"),
            )
            results += await self.send(client, late)
        assert [result["outcome"] for result in results] == ["recorded"] * 3 + ["refused"]


@contextmanager
def loud_api(house: House, log: Path) -> Iterator[str]:
    """A second API that logs everything there is to log, of whatever library. Yields its address."""
    endpoints, port = running_endpoints(house.home), free_port()
    more = {
        "SOHO_NATS_URL": endpoints.nats_url("intake"),
        "SOHO_DATABASE_URL": endpoints.postgres_url("soho_api", local.password(house.home, "soho_api")),
        "SOHO_MASTER_KEY_FILE": str(local.master_key_file(house.home)),
        "SOHO_TOKEN_KEY_FILE": str(local.token_key_file(house.home)),
        "SOHO_PORT": str(port),
        "PYTHONASYNCIODEBUG": "1",
    }
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", LOUD_API], env=environment(house.home.path, **more), stdout=said, stderr=said
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        assert process.wait(60) == 0, log.read_text()[-2000:]


def loud_nats(house: House) -> None:
    """The server of the log writes down every word of the protocol, payloads included."""
    settings = house.home.path / "nats" / "nats.conf"
    told = msgspec.json.decode(settings.read_bytes())
    settings.write_bytes(msgspec.json.encode(told | {"debug": True, "trace": True, "trace_verbose": True}))
    os.kill(house.pid("nats"), signal.SIGHUP)


async def loud_postgres(database: Connection) -> None:
    """Every statement with its parameters, and everything else that PostgreSQL has to say."""
    for setting in (
        "log_statement = 'all'",
        "log_min_duration_statement = 0",
        "log_parameter_max_length = -1",
        "log_parameter_max_length_on_error = -1",
        "log_min_messages = 'debug1'",
    ):
        await database.execute(f"ALTER SYSTEM SET {setting}")
    await database.execute("SELECT pg_reload_conf()")


async def rows_with(database: Connection, text: str) -> list[str]:
    """Tables in which the text stands: as a server would show them, so that nothing is packed."""
    tables = await database.fetch(
        """SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
           WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"""
    )
    found = []
    for (table,) in tables:
        async for row in database.cursor(f"SELECT t::text FROM {table} t"):
            found += [f"{table}: {form} after {before!r}" for form, before in found_in((row[0] or "").encode(), text)]
    return found


async def test_nothing_sealed_stands_anywhere_in_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(os.getpid())
    temporary = tmp_path / "temporary"
    temporary.mkdir(mode=0o777)
    temporary.chmod(0o777)
    (temporary / "marker").write_text("somebody looks here")
    monkeypatch.setenv("TMPDIR", str(temporary))
    with empty_folder() as home, Up(home, free_port()) as up:
        up.start()
        house = House(up)
        await house.found()
        place = Place(house, told)
        async with house.database() as database:
            await loud_postgres(database)
        loud_nats(house)
        async with place.client() as client:
            commune = house.commune
            await place.send(client, *officer(commune.unit, place.first), *officer(commune.unit, place.second))
            results = await place.send(client, *place.planting())
            assert {result["outcome"] for result in results} == {"recorded"}, results
            assert {result["outcome"] for result in await place.send(client, *place.refused())} == {"refused"}
            await place.send_cut_off(client)
            await place.ask_everything(client)
        with loud_api(house, tmp_path / "loud.log") as address:
            await becomes_true(lambda: b"api.started" in (tmp_path / "loud.log").read_bytes(), "the loud API runs")
            place.base_url, place.person, place.household, place.leaving, place.case = (
                address,
                *(uuid7() for _ in range(4)),
            )
            async with place.client() as client:
                results = await place.send(client, *place.planting()[1:])
                assert {result["outcome"] for result in results} == {"recorded"}, results
                assert {result["outcome"] for result in await place.send(client, *place.refused())} == {"refused"}
                await place.send_cut_off(client)
                await place.ask_everything(client)
        place.base_url = house.base_url
        await place.erase()
        for program in ("api", "projector", "follower", "postgres", "nats"):
            await _killed_in_the_middle(place, program)
        async with place.client() as client:
            await place.search(client)
        for arguments in (["rebuild", "--all"], ["doctor", "--registers"], ["state"], ["vault", "rotate"]):
            done = await asyncio.to_thread(soho, home, *arguments)
            assert done.returncode == 0, done.stdout + done.stderr
            told.outputs += [done.stdout.encode(), done.stderr.encode()]
        async with house.database() as database:
            await database.execute("CHECKPOINT")
            async with database.transaction():
                assert await rows_with(database, told.public), "what is public is found: the search works"
                assert await rows_with(database, told.planted) == []
        for folder in ("nats", "postgres"):
            assert found_below(home / folder, told.public), "what is public is found: the search works"
        assert found_below(home / "logs", told.public), "the servers do log what they are told"
        assert found_below(home, told.planted) == []
        assert found_below(temporary, told.planted) == []
        (tmp_path / "outputs").write_bytes(b"\n".join(told.outputs))
        for output in (tmp_path / "outputs", tmp_path / "loud.log"):
            assert [(output.name, *where) for where in found_in(output.read_bytes(), told.planted)] == []
        assert up.interrupt()[0] == 0
        assert found_below(home, told.planted) == []


async def _killed_in_the_middle(place: Place, program: str) -> None:
    """The same is sent while the program is killed with -9, and again until it is there."""
    place.person, place.household, place.leaving, place.case = (uuid7() for _ in range(4))
    items, house = place.planting()[1:], place.house
    pid = house.pid(program)
    async with place.client() as client:
        sending = asyncio.create_task(_until_recorded(place, client, items))
        os.kill(pid, signal.SIGKILL)
        await sending
    await becomes_true(lambda: house.pid(program) != pid, f"{program} runs again")


async def _until_recorded(place: Place, client: httpx.AsyncClient, items: list[dict[str, Any] | bytes]) -> None:
    async with asyncio.timeout(120):
        while True:
            try:
                results = await place.send(client, *items)
            except (httpx.TransportError, KeyError):
                results = []
            if results and all(result["outcome"] in ("recorded", "duplicate") for result in results):
                return
            await asyncio.sleep(0.2)
