"""What a dossier measures by, as a dated data file (`projections/rules/dossier.v1.json`).

The file belongs to the builder of its version: another cadence is another file, and another builder.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Annotated

import msgspec

from projections.rules import Certainty

Number = Annotated[int, msgspec.Meta(ge=1)]


class DossierRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A household is to be visited so many times in each month through which a member holds it; what is recorded more
    than `late_after_days` after it happened was recorded late."""

    version: str
    valid_from: date
    visits_each_month: Number
    late_after_days: Number
    source: str
    certainty: Certainty


def read(version: str) -> DossierRules:
    """The rules of the builder of that version."""
    return msgspec.json.decode(files("projections.rules").joinpath(f"{version}.json").read_bytes(), type=DossierRules)
