"""Mandates of inspection teams: who may look into what, from which day to which, and by which decision.

A team inspects by a decision that names its members, what it inspects and for how long (Luật Thanh tra 84/2025/QH15;
within the Party the decision of the committee or of its inspection committee: Quy định 296-QĐ/TW of 30/5/2025). The
texts were not read; no term of theirs is counted here (see `projections.states.mandate_rules`).
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.values import Body

MOST_MEMBERS, MOST_CASES, MOST_UNITS = 20, 100, 50

Team = Annotated[tuple[UUID, ...], msgspec.Meta(min_length=1, max_length=MOST_MEMBERS)]
Cases = Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST_CASES)]
Units = Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST_UNITS)]


class MandateEnding(Enum):
    """Why a mandate ends before its last day: the inspection is concluded, or the mandate was withdrawn."""

    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


class _OfMandate(Body, frozen=True):
    BOUNDARY = ("mandate", "mandate")

    mandate: UUID


class MandateGiven(_OfMandate, frozen=True, kw_only=True):
    """The committee of `unit` lets the persons of the team inspect, from the effective date up to and including
    `until`: these cases, and all that stands at or below these units. The basis is the inspection decision."""

    TYPE = "inspection.mandate_given.v1"

    unit: UUID
    team: Team
    cases: Cases = ()
    units: Units = ()
    until: date


class MandateExtended(_OfMandate, frozen=True):
    """The mandate holds up to and including `until`, by the document of the basis."""

    TYPE = "inspection.mandate_extended.v1"

    until: date


class MandateEnded(_OfMandate, frozen=True):
    """From the effective date on the mandate gives nothing any more."""

    TYPE = "inspection.mandate_ended.v1"

    reason: MandateEnding


FACTS: tuple[type[Body], ...] = (MandateGiven, MandateExtended, MandateEnded)
