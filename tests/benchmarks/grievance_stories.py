"""What happens to a made-up case: an ordinary one, settled at the commune, and a long one that goes up and up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from events.facts.grievance_values import (
    AnswerOutcome,
    ClosingReason,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    Person,
    ReopeningReason,
    Way,
)
from events.facts.grievances import (
    AnswerAccepted,
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
    InterimReplied,
    KindDetermined,
)
from events.facts.values import Body
from services.demo.kon_tum.shape import PROVINCE, Cell, district_id, household_id, person_id

TRACED = 60
"""Facts of a long case."""

TEXT = "Gia đình phản ánh việc đo đạc đất rẫy, đề nghị xem lại ranh giới với hộ bên cạnh, hẹn làm việc lại tuần sau"


class Place(NamedTuple):
    """A village cell and the district of its commune, with that commune."""

    cell: Cell
    commune: UUID
    district: int


class Step(NamedTuple):
    """What happened, at which unit, and by whom."""

    body: Body
    unit: UUID
    person: UUID


ABOUT = 25
"""Every so many-th case is about the secretary of a cell."""


def ordinary(key: UUID, number: int, place: Place, day: date, chance: Random) -> Iterator[Step]:
    """Ten facts: from the household's word over the commune to the end; nine of one about a secretary."""
    yield from _about(key, place, day, chance) if number % ABOUT == 0 else _raised(key, number, place, day, chance)
    yield from _taken_up(key, place.commune, day.year, number, _officer(place), chance)
    yield from _settled(key, place.commune, 1, _officer(place))
    closed = GrievanceClosed(grievance=key, reason=ClosingReason.ACCEPTED_BY_HOUSEHOLD)
    yield Step(closed, place.commune, _officer(place))


def long(key: UUID, number: int, place: Place, day: date, chance: Random) -> Iterator[Step]:
    """`TRACED` facts: contested at the commune and at the district, accepted at the province."""
    district = district_id(place.district)
    yield from _raised(key, number, place, day, chance)
    for holder, above, replies, officer in (
        (place.commune, district, 10, 0),
        (district, PROVINCE, 11, 1),
        (PROVINCE, None, 8, 2),
    ):
        person = person_id(place.cell.first_member + officer)
        yield from _taken_up(key, holder, day.year, number, person, chance)
        until = day + timedelta(days=90 * (officer + 1))
        extended = DeadlineExtended(grievance=key, clock="resolution", until=until, reason=ExtensionReason.COMPLEX)
        yield Step(extended, holder, person)
        yield from _settled(key, holder, replies, person)
        if above is None:
            yield Step(AnswerAccepted(grievance=key), holder, person)
            yield Step(GrievanceClosed(grievance=key, reason=ClosingReason.ACCEPTED_BY_HOUSEHOLD), holder, person)
        else:
            yield Step(AnswerContested(grievance=key, text=TEXT), holder, person)
            again = GrievanceReopened(grievance=key, holder=holder, reason=ReopeningReason.CONTESTED)
            yield Step(again, holder, person)
            up = GrievanceEscalated(grievance=key, sender=holder, reason=EscalationReason.NOT_SOLVED, to=above)
            yield Step(up, holder, person)


def _raised(key: UUID, number: int, place: Place, day: date, chance: Random) -> Iterator[Step]:
    """Told to a member, and sent up by his cell."""
    cell = place.cell
    member = person_id(cell.first_member)
    raised = GrievanceRaised(
        grievance=key,
        way=Way.MEMBER,
        visible=cell.id,
        received=day,
        topic=chance.choice(list(GrievanceTopic)),
        text=TEXT,
        holder=cell.id,
        household=household_id(cell.first_household + number % cell.households),
        member=member,
    )
    yield Step(raised, cell.id, member)
    reason = EscalationReason.BEYOND_COMPETENCE
    yield Step(GrievanceEscalated(grievance=key, sender=cell.id, reason=reason, to=place.commune), cell.id, member)


def _about(key: UUID, place: Place, day: date, chance: Random) -> Iterator[Step]:
    """Told at the office of the commune, about the secretary of a cell."""
    secretary = person_id(place.cell.first_member + place.cell.members - 1)
    raised = GrievanceRaised(
        grievance=key,
        way=Way.OFFICE,
        visible=place.commune,
        received=day,
        topic=chance.choice(list(GrievanceTopic)),
        text=TEXT,
        holder=place.commune,
        about=(Person(person=secretary, above=place.commune),),
    )
    yield Step(raised, place.commune, _officer(place))


def _taken_up(key: UUID, holder: UUID, year: int, number: int, person: UUID, chance: Random) -> Iterator[Step]:
    yield Step(GrievanceBooked(grievance=key, holder=holder, year=year, number=number + 1), holder, person)
    yield Step(KindDetermined(grievance=key, kind=chance.choice(list(GrievanceKind))), holder, person)
    yield Step(GrievanceAccepted(grievance=key, holder=holder), holder, person)
    yield Step(HandlerAssigned(grievance=key, holder=holder, person=person), holder, person)


def _settled(key: UUID, holder: UUID, replies: int, person: UUID) -> Iterator[Step]:
    for _ in range(replies):
        yield Step(InterimReplied(grievance=key, holder=holder, text=TEXT), holder, person)
    outcome = AnswerOutcome.RESOLVED
    yield Step(GrievanceAnswered(grievance=key, holder=holder, outcome=outcome, text=TEXT), holder, person)
    yield Step(AnswerDelivered(grievance=key, channel=DeliveryChannel.IN_PERSON), holder, person)


def _officer(place: Place) -> UUID:
    """Who handles the commune's cases: some hundreds of persons in the whole province."""
    return person_id(place.cell.first_member % 500)
