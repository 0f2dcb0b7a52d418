"""The languages of the texts, and which of them a caller gets."""

from __future__ import annotations

languages = ("vi", "en")
"""Vietnamese first: it is what callers get who do not ask."""


def negotiate(accept_language: str | None) -> str:
    """The language to answer in, by an Accept-Language header (RFC 9110, 12.5.4); Vietnamese where it names none."""
    best, best_weight = languages[0], 0.0
    for entry in (accept_language or "").split(","):
        tag, _, parameter = entry.partition(";")
        name = tag.strip().lower().split("-")[0]
        language = languages[0] if name == "*" else name
        weight = _weight(parameter)
        if language in languages and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
