"""What is masked for everybody, and shown to who had it revealed for a stated reason, for some hours."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from events.calendar import VIETNAM
from services.queries.session import Session

MASK = "***"
PETITIONER, CONTACT = "grievance_reveal", "member_contact"
"""Routes that reveal: their reads show their reader what is masked, until they run out."""

REVEALED = "SELECT until, glass_broken FROM reads.revealed($1, $2)"


class Revealed(NamedTuple):
    """Until when, as in Viet Nam, something masked is shown to the caller, and whether he broke the glass for it."""

    until: datetime
    glass_broken: bool


async def in_force(session: Session, route: str, subject: UUID) -> Revealed | None:
    """What the caller had revealed by the route about the subject; None where that is over, or never was."""
    row = await session.connection.fetchrow(REVEALED, route, subject)
    return None if row is None else Revealed(row["until"].astimezone(VIETNAM), row["glass_broken"])
