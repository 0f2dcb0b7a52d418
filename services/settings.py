"""What the programs are told by their environment."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path

import msgspec

from services.transport import is_protected


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
    master_key_file: Path | None
    token_key_file: Path | None
    host: str
    port: int
    trusted_proxies: tuple[str, ...] = ()
    oidc: Oidc | None = None


def from_environment() -> Settings:
    """Reads SOHO_NATS_URL, SOHO_DATABASE_URL, SOHO_MASTER_KEY_FILE, SOHO_TOKEN_KEY_FILE, SOHO_HOST, SOHO_PORT,
    SOHO_TRUSTED_PROXIES, SOHO_OIDC_ISSUER and SOHO_OIDC_AUDIENCE.

    Raises `SettingMissing`, `SettingUnusable`, `NotAnAddress`.
    """
    return Settings(
        nats_url=_required("SOHO_NATS_URL", "the address of nats-server, with user and password"),
        database_url=_required("SOHO_DATABASE_URL", "the address of the PostgreSQL database, with user and password"),
        master_key_file=_path("SOHO_MASTER_KEY_FILE"),
        token_key_file=_path("SOHO_TOKEN_KEY_FILE"),
        host=os.environ.get("SOHO_HOST", "127.0.0.1"),
        port=int(os.environ.get("SOHO_PORT", "8470")),
        trusted_proxies=_addresses("SOHO_TRUSTED_PROXIES"),
        oidc=_oidc(),
    )


def _oidc() -> Oidc | None:
    issuer = os.environ.get("SOHO_OIDC_ISSUER")
    if not issuer:
        return None
    if not is_protected(issuer):
        raise SettingUnusable(
            "SOHO_OIDC_ISSUER", "địa chỉ phải bắt đầu bằng https://", "the address must begin with https://"
        )
    return Oidc(issuer, _required("SOHO_OIDC_AUDIENCE", "what the tokens for Sổ Hộ say in `aud`"))


def _required(name: str, meaning: str) -> str:
    value = os.environ.get(name)
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
