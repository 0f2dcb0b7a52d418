"""Keys of persons and households: made before the first fact that needs them is recorded, kept at hand while used."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.sealing import CannotUnseal, unseal
from projections.database import Pool
from services.vault.master import SIZE, MasterKey

log = structlog.get_logger()

AT_HAND = 8_000
DIGEST = b"digest"

INSERT = """INSERT INTO vault.key (owner, wrapped) SELECT * FROM unnest($1::uuid[], $2::bytea[])
            ON CONFLICT (owner) DO NOTHING"""
DESTROY = """INSERT INTO vault.key (owner, wrapped, destroyed_at)
             SELECT owner, NULL, now() FROM unnest($1::uuid[]) owner
             ON CONFLICT (owner) DO UPDATE SET wrapped = NULL, destroyed_at = now() WHERE key.wrapped IS NOT NULL"""
SELECT = "SELECT owner, wrapped FROM vault.key WHERE owner = ANY($1::uuid[])"


class KeyDestroyed(Exception):
    """The owner's data has been erased: nothing may be sealed for him any more."""

    def __init__(self, owner: UUID) -> None:
        super().__init__(str(owner))
        self.owner = owner


class Keys:
    """The vault's keys by owner. `pool` is in the role of the keeper."""

    def __init__(self, pool: Pool, master: MasterKey) -> None:
        self._pool = pool
        self._master = master
        self._at_hand: OrderedDict[UUID, AESGCM] = OrderedDict()

    async def digest_key(self) -> bytes:
        """The installation's key for digests of what was submitted; made at the first start."""
        wrapped = self._master.wrap(os.urandom(SIZE), DIGEST)
        await self._pool.execute(
            "INSERT INTO vault.installation (digest_key) VALUES ($1) ON CONFLICT DO NOTHING", wrapped
        )
        kept: bytes = await self._pool.fetchval("SELECT digest_key FROM vault.installation")
        return self._master.unwrap(kept, DIGEST)

    async def for_sealing(self, owners: Iterable[UUID]) -> dict[UUID, AESGCM]:
        """A key for each owner, made and committed where there is none. Raises `KeyDestroyed`."""
        wanted = set(owners)
        keys = await self.for_reading(wanted)
        # In one order for all: two that make some of the same keys would otherwise wait for each other.
        missing = sorted(owner for owner in wanted if owner not in keys)
        if missing:
            wrapped = [self._master.wrap(os.urandom(SIZE), owner.bytes) for owner in missing]
            await self._pool.execute(INSERT, missing, wrapped)
            keys |= await self.for_reading(missing)
        for owner in missing:
            if owner not in keys:
                raise KeyDestroyed(owner)
        return keys

    async def for_reading(self, owners: Iterable[UUID]) -> dict[UUID, AESGCM]:
        """The keys there are; an owner without one, or whose key was destroyed, is left out."""
        keys, missing = {}, []
        for owner in set(owners):
            key = self._at_hand.get(owner)
            if key is None:
                missing.append(owner)
            else:
                self._at_hand.move_to_end(owner)
                keys[owner] = key
        if missing:
            for row in await self._pool.fetch(SELECT, missing):
                if row["wrapped"] is not None:
                    owner = row["owner"]
                    keys[owner] = self._at_hand[owner] = AESGCM(self._master.unwrap(row["wrapped"], owner.bytes))
            while len(self._at_hand) > AT_HAND:
                self._at_hand.popitem(last=False)
        return keys

    async def destroy(self, owners: Iterable[UUID]) -> None:
        """Ends the keys for good: also of owners who have none yet, so that none is ever made."""
        ended = sorted(set(owners))
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(DESTROY, ended)
            await connection.execute("DELETE FROM vault.follow_code WHERE grievance = ANY($1::uuid[])", ended)
        self.forget(ended)

    def forget(self, owners: Iterable[UUID]) -> None:
        """Drops keys kept at hand: they were destroyed, here or by another process."""
        for owner in owners:
            self._at_hand.pop(owner, None)

    async def read(self, sealed: Iterable[tuple[UUID, str, str]]) -> list[str | None]:
        """The texts behind (owner, field, sealed value); None where the key was destroyed or the value is damaged."""
        values = list(sealed)
        keys = await self.for_reading(owner for owner, _, _ in values)
        return [_opened(keys[owner], owner, field, text) if owner in keys else None for owner, field, text in values]


def _opened(key: AESGCM, owner: UUID, field: str, text: str) -> str | None:
    try:
        return unseal(key, owner, field, text)
    except CannotUnseal:
        log.error("vault.cannot_unseal", owner=str(owner), field=field)
        return None
