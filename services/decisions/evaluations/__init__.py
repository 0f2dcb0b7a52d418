"""Decisions about the yearly classification. Software says what a rulebook asks for; people name every level."""

from __future__ import annotations

from services.decisions.command import Command
from services.decisions.evaluations import objections, pools, ratings, rounds, steps

COMMANDS: tuple[type[Command], ...] = (
    *rounds.COMMANDS,
    *steps.COMMANDS,
    *ratings.COMMANDS,
    *pools.COMMANDS,
    *objections.COMMANDS,
)
