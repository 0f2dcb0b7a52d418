"""Who asks: a caller with a role, for a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.organisation import OfficeKind, UnitKind
from events.facts.values import Actor
from projections.states.inspections import lacking
from projections.states.timeline import Span
from services.decisions.outcome import Refused


class Role(Enum):
    """What kind of caller a token speaks for."""

    MEMBER = "member"
    CELL_SECRETARY = "cell_secretary"
    COMMUNE_OFFICE = "commune_office"
    PROVINCIAL_OFFICE = "provincial_office"
    AUDITOR = "auditor"
    INSPECTION = "inspection"
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

OFFICES_OF: Mapping[Role, frozenset[OfficeKind]] = {
    Role.CELL_SECRETARY: frozenset({OfficeKind.SECRETARY, OfficeKind.DEPUTY_SECRETARY}),
    Role.COMMUNE_OFFICE: frozenset(OfficeKind),
    Role.PROVINCIAL_OFFICE: frozenset(OfficeKind),
    Role.INSPECTION: frozenset({OfficeKind.INSPECTION_OFFICER}),
}
"""Role → the offices of a unit in which somebody speaks for it. A role that is missing here needs no office."""


def must_be_mandated(spans: Iterable[Span], day: date) -> None:
    """Raises `Refused` unless one of an inspector's mandates, which hold in these spans, holds on the day."""
    missing = lacking(spans, day)
    if missing is None:
        return
    if missing.next is not None:
        raise Refused("mandate_not_yet", first=missing.next)
    if missing.last is not None:
        raise Refused("mandate_expired", last=missing.last)
    raise Refused("mandate_needed")


def must_hold(asker: Asker, day: date, holds: Callable[[UUID, OfficeKind], bool]) -> None:
    """Raises `Refused` unless who speaks for an office holds it in his unit on the day, or acts in it: `holds` says so
    of a person and an office there."""
    if asker.role not in OFFICES_OF:
        return
    claim = asker.claim()
    if claim is None:
        raise Refused("your_office_needed", role=asker.role.value)
    if not holds(*claim):
        raise Refused("your_office_not_held", office=asker.office, unit=asker.unit, day=day)


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

    def needs(self) -> Iterable[str]:
        """Subjects of the boundaries that tell whether he may speak in his role."""
        return (subject("office", self.unit),) if self.role in OFFICES_OF else ()

    def claim(self) -> tuple[UUID, OfficeKind] | None:
        """The person and the office that the token names; None where they are missing or do not go with the role."""
        office = next((kind for kind in OFFICES_OF.get(self.role, ()) if kind.value == self.office), None)
        return None if self.person is None or office is None else (self.person, office)

    def actor(self) -> Actor:
        return Actor(role=self.role.value, unit=self.unit, person=self.person, office=self.office)
