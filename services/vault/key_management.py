"""What an external key management must be able to do: wrap a master key, and give it back."""

from __future__ import annotations

from typing import Protocol


class KeyManagementFailed(Exception):
    """The key management did not answer, refused, or gave back something else than it was given. Holds no key."""


class KeyManagement(Protocol):
    """Keeps a key of its own, which never leaves it, and wraps master keys with that.

    Every key of a person is wrapped by a master key in this process, so that the key management is asked once at a
    start and once at a rotation, never while facts are sealed.
    """

    async def wrap(self, key: bytes) -> bytes:
        """The key in a form that only this key management opens. Raises `KeyManagementFailed`."""

    async def unwrap(self, wrapped: bytes) -> bytes:
        """The key that was wrapped. Raises `KeyManagementFailed`."""
