"""A household over time, and the groups that households form."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.households import (
    CulturalFamilyRecognised,
    EconomicClass,
    EconomicClassReviewed,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    HouseholdDissolved,
    HouseholdLeftPoverty,
    HouseholdMoved,
    HouseholdRegistered,
)
from projections.states.timeline import CannotApply, Claim, Span, together, value_at, with_claim


class Belonging(msgspec.Struct, frozen=True):
    """One span of a household: in this cell, in this economic class."""

    since: date
    until: date
    unit: UUID
    economic_class: EconomicClass | None


class Household(msgspec.Struct, frozen=True):
    """A household as known; `cells` holds None from the day it was dissolved. Head and address stay sealed
    (None: erased)."""

    household: UUID
    head: str | None
    address: str | None
    persons: int | None
    cells: tuple[Claim[UUID | None], ...]
    classes: tuple[Claim[EconomicClass], ...] = ()
    left_poverty: tuple[int, ...] = ()
    cultural: tuple[int, ...] = ()

    def unit(self, day: date) -> UUID | None:
        """Its cell on the day; None before it was registered and after it was dissolved."""
        return value_at(self.cells, day)

    def latest_unit(self) -> UUID:
        """The last cell it belonged to."""
        return next(claim.value for claim in reversed(self.cells) if claim.value is not None)

    def belongings(self) -> tuple[Belonging, ...]:
        """Span by span; equal neighbours are one span."""
        return tuple(Belonging(*span) for span in together(self.cells, self.classes, None))


def apply_household(household: Household | None, fact: Fact[Any]) -> Household:
    """The household after the fact. Raises `CannotApply`."""
    body, day = fact.body, fact.effective
    if isinstance(body, HouseholdRegistered):
        if household is not None:
            raise CannotApply("household_exists")
        return Household(body.household, body.head, body.address, body.persons, (Claim(day, body.unit),))
    if household is None:
        raise CannotApply("household_unknown")
    replace = msgspec.structs.replace
    match body:
        case HouseholdMoved():
            return replace(household, cells=with_claim(household.cells, Claim(day, body.unit)))
        case HouseholdDissolved():
            gone: Claim[UUID | None] = Claim(day, None)
            return replace(household, cells=with_claim(household.cells, gone))
        case EconomicClassReviewed():
            return replace(household, classes=with_claim(household.classes, Claim(day, body.economic_class)))
        case HouseholdLeftPoverty():
            return replace(household, left_poverty=(*household.left_poverty, body.year))
        case CulturalFamilyRecognised():
            return replace(household, cultural=(*household.cultural, body.year))
    raise CannotApply("not_about_a_household")


class Place(msgspec.Struct, frozen=True):
    """One span of a household in a group."""

    household: UUID
    span: Span


class Group(msgspec.Struct, frozen=True):
    """A group of households of one cell."""

    group: UUID
    unit: UUID
    name: str
    span: Span
    places: tuple[Place, ...] = ()

    def households(self, day: date) -> set[UUID]:
        """The households in the group on the day."""
        return {p.household for p in self.places if p.span.holds(day)} if self.span.holds(day) else set()


def apply_group(group: Group | None, fact: Fact[Any]) -> Group:
    """The group after the fact. Raises `CannotApply`."""
    body, day = fact.body, fact.effective
    if isinstance(body, GroupFormed):
        if group is not None:
            raise CannotApply("group_exists")
        places = tuple(Place(household, Span(day)) for household in body.households)
        return Group(body.group, body.unit, body.name, Span(day), places)
    if group is None:
        raise CannotApply("group_unknown")
    match body:
        case GroupChanged():
            kept = tuple(
                _left(place, day) if place.household in body.removed and place.span.holds(day) else place
                for place in group.places
            )
            places = (*kept, *(Place(household, Span(day, group.span.until)) for household in body.added))
            return msgspec.structs.replace(group, places=_real(places))
        case GroupDissolved():
            places = tuple(_left(place, day) for place in group.places)
            return msgspec.structs.replace(group, span=Span(group.span.since, day), places=_real(places))
    raise CannotApply("not_about_a_group")


def _left(place: Place, day: date) -> Place:
    return Place(place.household, Span(place.span.since, min(place.span.until, day)))


def _real(places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in places if place.span.since < place.span.until)
