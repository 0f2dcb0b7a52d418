"""What counts as attendance, and which criteria of a good meeting were not met (HD 12-HD/BTCTW)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from events.facts.meetings import Attendance
from events.facts.members import MemberStatus
from services.meeting_rules import MeetingRule, meeting_rule
from services.queries.attendance import Came, Line, came, unmet

ACTIVE, EXEMPT = MemberStatus.ACTIVE, MemberStatus.EXEMPT
PRESENT, EXCUSED, UNEXCUSED = Attendance.PRESENT, Attendance.EXCUSED, Attendance.UNEXCUSED


def line(status: MemberStatus | None, attendance: Attendance | None, in_a_row: int = 0) -> Line:
    return Line(uuid4(), status, attendance, in_a_row)


def rule() -> MeetingRule:
    found = meeting_rule(date(2019, 3, 3))
    assert found is not None
    return found


def test_exempt_and_suspended_members_and_guests_are_left_out_of_the_count() -> None:
    lines = [
        line(ACTIVE, PRESENT),
        line(MemberStatus.PROBATIONARY, EXCUSED, 2),
        line(ACTIVE, None),
        line(EXEMPT, PRESENT),
        line(EXEMPT, None),
        line(MemberStatus.TEMPORARILY_EXEMPT, None),
        line(MemberStatus.SUSPENDED, None),
        line(None, PRESENT),
    ]
    assert came(lines) == Came(counted=3, present=1, excused=1, unexcused=0, not_said=1, beside=2, longest_excused=2)


@pytest.mark.parametrize(("present", "met"), [(17, False), (18, True)])
def test_attendance_is_above_85_per_cent_and_not_just_that(present: int, met: bool) -> None:
    # 17 of 20 are 85 per cent.
    lines = [line(ACTIVE, PRESENT)] * present + [line(ACTIVE, EXCUSED, 1)] * (20 - present)
    assert unmet(came(lines), rule()) == ([] if met else ["attendance"])


def test_one_without_an_excuse_and_a_fourth_excuse_in_a_row_are_named() -> None:
    whole = [line(ACTIVE, PRESENT)] * 20
    assert unmet(came([*whole, line(ACTIVE, UNEXCUSED)]), rule()) == ["unexcused"]
    assert unmet(came([*whole, line(ACTIVE, EXCUSED, 3)]), rule()) == []
    assert unmet(came([*whole, line(ACTIVE, EXCUSED, 4)]), rule()) == ["excused_in_a_row"]


def test_a_rule_is_that_of_the_day_and_says_where_it_is_from_and_how_sure() -> None:
    assert meeting_rule(date(2018, 7, 5)) is None
    assert rule().certainty == "fetched"
    later = meeting_rule(date(2025, 10, 28))
    assert later is not None
    assert (later.valid_from, later.certainty) == (date(2025, 10, 28), "unverified")
    assert "HD 42-HD/BTCTW" in later.source
