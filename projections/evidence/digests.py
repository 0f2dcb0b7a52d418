"""The digests by which a decision names its evidence: of the facts, and of what was made of them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from events.envelope import Fact
from events.facts.values import encode


class Told(msgspec.Struct, frozen=True):
    """A fact with its place in the log, its recorded time (nanoseconds since 1970, UTC) and its RFC 6962 leaf hash (32
    bytes)."""

    position: int
    recorded_ns: int
    leaf: bytes
    fact: Fact[Any]


def of_facts(counted: Iterable[Told]) -> str:
    """SHA-256 over (position, 8 bytes big-endian; leaf hash, 32 bytes) of each fact in the order of the log."""
    digest = sha256()
    for told in counted:
        digest.update(told.position.to_bytes(8, "big") + told.leaf)
    return digest.hexdigest()


def of_result(result: msgspec.Struct) -> str:
    """SHA-256 over the one JSON form of what the builder made."""
    return sha256(encode(result)).hexdigest()
