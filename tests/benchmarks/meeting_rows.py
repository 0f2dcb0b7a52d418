"""A year of cell meetings with monthly reports at the scale of a province, as rows of an archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from random import Random
from typing import Any
from uuid import UUID

from events.calendar import VIETNAM
from events.catalogue import boundary, stored
from events.envelope import Fact
from events.facts.meetings import (
    Attendance,
    Attended,
    CalendarSet,
    CellMeetingHeld,
    MeetingClosed,
    MonthlyReportSubmitted,
    ReportConcluded,
    ReportConclusion,
    ReportLine,
)
from events.facts.organisation import CellKind
from events.facts.values import Actor, Body, Source
from projections.archive.follower import leaf_hash
from services.demo.identifiers import uuid7_from_bits
from services.demo.kon_tum import shape
from services.demo.kon_tum.figures import figures
from services.demo.kon_tum.shape import Cell
from tests.benchmarks.history import Row

REPORTED, MET = 2, 3
"""Days of the month on which reports come, and on which every cell meets."""


def rows(year: int, scale: float) -> Iterator[Row]:
    """The rows in the order of their times, with positions from 1. Every member who holds something reports each month,
    and the cell concludes it at its meeting, to which all come but one in twenty."""
    writer = _Writer(year)
    cells = shape.cells(figures(scale))
    holdings = {cell.number: _holdings(cell) for cell in cells}
    for cell in cells:
        yield writer.row(CalendarSet(unit=cell.id, year=year, day=MET), cell.id, date(year, 1, 2))
    for month in range(1, 13):
        reports: dict[int, list[MonthlyReportSubmitted]] = {}
        for cell in cells:
            reports[cell.number] = [
                MonthlyReportSubmitted(
                    unit=cell.id, report=writer.new(), member=member, month=date(year, month, 1), lines=lines
                )
                for member, lines in holdings[cell.number].items()
            ]
            for report in reports[cell.number]:
                yield writer.row(report, cell.id, date(year, month, REPORTED))
        for cell in cells:
            yield from _meeting(writer, cell, reports[cell.number], date(year, month, MET))


def _holdings(cell: Cell) -> dict[UUID, tuple[ReportLine, ...]]:
    """Member → a line for each household or group that he holds."""
    if cell.kind is not CellKind.VILLAGE:
        return {}
    found: dict[UUID, tuple[ReportLine, ...]] = {
        shape.person_id(cell.first_member + index): (ReportLine(shape.group_id(cell.first_group + index)),)
        for index in range(cell.with_group)
    }
    for member, household in cell.single_lines():
        person = shape.person_id(member)
        found[person] = (*found.get(person, ()), ReportLine(shape.household_id(household)))
    return found


def _meeting(writer: _Writer, cell: Cell, reports: list[MonthlyReportSubmitted], day: date) -> Iterator[Row]:
    meeting = writer.new()
    members = [shape.person_id(cell.first_member + index) for index in range(cell.members)]
    came = tuple(
        Attended(member, Attendance.EXCUSED if (index + day.month) % 20 == 0 else Attendance.PRESENT)
        for index, member in enumerate(members)
    )
    yield writer.row(CellMeetingHeld(unit=cell.id, meeting=meeting, attendance=came), cell.id, day)
    for report in reports:
        concluded = ReportConcluded(
            unit=cell.id,
            meeting=meeting,
            report=report.report,
            member=report.member,
            conclusion=ReportConclusion.NOTED,
        )
        yield writer.row(concluded, cell.id, day)
    yield writer.row(MeetingClosed(unit=cell.id, meeting=meeting), cell.id, day)


class _Writer:
    """Gives facts their place: positions without a gap, times that rise."""

    def __init__(self, year: int) -> None:
        self._position = 0
        self._recorded_ns = 0
        self._random = Random(year)

    def new(self) -> UUID:
        return uuid7_from_bits(1_600_000_000_000, self._random.getrandbits(74))

    def row(self, body: Body, unit: UUID, day: date) -> Row:
        self._position += 1
        instant = datetime.combine(day, time(19), VIETNAM)
        self._recorded_ns = max(self._recorded_ns + 1_000, int(instant.timestamp()) * 1_000_000_000)
        fact: Fact[Any] = Fact(
            type=body.TYPE,
            id=self.new(),
            unit=unit,
            effective=day,
            instant=None if isinstance(body, CalendarSet) else instant,
            actor=Actor(role="system", unit=shape.PROVINCE),
            client="kon-tum-import",
            source=Source.PHONE,
            digest="x" * 22,
            body=body,
        )
        data = stored(fact)
        return self._position, self._recorded_ns, boundary(body), fact.type, fact.id, b"", data, leaf_hash(data)
