"""Who may be given a case: never who it is about, nor anybody below him."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from events.facts.grievances import Person
from projections.states.grievances import Case
from services.decisions.command import Refused, View
from services.decisions.grievances.standing import standing_at


class Concerned(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody a case is about. `unit` is where he holds an office, beside the cells that he is a member of."""

    person: UUID
    unit: UUID | None = None


def persons(view: View, concerned: Sequence[Concerned]) -> tuple[Person, ...]:
    """Those the case is about, each with the lowest unit above all that he belongs to. Raises `Refused`."""
    found = []
    for each in concerned:
        member = view.member(each.person)
        units = member.units(view.today) if member else set()
        if each.unit is not None:
            view.unit(each.unit, view.today)
            units = units | {each.unit}
        if not units:
            raise Refused("person_without_unit", person=each.person)
        above = [_above(view, unit) for unit in sorted(units)]
        known = [unit for unit in above if unit is not None]
        found.append(Person(each.person, _lowest_above(view, known) if len(known) == len(above) else None))
    return tuple(found)


def visible_to(view: View, unit: UUID, about: Sequence[Person]) -> UUID:
    """The lowest unit that sees the case: its own, or one above everybody it is about."""
    above = [person.above for person in about if person.above is not None]
    if len(above) < len(about):
        return [*view.organisation.chain(unit, view.today)][-1]
    return _lowest_above(view, [unit, *above])


def receives(view: View, unit: UUID, about: Sequence[Person]) -> bool:
    """Whether a case about these persons may stand at the unit: only above each of them."""
    return all(
        person.above is not None and view.organisation.covers(unit, person.above, view.today) for person in about
    )


def superior(view: View, case: Case) -> UUID | None:
    """The nearest unit above the holder that exists today and may receive the case; None where there is none."""
    holder = standing_at(view, case)
    above = (unit for unit in view.organisation.chain(holder, view.today) if unit != holder)
    return next(
        (u for u in above if view.organisation.units[u].exists(view.today) and receives(view, u, case.about)), None
    )


def must_receive(view: View, case: Case, unit: UUID) -> UUID:
    """The unit to which the case goes: itself, or its successor. Raises `Refused`."""
    heir = view.organisation.standing_for(unit, view.today)
    view.unit(heir, view.today)
    if heir == standing_at(view, case):
        raise Refused("already_there", unit=heir)
    if not receives(view, heir, case.about):
        raise Refused("conflict_of_interest", unit=heir, receiver=superior(view, case))
    return heir


def _above(view: View, unit: UUID) -> UUID | None:
    """The unit above; None of the highest."""
    return next((other for other in view.organisation.chain(unit, view.today) if other != unit), None)


def _lowest_above(view: View, units: Sequence[UUID]) -> UUID:
    """The lowest unit that stands at or above all of them."""
    first, *others = units
    for candidate in view.organisation.chain(first, view.today):
        if all(view.organisation.covers(candidate, other, view.today) for other in others):
            return candidate
    return first
