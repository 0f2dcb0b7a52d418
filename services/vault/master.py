"""The master key: 32 bytes that wrap every other key. It is never in the database."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.embedded.files import create_private

SIZE = 32
NONCE = 12


class MasterKeyError(Exception):
    """The master key is missing, unreadable, or not the one the vault was made with. Nothing was changed."""


class MasterKeyMissing(MasterKeyError):
    """The vault was made with a master key whose file is gone: a new one would open nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"the master key is missing and must be restored from its backup: {path}")
        self.path = path


class MasterKey:
    """Wraps and unwraps keys; each wrapped value is bound to its name."""

    def __init__(self, key: bytes) -> None:
        if len(key) != SIZE:
            raise MasterKeyError(f"the master key must have {SIZE} bytes, this one has {len(key)}")
        self._box = AESGCM(key)

    def wrap(self, key: bytes, name: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._box.encrypt(nonce, key, name)

    def unwrap(self, wrapped: bytes, name: bytes) -> bytes:
        """Raises `MasterKeyError` when it was wrapped by another key or under another name."""
        try:
            return self._box.decrypt(wrapped[:NONCE], wrapped[NONCE:], name)
        except InvalidTag:
            raise MasterKeyError(
                "a key in the vault does not open with this master key: put the right one in place; nothing was changed"
            ) from None


def from_text(text: str) -> MasterKey:
    """A master key given as base64."""
    try:
        return MasterKey(b64decode(text.strip(), validate=True))
    except NotBase64:
        raise MasterKeyError("the master key is not valid base64") from None


def from_file(path: Path) -> MasterKey:
    """A master key kept in a file as base64."""
    try:
        return from_text(path.read_text())
    except OSError as failure:
        raise MasterKeyError(f"the master key file cannot be read: {failure.strerror}: {path}") from failure


def create_file(path: Path) -> None:
    """Makes a new master key, readable by its owner only. An existing file is left alone."""
    create_private(path, b64encode(os.urandom(SIZE)) + b"\n")
