"""The whole year in order, and what came of the commune seven years later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial

from services.demo.ban_hon import beginning, closing, grievances, membership, plans, reassigning, reorganisation
from services.demo.ban_hon.clients import PHONE_OF
from services.demo.ban_hon.evaluations import year_2018, year_2025
from services.demo.ban_hon.fieldwork import SYNC_DAY, Fieldwork
from services.demo.ban_hon.meetings import DAYS, LATE_DAY, Meetings, sent
from services.demo.ban_hon.places import ADMITTED, ON_PROBATION
from services.demo.ban_hon.teller import Teller, moment, on
from services.demo.story import Story

Event = tuple[datetime, Callable[[], None]]


@cache
def story() -> Story:
    """The story of 2018, the same at every call."""
    return told().story()


def told() -> Teller:
    """The teller when all is told: with the steps, and the book of what they amount to."""
    teller = Teller()
    for begin in (
        beginning.found_units,
        beginning.import_members,
        beginning.import_households,
        beginning.appoint,
        beginning.register_new,
        plans.form_groups,
    ):
        begin(teller)
    for _, happens in sorted(_year(teller), key=lambda event: event[0]):
        happens()
    year_2018.tell(teller)
    reorganisation.tell(teller)
    year_2025.tell(teller)
    return teller


def _year(teller: Teller) -> list[Event]:
    """Everything dated. What a meeting decides comes after it; the visits of a month are told at the next one."""
    fieldwork = Fieldwork(teller)
    meetings = Meetings(teller, fieldwork)
    events: list[Event] = [
        (moment(1, 2, 17), meetings.set_calendars),
        (moment(1, 3, 20, 30), partial(plans.adopt_plans, teller)),
        (moment(1, 10, 19), partial(plans.tell_households, teller)),
        (moment(1, 20), partial(plans.repeat_assignment, teller)),
        (moment(3, 1, 9), partial(membership.introduce, teller)),
        (moment(3, 1, 10), partial(membership.be_away_shortly, teller)),
        (moment(3, 3, 22), partial(reassigning.stand_in, teller)),
        (moment(3, 4, 9), partial(reassigning.give_to_new_1, teller)),
        (moment(3, 4, 9), partial(reassigning.give_to_teacher, teller)),
        (moment(3, 12), partial(plans.second_plan, teller)),
        (moment(4, 10), partial(membership.turn_exempt, teller)),
        (moment(4, 12), partial(membership.assign_exempt, teller)),
        (moment(5, 3, 22), partial(reassigning.after_exemption, teller)),
        (moment(5, 21), partial(membership.die, teller)),
        (moment(6, 1), partial(membership.go_away, teller)),
        (moment(6, 2, 7), fieldwork.correct),
        (moment(6, 3, 22), partial(reassigning.after_death, teller)),
        (moment(6, 3, 22), partial(reassigning.after_departure, teller)),
        (moment(6, 4), partial(reassigning.give_to_new_3, teller)),
        (moment(6, 4), partial(reassigning.mistake, teller)),
        (moment(6, 5), partial(reassigning.correct_dates, teller)),
        (moment(7, 1), partial(membership.change_deputy, teller)),
        (moment(7, 2), partial(membership.ask_for_exemption, teller)),
        (moment(7, 3, 22), partial(reassigning.after_wish, teller)),
        (moment(8, 12), partial(reassigning.dissolve, teller)),
        (moment(8, 14), fieldwork.visit_a_stranger),
        (moment(8, 20), partial(membership.arrive, teller)),
        (moment(9, 1), partial(membership.retire, teller)),
        (moment(9, 1), partial(membership.come_back, teller)),
        (moment(9, 3, 22), partial(reassigning.take_back, teller)),
        (moment(9, 3, 22), partial(reassigning.after_dissolution, teller)),
        (moment(9, 4), partial(reassigning.give_to_new_7, teller)),
        (moment(9, 13), fieldwork.visit_by_mistake),
        (moment(9, 15), partial(reassigning.move, teller)),
        (moment(10, 1), partial(membership.act_for_secretary, teller)),
        (moment(10, 3, 22), partial(reassigning.after_move, teller)),
        (moment(10, 4), partial(reassigning.give_to_retired, teller)),
        (moment(10, 15), partial(membership.move_out, teller)),
        (moment(10, 20), fieldwork.fast_clock),
        (moment(11, 5), partial(reassigning.change_groups, teller)),
        (moment(12, 4), fieldwork.ask_households),
        (moment(12, 10), partial(closing.review, teller)),
        (moment(12, 11), partial(closing.recognise, teller)),
        (moment(12, 29), fieldwork.enter_the_rest),
    ]
    for index, (day, _) in enumerate(ADMITTED):
        events.append((moment(day.month, day.day, 15), partial(membership.admit, teller, index)))
    for index in range(len(ON_PROBATION)):
        confirmed = beginning.PROBATION[index]
        events.append((moment(confirmed.month, confirmed.day, 16), partial(membership.confirm, teller, index)))
    for month in range(1, 13):
        events.append((moment(month, SYNC_DAY, 20), partial(fieldwork.visit, month)))
        events += [(moment(month, SYNC_DAY, 8), partial(fieldwork.sync, phone, month)) for phone in PHONE_OF]
    for day in DAYS:
        events += [(sent(day), partial(meetings.send, phone, day)) for phone in PHONE_OF]
        events.append((on(day, 21), partial(meetings.meet, day)))
        events.append((on(day, 18), partial(meetings.call, day)))
        events.append((on(day.replace(day=LATE_DAY), 20), partial(meetings.report_late, day)))
    events += [(begins, partial(tells, teller)) for begins, tells in grievances.STORIES]
    return events
