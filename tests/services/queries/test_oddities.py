"""What is odd about a visit."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from events.calendar import FOREVER
from events.facts.members import MemberStatus
from projections.registers.assignments import AssignmentView
from projections.registers.households import PlaceView
from projections.registers.members import Absence
from projections.registers.visits import Visit
from services.queries.oddities import Oddity, oddities
from tests.given import noon

HOUSEHOLD, GROUP, MEMBER, OTHER, CELL = (uuid4() for _ in range(5))
DAY, NEXT = date(2018, 3, 5), date(2018, 3, 6)


def visit(day: date = DAY, member: UUID = MEMBER, written_at: datetime | None = None) -> Visit:
    return Visit(
        uuid4(), HOUSEHOLD, CELL, member, day, noon(day), "regular", [], [], None, "phone", None, written_at, 1
    )


def held(since: date, until: date | None = None, target: UUID = HOUSEHOLD, member: UUID = MEMBER) -> AssignmentView:
    return AssignmentView(uuid4(), target, target == GROUP, member, CELL, None, since, until, None, None)


def in_group(since: date, until: date) -> PlaceView:
    return PlaceView(HOUSEHOLD, GROUP, since, until)


def odd(seen: Visit, *assignments: AssignmentView, at: datetime | None = None, **more: Any) -> list[Oddity]:
    visits = [seen, *more.pop("beside", [])]
    recorded = {v.visit: at or noon(v.made_on) for v in visits}
    places, absences = more.pop("places", []), more.pop("absences", [])
    return oddities(visits, recorded, assignments, places, absences, **more)[seen.visit]


def test_a_visit_of_who_was_responsible_on_the_day_is_not_odd() -> None:
    assert odd(visit(), held(DAY)) == []
    assert odd(visit(), held(DAY, NEXT)) == []


def test_who_was_not_responsible_on_the_day_is_told_and_whether_he_became_so_later() -> None:
    assert odd(visit()) == [Oddity.NOT_RESPONSIBLE_THEN]
    assert odd(visit(), held(DAY, member=OTHER)) == [Oddity.NOT_RESPONSIBLE_THEN]
    assert odd(visit(NEXT), held(DAY, NEXT)) == [Oddity.NOT_RESPONSIBLE_THEN]
    assert odd(visit(), held(NEXT)) == [Oddity.NOT_RESPONSIBLE_THEN, Oddity.BEFORE_ASSIGNMENT]


def test_a_group_counts_while_the_household_is_in_it() -> None:
    whole = held(date(2018, 1, 1), target=GROUP)
    assert odd(visit(), whole, places=[in_group(DAY, NEXT)]) == []
    assert odd(visit(NEXT), whole, places=[in_group(DAY, NEXT)]) == [Oddity.NOT_RESPONSIBLE_THEN]


def test_of_a_group_that_the_caller_does_not_see_nothing_is_said() -> None:
    places = [in_group(DAY, NEXT)]
    assert odd(visit(), places=places, hidden={GROUP}) == []
    assert odd(visit(NEXT), places=places, hidden={GROUP}) == [Oddity.NOT_RESPONSIBLE_THEN]


def test_a_visit_of_who_had_left_or_was_exempt_is_odd_though_nobody_ended_his_assignment() -> None:
    left = Absence(MEMBER, DAY, FOREVER, None)
    assert odd(visit(), held(DAY), absences=[left]) == [Oddity.MEMBER_LEFT_BEFORE]
    assert odd(visit(date(2018, 3, 4)), held(date(2018, 1, 1)), absences=[left]) == []
    assert odd(visit(member=OTHER), held(DAY, member=OTHER), absences=[left]) == []
    exempt = Absence(MEMBER, DAY, NEXT, MemberStatus.TEMPORARILY_EXEMPT)
    assert odd(visit(), held(DAY), absences=[exempt]) == [Oddity.MEMBER_EXEMPT_THEN]
    assert odd(visit(NEXT), held(DAY), absences=[exempt]) == []


def test_two_of_one_member_on_one_day_look_like_a_duplicate() -> None:
    assert odd(visit(), held(DAY), beside=[visit()]) == [Oddity.LOOKS_DUPLICATE]
    assert odd(visit(), held(DAY), beside=[visit(NEXT), visit(member=OTHER)]) == []


def test_what_was_recorded_more_than_seven_days_later_is_late() -> None:
    week = noon(DAY) + timedelta(days=7)
    assert odd(visit(), held(DAY), at=week) == []
    assert odd(visit(), held(DAY), at=week + timedelta(seconds=1)) == [Oddity.RECORDED_LATE]


def test_a_clock_ahead_shows_in_what_was_made_or_written_after_it_was_recorded() -> None:
    assert odd(visit(), held(DAY), at=noon(DAY) - timedelta(minutes=20)) == [Oddity.CLOCK_AHEAD]
    assert odd(visit(), held(DAY), at=noon(DAY) - timedelta(minutes=5)) == []
    assert odd(visit(written_at=noon(NEXT)), held(DAY), at=noon(DAY)) == [Oddity.CLOCK_AHEAD]
