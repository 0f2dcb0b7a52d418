"""Facts of grievances in a small province, for tests: two communes, cells, and the steps of a case."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import msgspec

from events.calendar import VIETNAM
from events.envelope import Fact
from events.facts.grievance_values import (
    AnswerOutcome,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    ReopeningReason,
    Way,
)
from events.facts.grievances import (
    AnswerContested,
    AnswerDelivered,
    DeadlineExtended,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceBooked,
    GrievanceClosed,
    GrievanceEscalated,
    GrievanceRaised,
    GrievanceReopened,
    HandlerAssigned,
    KindDetermined,
)
from events.facts.inspections import MandateGiven
from events.facts.organisation import OfficeAppointed, OfficeKind, UnitFounded, UnitKind
from events.facts.values import Body
from tests.given import named
from tests.projections.archive_of import fact

FOUNDED = date(2020, 1, 1)
PROVINCE, COMMUNE, ELSEWHERE = named("province"), named("commune"), named("elsewhere")
CELL, OTHER_CELL, FAR_CELL = named("cell"), named("other cell"), named("far cell")
MEMBER, HOUSEHOLD, CASE = named("member"), named("household"), named("case")
SECRETARIES = {unit: named(f"secretary of {unit}") for unit in (PROVINCE, COMMUNE, ELSEWHERE, CELL, OTHER_CELL)}
INSPECTORS = {unit: named(f"inspector of {unit}") for unit in (PROVINCE, COMMUNE, ELSEWHERE, CELL)}
UNITS = {
    PROVINCE: (UnitKind.PROVINCE, None),
    COMMUNE: (UnitKind.COMMUNE, PROVINCE),
    ELSEWHERE: (UnitKind.COMMUNE, PROVINCE),
    CELL: (UnitKind.CELL, COMMUNE),
    OTHER_CELL: (UnitKind.CELL, COMMUNE),
    FAR_CELL: (UnitKind.CELL, ELSEWHERE),
}


def founded() -> list[Fact[Any]]:
    """The units, a secretary of each but the far cell, and who inspects them."""
    units = [
        fact(UnitFounded(unit=unit, kind=kind, name="Đơn vị", parent=above), FOUNDED, above or unit)
        for unit, (kind, above) in UNITS.items()
    ]
    offices = [
        fact(OfficeAppointed(unit=unit, office=OfficeKind.SECRETARY, person=person), FOUNDED, unit)
        for unit, person in SECRETARIES.items()
    ]
    teams = [mandated(unit, (inspector, SECRETARIES[unit])) for unit, inspector in INSPECTORS.items()]
    return [*units, *offices, *teams]


def mandated(unit: UUID, team: tuple[UUID, ...], **more: Any) -> Fact[Any]:
    """The unit lets the team inspect it with all that stands below, for a lifetime."""
    given = {"mandate": uuid4(), "units": (unit,), "until": date(2099, 12, 31), **more}
    return fact(MandateGiven(unit=unit, team=team, **given), FOUNDED, unit)


def inspecting(unit: UUID) -> dict[str, Any]:
    """The inspection of the unit, as somebody who asks."""
    return {"unit": unit, "role": "inspection", "asker": INSPECTORS[unit]}


def step(body: Body, day: date, hour: int = 12, unit: UUID = PROVINCE) -> Fact[Any]:
    """The fact, that happened on the day at the hour."""
    return msgspec.structs.replace(fact(body, day, unit), instant=datetime.combine(day, time(hour), VIETNAM))


def raised(
    day: date, grievance: UUID = CASE, unit: UUID = CELL, received: date | None = None, **more: Any
) -> Fact[Any]:
    """A household told the member, and it stands at the unit."""
    given = {"household": HOUSEHOLD, "member": MEMBER, "holder": unit, "visible": unit, **more}
    body = GrievanceRaised(
        grievance=grievance,
        way=Way.MEMBER,
        received=received or day,
        topic=GrievanceTopic.LAND,
        text="s1:text",
        **given,
    )
    return step(body, day)


def at_office(day: date, grievance: UUID = CASE, unit: UUID = COMMUNE, **more: Any) -> Fact[Any]:
    """Somebody of the household told the office."""
    return step(
        GrievanceRaised(
            grievance=grievance,
            way=Way.OFFICE,
            received=day,
            topic=GrievanceTopic.CONDUCT_OF_OFFICE,
            text="s1:text",
            visible=unit,
            holder=unit,
            household=HOUSEHOLD,
            **more,
        ),
        day,
    )


def escalated(day: date, to: UUID | None, sender: UUID = CELL, grievance: UUID = CASE, **more: Any) -> Fact[Any]:
    reason = EscalationReason.BEYOND_COMPETENCE
    return step(GrievanceEscalated(grievance=grievance, sender=sender, reason=reason, to=to, **more), day)


def booked(day: date, holder: UUID = COMMUNE, number: int = 1, grievance: UUID = CASE, hour: int = 12) -> Fact[Any]:
    return step(GrievanceBooked(grievance=grievance, holder=holder, year=day.year, number=number), day, hour)


def determined(
    day: date, kind: GrievanceKind = GrievanceKind.COMPLAINT, grievance: UUID = CASE, **more: Any
) -> Fact[Any]:
    return step(KindDetermined(grievance=grievance, kind=kind, **more), day)


def accepted(day: date, holder: UUID = COMMUNE, grievance: UUID = CASE) -> Fact[Any]:
    return step(GrievanceAccepted(grievance=grievance, holder=holder), day)


def handed(day: date, person: UUID, holder: UUID = COMMUNE, grievance: UUID = CASE) -> Fact[Any]:
    return step(HandlerAssigned(grievance=grievance, holder=holder, person=person), day)


def extended(day: date, clock: str, until: date, grievance: UUID = CASE) -> Fact[Any]:
    body = DeadlineExtended(grievance=grievance, clock=clock, until=until, reason=ExtensionReason.COMPLEX)
    return step(body, day)


def answered(day: date, holder: UUID = COMMUNE, grievance: UUID = CASE) -> Fact[Any]:
    return step(GrievanceAnswered(grievance=grievance, holder=holder, outcome=AnswerOutcome.REJECTED), day)


def delivered(day: date, grievance: UUID = CASE) -> Fact[Any]:
    return step(AnswerDelivered(grievance=grievance, channel=DeliveryChannel.IN_PERSON), day)


def contested(day: date, holder: UUID = COMMUNE, grievance: UUID = CASE) -> list[Fact[Any]]:
    return [
        step(AnswerContested(grievance=grievance), day),
        step(GrievanceReopened(grievance=grievance, holder=holder, reason=ReopeningReason.CONTESTED), day),
    ]


def closed(day: date, reason: Any, grievance: UUID = CASE) -> Fact[Any]:
    return step(GrievanceClosed(grievance=grievance, reason=reason), day)
