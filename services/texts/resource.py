"""One Fluent file in one language: its messages, the variables each of them uses, and how one is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

ABSENT = "none"
"""What a text sees in place of a value that is not there."""


class Resource:
    """The messages of one file. An attribute of a message is named `message.attribute`."""

    def __init__(self, language: str, text: str) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        parsed = FluentResource(text)
        self._bundle.add_resource(parsed)
        self._direct: dict[str, _Used] = {}
        for entry in parsed.body:
            if isinstance(entry, ast.Junk):
                raise ValueError(f"{language}: no Fluent message: {entry.content}")
            if isinstance(entry, ast.Message):
                parts = {f".{part.id.name}": part.value for part in entry.attributes} | {"": entry.value}
                for name, pattern in parts.items():
                    used = _Used()
                    used.visit(pattern)
                    self._direct[entry.id.name + name] = used

    @property
    def names(self) -> set[str]:
        """Names of all messages and attributes."""
        return set(self._direct)

    def references(self) -> set[str]:
        """Names of messages that other messages build on."""
        return {name for used in self._direct.values() for name in used.messages}

    def variables(self, name: str) -> set[str]:
        """Names of the values that the message is filled with. Raises `KeyError`."""
        used = self._direct[name]
        return used.variables.union(*(self.variables(other) for other in used.messages))

    def format(self, name: str, values: Mapping[str, str | int | None]) -> str:
        """The message filled in; a value that is missing or None is `none` to it. Raises `KeyError`."""
        filled: dict[str, Any] = {variable: _value(values.get(variable)) for variable in self.variables(name)}
        key, _, attribute = name.partition(".")
        message = self._bundle.get_message(key)
        pattern = message.attributes[attribute] if attribute else message.value
        if pattern is None:
            raise KeyError(name)
        text, failures = self._bundle.format_pattern(pattern, filled)
        if failures:
            raise failures[0]
        return str(text)


class _Used(Visitor):
    """Collects what a pattern refers to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


def _value(value: str | int | None) -> Any:
    if value is None:
        return ABSENT
    # Years and counts are written without thousands separators, but still choose singular or plural.
    return fluent_number(value, useGrouping=False) if isinstance(value, int) else value


@cache
def resource(language: str, name: str) -> Resource:
    """The file `name` in the language. Raises `FileNotFoundError` where there is none."""
    return Resource(language, files("services.texts").joinpath(language, f"{name}.ftl").read_text("utf-8"))
