"""Sealed texts open only with their own key, for their own owner and field, and unchanged."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from events.catalogue import BODIES
from events.facts.households import HouseholdRegistered
from events.facts.organisation import UnitRenamed
from events.sealing import PREFIX, CannotUnseal, seal, seal_body, unseal

OWNER, OTHER = UUID(int=1), UUID(int=2)
KEY, OTHER_KEY = AESGCM(b"k" * 32), AESGCM(b"o" * 32)
TEXT = "Chủ hộ thử"


@given(text=st.text(st.characters(codec="utf-8")))
def test_what_was_sealed_opens_again(text: str) -> None:
    sealed = seal(KEY, OWNER, "head", text)
    assert sealed.startswith(PREFIX)
    assert unseal(KEY, OWNER, "head", sealed) == text


def test_the_same_text_is_never_sealed_alike() -> None:
    assert len({seal(KEY, OWNER, "head", TEXT) for _ in range(100)}) == 100


def test_a_sealed_text_tells_neither_the_text_nor_whose_it_is() -> None:
    box = urlsafe_b64decode(seal(KEY, OWNER, "head", TEXT)[len(PREFIX) :])
    assert TEXT.encode() not in box
    assert OWNER.bytes not in box
    assert len(box) == 12 + len(TEXT.encode()) + 16


@pytest.mark.parametrize(
    ("key", "owner", "field"),
    [(OTHER_KEY, OWNER, "head"), (KEY, OTHER, "head"), (KEY, OWNER, "address")],
    ids=["another key", "another owner", "another field"],
)
def test_it_opens_nowhere_else(key: AESGCM, owner: UUID, field: str) -> None:
    with pytest.raises(CannotUnseal):
        unseal(key, owner, field, seal(KEY, OWNER, "head", TEXT))


@given(data=st.data())
def test_no_bit_of_it_can_be_changed(data: st.DataObject) -> None:
    box = bytearray(urlsafe_b64decode(seal(KEY, OWNER, "head", TEXT)[len(PREFIX) :]))
    place = data.draw(st.integers(0, len(box) * 8 - 1))
    box[place // 8] ^= 1 << place % 8
    with pytest.raises(CannotUnseal):
        unseal(KEY, OWNER, "head", PREFIX + urlsafe_b64encode(box).decode())


@pytest.mark.parametrize("damaged", ["", TEXT, "s1:", "s1:AAAA", "s1:!", "s1:A", "s2:" + "A" * 60])
def test_what_was_never_sealed_does_not_open(damaged: str) -> None:
    with pytest.raises(CannotUnseal):
        unseal(KEY, OWNER, "head", damaged)


def test_a_body_is_sealed_field_by_field_with_its_owners_key() -> None:
    household = uuid4()
    body = HouseholdRegistered(household=household, unit=uuid4(), head=TEXT, address="Cuối bản", persons=4)
    sealed = seal_body(body, {household: KEY}.__getitem__)
    assert unseal(KEY, household, "head", sealed.head) == TEXT
    assert sealed.address is not None
    assert unseal(KEY, household, "address", sealed.address) == "Cuối bản"
    assert (sealed.household, sealed.unit, sealed.persons) == (body.household, body.unit, body.persons)


def test_what_is_not_given_is_not_sealed() -> None:
    body = HouseholdRegistered(household=OWNER, unit=uuid4(), head=TEXT)
    assert seal_body(body, lambda _: KEY).address is None
    public = UnitRenamed(unit=OWNER, name="Bản thử")
    assert seal_body(public, lambda _: KEY) is public


def test_every_sealed_field_has_an_owner_among_the_fields() -> None:
    for body in BODIES.values():
        for field, owner in body.SEALED.items():
            assert {field, owner} <= set(body.__struct_fields__), body
