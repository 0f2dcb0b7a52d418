"""What is odd about a visit, derived when asked: later facts change it, so it is never stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from projections.registers.assignments import AssignmentView
from projections.registers.households import PlaceView
from projections.registers.members import Absence
from projections.registers.visits import Visit
from services.decisions.clock import CLOCK_TOLERANCE

LATE = timedelta(days=7)


class Oddity(Enum):
    """What is odd about a visit; it counts all the same.

    `before_assignment`: he became responsible later. `member_left_before`: he had died or left by then.
    `member_exempt_then`: he was exempt, for a time or for good, or suspended. `recorded_late`: more than seven days
    after it was made. `clock_ahead`: made or written after it was recorded, as the phone's clock had it.
    """

    NOT_RESPONSIBLE_THEN = "not_responsible_then"
    BEFORE_ASSIGNMENT = "before_assignment"
    MEMBER_LEFT_BEFORE = "member_left_before"
    MEMBER_EXEMPT_THEN = "member_exempt_then"
    LOOKS_DUPLICATE = "looks_duplicate"
    RECORDED_LATE = "recorded_late"
    CLOCK_AHEAD = "clock_ahead"


def oddities(
    visits: Sequence[Visit],
    recorded: Mapping[UUID, datetime],
    assignments: Iterable[AssignmentView],
    places: Iterable[PlaceView],
    absences: Sequence[Absence],
    hidden: Set[UUID] = frozenset(),
) -> dict[UUID, list[Oddity]]:
    """Visit → what is odd about it. `visits` are all of one household in whole days, `recorded` when each was first
    recorded; `assignments` all there ever were of the household and its groups, `places` its times in these;
    `absences` those of the members who made the visits.

    Of the groups in `hidden` the caller does not see who was responsible: of a visit while the household was in one of
    them it is not said that nobody was."""
    held, stays = list(assignments), list(places)
    alike = Counter((visit.member, visit.made_on) for visit in visits)
    found: dict[UUID, list[Oddity]] = {}
    for visit in visits:
        odd = [*_about_assignment(visit, held, stays, hidden), *_about_member(visit, absences)]
        if alike[visit.member, visit.made_on] > 1:
            odd.append(Oddity.LOOKS_DUPLICATE)
        at = recorded[visit.visit]
        if at - visit.made_at > LATE:
            odd.append(Oddity.RECORDED_LATE)
        if max(visit.made_at, visit.written_at or visit.made_at) - at > CLOCK_TOLERANCE:
            odd.append(Oddity.CLOCK_AHEAD)
        found[visit.visit] = odd
    return found


def _about_assignment(
    visit: Visit, held: list[AssignmentView], stays: list[PlaceView], hidden: Set[UUID]
) -> list[Oddity]:
    day = visit.made_on
    inside = {stay.group for stay in stays if stay.since <= day < stay.until}
    own = [a for a in held if a.member == visit.member]
    for assignment in own:
        running = assignment.since <= day and (assignment.until is None or day < assignment.until)
        if running and (not assignment.is_group or assignment.target in inside):
            return []
    if not inside.isdisjoint(hidden):
        return []
    later = any(assignment.since > day for assignment in own)
    return [Oddity.NOT_RESPONSIBLE_THEN, *([Oddity.BEFORE_ASSIGNMENT] if later else [])]


def _about_member(visit: Visit, absences: Sequence[Absence]) -> Iterator[Oddity]:
    for absence in absences:
        if absence.person == visit.member and absence.since <= visit.made_on < absence.until:
            yield Oddity.MEMBER_LEFT_BEFORE if absence.status is None else Oddity.MEMBER_EXEMPT_THEN
