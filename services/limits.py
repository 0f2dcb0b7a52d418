"""Load limits: above how many households a member's load is worth a warning. Never a refusal."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import msgspec


class LoadLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From `valid_from`, more than `warn_above` households for one member are pointed out."""

    valid_from: date
    warn_above: int
    source: str
    certainty: str


def load_limits() -> LoadLimits:
    """The limits in force, from their data file."""
    return msgspec.json.decode(files("services.rules").joinpath("load_limits.json").read_bytes(), type=LoadLimits)
