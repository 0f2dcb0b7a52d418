"""Which language a caller gets."""

import pytest

from services import texts


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "vi"),
        ("", "vi"),
        ("vi", "vi"),
        ("en", "en"),
        ("EN-us,en;q=0.9", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en;q=0.5, vi;q=0.8", "vi"),
        ("vi;q=0.5, en", "en"),
        ("fr, en;q=0.1", "en"),
        ("fr", "vi"),
        ("*", "vi"),
        ("en;q=0", "vi"),
        ("en;q=nonsense", "vi"),
        ("en;q=nan", "vi"),
        (",;,=", "vi"),
    ],
)
def test_vietnamese_unless_english_is_preferred(header: str | None, language: str) -> None:
    assert texts.negotiate(header) == language
