"""A case before a step: whether the asker may know of it, whose turn it is, and what a refusal tells him."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from events.catalogue import subject
from events.facts.organisation import UnitKind
from events.facts.values import Body
from projections.states.clocks import LevelOf
from projections.states.grievances import Case, Stage
from services.decisions.asking import CELL_AND_ABOVE, FIELD, Asker, Role
from services.decisions.clock import check_clock
from services.decisions.command import Act, Decided, Draft, Refused, View
from services.decisions.grievances.steps import STEPS, possible


class OnCase(Act, frozen=True, kw_only=True):
    """A step of a case. When it is possible stands in `STEPS`."""

    grievance: UUID

    def needs(self) -> Iterable[str]:
        return (subject("grievance", self.grievance),)

    def look(self, view: View, asker: Asker) -> Case:
        """The case, when this step may be taken now by this asker. Raises `Refused`."""
        case = view.case(self.grievance)
        if case is None or case.stage is Stage.WITHHELD or not sees(view, asker, case):
            # Whether there is such a case is told to nobody who may not see it.
            raise Refused("grievance_unknown", grievance=self.grievance)
        step = STEPS[str(type(self).__struct_config__.tag)]
        if case.stage not in step.stages or level_at(view, case) not in step.levels:
            raise Refused("grievance_wrong_state", **circumstances(view, case))
        self.must_be_theirs(view, asker, case)
        if self.instant < case.last:
            raise Refused("before_last_step", last=case.last)
        return case

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        """Raises `Refused` where it is not this asker's step."""
        raise NotImplementedError

    def facts(self, view: View, case: Case, *bodies: Body) -> Decided:
        """The facts, which belong to the unit where the case stands."""
        unit = standing_at(view, case)
        drafts = tuple(Draft(body, unit, self.day, self.instant) for body in bodies)
        return Decided(drafts, check_clock(view.moment, self.instant, self.written_at))


class ByHolder(OnCase, frozen=True, kw_only=True):
    """A step of the unit where the case stands, taken by who holds an office there. `unit` is that unit."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        view.must_cover(asker, self.unit)
        own = asker.role is Role.SYSTEM or view.same_unit(asker.unit, self.unit, view.today)
        if not own or not view.same_unit(self.unit, standing_at(view, case), view.today):
            raise Refused("not_the_holder", **circumstances(view, case))


class ByHousehold(OnCase, frozen=True, kw_only=True):
    """What the household says or is told, written down by who raised the case or by an office that sees it."""

    ALLOWED = FIELD

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        """Whoever sees the case may write it down."""


class ByAbove(OnCase, frozen=True, kw_only=True):
    """A step of a unit above the one where the case stands."""

    ALLOWED = CELL_AND_ABOVE

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        holder = standing_at(view, case)
        if view.same_unit(asker.unit, holder, view.today) or not view.covers(asker, holder):
            raise Refused("not_above_the_holder", **circumstances(view, case))


def sees(view: View, asker: Asker, case: Case) -> bool:
    """Whether the asker may know of the case: never who it is about; the member who raised it; the units at or above
    where it is visible or stands."""
    if case.concerns(asker.person):
        return False
    if asker.role is Role.MEMBER:
        return case.member is not None and case.member == asker.person
    return any(view.covers(asker, unit) for unit in (case.visible, case.holder) if unit is not None)


def standing_at(view: View, case: Case) -> UUID:
    """The unit that has the case today: a merged holder is its successor. Where there is none, the lowest unit that
    sees the case must find one."""
    return view.organisation.standing_for(case.holder or case.visible, view.today)


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
