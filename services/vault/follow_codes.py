"""Codes with which a household follows its own case, without an account: random, kept as digests only."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from uuid import UUID

from projections.database import Pool

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are misread (Crockford's base 32)."""
LENGTH = 16
"""Signs of five bits: 80 bits, far beyond guessing."""
GROUP = 4
READ_AS = str.maketrans("OIL", "011", " -")

ISSUE = """INSERT INTO vault.follow_code (grievance, digest, about) VALUES ($1, $2, $3)
           ON CONFLICT (grievance)
           DO UPDATE SET digest = excluded.digest, about = excluded.about, issued_at = now()"""
FIND = "SELECT grievance, about FROM vault.follow_code WHERE digest = $1"


class FollowCodes:
    """`pool` is in the role of the keeper, `key` the installation's key for digests."""

    def __init__(self, pool: Pool, key: bytes) -> None:
        self._pool = pool
        self._key = key

    async def issue(self, grievance: UUID, about: Sequence[UUID]) -> str:
        """A new code of the case, which is about these persons, in groups of four; one given before it is not valid any
        more."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        await self._pool.execute(ISSUE, grievance, self._digest(code), about)
        return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))

    async def find(self, code: str) -> tuple[UUID, list[UUID]] | None:
        """The case of the code, however it was typed, and whom it was about then; None where there is none."""
        found = await self._pool.fetchrow(FIND, self._digest(code.upper().translate(READ_AS)))
        return None if found is None else (found["grievance"], found["about"])

    def _digest(self, code: str) -> bytes:
        return hmac.digest(self._key, b"follow " + code.encode(), "sha256")
