"""Reports and meetings counted the slow and obvious way: read every fact that was known, and look at the day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from events.envelope import Fact, Recorded
from events.facts import meetings
from projections.registers.meetings import ReportCounts
from tests.projections.coverage_model import ASSIGNABLE, Model

MembersMonth = tuple[UUID, UUID, date]
"""Cell, member, month."""


class MeetingsModel:
    """What is known after the facts taken in."""

    def __init__(self, facts: Sequence[Recorded[Any]]) -> None:
        self.around = Model([r for r in facts if type(r.fact.body) not in meetings.FACTS])
        self.facts: list[Fact[Any]] = [r.fact for r in facts if type(r.fact.body) in meetings.FACTS]

    def of(self, kind: type[Any]) -> list[Fact[Any]]:
        return [fact for fact in self.facts if type(fact.body) is kind]

    def planned(self, unit: UUID, month: date) -> date | None:
        """The last calendar for the year that was in force on the day that it names decides."""
        last = monthrange(month.year, month.month)[1]
        planned, since = None, date.min
        for f in self.of(meetings.CalendarSet):
            day = month.replace(day=min(f.body.day, last))
            if (f.body.unit, f.body.year) == (unit, month.year) and since <= f.effective <= day:
                planned, since = day, f.effective
        return planned

    def deadline(self, unit: UUID, month: date) -> date | None:
        held = [
            f.effective
            for f in self.of(meetings.CellMeetingHeld)
            if f.body.unit == unit and f.effective.replace(day=1) == month
        ]
        return min(held) if held else self.planned(unit, month)

    def due(self, month: date, as_of: date) -> Iterator[MembersMonth]:
        for person, member in self.around.members.items():
            for unit in {claim.value for claim in member.cells if claim.value is not None}:
                day = self.planned(unit, month)
                if day is not None and day <= as_of and member.unit(day) == unit and self._assigned(person, day):
                    yield unit, person, month

    def _assigned(self, person: UUID, day: date) -> bool:
        held = (t for t, a in self.around.holding(day) if a.member == person)
        return self.around.members[person].status(day) in ASSIGNABLE and any(
            self.around.exists(target, day) for target in held
        )

    def reports(self) -> list[Fact[Any]]:
        return self.of(meetings.MonthlyReportSubmitted)

    def is_waiting(self, report: Fact[Any], as_of: date) -> bool:
        """Submitted, and neither concluded nor replaced by another of the cell."""
        body = report.body
        concluded = [f for f in self.of(meetings.ReportConcluded) if f.body.report == body.report]
        replaced = [f for f in self.reports() if f.body.replaces == body.report and f.body.unit == body.unit][:1]
        return report.effective <= as_of and not any(f.effective <= as_of for f in concluded[-1:] + replaced)

    def waiting(self, unit: UUID, as_of: date) -> set[UUID]:
        return {r.body.report for r in self.reports() if r.body.unit == unit and self.is_waiting(r, as_of)}

    def deliveries(self, as_of: date) -> dict[MembersMonth, tuple[date, bool, bool]]:
        """Cell, member, month → since when, late, concluded."""
        found = {}
        for key in {(r.body.unit, r.body.member, r.body.month) for r in self.reports() if r.effective <= as_of}:
            own = [r for r in self.reports() if (r.body.unit, r.body.member, r.body.month) == key]
            since, deadline = min(r.effective for r in own), self.deadline(key[0], key[2])
            concluded = any(
                f.effective <= as_of
                for r in own
                if r.effective <= as_of
                for f in [c for c in self.of(meetings.ReportConcluded) if c.body.report == r.body.report][-1:]
            )
            waits = any(self.is_waiting(r, as_of) for r in own)
            found[key] = (since, deadline is not None and since > deadline, concluded and not waits)
        return found

    def counts(self, unit: UUID, months: Sequence[date], as_of: date) -> ReportCounts:
        """The counts at or below the unit."""
        covers = self.around.organisation.covers
        due = {owed for month in months for owed in self.due(month, as_of) if covers(unit, owed[0], as_of)}
        every = self.deliveries(as_of).items()
        came = {key: told for key, told in every if key[2] in months and covers(unit, key[0], as_of)}
        return ReportCounts(
            due=len(due),
            delivered=sum(key in came for key in due),
            missing=sum(key not in came for key in due),
            beside=sum(key not in due for key in came),
            late=sum(late for _, late, _ in came.values()),
            concluded=sum(concluded for _, _, concluded in came.values()),
        )

    def attendance(self, meeting: UUID) -> dict[UUID, str]:
        """What was said last of who came."""
        kinds = (meetings.CellMeetingHeld, meetings.AttendanceCorrected)
        said = [f for f in self.facts if isinstance(f.body, kinds) and f.body.meeting == meeting]
        return {a.member: a.attendance.value for a in said[-1].body.attendance} if said else {}
