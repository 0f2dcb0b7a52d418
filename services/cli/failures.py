"""What keeps a command from its work, said in Vietnamese and English, without a traceback."""

from __future__ import annotations

import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import click
import httpx
import nats.errors

from events.log.stream import LogRefused
from services.embedded import EmbeddedError
from services.house_limits import HouseLimitsUnusable
from services.installation import DatabaseOfAnotherVersion
from services.losses import Lost
from services.settings import NotAnAddress, SettingMissing, SettingUnusable
from services.vault.master import MasterKeyError, MasterKeyMissing, MasterKeyWrong
from services.vault.rotation import RotationRunning

FAILED = 2
"""Exit code of a command that could not do its work. 1 is for one that did and found something wrong."""


class Stopped(Exception):
    """A command cannot go on; says why and what to do."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")
        self.vietnamese = vietnamese
        self.english = english


@contextmanager
def explained() -> Iterator[None]:
    """Turns a known failure into two sentences on standard error and exit code 2; others stay what they are."""
    try:
        yield
    except Exception as failure:
        sentences = explain(failure)
        if sentences is None:
            raise
        for sentence in sentences:
            click.echo(sentence, err=True)
        sys.exit(FAILED)


def explain(failure: BaseException) -> tuple[str, str] | None:
    """The failure in Vietnamese and English; None for one that nobody foresaw."""
    match failure:
        case EmbeddedError() | Stopped() | Lost() | HouseLimitsUnusable():
            return failure.vietnamese, failure.english
        case SettingMissing() | SettingUnusable() | NotAnAddress():
            vietnamese, _, english = str(failure).partition(" / ")
            return vietnamese, english
        case MasterKeyMissing():
            return (
                f"Mất khóa chính của kho khóa. Hãy khôi phục khóa chính vào {failure.path} từ bản sao lưu rồi chạy "
                "lại; chưa có gì bị thay đổi.",
                f"The vault cannot be opened: {failure}. Nothing was changed.",
            )
        case MasterKeyWrong():
            given = ", ".join(failure.given) or "không có / none"
            return (
                f"Kho khóa được bọc bằng khóa chính {failure.wanted}, còn khóa được đưa là {given}. Hãy đặt lại đúng "
                "khóa chính từ bản sao lưu rồi chạy lại; chưa có gì bị thay đổi.",
                f"The vault cannot be opened: {failure}.",
            )
        case RotationRunning():
            return (
                "Kho khóa đang được chuyển sang khóa chính khác ở nơi khác. Hãy chờ rồi chạy lại.",
                "Another rotation of this vault is under way. Wait for it, then try again.",
            )
        case MasterKeyError():
            return (
                "Khóa chính của kho khóa không dùng được; chưa có gì bị thay đổi.",
                f"The vault's master key cannot be used: {failure}.",
            )
        case DatabaseOfAnotherVersion():
            return (
                "Cơ sở dữ liệu do một phiên bản Sổ Hộ khác tạo ra, phiên bản này không dùng tiếp được; chưa có gì bị "
                "thay đổi. Hãy giữ nguyên dữ liệu và chạy lại đúng phiên bản đã tạo ra nó, hoặc bắt đầu ở một nơi mới, "
                "trống (SOHO_HOME, hay cơ sở dữ liệu khác).",
                "The database was made by another version of Sổ Hộ, and this one cannot go on with it; nothing was "
                f"changed ({failure}). Keep the data and run the version that made it, or begin in a new, empty place "
                "(SOHO_HOME, or another database).",
            )
        case LogRefused():
            return (
                f"Nhật ký NATS không đủ an toàn để ghi ({failure.code}). Hãy xem dòng dưới và `soho doctor`.",
                f"The log was refused ({failure.code}): {failure}.",
            )
        case ssl.SSLError():
            return (
                "Không tin được chứng thư của máy chủ: kiểm tra sslrootcert và tên máy chủ trong SOHO_DATABASE_URL, "
                "SOHO_NATS_URL.",
                f"A server's certificate cannot be trusted ({type(failure).__name__}). Check sslrootcert and the "
                "server's name in SOHO_DATABASE_URL and SOHO_NATS_URL.",
            )
        case httpx.TransportError():
            return (
                f"Không kết nối được tới API tại {_address(failure)}. Hãy kiểm tra `soho state`.",
                f"The API at {_address(failure)} does not answer ({type(failure).__name__}). Check `soho state`.",
            )
        case nats.errors.NoServersError() | nats.errors.AuthorizationError():
            return (
                "Không kết nối được tới NATS. Hãy kiểm tra SOHO_NATS_URL, hoặc chạy `soho up`.",
                f"NATS cannot be reached ({type(failure).__name__}). Check SOHO_NATS_URL, or run `soho up`.",
            )
        case asyncpg.PostgresConnectionError() | asyncpg.InvalidAuthorizationSpecificationError():
            return _no_database(failure)
        case ConnectionError() | asyncpg.InvalidCatalogNameError() | asyncpg.CannotConnectNowError():
            return _no_database(failure)
        case asyncpg.UndefinedTableError() | asyncpg.InvalidSchemaNameError():
            return (
                "Cơ sở dữ liệu chưa được chuẩn bị. Hãy chạy `soho setup`.",
                "The database has not been set up. Run `soho setup`.",
            )
    return None


def _address(failure: httpx.TransportError) -> str:
    try:
        return f"{failure.request.url.scheme}://{failure.request.url.netloc.decode()}"
    except RuntimeError:
        return "?"


def _no_database(failure: BaseException) -> tuple[str, str]:
    return (
        "Không kết nối được tới máy chủ. Hãy kiểm tra SOHO_DATABASE_URL và SOHO_NATS_URL, hoặc chạy `soho up`.",
        f"A server cannot be reached ({type(failure).__name__}). Check SOHO_DATABASE_URL and SOHO_NATS_URL, "
        "or run `soho up`.",
    )
