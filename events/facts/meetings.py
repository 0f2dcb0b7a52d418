"""Cell meetings: as far as the monthly rhythm of a commune needs them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.values import Body

Count = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class CellMeetingHeld(Body, frozen=True):
    """The cell met at the instant in the envelope. Exempt members are left out of the count (HD 12-HD/BTCTW)."""

    TYPE = "meeting.cell_meeting_held.v1"
    BOUNDARY = ("meeting", "unit")
    UNITS = ("unit",)

    meeting: UUID
    unit: UUID
    present: Count
    excused: Count = 0
    unexcused: Count = 0


FACTS = (CellMeetingHeld,)
