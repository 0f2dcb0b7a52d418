"""What can be made out of JSON that the decoder refuses: the parts of a list or an object, each by itself."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

from events.text import UNREADABLE

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[][{},]|"', re.DOTALL)
_MEMBER = re.compile(rb'\s*("(?:[^"\\]|\\.)*")\s*:(.*)', re.DOTALL)
_PAIR = re.compile(rb'(?P<name>"(?:[^"\\]|\\.)*")(?:\s*:\s*(?P<value>"(?:[^"\\]|\\.)*"))?|(?P<end>[][{}"])', re.DOTALL)
_RAW_BYTES = range(0xDC80, 0xDD00)


def elements(text: bytes) -> list[bytes] | None:
    """The elements of a list, unread; None where it is no list or was cut off."""
    return _parts(text, b"[", b"]")


def cut_off(text: bytes) -> list[bytes]:
    """The objects and lists in a list that was cut off, unread; the last one as far as it came."""
    text = text.lstrip()
    found, depth, start = [], 0, 0
    for token in _TOKEN.finditer(text) if text.startswith(b"[") else ():
        mark = token[0]
        if mark in (b"[", b"{"):
            start = token.start() if depth == 1 else start
            depth += 1
        elif mark in (b"]", b"}"):
            depth -= 1
            if depth == 1:
                found.append(text[start : token.end()])
        if depth == 0 or mark == b'"':
            break
    return [*found, text[start:]] if depth > 1 else found


def legible(text: bytes) -> list[tuple[str, bytes]]:
    """The texts in an object that was cut off, by name, unread: those that came whole before anything nested."""
    found = []
    for pair in _PAIR.finditer(text.lstrip()[1:]):
        if pair["end"]:
            break
        if pair["value"]:
            with suppress(ValueError):
                found.append((str(_lenient(pair["name"])), pair["value"]))
    return found


def members(text: bytes) -> list[tuple[str, bytes]]:
    """The legible names of an object with their unread values; none where it is no object or was cut off."""
    found = []
    for part in _parts(text, b"{", b"}") or ():
        member = _MEMBER.fullmatch(part)
        if member is not None:
            with suppress(ValueError):
                found.append((str(_lenient(member[1])), member[2]))
    return found


def unreadable_character(value: bytes) -> str | None:
    """The first character in the texts of a value that no person types; None when there is none, or it is no JSON.

    Raises `RecursionError` when it is nested too deeply.
    """
    try:
        return _first(_lenient(value))
    except ValueError:
        return None


def _lenient(value: bytes) -> Any:
    # A byte that is no UTF-8 becomes half a surrogate pair, like those that were escaped.
    return json.loads(value.decode(errors="surrogateescape"), strict=False)


def _first(value: Any) -> str | None:
    if isinstance(value, str):
        unreadable = UNREADABLE.search(value)
        if unreadable is None:
            return None
        code = ord(unreadable[0])
        return f"0x{code - 0xDC00:02X}" if code in _RAW_BYTES else f"U+{code:04X}"
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    found = (_first(part) for part in value) if isinstance(value, list) else ()
    return next((character for character in found if character is not None), None)


def _parts(text: bytes, opening: bytes, closing: bytes) -> list[bytes] | None:
    """What stands between the commas of the outermost list or object, however deep its parts are nested."""
    text = text.strip()
    if not (text.startswith(opening) and text.endswith(closing)):
        return None
    found, depth, start = [], 0, 1
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in (b"[", b"{"):
            depth += 1
        elif mark in (b"]", b"}"):
            depth -= 1
        elif mark == b'"':
            return None
        if depth == 0 or (depth == 1 and mark == b","):
            found.append(text[start : token.start()])
            start = token.end()
        if depth == 0:
            break
    if depth or start != len(text):
        return None
    return [] if len(found) == 1 and not found[0].strip() else found
