"""What the programs are told by their environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import msgspec

from services.transport import Unprotected, check_database, check_nats, is_protected
from services.vault import places


class SettingMissing(Exception):
    """A program was started without something it needs; the message names the variable."""

    def __init__(self, name: str, meaning: str) -> None:
        super().__init__(f"Thiếu biến môi trường {name}. / Environment variable {name} is not set: {meaning}.")


class NotAnAddress(Exception):
    """A setting names something that is no IP address and no network."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            f"{name}: “{value}” không phải địa chỉ IP hay dải mạng (ví dụ 10.0.0.5, 10.0.0.0/24)."
            f" / {name}: “{value}” is no IP address and no network (such as 10.0.0.5, 10.0.0.0/24)."
        )


class SettingUnusable(Exception):
    """A setting that a program cannot work with; the message names the variable, and never its value."""

    def __init__(self, name: str, vietnamese: str, english: str) -> None:
        super().__init__(f"Biến môi trường {name}: {vietnamese}. / Environment variable {name}: {english}.")


class Oidc(msgspec.Struct, frozen=True):
    """Whose tokens are taken (the issuer's address), and what they must say they are for."""

    issuer: str
    audience: str


class Settings(msgspec.Struct, frozen=True):
    """Addresses and files of one program. The URLs hold passwords: never log them. `trusted_proxies` are addresses and
    networks whose word on where a request came from is taken; nobody else's is."""

    nats_url: str
    database_url: str
    master_keys: places.Given
    token_key_file: Path | None
    host: str
    port: int
    trusted_proxies: tuple[str, ...] = ()
    oidc: Oidc | None = None
    house_limits_file: Path | None = None


def from_environment() -> Settings:
    """Reads SOHO_NATS_URL, SOHO_DATABASE_URL, SOHO_TOKEN_KEY_FILE, SOHO_HOST, SOHO_PORT, SOHO_TRUSTED_PROXIES,
    SOHO_OIDC_ISSUER, SOHO_OIDC_AUDIENCE, SOHO_HOUSE_LIMITS_FILE and where the master keys are.

    Raises `SettingMissing`, `SettingUnusable`, `NotAnAddress`.
    """
    return Settings(
        nats_url=nats_address("SOHO_NATS_URL"),
        database_url=database_address("SOHO_DATABASE_URL"),
        master_keys=places.from_environment(),
        token_key_file=_path("SOHO_TOKEN_KEY_FILE"),
        host=os.environ.get("SOHO_HOST", "127.0.0.1"),
        port=int(os.environ.get("SOHO_PORT", "8470")),
        trusted_proxies=_addresses("SOHO_TRUSTED_PROXIES"),
        oidc=_oidc(),
        house_limits_file=house_limits_file(),
    )


def house_limits_file() -> Path | None:
    """The file with the limits of grievances that the installation sets itself, where it has one."""
    return _path("SOHO_HOUSE_LIMITS_FILE")


def _oidc() -> Oidc | None:
    issuer = os.environ.get("SOHO_OIDC_ISSUER")
    if not issuer:
        return None
    if not is_protected(issuer):
        raise SettingUnusable(
            "SOHO_OIDC_ISSUER", "địa chỉ phải bắt đầu bằng https://", "the address must begin with https://"
        )
    return Oidc(issuer, _required("SOHO_OIDC_AUDIENCE", "what the tokens for Sổ Hộ say in `aud`"))


def nats_address(name: str) -> str:
    """The address of nats-server that the variable holds. Raises `SettingMissing`, `SettingUnusable`."""
    return _address(name, "the address of nats-server, with user and password", check_nats)


def database_address(name: str) -> str:
    """The address of the database that the variable holds. Raises `SettingMissing`, `SettingUnusable`."""
    return _address(name, "the address of the PostgreSQL database, with user and password", check_database)


def secret(name: str) -> str | None:
    """What the variable holds, or the file that NAME_FILE names, as containers hand secrets over; None without either.

    Raises `SettingUnusable` for both, and for a file that cannot be read.
    """
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if not file:
        return value or None
    if value:
        raise SettingUnusable(name, f"chỉ dùng một trong hai: {name} hoặc {name}_FILE", f"either {name} or {name}_FILE")
    try:
        return Path(file).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        raise SettingUnusable(f"{name}_FILE", "không đọc được tệp", "the file cannot be read") from None


def _address(name: str, meaning: str, check: Callable[[str], None]) -> str:
    address = _required(name, meaning)
    try:
        check(address)
    except Unprotected as reason:
        raise SettingUnusable(name, reason.vietnamese, reason.english) from None
    except ValueError:
        raise SettingUnusable(name, "địa chỉ không hợp lệ", "not an address") from None
    return address


def _required(name: str, meaning: str) -> str:
    value = secret(name)
    if not value:
        raise SettingMissing(name, meaning)
    return value


def _addresses(name: str) -> tuple[str, ...]:
    found = tuple(each.strip() for each in os.environ.get(name, "").split(",") if each.strip())
    for each in found:
        try:
            ip_network(each)
        except ValueError:
            raise NotAnAddress(name, each) from None
    return found


def _path(name: str) -> Path | None:
    value = os.environ.get(name)
    return Path(value) if value else None
