"""What a field of a command may hold, for who sent something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args, get_type_hints

import msgspec


class Kind(Enum):
    """The kinds of values that a field may hold."""

    TEXT = "text"
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    YES_OR_NO = "yes_or_no"
    ID = "id"
    LIST = "list"
    OBJECT = "object"
    LESS_NESTING = "less_nesting"
    OTHER = "other"


_KINDS = {
    "str": Kind.TEXT,
    "int": Kind.WHOLE_NUMBER,
    "float": Kind.NUMBER,
    "bool": Kind.YES_OR_NO,
    "uuid": Kind.ID,
    "array": Kind.LIST,
    "object": Kind.OBJECT,
}
_EXPECTED = re.compile(r"Expected `(?P<name>\w+)")


def kind(message: str) -> Kind:
    """The kind that the decoder's message asks for."""
    if message.startswith("Invalid UUID"):
        return Kind.ID
    found = _EXPECTED.match(message)
    return _KINDS.get(found["name"], Kind.OTHER) if found else Kind.OTHER


def allowed(command: type[msgspec.Struct], place: str) -> list[str]:
    """The values of the closed list that belongs at a place of the command, as in `basis.kind` or `topics[0]`."""
    hints: list[Any] = [command]
    for name in re.findall(r"[^.\[\]]+(?![^\[]*\])", place):
        hints = [get_type_hints(t)[name] for t in _within(hints) if name in getattr(t, "__struct_fields__", ())]
    return [member.value for t in _within(hints) if issubclass(t, Enum) for member in t]


def _within(hints: list[Any]) -> Iterator[type]:
    """The classes that the types are made of."""
    for hint in hints:
        if isinstance(hint, type) and not get_args(hint):
            yield hint
        else:
            yield from _within(list(get_args(hint)))
