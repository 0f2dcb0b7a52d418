"""Which issuer the API trusts: an OIDC one, or the development issuer; never both, and never none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from services.accounts.claims import Verifier
from services.accounts.issuer_keys import IssuerKeys
from services.accounts.oidc import OidcVerifier
from services.accounts.tokens import issuer_from_file
from services.settings import SettingMissing, Settings, SettingUnusable


@asynccontextmanager
async def open_verifier(settings: Settings) -> AsyncIterator[Verifier]:
    """The verifier that the settings ask for. Raises `SettingMissing`, `SettingUnusable`."""
    if settings.oidc is None:
        if settings.token_key_file is None:
            raise SettingMissing(
                "SOHO_OIDC_ISSUER", "the issuer of the tokens (or SOHO_TOKEN_KEY_FILE: the development issuer's key)"
            )
        yield issuer_from_file(settings.token_key_file).verifier()
        return
    if settings.token_key_file is not None:
        raise SettingUnusable(
            "SOHO_TOKEN_KEY_FILE",
            "không dùng cùng với SOHO_OIDC_ISSUER: ai có khóa này sẽ tự cấp được mã truy cập",
            "not beside SOHO_OIDC_ISSUER: whoever has that key makes his own tokens",
        )
    async with httpx.AsyncClient(headers={"Accept": "application/json"}) as http:
        keys = IssuerKeys(settings.oidc.issuer, http)
        try:
            yield OidcVerifier(settings.oidc.issuer, settings.oidc.audience, keys)
        finally:
            await keys.close()
