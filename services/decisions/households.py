"""Decisions about households and the groups they form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.households import (
    CulturalFamilyRecognised,
    DissolutionReason,
    EconomicClass,
    EconomicClassReviewed,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    HouseholdDissolved,
    HouseholdLeftPoverty,
    HouseholdMoved,
    HouseholdRegistered,
    Year,
)
from projections.states.households import Group, Household
from services.decisions.asking import CELL_AND_ABOVE, OFFICES, Asker
from services.decisions.command import Decision, ShortText
from services.decisions.outcome import Decided, Refused, Warned
from services.decisions.view import View

Households = Annotated[tuple[UUID, ...], msgspec.Meta(max_length=500)]


class RegisterHousehold(Decision, frozen=True, kw_only=True, tag="household.register"):
    """A household becomes known in a cell."""

    ALLOWED = CELL_AND_ABOVE

    household: UUID
    unit: UUID
    head: ShortText
    address: ShortText | None = None
    persons: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None

    def needs(self) -> Iterable[str]:
        return (subject("household", self.household), subject("group", self.household))

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if view.household(self.household) is not None:
            raise Refused("household_exists", household=self.household)
        if view.group(self.household) is not None:
            raise Refused("id_taken", id=self.household)
        body = HouseholdRegistered(
            household=self.household, unit=self.unit, head=self.head, address=self.address, persons=self.persons
        )
        return self.one(body, self.unit)


class _Household(Decision, frozen=True, kw_only=True):
    ALLOWED = CELL_AND_ABOVE

    household: UUID

    def needs(self) -> Iterable[str]:
        return (subject("household", self.household),)

    def _cell(self, view: View, asker: Asker) -> tuple[Household, UUID]:
        """The household and its cell on the effective day, which must be the asker's to decide about."""
        household = view.household(self.household)
        if household is None:
            raise Refused("household_unknown", household=self.household)
        cell = household.unit(self.effective)
        if cell is None:
            view.must_cover_one_of(asker, (claim.value for claim in household.cells))
            raise Refused("household_not_then", household=self.household, day=self.effective)
        view.must_cover_one_of(asker, (cell,))
        return household, cell


class MoveHousehold(_Household, frozen=True, kw_only=True, tag="household.move"):
    """A household comes to another cell. Its place in a group of the former one waits for a decision."""

    ALLOWED = OFFICES

    unit: UUID

    def names_attached(self) -> Iterable[UUID]:
        return (self.household,)

    def decide(self, view: View, asker: Asker) -> Decided:
        _, former = self._cell(view, asker)
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if former == self.unit:
            raise Refused("already_there", unit=self.unit)
        groups = view.attached(self.household).get("groups", 0)
        warnings = (Warned("still_in_groups", {"household": self.household, "groups": groups}),) if groups else ()
        body = HouseholdMoved(household=self.household, unit=self.unit, former_unit=former)
        return self.one(body, self.unit, *warnings)


def _must_be_near(year: int, view: View) -> None:
    """Raises `Refused` for a year that nobody can have reviewed yet: the next one's review ends this one."""
    if year > view.today.year + 1:
        raise Refused("year_to_come", year=year)


class ReviewEconomicClass(_Household, frozen=True, kw_only=True, tag="household.review_economic_class"):
    """The result of the yearly review of poor households."""

    year: Year
    economic_class: EconomicClass

    def decide(self, view: View, asker: Asker) -> Decided:
        household, cell = self._cell(view, asker)
        _must_be_near(self.year, view)
        view.must_reach(asker, household.cells, self.effective)
        body = EconomicClassReviewed(household=self.household, year=self.year, economic_class=self.economic_class)
        return self.one(body, cell)


class RecogniseLeavingPoverty(_Household, frozen=True, kw_only=True, tag="household.recognise_leaving_poverty"):
    """A household is recognised as having left poverty in a year."""

    year: Year

    def decide(self, view: View, asker: Asker) -> Decided:
        household, cell = self._cell(view, asker)
        _must_be_near(self.year, view)
        if self.year in household.left_poverty:
            raise Refused("already_recognised", household=self.household, year=self.year)
        # It counts in the whole of the year, wherever the household is.
        view.must_reach(asker, household.cells, self.effective, date(self.year, 12, 31))
        return self.one(HouseholdLeftPoverty(household=self.household, year=self.year), cell)


class RecogniseCulturalFamily(_Household, frozen=True, kw_only=True, tag="household.recognise_cultural_family"):
    """A household is recognised as a cultural family for a year."""

    year: Year

    def decide(self, view: View, asker: Asker) -> Decided:
        household, cell = self._cell(view, asker)
        _must_be_near(self.year, view)
        if self.year in household.cultural:
            raise Refused("already_recognised", household=self.household, year=self.year)
        # It counts in the whole of the year, wherever the household is.
        view.must_reach(asker, household.cells, self.effective, date(self.year, 12, 31))
        return self.one(CulturalFamilyRecognised(household=self.household, year=self.year), cell)


class DissolveHousehold(_Household, frozen=True, kw_only=True, tag="household.dissolve"):
    """A household is no longer one. Its assignments are not ended: they wait for a decision."""

    reason: DissolutionReason

    def decide(self, view: View, asker: Asker) -> Decided:
        household, cell = self._cell(view, asker)
        for claim in household.cells:
            if claim.since > self.effective and claim.value is not None:
                raise Refused("later_change", since=claim.since)
        return self.one(HouseholdDissolved(household=self.household, reason=self.reason), cell)


def _must_belong(view: View, asker: Asker, households: Iterable[UUID], decision: Decision, cell: UUID) -> None:
    for key in households:
        household = view.household(key)
        if household is None:
            raise Refused("household_unknown", household=key)
        own = household.unit(decision.effective)
        if own is None or not view.same_unit(own, cell, decision.effective):
            raise Refused("household_of_another_cell", household=key, unit=cell)
        view.must_reach(asker, household.cells, decision.effective)


class FormGroup(Decision, frozen=True, kw_only=True, tag="group.form"):
    """Households of one cell form a group."""

    ALLOWED = CELL_AND_ABOVE

    group: UUID
    unit: UUID
    name: ShortText
    households: Households = ()

    def needs(self) -> Iterable[str]:
        return (subject("group", self.group), *(subject("household", key) for key in (self.group, *self.households)))

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if view.group(self.group) is not None:
            raise Refused("group_exists", group=self.group)
        if view.household(self.group) is not None:
            raise Refused("id_taken", id=self.group)
        _must_belong(view, asker, self.households, self, self.unit)
        households = tuple(dict.fromkeys(self.households))
        body = GroupFormed(group=self.group, unit=self.unit, name=self.name, households=households)
        return self.one(body, self.unit)


class _Group(Decision, frozen=True, kw_only=True):
    ALLOWED = CELL_AND_ABOVE

    group: UUID

    def needs(self) -> Iterable[str]:
        return (subject("group", self.group),)

    def _group(self, view: View, asker: Asker) -> Group:
        group = view.group(self.group)
        if group is None:
            raise Refused("group_unknown", group=self.group)
        view.must_cover_one_of(asker, (group.unit,))
        if not group.span.holds(self.effective):
            raise Refused("group_not_then", group=self.group, day=self.effective)
        return group


class ChangeGroup(_Group, frozen=True, kw_only=True, tag="group.change"):
    """Households join or leave a group."""

    added: Households = ()
    removed: Households = ()

    def needs(self) -> Iterable[str]:
        return (subject("group", self.group), *(subject("household", key) for key in self.added))

    def decide(self, view: View, asker: Asker) -> Decided:
        group = self._group(view, asker)
        if not self.added and not self.removed:
            raise Refused("nothing_to_change")
        inside = group.households(self.effective)
        for key in self.added:
            if any(place.household == key and place.span.until > self.effective for place in group.places):
                raise Refused("already_in_group", household=key)
        for key in self.removed:
            if key not in inside:
                raise Refused("not_in_group", household=key)
        _must_belong(view, asker, self.added, self, group.unit)
        added, removed = tuple(dict.fromkeys(self.added)), tuple(dict.fromkeys(self.removed))
        return self.one(GroupChanged(group=self.group, added=added, removed=removed), group.unit)


class DissolveGroup(_Group, frozen=True, kw_only=True, tag="group.dissolve"):
    """A group ends; its households remain, and its assignments wait for a decision."""

    def decide(self, view: View, asker: Asker) -> Decided:
        group = self._group(view, asker)
        return self.one(GroupDissolved(group=self.group), group.unit)


COMMANDS = (
    RegisterHousehold,
    MoveHousehold,
    ReviewEconomicClass,
    RecogniseLeavingPoverty,
    RecogniseCulturalFamily,
    DissolveHousehold,
    FormGroup,
    ChangeGroup,
    DissolveGroup,
)
