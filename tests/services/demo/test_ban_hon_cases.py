"""Meetings and grievances of the Bản Hon story, and the merger at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from events.catalogue import subject
from events.facts import grievances, meetings
from events.facts.grievance_values import AnswerOutcome, ClosingReason, GrievanceKind
from events.facts.meetings import CellMeetingHeld, MonthlyReportSubmitted, ReportConcluded
from events.facts.organisation import OfficeKind, UnitKind
from projections.states.clocks import Run, runs
from projections.states.grievances import OPEN, Case, Stage
from projections.states.working_days import is_working
from services.decisions.asking import Role
from services.decisions.grievances.standing import ByHolder
from services.decisions.meetings import NOT_COUNTED
from services.demo.ban_hon import EXPECTED, TRACED, story
from services.demo.ban_hon.figures import REPORTS_DUE
from services.demo.ban_hon.grievances.vacancy import APPOINTED, RELEASED
from services.demo.ban_hon.meetings import DAY, DAYS
from services.demo.ban_hon.places import CELLS, COMMUNE, DISTRICT, KHUN_HA, NEW_COMMUNE, PROVINCE
from services.demo.ban_hon.reorganisation import MERGED
from tests.in_memory import InMemory
from tests.services.demo.test_ban_hon import published

LONG_AFTER = date(2026, 1, 1)


def traced_runs(model: InMemory, case: Case) -> tuple[Run, ...]:
    return runs(case, lambda unit: model.organisation.units[unit].kind)


def as_it_stood(model: InMemory, day: date) -> InMemory:
    """What had happened by the end of the day."""
    earlier = InMemory()
    earlier.fold(recorded.fact for recorded in model.log if recorded.fact.effective <= day)
    return earlier


def test_every_kind_of_fact_about_meetings_and_grievances_is_told(model: InMemory) -> None:
    told = {type(recorded.fact.body) for recorded in model.log}
    assert told >= {*meetings.FACTS, *grievances.FACTS}


def test_every_report_and_every_grievance_before_a_cell_was_concluded_and_every_meeting_closed(model: InMemory) -> None:
    for cell in CELLS:
        state = model.states[subject("meeting", cell.id)]
        assert (state.waiting, state.open, state.called) == ({}, {}, {})


def test_the_meeting_of_a_month_hears_its_reports_and_the_next_one_those_that_were_late(model: InMemory) -> None:
    submitted = {r.fact.body.report: r.fact for r in model.log if isinstance(r.fact.body, MonthlyReportSubmitted)}
    heard = {r.fact.body.report: r.fact.effective for r in model.log if isinstance(r.fact.body, ReportConcluded)}
    replaced = {fact.body.replaces for fact in submitted.values() if fact.body.replaces}
    assert len(replaced) == 1
    assert heard.keys() == submitted.keys() - replaced
    late = 0
    for report, day in heard.items():
        month = submitted[report].body.month
        in_time = submitted[report].effective <= month.replace(day=DAY)
        late += not in_time
        assert day == month.replace(month=month.month + (not in_time), day=DAY)
    assert 0 < late < len(heard) / 20


def test_every_assigned_member_reports_every_month_but_for_a_few_times(model: InMemory) -> None:
    told = {
        (r.fact.body.member, r.fact.body.month) for r in model.log if isinstance(r.fact.body, MonthlyReportSubmitted)
    }
    due = {(member, day.replace(day=1)) for day in DAYS for member, mine in model.loads(day).items() if mine}
    assert tuple(sum(month.month == number for _, month in due) for number in range(1, 13)) == REPORTS_DUE
    assert 0 < len(due - told) < len(due) / 20
    # More than was due comes only from those whose assignments end with the day of the meeting.
    before = {(member, day.replace(day=1)) for day in DAYS for member in model.loads(day - timedelta(days=1))}
    assert told - due <= before


def test_who_is_exempt_is_left_out_of_the_attendance(model: InMemory) -> None:
    members = model.members()
    for recorded in model.log:
        if isinstance(recorded.fact.body, CellMeetingHeld):
            statuses = {members[a.member].status(recorded.fact.effective) for a in recorded.fact.body.attendance}
            assert not statuses & NOT_COUNTED


def test_cells_are_called_one_or_two_days_before(model: InMemory) -> None:
    called = [r.fact for r in model.log if isinstance(r.fact.body, meetings.MeetingCalled)]
    assert {(fact.body.day - fact.effective).days for fact in called} == {
        *published()["made_up"]["meetings"]["noticed_days_before"]
    }
    assert {fact.body.day for fact in called} == {*DAYS}


def test_every_case_came_to_an_end_and_ends_differ(model: InMemory) -> None:
    cases = model.cases().values()
    told = published()["made_up"]["grievances"]
    fates = [
        fate for name in ("at_the_cell", "upwards", "at_the_office", "guarded", "met_nobody") for fate in told[name]
    ]
    # Beside them the traced one, the two parts of the one that was split, and the one of the epilogue.
    assert len(cases) == len(fates) + 1 + 2 + 1
    assert not any(case.stage in OPEN for case in cases)
    assert Counter(case.stage for case in cases) == {
        Stage.CLOSED: len(cases) - 4,
        Stage.SPLIT: 1,
        Stage.REFERRED: 1,
        Stage.WITHDRAWN: 1,
        Stage.WITHHELD: 1,
    }
    assert {case.outcome for case in cases} == {None, *AnswerOutcome}
    assert {case.kind for case in cases} == {None, *GrievanceKind}
    assert {case.closing for case in cases} == {
        None,
        ClosingReason.ACCEPTED_BY_HOUSEHOLD,
        ClosingReason.WINDOW_PASSED,
    }


def test_two_cases_are_open_on_the_last_day_of_the_year_and_one_of_them_is_overdue(model: InMemory) -> None:
    then = as_it_stood(model, EXPECTED.day)
    waiting = [case for case in then.cases().values() if case.stage in OPEN]
    late = [case for case in waiting if any(run.overdue(EXPECTED.day) for run in traced_runs(then, case))]
    assert len(waiting) == published()["made_up"]["grievances"]["open_on_the_last_day"]
    assert [(case.holder, case.stage) for case in late] == [(COMMUNE, Stage.BOOKED)]


def test_offices_act_on_working_days() -> None:
    offices = {Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE}
    for step in story().steps:
        if story().client(step.client).role in offices:
            for command in step.commands:
                assert not isinstance(command, ByHolder) or is_working(command.day), step.label.en


def test_the_limits_of_the_traced_case_are_those_counted_by_hand(model: InMemory) -> None:
    found = traced_runs(model, model.cases()[TRACED.grievance])
    assert [(run.clock, run.unit, run.started, run.due, run.ended) for run in found] == [
        (limit.clock, limit.unit, limit.started, limit.due, limit.ended) for limit in TRACED.limits
    ]
    assert [run.overdue(LONG_AFTER) for run in found] == [limit.late for limit in TRACED.limits]
    late = {model.organisation.units[limit.unit].kind for limit in TRACED.limits if limit.late}
    assert late >= {UnitKind.COMMUNE, UnitKind.DISTRICT}


def test_the_hops_of_the_traced_case(model: InMemory) -> None:
    case = model.cases()[TRACED.grievance]
    arrived = [(case.moments[0].unit, case.received)]
    arrived += [(after.unit, after.day) for before, after in pairwise(case.moments) if after.unit != before.unit]
    assert arrived == [(hop.unit, hop.arrived) for hop in TRACED.hops]
    assert [hop.left for hop in TRACED.hops[:-1]] == [hop.arrived for hop in TRACED.hops[1:]]
    assert case.last_day("delivered") == TRACED.hops[-1].left
    assert [(hop.left - hop.arrived).days for hop in TRACED.hops] == [hop.held for hop in TRACED.hops]


def test_the_traced_case_was_reminded_from_above_and_extended_by_a_document(model: InMemory) -> None:
    facts = [r.fact for r in model.log if getattr(r.fact.body, "grievance", None) == TRACED.grievance]
    reminded = [fact.body for fact in facts if isinstance(fact.body, grievances.OverdueNoticed)]
    assert [(notice.sender, notice.holder, notice.due) for notice in reminded] == [
        (DISTRICT, COMMUNE, date(2018, 6, 13)),
        (DISTRICT, COMMUNE, date(2018, 8, 28)),
        (PROVINCE, DISTRICT, date(2018, 10, 29)),
    ]
    (extended,) = [fact for fact in facts if isinstance(fact.body, grievances.DeadlineExtended)]
    assert (extended.body.until, extended.basis is not None) == (date(2018, 8, 28), True)


def test_what_was_sent_to_the_district_while_it_had_no_secretary_met_nobody(model: InMemory) -> None:
    vacancy = published()["made_up"]["vacancy"]
    assert (vacancy["from"], vacancy["to"]) == (RELEASED, APPOINTED)
    offices = model.states[subject("office", DISTRICT)]
    for day, there in ((date(2018, 9, 30), 1), (RELEASED, 0), (date(2018, 11, 11), 0), (APPOINTED, 1)):
        assert len(offices.holders(OfficeKind.SECRETARY, day)) == there
    then = as_it_stood(model, date(2018, 11, 1))
    lying = [case for case in then.cases().values() if case.holder == DISTRICT and case.stage is Stage.WAITING]
    assert len(lying) == 1


def test_a_case_about_a_person_stands_above_him(model: InMemory) -> None:
    about = [case for case in model.cases().values() if case.about]
    assert Counter(case.visible for case in about) == {COMMUNE: 1, DISTRICT: 1, PROVINCE: 1}
    for case in about:
        above = None if case.visible == PROVINCE else case.visible
        assert all(case.holder == person.above == above for person in case.about)


def test_nothing_visible_leads_from_the_receipt_to_the_denunciation(model: InMemory) -> None:
    (receipt,) = [r.fact for r in model.log if isinstance(r.fact.body, grievances.DenunciationHandedOver)]
    (withheld,) = [case.grievance for case in model.cases().values() if case.stage is Stage.WITHHELD]
    assert str(withheld) not in str(receipt.body)


def test_the_merger_resets_no_clock(model: InMemory) -> None:
    told = published()["epilogue"]
    assert told["merged_on"] == MERGED
    (case,) = [case for case in model.cases().values() if case.received.year == MERGED.year]
    (run,) = [run for run in traced_runs(model, case) if run.clock == "resolution"]
    made_up = told["made_up"]
    assert (run.started, run.due, run.ended) == (made_up["accepted"], made_up["due"], made_up["answered"])
    assert not run.overdue(LONG_AFTER)


def test_the_new_commune_has_a_secretary_from_its_first_day(model: InMemory) -> None:
    offices = model.states[subject("office", NEW_COMMUNE)]
    assert len(offices.holders(OfficeKind.SECRETARY, MERGED)) == 1


def test_after_the_merger_everything_stands_below_the_new_commune(model: InMemory) -> None:
    tree = model.organisation
    for cell in CELLS:
        assert [*tree.chain(cell.id, MERGED)] == [cell.id, COMMUNE, NEW_COMMUNE, PROVINCE]
        assert tree.units[cell.id].exists(MERGED)
    assert not any(tree.units[unit].exists(MERGED) for unit in (COMMUNE, KHUN_HA, DISTRICT))
    assert tree.units[NEW_COMMUNE].name(MERGED) == tree.units[KHUN_HA].name(EXPECTED.day)


def texts() -> Iterator[str]:
    for step in story().steps:
        for command in step.commands:
            if str(command.__struct_config__.tag).startswith("grievance."):
                text = getattr(command, "text", None)
                yield from (text,) if text else ()
                yield from (part.text for part in getattr(command, "parts", ()))


def test_every_text_of_a_grievance_says_that_it_is_made_up() -> None:
    found = [*texts()]
    assert len(found) > 30
    assert all(text.endswith("(nội dung giả định)") for text in found)
