"""Where master keys are kept: in a file, in the environment, or wrapped by an external key management."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from projections.database import Pool
from services.embedded.files import create_private, write_private
from services.vault import master
from services.vault.key_command import KeyCommand
from services.vault.key_management import KeyManagement, KeyManagementFailed
from services.vault.master import MasterKey, MasterKeyError, MasterKeys

FILE, TEXT, COMMAND = "SOHO_MASTER_KEY_FILE", "SOHO_MASTER_KEY", "SOHO_MASTER_KEY_COMMAND"

WRAPPED = """SELECT wrapped FROM vault.master WHERE wrapped IS NOT NULL AND retired_at IS NULL
             ORDER BY made_at DESC, id"""
KEEP = "INSERT INTO vault.master (id, wrapped) VALUES ($1, $2) ON CONFLICT DO NOTHING"


class Given(msgspec.Struct, frozen=True):
    """Where the environment says that master keys are. `text` holds them: it is never shown."""

    file: Path | None = None
    text: str | None = None
    command: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Given(file={self.file}, text={'***' if self.text else None}, command={self.command[:1]})"

    def __bool__(self) -> bool:
        return bool(self.file or self.text or self.command)


def from_environment(environment: Mapping[str, str] = os.environ) -> Given:
    """Reads SOHO_MASTER_KEY_FILE, SOHO_MASTER_KEY and SOHO_MASTER_KEY_COMMAND. More than one is for going over from
    one to the other."""
    file = environment.get(FILE)
    command = tuple(shlex.split(environment.get(COMMAND, "")))
    return Given(Path(file) if file else None, environment.get(TEXT) or None, command)


class Place(Protocol):
    """One place. What it cannot do raises `MasterKeyError`."""

    async def keys(self) -> list[MasterKey]:
        """The keys in it, newest first; none where it has none yet."""

    async def add(self, key: MasterKey) -> None:
        """Keeps the key as its newest, durably."""

    async def retire(self, id: str) -> None:
        """The vault needs the key no longer, though older backups of the vault do."""


class InFile:
    """A file with one key a line. A key that is retired goes to a file beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def keys(self) -> list[MasterKey]:
        return await asyncio.to_thread(master.from_file, self._path)

    async def add(self, key: MasterKey) -> None:
        await asyncio.to_thread(self._write, [key, *await self.keys()])

    async def retire(self, id: str) -> None:
        keys = await self.keys()
        for key in keys:
            if key.id == id:
                beside = self._path.with_name(f"{self._path.name}.retired-{id}")
                await asyncio.to_thread(create_private, beside, f"{key.text()}\n".encode())
                left = [other for other in keys if other.id != id]
                # The last one stays: the vault has gone over to another place, and an empty file would look lost.
                if left:
                    await asyncio.to_thread(self._write, left)

    def _write(self, keys: Sequence[MasterKey]) -> None:
        # Whoever rotates as root must not take the file away from the account that serves.
        was = self._path.stat()
        owner = (was.st_uid, was.st_gid) if os.geteuid() == 0 else None
        write_private(self._path, "".join(f"{key.text()}\n" for key in keys).encode(), owner)


class InEnvironment:
    """Keys that whoever starts the program gives it, newest first. They are his to change."""

    def __init__(self, text: str) -> None:
        self._text = text

    async def keys(self) -> list[MasterKey]:
        return master.from_text(self._text)

    async def add(self, key: MasterKey) -> None:  # noqa: ARG002
        raise MasterKeyError(
            f"the master key comes from {TEXT}: put a new one (32 random bytes as base64) and a space before it, "
            "start the API again with both, and rotate again"
        )

    async def retire(self, id: str) -> None:
        """Nothing to do: he takes it out."""


class Managed:
    """Keys that stand in the vault, wrapped by an external key management."""

    def __init__(self, management: KeyManagement, pool: Pool) -> None:
        self._management = management
        self._pool = pool

    async def keys(self) -> list[MasterKey]:
        try:
            rows = await self._pool.fetch(WRAPPED)
            return [MasterKey(await self._management.unwrap(row["wrapped"])) for row in rows]
        except KeyManagementFailed as failure:
            raise MasterKeyError(f"the key management ({COMMAND}) failed: {failure}; nothing was changed") from None

    async def add(self, key: MasterKey) -> None:
        try:
            wrapped = await self._management.wrap(key.secret())
            if await self._management.unwrap(wrapped) != key.secret():
                raise KeyManagementFailed("it did not give back what it was given")
        except KeyManagementFailed as failure:
            raise MasterKeyError(f"the key management ({COMMAND}) failed: {failure}; nothing was changed") from None
        await self._pool.execute(KEEP, key.id, wrapped)

    async def retire(self, id: str) -> None:
        """Nothing to do: the vault's own note that it is retired says so."""


class Places:
    """Every place that was named; new keys go to the first. `pool` is in the role of the keeper."""

    def __init__(self, named: Given, pool: Pool) -> None:
        found: list[Place] = []
        if named.command:
            found.append(Managed(KeyCommand(named.command), pool))
        if named.text:
            found.append(InEnvironment(named.text))
        if named.file:
            found.append(InFile(named.file))
        self._places = found

    async def keys(self) -> MasterKeys:
        """All the keys there are now, newest first. Raises `MasterKeyError`."""
        return MasterKeys([key for place in self._places for key in await place.keys()])

    async def add(self) -> MasterKey:
        """A new key, kept durably. Raises `MasterKeyError`."""
        key = MasterKey.new()
        await self._places[0].add(key)
        return key

    async def retire(self, id: str) -> None:
        for place in self._places:
            await place.retire(id)
