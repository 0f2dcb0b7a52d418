"""What became of the households that a member held in a year."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from events.facts.households import (
    CulturalFamilyRecognised,
    EconomicClass,
    EconomicClassReviewed,
    HouseholdLeftPoverty,
)
from projections.evidence.calendar import Calendar
from projections.evidence.digests import Told
from projections.evidence.figures import Figure, Outcomes, ordered
from projections.evidence.holding import Holding


def recognised(calendar: Calendar, holding: Holding, facts: Iterable[Told]) -> Outcomes:
    """The part of the dossier."""
    left: dict[UUID, list[int]] = {}
    cultural: dict[UUID, list[int]] = {}
    reviewed: dict[UUID, list[int]] = {}
    classes: dict[UUID, EconomicClass] = {}
    for told in facts:
        fact, body = told.fact, told.fact.body
        if body.year != calendar.year:
            continue
        if not holding.households.get(body.household, 0) & calendar.nearest(fact.effective):
            continue
        match body:
            case HouseholdLeftPoverty():
                left.setdefault(body.household, []).append(told.position)
            case CulturalFamilyRecognised():
                cultural.setdefault(body.household, []).append(told.position)
            case EconomicClassReviewed():
                reviewed.setdefault(body.household, []).append(told.position)
                classes[body.household] = body.economic_class
    of_class = {
        each: _figure({household: reviewed[household] for household, found in classes.items() if found is each})
        for each in EconomicClass
    }
    return Outcomes(
        left_poverty=_figure(left),
        cultural=_figure(cultural),
        reviewed=_figure(reviewed),
        poor=of_class[EconomicClass.POOR],
        near_poor=of_class[EconomicClass.NEAR_POOR],
        average=of_class[EconomicClass.AVERAGE],
        better_off=of_class[EconomicClass.BETTER_OFF],
    )


def _figure(households: dict[UUID, list[int]]) -> Figure:
    return Figure(len(households), ordered(position for every in households.values() for position in every))
