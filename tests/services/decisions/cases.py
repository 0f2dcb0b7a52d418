"""Stories of cases: one that a member passed on to his cell, told step by step by the commands themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from events.envelope import Fact
from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    DeliveryChannel,
    EscalationReason,
    GrievanceKind,
    GrievanceTopic,
)
from events.facts.inspections import MandateGiven
from events.facts.meetings import CellMeetingHeld
from events.facts.organisation import OfficeAppointed, OfficeKind
from events.facts.values import Basis
from projections.states.grievances import Case
from services.decisions.asking import Asker, Role
from services.decisions.grievances.hearing import CloseGrievance, DeliverAnswer, WithdrawGrievance
from services.decisions.grievances.raising import RaiseGrievance, ReceiveGrievance
from services.decisions.grievances.routing import BookGrievance, ConcludeAtCell, EscalateGrievance
from services.decisions.grievances.settling import AcceptGrievance, AnswerGrievance
from services.decisions.grievances.standing import OnCase
from tests.given import Given, folded, named, noon, on
from tests.services.decisions.commune import (
    CELL,
    COMMUNE,
    COMMUNITY,
    HOUSEHOLD,
    MEMBER,
    OFFICE,
    OTHER_COMMUNE,
    PROVINCE,
    SECRETARY,
    START,
    phone_of,
    report,
)

PHONE = phone_of(MEMBER, CELL)
HIGHEST = named("provincial officer")
"""Who holds the highest office there is."""

INSPECTION = Asker(role=Role.INSPECTION, unit=COMMUNE, client="web", person=named("inspector"))
PROVINCIAL_INSPECTION = Asker(role=Role.INSPECTION, unit=PROVINCE, client="web", person=named("provincial inspector"))
SYSTEM = Asker(role=Role.SYSTEM, unit=PROVINCE, client="import")
MEETING = named("meeting")


def mandated(unit: UUID, *team: UUID | None) -> Fact[Any]:
    """The unit lets these inspect it with all that stands below, for years."""
    persons = tuple(person for person in team if person is not None)
    mandate = named(f"mandate of {unit}")
    return on(START, MandateGiven(mandate=mandate, unit=unit, team=persons, units=(unit,), until=date(2030, 12, 31)))


DOCUMENT = Basis(number="12-CV/ĐU", issued_on=date(2018, 3, 20))

TOLD, MET = date(2018, 3, 1), date(2018, 3, 3)
"""The household tells the member on a Thursday; the cell meets on the Saturday after it, and its meeting stays open."""

PLACE = COMMUNITY.given(
    on(START, OfficeAppointed(unit=CELL, office=OfficeKind.SECRETARY, person=named("secretary"))),
    on(START, OfficeAppointed(unit=COMMUNE, office=OfficeKind.SECRETARY, person=named("officer"))),
    on(START, OfficeAppointed(unit=PROVINCE, office=OfficeKind.SECRETARY, person=HIGHEST)),
    on(noon(MET), CellMeetingHeld(unit=CELL, meeting=MEETING, attendance=())),
    mandated(COMMUNE, INSPECTION.person),
    mandated(OTHER_COMMUNE, named("inspector beside")),
    mandated(PROVINCE, PROVINCIAL_INSPECTION.person, HIGHEST),
)
"""The small province, with who holds its offices, who inspects it, and an open meeting of the cell."""

C = TypeVar("C", bound=OnCase)


def raising(**fields: Any) -> RaiseGrievance:
    """The household tells the member."""
    return report(
        RaiseGrievance,
        fields.pop("moment", TOLD),
        **{"household": HOUSEHOLD, "member": MEMBER, "topic": GrievanceTopic.LAND, "text": "Nội dung thử", **fields},
    )


def receiving(moment: date | datetime = TOLD, **fields: Any) -> ReceiveGrievance:
    """Somebody tells the commune's office."""
    told = {"unit": COMMUNE, "household": HOUSEHOLD, "topic": GrievanceTopic.LAND, "text": "Nội dung thử", **fields}
    return report(ReceiveGrievance, moment, **told)


RAISED = raising(kind=GrievanceKind.CONCERN)
CASE = RAISED.id


def step(kind: type[C], moment: date | datetime, /, **fields: Any) -> C:
    """A step of the case at the moment, or at noon of the day."""
    instant = moment if isinstance(moment, datetime) else noon(moment)
    told = {"grievance": CASE, **fields}
    return kind(id=named(repr((kind.__name__, instant, told))), instant=instant, **told)


def day(number: int) -> date:
    """So many days after the cell met."""
    return MET + timedelta(days=number)


def case_of(given: Given, grievance: UUID = CASE) -> Case:
    """The case after everything that is recorded."""
    found: Case = folded(given.facts)[1][f"facts.grievance.{grievance}"]
    return found


def told(place: Given = PLACE, command: RaiseGrievance = RAISED) -> Given:
    """The case waits at the cell."""
    return place.at(TOLD).when(command, PHONE).recorded().at(day(0))


def at_commune(given: Given) -> Given:
    """The cell sends it up: it waits at the commune from the day after the meeting."""
    up = step(EscalateGrievance, day(1), unit=CELL, reason=EscalationReason.BEYOND_COMPETENCE)
    return given.at(day(1)).when(up, SECRETARY).recorded()


def booked(given: Given, asker: Asker = OFFICE, unit: UUID = COMMUNE, when: int = 2) -> Given:
    return given.at(day(when)).when(step(BookGrievance, day(when), unit=unit), asker).recorded()


def accepted(given: Given, asker: Asker = OFFICE, unit: UUID = COMMUNE, when: int = 3) -> Given:
    return given.at(day(when)).when(step(AcceptGrievance, day(when), unit=unit), asker).recorded()


def solving(given: Given) -> Given:
    """The cell takes it upon itself."""
    concluded = step(ConcludeAtCell, day(0), unit=CELL, meeting=MEETING, conclusion=CellConclusion.CELL_SOLVES)
    return given.at(day(0)).when(concluded, SECRETARY).recorded()


def answered(given: Given, asker: Asker = OFFICE, unit: UUID = COMMUNE, when: int = 10) -> Given:
    answer = step(AnswerGrievance, day(when), unit=unit, outcome=AnswerOutcome.RESOLVED)
    return given.at(day(when)).when(answer, asker).recorded()


def delivered(given: Given, when: int = 12) -> Given:
    told_now = step(DeliverAnswer, day(when), channel=DeliveryChannel.IN_PERSON)
    return given.at(day(when)).when(told_now, PHONE).recorded()


def closed(given: Given, asker: Asker = OFFICE, unit: UUID = COMMUNE, when: int = 60) -> Given:
    return given.at(day(when)).when(step(CloseGrievance, day(when), unit=unit), asker).recorded()


def withdrawn(given: Given, when: int = 4) -> Given:
    return given.at(day(when)).when(step(WithdrawGrievance, day(when)), PHONE).recorded()
