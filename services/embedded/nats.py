"""A real nats-server with JetStream as a child process."""

import asyncio
import json
import os
import signal
from pathlib import Path
from typing import Any

import nats.errors
import nats.js.errors

from events.log.connection import connect_log
from services.embedded.binaries import nats_server
from services.embedded.child import Command, server_environment
from services.embedded.files import write_private
from services.embedded.ports import HOST, is_listening
from services.embedded.server import Server

STREAM = "FACTS"
MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE

# Who may say what. Nobody may change, purge or delete the stream or a message in it: `setup`, used once at each start,
# makes the stream where there is none, and no other. Each hears only the answers to his own questions.
PERMISSIONS: dict[str, dict[str, list[str]]] = {
    "setup": {
        "publish": [f"$JS.API.STREAM.CREATE.{STREAM}", f"$JS.API.STREAM.INFO.{STREAM}", "$JS.API.INFO"],
        "subscribe": ["_INBOX_setup.>"],
    },
    "intake": {
        "publish": [
            "facts.>",
            f"$JS.API.STREAM.INFO.{STREAM}",
            f"$JS.API.STREAM.MSG.GET.{STREAM}",
            "$JS.API.INFO",
        ],
        "subscribe": ["_INBOX_intake.>"],
    },
    "follower": {
        "publish": [
            f"$JS.API.STREAM.INFO.{STREAM}",
            f"$JS.API.CONSUMER.CREATE.{STREAM}.>",
            f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.>",
            f"$JS.API.CONSUMER.DELETE.{STREAM}.>",
            f"$JS.API.CONSUMER.INFO.{STREAM}.>",
            f"$JS.API.DIRECT.GET.{STREAM}",
            f"$JS.API.DIRECT.GET.{STREAM}.>",
            f"$JS.API.STREAM.MSG.GET.{STREAM}",
            "$JS.FC.>",
            "$JS.ACK.>",
        ],
        "subscribe": ["_INBOX_follower.>"],
    },
}


class NatsServer(Server):
    """nats-server with its stream in `<home>/nats/jetstream`, every acknowledged message fsynced.

    Its settings are built here and not read from a template under deploy/, because an installed wheel does not hold
    that folder, and because a value put into a text template would need the quoting that JSON (which nats-server
    reads) already has.
    """

    name = "nats"
    stop_steps = ((signal.SIGTERM, 30.0),)

    def url(self, user: str) -> str:
        """The address for one of the users `setup`, `intake`, `follower`; holds the password."""
        return f"nats://{user}:{self._password(user)}@{HOST}:{self.port}"

    async def _prepare(self) -> None:
        self.program = await asyncio.to_thread(nats_server, self.home)
        self.home.server_folder("nats")

    def _command(self, port: int) -> Command:
        account = self.home.account
        owner = (account.user, account.group) if account.dropped else None
        write_private(self._settings_file(), json.dumps(self._settings(port), indent=2).encode(), owner)
        return Command(
            argv=[str(self.program), "-c", str(self._settings_file())],
            env=server_environment(
                self.home.path,
                # The collector works harder near this instead of letting memory grow; it is no hard limit.
                GOMEMLIMIT="280MiB",
                GOMAXPROCS=str(min(4, os.cpu_count() or 1)),
            ),
            log=self._log_file(),
            account=account,
        )

    async def _serves(self, port: int) -> bool:
        # The client waits two seconds after a refused first attempt; nobody listening yet is seen sooner this way.
        if not await is_listening(port):
            return False
        try:
            client = await connect_log(
                f"nats://setup:{self._password('setup')}@{HOST}:{port}",
                "soho supervisor",
                allow_reconnect=False,
                connect_timeout=5,
                error_cb=_still_starting,
            )
        except (OSError, nats.errors.Error, TimeoutError):
            return False
        try:
            await client.jetstream(timeout=5).account_info()
        except (nats.errors.Error, nats.js.errors.APIError, TimeoutError):
            return False
        finally:
            await client.close()
        return True

    def _settings_file(self) -> Path:
        return self.home.path / "nats" / "nats.conf"

    def _settings(self, port: int) -> dict[str, Any]:
        return {
            "server_name": "soho",
            "host": HOST,
            "port": port,
            "max_payload": 8 * MEGABYTE,
            "jetstream": {
                "store_dir": str(self.home.path / "nats"),
                "sync_interval": "always",
                "max_mem": 256 * MEGABYTE,
                "max_file": 200 * GIGABYTE,
            },
            "authorization": {
                "users": [
                    {"user": user, "password": self._password(user), "permissions": permissions}
                    for user, permissions in PERMISSIONS.items()
                ]
            },
        }

    def _password(self, user: str) -> str:
        assert user in PERMISSIONS, f"no NATS user {user}"
        return self.home.secret(f"nats.{user}")


async def _still_starting(_error: Exception) -> None:
    """The client tells every failed attempt; while the server starts they are expected."""
