"""Identifiers: UUIDv7 made by clients, and those derived for the facts of a command."""

from __future__ import annotations

import os
import time
from uuid import UUID, uuid5


def uuid7(at_ns: int | None = None) -> UUID:
    """A UUIDv7 (RFC 9562, 5.7) for the moment `at_ns`, in nanoseconds since 1970; now, if not given."""
    milliseconds = (time.time_ns() if at_ns is None else at_ns) // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def derived(command: UUID, index: int) -> UUID:
    """The id of fact `index` (from 0) of a command: the same for every retry of it."""
    return uuid5(command, str(index))
