"""Text as people type it: normalised once, on the way in."""

from __future__ import annotations

import re
import unicodedata

SPACES = {
    0x00A0: " ",
    0x2007: " ",
    0x202F: " ",
    0x3000: " ",
    0x200B: None,
    0xFEFF: None,
}
UNREADABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but for tab and line end
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction: a name would read as another
    "\ud800-\udfff"  # halves of surrogate pairs
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: every device shows something else
    "\ufdd0-\ufdef\ufffd-\uffff]"  # no characters at all, and the sign for one that was lost
)
"""Characters that no person types."""


class UnreadableText(ValueError):
    """The text holds a character that no person types; the message names it."""


def normalised(text: str) -> str:
    """NFC, with plain spaces and without invisible ones, trimmed. Raises `UnreadableText`.

    Vietnamese typed on some phones and Macs arrives decomposed (NFD); the same name must be the same bytes.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    # Invisible characters go first: one of them may stand between a letter and its mark.
    clean = unicodedata.normalize("NFC", text.translate(SPACES)).replace("\r\n", "\n").strip()
    unreadable = UNREADABLE.search(clean)
    if unreadable:
        raise UnreadableText(f"U+{ord(unreadable[0]):04X}")
    return clean


def without_marks(text: str) -> str:
    """Lower-case text without Vietnamese diacritics, for searching and as a sort key: "Đăk Hà" → "dak ha"."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn").lower()
