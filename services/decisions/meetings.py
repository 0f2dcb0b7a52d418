"""Reports of cell meetings."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from events.facts.meetings import CellMeetingHeld, Count
from services.decisions.asking import CELL_AND_ABOVE, Asker
from services.decisions.clock import check_clock
from services.decisions.command import Decided, Draft, Report, View


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
        warnings = check_clock(view.moment, self.instant, self.written_at)
        body = CellMeetingHeld(
            meeting=self.id,
            unit=self.unit,
            present=self.present,
            excused=self.excused,
            unexcused=self.unexcused,
        )
        return Decided((Draft(body, self.unit, self.day, self.instant),), warnings)


COMMANDS = (HoldMeeting,)
