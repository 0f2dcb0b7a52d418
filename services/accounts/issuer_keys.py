"""The keys with which an OIDC issuer signs: found by its discovery document, kept for a while, and fetched anew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import jwt
import msgspec
import structlog

from services.accounts.claims import IssuerUnreachable, TokenRefused
from services.transport import is_protected

log = structlog.get_logger()

FRESH_SECONDS = 600.0
"""After so long the keys are fetched again while those at hand still serve: what was withdrawn soon ends."""
KEPT_SECONDS = 3600.0
"""So long the keys at hand serve when the issuer does not answer."""
PAUSE_SECONDS = 10.0
"""Between two fetches, however many tokens name keys that nobody knows."""
ANSWER_SECONDS = 5.0
LARGEST_ANSWER = 256 * 1024

KEY_TYPES = {"RSA": ("RS", "PS"), "EC": ("ES",), "OKP": ("EdDSA",)}
"""Type of a key → how the algorithms begin that go with it. No secret is shared with an issuer: no HS, no `oct`."""


class _Unusable(Exception):
    """What the issuer answered is not what it must be; the message says why."""


class IssuerKeys:
    """The keys of one issuer. `version` grows whenever they have changed."""

    def __init__(self, issuer: str, http: httpx.AsyncClient, clock: Callable[[], float] = time.monotonic) -> None:
        self.version = 0
        self._issuer = issuer
        self._http = http
        self._clock = clock
        self._keys: Mapping[str | None, dict[str, Any]] = {}
        self._fetched = -KEPT_SECONDS
        self._tried = -KEPT_SECONDS
        self._fetching: asyncio.Task[None] | None = None

    async def stand(self) -> None:
        """Sees to it that the keys at hand may be relied on. Raises `IssuerUnreachable`."""
        if self._age() <= FRESH_SECONDS:
            return
        fetching = self._fetch_soon()
        if self._age() <= KEPT_SECONDS:
            return
        if fetching is not None:
            await asyncio.shield(fetching)
        if self._age() > KEPT_SECONDS:
            raise IssuerUnreachable

    async def find(self, key_id: str | None, algorithm: str) -> jwt.PyJWK:
        """The key of that id, for the algorithm; without an id the only one there is.

        Raises `IssuerUnreachable`, and `TokenRefused` when the issuer has no such key.
        """
        await self.stand()
        key = self._of(key_id)
        if key is None and self._age() > PAUSE_SECONDS:
            fetching = self._fetch_soon()
            if fetching is not None:
                await asyncio.shield(fetching)
            if self._age() > PAUSE_SECONDS:
                raise IssuerUnreachable
            key = self._of(key_id)
        if key is None:
            raise TokenRefused("token_key_unknown")
        if not algorithm.startswith(KEY_TYPES[key["kty"]]) or key.get("alg", algorithm) != algorithm:
            raise TokenRefused("token_invalid")
        try:
            return jwt.PyJWK(key, algorithm)
        except jwt.PyJWTError:
            raise TokenRefused("token_invalid") from None

    async def close(self) -> None:
        """Ends a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait({self._fetching})

    def _age(self) -> float:
        return self._clock() - self._fetched

    def _of(self, key_id: str | None) -> dict[str, Any] | None:
        if key_id is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(key_id)

    def _fetch_soon(self) -> asyncio.Task[None] | None:
        """The fetch that is under way, or a new one; None when the last was begun only just now."""
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        if self._clock() - self._tried < PAUSE_SECONDS:
            return None
        self._tried = self._clock()
        self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        try:
            found = await self._answered()
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.MsgspecError, _Unusable) as trouble:
            why = str(trouble) if isinstance(trouble, _Unusable) else type(trouble).__name__
            log.error("oidc.keys_unavailable", issuer=self._issuer, why=why)
            return
        if found != self._keys:
            self._keys = found
            self.version += 1
            log.info("oidc.keys_changed", issuer=self._issuer, keys=len(found))
        self._fetched = self._clock()

    async def _answered(self) -> Mapping[str | None, dict[str, Any]]:
        document = await self._get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
        if document.get("issuer") != self._issuer:
            raise _Unusable("the discovery document names another issuer")
        address = document.get("jwks_uri")
        if not isinstance(address, str) or not is_protected(address):
            raise _Unusable("the discovery document names no jwks_uri with https")
        listed = (await self._get(address)).get("keys")
        if not isinstance(listed, list):
            raise _Unusable("there is no list of keys at jwks_uri")
        keys = [key for key in listed if isinstance(key, dict) and _signs(key)]
        if not keys:
            raise _Unusable("none of the keys at jwks_uri can be used")
        return {key.get("kid"): key for key in keys}

    async def _get(self, address: str) -> dict[str, Any]:
        async with asyncio.timeout(ANSWER_SECONDS), self._http.stream("GET", address) as response:
            if response.status_code != httpx.codes.OK:
                raise _Unusable(f"status {response.status_code}")
            content = b""
            async for part in response.aiter_bytes():
                content += part
                if len(content) > LARGEST_ANSWER:
                    raise _Unusable("the answer is too large")
        return msgspec.json.decode(content, type=dict[str, Any])


def _signs(key: dict[str, Any]) -> bool:
    return key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig" and isinstance(key.get("kid", ""), str)
