"""A membership over time: the cell, the status, the second cell at the residence."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import FOREVER
from events.envelope import Fact
from events.facts.members import (
    LeavingReason,
    MemberAdmitted,
    MemberLeft,
    MemberStatus,
    MemberStatusChanged,
    MemberTransferred,
    ResidenceEnded,
    ResidenceIntroduced,
)
from projections.states.timeline import CannotApply, Claim, Span, together, value_at, with_claim

ASSIGNABLE = frozenset({MemberStatus.ACTIVE, MemberStatus.PROBATIONARY})
"""Statuses in which a member is given households (CV 1499-CV/TU, point 2: exempt and temporarily exempt are not)."""


class Standing(msgspec.Struct, frozen=True):
    """One span of a membership: in this cell with this status."""

    since: date
    until: date
    unit: UUID
    status: MemberStatus


class Residence(msgspec.Struct, frozen=True):
    """One span in the cell of residence."""

    unit: UUID
    span: Span


class Member(msgspec.Struct, frozen=True):
    """A membership as known. `cells` holds None from the day he left; `admitted` is set for new members only."""

    person: UUID
    cells: tuple[Claim[UUID | None], ...]
    statuses: tuple[Claim[MemberStatus], ...]
    admitted: date | None = None
    left: LeavingReason | None = None
    residences: tuple[Residence, ...] = ()

    def unit(self, day: date) -> UUID | None:
        """His (primary) cell on the day; None when he is no member then."""
        return value_at(self.cells, day)

    def status(self, day: date) -> MemberStatus:
        return value_at(self.statuses, day) or MemberStatus.ACTIVE

    def assignable(self, day: date) -> bool:
        """Whether he may be given households on the day, by his status."""
        return self.unit(day) is not None and self.status(day) in ASSIGNABLE

    def units(self, day: date) -> set[UUID]:
        """His cell and his cells of residence on the day."""
        primary = self.unit(day)
        second = {r.unit for r in self.residences if r.span.holds(day)}
        return second if primary is None else second | {primary}

    def standings(self) -> tuple[Standing, ...]:
        """The membership span by span, without gaps inside a membership; equal neighbours are one span."""
        return tuple(Standing(*span) for span in together(self.cells, self.statuses, MemberStatus.ACTIVE))


def apply_member(member: Member | None, fact: Fact[Any]) -> Member:
    """The membership after the fact. Raises `CannotApply`."""
    body, day = fact.body, fact.effective
    if isinstance(body, MemberAdmitted):
        cell: Claim[UUID | None] = Claim(day, body.unit)
        status = Claim(day, body.status)
        admitted = day if body.newly else None
        if member is None:
            return Member(body.person, (cell,), (status,), admitted)
        return msgspec.structs.replace(
            member,
            cells=with_claim(member.cells, cell),
            statuses=with_claim(member.statuses, status),
            admitted=admitted or member.admitted,
            left=None,
        )
    if member is None:
        raise CannotApply("member_unknown")
    replace = msgspec.structs.replace
    match body:
        case MemberTransferred():
            return replace(member, cells=with_claim(member.cells, Claim(day, body.unit)))
        case MemberStatusChanged():
            claim = Claim(day, body.status, body.until or FOREVER)
            return replace(member, statuses=with_claim(member.statuses, claim))
        case MemberLeft():
            gone: Claim[UUID | None] = Claim(day, None)
            residences = tuple(_over(residence, day) for residence in member.residences)
            return replace(member, cells=with_claim(member.cells, gone), left=body.reason, residences=_real(residences))
        case ResidenceIntroduced():
            return replace(member, residences=(*member.residences, Residence(body.unit, Span(day))))
        case ResidenceEnded():
            residences = tuple(r if r.unit != body.unit else _ended(r, day) for r in member.residences)
            return replace(member, residences=_real(residences))
    raise CannotApply("not_about_a_member")


def _ended(residence: Residence, day: date) -> Residence:
    """The span that holds on the day ends on it; another span of the same cell is another introduction."""
    return _over(residence, day) if residence.span.holds(day) else residence


def _over(residence: Residence, day: date) -> Residence:
    return Residence(residence.unit, Span(residence.span.since, min(residence.span.until, day)))


def _real(residences: tuple[Residence, ...]) -> tuple[Residence, ...]:
    return tuple(residence for residence in residences if residence.span.since < residence.span.until)
