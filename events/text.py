"""Text as people type it: normalised once, on the way in."""

from __future__ import annotations

import unicodedata

SPACES = {
    0x00A0: " ",
    0x2007: " ",
    0x202F: " ",
    0x3000: " ",
    0x200B: None,
    0xFEFF: None,
}
ALLOWED_CONTROLS = "\n\t"


class UnreadableText(ValueError):
    """The text holds a character that no person types: NUL, another control character or half a surrogate pair."""


def normalised(text: str) -> str:
    """NFC, with plain spaces and without invisible ones, trimmed. Raises `UnreadableText`.

    Vietnamese typed on some phones and Macs arrives decomposed (NFD); the same name must be the same bytes.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    # Invisible characters go first: one of them may stand between a letter and its mark.
    clean = unicodedata.normalize("NFC", text.translate(SPACES)).replace("\r\n", "\n").strip()
    for character in clean:
        if unicodedata.category(character) in ("Cc", "Cs") and character not in ALLOWED_CONTROLS:
            raise UnreadableText(f"U+{ord(character):04X}")
    return clean


def without_marks(text: str) -> str:
    """Lower-case text without Vietnamese diacritics, for searching and as a sort key: "Đăk Hà" → "dak ha"."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()
