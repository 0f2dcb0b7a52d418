"""What makes a regular cell meeting a good one, by the guidance in force on its day. People judge; this is stated."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

import msgspec


class MeetingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From `valid_from`: more than so many per cent of those who count came, at most so many were absent without an
    excuse, and nobody was excused more than so many times in a row."""

    valid_from: date
    attendance_above_percent: int
    unexcused_most: int
    excused_in_a_row_most: int
    source: str
    certainty: str


@cache
def meeting_rules() -> tuple[MeetingRule, ...]:
    """Every version, oldest first, from the data file."""
    data = files("services.rules").joinpath("good_meetings.json").read_bytes()
    return tuple(sorted(msgspec.json.decode(data, type=list[MeetingRule]), key=lambda rule: rule.valid_from))


def meeting_rule(day: date) -> MeetingRule | None:
    """The version in force on the day; None before the first one known."""
    return next((rule for rule in reversed(meeting_rules()) if rule.valid_from <= day), None)
