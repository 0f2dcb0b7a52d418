"""Decisions about units, persons and offices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.catalogue import subject
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
from projections.states.organisation import Unit
from services.decisions.asking import CELL_AND_ABOVE, OFFICES, Asker
from services.decisions.command import Decision, ShortText
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import View

LEVELS = {kind: level for level, kind in enumerate(UnitKind)}
ONE_HOLDER = frozenset({OfficeKind.SECRETARY})


def _must_rank(superior: UnitKind, unit: UnitKind) -> None:
    if LEVELS[superior] >= LEVELS[unit]:
        raise Refused("wrong_level", superior=superior.value, kind=unit.value)


def _must_not_end_later(unit: Unit) -> None:
    """A unit ends once: in one successor, or in none."""
    if unit.ended != FOREVER:
        raise Refused("later_change", since=unit.ended)


class FoundUnit(Decision, frozen=True, kw_only=True, tag="organisation.found_unit"):
    """A unit begins to exist. Only a province (or the centre) has no superior here."""

    ALLOWED = OFFICES

    unit: UUID
    kind: UnitKind
    name: ShortText
    cell_kind: CellKind | None = None
    parent: UUID | None = None

    def needs(self) -> Iterable[str]:
        return (subject("unit", self.unit),)

    def decide(self, view: View, asker: Asker) -> Decided:
        if self.unit in view.organisation.units:
            raise Refused("unit_exists", unit=self.unit)
        if (self.kind is UnitKind.CELL) != (self.cell_kind is not None):
            raise Refused("cell_kind_needed" if self.kind is UnitKind.CELL else "cell_kind_only_for_cells")
        if self.parent is None:
            if self.kind not in (UnitKind.CENTRAL, UnitKind.PROVINCE):
                raise Refused("superior_needed", kind=self.kind.value)
            if self.unit != asker.unit:
                raise Refused("outside_your_unit", unit=self.unit)
        else:
            _must_rank(view.unit(self.parent, self.effective).kind, self.kind)
            view.must_cover(asker, self.parent)
        body = UnitFounded(unit=self.unit, kind=self.kind, name=self.name, cell_kind=self.cell_kind, parent=self.parent)
        return self.one(body, self.unit)


class RenameUnit(Decision, frozen=True, kw_only=True, tag="organisation.rename_unit"):
    """A unit bears another name."""

    ALLOWED = OFFICES

    unit: UUID
    name: ShortText

    def needs(self) -> Iterable[str]:
        return (subject("unit", self.unit),)

    def decide(self, view: View, asker: Asker) -> Decided:
        view.unit(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        return self.one(UnitRenamed(unit=self.unit, name=self.name), self.unit)


class ReparentUnit(Decision, frozen=True, kw_only=True, tag="organisation.reparent_unit"):
    """A unit comes under another superior. Both must be in the asker's unit."""

    ALLOWED = OFFICES

    unit: UUID
    parent: UUID

    def needs(self) -> Iterable[str]:
        return (subject("unit", self.unit),)

    def decide(self, view: View, asker: Asker) -> Decided:
        unit, parent = view.unit(self.unit, self.effective), view.unit(self.parent, self.effective)
        if self.parent == self.unit:
            raise Refused("would_be_its_own_superior", unit=self.unit)
        _must_rank(parent.kind, unit.kind)
        view.must_cover(asker, self.unit)
        view.must_cover(asker, self.parent)
        former = unit.superior(self.effective)
        if former == self.parent:
            raise Refused("already_there", unit=self.parent)
        return self.one(UnitReparented(unit=self.unit, parent=self.parent, former_parent=former), self.unit)


class MergeUnits(Decision, frozen=True, kw_only=True, tag="organisation.merge_units"):
    """Units go into one successor, which exists already; what stands under them stands under it from then on."""

    ALLOWED = OFFICES

    into: UUID
    units: Annotated[tuple[UUID, ...], msgspec.Meta(min_length=1, max_length=100)]

    def needs(self) -> Iterable[str]:
        return (subject("unit", self.into), *(subject("unit", unit) for unit in self.units))

    def decide(self, view: View, asker: Asker) -> Decided:
        successor = view.unit(self.into, self.effective)
        view.must_cover(asker, self.into)
        if self.basis is None:
            raise Refused("basis_needed")
        drafts = []
        for key in dict.fromkeys(self.units):
            unit = view.unit(key, self.effective)
            view.must_cover(asker, key)
            _must_not_end_later(unit)
            if unit.kind is not successor.kind:
                raise Refused("wrong_level", superior=successor.kind.value, kind=unit.kind.value)
            # At the end of time only mergers lead upwards: is the successor to go into this unit one day?
            if view.organisation.covers(key, self.into, FOREVER):
                raise Refused("would_be_its_own_superior", unit=key)
            drafts.append(Draft(UnitMerged(unit=key, into=self.into), key, self.effective))
        # Two orders that each look sound could close a circle together: all meet on the topmost unit's boundary.
        *_, top = view.organisation.chain(self.into, self.effective)
        drafts.append(Draft(MergersOrdered(unit=top), top, self.effective))
        return Decided(tuple(drafts))


class DissolveUnit(Decision, frozen=True, kw_only=True, tag="organisation.dissolve_unit"):
    """A unit ends without a successor; no unit may stand under it any more.

    Members and households left in it are not moved anywhere: they wait for a decision.
    """

    ALLOWED = OFFICES

    unit: UUID

    def needs(self) -> Iterable[str]:
        return (subject("unit", self.unit),)

    def names_attached(self) -> Iterable[UUID]:
        return (self.unit,)

    def decide(self, view: View, asker: Asker) -> Decided:
        unit = view.unit(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        _must_not_end_later(unit)
        below = view.organisation.below(self.unit, self.effective)
        if below:
            raise Refused("units_below", unit=self.unit, count=len(below))
        left = view.attached(self.unit)
        counts = {what: left.get(what, 0) for what in ("members", "households", "groups", "assignments")}
        warnings = (Warned("left_in_unit", {"unit": self.unit, **counts}),) if left else ()
        return self.one(UnitDissolved(unit=self.unit), self.unit, *warnings)


class RegisterPerson(Decision, frozen=True, kw_only=True, tag="organisation.register_person"):
    """A person becomes known by name in a unit; doing it again replaces the name and the contact."""

    ALLOWED = CELL_AND_ABOVE

    person: UUID
    unit: UUID
    name: ShortText
    contact: ShortText | None = None

    def needs(self) -> Iterable[str]:
        return (subject("person", self.person), subject("member", self.person))

    def decide(self, view: View, asker: Asker) -> Decided:
        view.unit(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        member, known = view.member(self.person), view.person(self.person)
        keeper = (member.unit(view.today) if member else None) or (known.unit if known else None)
        if keeper is not None:
            view.must_cover_one_of(asker, (keeper,))
        return self.one(PersonRegistered(person=self.person, name=self.name, contact=self.contact), self.unit)


class _Office(Decision, frozen=True, kw_only=True):
    unit: UUID
    office: OfficeKind
    person: UUID

    def needs(self) -> Iterable[str]:
        return (subject("office", self.unit), subject("person", self.person))

    def _check(self, view: View, asker: Asker) -> None:
        view.unit(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if view.person(self.person) is None:
            raise Refused("person_unknown", person=self.person)


class AppointOffice(_Office, frozen=True, kw_only=True, tag="organisation.appoint_office"):
    """A person takes an office. A unit has one secretary at a time."""

    ALLOWED = OFFICES

    def decide(self, view: View, asker: Asker) -> Decided:
        self._check(view, asker)
        offices = view.offices(self.unit)
        for tenure in offices.tenures if offices else ():
            if tenure.office is not self.office or tenure.acting or tenure.span.until <= self.effective:
                continue
            if tenure.person == self.person or self.office in ONE_HOLDER:
                raise Refused("office_held", office=self.office.value, since=tenure.span.since, person=tenure.person)
        return self.one(OfficeAppointed(unit=self.unit, office=self.office, person=self.person), self.unit)


class ReleaseOffice(_Office, frozen=True, kw_only=True, tag="organisation.release_office"):
    """A person leaves an office, or stops acting in it."""

    ALLOWED = OFFICES

    def decide(self, view: View, asker: Asker) -> Decided:
        self._check(view, asker)
        offices = view.offices(self.unit)
        held = [
            t
            for t in (offices.tenures if offices else ())
            if t.office is self.office and t.person == self.person and t.span.holds(self.effective)
        ]
        if not held:
            raise Refused("office_not_held", office=self.office.value, day=self.effective)
        return self.one(OfficeReleased(unit=self.unit, office=self.office, person=self.person), self.unit)


class ActInOffice(_Office, frozen=True, kw_only=True, tag="organisation.act_in_office"):
    """A person acts in an office for a time."""

    ALLOWED = OFFICES

    until: date | None = None

    def decide(self, view: View, asker: Asker) -> Decided:
        self._check(view, asker)
        if self.until is not None and self.until <= self.effective:
            raise Refused("ends_before_it_begins", since=self.effective, until=self.until)
        body = OfficeActing(unit=self.unit, office=self.office, person=self.person, until=self.until)
        return self.one(body, self.unit)


COMMANDS = (
    FoundUnit,
    RenameUnit,
    ReparentUnit,
    MergeUnits,
    DissolveUnit,
    RegisterPerson,
    AppointOffice,
    ReleaseOffice,
    ActInOffice,
)
