"""Every command that can be submitted, by type name."""

from __future__ import annotations

from typing import Any, Union

from services.decisions import (
    assignments,
    erasures,
    evaluations,
    grievances,
    households,
    inspections,
    meetings,
    members,
    organisation,
    publications,
    visits,
)
from services.decisions.command import Command

AREAS = (
    organisation,
    members,
    households,
    assignments,
    visits,
    meetings,
    grievances,
    evaluations,
    erasures,
    publications,
    inspections,
)

COMMANDS: dict[str, type[Command]] = {
    str(command.__struct_config__.tag): command for area in AREAS for command in area.COMMANDS
}
"""Type name → command."""

AnyCommand: Any = Union[tuple(COMMANDS.values())]  # noqa: UP007
"""The discriminated union of all commands."""
