"""The agenda of a cell meeting: everything that is due there on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import msgspec

from projections.registers import coverage, meetings, organisation
from projections.registers.grievances import Filters
from projections.registers.meetings import MeetingView, months_between
from services.queries import attention
from services.queries.attention import Undecided
from services.queries.grievances import lists
from services.queries.grievances.lists import CaseLine
from services.queries.meetings import cell_of, notice_days
from services.queries.naming import Named, look_up
from services.queries.session import Session

MOST = 500
"""Decisions and grievances that one agenda shows."""


class AgendaReport(msgspec.Struct, frozen=True):
    """The report of an assigned member for the month of the meeting; None where he has not delivered it by the day."""

    member: Named
    month: date
    delivered_on: date | None
    concluded: bool


class WaitingReport(msgspec.Struct, frozen=True):
    """A report of whatever month that waits for a conclusion of the chair. `cell` is the one it was given to: another
    where that has gone into this one. `late`: it came after the meeting of its month."""

    report: UUID
    cell: Named
    member: Named
    month: date
    submitted_on: date
    late: bool


class Agenda(msgspec.Struct, frozen=True):
    """What a cell has before it on the day. `planned` is the date in that month by its calendar, `meeting` the one that
    was called for the day or held on it.

    `reports`: of each assigned member for the month. `waiting`: reports without a conclusion, which the meeting cannot
    be closed before. `grievances`: open cases that stand at the cell; those in the stage `waiting` are to be concluded
    here. `decisions`: assignments that hold although their member, household or group has changed. `more_grievances`
    and `more_decisions` tell that there are more than can be shown.
    """

    unit: UUID
    name: str
    as_of: date
    known_at: int
    day: date
    planned: date | None
    meeting: UUID | None
    called_on: date | None
    notice_days: int | None
    reports: list[AgendaReport]
    waiting: list[WaitingReport]
    grievances: list[CaseLine]
    more_grievances: bool
    decisions: list[Undecided]
    more_decisions: bool


async def agenda(session: Session, unit: UUID, day: date | None) -> Agenda:
    """The agenda for the day; where none is given for the next meeting, called or by the calendar, from the session's
    day on. Raises `CannotAnswer` (not_found, not_a_cell)."""
    cell = await cell_of(session, unit)
    day = day or await _next(session, unit)
    # What will be due on the day is asked about as it will be then, as far as it is known now.
    there = replace(session, as_of=day)
    month = day.replace(day=1)
    planned = await _planned(there, unit, month)
    meeting = await _meeting(there, unit, day)
    cases = await lists.search(there, unit, Filters(holder=unit, is_open=True), None, MOST)
    decisions = await attention.needs_decision(there, unit, None, MOST)
    return Agenda(
        unit=unit,
        name=cell.name,
        as_of=day,
        known_at=session.known_at,
        day=day,
        planned=planned,
        meeting=meeting.meeting if meeting else None,
        called_on=meeting.called_on if meeting else None,
        notice_days=notice_days(meeting) if meeting else None,
        reports=await _reports(there, unit, month, planned or day),
        waiting=await _waiting(there, unit),
        grievances=cases.cases,
        more_grievances=cases.next is not None,
        decisions=decisions.assignments,
        more_decisions=decisions.next is not None,
    )


async def _planned(session: Session, unit: UUID, month: date) -> date | None:
    return await meetings.planned_day(session.connection, unit, month.replace(day=1), session.known_at)


async def _next(session: Session, unit: UUID) -> date:
    """The next day on which the cell meets, from the day asked about on; that day itself where none is known."""
    today, known_at = session.as_of, session.known_at
    called = await meetings.meetings(session.connection, unit, today, date.max, known_at)
    months = months_between(today, today.replace(day=28) + timedelta(days=4))
    planned = [await _planned(session, unit, month) for month in months]
    days = [m.day for m in called if m.held_on is None] + [day for day in planned if day is not None and day >= today]
    return min(days, default=today)


async def _meeting(session: Session, unit: UUID, day: date) -> MeetingView | None:
    after = day + timedelta(days=1)
    found = await meetings.meetings(session.connection, unit, day, after, session.known_at)
    return found[0] if found else None


async def _reports(session: Session, unit: UUID, month: date, day: date) -> list[AgendaReport]:
    connection, known_at = session.connection, session.known_at
    # Of a cell that took another one in also those who are still on the other's list.
    cells = await organisation.descendants(connection, unit, day, known_at)
    assigned = await coverage.assigned_to_anything(connection, [(cell, day) for cell in cells], known_at)
    people = [one.person for one in assigned]
    delivered = await meetings.deliveries_of(connection, people, [month], session.as_of, known_at)
    known = {one.member: one for one in delivered if one.unit in cells}
    names = await look_up(session, persons=people)
    return [
        AgendaReport(names.person(person), month, one.since if one else None, one is not None and one.concluded)
        for person in people
        for one in [known.get(person)]
    ]


async def _waiting(session: Session, unit: UUID) -> list[WaitingReport]:
    connection, known_at = session.connection, session.known_at
    cells = await organisation.descendants(connection, unit, session.as_of, known_at)
    waiting = await meetings.waiting(connection, cells, session.as_of, known_at)
    people, months = list({r.member for r in waiting}), list({r.month for r in waiting})
    delivered = await meetings.deliveries_of(connection, people, months, session.as_of, known_at)
    late = {(one.unit, one.member, one.month) for one in delivered if one.late}
    names = await look_up(session, persons=people, units={r.unit for r in waiting})
    return [
        WaitingReport(
            r.report,
            names.unit(r.unit, r.submitted_on),
            names.person(r.member),
            r.month,
            r.submitted_on,
            (r.unit, r.member, r.month) in late,
        )
        for r in waiting
    ]
