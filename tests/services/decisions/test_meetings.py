"""Cell meetings."""

from datetime import date, timedelta
from typing import Any

from events.facts.meetings import CellMeetingHeld
from services.decisions.meetings import HoldMeeting
from tests.given import LATER
from tests.services.decisions.commune import (
    CELL,
    COMMUNE,
    COMMUNITY,
    OFFICE,
    SECOND_SECRETARY,
    SECRETARY,
    SPRING,
    report,
)


def meeting(moment: Any, **fields: Any) -> HoldMeeting:
    return report(HoldMeeting, moment, **{"unit": CELL, "present": 9, "excused": 1, **fields})


def test_a_cell_meets() -> None:
    command = meeting(SPRING)
    COMMUNITY.when(command, SECRETARY).quietly().then(
        CellMeetingHeld(meeting=command.id, unit=CELL, present=9, excused=1), unit=CELL
    )


def test_only_a_cell_that_exists_meets_and_its_own_secretary_says_so() -> None:
    COMMUNITY.when(meeting(SPRING, unit=COMMUNE), OFFICE).refused("not_a_cell", unit=COMMUNE)
    COMMUNITY.when(meeting(date(2017, 12, 31)), SECRETARY).refused("unit_not_then", unit=CELL)
    COMMUNITY.when(meeting(SPRING), SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)


def test_a_meeting_in_the_future_is_refused_and_a_fast_clock_is_told() -> None:
    COMMUNITY.when(meeting(LATER + timedelta(hours=30)), SECRETARY).refused("in_the_future", hours=30)
    COMMUNITY.when(meeting(LATER + timedelta(minutes=20)), SECRETARY).warned("clock_ahead", minutes=20)
