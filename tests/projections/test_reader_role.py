"""The role that answers people can do nothing by which a row out of the caller's scope could be read."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from projections.database import Role, connect
from services.installation import LOGINS
from tests.installation import Installation
from tests.projections.archive_of import ArchiveOf

DOCUMENT = Path(__file__).parents[2] / "docs" / "access.md"
ROLES = sorted(role.value for role in Role)

DEFINERS = """
    SELECT p.oid::regprocedure::text AS function, p.proowner::regrole::text AS owner,
           p.proconfig AS settings, has_function_privilege($1, p.oid, 'EXECUTE') AS callable
    FROM pg_proc p WHERE p.prosecdef"""


async def test_no_role_and_no_login_is_above_row_security(archive: ArchiveOf) -> None:
    rows = await archive.fetch(
        """SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
           FROM pg_roles WHERE rolname = ANY($1)""",
        [*ROLES, *LOGINS],
    )
    assert {row["rolname"] for row in rows} >= set(ROLES)
    for name, *powers in rows:
        assert not any(powers), name


async def test_the_reader_is_a_member_of_no_role_and_owns_nothing(archive: ArchiveOf) -> None:
    above = await archive.fetch("SELECT rolname FROM pg_roles WHERE pg_has_role('soho_reader', oid, 'MEMBER')")
    assert [row["rolname"] for row in above] == ["soho_reader"]
    owned = await archive.fetch(
        """SELECT classid::regclass, objid FROM pg_shdepend
           WHERE refobjid = 'soho_reader'::regrole AND deptype = 'o'"""
    )
    assert owned == []


async def test_the_login_of_the_api_takes_four_roles_of_its_own_accord_and_has_no_rights_itself(
    installation: Installation,
) -> None:
    api = await asyncpg.connect(installation.environment_of("api")["SOHO_DATABASE_URL"])
    try:
        roles = await api.fetch(
            "SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER') AND rolname <> current_user"
        )
        assert {row["rolname"] for row in roles} == set(LOGINS["soho_api"])
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await api.fetchval("SELECT count(*) FROM archive.message")
        for role in ("soho_projector", "soho_operator", "postgres"):
            with pytest.raises(asyncpg.PostgresError):
                await api.execute(f"SET ROLE {role}")
    finally:
        await api.close()


async def test_the_reader_only_reads_what_it_was_given(archive: ArchiveOf) -> None:
    rows = await archive.fetch(
        """SELECT c.oid::regclass::text AS relation, privilege FROM pg_class c
           CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) privilege
           WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND has_table_privilege('soho_reader', c.oid, privilege)
             AND c.relnamespace <> 'pg_catalog'::regnamespace"""
    )
    assert rows == []
    makes = await archive.fetch(
        "SELECT nspname FROM pg_namespace WHERE has_schema_privilege('soho_reader', oid, 'CREATE')"
    )
    assert makes == []


async def test_the_reader_cannot_switch_row_security_off(archive: ArchiveOf) -> None:
    async with archive.asking() as connection:
        await connection.execute("SET LOCAL row_security = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch("SELECT * FROM members_v1.standing")


async def test_who_runs_a_function_for_others_is_no_superuser_and_finds_only_what_it_names(archive: ArchiveOf) -> None:
    supers = await archive.fetch("SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls")
    rows = await archive.fetch(DEFINERS, "soho_reader")
    assert len(rows) > 20
    assert {row["owner"] for row in rows}.isdisjoint(row["rolname"] for row in supers)
    for row in rows:
        assert any(setting.startswith("search_path=") for setting in row["settings"] or ()), row["function"]


async def test_functions_that_look_past_the_callers_rights_are_given_to_the_roles_that_the_document_names(
    archive: ArchiveOf,
) -> None:
    told = {
        tuple(cell.strip(" `") for cell in line.split("|")[1:3])
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith(("| `access.", "| `archive.", "| `reads."))
    }
    found = set()
    for role in ROLES:
        if role == "soho_projector":
            continue
        for row in await archive.fetch(DEFINERS, role):
            if row["callable"]:
                found.add((row["function"].replace(",", ", "), role))
    assert found == {(function, role) for function, roles in told for role in roles.replace("`", "").split(", ")}


async def test_a_reader_does_not_call_what_only_decisions_ask(archive: ArchiveOf) -> None:
    connection = await connect(archive.url, Role.READER, "test")
    try:
        for question in (
            "SELECT access.roster(gen_random_uuid(), current_date)",
            "SELECT access.offices_of('{}')",
            "SELECT access.attached('{}')",
            "SELECT access.loads('{}')",
            "SELECT access.waiting_at('{}')",
            "SELECT access.bearing('{}', '{}', 1)",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch(question)
    finally:
        await connection.close()


async def test_the_read_log_is_written_by_a_role_that_only_adds(archive: ArchiveOf) -> None:
    """And who looks past the caller's rights in it is a role that no login may take. Nobody changes or deletes."""
    takes = await archive.fetch("SELECT rolname FROM pg_roles WHERE pg_has_role(rolname, 'soho_reads', 'MEMBER')")
    assert {row[0] for row in takes}.isdisjoint([*ROLES, *LOGINS])
    rows = await archive.fetch(
        """SELECT grantee, privilege_type FROM information_schema.role_table_grants
           WHERE table_schema = 'reads' AND grantee NOT IN (SELECT rolname FROM pg_roles WHERE rolsuper)"""
    )
    assert {tuple(row) for row in rows} == {
        ("soho_reads", "SELECT"),
        ("soho_reader", "SELECT"),
    }
    added = await archive.fetch(
        """SELECT table_name, column_name FROM information_schema.role_column_grants
           WHERE table_schema = 'reads' AND grantee = 'soho_read_log' AND privilege_type = 'INSERT'"""
    )
    assert ("read", "at") not in {tuple(row) for row in added} > {("read", "client"), ("review", "outcome")}
    others = await archive.fetch(
        """SELECT grantee, privilege_type FROM information_schema.role_column_grants
           WHERE table_schema = 'reads' AND privilege_type <> 'SELECT'
                 AND grantee NOT IN (SELECT rolname FROM pg_roles WHERE rolsuper)"""
    )
    assert {tuple(row) for row in others} == {("soho_read_log", "INSERT")}
