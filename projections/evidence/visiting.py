"""The visits of a year as they were believed last, and in how many months of households held there were any."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from events.envelope import Fact
from events.facts.visits import Outcome, VisitAttested, VisitCorrected, VisitRecorded, VisitRetracted
from projections.evidence.calendar import Calendar
from projections.evidence.digests import Told
from projections.evidence.figures import Figure, HouseholdLine, Visits, ordered
from projections.evidence.holding import Holding


class Visit:
    """A visit as it was believed last: whose, to which household, on which day; `his` if it ever was the member's in
    the year. `attested` is what the household said of it last."""

    __slots__ = ("attested", "day", "his", "household", "member", "nobody_home", "positions")

    def __init__(self, household: UUID) -> None:
        self.household = household
        self.member: UUID | None = None
        self.day = date.min
        self.nobody_home = False
        self.attested: bool | None = None
        self.positions: list[int] = []
        self.his = False

    def believe(self, fact: Fact[Any]) -> None:
        body = fact.body
        self.member, self.day, self.nobody_home = body.member, fact.effective, Outcome.NOBODY_HOME in body.outcomes

    def stands(self, member: UUID, year: int) -> bool:
        """Whether it is believed to be the member's, in the year."""
        # Numbers and not ids are compared here and below: this is done once for each of a million visits.
        return self.member is not None and self.member.int == member.int and self.day.year == year


def visits_of(member: UUID, year: int, facts: Iterable[Told]) -> list[Visit]:
    """Visits that were ever believed to be the member's in the year, by their first recording. What was said of a visit
    before it was recorded does not count."""
    found: dict[int, Visit] = {}
    for told in facts:
        body = told.fact.body
        kind = type(body)
        visit = found.get(body.visit.int)
        if visit is None:
            if kind is not VisitRecorded:
                continue
            visit = found[body.visit.int] = Visit(body.household)
        visit.positions.append(told.position)
        if kind is VisitRecorded or kind is VisitCorrected:
            visit.believe(told.fact)
            visit.his = visit.his or visit.stands(member, year)
        elif kind is VisitRetracted:
            visit.member = None
        else:
            visit.attested = kind is VisitAttested
    return [visit for visit in found.values() if visit.his]


def counted(member: UUID, calendar: Calendar, holding: Holding, visits: list[Visit], each_month: int) -> Visits:
    """The part of the dossier. `each_month`: so many visits a household is to have in a month."""
    made = [visit for visit in visits if visit.stands(member, calendar.year)]
    by_household: dict[int, list[Visit]] = {}
    for visit in made:
        by_household.setdefault(visit.household.int, []).append(visit)
    lines: list[HouseholdLine] = []
    enough: list[Visit] = []
    inside: set[int] = set()
    for household, days in holding.households.items():
        own = by_household.get(household.int, [])
        inside.update(id(visit) for visit in own if days & calendar.day(visit.day))
        whole = [number for number, month in enumerate(calendar.months, 1) if month & days == month]
        of_month: dict[int, list[Visit]] = {}
        for visit in own:
            of_month.setdefault(visit.day.month, []).append(visit)
        visited = [month for month in whole if len(of_month.get(month, ())) >= each_month]
        for month in visited:
            enough += of_month[month]
        lines.append(
            HouseholdLine(
                household=household,
                days=days.bit_count(),
                months=len(whole),
                visited=len(visited),
                visits=len(own),
                positions=ordered((*holding.opens([household]), *_positions(own))),
            )
        )
    return Visits(
        made=Figure(len(made), ordered(_positions(visits))),
        nobody_home=_figure([visit for visit in made if visit.nobody_home]),
        elsewhere=_figure([visit for visit in made if id(visit) not in inside]),
        attested=_figure([visit for visit in made if visit.attested is True]),
        disputed=_figure([visit for visit in made if visit.attested is False]),
        months=Figure(sum(line.months for line in lines), holding.basis),
        visited=Figure(sum(line.visited for line in lines), ordered(_positions(enough))),
        households=tuple(lines),
    )


def _figure(chosen: list[Visit]) -> Figure:
    return Figure(len(chosen), ordered(_positions(chosen)))


def _positions(visits: Iterable[Visit]) -> list[int]:
    return [position for visit in visits for position in visit.positions]
