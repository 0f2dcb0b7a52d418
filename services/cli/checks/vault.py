"""The vault: every key in it opens with the master key."""

from __future__ import annotations

from uuid import UUID

from projections.database import Connection
from services.cli.checks.findings import Outcome, Wrong
from services.vault.keys import DIGEST
from services.vault.master import MasterKey, MasterKeyError

CHUNK = 10_000
KEYS = "SELECT owner, wrapped FROM vault.key WHERE owner > $1 AND wrapped IS NOT NULL ORDER BY owner LIMIT $2"


async def opens(connection: Connection, master: MasterKey) -> Outcome:
    """Unwraps the installation's own secret and every key of a person or household."""
    wrong: list[Wrong] = []
    own = await connection.fetchval("SELECT digest_key FROM vault.installation")
    if own is not None and not _opens(master, own, DIGEST):
        wrong.append(Wrong("master_key_wrong", "the vault was made with another master key"))
        return Outcome("vault", 1, wrong)
    looked_at, after = 1, UUID(int=0)
    while rows := await connection.fetch(KEYS, after, CHUNK):
        for owner, wrapped in rows:
            if not _opens(master, wrapped, owner.bytes):
                wrong.append(Wrong("key_damaged", f"the key of {owner} does not open"))
        looked_at += len(rows)
        after = rows[-1]["owner"]
    return Outcome("vault", looked_at, wrong)


def _opens(master: MasterKey, wrapped: bytes, name: bytes) -> bool:
    try:
        master.unwrap(wrapped, name)
    except MasterKeyError:
        return False
    return True
