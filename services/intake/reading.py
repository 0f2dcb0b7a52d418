"""From bytes to commands: each item by itself, so that a bad one never spoils its neighbours."""

from __future__ import annotations

import operator
import re
import unicodedata
from datetime import date, datetime
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

import msgspec

from events.text import UnreadableText, normalised
from services.decisions.catalogue import COMMANDS, AnyCommand
from services.decisions.command import Command
from services.decisions.outcome import Refused
from services.intake import expecting, fragments, never_recorded
from services.intake.expecting import Kind

EARLIEST = date(1930, 1, 1)
LATEST = date(2100, 1, 1)
LARGEST_LIST = 1000
LONGEST_QUOTE = 100
LARGEST_ITEM = 1024 * 1024
"""Bytes of one item: several times what the largest plan or meeting comes to. What is larger is not looked into."""

_items = msgspec.json.Decoder(list[msgspec.Raw])
_command = msgspec.json.Decoder(AnyCommand)

_PATTERNS = (
    (re.compile(r"unknown field `(?P<field>[^`]*)`"), "unknown_field"),
    (re.compile(r"missing required field `(?P<field>[^`]*)`"), "missing_field"),
)
_RANGE = re.compile(r"Number out of range|Expected `(int|float)`( \| `?null`?)? [<>]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+|\[(\d+|\.\.\.)\])*")
_PLACE = re.compile(r" - at `\$?\.?(?P<field>[^`]*)`")


def items(body: bytes) -> list[bytes]:
    """The items of a batch, unread. Raises `Refused` when it is no list, empty, or too long."""
    found = _split(body)
    if not found:
        raise Refused("batch_empty")
    if len(found) > LARGEST_LIST:
        raise Refused("batch_too_large", count=len(found), limit=LARGEST_LIST)
    return found


def named_before_the_cut(body: bytes) -> list[tuple[UUID, str | None]]:
    """Id and type of the items of a batch that was cut off, as far as they came and tell their id."""
    found = (identity(item) for item in fragments.cut_off(body)[:LARGEST_LIST])
    return [(item, kind) for item, kind in found if item is not None]


def _split(body: bytes) -> list[bytes]:
    try:
        return [bytes(item) for item in _items.decode(body)]
    except msgspec.ValidationError:
        raise Refused("not_a_batch") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # One unreadable item spoils the list for the decoder; its neighbours must not suffer.
        found = fragments.elements(body)
    if found is None:
        raise Refused("invalid_json")
    return found


def command(item: bytes) -> Command:
    """The command in an item, its texts normalised. Raises `Refused` with what is wrong and where."""
    if len(item) > LARGEST_ITEM:
        raise Refused("item_too_large", limit=LARGEST_ITEM)
    try:
        return _read(item)
    except Refused:
        found = never_recorded.in_item(item)
        if found is None:
            raise
        told = {"field": found.name, "category": found.category.value, "law": found.law}
        raise Refused("never_recorded", **told) from None


def _read(item: bytes) -> Command:
    try:
        found: Command = _command.decode(item)
    except msgspec.ValidationError as failure:
        if not _well_formed(item):
            raise _unreadable(item) from None
        refused = _explained(item, str(failure))
        composed = _composed(item) if refused.code == "text_too_long" else None
        if composed is None:
            raise refused from None
        return _read(composed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _unreadable(item) from None
    if found.id.version != 7:
        raise Refused("id_not_v7", id=found.id)
    clean: Command = _clean("", found)
    return clean


def _well_formed(item: bytes) -> bool:
    """Whether the rest is readable too: the decoder stops at the first thing that does not fit."""
    try:
        msgspec.json.decode(item)
    except msgspec.ValidationError:
        # A number that no computer holds is a fault of its field.
        return True
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    except RecursionError:
        # What is nested too deeply is no more of a fault than what was found first.
        return True
    return True


def _composed(item: bytes) -> bytes | None:
    """The same with decomposed letters put together, which makes its texts shorter; None where nothing changes."""
    try:
        text = msgspec.json.encode(msgspec.json.decode(item)).decode()
    except (RecursionError, msgspec.ValidationError):
        return None
    composed = unicodedata.normalize("NFC", text)
    return None if composed == text else composed.encode()


def identity(item: bytes) -> tuple[UUID | None, str | None]:
    """Id and type of an item that could not be read, as far as they can be made out."""
    whole = len(item) <= LARGEST_ITEM and fragments.members(item)
    parts = dict(whole or fragments.legible(item))
    kind = _part(parts, "type", str)
    return _part(parts, "id", UUID), kind and _quoted(kind)


def _part(parts: dict[str, bytes], name: str, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(parts[name], type=kind)
    except (KeyError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _quoted(text: str) -> str:
    """The name of a field or type that the client chose, fit to be kept and shown: what is no name of that kind may be
    somebody's, put in the wrong place, and is left out."""
    return text if len(text) <= LONGEST_QUOTE and _NAME.fullmatch(text) else "\ufffd"


def _unreadable(item: bytes) -> Refused:
    """Why the decoder could not get through the item."""
    for name, value in fragments.members(item):
        try:
            character = fragments.unreadable_character(value)
        except RecursionError:
            return Refused("wrong_type", field=_quoted(name), expected=Kind.LESS_NESTING.value)
        if character is not None:
            return Refused("unreadable_text", field=_quoted(name), character=character)
    return Refused("invalid_json")


def _explained(item: bytes, message: str) -> Refused:
    place = _PLACE.search(message)
    field = place["field"] if place else ""
    parts = dict(fragments.members(item))
    if not parts and message.startswith("Expected `object`"):
        return Refused("not_an_object")
    if "type" not in parts:
        return Refused("missing_field", field="type")
    type_name = _part(parts, "type", str)
    if type_name is None:
        return Refused("wrong_type", field="type", expected=Kind.TEXT.value)
    if type_name not in COMMANDS:
        return Refused("unknown_type", type=_quoted(type_name))
    return misfit(COMMANDS[type_name], field, message)


def misfit(body: type[msgspec.Struct], field: str, message: str) -> Refused:
    """What does not fit at a place of such a body, by what the decoder says of it."""
    for pattern, code in _PATTERNS:
        found = pattern.search(message)
        if found:
            name = ".".join(part for part in (field, found["field"]) if part)
            return Refused(code, field=_quoted(name))
    if "timezone component" in message:
        return Refused("offset_needed", field=field)
    if "RFC3339" in message or "ISO8601" in message or "`date" in message:
        return Refused("invalid_date", field=field)
    if "`str` of length >=" in message:
        return Refused("text_empty", field=field)
    if "`str` of length <=" in message:
        return Refused("text_too_long", field=field, limit=int(re.findall(r"<= (\d+)", message)[0]))
    if _RANGE.match(message):
        return Refused("number_out_of_range", field=field)
    if message.startswith("Invalid enum value"):
        return Refused("not_in_list", field=field, allowed=", ".join(expecting.allowed(body, field)))
    return Refused("wrong_type", field=field, expected=expecting.kind(message).value)


def _clean(place: str, value: Any) -> Any:
    """The same value with every text normalised and every date checked, however deep it stands."""
    if isinstance(value, str):
        return _clean_text(place, value)
    if isinstance(value, date):
        _check_date(place, value)
    elif isinstance(value, tuple):
        clean = tuple(_clean(f"{place}[{index}]", part) for index, part in enumerate(value))
        return value if all(map(operator.is_, clean, value)) else clean
    elif isinstance(value, msgspec.Struct):
        changed = {}
        for name in _legible(type(value)):
            before = getattr(value, name)
            after = before and _clean(f"{place}.{name}" if place else name, before)
            if after is not before:
                changed[name] = after
        return msgspec.structs.replace(value, **changed) if changed else value
    return value


@cache
def _legible(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields that may hold a text or a date, themselves or in their parts."""
    return tuple(name for name, hint in get_type_hints(kind).items() if name in kind.__struct_fields__ and _holds(hint))


def _holds(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, str | date | msgspec.Struct):
        return True
    return any(map(_holds, get_args(hint)))


def _clean_text(field: str, text: str) -> str:
    try:
        clean = normalised(text)
    except UnreadableText as failure:
        raise Refused("unreadable_text", field=field, character=str(failure)) from None
    if not clean:
        raise Refused("text_empty", field=field)
    return clean


def _check_date(field: str, value: date) -> None:
    day = value.date() if isinstance(value, datetime) else value
    if not EARLIEST <= day < LATEST:
        raise Refused("date_out_of_range", field=field)
