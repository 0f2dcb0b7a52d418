"""The installation in one folder: secrets and keys, schemas and stream, and the programs beside the servers."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from services.accounts import tokens
from services.embedded import Endpoints, Home, Program, default_home
from services.embedded.ports import HOST, choose_port, is_free
from services.house_limits import from_file
from services.installation import LOGINS, prepare_database, prepare_stream
from services.losses import refuse_losses
from services.settings import house_limits_file
from services.vault import master

API = "api"
USUAL_PORT = 8470

LOGIN_AND_USER = {
    "follower": ("soho_worker", "follower"),
    "projector": ("soho_worker", "follower"),
    API: ("soho_api", "intake"),
}
"""Program → its login in PostgreSQL and its user in NATS, in the order of starting."""


def demo_home() -> Path:
    """Where the demo keeps its data: SOHO_HOME, else beside the real installation's folder, never inside it."""
    if os.environ.get("SOHO_HOME"):
        return default_home()
    home = default_home()
    return home.with_name(f"{home.name}-demo")


def master_key_file(home: Home) -> Path:
    """The master key of an installation whose operator and database are one and the same machine."""
    return home.path / "master.key"


def token_key_file(home: Home) -> Path:
    """The development issuer's key."""
    return home.path / "token.pem"


def password(home: Home, login: str) -> str:
    """The password of a login in PostgreSQL. Raises `NotRunning` when it was never made."""
    return home.secret(f"postgres.{login}")


def api_url(home: Home) -> str:
    """Where the API of a home listens, or listened last."""
    return f"http://{HOST}:{home.remembered_port(API) or USUAL_PORT}"


async def prepare(endpoints: Endpoints) -> Sequence[Program]:
    """Makes everything ready that the programs need, and says how to run them. Raises `HouseLimitsUnusable`."""
    home = endpoints.home
    from_file(house_limits_file())
    await prepare_database(endpoints.admin_url, {login: password(home, login) for login in LOGINS})
    await refuse_losses(endpoints.admin_url, endpoints.nats_url("setup"), master_key_file(home))
    await prepare_stream(endpoints.nats_url("setup"))
    master.create_file(master_key_file(home))
    tokens.create_key_file(token_key_file(home))
    port = _choose_api_port(home)
    return [_program(endpoints, name, login, user, port) for name, (login, user) in LOGIN_AND_USER.items()]


def _choose_api_port(home: Home) -> int:
    wanted = os.environ.get("SOHO_PORT")
    if wanted:
        port = choose_port(home, API, int(wanted))
    elif home.remembered_port(API) is None and is_free(USUAL_PORT):
        port = USUAL_PORT
    else:
        return choose_port(home, API, None)
    home.remember_port(API, port)
    return port


def _program(endpoints: Endpoints, name: str, login: str, user: str, port: int) -> Program:
    home = endpoints.home
    # -P: whatever folder we were started in, nothing in it is taken for one of our modules.
    argv = [sys.executable, "-P", "-m", "services.cli", name]
    env = {
        "SOHO_NATS_URL": endpoints.nats_url(user),
        "SOHO_DATABASE_URL": endpoints.postgres_url(login, password(home, login)),
    }
    if name == API:
        env |= {
            "SOHO_MASTER_KEY_FILE": str(master_key_file(home)),
            "SOHO_TOKEN_KEY_FILE": str(token_key_file(home)),
            "SOHO_HOST": HOST,
            "SOHO_PORT": str(port),
        }
    return Program(name, argv, env)
