"""Random half-years of a few cells: calendars set late and again, meetings moved, reports late, twice and replaced."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from events.envelope import Fact
from events.facts.assignments import AssignmentEnded, EndingReason, HouseholdAssigned
from events.facts.households import HouseholdRegistered
from events.facts.meetings import (
    Attendance,
    AttendanceCorrected,
    Attended,
    CalendarSet,
    CellMeetingHeld,
    MeetingCalled,
    MeetingClosed,
    MonthlyReportSubmitted,
    ReportConcluded,
    ReportConclusion,
)
from events.facts.members import MemberAdmitted, MemberStatus, MemberStatusChanged, MemberTransferred
from events.facts.organisation import CellKind, UnitFounded, UnitKind, UnitMerged, UnitReparented
from events.facts.values import Body
from projections.registers.meetings import months_between
from tests.projections.archive_of import fact

BEGINNING, END = date(2020, 10, 1), date(2021, 4, 30)
MONTHS = months_between(BEGINNING, END)
PROVINCE, EAST, WEST = (UUID(int=(1 << 64) + n) for n in range(3))
CELLS = [UUID(int=(2 << 64) + n) for n in range(3)]
UNITS = [PROVINCE, EAST, WEST, *CELLS]
PEOPLE = [UUID(int=(3 << 64) + n) for n in range(4)]
HOMES = [UUID(int=(4 << 64) + n) for n in range(4)]


def _founded(unit: UUID, kind: UnitKind, parent: UUID | None) -> Fact[Any]:
    cell_kind = CellKind.VILLAGE if kind is UnitKind.CELL else None
    return fact(UnitFounded(unit=unit, kind=kind, name="Đơn vị", cell_kind=cell_kind, parent=parent), BEGINNING, unit)


class History:
    """A history as it is being made up. Now and then a fact names what is not there."""

    def __init__(self, seed: int, length: int) -> None:
        self.random = Random(seed)
        self.facts = [_founded(PROVINCE, UnitKind.PROVINCE, None)]
        self.facts += [_founded(commune, UnitKind.COMMUNE, PROVINCE) for commune in (EAST, WEST)]
        self.facts += [_founded(cell, UnitKind.CELL, WEST if cell == CELLS[2] else EAST) for cell in CELLS]
        for index, (person, home) in enumerate(zip(PEOPLE, HOMES, strict=True)):
            cell = CELLS[index % len(CELLS)]
            self._add(MemberAdmitted(person=person, unit=cell, status=MemberStatus.ACTIVE), BEGINNING, cell)
            self._add(HouseholdRegistered(household=home, unit=cell, head="s1:"), BEGINNING, cell)
        self.reports: list[tuple[UUID, UUID, UUID]] = []
        self.meetings: list[tuple[UUID, UUID]] = []
        self.assignments: list[HouseholdAssigned] = []
        kinds = [self._report] * 6 + [self._conclusion] * 3 + [self._holding] * 2
        kinds += [self._calendar, self._call, self._attendance, self._closing, self._assignment, self._assignment]
        kinds += [self._around, self._ending]
        for _ in range(length):
            self.random.choice(kinds)()

    def _add(self, body: Body, day: date, unit: UUID) -> None:
        self.facts.append(fact(body, day, unit))

    def _day(self) -> date:
        return BEGINNING + timedelta(self.random.randrange((END - BEGINNING).days))

    def _new(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def _calendar(self) -> None:
        cell, year = self.random.choice(CELLS), self.random.choice([2020, 2021])
        self._add(CalendarSet(unit=cell, year=year, day=self.random.choice([3, 15, 31])), self._day(), cell)

    def _call(self) -> None:
        cell, day = self.random.choice(CELLS), self._day()
        called = MeetingCalled(unit=cell, meeting=self._new(), day=day)
        self._add(called, day - timedelta(self.random.randint(0, 3)), cell)

    def _came(self) -> tuple[Attended, ...]:
        people = self.random.sample(PEOPLE, self.random.randint(0, 4))
        return tuple(Attended(person, self.random.choice(list(Attendance))) for person in people)

    def _holding(self) -> None:
        cell = self.random.choice(CELLS)
        held = CellMeetingHeld(unit=cell, meeting=self._new(), attendance=self._came())
        self.meetings.append((held.meeting, cell))
        self._add(held, self._day(), cell)

    def _meeting(self) -> tuple[UUID, UUID]:
        return self.random.choice([*self.meetings, (self._new(), self.random.choice(CELLS))])

    def _attendance(self) -> None:
        meeting, cell = self._meeting()
        self._add(AttendanceCorrected(unit=cell, meeting=meeting, attendance=self._came()), self._day(), cell)

    def _closing(self) -> None:
        meeting, cell = self._meeting()
        self._add(MeetingClosed(unit=cell, meeting=meeting), self._day(), cell)

    def _report(self) -> None:
        cell, member = self.random.choice(CELLS), self.random.choice(PEOPLE)
        replaces = None
        if self.reports and self.random.random() < 0.3:
            replaces, there, whose = self.random.choice(self.reports)
            cell, member = (there, whose) if self.random.random() < 0.9 else (cell, member)
        month = self.random.choice(MONTHS)
        body = MonthlyReportSubmitted(
            unit=cell, report=self._new(), member=member, month=month, lines=(), replaces=replaces
        )
        self.reports.append((body.report, cell, member))
        self._add(body, self._day(), cell)

    def _conclusion(self) -> None:
        report, cell, member = self.random.choice([*self.reports, (self._new(), CELLS[0], PEOPLE[0])])
        if report not in {r for r, _, _ in self.reports} and self.random.random() < 0.8:
            return
        meeting, _ = self._meeting()
        what = ReportConcluded(
            unit=cell, meeting=meeting, report=report, member=member, conclusion=ReportConclusion.NOTED
        )
        self._add(what, self._day(), cell)

    def _assignment(self) -> None:
        person, home = self.random.choice(PEOPLE), self.random.choice(HOMES)
        body = HouseholdAssigned(assignment=self._new(), household=home, member=person)
        if any((a.household, a.member) == (home, person) for a in self.assignments):
            return
        self.assignments.append(body)
        self._add(body, self._day(), self.random.choice(CELLS))

    def _ending(self) -> None:
        if self.assignments:
            a = self.assignments.pop()
            body = AssignmentEnded(
                assignment=a.assignment, target=a.household, member=a.member, reason=EndingReason.PLAN_CHANGED
            )
            self._add(body, END, CELLS[0])

    def _around(self) -> None:
        person = self.random.choice(PEOPLE)
        moves: list[Body] = [
            MemberStatusChanged(person=person, status=self.random.choice(list(MemberStatus))),
            MemberTransferred(person=person, unit=self.random.choice(CELLS), former_unit=CELLS[0]),
            UnitReparented(unit=CELLS[1], parent=WEST),
            UnitMerged(unit=CELLS[0], into=CELLS[1]),
        ]
        body = self.random.choice(moves)
        if not (isinstance(body, UnitReparented | UnitMerged) and self.random.random() < 0.7):
            self._add(body, self._day(), getattr(body, "unit", CELLS[0]))
