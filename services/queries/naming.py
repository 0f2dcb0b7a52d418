"""Names in place of ids: of units as they were called on a day, of persons, households and groups unsealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from projections.registers import households, organisation
from projections.registers.households import Contact
from services.decisions.asking import Role
from services.queries.session import Session


class Named(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something with its name. None: out of the caller's sight, sealed for his role, or `erased` on request."""

    id: UUID
    name: str | None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Names that were looked up together."""

    units: Mapping[UUID, list[tuple[date, str]]]
    persons: Mapping[UUID, str | None]
    households: Mapping[UUID, str | None]
    groups: Mapping[UUID, str]
    erased: Set[UUID]
    contacts: Mapping[UUID, Contact]
    """Head and address of the households, sealed."""

    def unit(self, unit: UUID, day: date) -> Named:
        """The unit as it was called on the day; before it existed, as it was called first."""
        borne = self.units.get(unit)
        if not borne:
            return Named(unit, None)
        for since, name in reversed(borne):
            if since <= day:
                return Named(unit, name)
        return Named(unit, borne[0][1])

    def person(self, person: UUID) -> Named:
        return Named(person, self.persons.get(person), person in self.erased)

    def household(self, household: UUID) -> Named:
        """The household by the name of its head."""
        return Named(household, self.households.get(household), household in self.erased)

    def group(self, group: UUID) -> Named:
        return Named(group, self.groups.get(group))


async def look_up(
    session: Session,
    *,
    units: Iterable[UUID] = (),
    persons: Iterable[UUID] = (),
    households: Iterable[UUID] = (),
    groups: Iterable[UUID] = (),
) -> Names:
    """The names of all these as known in the session; whatever is not asked for costs nothing. The answer tells of the
    persons and households."""
    of_persons, of_households = set(persons), set(households)
    session.seen.persons.update(of_persons)
    session.seen.households.update(of_households)
    found_units = await _units(session, set(units))
    sealed_persons = await _persons(session, of_persons)
    contacts = await _contacts(session, of_households)
    sealed_heads = {household: head for household, (head, _) in contacts.items()}
    found_groups = await _groups(session, set(groups))
    texts = await unsealed(
        session,
        [(person, "name", name) for person, name in sealed_persons.items()]
        + [(household, "head", head) for household, head in sealed_heads.items()],
    )
    split = len(sealed_persons)
    return Names(
        found_units,
        dict(zip(sealed_persons, texts[:split], strict=True)),
        dict(zip(sealed_heads, texts[split:], strict=True)),
        found_groups,
        {id_ for sealed in (sealed_persons, sealed_heads) for id_, name in sealed.items() if name is None},
        contacts,
    )


async def addresses(session: Session, names: Names) -> dict[UUID, str | None]:
    """Where the households that were looked up live, as far as the caller may read it."""
    sealed = [(household, "address", address) for household, (_, address) in names.contacts.items()]
    return dict(zip(names.contacts, await unsealed(session, sealed), strict=True))


async def unsealed(session: Session, sealed: Sequence[tuple[UUID, str, str | None]]) -> list[str | None]:
    """The texts behind (owner, field, sealed value); None for an auditor, who reads no sealed data, for a value that
    is not there, and where the key was destroyed."""
    present = [(owner, field, text) for owner, field, text in sealed if text is not None]
    if session.asker.role is Role.AUDITOR or not present:
        return [None] * len(sealed)
    texts = iter(await session.keys.read(present))
    return [None if text is None else next(texts) for _, _, text in sealed]


async def _units(session: Session, ids: set[UUID]) -> dict[UUID, list[tuple[date, str]]]:
    return await organisation.unit_names(session.connection, list(ids), session.known_at) if ids else {}


async def _persons(session: Session, ids: set[UUID]) -> dict[UUID, str | None]:
    if not ids or session.asker.role is Role.AUDITOR:
        return {}
    found = await organisation.persons(session.connection, list(ids), session.known_at)
    names = {person: view.name for person, view in found.items()}
    missing = ids - names.keys()
    if missing and session.asker.role is Role.INSPECTION:
        names |= await organisation.names_inspected(session.connection, list(missing), session.known_at)
    return names


async def _contacts(session: Session, ids: set[UUID]) -> dict[UUID, Contact]:
    """Of the households in the caller's sight, and of those whose open case his unit has."""
    if not ids or session.asker.role is Role.AUDITOR:
        return {}
    found = await households.contacts(session.connection, list(ids), session.known_at)
    missing = ids - found.keys()
    if missing:
        found |= await households.contacts_by_cases(session.connection, list(missing), session.known_at)
    return found


async def _groups(session: Session, ids: set[UUID]) -> dict[UUID, str]:
    return await households.group_names(session.connection, list(ids), session.known_at) if ids else {}
