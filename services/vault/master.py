"""The master keys: 32 bytes each, that wrap every other key. They are never in the database in plain."""

from __future__ import annotations

import hmac
import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.embedded.files import create_private

SIZE = 32
NONCE = 12
ID_BYTES = 8


class MasterKeyError(Exception):
    """The master key is missing, unreadable, or not the one the vault was made with. Nothing was changed."""


class MasterKeyMissing(MasterKeyError):
    """The vault was made with a master key whose file is gone: a new one would open nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"the master key is missing and must be restored from its backup: {path}")
        self.path = path


class MasterKeyWrong(MasterKeyError):
    """None of the master keys given is the one that the vault, or a key in it, was wrapped with."""

    def __init__(self, wanted: str, given: Iterable[str]) -> None:
        self.wanted, self.given = wanted, tuple(given)
        there = ", ".join(self.given) or "none"
        super().__init__(
            f"the vault is wrapped with master key {wanted}, and what was given is {there}: "
            "put the right one back from its backup; nothing was changed"
        )


class CannotUnwrap(Exception):
    """A wrapped key is damaged, or stands under another name than it was wrapped for."""


class MasterKey:
    """Wraps and unwraps keys; each wrapped value is bound to its name. `id` tells it from others and gives nothing of
    it away."""

    def __init__(self, key: bytes) -> None:
        if len(key) != SIZE:
            raise MasterKeyError(f"the master key must have {SIZE} bytes, this one has {len(key)}")
        self.id = hmac.digest(key, b"id of a master key of soho", "sha256")[:ID_BYTES].hex()
        self._key = key
        self._box = AESGCM(key)

    @classmethod
    def new(cls) -> MasterKey:
        return cls(os.urandom(SIZE))

    def wrap(self, key: bytes, name: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._box.encrypt(nonce, key, name)

    def unwrap(self, wrapped: bytes, name: bytes) -> bytes:
        """Raises `CannotUnwrap` when it was wrapped by another key or under another name, or is damaged."""
        try:
            return self._box.decrypt(wrapped[:NONCE], wrapped[NONCE:], name)
        except (InvalidTag, ValueError):
            raise CannotUnwrap from None

    def secret(self) -> bytes:
        """The key itself, for whoever keeps it."""
        return self._key

    def text(self) -> str:
        """The key as base64."""
        return b64encode(self._key).decode()


class MasterKeys:
    """The master keys that are accepted now, newest first: more than one only while the vault goes over to another."""

    def __init__(self, keys: Sequence[MasterKey]) -> None:
        self._by_id = {key.id: key for key in reversed(keys)}
        self.ids = tuple(dict.fromkeys(key.id for key in keys))

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def get(self, id: str) -> MasterKey:
        """The key with the id. Raises `MasterKeyWrong`."""
        found = self._by_id.get(id)
        if found is None:
            raise MasterKeyWrong(id, self.ids)
        return found


def from_text(text: str) -> list[MasterKey]:
    """Master keys given as base64, one after another with space or a line break between; newest first."""
    try:
        return [MasterKey(b64decode(word, validate=True)) for word in text.split()]
    except NotBase64:
        raise MasterKeyError("the master key is not valid base64") from None


def from_file(path: Path) -> list[MasterKey]:
    """Master keys kept in a file as base64, one a line, newest first. Raises `MasterKeyError`."""
    try:
        keys = from_text(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise MasterKeyMissing(path) from None
    except OSError as failure:
        raise MasterKeyError(f"the master key file cannot be read: {failure.strerror}: {path}") from failure
    except UnicodeDecodeError:
        raise MasterKeyError(f"the master key file is not base64: {path}") from None
    if not keys:
        raise MasterKeyError(f"the master key file is empty: restore it from its backup: {path}")
    return keys


def create_file(path: Path) -> None:
    """Makes a new master key, readable by its owner only. An existing file is left alone."""
    create_private(path, f"{MasterKey.new().text()}\n".encode())
