"""Why somebody reads: a code of a closed list and the number of a document, never a text that could name people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from importlib.resources import files
from urllib.parse import unquote_to_bytes

import msgspec

from services.decisions.asking import Role
from services.queries.session import CannotAnswer
from services.reads.log import Why

NUMBER = re.compile(r"\d{1,6}[0-9A-Za-zĐđƯư./&-]{0,40}")
"""A document's number, as 31-CV/UBKT: digits first and no spaces, so that nobody writes a sentence."""


class ReadReason(Enum):
    """Why somebody reads."""

    CASE_HANDLING = "case_handling"
    INSPECTION = "inspection"
    DENUNCIATION_CHECK = "denunciation_check"
    HOUSEHOLD_ASKED = "household_asked"
    MEMBER_ASKED = "member_asked"
    REGISTER_CORRECTION = "register_correction"
    URGENT_DANGER = "urgent_danger"


REASONS = tuple(reason.value for reason in ReadReason)


class ReadRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From `valid_from`: by which roles a reason is `needed` for which routes, for which reasons a document is named as
    well, for how many hours something masked is shown, and for which reasons and how long to who breaks the glass."""

    valid_from: date
    needed: Mapping[str, frozenset[Role]]
    document_needed: frozenset[ReadReason]
    reveal_hours: int
    break_glass_for: frozenset[ReadReason]
    break_glass_hours: int
    source: str
    certainty: str


RULES = msgspec.json.decode(files("services.rules").joinpath("read_reasons.json").read_bytes(), type=ReadRules)


def shown_until(at: datetime, glass_broken: bool) -> datetime:
    """Up to when something masked is shown that is revealed at the moment `at`; in whole seconds."""
    hours = RULES.break_glass_hours if glass_broken else RULES.reveal_hours
    return at.replace(microsecond=0) + timedelta(hours=hours)


def why_asked(role: Role, route: str, reason: str | None, document: str | None) -> Why:
    """Why the question is asked, as the request's headers say. Raises `CannotAnswer` (reason_needed, reason_unknown,
    reason_document_needed, document_number_unreadable)."""
    if reason is None and role in RULES.needed.get(route, ()):
        raise CannotAnswer("reason_needed", allowed=", ".join(REASONS))
    return why(reason, None if document is None else _written(document))


def why(reason: str | None, document: str | None) -> Why:
    """The reason and document, as far as they may be kept. Raises `CannotAnswer` as above."""
    if reason is not None and reason not in REASONS:
        raise CannotAnswer("reason_unknown", allowed=", ".join(REASONS))
    if document is not None and NUMBER.fullmatch(document) is None:
        raise CannotAnswer("document_number_unreadable")
    if document is None and reason is not None and ReadReason(reason) in RULES.document_needed:
        raise CannotAnswer("reason_document_needed", read_reason=reason)
    return Why(reason, document)


def _written(header: str) -> str:
    """What the header says: percent-encoded, or in UTF-8 as it is, of which each byte comes as one character."""
    return unquote_to_bytes(header.encode("latin-1")).decode(errors="replace")
