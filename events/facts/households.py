"""Households, what is publicly reviewed about them each year, and the groups they form."""

from __future__ import annotations

from enum import Enum
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.values import Body, Name, Sealed

Year = Annotated[int, msgspec.Meta(ge=1976, le=2100)]


class EconomicClass(Enum):
    """Result of the yearly review of poor households."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    BETTER_OFF = "better_off"


class DissolutionReason(Enum):
    """Why a household is no longer one."""

    MOVED_AWAY = "moved_away"
    JOINED_ANOTHER = "joined_another"
    NO_MEMBERS_LEFT = "no_members_left"
    ENTERED_BY_MISTAKE = "entered_by_mistake"


class HouseholdRegistered(Body, frozen=True):
    """The household belongs to the cell from the effective date."""

    TYPE = "household.household_registered.v1"
    BOUNDARY = ("household", "household")
    SEALED = {"head": "household", "address": "household"}
    TARGET = "household"
    UNITS = ("unit",)

    household: UUID
    unit: UUID
    head: Sealed
    address: Sealed | None = None
    persons: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None


class HouseholdMoved(Body, frozen=True):
    """The household belongs to another cell from the effective date."""

    TYPE = "household.household_moved.v1"
    BOUNDARY = ("household", "household")
    TARGET = "household"
    UNITS = ("unit", "former_unit")

    household: UUID
    unit: UUID
    former_unit: UUID


class EconomicClassReviewed(Body, frozen=True):
    """The review of `year` put the household into this class, from the effective date until the next review."""

    TYPE = "household.economic_class_reviewed.v1"
    BOUNDARY = ("household", "household")
    TARGET = "household"

    household: UUID
    year: Year
    economic_class: EconomicClass


class HouseholdLeftPoverty(Body, frozen=True):
    """The household was recognised as having left poverty in `year`."""

    TYPE = "household.left_poverty.v1"
    BOUNDARY = ("household", "household")
    TARGET = "household"

    household: UUID
    year: Year


class CulturalFamilyRecognised(Body, frozen=True):
    """The household was recognised as a cultural family for `year`."""

    TYPE = "household.cultural_family_recognised.v1"
    BOUNDARY = ("household", "household")
    TARGET = "household"

    household: UUID
    year: Year


class HouseholdDissolved(Body, frozen=True):
    """The household ended on the effective date."""

    TYPE = "household.household_dissolved.v1"
    BOUNDARY = ("household", "household")
    TARGET = "household"

    household: UUID
    reason: DissolutionReason


class GroupFormed(Body, frozen=True):
    """Households of one cell form a group from the effective date."""

    TYPE = "group.group_formed.v1"
    BOUNDARY = ("group", "group")
    TARGET = "group"
    UNITS = ("unit",)

    group: UUID
    unit: UUID
    name: Name
    households: tuple[UUID, ...] = ()


class GroupChanged(Body, frozen=True):
    """Households joined or left the group on the effective date."""

    TYPE = "group.group_changed.v1"
    BOUNDARY = ("group", "group")
    TARGET = "group"

    group: UUID
    added: tuple[UUID, ...] = ()
    removed: tuple[UUID, ...] = ()


class GroupDissolved(Body, frozen=True):
    """The group ended on the effective date."""

    TYPE = "group.group_dissolved.v1"
    BOUNDARY = ("group", "group")
    TARGET = "group"

    group: UUID


FACTS = (
    HouseholdRegistered,
    HouseholdMoved,
    EconomicClassReviewed,
    HouseholdLeftPoverty,
    CulturalFamilyRecognised,
    HouseholdDissolved,
    GroupFormed,
    GroupChanged,
    GroupDissolved,
)
