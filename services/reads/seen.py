"""Whose personal data an answer holds: collected where names are looked up and sealed values opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(slots=True)
class Seen:
    """Ids of those whom an answer tells of. `opened` are the grievances of which a sealed part was opened for it.
    `shown_until` is up to when the answer shows its reader what is masked otherwise, `glass_broken` that his office may
    not see it outside of danger."""

    persons: set[UUID] = field(default_factory=set)
    households: set[UUID] = field(default_factory=set)
    grievances: set[UUID] = field(default_factory=set)
    opened: set[UUID] = field(default_factory=set)
    shown_until: datetime | None = None
    glass_broken: bool = False

    def anybody(self) -> bool:
        """Whether it is about anybody at all."""
        return bool(self.persons or self.households or self.grievances)
