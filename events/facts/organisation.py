"""Units, their lineage, the persons known, and who held which office when."""

from __future__ import annotations

from datetime import date
from enum import Enum
from uuid import UUID

from events.facts.values import Body, Name, Sealed


class UnitKind(Enum):
    """Level of a unit. A district exists only in history: the level ended on 1/7/2025."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    CELL = "cell"


class CellKind(Enum):
    """What kind of place a cell belongs to."""

    VILLAGE = "village"
    SCHOOL = "school"
    HEALTH_STATION = "health_station"
    MILITARY = "military"
    POLICE = "police"
    ENTERPRISE = "enterprise"
    AGENCY = "agency"


class OfficeKind(Enum):
    """Offices that act in Sổ Hộ."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    COMMITTEE_MEMBER = "committee_member"
    ORGANISATION_OFFICER = "organisation_officer"
    INSPECTION_OFFICER = "inspection_officer"


class UnitFounded(Body, frozen=True):
    """A unit exists from the effective date. Its name is no identity: names are reused and move."""

    TYPE = "organisation.unit_founded.v1"
    BOUNDARY = ("unit", "unit")
    UNITS = ("unit", "parent")

    unit: UUID
    kind: UnitKind
    name: Name
    cell_kind: CellKind | None = None
    parent: UUID | None = None


class UnitRenamed(Body, frozen=True):
    """The unit bears another name from the effective date."""

    TYPE = "organisation.unit_renamed.v1"
    BOUNDARY = ("unit", "unit")
    UNITS = ("unit",)

    unit: UUID
    name: Name


class UnitReparented(Body, frozen=True):
    """The unit stands under another superior from the effective date."""

    TYPE = "organisation.unit_reparented.v1"
    BOUNDARY = ("unit", "unit")
    UNITS = ("unit", "parent", "former_parent")

    unit: UUID
    parent: UUID
    former_parent: UUID | None = None


class UnitMerged(Body, frozen=True):
    """The unit went into its successor on the effective date; what stood under it stands under the successor."""

    TYPE = "organisation.unit_merged.v1"
    BOUNDARY = ("unit", "unit")
    UNITS = ("unit", "into")

    unit: UUID
    into: UUID


class MergersOrdered(Body, frozen=True):
    """Mergers below this unit, the topmost, were decided together.

    It changes nothing by itself. Being on one boundary, all orders of mergers stand in one sequence, so that none is
    decided without knowing of the others.
    """

    TYPE = "organisation.mergers_ordered.v1"
    BOUNDARY = ("unit", "unit")
    UNITS = ("unit",)

    unit: UUID


class UnitDissolved(Body, frozen=True):
    """The unit ended on the effective date without a successor."""

    TYPE = "organisation.unit_dissolved.v1"
    BOUNDARY = ("unit", "unit")
    UNITS = ("unit",)

    unit: UUID


class PersonRegistered(Body, frozen=True):
    """A person that accounts, memberships and offices refer to. Nothing sensitive is kept beside the name."""

    TYPE = "organisation.person_registered.v1"
    BOUNDARY = ("person", "person")
    SEALED = {"name": "person", "contact": "person"}
    PERSON = "person"

    person: UUID
    name: Sealed
    contact: Sealed | None = None


class OfficeAppointed(Body, frozen=True):
    """The person holds the office in the unit from the effective date."""

    TYPE = "organisation.office_appointed.v1"
    BOUNDARY = ("office", "unit")
    PERSON = "person"
    UNITS = ("unit",)

    unit: UUID
    office: OfficeKind
    person: UUID


class OfficeReleased(Body, frozen=True):
    """The person no longer holds the office (nor acts in it) from the effective date."""

    TYPE = "organisation.office_released.v1"
    BOUNDARY = ("office", "unit")
    PERSON = "person"
    UNITS = ("unit",)

    unit: UUID
    office: OfficeKind
    person: UUID


class OfficeActing(Body, frozen=True):
    """The person acts in the office from the effective date, up to and without `until` where it is known."""

    TYPE = "organisation.office_acting.v1"
    BOUNDARY = ("office", "unit")
    PERSON = "person"
    UNITS = ("unit",)

    unit: UUID
    office: OfficeKind
    person: UUID
    until: date | None = None


FACTS = (
    UnitFounded,
    UnitRenamed,
    UnitReparented,
    UnitMerged,
    MergersOrdered,
    UnitDissolved,
    PersonRegistered,
    OfficeAppointed,
    OfficeReleased,
    OfficeActing,
)
