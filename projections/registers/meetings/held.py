"""What is asked about the meetings themselves: when they were to be, when they were, and who came."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from projections.database import Connection


class MeetingView(msgspec.Struct, frozen=True):
    """A meeting as believed at the position: told of on `called_on` for `called_for`, held, closed."""

    meeting: UUID
    unit: UUID
    called_on: date | None
    called_for: date | None
    held_on: date | None
    held_at: datetime | None
    closed_on: date | None

    @property
    def day(self) -> date:
        """The day it was held on, before that the day it was called for."""
        day = self.held_on or self.called_for
        assert day is not None
        return day


class AttendanceView(msgspec.Struct, frozen=True):
    """Whether a member came to the meeting of the cell on that day."""

    meeting: UUID
    member: UUID
    unit: UUID
    day: date
    attendance: str


_MEETING = ", ".join(MeetingView.__struct_fields__)
_ATTENDANCE = "meeting, member, unit, valid_from, attendance"
_KNOWN = "known_from <= $2 AND $2 < known_to"


async def planned_day(connection: Connection, unit: UUID, month: date, known_at: int) -> date | None:
    """The day on which the cell meets in the month by its calendar; None where it has none."""
    day: int | None = await connection.fetchval(
        f"SELECT day FROM meetings_v1.calendar WHERE unit = $1 AND {_KNOWN} AND valid_from <= $3 AND $3 < valid_to",  # noqa: S608
        unit,
        known_at,
        month,
    )
    return None if day is None else month.replace(day=min(day, monthrange(month.year, month.month)[1]))


async def meetings(connection: Connection, unit: UUID, since: date, until: date, known_at: int) -> list[MeetingView]:
    """The cell's meetings from `since`, up to and without `until`, by their day."""
    query = f"""SELECT {_MEETING} FROM meetings_v1.meeting WHERE unit = $1 AND {_KNOWN}
                AND valid_from >= $3 AND valid_from < $4 ORDER BY valid_from, meeting"""  # noqa: S608
    return [MeetingView(*row) for row in await connection.fetch(query, unit, known_at, since, until)]


async def meeting(connection: Connection, meeting: UUID, known_at: int) -> MeetingView | None:
    """The meeting; None where it is unknown or out of the caller's sight."""
    row = await connection.fetchrow(
        f"SELECT {_MEETING} FROM meetings_v1.meeting WHERE meeting = $1 AND {_KNOWN}",  # noqa: S608
        meeting,
        known_at,
    )
    return MeetingView(*row) if row is not None else None


async def attendance(connection: Connection, meetings: Sequence[UUID], known_at: int) -> list[AttendanceView]:
    """Who came to these meetings, by member."""
    query = f"""SELECT {_ATTENDANCE} FROM meetings_v1.attendance
                WHERE meeting = ANY($1::uuid[]) AND {_KNOWN} ORDER BY valid_from, member"""  # noqa: S608
    return [AttendanceView(*row) for row in await connection.fetch(query, meetings, known_at)]


async def attendance_of(
    connection: Connection, member: UUID, since: date, until: date, known_at: int
) -> list[AttendanceView]:
    """To which meetings the member came from `since`, up to and without `until`, by their day."""
    query = f"""SELECT {_ATTENDANCE} FROM meetings_v1.attendance WHERE member = $1 AND {_KNOWN}
                AND valid_from >= $3 AND valid_from < $4 ORDER BY valid_from, meeting"""  # noqa: S608
    return [AttendanceView(*row) for row in await connection.fetch(query, member, known_at, since, until)]
