"""`soho setup`: makes PostgreSQL, NATS and the key files ready for programs that are run separately."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import asyncpg
import click
import uvloop

from services.accounts import tokens
from services.cli.printing import as_json, print_json, say
from services.installation import LOGINS, prepare_database, prepare_stream
from services.losses import refuse_losses
from services.settings import database_address, nats_address, secret
from services.vault import master

PASSWORD_BYTES = 24


@click.command()
@click.option("--replicas", type=click.IntRange(1, 5), default=1, show_default=True, help="Số bản sao của nhật ký.")
@as_json
def setup(replicas: int, json_wanted: bool) -> None:
    """Chuẩn bị PostgreSQL và NATS có sẵn; chạy lại nhiều lần được. / Prepare existing servers; safe to repeat.

    Mật khẩu mới sinh chỉ được in ra một lần. / Passwords made here are printed once and kept nowhere.

    \b
    SOHO_OWNER_DATABASE_URL    PostgreSQL, quyền superuser / as a superuser
    SOHO_SETUP_NATS_URL        NATS, tài khoản setup / as the user setup
    SOHO_PASSWORD_SOHO_API, SOHO_PASSWORD_SOHO_WORKER, SOHO_PASSWORD_SOHO_CONSOLE
                               mật khẩu / passwords of the logins (không có thì tự sinh / made if missing)
                               Mỗi biến trên có thể là tệp / each of these may be a file: SOHO_..._FILE
    SOHO_MASTER_KEY_FILE, SOHO_TOKEN_KEY_FILE
                               được tạo nếu chưa có / made where they are named and missing
    """
    made = uvloop.run(
        _prepare(database_address("SOHO_OWNER_DATABASE_URL"), nats_address("SOHO_SETUP_NATS_URL"), replicas)
    )
    for name, create in (("SOHO_MASTER_KEY_FILE", master.create_file), ("SOHO_TOKEN_KEY_FILE", tokens.create_key_file)):
        if path := os.environ.get(name):
            create(Path(path))
    if json_wanted:
        print_json({"passwords": made})
        return
    for login, password in made.items():
        click.echo(f"{login}: {password}")
    say("PostgreSQL và NATS đã sẵn sàng.", "PostgreSQL and NATS are ready.")


async def _prepare(database_url: str, nats_url: str, replicas: int) -> Mapping[str, str]:
    """Returns the passwords that were made."""
    given = {login: secret(f"SOHO_PASSWORD_{login.upper()}") for login in LOGINS}
    existing = await _existing(database_url)
    made = {login: secrets.token_hex(PASSWORD_BYTES) for login in LOGINS if not given[login] and login not in existing}
    passwords = made | {login: password for login, password in given.items() if password}
    await prepare_database(database_url, passwords)
    master_key = os.environ.get("SOHO_MASTER_KEY_FILE")
    await refuse_losses(database_url, nats_url, Path(master_key) if master_key else None)
    await prepare_stream(nats_url, replicas)
    return made


async def _existing(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        return {row[0] for row in await connection.fetch("SELECT rolname FROM pg_roles")}
    finally:
        await connection.close()
