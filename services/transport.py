"""Which ways out of a program are protected: those to the servers of its addresses, and to the issuer of tokens.

The addresses say it themselves, that of NATS like that of PostgreSQL: `sslmode=verify-full` (NATS: `tls://`) with
`sslrootcert`, the file of the certificate authority. What leaves this machine without TLS says so: `sslmode=disable`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit


class Unprotected(Exception):
    """An address that would carry data or a password past others' eyes. Says why, in both languages, without it."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(english)
        self.vietnamese = vietnamese
        self.english = english


def check_database(address: str) -> None:
    """Raises `Unprotected` for PostgreSQL on another machine that is not checked by its certificate."""
    hosts, parameters = _hosts(address), _parameters(address)
    mode = parameters.get("sslmode")
    if mode == "disable" or (mode is None and all(map(_is_here, hosts))):
        return
    if mode != "verify-full":
        raise Unprotected(
            "máy chủ ở máy khác cần `?sslmode=verify-full&sslrootcert=TỆP_CA` (hoặc ghi rõ `?sslmode=disable`)",
            "a server on another machine needs `?sslmode=verify-full&sslrootcert=FILE` (or, said openly, "
            "`?sslmode=disable`)",
        )
    _check_authority(parameters)


def check_nats(address: str) -> None:
    """Raises `Unprotected` for a NATS on another machine that is not checked by its certificate."""
    parameters = _parameters(address)
    if urlsplit(address).scheme == "tls":
        _check_authority(parameters)
    elif parameters.get("sslmode") != "disable" and not all(map(_is_here, _hosts(address))):
        raise Unprotected(
            "máy chủ ở máy khác cần `tls://…?sslrootcert=TỆP_CA` (hoặc ghi rõ `nats://…?sslmode=disable`)",
            "a server on another machine needs `tls://…?sslrootcert=FILE` (or, said openly, "
            "`nats://…?sslmode=disable`)",
        )


def is_protected(address: str) -> bool:
    """Whether what is fetched at an address of the web comes over TLS, or does not leave this machine."""
    place = urlsplit(address)
    return place.scheme == "https" or (place.scheme == "http" and _is_here(place.hostname or ""))


def _check_authority(parameters: dict[str, str]) -> None:
    file = parameters.get("sslrootcert")
    if not file or not os.access(file, os.R_OK):
        raise Unprotected(
            "`sslrootcert` phải là tệp chứng thư CA đọc được", "`sslrootcert` must be a readable file with the CA"
        )


def _parameters(address: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(address).query).items()}


def _hosts(address: str) -> Iterator[str]:
    """Every host of an address, that of a socket's folder included; an empty one where none is named."""
    place = urlsplit(address)
    for part in place.netloc.rpartition("@")[2].split(","):
        host = urlsplit(f"//{part}").hostname
        if host:
            yield host
    listed = _parameters(address).get("host", "")
    yield from listed.split(",") if listed or not place.hostname else ()


def _is_here(host: str) -> bool:
    """Whether the host is this machine, whatever a name service says."""
    try:
        return host == "localhost" or host.startswith("/") or ip_address(host).is_loopback
    except ValueError:
        return False
