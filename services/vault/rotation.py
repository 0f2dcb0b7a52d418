"""Going over to another master key while everything runs: every key in the vault is wrapped again.

It can be killed at any moment and started again. What a run does is written down before the next step begins: the new
key where master keys are kept, then that it is the current one, then key by key. Whoever serves meanwhile accepts both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import msgspec
import structlog

from projections.database import Connection, Pool
from services.vault.keys import CURRENT, DIGEST, INSTALLATION, make_current
from services.vault.master import CannotUnwrap, MasterKey, MasterKeyError, MasterKeys
from services.vault.places import Places

log = structlog.get_logger()

CHUNK = 1_000
LEFT = "SELECT count(*) FROM vault.key WHERE master <> $1"
OTHERS = """SELECT owner, wrapped, master FROM vault.key WHERE master <> $1 AND owner > $2 ORDER BY owner LIMIT $3"""
# Only what is still wrapped as it was read: a key that was destroyed meanwhile stays destroyed.
AGAIN = """UPDATE vault.key k SET wrapped = n.wrapped, master = $4
           FROM unnest($1::uuid[], $2::bytea[], $3::text[]) n (owner, wrapped, was)
           WHERE k.owner = n.owner AND k.master = n.was"""
RETIRE = "UPDATE vault.master SET retired_at = now() WHERE NOT current AND retired_at IS NULL RETURNING id"
LOCK = "SELECT pg_try_advisory_lock(hashtextextended('vault rotate', 0))"
UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('vault rotate', 0))"

Progress = Callable[[int, int], None]
"""Told (done, total) in keys."""


class RotationRunning(Exception):
    """Another rotation of the same vault is under way."""


class Rotated(msgspec.Struct, frozen=True):
    """What a rotation did: `continued` where it finished one that was interrupted. `damaged` are keys that did not
    open: they are left as they are, wrapped with a master key that is therefore not retired."""

    current: str
    rewrapped: int
    continued: bool
    retired: list[str]
    damaged: list[UUID]


async def rotate(pool: Pool, places: Places, progress: Progress) -> Rotated:
    """Goes over to a new master key, or finishes what an interrupted rotation began. `pool` is in the keeper's role.

    Raises `MasterKeyError` or `RotationRunning`.
    """
    async with pool.acquire() as connection, _alone(connection):
        current = await connection.fetchval(CURRENT)
        if current is None:
            raise MasterKeyError("there is no vault yet: start the API once")
        masters = await places.keys()
        masters.get(current)
        target, continued = await _target(connection, places, masters, current)
        async with connection.transaction():
            await make_current(connection, target.id)
        masters = await places.keys()
        rewrapped, damaged = await _rewrap(connection, masters, target, progress)
        await _own_secret(connection, masters, target)
        retired = [] if damaged else await _retire(connection, places, masters, target)
    log.info("vault.rotated", current=target.id, rewrapped=rewrapped, damaged=len(damaged))
    return Rotated(target.id, rewrapped, continued, retired, damaged)


@asynccontextmanager
async def _alone(connection: Connection) -> AsyncIterator[None]:
    """No other rotation of the vault until it is left. Raises `RotationRunning`."""
    if not await connection.fetchval(LOCK):
        raise RotationRunning
    try:
        yield
    finally:
        await connection.execute(UNLOCK)


async def _target(connection: Connection, places: Places, masters: MasterKeys, current: str) -> tuple[MasterKey, bool]:
    """The master key to go over to, and whether an earlier rotation had begun to."""
    newest = masters.ids[0]
    if newest != current:
        return masters.get(newest), True
    unfinished = len(masters.ids) > 1 or await connection.fetchval(LEFT, current)
    if unfinished:
        return masters.get(current), True
    return await places.add(), False


async def _rewrap(
    connection: Connection, masters: MasterKeys, target: MasterKey, progress: Progress
) -> tuple[int, list[UUID]]:
    total = await connection.fetchval(LEFT, target.id)
    done, after = 0, UUID(int=0)
    damaged: list[UUID] = []
    while rows := await connection.fetch(OTHERS, target.id, after, CHUNK):
        again: list[tuple[UUID, bytes, str]] = []
        for owner, wrapped, was in rows:
            try:
                key = masters.get(was).unwrap(wrapped, owner.bytes)
            except CannotUnwrap:
                damaged.append(owner)
            else:
                again.append((owner, target.wrap(key, owner.bytes), was))
        if again:
            await connection.execute(AGAIN, *map(list, zip(*again, strict=True)), target.id)
        done, after = done + len(rows), rows[-1]["owner"]
        progress(done, max(done, total))
    return done - len(damaged), damaged


async def _own_secret(connection: Connection, masters: MasterKeys, target: MasterKey) -> None:
    row = await connection.fetchrow(INSTALLATION)
    assert row is not None
    if row["master"] != target.id:
        secret = masters.get(row["master"]).unwrap(row["digest_key"], DIGEST)
        await connection.execute(
            "UPDATE vault.installation SET digest_key = $1, master = $2", target.wrap(secret, DIGEST), target.id
        )


async def _retire(connection: Connection, places: Places, masters: MasterKeys, target: MasterKey) -> list[str]:
    """Notes in the vault first, then where the keys are kept, which may have been interrupted before."""
    noted = [row["id"] for row in await connection.fetch(RETIRE)]
    retired = [id for id in dict.fromkeys([*noted, *masters.ids]) if id != target.id]
    for id in retired:
        await places.retire(id)
    return retired
