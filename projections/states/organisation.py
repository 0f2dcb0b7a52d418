"""The dated tree of units with its lineage, and who held which office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.envelope import Fact
from events.facts.organisation import (
    CellKind,
    MergersOrdered,
    OfficeActing,
    OfficeAppointed,
    OfficeKind,
    OfficeReleased,
    PersonRegistered,
    UnitDissolved,
    UnitFounded,
    UnitKind,
    UnitMerged,
    UnitRenamed,
    UnitReparented,
)
from projections.states.timeline import CannotApply, Claim, Span, value_at, with_claim


class Unit(msgspec.Struct, frozen=True):
    """One unit: what it is for good, and its dated names and superiors.

    A merged unit stays in the tree: from that day its superior is the successor (`absorbed_into`).
    """

    unit: UUID
    kind: UnitKind
    cell_kind: CellKind | None
    founded: date
    names: tuple[Claim[str], ...]
    parents: tuple[Claim[UUID | None], ...]
    ended: date = FOREVER
    absorbed_into: UUID | None = None

    def exists(self, day: date) -> bool:
        return self.founded <= day < self.ended

    def superior(self, day: date) -> UUID | None:
        """The unit above on the day; of a merged unit its successor."""
        if self.absorbed_into is not None and day >= self.ended:
            return self.absorbed_into
        return value_at(self.parents, day)

    def name(self, day: date) -> str:
        return value_at(self.names, day) or self.names[0].value


def apply_unit(unit: Unit | None, fact: Fact[Any]) -> Unit:
    """The unit after the fact. Raises `CannotApply`."""
    body, day = fact.body, fact.effective
    if isinstance(body, UnitFounded):
        if unit is not None:
            raise CannotApply("unit_exists")
        names, parents = (Claim(day, body.name),), (Claim(day, body.parent),)
        return Unit(body.unit, body.kind, body.cell_kind, day, names, parents)
    if unit is None:
        raise CannotApply("unit_unknown")
    replace = msgspec.structs.replace
    match body:
        case UnitRenamed():
            return replace(unit, names=with_claim(unit.names, Claim(day, body.name)))
        case UnitReparented():
            return replace(unit, parents=with_claim(unit.parents, Claim(day, body.parent)))
        case UnitMerged():
            return replace(unit, ended=day, absorbed_into=body.into)
        case UnitDissolved():
            return replace(unit, ended=day)
        case MergersOrdered():
            return unit
    raise CannotApply("not_about_a_unit")


class Organisation:
    """All units by id. Treated as a value: `after` gives a new one."""

    def __init__(self, units: Mapping[UUID, Unit] | None = None) -> None:
        self.units: Mapping[UUID, Unit] = units or {}

    def after(self, fact: Fact[Any]) -> Organisation:
        key = fact.body.unit
        return Organisation({**self.units, key: apply_unit(self.units.get(key), fact)})

    def chain(self, unit: UUID, day: date) -> Iterator[UUID]:
        """The unit and all above it on the day, lineage included."""
        current: UUID | None = unit
        passed: set[UUID] = set()
        while current is not None and current in self.units and current not in passed:
            passed.add(current)
            yield current
            current = self.units[current].superior(day)

    def covers(self, ancestor: UUID, unit: UUID, day: date) -> bool:
        """Whether `unit` stands at or below `ancestor` on the day, directly or through a merged unit."""
        return ancestor in self.chain(unit, day)

    def below(self, unit: UUID, day: date) -> list[UUID]:
        """Units that exist and stand directly under `unit` on the day or on a later one."""
        return [u.unit for u in self.units.values() if _stands_under(u, unit, day)]

    def absorbed(self, unit: UUID) -> list[UUID]:
        """Units that go into this one on whatever day, themselves or through others."""
        found = [unit]
        for each in found:
            found += [u.unit for u in self.units.values() if u.absorbed_into == each and u.unit not in found]
        return found[1:]

    def standing_for(self, unit: UUID, day: date) -> UUID:
        """The unit that stands for `unit` on the day: itself, or the one it had gone into by then."""
        passed = {unit}
        while (found := self.units.get(unit)) is not None and found.absorbed_into is not None and found.ended <= day:
            if found.absorbed_into in passed:
                break
            unit = found.absorbed_into
            passed.add(unit)
        return unit


def _stands_under(unit: Unit, superior: UUID, day: date) -> bool:
    days = {max(day, claim.since) for claim in unit.parents}
    return any(unit.exists(each) and unit.superior(each) == superior for each in days)


class Tenure(msgspec.Struct, frozen=True):
    """A person in an office of the unit; `acting` where he only acts in it."""

    person: UUID
    office: OfficeKind
    span: Span
    acting: bool = False


class Offices(msgspec.Struct, frozen=True):
    """Who held the offices of one unit."""

    unit: UUID
    tenures: tuple[Tenure, ...] = ()

    def holders(self, office: OfficeKind, day: date) -> list[Tenure]:
        """Who holds the office on the day; who acts in it comes before who was appointed."""
        held = [t for t in self.tenures if t.office is office and t.span.holds(day)]
        return sorted(held, key=lambda tenure: not tenure.acting)

    def holds(self, person: UUID, office: OfficeKind, day: date) -> bool:
        """Whether the person holds the office on the day, or acts in it."""
        return any(tenure.person == person for tenure in self.holders(office, day))

    def has(self, person: UUID, day: date) -> bool:
        """Whether the person holds any office here on the day, or acts in one."""
        return any(tenure.person == person and tenure.span.holds(day) for tenure in self.tenures)


def apply_office(offices: Offices | None, fact: Fact[Any]) -> Offices:
    """The unit's offices after the fact."""
    body, day = fact.body, fact.effective
    tenures = offices.tenures if offices else ()
    match body:
        case OfficeAppointed():
            tenures = (*tenures, Tenure(body.person, body.office, Span(day)))
        case OfficeActing():
            tenures = (*tenures, Tenure(body.person, body.office, Span(day, body.until or FOREVER), True))
        case OfficeReleased():
            tenures = tuple(_released(tenure, body, day) for tenure in tenures)
        case _:
            raise CannotApply("not_about_an_office")
    return Offices(body.unit, tuple(t for t in tenures if t.span.since < t.span.until))


def _released(tenure: Tenure, body: OfficeReleased, day: date) -> Tenure:
    concerned = tenure.person == body.person and tenure.office == body.office and tenure.span.holds(day)
    return msgspec.structs.replace(tenure, span=Span(tenure.span.since, day)) if concerned else tenure


class Person(msgspec.Struct, frozen=True):
    """A registered person; name and contact as sealed in the facts (None: erased), `unit` the one that registered them
    last."""

    person: UUID
    unit: UUID
    name: str | None
    contact: str | None = None


def apply_person(person: Person | None, fact: Fact[Any]) -> Person:
    """The person after the fact: registering again replaces name and contact."""
    body = fact.body
    if not isinstance(body, PersonRegistered):
        raise CannotApply("not_about_a_person")
    contact = body.contact if body.contact is not None or person is None else person.contact
    return Person(body.person, fact.unit, body.name, contact)
