"""Sealing: names, addresses, contacts and free text are encrypted inside the facts from the first version.

AES-256-GCM with one key per person or household. The stored form is `s1:` and base64url of nonce and ciphertext.
The owner and the field's name are authenticated with it, so a sealed value cannot be moved to another place.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events.facts.values import Body

PREFIX = "s1:"
NONCE = 12

B = TypeVar("B", bound=Body)
KeyOf = Callable[[UUID], AESGCM]


class CannotUnseal(ValueError):
    """The value was not sealed for this owner and field, or with another key."""


def seal(key: AESGCM, owner: UUID, field: str, text: str) -> str:
    """The stored form of `text`: another one at every call."""
    nonce = os.urandom(NONCE)
    box = nonce + key.encrypt(nonce, text.encode(), owner.bytes + field.encode())
    return PREFIX + urlsafe_b64encode(box).decode()


def unseal(key: AESGCM, owner: UUID, field: str, sealed: str) -> str:
    """The text behind a stored form. Raises `CannotUnseal`."""
    if not sealed.startswith(PREFIX):
        raise CannotUnseal("not a sealed value")
    try:
        box = urlsafe_b64decode(sealed[len(PREFIX) :])
        return key.decrypt(box[:NONCE], box[NONCE:], owner.bytes + field.encode()).decode()
    except (InvalidTag, ValueError):
        raise CannotUnseal("damaged, or wrong key, owner or field") from None


def seal_body(body: B, key_of: KeyOf) -> B:
    """The same body with every sealed field in its stored form. `key_of` gives the key of an owner."""
    if not body.SEALED:
        return body
    sealed = {}
    for field in body.SEALED:
        text = getattr(body, field)
        if text is not None:
            owner = body.owner(field)
            sealed[field] = seal(key_of(owner), owner, field, text)
    return msgspec.structs.replace(body, **sealed) if sealed else body
