"""A case before a step: whether the asker may know of it, whose turn it is, and what a refusal tells him."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.facts.grievance_values import Person
from events.facts.grievances import GrievanceTransferred
from events.facts.organisation import UnitKind
from events.facts.values import Body
from projections.states.clocks import LevelOf
from projections.states.grievances import Case, Stage, taken_over
from projections.states.inspections import Mandate
from projections.states.organisation import Organisation
from services.decisions.asking import CELL_AND_ABOVE, FIELD, Asker, Role, must_be_mandated
from services.decisions.clock import check_clock
from services.decisions.command import Act
from services.decisions.grievances.steps import STEPS, possible
from services.decisions.outcome import Decided, Draft, Refused
from services.decisions.view import View


class OnCase(Act, frozen=True, kw_only=True):
    """A step of a case. When it is possible stands in `STEPS`."""

    grievance: UUID

    def needs(self) -> Iterable[str]:
        return (subject("grievance", self.grievance),)

    def names_office_holders(self, states: Mapping[str, Any]) -> Iterable[UUID]:
        """All whom the case is about: nobody sees it who is below one of them today."""
        return (person.person for case in self._cases(states) for person in case.about)

    def _cases(self, states: Mapping[str, Any]) -> Iterable[Case]:
        case = states.get(subject("grievance", self.grievance))
        return () if case is None else (case,)

    def look(self, view: View, asker: Asker) -> Case:
        """The case, when this step may be taken now by this asker. Raises `Refused`."""
        mandates = self.mandates(view, asker) if asker.role is Role.INSPECTION else ()
        case = view.case(self.grievance)
        if case is None or case.stage is Stage.WITHHELD or not sees(view, asker, case, mandates):
            # Whether there is such a case is told to nobody who may not see it.
            raise Refused("grievance_unknown", grievance=self.grievance)
        turned = self.follows_on(view, case)
        if former_holder(view, case) is not None and isinstance(self, ByHolder):
            case = taken_over(case, standing_at(view, case), self.instant)
        step = STEPS[str(type(self).__struct_config__.tag)]
        if case.stage not in step.stages or level_at(view, case) not in step.levels:
            raise Refused("grievance_wrong_state", **circumstances(view, case))
        if asker.role is not Role.MEMBER:
            # An office of a unit that has ended takes no step any more.
            view.must_cover(asker, asker.unit)
        self.must_be_theirs(view, asker, case)
        if turned is not None and self.instant < turned:
            raise Refused("before_last_step", last=turned)
        return case

    def mandates(self, view: View, asker: Asker) -> list[Mandate]:
        """The mandates under which an inspection takes the step: those that hold on its day, and still today unless it
        is entered from a paper of that time. Raises `Refused` where there is none."""
        days = {self.day} if self.signed_by(self.day) else {self.day, view.today}
        held = view.mandates_of(asker.person)
        for day in sorted(days):
            must_be_mandated((mandate.span for mandate in held), day)
        return [mandate for mandate in held if all(mandate.span.holds(day) for day in days)]

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        """Raises `Refused` where it is not this asker's step."""
        raise NotImplementedError

    def follows_on(self, view: View, case: Case) -> datetime | None:
        """What the step cannot have happened before."""
        return case.turned(view.moment)

    def reached(self, view: View) -> date:
        """The day up to which limits are looked at: a clock that is fast reaches none of them early."""
        return min(self.day, view.today)

    def facts(self, view: View, case: Case, *bodies: Body) -> Decided:
        """The facts, which belong to the unit where the case stands."""
        unit = standing_at(view, case)
        drafts = tuple(Draft(body, unit, self.day, self.instant) for body in bodies)
        return Decided(drafts, check_clock(view.moment, self.instant, self.written_at))


class ByHolder(OnCase, frozen=True, kw_only=True):
    """A step of the unit where the case stands today, taken by who holds an office there. `unit` is that unit. With its
    first step on a case of a unit that was dissolved, or may have it no more, it takes the case over: it arrives there
    on that day."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID

    def facts(self, view: View, case: Case, *bodies: Body) -> Decided:
        recorded = view.case(self.grievance)
        gone = None if recorded is None else former_holder(view, recorded)
        if recorded is None or gone is None:
            return super().facts(view, case, *bodies)
        arrival = GrievanceTransferred(grievance=self.grievance, sender=gone, to=standing_at(view, recorded))
        return super().facts(view, case, arrival, *bodies)

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        own = asker.unit == self.unit or (asker.role is Role.SYSTEM and view.covers(asker, self.unit))
        if not own or self.unit != standing_at(view, case):
            raise Refused("not_the_holder", **circumstances(view, case))


class OfFamily(OnCase, frozen=True, kw_only=True):
    """A step that concerns every case of the mixed one that this came from."""

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        family = _family(self.grievance, lambda grievance: states.get(subject("grievance", grievance)))
        return (subject("grievance", grievance) for grievance in family)

    def _cases(self, states: Mapping[str, Any]) -> Iterable[Case]:
        found = (states.get(name) for name in self.follows(states, Organisation()))
        return (case for case in found if case is not None)

    def relatives(self, view: View) -> list[Case]:
        """The other cases of the family that were not withheld."""
        cases = (view.case(each) for each in _family(self.grievance, view.case) if each != self.grievance)
        return [case for case in cases if case is not None and case.stage is not Stage.WITHHELD]

    def wholes(self, view: View, grievance: UUID) -> Iterator[UUID]:
        """The cases that the case was split from, the nearest first."""
        case = view.case(grievance)
        while case is not None and case.part_of is not None:
            yield case.part_of
            case = view.case(case.part_of)

    def fact(self, view: View, case: Case, body: Body) -> Draft:
        """A fact of one of the family, which belongs to the unit where that stands."""
        return Draft(body, standing_at(view, case), self.day, self.instant)


def _family(grievance: UUID, find: Callable[[UUID], Case | None]) -> list[UUID]:
    """The case, what it was split from and what it was split into, and so on, as far as it is found."""
    family = [grievance]
    for each in family:
        case = find(each)
        if case is not None:
            near = case.parts if case.part_of is None else (case.part_of, *case.parts)
            family += [other for other in near if other not in family]
    return family


class ByHousehold(OnCase, frozen=True, kw_only=True):
    """What the household says or is told, written down by who raised the case or by an office that sees it."""

    ALLOWED = FIELD

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        """Whoever sees the case may write it down."""

    def must_be_signed(self, asker: Asker) -> None:
        """Raises `Refused` where neither the member whom the household told, nor a paper of the household, says so: a
        word that ends a case is not for the office that is to settle it."""
        if asker.role is not Role.MEMBER and self.basis is None:
            raise Refused("household_paper_needed")


class ByAbove(OnCase, frozen=True, kw_only=True):
    """A step of a unit above the one where the case stands."""

    ALLOWED = CELL_AND_ABOVE

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        holder = standing_at(view, case)
        if asker.unit == holder or not view.covers(asker, holder):
            raise Refused("not_above_the_holder", **circumstances(view, case))


def sees(view: View, asker: Asker, case: Case, mandates: Sequence[Mandate] = ()) -> bool:
    """Whether the asker may know of the case: the member who raised it; the units at or above where it is visible or
    stands; an inspection whose mandates give it. Never who it is about, nor a unit that is not above him: about the
    highest unit, inspection alone knows."""
    if case.concerns(asker.person):
        return False
    if asker.role is Role.MEMBER:
        return case.member is not None and case.member == asker.person
    places = [unit for unit in (case.visible, case.holder) if unit is not None]
    if asker.role is not Role.INSPECTION:
        reaches = any(view.covers(asker, unit) for unit in places)
        return reaches and above_all(view, asker.unit, case.about)
    if not any(case.grievance in each.cases or _gives(view, each, places) for each in mandates):
        return False
    return unit_above(view, asker.unit) is None or above_all(view, asker.unit, case.about)


def _gives(view: View, mandate: Mandate, places: Iterable[UUID]) -> bool:
    """Whether one of the places stands at or below a unit of the mandate that its committee still covers."""
    tree, today = view.organisation, view.today
    units = [unit for unit in mandate.units if tree.covers(mandate.unit, unit, today)]
    return any(tree.covers(unit, place, today) for unit in units for place in places)


def above_all(view: View, unit: UUID, about: Sequence[Person]) -> bool:
    """Whether the unit stands above each of these persons: above all that he belonged to when he was named, and above
    every unit in which he holds an office today."""
    return all(
        person.above is not None
        and view.organisation.covers(unit, person.above, view.today)
        and all(_is_over(view, unit, standing(view, office)) for office in view.offices_of(person.person))
        for person in about
    )


def _is_over(view: View, unit: UUID, other: UUID) -> bool:
    return unit != other and view.organisation.covers(unit, other, view.today)


def unit_above(view: View, unit: UUID) -> UUID | None:
    """The unit above; None of the highest."""
    return next((other for other in view.organisation.chain(unit, view.today) if other != unit), None)


def standing(view: View, unit: UUID) -> UUID:
    """The unit that acts for `unit` today: itself, its successor, or of a dissolved one the nearest above."""
    heir = view.organisation.standing_for(unit, view.today)
    above = view.organisation.chain(heir, view.today)
    return next((each for each in above if view.organisation.units[each].exists(view.today)), heir)


def standing_at(view: View, case: Case) -> UUID:
    """The unit that has the case today: the nearest that may, from the one on record upwards. Where none may, that one,
    or the lowest that would see it."""
    return able(view, case) or standing(view, case.holder or case.visible)


def able(view: View, case: Case) -> UUID | None:
    """The nearest unit from the one that has the case by record upwards that exists today and may have it."""
    return first_able(view, case, view.organisation.chain(standing(view, case.holder or case.visible), view.today))


def first_able(view: View, case: Case, units: Iterable[UUID]) -> UUID | None:
    """The first of the units that exists today and may have the case; None where there is none."""
    found = (unit for unit in units if view.organisation.units[unit].exists(view.today))
    return next((unit for unit in found if above_all(view, unit, case.about)), None)


def former_holder(view: View, case: Case) -> UUID | None:
    """The unit that has the case by record, where another has it today: it was dissolved without a successor, or
    somebody whom the case is about has come to an office there or above it."""
    if case.holder is None:
        return None
    heir = view.organisation.standing_for(case.holder, view.today)
    return None if standing_at(view, case) == heir else heir


def level_at(view: View, case: Case) -> UnitKind:
    return view.organisation.units[standing_at(view, case)].kind


def level_of(view: View) -> LevelOf:
    """The level of a unit, as clocks ask for it."""
    return lambda unit: view.organisation.units[unit].kind


def circumstances(view: View, case: Case) -> dict[str, object]:
    """What a refusal names: the state, the holder, and what is possible now."""
    return {
        "state": case.stage.value,
        "holder": standing_at(view, case),
        "possible": possible(case.stage, level_at(view, case)),
    }
