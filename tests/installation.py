"""A whole installation for tests: its database and stream on the session's servers, its programs as processes."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

import httpx

from services.accounts.tokens import DevelopmentIssuer, create_key_file, issuer_from_file
from services.decisions.asking import Asker, Role
from services.embedded import Endpoints
from services.installation import LOGINS, prepare_database, prepare_stream
from services.vault import master

PROGRAMS = {
    "follower": ("soho_worker", "follower"),
    "projector": ("soho_worker", "follower"),
    "api": ("soho_api", "intake"),
}
"""Program → its login in PostgreSQL and its user in NATS."""

HOST = "127.0.0.1"
DEADLINE_SECONDS = 60.0


_ADDRESSES = count(1)


@dataclass(frozen=True)
class Installation:
    """Where it is reached. `environment` is what a program is told, but for its logins: see `environment_of`."""

    endpoints: Endpoints
    base_url: str
    issuer: DevelopmentIssuer
    environment: dict[str, str] = field(repr=False)
    passwords: dict[str, str] = field(repr=False)

    def client(self, asker: Asker | None, **options: object) -> httpx.AsyncClient:
        """A client that speaks for the asker; without a token for None. To be closed by the caller."""
        headers = {} if asker is None else {"Authorization": f"Bearer {self.issuer.token(asker)}"}
        if asker is None:
            # Who has no token is counted by his address: each has one of his own, so that none uses up another's limit.
            options.setdefault("transport", httpx.AsyncHTTPTransport(local_address=f"127.0.1.{next(_ADDRESSES)}"))
        return httpx.AsyncClient(base_url=self.base_url, headers=headers, timeout=30, **options)  # type: ignore[arg-type]

    def environment_of(self, program: str) -> dict[str, str]:
        """The environment in which the program (see PROGRAMS) reaches everything it needs."""
        login, user = PROGRAMS[program]
        return self.environment | {
            "SOHO_NATS_URL": self.endpoints.nats_url(user),
            "SOHO_DATABASE_URL": self.endpoints.postgres_url(login, self.passwords[login]),
        }


@asynccontextmanager
async def running_installation(endpoints: Endpoints, folder: Path) -> AsyncIterator[Installation]:
    """Prepares the database `soho` and the stream, and runs follower, projector and API until left.

    `folder` takes the keys and what the programs log. Leaving fails when a program did not end well.
    """
    passwords = {login: secrets.token_hex(16) for login in LOGINS}
    await prepare_database(endpoints.admin_url, passwords)
    await prepare_stream(endpoints.nats_url("setup"))
    master_key, token_key = folder / "master.key", folder / "token.pem"
    master.create_file(master_key)
    create_key_file(token_key)
    port = free_port()
    environment = os.environ | {
        "SOHO_MASTER_KEY_FILE": str(master_key),
        "SOHO_TOKEN_KEY_FILE": str(token_key),
        "SOHO_HOST": HOST,
        "SOHO_PORT": str(port),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    installation = Installation(endpoints, f"http://{HOST}:{port}", issuer_from_file(token_key), environment, passwords)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for program in PROGRAMS:
            processes[program] = start(installation, program, folder)
        await _answers(installation, processes, folder)
        yield installation
    finally:
        for process in processes.values():
            process.terminate()
        ends = {name: await asyncio.to_thread(process.wait, DEADLINE_SECONDS) for name, process in processes.items()}
    assert set(ends.values()) == {0}, ends


def start(installation: Installation, program: str, folder: Path) -> subprocess.Popen[bytes]:
    """Starts one program; its log is appended to a file in the folder."""
    with (folder / f"{program}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "services.cli", program],
            env=installation.environment_of(program),
            stdout=log,
            stderr=log,
        )


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


async def _answers(installation: Installation, processes: dict[str, subprocess.Popen[bytes]], folder: Path) -> None:
    """Waits until the API answers, every register stands and names can be searched; fails when a program has ended or
    the time is over."""
    anybody, said = Asker(Role.SYSTEM, UUID(int=0), "test"), folder / "api.log"
    async with asyncio.timeout(DEADLINE_SECONDS), installation.client(anybody) as client:
        while True:
            for name, process in processes.items():
                assert process.poll() is None, (folder / f"{name}.log").read_text()
            try:
                if (await client.get("/v1/state")).status_code == 200 and b"names.read" in said.read_bytes():
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
