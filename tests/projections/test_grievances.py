"""The register of grievances: where a case stood on a day, as known at a position; its clocks, hops and lists."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.calendar import local_date
from events.envelope import Fact
from events.facts.grievance_values import ClosingReason, GrievanceKind, NoReceiver, Person
from events.facts.grievances import GrievanceCorrected
from events.facts.households import HouseholdRegistered
from events.facts.members import MemberAdmitted, MemberStatus, MemberStatusChanged
from events.facts.organisation import OfficeActing, OfficeKind, OfficeReleased, UnitDissolved, UnitMerged
from projections.registers import REGISTERS, grievances
from projections.registers.grievances import Filters, lists
from projections.trails import history
from tests.given import named
from tests.projections import grievance_cases as a
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.grievance_cases import CASE, CELL, COMMUNE, ELSEWHERE, HOUSEHOLD, MEMBER, OTHER_CELL, PROVINCE

RAISED, ESCALATED, BOOKED = date(2022, 3, 7), date(2022, 3, 14), date(2022, 3, 15)
ANSWERED = date(2022, 4, 1)


async def given(archive: ArchiveOf, *facts: Fact[Any], chunk: int = 1000) -> int:
    """The facts are recorded after the province's; returns the position before them."""
    before = await archive.record(*a.founded())
    await archive.record(*facts)
    await archive.project(REGISTERS, chunk)
    assert await archive.fetch("SELECT * FROM projection.quarantine") == []
    return before


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_case_stands_on_each_day_where_it_stood_as_known_at_each_position(
    archive: ArchiveOf, chunk: int
) -> None:
    before = await given(
        archive, a.raised(RAISED), a.escalated(ESCALATED, COMMUNE), a.booked(BOOKED, number=4), chunk=chunk
    )
    async with archive.asking(PROVINCE) as connection:
        found = {
            (day, position): await grievances.case_of(connection, CASE, day, position)
            for day in (RAISED - timedelta(1), RAISED, ESCALATED, BOOKED)
            for position in range(before, before + 4)
        }
    stages = {key: (case.stage, case.unit) for key, case in found.items() if case is not None}
    at_cell, at_commune, in_books = ("waiting", CELL), ("waiting", COMMUNE), ("booked", COMMUNE)
    assert stages == {
        **{(day, before + 1): at_cell for day in (RAISED, ESCALATED, BOOKED)},
        (RAISED, before + 2): at_cell,
        (ESCALATED, before + 2): at_commune,
        (BOOKED, before + 2): at_commune,
        (RAISED, before + 3): at_cell,
        (ESCALATED, before + 3): at_commune,
        (BOOKED, before + 3): in_books,
    }
    last = found[BOOKED, before + 3]
    assert last is not None
    assert (last.year, last.number, last.sender, last.household, last.member) == (2022, 4, CELL, HOUSEHOLD, MEMBER)


@pytest.mark.parametrize("chunk", [1, 100])
async def test_an_extension_from_a_paper_entered_late_silences_nothing_that_was_known(
    archive: ArchiveOf, chunk: int
) -> None:
    """A complaint accepted on Tuesday 15/3/2022: 30 days end on Thursday 14/4. Overdue on the 15th by all that was
    known; then a paper of 13/4 comes in that gives it until 29/4."""
    before = await given(
        archive, a.at_office(BOOKED), a.booked(BOOKED), a.determined(BOOKED), a.accepted(BOOKED), chunk=chunk
    )
    known = archive.head
    assert known == before + 4
    await archive.record(a.extended(date(2022, 4, 13), "resolution", date(2022, 4, 29)))
    await archive.project(REGISTERS, chunk)

    async def overdue(day: date, position: int) -> list[date | None]:
        async with archive.asking(PROVINCE) as connection:
            return [case.due for case in await grievances.overdue(connection, PROVINCE, day, position, None, 10)]

    due, late, extended = date(2022, 4, 14), date(2022, 4, 15), date(2022, 4, 29)
    assert await overdue(due, known) == []
    assert await overdue(late, known) == [due]
    assert await overdue(late, known + 1) == []
    assert await overdue(extended + timedelta(1), known + 1) == [extended]


@pytest.mark.parametrize("chunk", [1, 100])
async def test_hops_steps_clocks_and_facts_of_a_case_that_went_up(archive: ArchiveOf, chunk: int) -> None:
    accepted, told = date(2022, 3, 21), date(2022, 4, 4)
    before = await given(
        archive,
        a.raised(RAISED - timedelta(5), received=RAISED),
        a.escalated(ESCALATED, COMMUNE),
        a.booked(BOOKED),
        a.determined(BOOKED),
        a.accepted(accepted),
        a.handed(accepted, named("handler")),
        a.answered(ANSWERED),
        a.delivered(told),
        chunk=chunk,
    )
    head = archive.head
    async with archive.asking(PROVINCE) as connection:
        hops = await grievances.hops_of(connection, CASE, told, head)
        steps = await grievances.steps_of(connection, CASE, told, head)
        clocks = await grievances.clocks_of(connection, CASE, told, head)
        earlier = await grievances.clocks_of(connection, CASE, accepted, head)
        facts = await grievances.facts_of(connection, CASE, ANSWERED, head)
        last = await grievances.hops_of(connection, CASE, ANSWERED, head)
    # It lay with the member for five days before a body had it.
    assert [(hop.unit, local_date(hop.arrived), hop.left and local_date(hop.left), hop.ended_by) for hop in hops] == [
        (CELL, RAISED, ESCALATED, "escalated"),
        (COMMUNE, ESCALATED, told, "delivered"),
    ]
    assert last[-1].left is None
    assert [(step.stage, step.handler) for step in steps] == [
        ("waiting", None),
        ("waiting", None),
        ("booked", None),
        ("booked", None),
        ("accepted", None),
        ("accepted", named("handler")),
        ("answered", named("handler")),
        ("delivered", named("handler")),
    ]
    assert [step.until for step in steps[:-1]] == [step.since for step in steps[1:]]
    assert steps[-1].until is None
    # A complaint is settled within 30 days of its acceptance: 20/4/2022.
    (resolution,) = [clock for clock in clocks if clock.clock == "resolution"]
    assert (resolution.started, resolution.ended, resolution.due) == (accepted, ANSWERED, date(2022, 4, 20))
    (running,) = [clock for clock in earlier if clock.clock == "resolution"]
    assert (running.started, running.ended, running.due) == (accepted, None, date(2022, 4, 20))
    assert [fact.position for fact in facts] == list(range(before + 1, before + 8))


async def test_a_clock_is_told_with_what_its_rule_says_of_such_a_case(archive: ArchiveOf) -> None:
    again, concern = named("again"), named("concern")
    await given(
        archive,
        *(a.at_office(RAISED, case) for case in (CASE, again, concern)),
        a.determined(RAISED),
        a.determined(RAISED, grievance=again, second=True, remote=True),
        a.determined(RAISED, GrievanceKind.CONCERN, concern),
        *(a.accepted(RAISED, grievance=case) for case in (CASE, again, concern)),
    )
    async with archive.asking(PROVINCE) as connection:
        found = await grievances.clocks_of_cases(connection, [CASE, again, concern], RAISED, archive.head)
    resolution = {case: next(run for run in runs if run.clock == "resolution") for case, runs in found.items()}
    said = {case: (run.days, run.statutory, run.article, run.certainty) for case, run in resolution.items()}
    assert said == {
        CASE: (30, True, "Luật Khiếu nại 02/2011/QH13, Điều 28", "found"),
        again: (60, True, "Luật Khiếu nại 02/2011/QH13, Điều 37", "found"),
        concern: (60, False, "Thông tư 05/2021/TT-TTCP, Điều 20", "house"),
    }
    assert {(run.counted_in, run.version) for run in resolution.values()} == {("calendar_days", "2014-07-01")}


@pytest.mark.parametrize("chunk", [1, 100])
async def test_an_extension_entered_late_counts_from_its_own_day_once_it_is_known(
    archive: ArchiveOf, chunk: int
) -> None:
    accepted, extended, answered = date(2022, 3, 21), date(2022, 4, 11), date(2022, 4, 27)
    await given(archive, a.at_office(RAISED), a.booked(RAISED), a.determined(RAISED), a.accepted(accepted), chunk=chunk)
    await archive.record(a.answered(answered))
    unaware = archive.head
    await archive.record(a.extended(extended, "resolution", date(2022, 5, 5)))
    await archive.project(REGISTERS, chunk)

    async with archive.asking(PROVINCE) as connection:
        found = {}
        for day in (extended - timedelta(1), extended, answered):
            for position in (unaware, archive.head):
                clocks = await grievances.clocks_of(connection, CASE, day, position)
                (run,) = [clock for clock in clocks if clock.clock == "resolution"]
                found[day, position] = (run.due, run.ended)
        steps = [step.stage for step in await grievances.steps_of(connection, CASE, answered, archive.head)]
    plain, longer = date(2022, 4, 20), date(2022, 5, 5)
    assert found == {
        (extended - timedelta(1), unaware): (plain, None),
        (extended - timedelta(1), archive.head): (plain, None),
        (extended, unaware): (plain, None),
        (extended, archive.head): (longer, None),
        (answered, unaware): (plain, answered),
        (answered, archive.head): (longer, answered),
    }
    assert steps == ["waiting", "booked", "booked", "accepted", "accepted", "answered"]
    assert (
        await archive.fetch("SELECT * FROM grievances_v1.step WHERE part = 'live' AND to_position < $1", archive.head)
        == []
    )


@pytest.mark.parametrize("few", [0, lists.FEW_UNITS])
async def test_lists_find_cases_by_what_they_are(archive: ArchiveOf, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "FEW_UNITS", few)
    second, third = named("second"), named("third")
    await given(
        archive,
        a.raised(RAISED),
        a.escalated(ESCALATED, COMMUNE),
        a.booked(BOOKED, number=7),
        a.escalated(ANSWERED, PROVINCE, sender=COMMUNE),
        a.at_office(ESCALATED, second),
        a.booked(ESCALATED, number=8, grievance=second),
        a.determined(ESCALATED, grievance=second),
        a.accepted(BOOKED, grievance=second),
        a.handed(BOOKED, named("handler"), grievance=second),
        a.answered(ANSWERED, grievance=second),
        a.delivered(ANSWERED, grievance=second),
        *a.contested(ANSWERED, grievance=second),
        a.raised(BOOKED, third, a.FAR_CELL, household=None, kind=GrievanceKind.CONCERN),
        a.closed(ANSWERED, ClosingReason.WINDOW_PASSED, third),
    )
    day, head = ANSWERED, archive.head

    async def found(unit: UUID | None = PROVINCE, **filters: Any) -> list[UUID]:
        async with archive.asking(PROVINCE) as connection:
            return [
                case.grievance
                for case in await grievances.search(connection, unit, day, head, Filters(**filters), None, 10)
            ]

    assert await found() == [third, second, CASE]
    assert await found(None) == [third, second, CASE]
    assert await found(COMMUNE) == [second, CASE], "one stands there, the other is seen there and went up"
    assert await found(ELSEWHERE) == [third]
    assert await found(holder=PROVINCE) == [CASE]
    assert await found(handler=named("handler")) == [second]
    assert await found(household=HOUSEHOLD) == [second, CASE]
    assert await found(member=MEMBER) == [third, CASE]
    assert await found(kind="concern") == [third]
    assert await found(topic="conduct_of_office") == [second]
    assert await found(stage="accepted") == [second]
    assert await found(year=2022, number=7) == [CASE], "by the number in the books of an office that had it"
    assert await found(number=8) == [second]
    assert await found(is_open=True) == [second, CASE]
    assert await found(COMMUNE, is_open=True) == [second, CASE]
    assert await found(ELSEWHERE, is_open=True) == []
    assert await found(is_open=False) == [third]
    assert await found(reopened=True) == [second]
    assert await found(contested=False) == [third, CASE]
    assert await found(received_since=ESCALATED, received_until=BOOKED) == [second]
    assert await found(overdue=True) == []
    # Thirty days from 1/4 end on Sunday 1/5; the days off for 30/4 and 1/5 are taken on 2/5 and 3/5.
    day = date(2022, 5, 4)
    assert await found(overdue=True) == [CASE]
    day = date(2022, 5, 5)
    assert await found(overdue=True) == [second, CASE]
    assert await found(COMMUNE, overdue=False, is_open=True) == []

    async with archive.asking(PROVINCE) as connection:
        of_household = await grievances.of_household(connection, HOUSEHOLD, day, head)
        of_member = await grievances.of_member(connection, MEMBER, day, head)
        first = await grievances.search(connection, PROVINCE, day, head, Filters(), None, 2)
        rest = await grievances.search(
            connection, PROVINCE, day, head, Filters(), (first[-1].received, first[-1].grievance), 2
        )
        open_ = Filters(is_open=True)
        (newest,) = await grievances.search(connection, COMMUNE, day, head, open_, None, 1)
        place = newest.received, newest.grievance
        (next_,) = await grievances.search(connection, COMMUNE, day, head, open_, place, 1)
    assert [newest.grievance, next_.grievance] == [second, CASE]
    assert [case.grievance for case in of_household] == [second, CASE]
    assert [case.grievance for case in of_member] == [third, CASE]
    assert [case.grievance for case in (*first, *rest)] == [third, second, CASE]


async def test_overdue_cases_are_listed_and_counted_where_they_stood_on_the_day(archive: ArchiveOf) -> None:
    second, handler = named("second"), named("handler")
    # Booked on Monday 7/3/2022. Ten working days to the first answer: up to Monday 21/3; to determine the kind as well.
    await given(
        archive,
        a.at_office(RAISED),
        a.booked(RAISED),
        a.raised(RAISED, second),
        a.escalated(ESCALATED, COMMUNE, grievance=second),
        a.booked(ESCALATED, number=2, grievance=second),
        a.handed(ESCALATED, handler, grievance=second),
    )
    last = date(2022, 3, 21)
    head = archive.head
    async with archive.asking(PROVINCE) as connection:

        async def overdue(day: date, unit: UUID = PROVINCE, **more: Any) -> list[tuple[UUID, date | None]]:
            cases = await grievances.overdue(connection, unit, day, head, None, 10, **more)
            assert all(case.overdue for case in cases)
            return [(case.grievance, case.due) for case in cases]

        assert await overdue(last) == []
        assert await overdue(last + timedelta(1)) == [(CASE, last)]
        both = [(CASE, last), (second, date(2022, 3, 28))]
        day = date(2022, 3, 29)
        assert await overdue(day) == both
        assert await overdue(day, COMMUNE) == both
        assert await overdue(day, CELL) == []
        assert await overdue(day, level="commune") == both
        assert await overdue(day, level="cell") == []
        assert await overdue(day, holder=COMMUNE) == both
        page = await grievances.overdue(connection, PROVINCE, day, head, both[0][::-1], 10)
        assert [case.grievance for case in page] == [second]
        totals = await grievances.totals(connection, PROVINCE, last + timedelta(1), head)
        assert [(t.unit, t.level, t.open, t.overdue, t.overdue_statutory) for t in totals] == [
            (COMMUNE, "commune", 2, 1, 1)
        ]
        before = await grievances.totals(connection, PROVINCE, RAISED, head)
        assert {(t.unit, t.open) for t in before} == {(COMMUNE, 1), (CELL, 1)}
        held = await grievances.handlers(connection, PROVINCE, day, head)
        assert [(h.handler, h.unit, h.open, h.overdue) for h in held] == [(handler, COMMUNE, 1, 1)]


async def test_holding_times_are_of_what_left_in_the_period(archive: ArchiveOf) -> None:
    cases = [named(f"case {number}") for number in range(1, 12)]
    facts = [a.raised(RAISED, case, CELL) for case in cases]
    facts += [a.escalated(RAISED + timedelta(days), COMMUNE, grievance=case) for days, case in enumerate(cases)]
    await given(archive, *facts)
    async with archive.asking(PROVINCE) as connection:
        since, until = RAISED, RAISED + timedelta(11)
        (all_,) = await grievances.holding_times(connection, PROVINCE, since, until, until, archive.head)
        (some,) = await grievances.holding_times(
            connection, PROVINCE, since, RAISED + timedelta(3), until, archive.head
        )
    # 0, 1, …, 10 days; then 0, 1, 2.
    assert (all_.unit, all_.kind, all_.count, all_.median, all_.ninetieth) == (
        CELL,
        None,
        11,
        timedelta(5),
        timedelta(9),
    )
    assert (some.count, some.median) == (3, timedelta(1))


async def test_who_cannot_be_worked_on_stands_in_the_queue_with_the_reason(archive: ArchiveOf) -> None:
    cases = {name: named(name) for name in ("none above", "ended", "vacant", "exempt", "concerned", "fine")}
    secretary = a.SECRETARIES[OTHER_CELL]
    later, tomorrow = date(2022, 5, 2), date(2022, 5, 3)
    commune_secretary = a.SECRETARIES[COMMUNE]
    await given(
        archive,
        a.raised(RAISED, cases["fine"]),
        a.raised(RAISED, cases["none above"]),
        a.escalated(ESCALATED, None, grievance=cases["none above"], no_receiver=NoReceiver.NO_SUPERIOR),
        a.raised(RAISED, cases["vacant"], a.FAR_CELL),
        a.raised(RAISED, cases["exempt"], OTHER_CELL),
        a.at_office(RAISED, cases["concerned"], about=(Person(person=commune_secretary, above=PROVINCE),)),
        a.at_office(RAISED, cases["ended"], ELSEWHERE),
        fact(MemberAdmitted(person=secretary, unit=OTHER_CELL, status=MemberStatus.ACTIVE), a.FOUNDED, OTHER_CELL),
        fact(
            MemberStatusChanged(person=secretary, status=MemberStatus.EXEMPT, granted_by=COMMUNE), tomorrow, OTHER_CELL
        ),
        fact(UnitDissolved(unit=ELSEWHERE), tomorrow, ELSEWHERE),
    )
    names = {case: name for name, case in cases.items()}
    async with archive.asking(PROVINCE) as connection:
        found = {
            day: {
                names[each.case.grievance]: each.reason
                for each in await grievances.unroutable(connection, PROVINCE, day, archive.head, None, 10)
            }
            for day in (later, tomorrow)
        }
        page = await grievances.unroutable(connection, PROVINCE, tomorrow, archive.head, None, 1)
        after = (page[0].case.received, page[0].case.grievance)
        rest = await grievances.unroutable(connection, PROVINCE, tomorrow, archive.head, after, 10)
    at_first = {"none above": "no_superior", "vacant": "office_vacant", "concerned": "officer_concerned"}
    assert found[later] == at_first
    assert found[tomorrow] == {**at_first, "exempt": "officer_unavailable", "ended": "unit_ended"}
    assert len(page) + len(rest) == 5


async def test_a_case_with_several_reasons_stands_in_the_queue_once_and_only_below_the_unit_asked_about(
    archive: ArchiveOf,
) -> None:
    cases = {name: named(name) for name in ("vacant, none above", "vacant, about", "about, none above", "elsewhere")}
    secretary = Person(person=a.SECRETARIES[COMMUNE], above=PROVINCE)
    none_above = {"to": None, "no_receiver": NoReceiver.NO_SUPERIOR}
    await given(
        archive,
        a.raised(RAISED, cases["vacant, none above"], a.FAR_CELL),
        a.escalated(ESCALATED, sender=a.FAR_CELL, grievance=cases["vacant, none above"], **none_above),
        a.raised(RAISED, cases["vacant, about"], a.FAR_CELL, about=(secretary,)),
        a.at_office(RAISED, cases["about, none above"], about=(secretary,)),
        a.escalated(ESCALATED, sender=COMMUNE, grievance=cases["about, none above"], **none_above),
        a.at_office(RAISED, cases["elsewhere"], ELSEWHERE, about=(secretary,)),
    )
    names = {case: name for name, case in cases.items()}
    found = {}
    for unit in (PROVINCE, ELSEWHERE, COMMUNE):
        async with archive.asking(PROVINCE) as connection:
            queue = await grievances.unroutable(connection, unit, ESCALATED, archive.head, None, 10)
        found[unit] = {(names[each.case.grievance], each.reason) for each in queue}
        assert len(found[unit]) == len(queue)
    far = {("vacant, none above", "no_superior"), ("vacant, about", "office_vacant")}
    near = {("about, none above", "no_superior")}
    assert found == {PROVINCE: far | near, ELSEWHERE: far, COMMUNE: near}


async def test_of_two_officers_one_who_can_work_on_a_case_is_enough(archive: ArchiveOf) -> None:
    free, away = named("free"), a.SECRETARIES[COMMUNE]
    await given(
        archive,
        fact(OfficeActing(unit=COMMUNE, office=OfficeKind.SECRETARY, person=free), a.FOUNDED, COMMUNE),
        fact(MemberAdmitted(person=away, unit=CELL, status=MemberStatus.TEMPORARILY_EXEMPT), a.FOUNDED, CELL),
        fact(MemberAdmitted(person=free, unit=CELL, status=MemberStatus.ACTIVE), a.FOUNDED, CELL),
        a.at_office(RAISED),
        fact(MemberStatusChanged(person=free, status=MemberStatus.EXEMPT, granted_by=COMMUNE), ESCALATED, CELL),
    )
    async with archive.asking(PROVINCE) as connection:
        for asked, reasons in ((RAISED, []), (ESCALATED, ["officer_unavailable"])):
            found = await grievances.unroutable(connection, PROVINCE, asked, archive.head, None, 10)
            assert [each.reason for each in found] == reasons


async def test_a_merge_of_units_moves_a_case_and_resets_nothing(archive: ArchiveOf) -> None:
    merged = date(2022, 4, 1)
    await given(
        archive,
        a.raised(RAISED),
        a.escalated(ESCALATED, COMMUNE),
        fact(UnitMerged(unit=COMMUNE, into=ELSEWHERE), merged, COMMUNE),
        a.booked(merged, holder=ELSEWHERE),
    )
    async with archive.asking(ELSEWHERE) as connection:
        (total,) = await grievances.totals(connection, ELSEWHERE, merged, archive.head)
        hops = await grievances.hops_of(connection, CASE, merged, archive.head)
        clocks = await grievances.clocks_of(connection, CASE, merged, archive.head)
        queue = await grievances.unroutable(connection, ELSEWHERE, merged, archive.head - 1, None, 10)
    assert (total.unit, total.open) == (ELSEWHERE, 1)
    assert [(hop.unit, hop.left is None) for hop in hops] == [(CELL, False), (COMMUNE, True)]
    levels = [(clock.unit, clock.started, clock.ended) for clock in clocks if clock.clock == "level"]
    assert levels == [(CELL, RAISED, ESCALATED), (COMMUNE, ESCALATED, None)]
    assert queue == [], "the secretary of the successor is there"


async def test_a_secretary_released_leaves_the_office_vacant_from_that_day(archive: ArchiveOf) -> None:
    day = date(2022, 4, 1)
    released = OfficeReleased(unit=CELL, office=OfficeKind.SECRETARY, person=a.SECRETARIES[CELL])
    await given(archive, a.raised(RAISED), fact(released, day, CELL))
    async with archive.asking(PROVINCE) as connection:
        for asked, reasons in ((day - timedelta(1), []), (day, ["office_vacant"])):
            found = await grievances.unroutable(connection, PROVINCE, asked, archive.head, None, 10)
            assert [each.reason for each in found] == reasons


async def test_a_history_has_the_facts_of_the_cases_that_the_caller_may_know_of(archive: ArchiveOf) -> None:
    other, household = named("other"), named("other household")
    before = await given(
        archive,
        fact(HouseholdRegistered(household=HOUSEHOLD, unit=CELL, head="s1:head"), a.FOUNDED, CELL),
        a.raised(RAISED),
        a.at_office(RAISED, other),
        a.escalated(ESCALATED, COMMUNE),
        a.step(GrievanceCorrected(grievance=CASE, household=household), BOOKED),
    )
    registered, raised, at_office, escalated, corrected = range(before + 1, before + 6)

    async def positions(unit: UUID, of: UUID, known_at: int, after: int = 0) -> list[int]:
        async with archive.asking(unit) as connection:
            return [entry.position for entry in await history.of_household(connection, of, known_at, after)]

    assert await positions(COMMUNE, HOUSEHOLD, escalated) == [registered, raised, at_office, escalated]
    assert await positions(COMMUNE, HOUSEHOLD, escalated, raised) == [at_office, escalated]
    assert await positions(CELL, HOUSEHOLD, escalated) == [registered, raised, escalated]
    assert await positions(CELL, HOUSEHOLD, corrected) == [registered], "it was about another household"
    assert await positions(CELL, household, corrected) == [raised, escalated, corrected]
    assert await positions(a.FAR_CELL, household, corrected) == []
    async with archive.asking(CELL) as connection:
        of_member = await history.of_member(connection, MEMBER, corrected)
    assert [entry.position for entry in of_member] == [raised, escalated, corrected]
