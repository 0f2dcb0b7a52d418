"""The stable codes that source files raise, found in the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def sources(*folders: str) -> list[Path]:
    """Every Python file of the folders, named from the repository's root."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def codes_in(paths: Iterable[Path], callees: dict[str, int]) -> set[str]:
    """The strings passed to these functions (or methods) as the argument of that number, in any of the files."""
    return {code for path in paths for call in _calls(path) for code in _codes(call, callees)}


def strings_in(paths: Iterable[Path]) -> set[str]:
    """Every string constant in the files."""
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def _codes(call: ast.Call, callees: dict[str, int]) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)
    number = callees.get(str(name))
    if number is None or len(call.args) <= number:
        return
    argument = call.args[number]
    branches = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
    for branch in branches:
        if isinstance(branch, ast.Constant) and isinstance(branch.value, str):
            yield branch.value
