"""A real OIDC server (nanoidp) as a child process: discovery, keys that can be rotated, and a token endpoint."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec

from tests.installation import free_port

AUDIENCE = "soho"
CLIENT, SECRET = "phone", "of-nobody"
DEADLINE_SECONDS = 60.0


class Issuer:
    """An issuer whose tokens are for Sổ Hộ unless another audience is asked for. A key rotated out is gone at once."""

    def __init__(self, folder: Path) -> None:
        self.address = f"http://127.0.0.1:{free_port()}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        clients = [{"client_id": CLIENT, "client_secret": SECRET}]
        settings = {
            "config_version": 1,
            "oauth": {"issuer": self.address, "audience": AUDIENCE, "clients": clients},
            "jwt": {"keys_dir": "./keys", "max_previous_keys": 0},
        }
        users = {"config_version": 1, "users": {"nobody": {"password": SECRET}}}
        for name, content in (("settings.yaml", settings), ("users.yaml", users)):
            (folder / name).write_bytes(msgspec.yaml.encode(content))

    def start(self) -> None:
        """Starts it, with the keys that it had before; returns when it answers."""
        port = self.address.rpartition(":")[2]
        with (self._folder / "log").open("ab") as log:
            command = [sys.executable, "-m", "nanoidp", "--config", str(self._folder), "--port", port]
            self._process = subprocess.Popen(command, cwd=self._folder, stdout=log, stderr=log)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while True:
            assert self._process.poll() is None, (self._folder / "log").read_text()
            try:
                httpx.get(f"{self.address}/.well-known/openid-configuration").raise_for_status()
                return
            except httpx.TransportError:
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def stop(self) -> None:
        """Nobody answers any more."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(DEADLINE_SECONDS)

    def token(self, audience: str | None = None, **claims: str) -> str:
        """A token for the program `phone` with these claims beside those of any token."""
        form = {"grant_type": "client_credentials", "extra": msgspec.json.encode(claims).decode()}
        if audience is not None:
            form["resource"] = audience
        return self._issued("/token", auth=(CLIENT, SECRET), data=form)

    def expired_token(self) -> str:
        """A token that was valid until five minutes ago."""
        return self._issued("/api/users/nobody/token", json={"exp_minutes": -5})

    def rotate(self) -> None:
        """Signs with a new key from now on, and forgets the one before."""
        httpx.post(f"{self.address}/api/keys/rotate").raise_for_status()

    def public_key(self) -> dict[str, Any]:
        """The key that verifies its tokens, as it publishes it."""
        keys: list[dict[str, Any]] = httpx.get(f"{self.address}/.well-known/jwks.json").json()["keys"]
        (key,) = keys
        return key

    def _issued(self, path: str, **request: Any) -> str:
        response = httpx.post(f"{self.address}{path}", **request)
        response.raise_for_status()
        token: str = response.json()["access_token"]
        return token


@contextlib.contextmanager
def running_issuer(folder: Path) -> Iterator[Issuer]:
    """An issuer that answers, until left."""
    issuer = Issuer(folder)
    issuer.start()
    try:
        yield issuer
    finally:
        issuer.stop()
