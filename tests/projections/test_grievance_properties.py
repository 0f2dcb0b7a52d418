"""Random stories of cases, entered late and out of order, against a model that folds what it knows each time anew."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.calendar import VIETNAM, local_date
from events.envelope import Fact, Recorded
from events.facts.grievance_values import (
    AnswerOutcome,
    ClosingReason,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    NoReceiver,
    Person,
    ReopeningReason,
    ReturnReason,
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
    GrievanceCorrected,
    GrievanceEscalated,
    GrievanceReopened,
    GrievanceReturned,
    GrievanceWithdrawn,
    HandlerAssigned,
    InterimReplied,
    KindDetermined,
    OverdueNoticed,
    PersonConcerned,
)
from events.facts.values import Body
from projections.rebuild import compare
from projections.registers import REGISTERS, grievances
from projections.registers.grievances import CaseView, Filters, Grievances
from projections.states import clocks
from projections.states.grievances import OPEN, Case, apply_case
from tests.projections import grievance_cases as a
from tests.projections.archive_of import ArchiveOf
from tests.projections.grievance_cases import CELL, COMMUNE, ELSEWHERE, OTHER_CELL, PROVINCE

FIRST = date(2022, 1, 20)
NOTES = (InterimReplied, HandlerAssigned, DeadlineExtended, GrievanceCorrected, OverdueNoticed)

units = st.sampled_from([CELL, OTHER_CELL, COMMUNE, ELSEWHERE, PROVINCE])
no_case = st.just(UUID(int=0))
clock_names = st.sampled_from(["resolution", "level", "total", "first_answer"])
days = st.integers(0, 150).map(lambda number: FIRST + timedelta(number))

bodies: st.SearchStrategy[Body] = st.one_of(
    st.builds(GrievanceBooked, grievance=no_case, holder=units, year=st.just(2022), number=st.integers(1, 5)),
    st.builds(KindDetermined, grievance=no_case, kind=st.sampled_from(GrievanceKind), second=st.booleans()),
    st.builds(GrievanceAccepted, grievance=no_case, holder=units),
    st.builds(HandlerAssigned, grievance=no_case, holder=units, person=st.just(UUID(int=7))),
    st.builds(
        GrievanceEscalated,
        grievance=no_case,
        sender=units,
        reason=st.just(EscalationReason.NOT_SOLVED),
        to=st.one_of(st.none(), units),
        no_receiver=st.just(NoReceiver.NO_SUPERIOR),
    ),
    st.builds(
        GrievanceReturned, grievance=no_case, sender=units, to=units, reason=st.just(ReturnReason.FILE_INCOMPLETE)
    ),
    st.builds(
        DeadlineExtended,
        grievance=no_case,
        clock=clock_names,
        until=days,
        reason=st.just(ExtensionReason.COMPLEX),
    ),
    st.builds(InterimReplied, grievance=no_case, holder=units),
    st.builds(GrievanceCorrected, grievance=no_case, topic=st.sampled_from(GrievanceTopic)),
    st.builds(GrievanceAnswered, grievance=no_case, holder=units, outcome=st.just(AnswerOutcome.EXPLAINED)),
    st.builds(AnswerDelivered, grievance=no_case, channel=st.just(DeliveryChannel.LETTER)),
    st.builds(AnswerAccepted, grievance=no_case),
    st.builds(AnswerContested, grievance=no_case),
    st.builds(GrievanceReopened, grievance=no_case, holder=units, reason=st.just(ReopeningReason.CONTESTED)),
    st.builds(GrievanceWithdrawn, grievance=no_case),
    st.builds(GrievanceClosed, grievance=no_case, reason=st.just(ClosingReason.WINDOW_PASSED)),
    st.builds(
        PersonConcerned,
        grievance=no_case,
        about=st.just((Person(person=UUID(int=9), above=PROVINCE),)),
        visible=st.just(PROVINCE),
        holder=st.one_of(st.none(), st.just(PROVINCE)),
    ),
)

Happening = tuple[int, Body, int, int]
"""The case, what happened, how many days after the one before (back where negative), and the hour."""

stories = st.lists(st.tuples(st.integers(0, 1), bodies, st.integers(-12, 25), st.integers(0, 23)), max_size=16)


def facts_of(cases: list[UUID], story: list[Happening]) -> list[Fact[Any]]:
    """The story as facts: each case is raised first, one of them received later than it was told."""
    found = [a.raised(FIRST, cases[0]), a.raised(FIRST, cases[1], COMMUNE, received=FIRST + timedelta(9))]
    latest = [FIRST, FIRST]
    for number, body, later, hour in story:
        day = max(FIRST - timedelta(3), latest[number] + timedelta(later))
        latest[number] = max(latest[number], day)
        found.append(a.step(msgspec.structs.replace(body, grievance=cases[number]), day, hour))
    return found


class Model:
    """What is known of a case, folded anew for every question."""

    def __init__(self, facts: list[Recorded[Any]]) -> None:
        self.facts = facts

    def case(self, grievance: UUID, day: date, position: int) -> Case | None:
        """The case of what was recorded by the position and had happened by the end of the day."""
        end = datetime.combine(day + timedelta(1), time(), VIETNAM)
        counted = []
        told = turned = None
        for recorded in self.facts:
            fact = recorded.fact
            if getattr(fact.body, "grievance", None) != grievance or recorded.position > position:
                continue
            assert fact.instant is not None
            at = fact.instant
            if told is None or turned is None:
                told = turned = at
            elif isinstance(fact.body, NOTES):
                at = max(at, told)
            else:
                at = turned = max(at, turned)
            counted.append((at, recorded.position, fact))
        case = None
        for at, _, fact in sorted(counted, key=lambda each: each[:2]):
            if at < end:
                case = apply_case(case, fact)
        return case


def runs(case: Case, day: date) -> list[tuple[Any, ...]]:
    found = [run for run in clocks.runs(case, lambda unit: a.UNITS[unit][0]) if run.started <= day]
    return sorted(
        (run.clock, str(run.unit), run.started, run.ended or date.max, run.due or date.max, is_late(run, day))
        for run in found
    )


def is_late(run: clocks.Run, day: date) -> bool:
    return run.overdue(day) and run.clock != "contest_window"


def late(case: Case, day: date) -> date | None:
    """The earliest last day of what runs, where that has passed; the household's own time is nobody's delay."""
    dues = [
        run.due
        for run in clocks.runs(case, lambda unit: a.UNITS[unit][0])
        if run.ended is None and run.due is not None and run.clock != "contest_window"
    ]
    return min((due for due in dues if due < day), default=None)


def number_at(case: Case, unit: UUID) -> tuple[int | None, int | None]:
    """In whose book it stands: the unit's own, or the last one it was entered in, as long as it has not moved since."""
    found: tuple[int | None, int | None] = (None, None)
    here = case.moments[0].unit
    for moment in case.moments:
        if moment.event == "booked":
            assert moment.unit is not None
            found = case.numbers[moment.unit]
        elif moment.event in clocks.MOVES and moment.unit != here:
            found = (None, None)
        here = moment.unit
    return case.numbers.get(unit, found)


def same(view: CaseView, case: Case, day: date) -> None:
    assert (view.stage, view.unit) == (case.stage.value, case.holder or case.visible)
    assert (view.holder, view.handler, view.sender, view.visible) == (
        case.holder,
        case.handler,
        case.sender,
        case.visible,
    )
    assert view.kind == (case.kind and case.kind.value)
    assert view.topic == case.topic.value
    assert view.no_receiver == (case.no_receiver and case.no_receiver.value)
    assert (view.year, view.number) == number_at(case, view.unit)
    events = [moment.event for moment in case.moments]
    assert (view.reopened, view.contested) == (events.count("reopened"), events.count("contested"))
    assert view.overdue is (late(case, day) is not None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    story=stories,
    chunk=st.integers(1, 20),
    asked=st.lists(st.tuples(st.integers(-2, 160), st.integers(0, 20)), min_size=4, max_size=8),
)
async def test_every_answer_is_what_folding_anew_what_was_known_says(
    archive: ArchiveOf, story: list[Happening], chunk: int, asked: list[tuple[int, int]]
) -> None:
    if not archive.facts:
        await archive.record(*a.founded())
    before = archive.head
    cases = [uuid4(), uuid4()]
    head = await archive.record(*facts_of(cases, story))
    await archive.project(REGISTERS, chunk)
    assert await archive.fetch("SELECT * FROM projection.quarantine") == []
    model = Model(archive.facts[before:])
    async with archive.asking(**a.inspecting(PROVINCE)) as connection:
        for number, back in asked:
            day, position = FIRST + timedelta(number), max(before, head - back)
            overdue = {}
            for grievance in cases:
                case = model.case(grievance, day, position)
                view = await grievances.case_of(connection, grievance, day, position)
                assert (view is None) == (case is None)
                if view is None or case is None:
                    continue
                same(view, case, day)
                found = await grievances.clocks_of(connection, grievance, day, position)
                known = [(c.clock, str(c.unit), c.started, c.ended or date.max, c.due or date.max) for c in found]
                late_ = [clock.overdue for clock in found]
                assert sorted((*one, flag) for one, flag in zip(known, late_, strict=True)) == runs(case, day)
                hops = await grievances.hops_of(connection, grievance, day, position)
                if case.received <= day:
                    assert [hop.place for hop in hops] == list(range(len(hops)))
                    assert all(clock.hop in range(len(hops)) for clock in found)
                steps = await grievances.steps_of(connection, grievance, day, position)
                assert (steps[-1].stage, steps[-1].unit) == (view.stage, view.unit)
                assert [step.until for step in steps[:-1]] == [step.since for step in steps[1:]]
                assert steps[-1].until is None
                if late(case, day) is not None and case.stage in OPEN:
                    overdue[grievance] = late(case, day)
            listed = await grievances.overdue(connection, PROVINCE, day, position, None, 1000)
            assert {c.grievance: c.due for c in listed if c.grievance in cases} == overdue
            open_ = await grievances.search(connection, None, day, position, Filters(is_open=True), None, 1000)
            totals = await grievances.totals(connection, PROVINCE, day, position)
            assert sum(total.open for total in totals) == len(open_)
            assert sum(total.overdue for total in totals) == len(listed)
            assert all(local_date(case.since) <= day for case in open_)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories, chunk=st.integers(1, 6))
async def test_a_rebuild_equals_what_was_folded_fact_by_fact(
    archive: ArchiveOf, story: list[Happening], chunk: int
) -> None:
    if not archive.facts:
        await archive.record(*a.founded())
    await archive.record(*facts_of([uuid4(), uuid4()], story))
    await archive.project(REGISTERS, chunk)
    assert await compare(archive.url, [Grievances], lambda *_: None) == []
