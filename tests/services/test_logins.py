"""The logins in PostgreSQL: their passwords never travel as such."""

from __future__ import annotations

import hmac
from base64 import b64decode
from hashlib import sha256

import asyncpg
import pytest

from services.installation import prepare_database, scram_verifier
from tests.services.embedded.processes import own_postgres

PASSWORD = "of nobody: ạ\u00a0'"


def test_the_verifier_proves_the_server_of_rfc_7677() -> None:
    """RFC 7677, section 3: the exchange of the user `user` with the password `pencil`."""
    client = "n=user,r=rOprNGfwEbeRWgbNEkqO"
    nonce = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    first = f"{nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    exchange = f"{client},{first},c=biws,{nonce}".encode()
    verifier = scram_verifier("pencil", b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="))
    head, parameters, keys = verifier.split("$")
    assert (head, parameters) == ("SCRAM-SHA-256", "4096:W22ZaJ0SNY7soEsUEjb6gQ==")
    signature = hmac.digest(b64decode(keys.split(":")[1]), exchange, sha256)
    assert signature == b64decode("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")


async def test_the_log_of_the_database_does_not_learn_a_password() -> None:
    async with own_postgres() as server:
        admin = await asyncpg.connect(server.admin_url)
        await admin.execute("ALTER ROLE soho_admin SET log_statement = 'all'")
        await admin.close()
        await prepare_database(server.admin_url, {"soho_console": PASSWORD})
        said = "".join(path.read_text() for path in server.home.path.rglob("*.log"))
        assert "ROLE soho_console LOGIN" in said
        assert "of nobody" not in said
        place = server.admin_url.rpartition("@")[2]
        host, port = place.partition("/")[0].split(":")
        parts = {"host": host, "port": int(port), "user": "soho_console", "database": "soho"}
        await (await asyncpg.connect(**parts, password=PASSWORD)).close()
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(**parts, password="another")
