"""Connections to PostgreSQL, each in the one role its work needs."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
else:
    Connection, Pool = asyncpg.Connection, asyncpg.Pool


class Role(Enum):
    """Database roles. Only `READER` answers people; row-level security applies to it everywhere."""

    FOLLOWER = "soho_follower"
    PROJECTOR = "soho_projector"
    INTAKE = "soho_intake"
    READER = "soho_reader"
    KEEPER = "soho_keeper"
    READ_LOG = "soho_read_log"
    OPERATOR = "soho_operator"


def _settings(role: Role, process: str) -> dict[str, str]:
    settings = {
        "role": role.value,
        "application_name": f"soho {process}",
        "timezone": "Asia/Ho_Chi_Minh",
        "jit": "off",
    }
    if role in (Role.FOLLOWER, Role.PROJECTOR):
        # What these two write can be built again from the log: a lost commit is only repeated.
        settings["synchronous_commit"] = "off"
    if role is Role.READ_LOG:
        # An answer leaves when its record is kept, whatever else the database may lose.
        settings["synchronous_commit"] = "on"
    if role is Role.READER:
        # For what opens a session. What is asked in it says for itself how it is planned.
        settings["plan_cache_mode"] = "force_generic_plan"
    return settings


async def connect(url: str, role: Role, process: str) -> Connection:
    """One connection in `role`."""
    return await asyncpg.connect(url, server_settings=_settings(role, process))


class _Pooled(asyncpg.Connection):
    """A connection that many use in turn. Whoever has it sets and locks for a transaction only, which ends before he
    gives it back: to ask the server each time to forget the rest would be a round trip for nothing."""

    def get_reset_query(self) -> str:
        return ""


async def open_pool(url: str, role: Role, process: str, size: int = 8, **options: Any) -> Pool:
    """A pool of at most `size` connections in `role`. Settings and locks beyond a transaction stay on a connection."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        connection_class=_Pooled,
        server_settings=_settings(role, process),
        **options,
    )
