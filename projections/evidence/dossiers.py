"""The dossier: from facts to the evidence for one member and year. Pure.

It may be given more facts than bear on him, in any order: what does not bear changes nothing, neither the dossier nor
its digest. It never says a level or a score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from events.facts import assignments, grievances, households, members, visits
from events.facts.assignments import AssignmentCorrected, AssignmentRetracted, HouseholdNotified, PlanAdopted
from events.facts.evaluations import Evidence
from events.facts.grievances import CaseNumbered, DenunciationHandedOver, GrievanceCorrected
from events.facts.households import (
    CulturalFamilyRecognised,
    EconomicClassReviewed,
    HouseholdLeftPoverty,
)
from events.facts.meetings import (
    AttendanceCorrected,
    CalendarSet,
    CellMeetingHeld,
    MonthlyReportSubmitted,
    ReportConcluded,
)
from events.facts.values import Body
from events.facts.visits import VisitCorrected, VisitRetracted
from projections.evidence import carrying, digests, meeting, outcomes, rules, visiting
from projections.evidence.calendar import Calendar, calendar, days_until_recorded
from projections.evidence.digests import Told
from projections.evidence.figures import Dossier, Figure, Recording, StatusLine, opened
from projections.evidence.holding import Holding

BUILDER = "dossier.v1"
"""Another way of counting, or other rules, is another version."""

RULES = rules.read(BUILDER)

_OUTCOMES: frozenset[type[Body]] = frozenset({HouseholdLeftPoverty, CulturalFamilyRecognised, EconomicClassReviewed})

LOOKS_AT: Mapping[str, frozenset[type[Body]]] = {
    "membership": frozenset(members.FACTS),
    "given": frozenset[type[Body]](assignments.FACTS) - {PlanAdopted, HouseholdNotified},
    "about": frozenset[type[Body]](households.FACTS) - _OUTCOMES,
    "outcomes": _OUTCOMES,
    "visits": frozenset(visits.FACTS),
    "cells": frozenset({CalendarSet, CellMeetingHeld, AttendanceCorrected}),
    "reports": frozenset({MonthlyReportSubmitted, ReportConcluded}),
    "cases": frozenset[type[Body]](grievances.FACTS) - {CaseNumbered, DenunciationHandedOver},
}
"""Part of the work → the facts that may bear on it."""

_PART_OF = {kind: part for part, kinds in LOOKS_AT.items() for kind in kinds}

CORRECTIONS = frozenset({VisitCorrected, AssignmentCorrected, AttendanceCorrected, GrievanceCorrected})
RETRACTIONS = frozenset({VisitRetracted, AssignmentRetracted})


class Built(msgspec.Struct, frozen=True):
    """A dossier, and the facts that counted, in the order of the log."""

    dossier: Dossier
    counted: tuple[Told, ...]

    def evidence(self, position: int) -> Evidence:
        """By what a decision taken at the position names it."""
        return Evidence(position, digests.of_facts(self.counted), BUILDER, digests.of_result(self.dossier))


def build(member: UUID, year: int, known: date, facts: Iterable[Told]) -> Built:
    """The member's dossier of the year, from what was known on the day `known`: the days after it are not counted yet.

    A fact counts where it changes what is said of the year, or is among what is counted.
    """
    every = {told.position: told for told in facts}
    parts: dict[str, list[Told]] = {name: [] for name in LOOKS_AT}
    for _, told in sorted(every.items()):
        part = _PART_OF.get(type(told.fact.body))
        if part is not None:
            parts[part].append(told)
    dossier = _dossier(member, calendar(year, known), parts)
    counted = tuple(every[position] for position in opened(dossier))
    return Built(msgspec.structs.replace(dossier, recording=_recording(year, counted)), counted)


def without(built: Built, gone: Collection[UUID]) -> Dossier:
    """The dossier without the cases that may not be told of any more, as if they had never been."""
    whole = built.dossier
    return msgspec.structs.replace(
        whole, grievances=carrying.without(whole.grievances, gone), recording=_recording(whole.year, left(built, gone))
    )


def left(built: Built, gone: Collection[UUID]) -> tuple[Told, ...]:
    """The facts that counted, without those of these cases."""
    return tuple(told for told in built.counted if getattr(told.fact.body, "grievance", None) not in gone)


def _dossier(member: UUID, year: Calendar, parts: Mapping[str, list[Told]]) -> Dossier:
    membership = [told for told in parts["membership"] if told.fact.body.person == member]
    given = [told for told in parts["given"] if told.fact.body.member == member]
    reports = [told for told in parts["reports"] if told.fact.body.member == member]
    about: dict[UUID, list[Told]] = {}
    for told in parts["about"]:
        about.setdefault(getattr(told.fact.body, told.fact.body.BOUNDARY[1]), []).append(told)
    holding = Holding(year, membership, given, about)
    filed = meeting.filed_of(year.year, reports)
    units = [*meeting.cells_of(holding.member, year.year), *(each.unit for each in filed)]
    cells = meeting.Cells(year, units, parts["cells"])
    return Dossier(
        member=member,
        year=year.year,
        until=year.last,
        assignments=holding.assignments(),
        visits=visiting.counted(
            member, year, holding, visiting.visits_of(member, year.year, parts["visits"]), RULES.visits_each_month
        ),
        reports=meeting.reported(year, holding, cells, filed),
        attendance=meeting.attended(member, cells),
        grievances=carrying.carried(member, year.year, parts["cases"]),
        outcomes=outcomes.recognised(year, holding, parts["outcomes"]),
        changes=tuple(
            _change(told)
            for told in membership
            if told.fact.effective.year == year.year and told.position in holding.membership
        ),
        recording=Recording(Figure(0), Figure(0), Figure(0)),
    )


def _change(told: Told) -> StatusLine:
    body = told.fact.body
    status = getattr(body, "status", None)
    return StatusLine(
        type=told.fact.type,
        day=told.fact.effective,
        status=None if status is None else status.value,
        unit=getattr(body, "unit", None),
        position=told.position,
    )


def _recording(year: int, counted: Iterable[Told]) -> Recording:
    late, corrected, retracted = list[int](), list[int](), list[int]()
    for told in counted:
        effective, body = told.fact.effective, told.fact.body
        kind = type(body)
        if kind in CORRECTIONS or (kind is MonthlyReportSubmitted and body.replaces is not None):
            corrected.append(told.position)
        elif kind in RETRACTIONS:
            retracted.append(told.position)
        elif effective.year == year and days_until_recorded(effective, told.recorded_ns) > RULES.late_after_days:
            late.append(told.position)
    return Recording(*(Figure(len(each), tuple(each)) for each in (late, corrected, retracted)))
