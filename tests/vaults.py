"""Vaults of tests: with a master key given as text, where a test needs no file of its own."""

from __future__ import annotations

from base64 import b64encode

from projections.database import Pool
from services.vault.keys import Keys
from services.vault.master import SIZE
from services.vault.places import Given, Places

ZEROS = Given(text=b64encode(bytes(SIZE)).decode())
"""A master key that no installation has."""


async def opened(pool: Pool, given: Given = ZEROS) -> Keys:
    """The vault's keys, ready; made where there is no vault yet. `pool` is in the role of the keeper."""
    keys = Keys(pool, Places(given, pool))
    await keys.open()
    return keys
