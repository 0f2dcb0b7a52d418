"""Names as they are searched: the same for whoever typed them on whatever device."""

from __future__ import annotations

from events.text import without_marks

ALIKE = str.maketrans(
    {
        "\u00d0": "D",  # eth and an African d, which some keyboards and old fonts have in place of Đ
        "\u00f0": "d",
        "\u0189": "D",
        "\u0256": "d",
        "\u2018": "'",  # the glottal stop in names of the Central Highlands: H'Bia
        "\u2019": "'",
        "\u02bc": "'",
        "\u02b9": "'",
        "\u00b4": "'",
        "\u0060": "'",
    }
)


def folded(name: str) -> str:
    """Lower case without diacritics, one space between words: "  ĐỖ  Thị Bưởi" → "do thi buoi". Also the sort key."""
    return " ".join(without_marks(name.translate(ALIKE)).split())
