"""From bytes to commands: each item by itself, so that a bad one never spoils its neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, get_type_hints
from uuid import UUID

import msgspec

from events.facts.values import Basis
from events.text import UnreadableText, normalised
from services.decisions.catalogue import COMMANDS, AnyCommand
from services.decisions.command import Command, Refused

EARLIEST = date(1930, 1, 1)
LATEST = date(2100, 1, 1)
LARGEST_LIST = 1000

_items = msgspec.json.Decoder(list[msgspec.Raw])
_command = msgspec.json.Decoder(AnyCommand)
_head = msgspec.json.Decoder(dict[str, msgspec.Raw])

_PATTERNS = (
    (re.compile(r"unknown field `(?P<field>[^`]*)`"), "unknown_field"),
    (re.compile(r"missing required field `(?P<field>[^`]*)`"), "missing_field"),
    (re.compile(r"Invalid (?:value '(?P<type>[^']*)'|type)"), "unknown_type"),
)
_PLACE = re.compile(r" - at `\$?\.?(?P<field>[^`]*)`")


def items(body: bytes) -> list[bytes]:
    """The items of a batch, unread. Raises `Refused` when it is no list, empty, or too long."""
    try:
        found = _items.decode(body)
    except msgspec.ValidationError:
        raise Refused("not_a_batch") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("invalid_json") from None
    if not found:
        raise Refused("batch_empty")
    if len(found) > LARGEST_LIST:
        raise Refused("batch_too_large", count=len(found), limit=LARGEST_LIST)
    return [bytes(item) for item in found]


def command(item: bytes) -> Command:
    """The command in an item, its texts normalised. Raises `Refused` with what is wrong and where."""
    try:
        found: Command = _command.decode(item)
    except msgspec.ValidationError as failure:
        raise _explained(item, str(failure)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("invalid_json") from None
    if found.id.version != 7:
        raise Refused("id_not_v7", id=found.id)
    for field, check in _checks(type(found)):
        check(field, getattr(found, field))
    changed: dict[str, Any] = {}
    for field in _texts(type(found)):
        text = getattr(found, field)
        if text is not None:
            clean = _clean(field, text)
            if clean is not text:
                changed[field] = clean
    if found.basis is not None:
        changed["basis"] = _clean_basis(found.basis)
    return msgspec.structs.replace(found, **changed) if changed else found


def identity(item: bytes) -> tuple[UUID | None, str | None]:
    """Id and type of an item that could not be read, as far as they can be made out."""
    try:
        head = _head.decode(item)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None, None
    return _part(head, "id", UUID), _part(head, "type", str)


def _part(head: dict[str, msgspec.Raw], name: str, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(head[name], type=kind)
    except (KeyError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _explained(item: bytes, message: str) -> Refused:
    place = _PLACE.search(message)
    field = place["field"] if place else ""
    _, type_name = identity(item)
    if type_name is None:
        return Refused("missing_field", field="type")
    if type_name not in COMMANDS:
        return Refused("unknown_type", type=type_name[:100])
    for pattern, code in _PATTERNS[:2]:
        found = pattern.search(message)
        if found:
            name = ".".join(part for part in (field, found["field"]) if part)
            return Refused(code, field=name[:200])
    if "RFC3339" in message or "ISO8601" in message or "`date`" in message or "`datetime`" in message:
        return Refused("invalid_date", field=field)
    if "`str` of length >=" in message:
        return Refused("text_empty", field=field)
    if "`str` of length <=" in message:
        return Refused("text_too_long", field=field, limit=int(re.findall(r"<= (\d+)", message)[0]))
    return Refused("wrong_type", field=field, expected=message.split(" - at ")[0])


def _clean(field: str, text: str) -> str:
    try:
        clean = normalised(text)
    except UnreadableText as failure:
        raise Refused("unreadable_text", field=field, character=str(failure)) from None
    if not clean:
        raise Refused("text_empty", field=field)
    return clean


def _clean_basis(basis: Basis) -> Basis:
    issuer = None if basis.issuer is None else _clean("basis.issuer", basis.issuer)
    if basis.issued_on is not None:
        _check_date("basis.issued_on", basis.issued_on)
    return Basis(number=_clean("basis.number", basis.number), issued_on=basis.issued_on, issuer=issuer)


def _check_date(field: str, value: date | None) -> None:
    if value is not None and not EARLIEST <= value < LATEST:
        raise Refused("date_out_of_range", field=field)


def _check_instant(field: str, value: datetime | None) -> None:
    if value is not None:
        _check_date(field, value.date())


@cache
def _texts(kind: type[Command]) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(kind) if _holds(kind, field.name, str))


@cache
def _checks(kind: type[Command]) -> tuple[tuple[str, Callable[[str, Any], None]], ...]:
    names = [field.name for field in msgspec.structs.fields(kind)]
    instants = [(name, _check_instant) for name in names if _holds(kind, name, datetime)]
    dates = [(name, _check_date) for name in names if _holds(kind, name, date)]
    return (*instants, *dates)


def _holds(kind: type[Command], name: str, wanted: type[Any]) -> bool:
    hint = get_type_hints(kind)[name]
    return hint is wanted or wanted in getattr(hint, "__args__", ())
