"""Names as they are searched: the same for whoever typed them on whatever device."""

from __future__ import annotations

import unicodedata

import pytest

from services.names.folding import folded

TYPED = {
    "capitals": ("ĐỖ THỊ BƯỞI", "do thi buoi"),
    "decomposed": (unicodedata.normalize("NFD", "Đỗ Thị Bưởi"), "do thi buoi"),
    "without diacritics": ("do thi buoi", "do thi buoi"),
    "every vowel": (
        "ăằắẳẵặ âầấẩẫậ êềếểễệ ôồốổỗộ ơờớởỡợ ưừứửữự ỳýỷỹỵ",
        "aaaaaa aaaaaa eeeeee oooooo oooooo uuuuuu yyyyy",
    ),
    "marks in another order": ("N\u0111o\u0323\u0302", "ndo"),
    "spaces of every kind": ("  Lò\u00a0 Văn\tTám\n", "lo van tam"),
    "an eth for a đ": ("\u00d0inh \u00f0an", "dinh dan"),
    "an African d for a đ": ("\u0189inh", "dinh"),
    "a glottal stop": ("H’Bia Y\u02bcNơk", "h'bia y'nok"),
    "nothing": (" \u00a0", ""),
}


@pytest.mark.parametrize(("typed", "expected"), TYPED.values(), ids=TYPED.keys())
def test_a_name_is_folded(typed: str, expected: str) -> None:
    assert folded(typed) == expected


def test_what_is_folded_stays_as_it_is() -> None:
    for typed, _ in TYPED.values():
        assert folded(folded(typed)) == folded(typed)
