"""The catalogue: every type of fact, how it is stored, and which boundary it belongs to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, get_type_hints
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts import (
    assignments,
    erasures,
    evaluations,
    grievances,
    households,
    inspections,
    meetings,
    members,
    organisation,
    publications,
    visits,
)
from events.facts.values import Body, encode
from events.upcasting import UPCASTERS

AREAS = (
    organisation,
    members,
    households,
    assignments,
    visits,
    meetings,
    grievances,
    evaluations,
    erasures,
    publications,
    inspections,
)

BODIES: dict[str, type[Body]] = {body.TYPE: body for area in AREAS for body in area.FACTS}
"""Type name → its form, old ones included."""

DESTROYING = tuple(name for name, body in BODIES.items() if body.DESTROYS is not None)
"""Types of facts with which a key ends."""

_DECODERS = {name: msgspec.json.Decoder(Fact[body]) for name, body in BODIES.items()}  # type: ignore[valid-type]


class UnknownType(LookupError):
    """A stored fact is of a type that this version does not know: it was written by a newer one."""


def decode(type_name: str, data: bytes) -> Fact[Any]:
    """The fact in `data`, in the newest form of its type. Raises `UnknownType` or `msgspec.DecodeError`."""
    decoder = _DECODERS.get(type_name)
    if decoder is None:
        raise UnknownType(type_name)
    fact = decoder.decode(data)
    upcast = UPCASTERS.get(type(fact.body))
    while upcast is not None:
        body = upcast(fact.body)
        fact = msgspec.structs.replace(fact, type=body.TYPE, body=body)
        upcast = UPCASTERS.get(type(body))
    return fact


def read_as(bodies: Collection[type[Body]]) -> list[str]:
    """Names of the types whose facts are read as one of the bodies: theirs, and those of their older forms."""
    return [name for name, body in BODIES.items() if _newest(body) in bodies]


def _newest(body: type[Body]) -> type[Body]:
    while body in UPCASTERS:
        body = get_type_hints(UPCASTERS[body])["return"]
    return body


def stored(fact: Fact[Any]) -> bytes:
    """The exact bytes in which the fact is kept for ever."""
    return encode(fact)


def subject(area: str, key: UUID) -> str:
    """The literal subject of a boundary."""
    return f"facts.{area}.{key}"


def destroyed(body: Body) -> UUID | None:
    """The owner whose key ends with the fact; None where none does."""
    return None if body.DESTROYS is None else getattr(body, body.DESTROYS)


def boundary(body: Body) -> str:
    """The literal subject of the boundary that the fact belongs to."""
    area, field = body.BOUNDARY
    return f"facts.{area}.{getattr(body, field)}"
