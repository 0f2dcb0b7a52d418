"""What units above and inspection put right where a case is about somebody: a wrong naming, and the way out."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.grievances import GrievanceReferredOutside, NamingTakenBack
from projections.states.grievances import Case
from services.decisions.asking import CELL_AND_ABOVE, Asker, Role
from services.decisions.command import ShortText
from services.decisions.grievances import receivers
from services.decisions.grievances.standing import (
    ByAbove,
    OfFamily,
    OnCase,
    able,
    first_able,
    standing,
)
from services.decisions.outcome import Decided, Refused
from services.decisions.view import View


class TakeBackNaming(OfFamily, ByAbove, frozen=True, kw_only=True, tag="grievance.take_back_naming"):
    """It was wrong to name these persons, in the case and in every other of the mixed one that it came from. A unit
    above the holder says so, or an inspection, by a document. Who sees the cases follows from those still named; each
    stays where it has come to, and one that nobody had goes back to who had it before."""

    ALLOWED = CELL_AND_ABOVE | {Role.INSPECTION}

    cleared: Annotated[tuple[UUID, ...], msgspec.Meta(min_length=1, max_length=10)]

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        if asker.role is not Role.INSPECTION:
            super().must_be_theirs(view, asker, case)

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.basis is None:
            raise Refused("basis_needed")
        for person in self.cleared:
            if not case.concerns(person):
                raise Refused("person_not_named", person=person)
        own = self.facts(view, case, self._taken_back(view, case))
        named = [each for each in self.relatives(view) if any(map(each.concerns, self.cleared))]
        others = (self.fact(view, each, self._taken_back(view, each)) for each in named)
        return Decided((*own.drafts, *others), own.warnings)

    def _taken_back(self, view: View, case: Case) -> NamingTakenBack:
        about = tuple(person for person in case.about if person.person not in self.cleared)
        visible = receivers.visible_to(view, standing(view, case.told_to), about)
        return NamingTakenBack(
            grievance=case.grievance,
            cleared=tuple(person for person in self.cleared if case.concerns(person)),
            visible=visible,
            about=about,
            holder=case.holder or _holder(view, msgspec.structs.replace(case, about=about), visible),
        )


def _holder(view: View, case: Case, visible: UUID) -> UUID | None:
    """Who is to have the case that nobody has: who had it before; else the lowest that may."""
    before = () if case.sender is None else (standing(view, case.sender),)
    return first_able(view, case, (*before, *view.organisation.chain(visible, view.today)))


class ReferOutside(OnCase, frozen=True, kw_only=True, tag="grievance.refer_outside"):
    """Inspection hands a case that nobody here may have, since it is about somebody of the highest unit, to a competent
    body outside, by a document: it is settled here. A case that a unit may have is that unit's."""

    ALLOWED = frozenset({Role.INSPECTION})

    receiver: ShortText

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        """Whichever inspection sees the case."""

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        unit = able(view, case)
        if unit is not None:
            raise Refused("somebody_may_have_it", unit=unit)
        if self.basis is None:
            raise Refused("basis_needed")
        return self.facts(view, case, GrievanceReferredOutside(grievance=self.grievance, receiver=self.receiver))


COMMANDS = (TakeBackNaming, ReferOutside)
