"""Codes with which a household follows its own case, without an account: random, kept as digests only."""

from __future__ import annotations

import hmac
import secrets
from uuid import UUID

from projections.database import Pool

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are misread (Crockford's base 32)."""
LENGTH = 16
"""Signs of five bits: 80 bits, far beyond guessing."""
GROUP = 4
READ_AS = str.maketrans("OIL", "011", " -")

ISSUE = """INSERT INTO vault.follow_code (grievance, digest) VALUES ($1, $2)
           ON CONFLICT (grievance) DO UPDATE SET digest = excluded.digest, issued_at = now()"""
FIND = "SELECT grievance FROM vault.follow_code WHERE digest = $1"


class FollowCodes:
    """`pool` is in the role of the keeper, `key` the installation's key for digests."""

    def __init__(self, pool: Pool, key: bytes) -> None:
        self._pool = pool
        self._key = key

    async def issue(self, grievance: UUID) -> str:
        """A new code of the case, in groups of four; one given before it is not valid any more."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        await self._pool.execute(ISSUE, grievance, self._digest(code))
        return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))

    async def find(self, code: str) -> UUID | None:
        """The case of the code, however it was typed; None where there is none."""
        found: UUID | None = await self._pool.fetchval(FIND, self._digest(code.upper().translate(READ_AS)))
        return found

    def _digest(self, code: str) -> bytes:
        return hmac.digest(self._key, b"follow " + code.encode(), "sha256")
