"""A dossier counted the slow and obvious way: read every fact that was known, and look at each day of the year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from events.envelope import Fact, Recorded
from events.facts import grievances, meetings, visits
from events.facts.assignments import HouseholdNotified, PlanAdopted
from events.facts.households import CulturalFamilyRecognised, EconomicClassReviewed, HouseholdLeftPoverty
from tests.projections.coverage_model import Model
from tests.projections.meetings_model import MeetingsModel

APART = {*visits.FACTS, *meetings.FACTS, *grievances.FACTS, HouseholdNotified, PlanAdopted}
FOREVER = date(9999, 1, 1)


def days_of(year: int, known: date) -> list[date]:
    """The days of the year that are over on the day `known`, or are that day."""
    days = [date(year, 1, 1) + timedelta(number) for number in range(366)]
    return [day for day in days if day.year == year and day <= known]


class DossierModel:
    """What is known of a member's year after the facts taken in."""

    def __init__(self, member: UUID, year: int, known: date, facts: Sequence[Recorded[Any]]) -> None:
        self.member, self.year, self.known = member, year, known
        self.facts: list[Fact[Any]] = [recorded.fact for recorded in facts]
        self.around = Model([recorded for recorded in facts if type(recorded.fact.body) not in APART])
        self.meetings = MeetingsModel([r for r in facts if type(r.fact.body) not in APART - set(meetings.FACTS)])
        self.days = days_of(year, known)

    def held(self, day: date) -> set[UUID]:
        """The households that he held on the day."""
        if not self.around.is_member(self.member, day):
            return set()
        found = set()
        for target, assignment in self.around.holding(day):
            if assignment.member == self.member:
                group = self.around.groups.get(target)
                found |= group.households(day) if group is not None else {target}
        return {household for household in found if self.around.exists(household, day)}

    def groups(self, day: date) -> set[UUID]:
        if not self.around.is_member(self.member, day):
            return set()
        held = {target for target, assignment in self.around.holding(day) if assignment.member == self.member}
        return {target for target in held & self.around.groups.keys() if self.around.exists(target, day)}

    def assignments(self) -> dict[str, int]:
        every = [self.held(day) for day in self.days]
        groups = [self.groups(day) for day in self.days]
        return {
            "days": sum(bool(held or inside) for held, inside in zip(every, groups, strict=True)),
            "household_days": sum(map(len, every)),
            "households": len(set[UUID]().union(*every)),
            "groups": len(set[UUID]().union(*groups)),
        }

    def stories(self) -> list[tuple[Fact[Any] | None, bool | None]]:
        """Of each visit what is believed last, and what the household said last."""
        found: dict[UUID, tuple[Fact[Any] | None, bool | None]] = {}
        for fact in self.facts:
            body = fact.body
            if isinstance(body, visits.VisitRecorded):
                found.setdefault(body.visit, (fact, None))
            elif getattr(body, "visit", None) in found:
                believed, said = found[body.visit]
                if isinstance(body, visits.VisitCorrected):
                    found[body.visit] = fact, said
                elif isinstance(body, visits.VisitRetracted):
                    found[body.visit] = None, said
                else:
                    found[body.visit] = believed, isinstance(body, visits.VisitAttested)
        return list(found.values())

    def made(self) -> list[tuple[Fact[Any], bool | None]]:
        return [
            (fact, said)
            for fact, said in self.stories()
            if fact is not None and fact.body.member == self.member and fact.effective.year == self.year
        ]

    def visits(self, each_month: int) -> dict[str, int]:
        made = self.made()
        months = visited = 0
        for month in range(1, 13):
            last = date(self.year, month, monthrange(self.year, month)[1])
            if last > self.known:
                continue
            whole = set.intersection(*(self.held(last.replace(day=n)) for n in range(1, last.day + 1)))
            months += len(whole)
            for household in whole:
                inside = [f for f, _ in made if f.body.household == household and f.effective.month == month]
                visited += len(inside) >= each_month
        return {
            "made": len(made),
            "nobody_home": sum(visits.Outcome.NOBODY_HOME in fact.body.outcomes for fact, _ in made),
            "elsewhere": sum(
                fact.effective not in self.days or fact.body.household not in self.held(fact.effective)
                for fact, _ in made
            ),
            "attested": sum(said is True for _, said in made),
            "disputed": sum(said is False for _, said in made),
            "months": months,
            "visited": visited,
        }

    def reports(self) -> dict[str, int]:
        months = [date(self.year, number, 1) for number in range(1, 13)]
        due = [key for month in months for key in self.meetings.due(month, self.known) if key[1] == self.member]
        delivered = [
            delivery
            for (_, member, month), delivery in self.meetings.deliveries(FOREVER).items()
            if member == self.member and month.year == self.year
        ]
        return {
            "due": len(due),
            "delivered": len(delivered),
            "late": sum(late for _, late, _ in delivered),
            "concluded": sum(concluded for _, _, concluded in delivered),
        }

    def attendance(self) -> dict[str, int]:
        found = dict.fromkeys(("present", "excused", "unexcused"), 0)
        member = self.around.members.get(self.member)
        cells = {c.value for c in member.cells if c.since.year <= self.year} if member else set()
        own = cells | {r.unit for r in member.residences if r.span.since.year <= self.year} if member else set()
        reports = [report.body for report in self.meetings.reports() if report.body.member == self.member]
        own |= {report.unit for report in reports if report.month.year == self.year}
        for held in self.meetings.of(meetings.CellMeetingHeld):
            if held.effective.year == self.year and held.body.unit in own:
                came = self.meetings.attendance(held.body.meeting).get(self.member)
                if came is not None:
                    found[came] += 1
        return found

    def outcomes(self) -> dict[str, int]:
        left, cultural = set[UUID](), set[UUID]()
        classes: dict[UUID, str] = {}
        for fact in self.facts:
            body = fact.body
            if not isinstance(body, HouseholdLeftPoverty | CulturalFamilyRecognised | EconomicClassReviewed):
                continue
            day = min(self.days, key=lambda day: abs((day - fact.effective).days), default=None)
            if body.year != self.year or day is None or body.household not in self.held(day):
                continue
            if isinstance(body, HouseholdLeftPoverty):
                left.add(body.household)
            elif isinstance(body, CulturalFamilyRecognised):
                cultural.add(body.household)
            else:
                classes[body.household] = body.economic_class.value
        found = {"left_poverty": len(left), "cultural": len(cultural), "reviewed": len(classes)}
        for name in ("poor", "near_poor", "average", "better_off"):
            found[name] = list(classes.values()).count(name)
        return found

    def grievances(self) -> dict[str, int]:
        """A case about anybody, and one that was withheld, is not told of."""
        steps = {
            "concluded": [grievances.ConcludedAtCell],
            "escalated": [grievances.GrievanceEscalated],
            "answered": [grievances.GrievanceAnswered, grievances.GrievanceRefused],
            "delivered": [grievances.AnswerDelivered],
        }
        found = dict.fromkeys(("raised", *steps), 0)
        for fact in self.facts:
            body = fact.body
            if not isinstance(body, grievances.GrievanceRaised) or body.way is not grievances.Way.MEMBER:
                continue
            later = [type(f.body) for f in self.facts if getattr(f.body, "grievance", None) == body.grievance]
            told = grievances.GrievanceWithheld not in later and grievances.PersonConcerned not in later
            if body.member == self.member and fact.effective.year == self.year and told and not body.about:
                found["raised"] += body.part_of is None
                for name, kinds in steps.items():
                    found[name] += any(kind in later for kind in kinds)
        return found
