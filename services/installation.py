"""Setting an installation up: schemas, roles and logins in PostgreSQL, and the stream in NATS. Safe to repeat."""

from __future__ import annotations

import hmac
import os
from base64 import b64encode
from collections.abc import Mapping
from hashlib import pbkdf2_hmac, sha256
from importlib.resources import files
from stringprep import in_table_b1, in_table_c12
from unicodedata import normalize

import asyncpg

from events.log.connection import connect_log
from events.log.stream import StreamState, create_stream
from projections.database import Connection, Role

SCHEMAS = (
    ("projections.archive", "schema.sql"),
    ("projections", "roles.sql"),
    ("projections", "access.sql"),
    ("projections", "schema.sql"),
    ("services.vault", "schema.sql"),
    ("services.intake", "schema.sql"),
    ("services.reads", "schema.sql"),
)

ITERATIONS = 4096
SALT_BYTES = 16
"""As PostgreSQL makes them itself."""

LOGINS: Mapping[str, tuple[str, ...]] = {
    "soho_api": ("soho_intake", "soho_reader", "soho_keeper", "soho_read_log"),
    "soho_worker": ("soho_follower", "soho_projector"),
    "soho_console": ("soho_operator", "soho_projector", "soho_follower"),
}
"""Login → the roles it may take. None of them has rights of its own, owns a register or may bypass row security."""

CALLERS = tuple(role.value for role in Role if role is not Role.PROJECTOR)
READER, INTAKE, KEEPER = (Role.READER.value,), (Role.INTAKE.value,), (Role.KEEPER.value,)
DEFINERS: Mapping[str, tuple[str, ...]] = {
    "access.mandated_units()": READER,
    "access.mandated_cases()": READER,
    "access.scope()": READER,
    "access.over_everything()": READER,
    "access.everything()": READER,
    "access.topmost()": READER,
    "access.standing_over()": READER,
    "access.moved_in()": READER,
    "access.transferred_in()": READER,
    "access.people()": READER,
    "access.own_targets()": READER,
    "access.own_cells()": READER,
    "access.not_below()": READER,
    "access.about_asker()": READER,
    "access.people_inspected(uuid[], bigint)": READER,
    "access.dossiers_of(uuid[])": READER,
    "access.bearing_seen(uuid[], int[], bigint)": READER,
    "access.bearing_on_units_seen(uuid[], bigint)": READER,
    "access.positions_of_rating(uuid)": READER,
    "access.keys_ended(uuid[], bigint)": READER,
    "access.attendance(uuid[], date, bigint)": READER,
    "access.officers_over(uuid[], date, bigint)": READER,
    "access.followed(uuid)": READER,
    "access.households_of_cases(uuid[], bigint)": READER,
    "access.bearing(uuid[], int[], bigint)": INTAKE,
    "access.bearing_on_units(uuid[], bigint)": INTAKE,
    "access.loads(uuid[])": INTAKE,
    "access.attached(uuid[])": INTAKE,
    "access.offices_of(uuid[])": INTAKE,
    "access.mandates_of(uuid[])": INTAKE,
    "access.roster(uuid, date)": INTAKE,
    "access.waiting_at(uuid[])": INTAKE,
    "access.house_limits()": INTAKE,
    "access.records_of(uuid)": INTAKE,
    "access.cases_of(uuid)": INTAKE,
    "access.publication_rows(uuid, date, bigint, text[])": INTAKE,
    "access.not_counted(text, uuid, date, bigint)": INTAKE,
    "access.counted_households(uuid, date, bigint)": INTAKE,
    "access.counted_members(uuid, date, bigint)": INTAKE,
    "access.counted_grievances(uuid, date, bigint)": INTAKE,
    "access.counted_ratings(uuid, date, bigint)": INTAKE,
    "access.heads_since(bigint, int)": KEEPER,
    "archive.position_at(bigint)": READER,
    "archive.recorded_ns(bigint)": (*READER, *INTAKE),
    "archive.head()": (*READER, *INTAKE, "soho_follower", "soho_operator"),
    "reads.about(text, uuid, uuid, timestamptz, timestamptz, bigint, int)": READER,
    "reads.openings(uuid, int)": READER,
    "reads.revealed(text, uuid)": READER,
}
"""Function that looks past the caller's rights → who may call it; docs/access.md says why. They run as the registers'
owner, who may do less than the owner of the database; those of the read log as a role that nobody takes, so that no
program reads or writes it in any other way."""

OWNERS: Mapping[str, str] = {"access": "soho_projector", "archive": "soho_projector", "reads": "soho_reads"}
"""Schema → who owns its functions that look past the caller's rights."""


UNFITTING = (
    asyncpg.SyntaxOrAccessError,
    asyncpg.DependentObjectsStillExistError,
    asyncpg.IntegrityConstraintViolationError,
)
"""What PostgreSQL says where our schemas meet others of the same name."""


class DatabaseOfAnotherVersion(Exception):
    """The database is one that this version of Sổ Hộ cannot make its own; nothing was changed in it. Says what
    PostgreSQL said."""


async def prepare_database(url: str, passwords: Mapping[str, str]) -> None:
    """Creates schemas, roles and the logins in `passwords`, or none of it. `url` is the database as its owner or a
    superuser. Raises `DatabaseOfAnotherVersion`."""
    connection: Connection = await asyncpg.connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock(7305000)")
        async with connection.transaction():
            await _create(connection)
            for login, password in passwords.items():
                await _login(connection, login, password)
    except asyncpg.InsufficientPrivilegeError:
        raise
    except UNFITTING as failure:
        raise DatabaseOfAnotherVersion(str(failure)) from failure
    finally:
        await connection.close()


async def _create(connection: Connection) -> None:
    for package, name in SCHEMAS:
        await connection.execute(files(package).joinpath(name).read_text(encoding="utf-8"))
    database = await connection.fetchval("SELECT quote_ident(current_database())")
    await connection.execute(f"GRANT CREATE ON DATABASE {database} TO soho_projector")
    for schema, owner in OWNERS.items():
        await connection.execute(f"GRANT CREATE ON SCHEMA {schema} TO {owner}")
    for function, roles in DEFINERS.items():
        # PostgreSQL lets everybody call what is new, and keeps what was given before.
        await connection.execute(
            f"""ALTER FUNCTION {function} OWNER TO {OWNERS[function.partition(".")[0]]};
                REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {", ".join(CALLERS)};
                GRANT EXECUTE ON FUNCTION {function} TO {", ".join(roles)}"""
        )
    for schema, owner in OWNERS.items():
        await connection.execute(f"REVOKE CREATE ON SCHEMA {schema} FROM {owner}")


async def _login(connection: Connection, login: str, password: str) -> None:
    # The statement may be kept (in the server's log, by whoever watches statements): it must not hold the password.
    verifier = scram_verifier(password, os.urandom(SALT_BYTES))
    exists = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", login)
    verb = "ALTER" if exists else "CREATE"
    await connection.execute(
        f"{verb} ROLE {login} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT PASSWORD '{verifier}'"
    )
    for role in LOGINS[login]:
        await connection.execute(f"GRANT {role} TO {login}")


def scram_verifier(password: str, salt: bytes) -> str:
    """What PostgreSQL keeps of a password (RFC 5802, SCRAM-SHA-256); only letters, digits and `$:+/=-`."""
    salted = pbkdf2_hmac("sha256", _prepared(password).encode(), salt, ITERATIONS)
    stored = sha256(hmac.digest(salted, b"Client Key", sha256)).digest()
    server = hmac.digest(salted, b"Server Key", sha256)
    salt_text, stored_text, server_text = (b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${ITERATIONS}:{salt_text}${stored_text}:{server_text}"


def _prepared(password: str) -> str:
    """The password as both sides of a SCRAM exchange read it (SASLprep, RFC 4013)."""
    spaced = (" " if in_table_c12(sign) else sign for sign in password if not in_table_b1(sign))
    return normalize("NFKC", "".join(spaced))


async def prepare_stream(url: str, replicas: int = 1) -> StreamState:
    """Creates and checks the stream. `url` is NATS as the user that may create streams."""
    client = await connect_log(url, "soho setup", max_reconnect_attempts=1)
    try:
        return await create_stream(client, replicas)
    finally:
        await client.close()
