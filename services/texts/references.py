"""How things are called inside a sentence, and sentences for what ends without a fact of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.texts.catalogue import shown
from services.texts.resource import resource

GROUPS = {"status": "member_status", "office": "office_kind"}


def reference(name: str, parameters: Mapping[str, Any], language: str) -> str:
    """The words, filled in. Raises `KeyError`."""
    values = {key: shown(value, GROUPS.get(key), language) for key, value in parameters.items()}
    return resource(language, "references").format(name, values)
