"""Setting an installation up: schemas, roles and logins in PostgreSQL, and the stream in NATS. Safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import asyncpg
import nats

from events.log.stream import StreamState, create_stream
from projections.database import Connection

SCHEMAS = (
    ("projections.archive", "schema.sql"),
    ("projections", "roles.sql"),
    ("projections", "access.sql"),
    ("projections", "schema.sql"),
    ("services.vault", "schema.sql"),
    ("services.intake", "schema.sql"),
)

LOGINS: Mapping[str, tuple[str, ...]] = {
    "soho_api": ("soho_intake", "soho_reader", "soho_keeper"),
    "soho_worker": ("soho_follower", "soho_projector"),
    "soho_console": ("soho_operator", "soho_projector", "soho_follower"),
}
"""Login → the roles it may take. None of them has rights of its own, owns a register or may bypass row security."""

DEFINERS = (
    "access.scope()",
    "access.moved_in()",
    "access.transferred_in()",
    "access.people()",
    "access.own_targets()",
    "access.loads(uuid[])",
)
"""Functions that read registers for others; they run as the registers' owner."""


async def prepare_database(url: str, passwords: Mapping[str, str]) -> None:
    """Creates schemas, roles and the logins in `passwords`. `url` is the database as its owner or a superuser."""
    connection: Connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock(7305000)")
        for package, name in SCHEMAS:
            await connection.execute(files(package).joinpath(name).read_text(encoding="utf-8"))
        database = await connection.fetchval("SELECT quote_ident(current_database())")
        await connection.execute(f"GRANT CREATE ON DATABASE {database} TO soho_projector")
        await connection.execute("GRANT CREATE ON SCHEMA access TO soho_projector")
        for function in DEFINERS:
            await connection.execute(f"ALTER FUNCTION {function} OWNER TO soho_projector")
        await connection.execute("REVOKE CREATE ON SCHEMA access FROM soho_projector")
        for login, password in passwords.items():
            await _login(connection, login, password)
    finally:
        await connection.close()


async def _login(connection: Connection, login: str, password: str) -> None:
    quoted = await connection.fetchval("SELECT quote_literal($1::text)", password)
    exists = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", login)
    verb = "ALTER" if exists else "CREATE"
    await connection.execute(
        f"{verb} ROLE {login} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT PASSWORD {quoted}"
    )
    for role in LOGINS[login]:
        await connection.execute(f"GRANT {role} TO {login}")


async def prepare_stream(url: str, replicas: int = 1) -> StreamState:
    """Creates and checks the stream. `url` is NATS as the user that may create streams."""
    client = await nats.connect(url, max_reconnect_attempts=1)
    try:
        return await create_stream(client, replicas)
    finally:
        await client.close()
