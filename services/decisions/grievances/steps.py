"""What may be done to a case, by whom, at which level and in which state: the one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import msgspec

from events.facts.organisation import UnitKind
from projections.states.grievances import OPEN, Stage

CELL = frozenset({UnitKind.CELL})
OFFICE = frozenset(UnitKind) - CELL
ANYWHERE = frozenset(UnitKind)


class By(Enum):
    """Whose step it is: the unit's where the case stands, the household's (written down by the member who raised the
    case, or by an office that sees it), or that of a unit above the holder."""

    HOLDER = "holder"
    HOUSEHOLD = "household"
    ABOVE = "above"


class Step(msgspec.Struct, frozen=True):
    """When a step is possible: whose it is, at which levels of the holder, in which states."""

    by: By
    levels: frozenset[UnitKind]
    stages: frozenset[Stage]


def _step(by: By, levels: frozenset[UnitKind], *stages: Stage) -> Step:
    return Step(by, levels, frozenset(stages))


UNSETTLED = (Stage.WAITING, Stage.BOOKED, Stage.ACCEPTED)

STEPS: Mapping[str, Step] = {
    "grievance.book": _step(By.HOLDER, OFFICE, Stage.WAITING),
    "grievance.determine_kind": _step(By.HOLDER, ANYWHERE, Stage.WAITING, Stage.BOOKED),
    "grievance.split": _step(By.HOLDER, ANYWHERE, Stage.WAITING, Stage.BOOKED),
    "grievance.conclude_at_cell": _step(By.HOLDER, CELL, Stage.WAITING),
    "grievance.accept": _step(By.HOLDER, OFFICE, Stage.BOOKED),
    "grievance.refuse": _step(By.HOLDER, OFFICE, Stage.BOOKED),
    "grievance.transfer": _step(By.HOLDER, OFFICE, *UNSETTLED),
    "grievance.escalate": _step(By.HOLDER, ANYWHERE, *UNSETTLED),
    "grievance.return": _step(By.HOLDER, OFFICE, Stage.WAITING, Stage.BOOKED),
    "grievance.assign_handler": _step(By.HOLDER, ANYWHERE, Stage.BOOKED, Stage.ACCEPTED),
    "grievance.extend": _step(By.HOLDER, ANYWHERE, *UNSETTLED),
    "grievance.reply_interim": _step(By.HOLDER, ANYWHERE, *UNSETTLED),
    "grievance.answer": _step(By.HOLDER, ANYWHERE, Stage.ACCEPTED),
    "grievance.correct": _step(By.HOLDER, ANYWHERE, *UNSETTLED),
    "grievance.name_person": _step(By.HOLDER, ANYWHERE, *UNSETTLED),
    "grievance.withhold": _step(By.HOLDER, ANYWHERE, *OPEN),
    "grievance.deliver": _step(By.HOUSEHOLD, ANYWHERE, Stage.ANSWERED),
    "grievance.accept_answer": _step(By.HOUSEHOLD, ANYWHERE, Stage.DELIVERED),
    "grievance.contest": _step(By.HOUSEHOLD, ANYWHERE, Stage.DELIVERED),
    "grievance.withdraw": _step(By.HOUSEHOLD, ANYWHERE, *UNSETTLED, Stage.ANSWERED),
    "grievance.close": _step(By.HOLDER, ANYWHERE, Stage.DELIVERED),
    "grievance.reopen": _step(By.ABOVE, ANYWHERE, Stage.CLOSED, Stage.WITHDRAWN),
    "grievance.note_overdue": _step(By.ABOVE, ANYWHERE, *OPEN),
}
"""Command → when it is possible. What is missing here is no step."""


def possible(stage: Stage, level: UnitKind) -> list[str]:
    """The steps that are possible in the state, with a holder of the level."""
    return [name for name, step in STEPS.items() if stage in step.stages and level in step.levels]
