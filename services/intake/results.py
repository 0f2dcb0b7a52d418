"""What became of a submitted item."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from services.decisions.outcome import Warned


class Recorded(msgspec.Struct, frozen=True, tag_field="outcome", tag="recorded", omit_defaults=True):
    """The item is on the log. The receipt: position of its first fact, and the leaf hash of each (hexadecimal)."""

    id: UUID
    position: int
    leaves: tuple[str, ...]
    warnings: tuple[Warned, ...] = ()


class Duplicate(msgspec.Struct, frozen=True, tag_field="outcome", tag="duplicate"):
    """The same item was recorded before, at this position."""

    id: UUID
    position: int


class Refusal(msgspec.Struct, frozen=True, tag_field="outcome", tag="refused"):
    """The item was not recorded, and why. `id` is missing where it could not be made out."""

    id: UUID | None
    code: str
    parameters: dict[str, Any] = {}


Result = Recorded | Duplicate | Refusal
