"""The grievances that a member raised for households in a year, and how fast they went.

A case about anybody does not appear: it is seen and counted only above whom it is about (docs/access.md). Nor does one
that was told at an office, past the member.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from events.facts.grievance_values import Way
from events.facts.grievances import (
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
from events.facts.values import Body
from projections.evidence.calendar import recorded_on
from projections.evidence.digests import Told
from projections.evidence.figures import Figure, GrievanceLine, Grievances, ordered

ENDS_TELLING: frozenset[type[Body]] = frozenset({GrievanceWithheld, PersonConcerned})
"""With one of these the case is told of in no dossier any more."""

STEPS: dict[str, tuple[type[Body], ...]] = {
    "concluded": (ConcludedAtCell,),
    "escalated": (GrievanceEscalated,),
    "answered": (GrievanceAnswered, GrievanceRefused),
    "delivered": (AnswerDelivered,),
}
"""Date of a line → the facts of which the first one gives it."""


def ended(facts: Iterable[Told]) -> set[UUID]:
    """Grievances that no dossier tells of after these facts."""
    return {told.fact.body.grievance for told in facts if type(told.fact.body) in ENDS_TELLING}


def carried(member: UUID, year: int, facts: Iterable[Told]) -> Grievances:
    """The part of the dossier."""
    cases: dict[UUID, list[Told]] = {}
    for told in facts:
        cases.setdefault(told.fact.body.grievance, []).append(told)
    return _of([_line(case) for case in cases.values() if _tells(member, year, case)])


def without(part: Grievances, gone: Collection[UUID]) -> Grievances:
    """The same without the cases that may not be told of any more."""
    return _of([line for line in part.lines if line.grievance not in gone])


def _of(lines: Sequence[GrievanceLine]) -> Grievances:
    return Grievances(
        raised=Figure(sum(not line.part for line in lines), _figure(lines).positions),
        concluded=_figure([line for line in lines if line.concluded is not None]),
        escalated=_figure([line for line in lines if line.escalated is not None]),
        answered=_figure([line for line in lines if line.answered is not None]),
        delivered=_figure([line for line in lines if line.delivered is not None]),
        lines=tuple(lines),
    )


def _figure(chosen: Sequence[GrievanceLine]) -> Figure:
    return Figure(len(chosen), ordered(position for line in chosen for position in line.positions))


def _tells(member: UUID, year: int, case: list[Told]) -> bool:
    raised = case[0].fact
    body = raised.body
    return (
        type(body) is GrievanceRaised
        and body.way is Way.MEMBER
        and body.member == member
        and raised.effective.year == year
        and not body.about
        and not ended(case)
    )


def _line(case: list[Told]) -> GrievanceLine:
    raised = case[0]
    household: UUID | None = raised.fact.body.household
    days: dict[str, date] = {}
    positions = [raised.position]
    for told in case[1:]:
        body = told.fact.body
        if type(body) is GrievanceCorrected:
            household = body.household or household
            positions.append(told.position)
        for name, kinds in STEPS.items():
            if type(body) in kinds:
                days.setdefault(name, told.fact.effective)
                positions.append(told.position)
    return GrievanceLine(
        grievance=raised.fact.body.grievance,
        household=household,
        part=raised.fact.body.part_of is not None,
        told=raised.fact.effective,
        recorded=recorded_on(raised.recorded_ns),
        concluded=days.get("concluded"),
        escalated=days.get("escalated"),
        answered=days.get("answered"),
        delivered=days.get("delivered"),
        positions=ordered(positions),
    )
