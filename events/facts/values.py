"""Words that facts of several areas share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec

LONGEST_NAME = 200
LONGEST_TEXT = 4000

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
"""A public name, of a unit or a group: never a person's."""

Sealed = Annotated[str, msgspec.Meta(description="sealed: readable only with the owner's key")]
"""Stored form of a name, address, contact or free text: see `events.sealing`."""


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one fact says, apart from who, when and on what basis (that is the envelope's part).

    `TYPE` is the stable dotted name with its version. `BOUNDARY` is (area, field): the fact belongs to the
    boundary `facts.<area>.<value of field>`. `SEALED` maps each sealed field to the field that holds its owner.
    `TARGET` (household or group), `PERSON` and `UNITS` name the fields through which it enters an audit trail.
    `REPORT` is true of what the field reports: it is appended without an expectation, so that no rule loses it.
    `DESTROYS` is the field with the owner whose key ends with the fact: what was sealed with it is never read again.
    """

    TYPE: ClassVar[str]
    BOUNDARY: ClassVar[tuple[str, str]]
    SEALED: ClassVar[Mapping[str, str]] = {}
    TARGET: ClassVar[str | None] = None
    PERSON: ClassVar[str | None] = None
    UNITS: ClassVar[tuple[str, ...]] = ()
    REPORT: ClassVar[bool] = False
    DESTROYS: ClassVar[str | None] = None

    def owner(self, field: str) -> UUID:
        """Whose key seals `field`."""
        owner: UUID = getattr(self, self.SEALED[field])
        return owner


class Source(Enum):
    """Through what a fact reached Sổ Hộ."""

    PHONE = "phone"
    WEB = "web"
    PAPER = "paper"
    IMPORT = "import"
    SYSTEM = "system"


class Actor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who acted: which person, in which office, for which unit. A system has no person."""

    role: str
    unit: UUID
    person: UUID | None = None
    office: str | None = None


class Basis(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The document a fact rests on: its number, date and issuer, as printed on it."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    issued_on: date | None = None
    issuer: Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)] | None = None


class Attachment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file that comes apart and later; `sha256` is its digest in lower-case hexadecimal.

    A file's name is not kept: it often names the person whom it is about.
    """

    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    media_type: Annotated[str, msgspec.Meta(pattern="^[a-z]+/[a-z0-9.+-]{1,100}$")]
    pages: Annotated[int, msgspec.Meta(ge=1, le=10_000)] | None = None


def encode(value: Any) -> bytes:
    """The one JSON form in which anything of ours is stored or hashed: declared field order, no spaces."""
    return msgspec.json.encode(value)
