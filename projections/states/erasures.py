"""The requests about one person or household, and how far each is."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from events.facts.erasures import (
    ErasureAcknowledged,
    ErasureExecuted,
    ErasureExtended,
    ErasureGranted,
    ErasureGround,
    ErasureOf,
    ErasureRefusal,
    ErasureRefused,
    ErasureRequested,
    KeptRecord,
)
from projections.states.clock_rules import Due
from projections.states.erasure_rules import rules_on
from projections.states.timeline import CannotApply


class ErasureStage(Enum):
    """Where a request stands. The first two are open."""

    REQUESTED = "requested"
    GRANTED = "granted"
    EXECUTED = "executed"
    REFUSED = "refused"


OPEN = frozenset({ErasureStage.REQUESTED, ErasureStage.GRANTED})


class Erasure(msgspec.Struct, frozen=True):
    """One request. The office of `unit` received it on the day `received`, entered by the person `received_by`. `last`
    is the instant of the last step, `ended` the day on which it was carried out or refused."""

    erasure: UUID
    subject: UUID
    of: ErasureOf
    unit: UUID
    ground: ErasureGround
    received: date
    received_by: UUID | None
    last: datetime
    stage: ErasureStage = ErasureStage.REQUESTED
    acknowledged: date | None = None
    extended: date | None = None
    decided: date | None = None
    refusal: ErasureRefusal | None = None
    kept: tuple[KeptRecord, ...] = ()
    ended: date | None = None
    owners: tuple[UUID, ...] = ()

    @property
    def replied(self) -> date | None:
        """The day by which who asked had been answered."""
        return min((day for day in (self.acknowledged, self.decided) if day is not None), default=None)

    def reply_due(self) -> Due:
        return rules_on(self.received).due("reply", self.received)

    def erase_due(self) -> Due:
        return rules_on(self.received).due("erase", self.received, self.extended)


class Erasures(msgspec.Struct, frozen=True):
    """All requests about the subject, oldest first."""

    subject: UUID
    requests: tuple[Erasure, ...] = ()

    def find(self, erasure: UUID) -> Erasure | None:
        return next((each for each in self.requests if each.erasure == erasure), None)

    @property
    def erased(self) -> bool:
        """Whether the subject's own data is gone."""
        return any(self.subject in each.owners for each in self.requests)


def apply_erasures(erasures: Erasures | None, fact: Fact[Any]) -> Erasures:
    """The requests after the fact. Raises `CannotApply`."""
    body = fact.body
    known = erasures or Erasures(body.subject)
    if isinstance(body, ErasureRequested):
        if known.find(body.erasure) is not None:
            raise CannotApply("erasure_exists")
        return Erasures(known.subject, (*known.requests, _requested(body, fact)))
    before = known.find(body.erasure)
    if before is None:
        raise CannotApply("erasure_unknown")
    after = _after(before, fact)
    return Erasures(known.subject, tuple(after if each is before else each for each in known.requests))


def _requested(body: ErasureRequested, fact: Fact[Any]) -> Erasure:
    return Erasure(
        erasure=body.erasure,
        subject=body.subject,
        of=body.of,
        unit=body.unit,
        ground=body.ground,
        received=fact.effective,
        received_by=fact.actor.person,
        last=_instant(fact),
    )


def _after(before: Erasure, fact: Fact[Any]) -> Erasure:
    body, day = fact.body, fact.effective
    at = msgspec.structs.replace(before, last=_instant(fact))
    replace = msgspec.structs.replace
    match body:
        case ErasureAcknowledged():
            return replace(at, acknowledged=day)
        case ErasureExtended():
            return replace(at, extended=body.until)
        case ErasureGranted():
            return replace(at, stage=ErasureStage.GRANTED, decided=day)
        case ErasureRefused():
            return replace(at, stage=ErasureStage.REFUSED, decided=day, ended=day, refusal=body.reason, kept=body.kept)
        case ErasureExecuted():
            return replace(at, stage=ErasureStage.EXECUTED, ended=day, owners=(*at.owners, body.whose))
    raise CannotApply("not_about_an_erasure")


def _instant(fact: Fact[Any]) -> datetime:
    assert fact.instant is not None
    return fact.instant
