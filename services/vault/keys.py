"""Keys of persons and households: made before the first fact that needs them is recorded, kept at hand while used."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

import structlog
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.sealing import CannotUnseal, unseal
from projections.database import Connection, Pool
from services.vault.master import SIZE, CannotUnwrap, MasterKey, MasterKeyError, MasterKeys, MasterKeyWrong
from services.vault.places import Places

log = structlog.get_logger()

AT_HAND = 8_000
DIGEST = b"digest"
TRIES = 5
"""How often keys are wrapped again when a rotation goes over to another master key at that very moment."""

CURRENT = "SELECT id FROM vault.master WHERE current"
# Locks the master key's row: a rotation that goes over to another waits for this, and what waits for it finds it gone.
INSERT = """INSERT INTO vault.key (owner, wrapped, master)
            SELECT owner, wrapped, m.id FROM unnest($1::uuid[], $2::bytea[]) AS made (owner, wrapped),
                (SELECT id FROM vault.master WHERE id = $3 AND current FOR SHARE) m
            ON CONFLICT (owner) DO NOTHING RETURNING owner"""
DESTROY = """INSERT INTO vault.key (owner, destroyed_at) SELECT owner, now() FROM unnest($1::uuid[]) owner
             ON CONFLICT (owner) DO UPDATE SET wrapped = NULL, master = NULL, destroyed_at = now()
             WHERE key.wrapped IS NOT NULL"""
SELECT = "SELECT owner, wrapped, master, destroyed_at FROM vault.key WHERE owner = ANY($1::uuid[])"
DESTROYED = "SELECT owner FROM vault.key WHERE owner = ANY($1::uuid[]) AND destroyed_at IS NOT NULL"
INSTALLATION = "SELECT digest_key, master FROM vault.installation"


class KeyDestroyed(Exception):
    """The owner's data has been erased: nothing may be sealed for him any more."""

    def __init__(self, owner: UUID) -> None:
        super().__init__(str(owner))
        self.owner = owner


class KeyDamaged(Exception):
    """The owner's key does not unwrap with the master key it was wrapped with. It is left as it is: what was sealed
    with it can be read again when it comes back from a backup."""

    def __init__(self, owner: UUID) -> None:
        super().__init__(str(owner))
        self.owner = owner


class Keys:
    """The vault's keys by owner. `pool` is in the role of the keeper; `open` comes before anything else."""

    def __init__(self, pool: Pool, places: Places) -> None:
        self._pool = pool
        self._places = places
        self._masters = MasterKeys([])
        self._current = ""
        self._at_hand: OrderedDict[UUID, AESGCM] = OrderedDict()
        self._ended: set[UUID] = set()
        self._told: list[Callable[[Sequence[UUID]], None]] = []

    async def open(self) -> bytes:
        """Finds the master keys and makes the vault at the first start. Returns the installation's key for digests of
        what was submitted.

        Raises `MasterKeyError`: what is missing, or that this is not the master key that the vault was made with.
        """
        current = await self._pool.fetchval(CURRENT)
        self._masters = await self._places.keys()
        if current is None:
            await self._make()
            current = await self._pool.fetchval(CURRENT)
        self._current = self._masters.get(current).id
        row = await self._pool.fetchrow(INSTALLATION)
        assert row is not None
        try:
            return (await self._master(row["master"])).unwrap(row["digest_key"], DIGEST)
        except CannotUnwrap:
            raise MasterKeyError(
                "the installation's own secret in the vault is damaged: restore vault.installation from the vault's "
                "backup; nothing was changed"
            ) from None

    async def _make(self) -> None:
        """A vault of the newest master key; of two that start at once, one makes it."""
        key = self._masters.get(self._masters.ids[0]) if self._masters.ids else await self._places.add()
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('vault made', 0))")
            if await connection.fetchval(CURRENT) is None:
                await make_current(connection, key.id)
                await connection.execute(
                    "INSERT INTO vault.installation (digest_key, master) VALUES ($1, $2)",
                    key.wrap(os.urandom(SIZE), DIGEST),
                    key.id,
                )
        self._masters = await self._places.keys()

    async def for_sealing(self, owners: Iterable[UUID]) -> dict[UUID, AESGCM]:
        """A key for each owner, made and committed where there is none.

        Raises `KeyDestroyed`, `KeyDamaged`, or `MasterKeyError` when the vault is wrapped with a master key that is
        not here.
        """
        wanted = set(owners)
        keys = await self.for_reading(wanted)
        # In one order for all: two that make some of the same keys would otherwise wait for each other.
        missing = sorted(wanted - keys.keys())
        for _ in range(TRIES):
            if not missing:
                return keys
            if self._current not in self._masters:
                self._current = await self._pool.fetchval(CURRENT)
            keys |= await self._new(missing)
            missing = [owner for owner in missing if owner not in keys]
            if missing:
                # Somebody else made them meanwhile, or they have ended; or the vault has gone over to another key.
                for owner, key in (await self._look_up(missing)).items():
                    if key is None:
                        raise KeyDamaged(owner)
                    keys[owner] = key
                missing = [owner for owner in missing if owner not in keys]
            if missing:
                destroyed = await self.destroyed(missing)
                if destroyed:
                    raise KeyDestroyed(min(destroyed))
                self._current = await self._pool.fetchval(CURRENT)
        raise MasterKeyError("the vault went over to other master keys again and again: try once more")

    async def _new(self, owners: Sequence[UUID]) -> dict[UUID, AESGCM]:
        """Keys for those of the owners that had none, committed."""
        master = await self._master(self._current)
        secrets = {owner: os.urandom(SIZE) for owner in owners}
        wrapped = [master.wrap(secret, owner.bytes) for owner, secret in secrets.items()]
        made = [UUID(bytes=row["owner"].bytes) for row in await self._pool.fetch(INSERT, owners, wrapped, master.id)]
        keys = {owner: AESGCM(secrets[owner]) for owner in made}
        self._at_hand.update((owner, key) for owner, key in keys.items() if owner not in self._ended)
        self._trim()
        return keys

    def _trim(self) -> None:
        while len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)

    async def for_reading(self, owners: Iterable[UUID]) -> dict[UUID, AESGCM]:
        """The keys there are; an owner without one, whose key was destroyed or is damaged, is left out."""
        keys, missing = {}, []
        for owner in set(owners):
            key = self._at_hand.get(owner)
            if key is None:
                missing.append(owner)
            else:
                self._at_hand.move_to_end(owner)
                keys[owner] = key
        if missing:
            keys |= {owner: key for owner, key in (await self._look_up(missing)).items() if key is not None}
        return keys

    async def _look_up(self, owners: Sequence[UUID]) -> dict[UUID, AESGCM | None]:
        """Keys from the vault, which are at hand from then on; None for one that is damaged."""
        found = await self._unwrapped(owners)
        at_hand = {owner: key for owner, key in found.items() if key is not None and owner not in self._ended}
        self._at_hand.update(at_hand)
        self._trim()
        return found

    async def _unwrapped(self, owners: Sequence[UUID]) -> dict[UUID, AESGCM | None]:
        """Keys from the vault; None for one that is damaged."""
        found: dict[UUID, AESGCM | None] = {}
        for row in await self._pool.fetch(SELECT, owners):
            owner = row["owner"]
            if row["wrapped"] is None:
                continue
            master = await self._master(row["master"])
            if owner in self._ended:
                # It ended while we asked: what was read before that must not come to hand again.
                continue
            try:
                found[owner] = AESGCM(master.unwrap(row["wrapped"], owner.bytes))
            except (CannotUnwrap, ValueError):
                found[owner] = None
                log.error("vault.key_damaged", owner=str(owner), do="soho doctor")
        return found

    async def _master(self, id: str) -> MasterKey:
        """The master key with the id, looked for once more when it is not known: a rotation may have added it."""
        if id not in self._masters:
            self._masters = await self._places.keys()
        try:
            return self._masters.get(id)
        except MasterKeyWrong:
            log.error("vault.master_key_missing", wanted=id, given=self._masters.ids)
            raise

    async def destroyed(self, owners: Iterable[UUID]) -> set[UUID]:
        """Those of the owners whose keys were destroyed, also where an older vault was put back beneath us."""
        asked = list(owners)
        gone = {UUID(bytes=row["owner"].bytes) for row in await self._pool.fetch(DESTROYED, asked)}
        return gone | self._ended.intersection(asked)

    async def destroy(self, owners: Iterable[UUID]) -> None:
        """Ends the keys for good: also of owners who have none yet, so that none is ever made."""
        ended = sorted(set(owners))
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(DESTROY, ended)
            await connection.execute("DELETE FROM vault.follow_code WHERE grievance = ANY($1::uuid[])", ended)
        self.forget(ended)

    def forget(self, owners: Iterable[UUID]) -> None:
        """Drops keys kept at hand: they were destroyed, here or by another process. Who keeps what was opened with them
        is told."""
        ended = list(owners)
        for owner in ended:
            self._ended.add(owner)
            self._at_hand.pop(owner, None)
        for tell in self._told:
            tell(ended)

    def when_forgotten(self, tell: Callable[[Sequence[UUID]], None]) -> None:
        """From now on `tell` is called with whose keys end, before anybody else can ask for anything."""
        self._told.append(tell)

    def has_ended(self, owner: UUID) -> bool:
        """Whether the owner's key ended since this process began. What was opened before is not to be kept."""
        return owner in self._ended

    async def read(self, sealed: Iterable[tuple[UUID, str, str]]) -> list[str | None]:
        """The texts behind (owner, field, sealed value); None where the key was destroyed or something is damaged."""
        values = list(sealed)
        return _read(values, await self.for_reading(owner for owner, _, _ in values))

    async def read_in_passing(self, sealed: Sequence[tuple[UUID, str, str]]) -> list[str | None]:
        """The same for very many values that are read once: their keys do not push out those that are in use."""
        found = await self._unwrapped(list({owner for owner, _, _ in sealed}))
        return _read(sealed, {owner: key for owner, key in found.items() if key is not None})


async def make_current(connection: Connection, id: str) -> None:
    """From the commit on, new keys are wrapped with this master key only."""
    await connection.execute("INSERT INTO vault.master (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
    await connection.execute("UPDATE vault.master SET current = false WHERE current AND id <> $1", id)
    await connection.execute("UPDATE vault.master SET current = true, retired_at = NULL WHERE id = $1", id)


def _read(sealed: Iterable[tuple[UUID, str, str]], keys: Mapping[UUID, AESGCM]) -> list[str | None]:
    return [_opened(keys[owner], owner, field, text) if owner in keys else None for owner, field, text in sealed]


def _opened(key: AESGCM, owner: UUID, field: str, text: str) -> str | None:
    try:
        return unseal(key, owner, field, text)
    except CannotUnseal:
        log.error("vault.cannot_unseal", owner=str(owner), field=field)
        return None
