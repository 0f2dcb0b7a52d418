"""By which limits of the installation the register was folded, and whether those of today would make other rows."""

from __future__ import annotations

from projections.database import Connection
from projections.states import house_limits
from projections.states.house_limits import HouseLimits, adopted

EXISTS = "SELECT to_regclass('grievances_v1.house_limits') IS NOT NULL"


async def noted(connection: Connection) -> HouseLimits | None:
    """The limits by which the live register was folded; None where there is no register yet."""
    if not await connection.fetchval(EXISTS):
        return None
    content: str = await connection.fetchval("SELECT content FROM grievances_v1.house_limits")
    return house_limits.restored(content)


async def adopt_noted(connection: Connection) -> None:
    """This process goes by the limits of the live register, where there is one."""
    found = await noted(connection)
    if found is not None:
        house_limits.adopt(found)


async def must_be_rebuilt(connection: Connection) -> bool:
    """Whether the live register has clocks that the adopted limits let end on another day. Where it has none, it is
    noted that it goes by these limits from now on."""
    known = await noted(connection)
    differ = known and adopted().differ_from(known)
    if not differ:
        return False
    since, clocks = differ
    query = "SELECT EXISTS (SELECT FROM grievances_v1.clock WHERE started >= $1 AND clock = ANY($2::text[]))"
    if await connection.fetchval(query, since, list(clocks)):
        return True
    await connection.execute(
        "UPDATE grievances_v1.house_limits SET digest = $1, content = $2", adopted().digest, adopted().text
    )
    return False
