"""Who a token's claims say is calling."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.accounts.claims import TokenRefused, asker_of, checked
from services.decisions.asking import Asker, Role

UNIT, PERSON = UUID(int=7), UUID(int=8)
SECRETARY = {
    "azp": "phone",
    "soho_role": "cell_secretary",
    "soho_unit": str(UNIT),
    "soho_person": str(PERSON),
    "soho_office": "secretary",
}
PROGRAM = {"client_id": "importer", "soho_role": "system", "soho_unit": str(UNIT)}


def test_role_unit_person_and_office_are_taken_from_their_claims() -> None:
    assert asker_of(SECRETARY) == Asker(Role.CELL_SECRETARY, UNIT, "phone", PERSON, "secretary")


def test_a_program_has_neither_person_nor_office() -> None:
    assert asker_of(PROGRAM) == Asker(Role.SYSTEM, UNIT, "importer")


def test_the_subject_is_the_issuers_own_name_and_no_person() -> None:
    assert asker_of(PROGRAM | {"sub": str(PERSON)}).person is None


@pytest.mark.parametrize(
    ("changed", "claim"),
    [
        ({"soho_role": None}, "soho_role"),
        ({"soho_role": "king"}, "soho_role"),
        ({"soho_role": ["system"]}, "soho_role"),
        ({"soho_unit": None}, "soho_unit"),
        ({"soho_unit": "Xã Trên"}, "soho_unit"),
        ({"soho_unit": 7}, "soho_unit"),
        ({"soho_person": "nguoi-1"}, "soho_person"),
        ({"soho_role": "member", "soho_person": None}, "soho_person"),
        ({"azp": None}, "azp"),
        ({"azp": "phone\0"}, "azp"),
        ({"soho_office": "secretary\n"}, "soho_office"),
    ],
)
def test_what_is_missing_or_wrong_is_named(changed: dict[str, Any], claim: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        asker_of(SECRETARY | changed)
    assert (refused.value.code, refused.value.parameters) == ("token_without_role", {"claim": claim})


@pytest.mark.parametrize(
    ("claim", "seconds", "code"),
    [
        ("exp", -25, None),
        ("exp", -35, "token_expired"),
        ("nbf", 25, None),
        ("nbf", 35, "token_not_yet_valid"),
        ("iat", 35, "token_not_yet_valid"),
    ],
)
def test_clocks_may_lie_half_a_minute_apart(claim: str, seconds: int, code: str | None) -> None:
    key, now = Ed25519PrivateKey.generate(), datetime.now(UTC)
    claims = {"iss": "i", "aud": "a", "exp": now + timedelta(hours=1), claim: now + timedelta(seconds=seconds)}
    token = jwt.encode(claims, key, "EdDSA")
    if code is None:
        assert checked(token, key.public_key(), ["EdDSA"], "i", "a")["iss"] == "i"
        return
    with pytest.raises(TokenRefused) as refused:
        checked(token, key.public_key(), ["EdDSA"], "i", "a")
    assert refused.value.code == code


@pytest.mark.parametrize("claim", ["iss", "aud", "exp"])
def test_a_token_says_whose_it_is_for_whom_and_how_long(claim: str) -> None:
    key = Ed25519PrivateKey.generate()
    claims = {"iss": "i", "aud": "a", "exp": datetime.now(UTC) + timedelta(hours=1)}
    del claims[claim]
    with pytest.raises(TokenRefused):
        checked(jwt.encode(claims, key, "EdDSA"), key.public_key(), ["EdDSA"], "i", "a")
