"""Where log, archive and registers stand, and what is wrong, as far as the caller may know."""

from __future__ import annotations

import msgspec

from projections.archive.reader import Alarm, open_alarms
from projections.database import Pool
from projections.registers import LIVE
from services.decisions.asking import OFFICES, Role
from services.queries.session import Session

KNOWS_ALARMS = OFFICES | {Role.AUDITOR}


class SystemState(msgspec.Struct, frozen=True):
    """Where each part stands, as positions of the log. `log` is None when the log did not answer.

    `quarantined` counts the entities in the caller's scope about which a fact could not be applied. `alarms` are those
    not yet dealt with; None for callers who have no part in running the system.
    """

    log: int | None
    archive: int
    registers: dict[str, int]
    quarantined: int
    alarms: list[Alarm] | None


async def standing(session: Session, intake: Pool, log: int | None) -> SystemState:
    """The state. `intake` is the pool in the role of intake, `log` the last position of the log."""
    connection = session.connection
    rows = await connection.fetch(
        "SELECT register, position FROM projection.checkpoint WHERE register = ANY($1) ORDER BY register", LIVE
    )
    archive: int = await connection.fetchval("SELECT archive.head()")
    quarantined: int = await connection.fetchval(
        "SELECT count(DISTINCT entity) FROM projection.quarantine WHERE register = ANY($1)", LIVE
    )
    alarms = None
    if session.asker.role in KNOWS_ALARMS:
        async with intake.acquire() as connection_of_intake:
            alarms = await open_alarms(connection_of_intake)
    return SystemState(log, archive, {row["register"]: row["position"] for row in rows}, quarantined, alarms)
