"""Dossiers: a member's year as evidence, and those of all members of a unit, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec

from events.facts.evaluations import Evidence
from projections.evidence import reading
from projections.evidence.calendar import calendar
from projections.evidence.dossiers import RULES
from projections.evidence.figures import Dossier
from projections.evidence.reading import Found
from projections.evidence.rules import DossierRules
from projections.registers import members as members_register
from services.queries.naming import Named, Names, look_up
from services.queries.session import CannotAnswer, Session


class MemberDossier(msgspec.Struct, frozen=True):
    """A member's dossier of a year as known at the position. `evidence` is by what a decision taken then would name it.

    `erased` counts the cases that were in it and may not be told of any more: they are in the digests, and not in what
    is shown. `names` says what the ids in it stand for, where the caller may know.
    """

    member: Named
    known_at: int
    evidence: Evidence
    erased: int
    dossier: Dossier
    rules: DossierRules
    names: dict[UUID, str]


class UnitLine(msgspec.Struct, frozen=True):
    """The dossier of one member, who stood in the cell on the last day counted."""

    unit: Named
    member: Named
    evidence: Evidence
    erased: int
    dossier: Dossier


class UnitDossiers(msgspec.Struct, frozen=True):
    """Dossiers of those who stood at or below the unit on the last day of the year that is counted, cell by cell.

    `total` is how many there are, `hidden` how many on the page have left the caller's scope since. `next` begins the
    next page.
    """

    unit: UUID
    year: int
    known_at: int
    total: int
    members: list[UnitLine]
    hidden: int
    next: str | None


async def of_member(session: Session, person: UUID, year: int) -> MemberDossier:
    """The member's dossier. Raises `CannotAnswer` (not_found)."""
    found = (await reading.dossiers_seen(session.connection, [(person, year)], session.known_at)).get((person, year))
    if found is None:
        raise CannotAnswer("not_found")
    _see(session, found.dossier)
    names = await _names(session, person, found.dossier)
    return MemberDossier(
        member=names.person(person),
        known_at=session.known_at,
        evidence=found.evidence,
        erased=found.erased,
        dossier=found.dossier,
        rules=RULES,
        names=_known(names),
    )


async def of_unit(session: Session, unit: UUID, year: int, after: str | None, limit: int) -> UnitDossiers:
    """The dossiers of the unit's members. Raises `CannotAnswer` (not_found, invalid_parameter)."""
    await session.must_be_in_scope(unit)
    connection, known_at = session.connection, session.known_at
    last = calendar(year, await reading.day_of(connection, known_at)).last
    page = await members_register.by_cell(connection, unit, last, known_at, _after(after), limit + 1)
    asked = page[:limit]
    found = await reading.dossiers_seen(connection, [(person, year) for _, person in asked], known_at)
    seen = [(cell, person, found[person, year]) for cell, person in asked if (person, year) in found]
    for _, _, each in seen:
        _see(session, each.dossier)
    names = await look_up(session, units={cell for cell, _, _ in seen}, persons={person for _, person, _ in seen})
    return UnitDossiers(
        unit=unit,
        year=year,
        known_at=known_at,
        total=await members_register.number(connection, unit, last, known_at),
        members=[_line(names, cell, person, each) for cell, person, each in seen],
        hidden=len(asked) - len(seen),
        next=f"{asked[-1][0]}.{asked[-1][1]}" if len(page) > limit else None,
    )


def _line(names: Names, cell: UUID, person: UUID, found: Found) -> UnitLine:
    return UnitLine(
        unit=names.unit(cell, found.dossier.until),
        member=names.person(person),
        evidence=found.evidence,
        erased=found.erased,
        dossier=found.dossier,
    )


def _after(text: str | None) -> tuple[UUID, UUID] | None:
    if text is None:
        return None
    try:
        unit, person = map(UUID, text.split("."))
    except ValueError:
        raise CannotAnswer("invalid_parameter", field="after") from None
    return unit, person


def _households(dossier: Dossier) -> set[UUID]:
    held = {line.target for line in dossier.assignments.lines if not line.is_group}
    visited = {line.household for line in dossier.visits.households}
    return held | visited | {line.household for line in dossier.grievances.lines if line.household is not None}


def _see(session: Session, dossier: Dossier) -> None:
    session.seen.households.update(_households(dossier))
    session.seen.grievances.update(line.grievance for line in dossier.grievances.lines)


async def _names(session: Session, person: UUID, dossier: Dossier) -> Names:
    lines = dossier.assignments.lines
    units = {line.unit for line in dossier.reports.lines} | {line.unit for line in dossier.changes if line.unit}
    groups = {line.target for line in lines if line.is_group}
    return await look_up(session, units=units, persons=[person], households=_households(dossier), groups=groups)


def _known(names: Names) -> dict[UUID, str]:
    found = {unit: borne[-1][1] for unit, borne in names.units.items()} | dict(names.groups)
    return found | dict(_readable(names.persons)) | dict(_readable(names.households))


def _readable(names: Mapping[UUID, str | None]) -> Iterable[tuple[UUID, str]]:
    return ((id_, name) for id_, name in names.items() if name is not None)
