"""Bearer tokens of the development issuer (JWT, Ed25519): person, role, office and unit, for a limited time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from services.accounts.claims import OFFICE, PERSON, ROLE, UNIT, Remembered, asker_of, checked
from services.decisions.asking import Asker
from services.embedded.files import create_private

ISSUER = "soho-development"
AUDIENCE = "soho"
ALGORITHM = "EdDSA"


class DevelopmentIssuer:
    """Makes tokens with a key of its own: for embedded mode and tests, not for people's daily use."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def token(self, asker: Asker, lifetime: timedelta = timedelta(hours=12)) -> str:
        """A token for the asker."""
        now = datetime.now(UTC)
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + lifetime,
            "azp": asker.client,
            ROLE: asker.role.value,
            UNIT: str(asker.unit),
        }
        if asker.person is not None:
            claims[PERSON] = str(asker.person)
        if asker.office is not None:
            claims[OFFICE] = asker.office
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def verifier(self) -> DevelopmentVerifier:
        return DevelopmentVerifier(self._key.public_key())


class DevelopmentVerifier:
    """Checks tokens of the development issuer."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key
        self._remembered = Remembered()

    async def verify(self, token: str) -> Asker:
        """The caller. Raises `TokenRefused`."""
        asker = self._remembered.of(token)
        if asker is None:
            claims = checked(token, self._key, [ALGORITHM], ISSUER, AUDIENCE)
            asker = asker_of(claims)
            self._remembered.keep(token, float(claims["exp"]), asker)
        return asker


def issuer_from_file(path: Path) -> DevelopmentIssuer:
    """The development issuer whose key is in the file."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"not an Ed25519 key: {path}")
    return DevelopmentIssuer(key)


def create_key_file(path: Path) -> None:
    """Makes the development issuer's key, readable by its owner only. An existing file is left alone."""
    key = Ed25519PrivateKey.generate()
    create_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
