"""The envelope: who said it, in which office, when it was so, and on what basis."""

from __future__ import annotations

from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

import msgspec

from events.facts.values import Actor, Attachment, Basis, Body, Source

B = TypeVar("B", bound=Body)
B_co = TypeVar("B_co", bound=Body, covariant=True)


class Fact(msgspec.Struct, Generic[B], frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One immutable fact, in the field order of its stored bytes.

    `id` is made by the client for a report (UUIDv7) and derived from the command's id for the facts of a command.
    `unit` is the cell or committee the fact belongs to: it decides who may see it.
    `effective` is the day it holds from or happened on, in Viet Nam; `instant` is set for acts, with offset.
    `written_at` is the device's claim. Position and recorded time come from the log and are not in here.
    `digest` is a keyed hash of what was submitted: a retry is told from a conflict by it.
    `seen` is the log position that the decision had read, where it looked across boundaries.
    """

    type: str
    id: UUID
    unit: UUID
    effective: date
    instant: datetime | None = None
    actor: Actor
    performed_by: UUID | None = None
    client: str
    source: Source
    written_at: datetime | None = None
    causation: UUID | None = None
    correlation: UUID | None = None
    basis: Basis | None = None
    attachments: tuple[Attachment, ...] = ()
    digest: str
    seen: int | None = None
    body: B


class Recorded(msgspec.Struct, Generic[B], frozen=True):
    """A fact with its place in the log: position (from 1) and recorded time (nanoseconds since 1970, UTC)."""

    position: int
    recorded_ns: int
    fact: Fact[B]
