"""Decisions about grievances: every step of a case, from the household's word to its end."""

from __future__ import annotations

from services.decisions.command import Command
from services.decisions.grievances import hearing, inspecting, raising, routing, settling

COMMANDS: tuple[type[Command], ...] = (
    *raising.COMMANDS,
    *routing.COMMANDS,
    *settling.COMMANDS,
    *hearing.COMMANDS,
    *inspecting.COMMANDS,
)
