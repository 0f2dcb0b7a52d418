"""Looking for words in files, whatever a program may have made of them on its way there."""

from __future__ import annotations

import json
import mmap
import random
import unicodedata
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from events.text import without_marks

ONSETS = ("ngh", "kh", "tr", "ph", "gi", "qu", "x", "đ", "th", "nh")
RHYMES = ("uyễn", "ượng", "oẵng", "ẫm", "ỹ", "ềnh", "ựu", "ỗm", "oạch", "ẻo", "uỵt", "ảy")


def phrase(chance: random.Random) -> str:
    """Words that look like a name and stand nowhere else (NFC)."""
    words = (chance.choice(ONSETS) + chance.choice(RHYMES) for _ in range(6))
    return " ".join(word.capitalize() for word in words)


def forms(text: str) -> dict[str, bytes]:
    """How the text may stand in a file or an answer."""
    found: dict[str, bytes] = {}
    for name, composed in (("nfc", "NFC"), ("nfd", "NFD")):
        written = unicodedata.normalize(composed, text)
        data = written.encode()
        escaped = json.dumps(written)[1:-1]
        found |= {
            name: data,
            f"{name} lower case": written.lower().encode(),
            f"{name} escaped": escaped.encode(),
            f"{name} escaped, capital digits": _capital_digits(escaped).encode(),
            f"{name} escaped twice": json.dumps(escaped)[1:-1].encode(),
            f"{name} as bytes of Python": repr(data)[2:-1].encode(),
            f"{name} utf-16": written.encode("utf-16-le"),
            f"{name} in an address": quote(written).encode(),
            f"{name} hexadecimal": data.hex().encode(),
        }
        # Of base64 what is the same whatever stands before and behind it.
        for shift in range(3):
            whole = data[(3 - shift) % 3 :]
            core = whole[: len(whole) // 3 * 3]
            found[f"{name} base64 {shift}"] = b64encode(core)
            found[f"{name} base64url {shift}"] = urlsafe_b64encode(core)
    found["without marks"] = without_marks(text).encode()
    return found


def _capital_digits(escaped: str) -> str:
    first, *others = escaped.split("\\u")
    return "\\u".join([first, *(part[:4].upper() + part[4:] for part in others)])


def found_in(data: bytes | mmap.mmap, text: str) -> Iterator[tuple[str, bytes]]:
    """The form, and what stands before it, for every form in which the text stands in the data."""
    for form, written in forms(text).items():
        place = data.find(written)
        if place >= 0:
            yield form, data[max(0, place - 40) : place]


def found_below(folder: Path, text: str) -> list[tuple[str, str, bytes]]:
    """File, form and what stands before it, for every file at or below the folder in which the text stands."""
    found = []
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert files, f"nothing below {folder}"
    for path in files:
        try:
            with path.open("rb") as file:
                if path.stat().st_size == 0:
                    continue
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    found += [(str(path.relative_to(folder)), *where) for where in found_in(data, text)]
        except FileNotFoundError:
            # A server takes files away while we look.
            continue
    return found
