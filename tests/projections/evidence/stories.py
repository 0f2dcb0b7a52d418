"""Random years for dossiers: what is told of members, households and groups, with visits, meetings and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from events.calendar import FOREVER
from events.catalogue import stored
from events.envelope import Fact, Recorded
from events.facts.assignments import RetractionReason
from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    DeliveryChannel,
    EscalationReason,
    GrievanceTopic,
    Person,
    RefusalReason,
    Way,
)
from events.facts.grievances import (
    AnswerAccepted,
    AnswerDelivered,
    ConcludedAtCell,
    GrievanceAnswered,
    GrievanceCorrected,
    GrievanceEscalated,
    GrievanceRaised,
    GrievanceRefused,
    GrievanceWithheld,
    PersonConcerned,
)
from events.facts.households import GroupDissolved
from events.facts.meetings import (
    Attendance,
    AttendanceCorrected,
    Attended,
    CalendarSet,
    CellMeetingHeld,
    MonthlyReportSubmitted,
    ReportConcluded,
    ReportConclusion,
)
from events.facts.values import Body
from events.facts.visits import (
    Outcome,
    Purpose,
    VisitAttested,
    VisitCorrected,
    VisitDisputed,
    VisitRecorded,
    VisitRetracted,
)
from projections.archive.follower import leaf_hash
from projections.evidence.digests import Told
from tests.projections import coverage_histories
from tests.projections.archive_of import FIRST_NS, SECOND_NS, fact
from tests.projections.coverage_histories import CELLS, HOUSEHOLDS, PERSONS
from tests.projections.coverage_model import Model

YEARS = coverage_histories.YEARS


def told(facts: Iterable[Recorded[Any]]) -> list[Told]:
    """The facts as evidence reads them."""
    return [Told(r.position, r.recorded_ns, leaf_hash(stored(r.fact)), r.fact) for r in facts]


def recorded(facts: Iterable[Fact[Any]]) -> list[Recorded[Any]]:
    return [Recorded(position, FIRST_NS + position * SECOND_NS, each) for position, each in enumerate(facts, 1)]


def _again(model: Model, body: Body) -> bool:
    """Whether a group is dissolved that was dissolved before."""
    group = model.groups.get(body.group) if isinstance(body, GroupDissolved) else None
    return group is not None and group.span.until != FOREVER


class Story:
    """A history with field work between its decisions. What would have been refused is left out."""

    def __init__(self, seed: int, length: int) -> None:
        self.random = Random(seed)
        self.facts: list[Fact[Any]] = []
        self._visits: list[VisitRecorded] = []
        self._meetings: list[CellMeetingHeld] = []
        self._reports: list[MonthlyReportSubmitted] = []
        self._cases: list[UUID] = []
        model = Model()
        work: list[Callable[[], None]] = [self._visit] * 5 + [self._about_visit] * 2
        work += [self._meeting, self._attendance, self._calendar] + [self._report] * 3 + [self._conclusion]
        work += [self._grievance] * 2 + [self._about_case] * 4
        for position, decided in enumerate(coverage_histories.history(seed, length), 1):
            if model.applies(decided) and not _again(model, decided.body):
                model.take(Recorded(position, 0, decided))
                self.facts.append(decided)
            for _ in range(self.random.randint(0, 2)):
                self.random.choice(work)()

    def _add(self, body: Body, day: date) -> None:
        self.facts.append(fact(body, day, self.random.choice(CELLS)))

    def _day(self) -> date:
        return date(2021, 1, 1) + timedelta(self.random.randrange(1100))

    def _new(self) -> UUID:
        return UUID(int=self.random.getrandbits(128))

    def _said(self) -> dict[str, Any]:
        outcomes = (Outcome.NOBODY_HOME,) if self.random.random() < 0.2 else ()
        return {"member": self.random.choice(PERSONS), "purpose": Purpose.REGULAR, "outcomes": outcomes}

    def _visit(self) -> None:
        visit = VisitRecorded(visit=self._new(), household=self.random.choice(HOUSEHOLDS), **self._said())
        self._visits.append(visit)
        new = fact(visit, self._day(), self.random.choice(CELLS))
        self.facts.append(Fact(**{name: getattr(new, name) for name in new.__struct_fields__} | {"id": visit.visit}))

    def _about_visit(self) -> None:
        if not self._visits:
            return
        visit = self.random.choice(self._visits)
        same = {"visit": visit.visit, "household": visit.household}
        told_of = [
            VisitCorrected(**same, **self._said()),
            VisitRetracted(**same, member=visit.member, reason=RetractionReason.DID_NOT_HAPPEN),
            VisitAttested(**same, member=visit.member),
            VisitDisputed(**same, member=visit.member),
        ]
        self._add(self.random.choice(told_of), self._day())

    def _calendar(self) -> None:
        cell, year = self.random.choice(CELLS), self.random.choice(YEARS)
        self._add(CalendarSet(unit=cell, year=year, day=self.random.choice([3, 15, 31])), self._day())

    def _came(self) -> tuple[Attended, ...]:
        people = self.random.sample(PERSONS, self.random.randint(0, len(PERSONS)))
        return tuple(Attended(person, self.random.choice(list(Attendance))) for person in people)

    def _meeting(self) -> None:
        held = CellMeetingHeld(unit=self.random.choice(CELLS), meeting=self._new(), attendance=self._came())
        self._meetings.append(held)
        self._add(held, self._day())

    def _attendance(self) -> None:
        if self._meetings:
            held = self.random.choice(self._meetings)
            self._add(AttendanceCorrected(unit=held.unit, meeting=held.meeting, attendance=self._came()), self._day())

    def _report(self) -> None:
        cell, member = self.random.choice(CELLS), self.random.choice(PERSONS)
        earlier = self.random.choice(self._reports) if self._reports and self.random.random() < 0.3 else None
        if earlier is not None:
            cell, member = (earlier.unit if self.random.random() < 0.9 else cell), earlier.member
        month = date(self.random.choice(YEARS), self.random.randint(1, 12), 1)
        report = MonthlyReportSubmitted(
            unit=cell,
            report=self._new(),
            member=member,
            month=month,
            lines=(),
            replaces=earlier.report if earlier is not None else None,
        )
        self._reports.append(report)
        self._add(report, self._day())

    def _grievance(self) -> None:
        way = self.random.choice([Way.MEMBER, Way.MEMBER, Way.MEMBER, Way.OFFICE])
        raised = GrievanceRaised(
            grievance=self._new(),
            way=way,
            visible=self.random.choice(CELLS),
            received=date(2021, 1, 1),
            topic=GrievanceTopic.LAND,
            text="s1:text",
            household=self.random.choice(HOUSEHOLDS),
            member=self.random.choice(PERSONS) if way is Way.MEMBER else None,
            about=(Person(person=self.random.choice(PERSONS)),) if self.random.random() < 0.2 else (),
            part_of=self.random.choice([None, None, None, self._new()]),
        )
        self._cases.append(raised.grievance)
        self._add(raised, self._day())

    def _about_case(self) -> None:
        if not self._cases:
            return
        case, unit = self.random.choice(self._cases), CELLS[0]
        steps: list[Body] = [
            ConcludedAtCell(grievance=case, meeting=self._new(), conclusion=CellConclusion.EXPLAINED),
            GrievanceEscalated(grievance=case, sender=unit, reason=EscalationReason.NOT_SOLVED, to=CELLS[1]),
            GrievanceAnswered(grievance=case, holder=unit, outcome=AnswerOutcome.RESOLVED),
            GrievanceRefused(grievance=case, holder=unit, reason=RefusalReason.NOT_ELIGIBLE),
            AnswerDelivered(grievance=case, channel=DeliveryChannel.LETTER),
            GrievanceCorrected(grievance=case, household=self.random.choice(HOUSEHOLDS)),
            AnswerAccepted(grievance=case),
        ]
        ending = [GrievanceWithheld(grievance=case), PersonConcerned(grievance=case, about=(), visible=unit)]
        self._add(self.random.choice(ending if self.random.random() < 0.1 else steps), self._day())

    def _conclusion(self) -> None:
        if self._reports:
            of = self.random.choice(self._reports)
            what = {"report": of.report, "member": of.member, "conclusion": ReportConclusion.NOTED}
            self._add(ReportConcluded(unit=of.unit, meeting=self._new(), **what), self._day())
