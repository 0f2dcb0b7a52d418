"""Which ways out of a program are protected."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_protected(address: str) -> bool:
    """Whether what is fetched there comes over TLS, or does not leave this machine."""
    place = urlsplit(address)
    return place.scheme == "https" or (place.scheme == "http" and is_loopback(place.hostname or ""))


def is_loopback(host: str) -> bool:
    """Whether the host is this machine, whatever a name service says."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
