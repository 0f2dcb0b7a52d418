"""The limits that the installation set, as the registers go by them: decisions about grievances go by the same."""

from __future__ import annotations

from projections.database import Connection
from projections.states import house_limits
from projections.states.house_limits import adopted


async def follow(connection: Connection) -> None:
    """Adopts what the register of grievances was folded by, where that is not what this process goes by."""
    digest = await connection.fetchval("SELECT digest FROM access.house_limits()")
    if digest is not None and digest != adopted().digest:
        content: str = await connection.fetchval("SELECT content FROM access.house_limits() WHERE digest = $1", digest)
        house_limits.adopt(house_limits.restored(content))
