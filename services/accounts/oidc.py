"""Bearer tokens (JWT) of an OIDC issuer."""

from __future__ import annotations

import jwt

from services.accounts.claims import Remembered, TokenRefused, asker_of, checked
from services.accounts.issuer_keys import IssuerKeys
from services.decisions.asking import Asker

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"},
)
"""Signatures by a private key. Never `none`, nor HS*, which a public key would serve to forge."""
LONGEST_TOKEN = 16_384


class OidcVerifier:
    """Checks tokens of one issuer that are meant for one audience; remembers them while its keys stay the same."""

    def __init__(self, issuer: str, audience: str, keys: IssuerKeys) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys
        self._remembered = Remembered()
        self._version = keys.version

    async def verify(self, token: str) -> Asker:
        """The caller. Raises `TokenRefused`, `IssuerUnreachable`."""
        await self._keys.stand()
        if self._version != self._keys.version:
            self._remembered.forget()
            self._version = self._keys.version
        asker = self._remembered.of(token)
        if asker is not None:
            return asker
        algorithm, key_id = self._named(token)
        key = await self._keys.find(key_id, algorithm)
        claims = checked(token, key, [algorithm], self._issuer, self._audience)
        asker = asker_of(claims)
        if self._version == self._keys.version:
            self._remembered.keep(token, float(claims["exp"]), asker)
        return asker

    def _named(self, token: str) -> tuple[str, str | None]:
        """Algorithm and id of the key that an unchecked token names. Nothing is fetched for another issuer's."""
        if len(token) > LONGEST_TOKEN:
            raise TokenRefused("token_invalid")
        try:
            unchecked = jwt.decode_complete(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            raise TokenRefused("token_invalid") from None
        header, claims = unchecked["header"], unchecked["payload"]
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS or not (key_id is None or isinstance(key_id, str)):
            raise TokenRefused("token_invalid")
        if claims.get("iss") != self._issuer:
            raise TokenRefused("token_of_another_issuer")
        return algorithm, key_id
