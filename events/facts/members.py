"""A person's membership: where, with which status, from when to when."""

from __future__ import annotations

from datetime import date
from enum import Enum
from uuid import UUID

from events.facts.values import Body


class MemberStatus(Enum):
    """Dated status of a member (rules on exemption: HD 27-HD/BTCTW 2009; HD 01-HD/TW 2021, point 10.3)."""

    PROBATIONARY = "probationary"
    ACTIVE = "active"
    EXEMPT = "exempt"
    TEMPORARILY_EXEMPT = "temporarily_exempt"
    SUSPENDED = "suspended"


class LeavingReason(Enum):
    """Why a membership ended here."""

    TRANSFERRED_OUT = "transferred_out"
    DIED = "died"
    LEFT = "left"
    REMOVED = "removed"


class MemberAdmitted(Body, frozen=True):
    """The person is a member in the cell from the effective date (admitted, or arrived with his file)."""

    TYPE = "member.member_admitted.v1"
    BOUNDARY = ("member", "person")
    PERSON = "person"
    UNITS = ("unit",)

    person: UUID
    unit: UUID
    status: MemberStatus
    newly: bool = False
    """True when admitted to the Party on this day; False when he came from elsewhere or was already one."""


class MemberTransferred(Body, frozen=True):
    """The member belongs to another cell from the effective date."""

    TYPE = "member.member_transferred.v1"
    BOUNDARY = ("member", "person")
    PERSON = "person"
    UNITS = ("unit", "former_unit")

    person: UUID
    unit: UUID
    former_unit: UUID


class MemberStatusChanged(Body, frozen=True):
    """The status holds from the effective date, up to and without `until`; then the one before holds again.

    The basis names the cell resolution or the committee's decision; `granted_by` the unit that gave it.
    """

    TYPE = "member.status_changed.v1"
    BOUNDARY = ("member", "person")
    PERSON = "person"

    person: UUID
    status: MemberStatus
    until: date | None = None
    granted_by: UUID | None = None


class MemberLeft(Body, frozen=True):
    """The membership in this installation's cells ended on the effective date."""

    TYPE = "member.member_left.v1"
    BOUNDARY = ("member", "person")
    PERSON = "person"
    UNITS = ("unit",)

    person: UUID
    unit: UUID
    reason: LeavingReason


class ResidenceIntroduced(Body, frozen=True):
    """The member also takes part in the cell of his residence (QĐ 213-QĐ/TW): a second, non-primary cell."""

    TYPE = "member.residence_introduced.v1"
    BOUNDARY = ("member", "person")
    PERSON = "person"
    UNITS = ("unit",)

    person: UUID
    unit: UUID


class ResidenceEnded(Body, frozen=True):
    """He no longer takes part in that cell of residence from the effective date."""

    TYPE = "member.residence_ended.v1"
    BOUNDARY = ("member", "person")
    PERSON = "person"
    UNITS = ("unit",)

    person: UUID
    unit: UUID


FACTS = (
    MemberAdmitted,
    MemberTransferred,
    MemberStatusChanged,
    MemberLeft,
    ResidenceIntroduced,
    ResidenceEnded,
)
