"""The vault: every key in it opens with a master key that is here."""

from __future__ import annotations

from uuid import UUID

from projections.archive import reader
from projections.database import Connection, Pool
from services.cli.checks.findings import Outcome, Wrong
from services.vault.keys import DIGEST, INSTALLATION
from services.vault.master import CannotUnwrap, MasterKeys

CHUNK = 10_000
KEYS = "SELECT owner, wrapped, master FROM vault.key WHERE owner > $1 AND wrapped IS NOT NULL ORDER BY owner LIMIT $2"
ALIVE = "SELECT owner FROM vault.key WHERE owner = ANY($1::uuid[]) AND wrapped IS NOT NULL"


async def opens(pool: Pool, masters: MasterKeys) -> Outcome:
    """Unwraps the installation's own secret and every key of a person, household or grievance."""
    wrong: list[Wrong] = []
    own = await pool.fetchrow(INSTALLATION)
    if own is not None and own["master"] not in masters:
        given = ", ".join(masters.ids)
        wrong.append(Wrong("master_key_wrong", f"the vault is wrapped with master key {own['master']}, not {given}"))
        return Outcome("vault", 1, wrong)
    if own is not None and not _opens(masters, own["master"], own["digest_key"], DIGEST):
        wrong.append(Wrong("secret_damaged", "restore vault.installation from the backup of the vault"))
    looked_at, after = 1, UUID(int=0)
    while rows := await pool.fetch(KEYS, after, CHUNK):
        for owner, wrapped, master in rows:
            if not _opens(masters, master, wrapped, owner.bytes):
                wrong.append(Wrong("key_damaged", f"restore the row of {owner} in vault.key from the vault's backup"))
        looked_at += len(rows)
        after = rows[-1]["owner"]
    return Outcome("vault", looked_at, wrong)


async def ended(archive: Connection, pool: Pool) -> Outcome:
    """Whether every key that ended with a fact is gone: an older vault may have been put back."""
    owners = await reader.destroyed_after(archive, 0)
    alive = {row[0] for row in await pool.fetch(ALIVE, [owner for _, owner in owners])}
    wrong = [
        Wrong("key_came_back", f"the key of {owner} had ended: start the API again, which ends it", position)
        for position, owner in owners
        if owner in alive
    ]
    return Outcome("ended_keys", len(owners), wrong)


def _opens(masters: MasterKeys, master: str, wrapped: bytes, name: bytes) -> bool:
    if master not in masters:
        return False
    try:
        masters.get(master).unwrap(wrapped, name)
    except CannotUnwrap:
        return False
    return True
