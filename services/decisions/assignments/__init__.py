"""Decisions about who is responsible for which household or group."""

from __future__ import annotations

from services.decisions.assignments.assigning import AssignGroup, AssignHousehold
from services.decisions.assignments.changing import (
    CorrectAssignment,
    EndAssignment,
    NotifyHousehold,
    RetractAssignment,
)
from services.decisions.assignments.plans import AdoptPlan, Ending, Planned

__all__ = [
    "AdoptPlan",
    "AssignGroup",
    "AssignHousehold",
    "CorrectAssignment",
    "EndAssignment",
    "Ending",
    "NotifyHousehold",
    "Planned",
    "RetractAssignment",
]

COMMANDS = (
    AssignHousehold,
    AssignGroup,
    AdoptPlan,
    EndAssignment,
    CorrectAssignment,
    RetractAssignment,
    NotifyHousehold,
)
