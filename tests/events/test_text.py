"""The same words are the same bytes, however they were typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.text import UnreadableText, normalised, without_marks

TYPED = {
    "decomposed": (unicodedata.normalize("NFD", "Đăk Hà, xã Ngọk Réo"), "Đăk Hà, xã Ngọk Réo"),
    "marks in another order": ("o\u0323\u0302", "ộ"),
    "a space that does not break": ("Đăk\u00a0Hà", "Đăk Hà"),
    "a narrow one": ("Đăk\u202fHà", "Đăk Hà"),
    "an ideographic one": ("Đăk\u3000Hà", "Đăk Hà"),
    "one without width": ("Đăk\u200b Hà\ufeff", "Đăk Hà"),
    "one without width before a mark": ("a\u200b\u0301", "á"),
    "spaces around": (" \u00a0Đăk Hà\t\n", "Đăk Hà"),
    "line ends of Windows": ("một\r\nhai", "một\nhai"),
    "plain": ("  Ban Hon ", "Ban Hon"),
    "nothing": ("\u00a0\u200b", ""),
}


@pytest.mark.parametrize(("typed", "expected"), TYPED.values(), ids=TYPED.keys())
def test_text_is_normalised(typed: str, expected: str) -> None:
    assert normalised(typed) == expected


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\ue000", chr(0xFFFD), "\uffff"]
)
def test_what_nobody_types_is_refused_by_name(character: str) -> None:
    with pytest.raises(UnreadableText, match=f"U\\+{ord(character):04X}"):
        normalised(f"a{character}b")


@given(text=st.text())
def test_normalised_text_stays_as_it_is(text: str) -> None:
    try:
        once = normalised(text)
    except UnreadableText:
        return
    assert normalised(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


def test_a_name_is_found_without_its_marks() -> None:
    assert without_marks("Đăk Hà") == without_marks(unicodedata.normalize("NFD", "đắk hạ")) == "dak ha"
