"""What Sổ Hộ does not record, whoever sends it: fields about a person's belief, origin, views, health and the like.

No field of ours has such a name (held by a test), so an item with one is refused by the decoder; only then is it looked
at here, to say why. Nothing that was sent is quoted: not even the name, since a client may have put anything into it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

import msgspec

MOST_NAMES = 20_000
"""So many fields of an item are looked at: more than the largest plan has. What has more is refused anyway."""

LONGEST_NAME = 200
"""So many characters of a name are looked at."""

_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"(\s*:)?|"', re.DOTALL)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-z0-9]+")


class Category(Enum):
    """Kinds of data that are refused by design."""

    RELIGION = "religion"
    ETHNICITY = "ethnicity"
    POLITICAL_VIEW = "political_view"
    SECURITY_LABEL = "security_label"
    HOUSEHOLD_COMPLIANCE = "household_compliance"
    LOYALTY_OR_RISK = "loyalty_or_risk"
    HEALTH_DETAIL = "health_detail"
    IDENTITY_CARD_IMAGE = "identity_card_image"
    LOCATION_TRACK = "location_track"


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One category: why it is not recorded, by what law, and the names of fields that give it away, by language."""

    category: Category
    why: str
    law: str
    certainty: str
    names: Mapping[str, tuple[str, ...]]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file."""

    source: str
    categories: tuple[Entry, ...]


class Found(msgspec.Struct, frozen=True):
    """A field that is not recorded: its name as the vocabulary spells it, the category and the law."""

    name: str
    category: Category
    law: str


@cache
def vocabulary() -> Vocabulary:
    """The categories and names, from their data file."""
    return msgspec.json.decode(files("services.rules").joinpath("never_recorded.json").read_bytes(), type=Vocabulary)


def in_item(item: bytes) -> Found | None:
    """The first field anywhere in a submitted item that is not recorded, however broken the rest of it is."""
    return next((found for name in islice(_names(item), MOST_NAMES) if (found := named(name)) is not None), None)


@lru_cache(maxsize=4096)
def named(field: str) -> Found | None:
    """What a field of this name would hold that is not recorded; None for any other name."""
    words, phrases = _words(field), _phrases()
    longest = max(map(len, phrases))
    parts = (tuple(words[start : start + size]) for start in range(len(words)) for size in range(1, longest + 1))
    return next((phrases[part] for part in parts if part in phrases), None)


@cache
def _phrases() -> Mapping[tuple[str, ...], Found]:
    """The words of each name, also where they are written as one."""
    found: dict[tuple[str, ...], Found] = {}
    for entry in vocabulary().categories:
        for name in (name for names in entry.names.values() for name in names):
            words = tuple(_words(name))
            found[words] = found[("".join(words),)] = Found(name, entry.category, entry.law)
    return found


def _words(name: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.replace("đ", "d").replace("Đ", "D")
    return _WORD.findall(_HUMP.sub("_", plain).lower())


def _names(item: bytes) -> Iterator[str]:
    """The names of all fields, at any depth, up to where the JSON breaks off."""
    for string in _STRING.finditer(item):
        if string[1] is None:
            return
        if string[2]:
            with suppress(ValueError):
                yield str(json.loads(b'"' + string[1] + b'"', strict=False))[:LONGEST_NAME]
