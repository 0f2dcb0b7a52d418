"""What may be done to a case, at which level and in which state: the one table. Whose step it is, its class says."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from events.facts.organisation import UnitKind
from projections.states.grievances import OPEN, UNSETTLED, Stage

CELL = frozenset({UnitKind.CELL})
OFFICE = frozenset(UnitKind) - CELL
ANYWHERE = frozenset(UnitKind)


class Step(msgspec.Struct, frozen=True):
    """When a step is possible: at which levels of the holder, in which states."""

    levels: frozenset[UnitKind]
    stages: frozenset[Stage]


def _step(levels: frozenset[UnitKind], *stages: Stage) -> Step:
    return Step(levels, frozenset(stages))


KEPT = tuple(stage for stage in Stage if stage is not Stage.WITHHELD)

STEPS: Mapping[str, Step] = {
    "grievance.book": _step(OFFICE, Stage.WAITING),
    "grievance.determine_kind": _step(ANYWHERE, *UNSETTLED),
    "grievance.split": _step(ANYWHERE, Stage.WAITING, Stage.BOOKED),
    "grievance.conclude_at_cell": _step(CELL, Stage.WAITING),
    "grievance.accept": _step(OFFICE, Stage.BOOKED),
    "grievance.refuse": _step(OFFICE, Stage.BOOKED),
    "grievance.transfer": _step(OFFICE, *UNSETTLED),
    "grievance.escalate": _step(ANYWHERE, *UNSETTLED),
    "grievance.return": _step(OFFICE, Stage.WAITING, Stage.BOOKED),
    "grievance.assign_handler": _step(ANYWHERE, Stage.BOOKED, Stage.ACCEPTED),
    "grievance.extend": _step(ANYWHERE, *UNSETTLED),
    "grievance.reply_interim": _step(ANYWHERE, *UNSETTLED),
    "grievance.answer": _step(ANYWHERE, Stage.ACCEPTED),
    "grievance.correct": _step(ANYWHERE, *UNSETTLED),
    "grievance.name_person": _step(ANYWHERE, *KEPT),
    "grievance.withhold": _step(OFFICE, *KEPT),
    "grievance.take_back_naming": _step(ANYWHERE, *KEPT),
    "grievance.refer_outside": _step(ANYWHERE, *OPEN),
    "grievance.deliver": _step(ANYWHERE, Stage.ANSWERED),
    "grievance.accept_answer": _step(ANYWHERE, Stage.DELIVERED),
    "grievance.contest": _step(ANYWHERE, Stage.DELIVERED, Stage.CLOSED),
    "grievance.withdraw": _step(ANYWHERE, *UNSETTLED, Stage.ANSWERED),
    "grievance.close": _step(ANYWHERE, Stage.DELIVERED),
    "grievance.reopen": _step(ANYWHERE, Stage.CLOSED, Stage.WITHDRAWN, Stage.REFERRED),
    "grievance.note_overdue": _step(ANYWHERE, *UNSETTLED, Stage.ANSWERED),
}
"""Command → when it is possible. What is missing here is no step."""


def possible(stage: Stage, level: UnitKind) -> list[str]:
    """The steps that are possible in the state, with a holder of the level."""
    return [name for name, step in STEPS.items() if stage in step.stages and level in step.levels]
