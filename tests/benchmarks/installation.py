"""A whole installation for a measurement: servers on a folder of their own, and the programs asked for."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import psutil

from projections.projector import CHANNEL
from services.accounts import tokens
from services.accounts.tokens import DevelopmentIssuer
from services.embedded import EmbeddedServers, Endpoints, Home
from services.installation import LOGINS, prepare_database, prepare_stream
from services.vault import master
from tests.benchmarks.progress import Progress

LOWEST = "SELECT coalesce(min(position), 0) FROM projection.checkpoint"
LOGIN = {"api": "soho_api", "follower": "soho_worker", "projector": "soho_worker"}
USER = {"api": "intake", "follower": "follower", "projector": "follower"}


@dataclass
class Installation:
    """A running installation. Programs are started and stopped by name."""

    endpoints: Endpoints
    passwords: dict[str, str]
    issuer: DevelopmentIssuer
    port: int
    programs: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def url(self, login: str) -> str:
        return self.endpoints.postgres_url(login, self.passwords[login])

    def start(self, *names: str, instead: str | None = None) -> None:
        """Starts the programs; with `instead` that Python code in the environment of each."""
        home = self.endpoints.home.path
        code = None if instead is None else [sys.executable, "-c", instead]
        for name in names:
            environment = os.environ | {
                "SOHO_NATS_URL": self.endpoints.nats_url(USER[name]),
                "SOHO_DATABASE_URL": self.url(LOGIN[name]),
                "SOHO_MASTER_KEY_FILE": str(home / "master.key"),
                "SOHO_TOKEN_KEY_FILE": str(home / "token.pem"),
                "SOHO_PORT": str(self.port),
            }
            self.programs[name] = subprocess.Popen(
                code or [sys.executable, "-m", "services.cli", name], env=environment, stderr=subprocess.DEVNULL
            )

    def stop(self, *names: str) -> None:
        """Stops the programs; all of them where none is named."""
        stopping = [self.programs.pop(name) for name in names or tuple(self.programs)]
        for program in stopping:
            program.terminate()
        for program in stopping:
            program.wait()

    def megabytes(self) -> dict[str, float]:
        """Memory (resident, MiB) of each program and server; PostgreSQL's largest process for itself."""
        found = {name: psutil.Process(p.pid).memory_info().rss / 2**20 for name, p in self.programs.items()}
        for process in psutil.Process().children(recursive=True):
            if process.name() in ("nats-server", "postgres"):
                own = process.memory_full_info().uss / 2**20
                found[process.name()] = max(found.get(process.name(), 0.0), own)
        return found

    async def caught_up(self, position: int) -> None:
        """Waits until every register stands at the position or later."""
        connection = await asyncpg.connect(self.endpoints.admin_url)
        try:
            moved, progress = asyncio.Event(), Progress("registers", position)
            await connection.add_listener(CHANNEL, lambda *_: moved.set())
            while (reached := await connection.fetchval(LOWEST)) < position:
                progress.at(reached)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(moved.wait(), 0.5)
                moved.clear()
        finally:
            await connection.close()

    async def settle(self) -> None:
        """Does what PostgreSQL does by itself within minutes after so much was loaded: before, it plans by guesses, and
        is at work beside what is measured."""
        connection = await asyncpg.connect(self.endpoints.admin_url)
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
        await connection.close()


@asynccontextmanager
async def installation(programs: Sequence[str] = ()) -> AsyncIterator[Installation]:
    """A fresh, empty installation."""
    folder = Path(tempfile.mkdtemp(prefix="soho-bench-"))
    try:
        home = Home(folder)
        async with EmbeddedServers(home) as endpoints:
            passwords = {login: home.secret(f"postgres.{login}") for login in LOGINS}
            await prepare_database(endpoints.admin_url, passwords)
            await prepare_stream(endpoints.nats_url("setup"))
            master.create_file(folder / "master.key")
            tokens.create_key_file(folder / "token.pem")
            issuer = tokens.issuer_from_file(folder / "token.pem")
            one = Installation(endpoints, passwords, issuer, free_port())
            one.start(*programs)
            try:
                yield one
            finally:
                one.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
