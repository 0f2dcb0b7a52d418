"""`soho api`, `soho follower`, `soho projector`: the programs one by one, told everything by their environment."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import click
import uvloop

from services import processes
from services.logging import configure
from services.settings import Settings, from_environment


def _run(name: str, program: Callable[[Settings], Coroutine[Any, Any, None]]) -> None:
    configure(name)
    uvloop.run(program(from_environment()))


@click.command()
def api() -> None:
    """Phục vụ HTTP. / Serve HTTP.

    \b
    SOHO_NATS_URL          NATS, tài khoản intake / as the user intake
    SOHO_DATABASE_URL      PostgreSQL, tài khoản soho_api / as the login soho_api
                           hoặc tệp chứa địa chỉ / or a file with the address: SOHO_..._URL_FILE
    SOHO_MASTER_KEY_FILE   tệp khóa chính / the vault's master key, or instead of it
    SOHO_MASTER_KEY        chính khóa đó / the key itself, or
    SOHO_MASTER_KEY_COMMAND  lệnh của hệ thống quản lý khóa / the command of a key management
    SOHO_OIDC_ISSUER       địa chỉ nơi đăng nhập (OIDC) / the issuer of the tokens
    SOHO_OIDC_AUDIENCE     giá trị aud của mã truy cập / what its tokens for us say in aud
    SOHO_TOKEN_KEY_FILE    thay cho hai biến trên, chỉ để thử: tệp khóa cấp mã truy cập
                           / instead of these two, for trials: the development issuer's key
    SOHO_HOST, SOHO_PORT   mặc định / default 127.0.0.1, 8470
    SOHO_TRUSTED_PROXIES   máy chủ trung gian được tin, cách nhau bằng dấu phẩy
                           / proxies whose X-Forwarded-For is believed, by commas
    """
    _run("api", processes.run_api)


@click.command()
def follower() -> None:
    """Chép nhật ký vào kho lưu trữ. / Copy the log into the archive.

    \b
    SOHO_NATS_URL       NATS, tài khoản follower / as the user follower
    SOHO_DATABASE_URL   PostgreSQL, tài khoản soho_worker / as the login soho_worker
                        hoặc tệp chứa địa chỉ / or a file with the address: SOHO_..._URL_FILE
    """
    _run("follower", processes.run_follower)


@click.command()
def projector() -> None:
    """Dựng các sổ từ kho lưu trữ. / Build the registers from the archive.

    \b
    SOHO_NATS_URL       NATS, tài khoản follower / as the user follower
    SOHO_DATABASE_URL   PostgreSQL, tài khoản soho_worker / as the login soho_worker
                        hoặc tệp chứa địa chỉ / or a file with the address: SOHO_..._URL_FILE
    SOHO_HOUSE_LIMITS_FILE
                        tệp mức nội bộ về thời hạn, nếu có / the installation's own limits, if any
    """
    _run("projector", processes.run_projector)
