"""Tokens of a real OIDC server: which are taken, what is fetched for them, and what the others are told."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.accounts.claims import IssuerUnreachable, TokenRefused
from services.accounts.issuer_keys import FRESH_SECONDS, KEPT_SECONDS, PAUSE_SECONDS, IssuerKeys
from services.accounts.oidc import LONGEST_TOKEN, OidcVerifier
from services.decisions.asking import Asker, Role
from tests.services.accounts.issuer import AUDIENCE, CLIENT, Issuer, running_issuer

UNIT = UUID(int=7)
PROGRAM = Asker(Role.SYSTEM, UNIT, CLIENT)
CLAIMS = {"soho_role": "system", "soho_unit": str(UNIT)}


class Watched:
    """A verifier whose clock the test moves, and how often the issuer was asked for its keys."""

    def __init__(self, address: str) -> None:
        self.now = 1_000_000.0
        self.fetches = 0
        self.http = httpx.AsyncClient(event_hooks={"request": [self._count]})
        self.keys = IssuerKeys(address, self.http, lambda: self.now)
        self.verifier = OidcVerifier(address, AUDIENCE, self.keys)

    async def _count(self, request: httpx.Request) -> None:
        self.fetches += request.url.path.endswith("/jwks.json")

    async def refusal(self, token: str) -> str:
        with pytest.raises(TokenRefused) as refused:
            await self.verifier.verify(token)
        return refused.value.code


@asynccontextmanager
async def watching(address: str) -> AsyncIterator[Watched]:
    watched = Watched(address)
    try:
        yield watched
    finally:
        await watched.keys.close()
        await watched.http.aclose()


async def test_a_token_says_who_is_calling_and_its_keys_are_fetched_once(issuer: Issuer) -> None:
    async with watching(issuer.address) as watched:
        assert watched.fetches == 0, "the API starts without its issuer"
        for _ in range(3):
            assert await watched.verifier.verify(issuer.token(**CLAIMS)) == PROGRAM
        assert watched.fetches == 1


async def test_a_key_rotated_in_is_fetched_and_one_rotated_out_is_not_taken_any_more(own_issuer: Issuer) -> None:
    before = own_issuer.token(**CLAIMS)
    async with watching(own_issuer.address) as watched:
        assert await watched.verifier.verify(before) == PROGRAM
        own_issuer.rotate()
        watched.now += PAUSE_SECONDS + 1
        assert await watched.verifier.verify(own_issuer.token(**CLAIMS)) == PROGRAM
        assert watched.fetches == 2
        assert await watched.refusal(before) == "token_key_unknown"


async def test_a_key_rotated_out_is_forgotten_though_no_other_comes_up(own_issuer: Issuer) -> None:
    """The first request after ten minutes is still answered by what is known, and lets the keys be fetched."""
    before = own_issuer.token(**CLAIMS)
    async with watching(own_issuer.address) as watched:
        assert await watched.verifier.verify(before) == PROGRAM
        own_issuer.rotate()
        watched.now += FRESH_SECONDS + 1
        assert await watched.verifier.verify(before) == PROGRAM
        while watched.keys.version == 1:
            await watched.http.get(f"{own_issuer.address}/.well-known/openid-configuration")
        assert await watched.refusal(before) == "token_key_unknown"


async def test_unknown_keys_let_the_issuer_be_asked_once_in_a_while(issuer: Issuer) -> None:
    stranger = rsa.generate_private_key(65537, 2048)
    async with watching(issuer.address) as watched:
        await watched.verifier.verify(issuer.token(**CLAIMS))
        for pause in range(1, 4):
            watched.now += PAUSE_SECONDS + 1
            for number in range(20):
                token = signed(issuer, stranger, "RS256", kid=f"{pause}-{number}")
                assert await watched.refusal(token) == "token_key_unknown"
            assert watched.fetches == 1 + pause


async def test_an_issuer_that_is_away_says_nothing_about_the_token(tmp_path: Path) -> None:
    with running_issuer(tmp_path) as one:
        token, another = one.token(**CLAIMS), one.token(**CLAIMS)
        stranger = signed(one, rsa.generate_private_key(65537, 2048), "RS256", kid="unknown")
        async with watching(one.address) as known, watching(one.address) as new:
            assert await known.verifier.verify(token) == PROGRAM
            one.stop()
            with pytest.raises(IssuerUnreachable):
                await new.verifier.verify(token)
            known.now += KEPT_SECONDS - 1
            assert await known.verifier.verify(another) == PROGRAM, "what was fetched serves for an hour"
            with pytest.raises(IssuerUnreachable):
                await known.verifier.verify(stranger)
            known.now += PAUSE_SECONDS + 1
            for _ in range(2):
                with pytest.raises(IssuerUnreachable):
                    await known.verifier.verify(token)
            one.start()
            known.now += PAUSE_SECONDS + 1
            new.now += PAUSE_SECONDS + 1
            assert await known.verifier.verify(token) == PROGRAM
            assert await new.verifier.verify(token) == PROGRAM


async def test_a_server_that_calls_itself_otherwise_is_not_the_issuer(issuer: Issuer) -> None:
    other_name = issuer.address.replace("127.0.0.1", "localhost")
    async with watching(other_name) as watched:
        claims = CLAIMS | {"iss": other_name, "aud": AUDIENCE}
        token = jwt.encode(claims, rsa.generate_private_key(65537, 2048), "RS256", headers={"kid": "1"})
        with pytest.raises(IssuerUnreachable):
            await watched.verifier.verify(token)
        assert watched.fetches == 0


async def test_what_is_wrong_with_a_token_is_told_apart(issuer: Issuer, tmp_path: Path) -> None:
    async with watching(issuer.address) as watched:
        assert await watched.refusal(issuer.token(audience="https://another.example", **CLAIMS)) == (
            "token_for_another_audience"
        )
        assert await watched.refusal(issuer.expired_token()) == "token_expired"
        assert await watched.refusal(issuer.token(soho_role="king")) == "token_without_role"
        assert watched.fetches == 1
        with running_issuer(tmp_path) as another:
            assert await watched.refusal(another.token(**CLAIMS)) == "token_of_another_issuer"
        assert watched.fetches == 1


async def test_what_nobody_signed_is_refused(issuer: Issuer) -> None:
    head, body, signature = issuer.token(**CLAIMS).split(".")
    known = issuer.public_key()
    public = jwt.PyJWK(known).key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    other_claims = part(json.loads(padded(body)) | {"soho_role": "auditor"})
    forged = [
        f"{head}.{other_claims}.{signature}",
        f"{part({'alg': 'none', 'kid': known['kid']})}.{body}.",
        f"{part({'alg': 'NONE', 'kid': known['kid']})}.{body}.",
        f"{part({'kid': known['kid']})}.{body}.{signature}",
        f"{part({'alg': 'RS512', 'kid': known['kid']})}.{body}.{signature}",
        f"{part({'alg': 'RS256', 'kid': known['kid'], 'crit': ['b65']})}.{body}.{signature}",
        f"{part({'alg': 'RS256', 'kid': [known['kid']]})}.{body}.{signature}",
        mac(part({"alg": "HS256", "kid": known["kid"]}), body, public),
        signed(issuer, rsa.generate_private_key(65537, 2048), "RS256", kid=known["kid"]),
        signed(issuer, ec.generate_private_key(ec.SECP256R1()), "ES256", kid=known["kid"]),
        "", "x", "..", "a.b.c", head, f"{head}.{body}", "Ж.Ж.Ж", "x" * (LONGEST_TOKEN + 1),
    ]  # fmt: skip
    async with watching(issuer.address) as watched:
        for token in forged:
            assert await watched.refusal(token) == "token_invalid", token


def signed(issuer: Issuer, key: Any, algorithm: str, kid: str) -> str:
    """A token that says it is the issuer's, but is signed by somebody else."""
    claims = CLAIMS | {"iss": issuer.address, "aud": AUDIENCE, "client_id": CLIENT}
    return jwt.encode(claims, key, algorithm, headers={"kid": kid})


def part(content: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    return jwt.utils.base64url_decode(text)


def mac(head: str, body: str, key: bytes) -> str:
    """The classic: the public key, which everybody has, as the secret of an HMAC."""
    digest = hmac.digest(key, f"{head}.{body}".encode(), "sha256")
    return f"{head}.{body}.{urlsafe_b64encode(digest).rstrip(b'=').decode()}"
