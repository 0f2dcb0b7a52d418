"""What the programs are told by their environment, and what they refuse to run with."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.accounts.tokens import create_key_file
from services.accounts.verifying import open_verifier
from services.settings import Oidc, SettingMissing, SettingUnusable, from_environment

ADDRESSES = {"SOHO_NATS_URL": "nats://x:secret@127.0.0.1", "SOHO_DATABASE_URL": "postgresql://x:secret@127.0.0.1/soho"}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing is set but the addresses of the servers."""
    for name in ("SOHO_OIDC_ISSUER", "SOHO_OIDC_AUDIENCE", "SOHO_TOKEN_KEY_FILE", "SOHO_MASTER_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ADDRESSES.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.mark.parametrize("issuer", ["https://id.example/realms/soho", "http://127.0.0.1:8080", "http://[::1]:8080"])
def test_an_issuer_is_reached_over_tls_or_on_this_machine(environment: pytest.MonkeyPatch, issuer: str) -> None:
    environment.setenv("SOHO_OIDC_ISSUER", issuer)
    environment.setenv("SOHO_OIDC_AUDIENCE", "soho")
    assert from_environment().oidc == Oidc(issuer, "soho")


@pytest.mark.parametrize("issuer", ["http://id.example", "id.example", "http://127.0.0.1.example", "file:///keys"])
def test_an_issuer_reached_without_tls_is_refused(environment: pytest.MonkeyPatch, issuer: str) -> None:
    environment.setenv("SOHO_OIDC_ISSUER", issuer)
    environment.setenv("SOHO_OIDC_AUDIENCE", "soho")
    with pytest.raises(SettingUnusable, match="SOHO_OIDC_ISSUER"):
        from_environment()


def test_an_issuer_needs_its_audience(environment: pytest.MonkeyPatch) -> None:
    """Any token of the issuer would do otherwise, for whatever system it was issued."""
    environment.setenv("SOHO_OIDC_ISSUER", "https://id.example")
    with pytest.raises(SettingMissing, match="SOHO_OIDC_AUDIENCE"):
        from_environment()


async def test_the_development_issuer_is_not_taken_beside_another(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    create_key_file(tmp_path / "token.pem")
    environment.setenv("SOHO_TOKEN_KEY_FILE", str(tmp_path / "token.pem"))
    async with open_verifier(from_environment()):
        pass
    environment.setenv("SOHO_OIDC_ISSUER", "https://id.example")
    environment.setenv("SOHO_OIDC_AUDIENCE", "soho")
    with pytest.raises(SettingUnusable, match="SOHO_TOKEN_KEY_FILE"):
        async with open_verifier(from_environment()):
            pass


async def test_there_is_no_api_that_trusts_nobody() -> None:
    with pytest.raises(SettingMissing, match="SOHO_OIDC_ISSUER"):
        async with open_verifier(from_environment()):
            pass
