"""Who may be given a case: never who it is about, nor anybody below him."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from events.facts.grievance_values import Person
from events.facts.organisation import UnitKind
from projections.states.grievances import Case
from projections.states.members import Member
from services.decisions.grievances.standing import above_all, first_able, standing, standing_at, unit_above
from services.decisions.outcome import Refused
from services.decisions.view import View


class Concerned(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody a case is about. `unit` is where he holds an office that is not on record."""

    person: UUID
    unit: UUID | None = None


def persons(view: View, concerned: Sequence[Concerned], known: Sequence[Person] = ()) -> tuple[Person, ...]:
    """Those the case is about, after those already `known`: each once, with the lowest unit above all that he belongs
    to. Raises `Refused`."""
    found = {person.person: person for person in known}
    for each in concerned:
        above = [unit_above(view, unit) for unit in sorted(_units(view, each))]
        if not above:
            raise Refused("person_without_unit", person=each.person)
        if each.person in found:
            above.append(found[each.person].above)
        found[each.person] = Person(each.person, _lowest_above(view, above))
    return tuple(found.values())


def visible_to(view: View, unit: UUID, about: Sequence[Person]) -> UUID:
    """The lowest unit that sees the case: its own, or one above everybody it is about. Where there is none, the
    highest: it stands in its queue, and is for inspection to see."""
    highest = [*view.organisation.chain(unit, view.today)][-1]
    return _lowest_above(view, [unit, *(person.above for person in about)]) or highest


def superior(view: View, case: Case) -> UUID | None:
    """The nearest unit above the holder that exists today and may receive the case; None where there is none."""
    holder = standing_at(view, case)
    return first_able(view, case, (unit for unit in view.organisation.chain(holder, view.today) if unit != holder))


def must_receive(view: View, case: Case, unit: UUID) -> UUID:
    """The unit to which the case goes: itself, or its successor. Raises `Refused`."""
    heir = view.organisation.standing_for(unit, view.today)
    view.unit(heir, view.today)
    if heir == standing_at(view, case):
        raise Refused("already_there", unit=heir)
    if not above_all(view, heir, case.about):
        raise Refused("conflict_of_interest", unit=heir, receiver=superior(view, case))
    return heir


def must_be_office(view: View, case: Case, unit: UUID) -> UUID:
    """As `must_receive`; and no cell, to which a case only goes back. Raises `Refused`."""
    heir = must_receive(view, case, unit)
    if view.organisation.units[heir].kind is UnitKind.CELL:
        raise Refused("not_an_office", unit=heir)
    return heir


def _units(view: View, concerned: Concerned) -> set[UUID]:
    """Where the person belongs and holds offices today; a member who has left, the cell that he was in last."""
    member = view.member(concerned.person)
    units = (member.units(view.today) or _last_cell(member)) if member else set()
    units = units | set(view.offices_of(concerned.person))
    if concerned.unit is not None:
        if concerned.unit not in view.organisation.units:
            raise Refused("unit_unknown", unit=concerned.unit)
        units = units | {concerned.unit}
    return {standing(view, unit) for unit in units}


def _last_cell(member: Member) -> set[UUID]:
    return set([claim.value for claim in member.cells if claim.value is not None][-1:])


def _lowest_above(view: View, units: Sequence[UUID | None]) -> UUID | None:
    """The lowest unit that stands at or above all of them; None where there is none, or one of them is none."""
    first, *others = units
    if first is None:
        return None
    return next(
        (
            candidate
            for candidate in view.organisation.chain(first, view.today)
            if all(other is not None and view.organisation.covers(candidate, other, view.today) for other in others)
        ),
        None,
    )
