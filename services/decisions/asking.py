"""Who asks: a caller with a role, for a unit."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from uuid import UUID

import msgspec

from events.facts.organisation import UnitKind
from events.facts.values import Actor


class Role(Enum):
    """What kind of caller a token speaks for."""

    MEMBER = "member"
    CELL_SECRETARY = "cell_secretary"
    COMMUNE_OFFICE = "commune_office"
    PROVINCIAL_OFFICE = "provincial_office"
    AUDITOR = "auditor"
    SYSTEM = "system"


OFFICES = frozenset({Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE, Role.SYSTEM})
"""Who keeps the registers of a commune or province."""

CELL_AND_ABOVE = OFFICES | {Role.CELL_SECRETARY}
FIELD = CELL_AND_ABOVE | {Role.MEMBER}

LEVELS_OF: Mapping[Role, frozenset[UnitKind]] = {
    Role.MEMBER: frozenset({UnitKind.CELL}),
    Role.CELL_SECRETARY: frozenset({UnitKind.CELL}),
    Role.COMMUNE_OFFICE: frozenset({UnitKind.COMMUNE, UnitKind.DISTRICT}),
    Role.PROVINCIAL_OFFICE: frozenset({UnitKind.PROVINCE}),
}
"""Role → the levels of the units that it is held in. A role that is missing here is held anywhere."""


def fits(role: Role, kind: UnitKind) -> bool:
    """Whether the role can be held in a unit of that level."""
    return role not in LEVELS_OF or kind in LEVELS_OF[role]


class Asker(msgspec.Struct, frozen=True):
    """The caller, as his token says: person (none for a system), role, office, unit, and the client program."""

    role: Role
    unit: UUID
    client: str
    person: UUID | None = None
    office: str | None = None

    def actor(self) -> Actor:
        return Actor(role=self.role.value, unit=self.unit, person=self.person, office=self.office)
