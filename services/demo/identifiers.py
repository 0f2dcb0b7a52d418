"""Identifiers that are the same at every run: a demo that is replayed yields duplicates, never new facts."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

NAMESPACE = UUID("5d5b0f3c-6f0e-5c1a-9a51-50f0de0f0a11")
"""All entities of the demos are named in here."""


def named(name: str) -> UUID:
    """The UUID of the entity with this readable name, such as "ban-hon/cell/5"."""
    return uuid5(NAMESPACE, name)


def uuid7_of(instant: datetime, content: bytes) -> UUID:
    """A UUIDv7 of that instant (to the millisecond) whose other bits are a digest of `content`."""
    milliseconds = int(instant.timestamp() * 1000)
    return uuid7_from_bits(milliseconds, int.from_bytes(sha256(content).digest()[:10], "big"))


def uuid7_from_bits(milliseconds: int, bits: int) -> UUID:
    """A UUIDv7 of that moment since 1970 whose other 74 bits are taken from `bits`."""
    value = (milliseconds & ((1 << 48) - 1)) << 80 | bits & ((1 << 80) - 1)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
