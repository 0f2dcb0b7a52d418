"""What a bearer token says of who is calling, whoever issued it, and what is wrong with one that says nothing.

The claims are `soho_role` (see `Role`), `soho_unit` (an id), `soho_person` (an id; programs have none) and
`soho_office` (see `OfficeKind`); the client program is `azp` or `client_id` (RFC 9068).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.decisions.asking import Asker, Role

ROLE, UNIT, PERSON, OFFICE = "soho_role", "soho_unit", "soho_person", "soho_office"
CLIENTS = ("azp", "client_id")
LONGEST_CLIENT = 100
LEEWAY_SECONDS = 30
"""How far the clocks of the issuer and of this machine may lie apart."""
REMEMBERED = 4096


class TokenRefused(Exception):
    """The token does not say who is calling. `code` and `parameters` become the problem's."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


class IssuerUnreachable(Exception):
    """Whether the token is valid cannot be told now: its issuer's keys are not to be had."""


class Verifier(Protocol):
    """Tells from a token who is calling."""

    async def verify(self, token: str) -> Asker:
        """The caller. Raises `TokenRefused`, `IssuerUnreachable`."""


def checked(
    token: str, key: Ed25519PublicKey | jwt.PyJWK, algorithms: Sequence[str], issuer: str, audience: str
) -> dict[str, Any]:
    """The claims of a token that the key signed, for this audience, and that is valid now. Raises `TokenRefused`."""
    try:
        return jwt.decode(
            token,
            key,
            algorithms=algorithms,
            audience=audience,
            issuer=issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud"], "enforce_minimum_key_length": True},
        )
    except jwt.ExpiredSignatureError:
        raise TokenRefused("token_expired") from None
    except jwt.ImmatureSignatureError:
        raise TokenRefused("token_not_yet_valid") from None
    except jwt.InvalidAudienceError:
        raise TokenRefused("token_for_another_audience") from None
    except jwt.InvalidIssuerError:
        raise TokenRefused("token_of_another_issuer") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise TokenRefused("token_invalid") from None


def asker_of(claims: dict[str, Any]) -> Asker:
    """The caller that the claims of a verified token name. Raises `TokenRefused` with the claim that is missing."""
    try:
        role = Role(claims.get(ROLE))
    except ValueError:
        raise TokenRefused("token_without_role", claim=ROLE) from None
    unit, person = _id(claims, UNIT), _id(claims, PERSON)
    if unit is None:
        raise TokenRefused("token_without_role", claim=UNIT)
    if role is Role.MEMBER and person is None:
        raise TokenRefused("token_without_role", claim=PERSON)
    client = next((str(claims[name]) for name in CLIENTS if claims.get(name)), "")
    if not client or not client.isprintable():
        raise TokenRefused("token_without_role", claim=CLIENTS[0])
    office = str(claims.get(OFFICE) or "")
    if not office.isprintable():
        raise TokenRefused("token_without_role", claim=OFFICE)
    return Asker(role, unit, client[:LONGEST_CLIENT], person, office or None)


def _id(claims: dict[str, Any], name: str) -> UUID | None:
    value = claims.get(name)
    try:
        return UUID(value) if value else None
    except (ValueError, AttributeError, TypeError):
        raise TokenRefused("token_without_role", claim=name) from None


class Remembered:
    """Callers whose tokens were checked, until these expire: checking a signature costs more than recording a fact."""

    def __init__(self) -> None:
        self._askers: OrderedDict[bytes, tuple[float, Asker]] = OrderedDict()

    def of(self, token: str) -> Asker | None:
        """Who is calling; None for a token that was not checked, or has expired since."""
        expires, asker = self._askers.get(sha256(token.encode()).digest(), (0.0, None))
        return asker if datetime.now(UTC).timestamp() < expires else None

    def keep(self, token: str, expires: float, asker: Asker) -> None:
        """`expires`: seconds since 1970."""
        self._askers[sha256(token.encode()).digest()] = expires, asker
        if len(self._askers) > REMEMBERED:
            self._askers.popitem(last=False)

    def forget(self) -> None:
        """All of them."""
        self._askers.clear()
