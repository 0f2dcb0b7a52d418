"""Who asks: a caller with a role, for a unit."""

from __future__ import annotations

from enum import Enum
from uuid import UUID

import msgspec

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


class Asker(msgspec.Struct, frozen=True):
    """The caller, as his token says: person (none for a system), role, office, unit, and the client program."""

    role: Role
    unit: UUID
    client: str
    person: UUID | None = None
    office: str | None = None

    def actor(self) -> Actor:
        return Actor(role=self.role.value, unit=self.unit, person=self.person, office=self.office)
