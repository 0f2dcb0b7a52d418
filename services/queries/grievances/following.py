"""A household follows its own case: a code is given to it, and the code tells how far the case is."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from projections.database import Pool
from projections.registers import grievances
from services import texts
from services.queries.session import CannotAnswer, Session
from services.reads.log import HOUSEHOLD, Reader, Reading, ReadLog
from services.reads.seen import Seen
from services.vault.follow_codes import FollowCodes

FOLLOW = "follow"
"""The route that a code opens."""

FOLLOWED = "SELECT * FROM access.followed($1)"
ANYBODY = Reader(HOUSEHOLD, None, None, None, FOLLOW)
"""Who asks with a code."""


class FollowCode(msgspec.Struct, frozen=True):
    """The code, to be written down for the household: it is kept nowhere as it is."""

    code: str


class Following(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a household asks with."""

    code: Annotated[str, msgspec.Meta(max_length=100)]


class Followed(msgspec.Struct, frozen=True):
    """How far a case is: since when a body has had it, its state (`said` in words) and since when, the office that has
    it and its number there, and the last day of what runs now. No name, no text."""

    received: date
    stage: str
    said: str
    since: date
    office: str
    number: str | None
    due: date | None


async def issue(session: Session, codes: FollowCodes, grievance: UUID) -> FollowCode:
    """A code of the case. Raises `CannotAnswer` (not_found): there is none, or it is not the caller's to see."""
    if await grievances.case_of(session.connection, grievance, session.today, session.known_at) is None:
        raise CannotAnswer("not_found")
    about = await session.connection.fetchval("SELECT about FROM access.followed($1)", grievance)
    return FollowCode(await codes.issue(grievance, about))


async def followed(reader: Pool, reads: ReadLog, codes: FollowCodes, code: str, language: str) -> Followed | None:
    """How far the case of the code is; None where no case has it, or somebody was named since the code was given: he,
    or somebody below him, may be who has it. Raises `ReadNotRecorded`."""
    grievance, about = await codes.find(code) or (None, [])
    seen = Seen()
    async with (
        reads.recording(Reading(FOLLOW)) as record,
        reader.acquire() as connection,
        record.question(connection, ANYBODY, seen),
    ):
        # Asked also without a case: an unknown code takes as long as one that ended.
        row = await connection.fetchrow(FOLLOWED, grievance)
        if row is None or row["about"] != about:
            return None
        assert grievance is not None
        seen.grievances.add(grievance)
    number = None if row["number"] is None else f"{row['number']}/{row['year']}"
    said = texts.term("stage", row["stage"], language)
    return Followed(row["received"], row["stage"], said, row["since"], row["office"], number, row["due"])
