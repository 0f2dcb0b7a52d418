"""The monthly reports of a year that were due and delivered, and to which meetings the member came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from events.facts.meetings import (
    Attendance,
    Attended,
    CalendarSet,
    CellMeetingHeld,
    ReportConcluded,
)
from projections.evidence.calendar import Calendar
from projections.evidence.digests import Told
from projections.evidence.figures import Attendance as Attendances
from projections.evidence.figures import Figure, ReportLine, Reports, ordered
from projections.evidence.holding import Holding
from projections.states.meetings import Calendar as Claimed
from projections.states.meetings import calendar_of
from projections.states.members import ASSIGNABLE, Member

Key = tuple[UUID, date]
"""A cell and a month, by the day on which it begins."""


class Filed:
    """A report of the member: when it came, and when it was concluded or replaced."""

    def __init__(self, told: Told) -> None:
        body = told.fact.body
        self.unit, self.month, self.since = body.unit, body.month.replace(day=1), told.fact.effective
        self.concluded = self.replaced = False
        self.positions = [told.position]


class Cells:
    """What the cells of the member did in the year: their calendars, and the meetings they held."""

    def __init__(self, year: Calendar, units: Iterable[UUID], facts: Iterable[Told]) -> None:
        self.calendars: dict[UUID, list[tuple[int, Claimed]]] = {unit: [] for unit in units}
        self.held: dict[Key, list[Told]] = {}
        self.corrected: dict[UUID, list[Told]] = {}
        for told in facts:
            body, day = told.fact.body, told.fact.effective
            if body.unit not in self.calendars:
                continue
            if type(body) is CalendarSet:
                if body.year == year.year:
                    self.calendars[body.unit].append((told.position, Claimed(day, body.day)))
            elif type(body) is CellMeetingHeld:
                if day.year == year.year:
                    self.held.setdefault((body.unit, day.replace(day=1)), []).append(told)
            else:
                self.corrected.setdefault(body.meeting, []).append(told)

    def planned(self, unit: UUID, month: date) -> date | None:
        """The day on which the cell meets by its calendar."""
        found = calendar_of([claimed for _, claimed in self.calendars.get(unit, ())], month.year, month.month)
        return None if found is None else found.planned(month.year, month.month)

    def said(self, unit: UUID) -> list[int]:
        """The positions of the cell's calendars."""
        return [position for position, _ in self.calendars.get(unit, ())]

    def met(self, unit: UUID, month: date) -> list[Told]:
        """The meetings that the cell held in the month."""
        return self.held.get((unit, month), [])

    def deadline(self, unit: UUID, month: date) -> date | None:
        """The day up to which a report is in time: of the first meeting held, else by the calendar."""
        return min((told.fact.effective for told in self.met(unit, month)), default=self.planned(unit, month))


def cells_of(member: Member | None, year: int) -> list[UUID]:
    """His cells up to the end of the year, those of his residence too."""
    if member is None:
        return []
    own = [claim.value for claim in member.cells if claim.value is not None and claim.since.year <= year]
    second = [residence.unit for residence in member.residences if residence.span.since.year <= year]
    return list(dict.fromkeys([*own, *second]))


def filed_of(year: int, facts: Iterable[Told]) -> list[Filed]:
    """The member's reports for months of the year, by their submission."""
    found: dict[UUID, Filed] = {}
    for told in facts:
        body = told.fact.body
        if type(body) is ReportConcluded:
            concluded = found.get(body.report)
            if concluded is not None and concluded.unit == body.unit:
                concluded.concluded = True
                concluded.positions.append(told.position)
            continue
        found[body.report] = Filed(told)
        earlier = found.get(body.replaces) if body.replaces is not None else None
        # One that names another cell's report replaces nothing, and each is replaced once.
        if earlier is not None and earlier.unit == body.unit and not earlier.replaced:
            earlier.replaced = True
            earlier.positions.append(told.position)
    return [filed for filed in found.values() if filed.month.year == year]


def reported(calendar: Calendar, holding: Holding, cells: Cells, filed: Iterable[Filed]) -> Reports:
    """The part of the dossier."""
    delivered: dict[Key, list[Filed]] = {}
    for each in filed:
        delivered.setdefault((each.unit, each.month), []).append(each)
    asked, due = _due(calendar, holding, cells)
    lines = [
        _line(key, delivered.get(key, []), key in due, cells)
        for key in sorted(due | delivered.keys(), key=lambda key: (key[1], key[0]))
    ]
    came = [line for line in lines if line.delivered_on is not None]
    calendars = [position for unit in asked for position in cells.said(unit)]
    return Reports(
        due=Figure(len(due), ordered((*holding.basis, *calendars)) if asked else ()),
        delivered=_figure(came, came),
        late=_figure([line for line in came if line.late], came),
        concluded=_figure([line for line in came if line.concluded], came),
        lines=tuple(lines),
    )


def _due(calendar: Calendar, holding: Holding, cells: Cells) -> tuple[list[UUID], set[Key]]:
    """The cells whose calendar had a day for him, and the months in which he was assigned on it."""
    asked: dict[UUID, None] = {}
    due: set[Key] = set()
    member = holding.member
    if member is None:
        return [], due
    for unit in cells.calendars:
        for month in (date(calendar.year, number, 1) for number in range(1, 13)):
            day = cells.planned(unit, month)
            if day is None or day > calendar.last or member.unit(day) != unit:
                continue
            asked[unit] = None
            if member.status(day) in ASSIGNABLE and holding.holds(day):
                due.add((unit, month))
    return list(asked), due


def _line(key: Key, filed: list[Filed], due: bool, cells: Cells) -> ReportLine:
    unit, month = key
    since, deadline = min((each.since for each in filed), default=None), cells.deadline(unit, month)
    positions = [position for each in filed for position in each.positions]
    if filed:
        met = [told.position for told in cells.met(unit, month)]
        positions += met or (cells.said(unit) if deadline is not None else [])
    return ReportLine(
        unit=unit,
        month=month,
        due=due,
        delivered_on=since,
        late=since is not None and deadline is not None and since > deadline,
        concluded=any(each.concluded for each in filed) and all(each.concluded or each.replaced for each in filed),
        positions=ordered(positions),
    )


def _figure(chosen: list[ReportLine], of: list[ReportLine]) -> Figure:
    """How many of the lines were chosen."""
    return Figure(len(chosen), ordered(position for line in of for position in line.positions))


def attended(member: UUID, cells: Cells) -> Attendances:
    """The part of the dossier. A correction counts where it says something else of him than was said before."""
    found: dict[Attendance, list[int]] = {attendance: [] for attendance in Attendance}
    number = dict.fromkeys(Attendance, 0)
    for held in (told for of_month in cells.held.values() for told in of_month):
        said = _of(member, held.fact.body.attendance)
        positions, ever = [held.position], [said]
        for told in cells.corrected.get(held.fact.body.meeting, ()):
            again = _of(member, told.fact.body.attendance)
            if again is not said:
                said = again
                positions.append(told.position)
                ever.append(said)
        for attendance in ever:
            if attendance is not None:
                found[attendance] += positions
        if said is not None:
            number[said] += 1
    return Attendances(
        present=Figure(number[Attendance.PRESENT], ordered(found[Attendance.PRESENT])),
        excused=Figure(number[Attendance.EXCUSED], ordered(found[Attendance.EXCUSED])),
        unexcused=Figure(number[Attendance.UNEXCUSED], ordered(found[Attendance.UNEXCUSED])),
    )


def _of(member: UUID, attendance: Iterable[Attended]) -> Attendance | None:
    return next((one.attendance for one in attendance if one.member == member), None)
