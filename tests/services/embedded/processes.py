"""Watching the processes of a home from outside, and running its supervisor as a process of its own."""

import asyncio
import contextlib
import os
import pwd
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import psutil

from services.embedded import Home
from services.embedded.postgres import PostgresServer

SUPERVISED = Path(__file__).with_name("supervised.py")
DEADLINE_SECONDS = 60.0


@contextlib.contextmanager
def empty_folder() -> Iterator[Path]:
    """A folder for a home (not pytest's own, which root closes to others); fails when a process of it is left."""
    path = Path(tempfile.mkdtemp(prefix="soho-home-"))
    yield path
    left = processes_of(path)
    for process in left:
        process.kill()
    shutil.rmtree(path)
    assert left == []


@contextlib.asynccontextmanager
async def own_postgres() -> AsyncIterator[PostgresServer]:
    """A PostgreSQL in a folder of its own, which may be spoilt."""
    with empty_folder() as folder:
        home = Home(folder)
        with home.locked():
            server = PostgresServer(home)
            await server.start()
            try:
                yield server
            finally:
                await server.stop()


def processes_of(home: Path) -> list[psutil.Process]:
    """Every living process, except this one, that has the home in its command line, environment or place."""
    return [process for process in psutil.process_iter() if process.pid != os.getpid() and _concerns(process, home)]


def _concerns(process: psutil.Process, home: Path) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        words = [*process.cmdline(), *process.environ().values(), process.cwd()]
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False
    return any(str(home) in word for word in words)


async def becomes_true(condition: Callable[[], bool], what: str) -> None:
    """Wait until the condition holds, and fail when it does not in time."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"not in time: {what}"
        await asyncio.sleep(0.02)


def identity(user: str | None) -> dict[str, Any]:
    """How to start a Python that sees what we see, as another user of this machine (only root can), or as ourselves."""
    environment = {"env": {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}}
    if user is None:
        return environment
    return {**environment, "user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


async def supervisor_process(
    home: Path, *options: str, python: str = sys.executable, user: str | None = None, wait: bool = True
) -> asyncio.subprocess.Process:
    """Start the supervisor of `supervised.py` on a home; with `wait`, return when all of it is up."""
    process = await asyncio.create_subprocess_exec(
        python,
        str(SUPERVISED),
        str(home),
        *options,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        **identity(user),
    )
    if wait:
        assert process.stdout is not None
        said = []
        async for line in process.stdout:
            said.append(line.decode())
            if line == b"ready\n":
                return process
        raise AssertionError("".join(said))
    return process
