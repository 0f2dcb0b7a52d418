"""The supervisor's life, and what is left after every kind of its death."""

import asyncio
import contextlib
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import nats
import psutil
import pytest
from nats.js.api import StreamConfig
from structlog.testing import capture_logs

from services.embedded import (
    EmbeddedServers,
    Endpoints,
    Home,
    NotRunning,
    Program,
    ProgramGaveUp,
    Restarts,
    Supervisor,
    running_endpoints,
)
from services.embedded.nats import NatsServer
from services.embedded.postgres import PostgresServer
from tests.anything import ANYTHING
from tests.services.embedded.processes import becomes_true, identity, processes_of, supervisor_process

NEEDS_BOTH = """
import asyncio, asyncpg, nats, os, sys

async def main():
    gone = asyncio.Event()
    async def closed():
        gone.set()
    async def told_by_closed(_):
        pass
    await nats.connect(os.environ["LOG"], allow_reconnect=False, closed_cb=closed, error_cb=told_by_closed)
    database = await asyncpg.connect(os.environ["DATABASE"])
    database.add_termination_listener(lambda _: gone.set())
    print("served", flush=True)
    await gone.wait()

asyncio.run(main())
sys.exit("a server is gone")
"""
SOON = Restarts(first_delay=0.05, longest_delay=0.1, fast=5.0, limit=3)


async def write(endpoints: Endpoints, text: str) -> None:
    """One message on the log and one row in the database."""
    client = await nats.connect(endpoints.nats_url(ANYTHING))
    await client.jetstream().add_stream(StreamConfig(name="FACTS", subjects=["facts.>"]))
    await client.jetstream().publish("facts.unit.1", text.encode())
    await client.close()
    connection = await asyncpg.connect(endpoints.admin_url)
    await connection.execute("create table if not exists kept (text text)")
    await connection.execute("insert into kept values ($1)", text)
    await connection.close()


async def read(endpoints: Endpoints) -> tuple[list[str], list[str]]:
    """All messages of the log and all rows of the database."""
    client = await nats.connect(endpoints.nats_url(ANYTHING))
    stream = client.jetstream()
    last = (await stream.stream_info("FACTS")).state.last_seq
    messages = [(await stream.get_msg("FACTS", seq=number)).data or b"" for number in range(1, last + 1)]
    await client.close()
    connection = await asyncpg.connect(endpoints.admin_url)
    rows = await connection.fetch("select text from kept")
    await connection.close()
    return [message.decode() for message in messages], [row["text"] for row in rows]


def _only_when(let: asyncio.Event, start: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    """The start of a server as slow as the test wants it."""

    async def started(server: Any) -> None:
        await let.wait()
        await start(server)

    return started


def _died(logged: list[MutableMapping[str, Any]]) -> set[str]:
    return {entry["program"] for entry in logged if entry["event"] == "supervisor.program_died"}


async def test_what_was_written_is_found_again_at_the_same_addresses(folder: Path) -> None:
    async with EmbeddedServers(Home(folder)) as first:
        await write(first, "thăm hộ")
    assert processes_of(folder) == []
    async with EmbeddedServers(Home(folder)) as second:
        assert await read(second) == (["thăm hộ"], ["thăm hộ"])
        assert (second.nats_port, second.postgres_port) == (first.nats_port, first.postgres_port)


async def test_a_port_that_somebody_took_meanwhile_is_replaced(folder: Path) -> None:
    async with EmbeddedServers(Home(folder)) as first:
        pass
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", first.postgres_port))
        other.listen()
        async with EmbeddedServers(Home(folder)) as second:
            assert second.postgres_port != first.postgres_port
            assert second.nats_port == first.nats_port


@pytest.mark.parametrize("loop", ["--asyncio", "--uvloop"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_told_supervisor_stops_all_in_reverse_order(folder: Path, loop: str, number: signal.Signals) -> None:
    supervisor = await supervisor_process(folder, loop)
    assert set(Home(folder).runtime().processes) == {"nats", "postgres", "sleeper", "parent"}
    supervisor.send_signal(number)
    said, _ = await supervisor.communicate()
    assert supervisor.returncode == 0, said.decode()
    assert processes_of(folder) == []
    stopped = [line for line in said.decode().splitlines() if "_stopped" in line]
    order = [name for line in stopped for name in ("parent", "sleeper", "postgres", "nats") if f"={name}" in line]
    assert order == ["parent", "sleeper", "postgres", "nats"]
    with pytest.raises(NotRunning):
        Home(folder).runtime()


async def test_a_supervisor_told_to_stop_while_it_starts_leaves_nothing(folder: Path) -> None:
    supervisor = await supervisor_process(folder, wait=False)
    await becomes_true(lambda: (folder / "nats" / "nats.conf").exists(), "the start has begun")
    supervisor.send_signal(signal.SIGINT)
    said, _ = await supervisor.communicate()
    assert supervisor.returncode == 0, said.decode()
    assert processes_of(folder) == []


async def test_a_killed_supervisor_leaves_nothing_and_the_next_one_finds_the_data(folder: Path) -> None:
    supervisor = await supervisor_process(folder)
    await write(running_endpoints(Home(folder)), "trước khi mất điện")
    children = Home(folder).runtime().processes.values()
    supervisor.kill()
    await supervisor.communicate()
    await becomes_true(lambda: not any(child.alive() for child in children), "all children gone")
    with pytest.raises(NotRunning):
        Home(folder).runtime()
    async with EmbeddedServers(Home(folder)) as endpoints:
        assert await read(endpoints) == (["trước khi mất điện"], ["trước khi mất điện"])
    # Not even the child that one of the programs left when it ended without a care.
    assert processes_of(folder) == []


async def test_servers_that_outlived_their_supervisor_are_stopped_first(folder: Path) -> None:
    async with EmbeddedServers(Home(folder)) as endpoints:
        await write(endpoints, "còn đó")
        commands = [
            (process.cmdline(), process.environ(), process.uids().real, process.gids().real)
            for mark in Home(folder).runtime().processes.values()
            for process in [psutil.Process(mark.pid)]
        ]
    as_before = [
        {"env": environment, **({"user": user, "group": group} if os.geteuid() == 0 else {})}
        for _, environment, user, group in commands
    ]
    outlived = [
        await asyncio.create_subprocess_exec(*command, **options, stderr=asyncio.subprocess.DEVNULL)
        for (command, *_), options in zip(commands, as_before, strict=True)
    ]
    try:
        await becomes_true(lambda: (folder / "postgres" / "data" / "postmaster.pid").exists(), "the old one runs")
        async with EmbeddedServers(Home(folder)) as endpoints:
            assert [process.returncode is not None for process in outlived] == [True, True]
            assert await read(endpoints) == (["còn đó"], ["còn đó"])
    finally:
        for process in outlived:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def test_a_stale_process_number_of_somebody_else_hinders_nothing_and_harms_nobody(folder: Path) -> None:
    async with EmbeddedServers(Home(folder)):
        pass
    bystander = await asyncio.create_subprocess_exec("sleep", "600")
    (folder / "postgres" / "data" / "postmaster.pid").write_text(f"{bystander.pid}\n{folder}/postgres/data\n1\n1\n")
    async with EmbeddedServers(Home(folder)):
        assert bystander.returncode is None
    bystander.kill()
    await bystander.wait()


async def test_a_second_supervisor_is_refused_and_the_first_goes_on(folder: Path) -> None:
    async with EmbeddedServers(Home(folder)) as endpoints:
        second = await supervisor_process(folder, wait=False)
        said, _ = await second.communicate()
        assert second.returncode == 1
        assert "HomeInUse" in said.decode()
        await write(endpoints, "vẫn chạy")


async def test_programs_and_servers_that_die_are_started_again_at_the_same_addresses(folder: Path) -> None:
    stop = asyncio.Event()

    async def prepare(_: Endpoints) -> Sequence[Program]:
        return [Program("sleeper", ["sleep", "600"])]

    async def kill_each(endpoints: Endpoints) -> None:
        await write(endpoints, "đã ghi nhận")
        for name in ("sleeper", "nats", "postgres"):
            before = endpoints.home.runtime()
            psutil.Process(before.processes[name].pid).kill()
            await becomes_true(
                lambda name=name, before=before: endpoints.home.runtime().processes[name] != before.processes[name],
                f"{name} again",
            )
        assert await read(endpoints) == (["đã ghi nhận"], ["đã ghi nhận"])
        stop.set()

    await Supervisor(Home(folder), prepare, SOON).run_until(stop, kill_each)
    assert processes_of(folder) == []


async def test_programs_wait_for_a_server_that_takes_its_time_and_are_not_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, let = asyncio.Event(), asyncio.Event()
    let.set()
    for kind in (NatsServer, PostgresServer):
        monkeypatch.setattr(kind, "start", _only_when(let, kind.start))
    said = folder / "logs" / "needy.log"

    async def prepare(endpoints: Endpoints) -> Sequence[Program]:
        where = {"LOG": endpoints.nats_url(ANYTHING), "DATABASE": endpoints.admin_url}
        return [Program("needy", [sys.executable, "-c", NEEDS_BOTH], where)]

    async def kill_each(endpoints: Endpoints) -> None:
        for round_, name in enumerate(("nats", "postgres"), 1):
            await becomes_true(lambda n=round_: said.read_text().count("served\n") == n, "the program is served")
            let.clear()
            with capture_logs() as logged:
                psutil.Process(endpoints.home.runtime().processes[name].pid).kill()
                await becomes_true(lambda n=name, told=logged: _died(told) == {n, "needy"}, "both deaths are noticed")
            let.set()
        await becomes_true(lambda: said.read_text().count("served\n") == 3, "the program is served again")
        # It was never started into the void: it would have told that nobody answered.
        assert said.read_text() == "served\na server is gone\n" * 2 + "served\n"
        stop.set()

    # Two deaths that counted would be one too many.
    restarts = Restarts(first_delay=0.05, longest_delay=0.1, fast=60.0, limit=2)
    await Supervisor(Home(folder), prepare, restarts).run_until(stop, kill_each)
    assert processes_of(folder) == []


async def test_a_program_that_never_lives_is_given_up_with_its_last_words(folder: Path) -> None:
    async def prepare(_: Endpoints) -> Sequence[Program]:
        return [
            Program("sleeper", ["sleep", "600"]),
            Program("broken", [sys.executable, "-c", "import sys; sys.exit('thiếu ' + sys.argv[1])", "cấu hình"]),
        ]

    with pytest.raises(ProgramGaveUp, match="thiếu cấu hình"):
        await Supervisor(Home(folder), prepare, SOON).run_until(asyncio.Event())
    assert processes_of(folder) == []
    assert (folder / "logs" / "broken.log").read_text().count("thiếu cấu hình") == SOON.limit


async def test_an_error_while_preparing_stops_the_servers(folder: Path) -> None:
    async def prepare(_: Endpoints) -> Sequence[Program]:
        raise LookupError("no schema")

    with pytest.raises(LookupError, match="no schema"):
        await Supervisor(Home(folder), prepare).run_until(asyncio.Event())
    assert processes_of(folder) == []


async def test_a_program_gets_its_environment_and_nothing_is_asked_of_it_twice(folder: Path) -> None:
    stop = asyncio.Event()

    async def prepare(endpoints: Endpoints) -> Sequence[Program]:
        code = "import os, time; print(os.environ['SOHO_NATS_URL'], flush=True); time.sleep(600)"
        return [Program("speaker", [sys.executable, "-c", code], {"SOHO_NATS_URL": endpoints.nats_url("intake")})]

    async def listen(endpoints: Endpoints) -> None:
        said = folder / "logs" / "speaker.log"
        await becomes_true(lambda: said.read_text() == endpoints.nats_url("intake") + "\n", "its words in its log")
        stop.set()

    await Supervisor(Home(folder), prepare).run_until(stop, listen)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
async def test_an_ordinary_user_runs_it_too(folder: Path) -> None:
    user = pwd.getpwnam("daemon")
    # Our own Python may lie below /root; the machine's, of the same version, then runs with our packages.
    pythons = [sys.executable, "/usr/bin/python{}.{}".format(*sys.version_info)]
    open_to_all = next((python for python in pythons if _may_run(python, user.pw_name)), None)
    if open_to_all is None:
        pytest.skip("no Python with our packages is open to an ordinary user")
    os.chown(folder, user.pw_uid, user.pw_gid)
    supervisor = await supervisor_process(folder, python=open_to_all, user=user.pw_name)
    runs_as = {psutil.Process(mark.pid).uids().real for mark in Home(folder).runtime().processes.values()}
    assert runs_as == {user.pw_uid}
    supervisor.terminate()
    said, _ = await supervisor.communicate()
    assert supervisor.returncode == 0, said.decode()
    assert processes_of(folder) == []


def _may_run(python: str, user: str) -> bool:
    try:
        subprocess.run([python, "-c", "import services.embedded"], check=True, cwd="/", **identity(user))
    except (OSError, subprocess.CalledProcessError):
        return False
    return True
