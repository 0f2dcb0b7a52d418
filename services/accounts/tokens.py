"""Bearer tokens (JWT, Ed25519): person, role, office and unit of the caller, for a limited time."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from services.decisions.asking import Asker, Role
from services.embedded.files import create_private

ISSUER = "soho-development"
AUDIENCE = "soho"
ALGORITHM = "EdDSA"
REMEMBERED = 4096


class TokenRefused(Exception):
    """The token does not say who is calling. `code` is token_expired or token_invalid."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Verifier(Protocol):
    """Tells from a token who is calling. The development issuer's is below; an OIDC one has the same shape."""

    def verify(self, token: str) -> Asker:
        """The caller. Raises `TokenRefused`."""


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
            "role": asker.role.value,
            "unit": str(asker.unit),
            "client": asker.client,
        }
        if asker.person is not None:
            claims["sub"] = str(asker.person)
        if asker.office is not None:
            claims["office"] = asker.office
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)

    def verifier(self) -> DevelopmentVerifier:
        return DevelopmentVerifier(self._key.public_key())


class DevelopmentVerifier:
    """Checks tokens of the development issuer; remembers those it has checked until they expire."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key
        self._checked: OrderedDict[bytes, tuple[float, Asker]] = OrderedDict()

    def verify(self, token: str) -> Asker:
        mark = sha256(token.encode()).digest()
        expires, asker = self._checked.get(mark, (0.0, None))
        if asker is not None and datetime.now(UTC).timestamp() < expires:
            return asker
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                options={"require": ["exp", "iss", "aud"]},
            )
            asker = _asker(claims)
        except jwt.ExpiredSignatureError:
            raise TokenRefused("token_expired") from None
        except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
            raise TokenRefused("token_invalid") from None
        self._checked[mark] = (float(claims["exp"]), asker)
        if len(self._checked) > REMEMBERED:
            self._checked.popitem(last=False)
        return asker


def _asker(claims: dict[str, Any]) -> Asker:
    person = claims.get("sub")
    role = Role(claims["role"])
    if role is Role.MEMBER and person is None:
        raise ValueError("a member's token names the member")
    return Asker(
        role=role,
        unit=UUID(claims["unit"]),
        client=str(claims["client"])[:100],
        person=UUID(person) if person else None,
        office=claims.get("office"),
    )


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
