"""What comes of a command: the facts to be recorded and what to tell the caller, or why not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from events.facts.values import Body


class Refused(Exception):
    """The command may not be recorded. `code` is stable; `parameters` fill the sentence that explains it."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class Warned(msgspec.Struct, frozen=True):
    """Recorded, but the caller should know this."""

    code: str
    parameters: dict[str, Any] = {}


class Draft(msgspec.Struct, frozen=True):
    """A fact to be recorded, before it has its envelope. `unit` is the cell or committee it belongs to.

    Nothing in the envelope of one `apart` leads from it to the command, or to the other facts of the command.
    """

    body: Body
    unit: UUID
    effective: date
    instant: datetime | None = None
    performed_by: UUID | None = None
    apart: bool = False


class Decided(msgspec.Struct, frozen=True):
    """The facts that a command comes to, recorded together or not at all, and what to tell the caller."""

    drafts: tuple[Draft, ...]
    warnings: tuple[Warned, ...] = ()
