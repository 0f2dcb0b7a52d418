"""Erasure at somebody's request: asked for, decided in an office, carried out by ending the key, or refused.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14; Nghị định 356/2025/NĐ-CP, Điều 5.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.values import Body


class ErasureOf(Enum):
    """Whose data it is: a person's (name and contact, the notes of his reports), or a household's (head, address, the
    notes of visits to it, and what it had put forward)."""

    PERSON = "person"
    HOUSEHOLD = "household"


class ErasureGround(Enum):
    """The case of Điều 14, khoản 1 that the request rests on, as accounts of the law give them (secondary)."""

    REQUEST = "request"
    PURPOSE_FULFILLED = "purpose_fulfilled"
    RETENTION_OVER = "retention_over"
    AUTHORITY_DECISION = "authority_decision"
    AGREEMENT = "agreement"
    OTHER_LAW = "other_law"


class ErasureRefusal(Enum):
    """Why nothing is erased: such records must be kept, or who asked has not shown that it is his to ask."""

    MUST_BE_KEPT = "must_be_kept"
    NOT_ENTITLED = "not_entitled"


Word = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class KeptRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Records of one kind that are kept, by the rules of the version: up to and with the day, None for good or for as
    long as they are in use."""

    kind: Word
    version: Word
    until: date | None = None


Kept = Annotated[tuple[KeptRecord, ...], msgspec.Meta(max_length=20)]


class _OfErasure(Body, frozen=True):
    """All requests about one person or household stand on one boundary."""

    BOUNDARY = ("erasure", "subject")
    TARGET = "subject"
    PERSON = "subject"

    erasure: UUID
    subject: UUID


class ErasureRequested(_OfErasure, frozen=True):
    """The office of the unit received the request; the basis is the paper on which it was made. The limits run from its
    day."""

    TYPE = "erasure.erasure_requested.v1"
    UNITS = ("unit",)

    unit: UUID
    of: ErasureOf
    ground: ErasureGround


class ErasureAcknowledged(_OfErasure, frozen=True):
    """Who asked was told that it is being handled, and how."""

    TYPE = "erasure.erasure_acknowledged.v1"


class ErasureExtended(_OfErasure, frozen=True):
    """The limit was extended, once, to the day that the document names."""

    TYPE = "erasure.erasure_extended.v1"

    until: date


class ErasureGranted(_OfErasure, frozen=True):
    """It was decided that the data is erased. Cases of a household that must be kept stand under keys of their own and
    are not touched. `kept` is empty: not everybody who sees the household may know of its cases."""

    TYPE = "erasure.erasure_granted.v1"

    kept: Kept = ()


class ErasureRefused(_OfErasure, frozen=True):
    """It was decided that the data is not erased; `kept` is what the law has kept."""

    TYPE = "erasure.erasure_refused.v1"

    reason: ErasureRefusal
    kept: Kept = ()


class ErasureExecuted(_OfErasure, frozen=True):
    """The key ended, and with it everything that was ever sealed with it: here, in copies and in backups. `whose` is
    the person or household, or a case that the household had put forward."""

    TYPE = "erasure.erasure_executed.v1"
    DESTROYS = "whose"

    whose: UUID


FACTS = (
    ErasureRequested,
    ErasureAcknowledged,
    ErasureExtended,
    ErasureGranted,
    ErasureRefused,
    ErasureExecuted,
)
