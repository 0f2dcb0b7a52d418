"""What the kinds of tables have in common: rows of values, and how the forms write them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from events.facts.evaluations import Level
from events.text import without_marks
from services import texts

Cell = int | str | None
"""A number, words, or nothing."""

MOST_LINES = 2000
"""Members that one table may list: more than any grass-roots organisation has."""


class HeadLine(msgspec.Struct, frozen=True):
    """A figure above the table."""

    heading: str
    value: Cell


class TableRow(msgspec.Struct, frozen=True):
    """The values of a row, one for each column; how deep it stands, and why it is empty, if it is."""

    cells: list[Cell]
    depth: int = 0
    empty: str | None = None


class Table(msgspec.Struct, frozen=True):
    """What a layout is filled with."""

    rows: list[TableRow]
    head: list[HeadLine] = []


def points(tenths: int | None) -> str | None:
    """275 tenths → 27,5"""
    return None if tenths is None else decimal(Decimal(tenths) / 10, 1)


def decimal(value: Decimal, places: int) -> str:
    """With so many decimals after a comma, halves rounded up."""
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)).replace(".", ",")


def per_cent(part: int, whole: int) -> str | None:
    """3 of 16 → 18,75; nothing where there is nothing to have a share of."""
    return decimal(Decimal(100 * part) / whole, 2) if whole else None


def level_words(level: Level | str | None) -> str | None:
    """The level as it is called on the form."""
    if level is None:
        return None
    return texts.term("level", level.value if isinstance(level, Level) else level, "vi")


def joined(words: Iterable[str]) -> str | None:
    return "; ".join(words) or None


def by_name(name: str | None) -> tuple[str, str]:
    """The order of people in a list: by given name, which stands last."""
    plain = without_marks(name or "")
    return plain.rpartition(" ")[2], plain
