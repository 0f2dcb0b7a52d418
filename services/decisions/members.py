"""Decisions about memberships."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from events.calendar import FOREVER
from events.catalogue import subject
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
from projections.states.members import Member
from projections.states.timeline import Span
from services.decisions.asking import CELL_AND_ABOVE, OFFICES, Asker
from services.decisions.command import Decision
from services.decisions.outcome import Decided, Refused
from services.decisions.view import View

ON_A_DOCUMENT = frozenset({MemberStatus.EXEMPT, MemberStatus.TEMPORARILY_EXEMPT, MemberStatus.SUSPENDED})
"""Statuses that need the number of a resolution or decision (HD 27-HD/BTCTW 2009; HD 01-HD/TW 2021, 10.3)."""


class _Membership(Decision, frozen=True, kw_only=True):
    person: UUID

    def needs(self) -> Iterable[str]:
        return (subject("member", self.person),)

    def _member(self, view: View, asker: Asker) -> tuple[Member, UUID]:
        """The member and his cell on the effective day, which must be the asker's to decide about."""
        member = view.member(self.person)
        if member is None:
            raise Refused("member_unknown", person=self.person)
        cell = member.unit(self.effective)
        if cell is None:
            view.must_cover_one_of(asker, (claim.value for claim in member.cells))
            raise Refused("not_a_member_then", person=self.person, day=self.effective)
        view.must_cover_one_of(asker, (cell,))
        return member, cell


class AdmitMember(Decision, frozen=True, kw_only=True, tag="member.admit"):
    """A registered person becomes a member in a cell: newly admitted, or arriving from elsewhere."""

    ALLOWED = OFFICES

    person: UUID
    unit: UUID
    status: MemberStatus = MemberStatus.ACTIVE
    newly: bool = False

    def needs(self) -> Iterable[str]:
        return (subject("member", self.person), subject("person", self.person))

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if view.person(self.person) is None:
            raise Refused("person_unknown", person=self.person)
        member = view.member(self.person)
        for standing in member.standings() if member else ():
            if self.effective < standing.until:
                view.must_cover_one_of(asker, (standing.unit,))
                raise Refused("already_a_member", person=self.person, unit=standing.unit, since=standing.since)
        body = MemberAdmitted(person=self.person, unit=self.unit, status=self.status, newly=self.newly)
        return self.one(body, self.unit)


class TransferMember(_Membership, frozen=True, kw_only=True, tag="member.transfer"):
    """A member goes to another cell of this installation. One recorded late holds up to the next one on record."""

    ALLOWED = OFFICES

    unit: UUID

    def decide(self, view: View, asker: Asker) -> Decided:
        _, former = self._member(view, asker)
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if former == self.unit:
            raise Refused("already_there", unit=self.unit)
        return self.one(MemberTransferred(person=self.person, unit=self.unit, former_unit=former), self.unit)


class ChangeMemberStatus(_Membership, frozen=True, kw_only=True, tag="member.change_status"):
    """A member's status changes, for good or up to a day. His assignments are not ended: they wait for a decision."""

    ALLOWED = CELL_AND_ABOVE

    status: MemberStatus
    until: date | None = None
    granted_by: UUID | None = None

    def decide(self, view: View, asker: Asker) -> Decided:
        member, cell = self._member(view, asker)
        if self.until is not None and self.until <= self.effective:
            raise Refused("ends_before_it_begins", since=self.effective, until=self.until)
        view.must_end_in_time(asker, member.cells, Span(self.effective, self.until or FOREVER))
        if self.status in ON_A_DOCUMENT and self.basis is None:
            raise Refused("basis_needed")
        if self.granted_by is not None and self.granted_by not in view.organisation.units:
            raise Refused("unit_unknown", unit=self.granted_by)
        body = MemberStatusChanged(person=self.person, status=self.status, until=self.until, granted_by=self.granted_by)
        return self.one(body, cell)


class RecordLeaving(_Membership, frozen=True, kw_only=True, tag="member.leave"):
    """A membership ends here: moved out of the installation, died, left or removed."""

    ALLOWED = OFFICES

    reason: LeavingReason

    def decide(self, view: View, asker: Asker) -> Decided:
        member, cell = self._member(view, asker)
        for claim in member.cells:
            if claim.since > self.effective:
                raise Refused("later_change", since=claim.since)
        return self.one(MemberLeft(person=self.person, unit=cell, reason=self.reason), cell)


class IntroduceAtResidence(_Membership, frozen=True, kw_only=True, tag="member.introduce_at_residence"):
    """A member also takes part in the cell where he lives (QĐ 213-QĐ/TW).

    Decided by who keeps the registers of both cells: the cell of residence reads of him from then on.
    """

    ALLOWED = OFFICES

    unit: UUID

    def decide(self, view: View, asker: Asker) -> Decided:
        view.cell(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        member = view.member(self.person)
        if member is None:
            raise Refused("member_unknown", person=self.person)
        cell = member.unit(self.effective)
        view.must_cover_one_of(asker, (claim.value for claim in member.cells) if cell is None else (cell,))
        if cell is None:
            raise Refused("not_a_member_then", person=self.person, day=self.effective)
        view.must_reach(asker, member.cells, self.effective)
        resides = any(r.unit == self.unit and self.effective < r.span.until for r in member.residences)
        if resides or self.unit in member.units(self.effective):
            raise Refused("already_there", unit=self.unit)
        return self.one(ResidenceIntroduced(person=self.person, unit=self.unit), self.unit)


class EndResidence(_Membership, frozen=True, kw_only=True, tag="member.end_residence"):
    """A member no longer takes part in the cell where he lived."""

    ALLOWED = OFFICES

    unit: UUID

    def decide(self, view: View, asker: Asker) -> Decided:
        view.must_cover(asker, self.unit)
        member = view.member(self.person)
        held = [r for r in (member.residences if member else ()) if r.unit == self.unit]
        if not any(r.span.holds(self.effective) for r in held):
            raise Refused("not_in_residence_cell", unit=self.unit, day=self.effective)
        return self.one(ResidenceEnded(person=self.person, unit=self.unit), self.unit)


COMMANDS = (AdmitMember, TransferMember, ChangeMemberStatus, RecordLeaving, IntroduceAtResidence, EndResidence)
