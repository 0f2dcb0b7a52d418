"""What ends by itself: only what nothing has ended, changed or taken back before."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    HouseholdAssigned,
    RetractionReason,
)
from events.facts.members import MemberStatus, MemberStatusChanged
from events.facts.organisation import OfficeActing, OfficeAppointed, OfficeKind
from events.facts.values import Body
from projections.trails.history import Entry
from services.queries.expiries import expiries
from tests.given import on

A, HOUSEHOLD, MEMBER, UNIT = uuid4(), uuid4(), uuid4(), uuid4()
MARCH, MAY, JULY, SEPTEMBER = date(2018, 3, 1), date(2018, 5, 1), date(2018, 7, 1), date(2018, 9, 1)


def expired(*told: tuple[date, Body]) -> list[tuple[date, int]]:
    """Days on which something expired, with the position of the fact that had said so."""
    entries = [Entry(position, 0, on(day, body, UNIT)) for position, (day, body) in enumerate(told, 1)]
    return [(expiry.day, expiry.entry.position) for expiry in expiries(entries)]


def assigned(until: date | None, assignment: UUID = A) -> tuple[date, Body]:
    return MARCH, HouseholdAssigned(assignment=assignment, household=HOUSEHOLD, member=MEMBER, until=until)


def corrected(until: date | None) -> tuple[date, Body]:
    body = AssignmentCorrected(assignment=A, target=HOUSEHOLD, member=MEMBER, since=MARCH, until=until)
    return MAY, body


def test_an_assignment_expires_on_the_day_last_recorded() -> None:
    assert expired(assigned(MAY)) == [(MAY, 1)]
    assert expired(assigned(None)) == []
    assert expired(assigned(MAY), corrected(JULY)) == [(JULY, 2)]
    assert expired(assigned(MAY), corrected(None)) == []
    assert expired(assigned(JULY), assigned(MAY, uuid4())) == [(MAY, 2), (JULY, 1)]


def test_what_was_ended_or_taken_back_does_not_expire() -> None:
    about = {"assignment": A, "target": HOUSEHOLD, "member": MEMBER}
    ended = AssignmentEnded(**about, reason=EndingReason.PLAN_CHANGED)
    retracted = AssignmentRetracted(**about, reason=RetractionReason.ENTERED_TWICE)
    assert expired(assigned(JULY), (MAY, ended)) == []
    assert expired(assigned(JULY), (MAY, retracted)) == []


def test_a_status_expires_unless_another_takes_its_place() -> None:
    def status(kind: MemberStatus, until: date | None = None) -> Body:
        return MemberStatusChanged(person=MEMBER, status=kind, until=until)

    exempt = status(MemberStatus.TEMPORARILY_EXEMPT, JULY)
    assert expired((MARCH, exempt)) == [(JULY, 1)]
    assert expired((MARCH, exempt), (MAY, status(MemberStatus.EXEMPT))) == []
    assert expired((MARCH, exempt), (SEPTEMBER, status(MemberStatus.EXEMPT))) == [(JULY, 1)]
    somebody_else = MemberStatusChanged(person=uuid4(), status=MemberStatus.EXEMPT)
    assert expired((MARCH, exempt), (MAY, somebody_else)) == [(JULY, 1)]


def test_who_acts_in_an_office_stops_unless_he_was_appointed() -> None:
    office = {"unit": UNIT, "office": OfficeKind.SECRETARY}
    acting = OfficeActing(**office, person=MEMBER, until=JULY)
    assert expired((MARCH, acting)) == [(JULY, 1)]
    assert expired((MARCH, acting), (MAY, OfficeAppointed(**office, person=MEMBER))) == []
    assert expired((MARCH, acting), (MAY, OfficeAppointed(**office, person=uuid4()))) == [(JULY, 1)]
