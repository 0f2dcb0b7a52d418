"""Who came to the meetings of a cell, counted as the guidance counts: exempted members are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from events.facts.meetings import Attendance
from events.facts.members import MemberStatus
from projections.registers import meetings, members
from projections.registers.meetings import MeetingView
from services.decisions.meetings import NOT_COUNTED
from services.meeting_rules import MeetingRule
from services.queries.session import Session

Criterion = Literal["attendance", "unexcused", "excused_in_a_row"]

EVERYBODY = 10_000
"""More members than a cell has."""


class Came(msgspec.Struct, frozen=True):
    """The attendance of one meeting. `counted` are the members of the cell on its day who are not exempt or suspended:
    `present`, `excused`, `unexcused`, and those of whom nothing is recorded (`not_said`). `beside` came without being
    counted. `longest_excused` is the largest number of meetings in a row, up to this one, at which somebody who was
    excused from it was excused."""

    counted: int
    present: int
    excused: int
    unexcused: int
    not_said: int
    beside: int
    longest_excused: int


class Line(msgspec.Struct, frozen=True):
    """A member at a meeting: his status on its day (None: of another cell), and what is recorded of him."""

    person: UUID
    status: MemberStatus | None
    attendance: Attendance | None
    in_a_row: int = 0
    """At how many meetings in a row, up to this one, he was excused."""

    @property
    def counted(self) -> bool:
        return self.status is not None and self.status not in NOT_COUNTED


async def lines(session: Session, unit: UUID, held: Sequence[MeetingView]) -> dict[UUID, list[Line]]:
    """Meeting → a line for each member of the cell on its day, and for everybody else who is recorded. The meetings
    come in order."""
    said: dict[UUID, dict[UUID, Attendance]] = {meeting.meeting: {} for meeting in held}
    for one in await meetings.attendance(session.connection, list(said), session.known_at):
        said[one.meeting][one.member] = Attendance(one.attendance)
    there = {day: await _members(session, unit, day) for day in {meeting.day for meeting in held}}
    excused: dict[UUID, int] = {}
    found = {}
    for meeting in held:
        known = said[meeting.meeting]
        for person, attendance in known.items():
            excused[person] = excused.get(person, 0) + 1 if attendance is Attendance.EXCUSED else 0
        statuses = there[meeting.day]
        found[meeting.meeting] = [
            Line(person, statuses.get(person), known.get(person), excused.get(person, 0) if person in known else 0)
            for person in sorted(statuses.keys() | known.keys())
        ]
    return found


async def _members(session: Session, unit: UUID, day: date) -> dict[UUID, MemberStatus]:
    found = await members.of_units(session.connection, [unit], day, session.known_at, limit=EVERYBODY)
    return {member.person: member.status for member in found}


def came(lines: Iterable[Line]) -> Came:
    """The lines of one meeting, counted."""
    everybody = list(lines)
    counted = [line for line in everybody if line.counted]

    def number(attendance: Attendance | None) -> int:
        return sum(line.attendance is attendance for line in counted)

    return Came(
        counted=len(counted),
        present=number(Attendance.PRESENT),
        excused=number(Attendance.EXCUSED),
        unexcused=number(Attendance.UNEXCUSED),
        not_said=number(None),
        beside=sum(line.attendance is Attendance.PRESENT for line in everybody if not line.counted),
        longest_excused=max((line.in_a_row for line in counted), default=0),
    )


def unmet(came: Came, rule: MeetingRule) -> list[Criterion]:
    """Which criteria of a good meeting were not met."""
    found: list[Criterion] = []
    if came.present * 100 <= rule.attendance_above_percent * came.counted:
        found.append("attendance")
    if came.unexcused > rule.unexcused_most:
        found.append("unexcused")
    if came.longest_excused > rule.excused_in_a_row_most:
        found.append("excused_in_a_row")
    return found
