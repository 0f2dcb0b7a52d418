"""Reports of cell meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from events.facts.meetings import CellMeetingHeld, Count
from services.decisions.asking import CELL_AND_ABOVE, Asker
from services.decisions.command import Decided, Draft, Refused, Report, View


class HoldMeeting(Report, frozen=True, kw_only=True, tag="meeting.hold"):
    """A cell met. The command's id is the meeting's; exempt members are left out of the counts."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID
    present: Count
    excused: Count = 0
    unexcused: Count = 0

    def needs(self) -> Iterable[str]:
        return ()

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.day)
        view.must_cover(asker, self.unit)
        if self.instant - view.moment > timedelta(hours=24):
            raise Refused("in_the_future", hours=24)
        body = CellMeetingHeld(
            meeting=self.id,
            unit=self.unit,
            present=self.present,
            excused=self.excused,
            unexcused=self.unexcused,
        )
        return Decided((Draft(body, self.unit, self.day, self.instant),))


COMMANDS = (HoldMeeting,)
