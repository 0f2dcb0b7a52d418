"""What a check found."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Wrong(msgspec.Struct, frozen=True):
    """Something that is not as it must be. `code` is stable; `position` is the place in the log, where it has one."""

    code: str
    detail: str
    position: int | None = None


class Outcome(msgspec.Struct, frozen=True):
    """A check that was made, or why it was not."""

    check: str
    looked_at: int
    """How many things (messages, keys, rows) the check went through."""
    wrong: Sequence[Wrong] = ()
    skipped: str | None = None

    @property
    def healthy(self) -> bool:
        return not self.wrong
