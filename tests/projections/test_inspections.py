"""What a mandate gives an inspection to see, in every row and without any WHERE of ours, and who sees the mandate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.calendar import today
from events.envelope import Fact
from events.facts.grievance_values import Person
from events.facts.grievances import HandlerAssigned, PersonConcerned
from events.facts.households import HouseholdRegistered
from events.facts.inspections import MandateEnded, MandateEnding, MandateExtended, MandateGiven
from events.facts.organisation import PersonRegistered, UnitMerged, UnitReparented
from events.facts.values import Basis
from projections.rebuild import compare
from projections.registers import REGISTERS, households, inspections, organisation
from projections.registers.inspections import Inspections
from projections.states.inspections import apply_mandate
from projections.states.timeline import Span
from tests.given import named
from tests.projections import grievance_cases as a
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.grievance_cases import CASE, CELL, COMMUNE, ELSEWHERE, HOUSEHOLD, OTHER_CELL, PROVINCE
from tests.projections.test_grievance_access import seen

INSPECTOR, COLLEAGUE, OUTSIDER = named("an inspector"), named("another inspector"), named("an outsider")
MANDATE, OTHER = named("a mandate"), named("another mandate")
OTHER_CASE = named("another case")
RAISED = date(2022, 3, 7)
DAY = timedelta(days=1)


def mandate(since: date, until: date, mandate: UUID = MANDATE, unit: UUID = PROVINCE, **more: Any) -> Fact[Any]:
    body = MandateGiven(mandate=mandate, unit=unit, team=(INSPECTOR, COLLEAGUE), until=until, **more)
    return msgspec.structs.replace(fact(body, since, unit), basis=Basis(number="9-QĐ/UBKT", issued_on=since))


def now_in_force(**more: Any) -> Fact[Any]:
    return mandate(today() - DAY, today() + DAY, **more)


async def told(archive: ArchiveOf, *facts: Fact[Any]) -> None:
    """A case at the cell, another at the commune, and the household of the first."""
    home = fact(HouseholdRegistered(household=HOUSEHOLD, unit=CELL, head="s1:head"), a.FOUNDED, CELL)
    names = [
        fact(PersonRegistered(person=person, name=f"s1:{person}"), a.FOUNDED, unit)
        for person, unit in ((INSPECTOR, PROVINCE), (a.SECRETARIES[COMMUNE], COMMUNE), (a.MEMBER, CELL))
    ]
    await archive.record(*a.founded(), home, *names, a.raised(RAISED), a.at_office(RAISED, OTHER_CASE), *facts)
    await archive.project(REGISTERS)
    assert await archive.fetch("SELECT * FROM projection.quarantine") == []


def team(unit: UUID = PROVINCE, asker: UUID = INSPECTOR) -> dict[str, Any]:
    """Somebody of the team, whose own unit is that of the inspection."""
    return {"unit": unit, "role": "inspection", "asker": asker}


async def scope(archive: ArchiveOf, **who: Any) -> set[UUID]:
    async with archive.asking(**who) as connection:
        return {row[0] for row in await connection.fetch("SELECT access.scope()")}


async def test_without_a_mandate_an_inspection_sees_nothing(archive: ArchiveOf) -> None:
    await told(archive)
    assert await seen(archive, **team()) == set()
    assert await scope(archive, **team()) == set()
    assert await seen(archive, unit=PROVINCE, asker=INSPECTOR) == {CASE, OTHER_CASE}, "an office needs none"


async def test_a_mandate_for_a_unit_gives_all_at_and_below_it(archive: ArchiveOf) -> None:
    await told(archive, now_in_force(units=(COMMUNE,)))
    assert await scope(archive, **team()) == {COMMUNE, CELL, OTHER_CELL}
    assert await seen(archive, **team()) == {CASE, OTHER_CASE}
    assert await seen(archive, **team(asker=COLLEAGUE)) == {CASE, OTHER_CASE}
    assert await seen(archive, **team(asker=OUTSIDER)) == set()


async def test_a_mandate_for_the_highest_unit_gives_everything(archive: ArchiveOf) -> None:
    await told(archive, now_in_force(units=(PROVINCE,)))
    async with archive.asking(**team()) as connection:
        assert await connection.fetchval("SELECT access.everything()")
    async with archive.asking(**team(unit=COMMUNE)) as connection:
        assert await connection.fetchval("SELECT access.everything()")
    assert await seen(archive, **team()) == {CASE, OTHER_CASE}


async def test_a_mandate_for_a_case_gives_that_case_alone_with_who_is_named_in_it(archive: ArchiveOf) -> None:
    handled = HandlerAssigned(grievance=CASE, holder=CELL, person=a.SECRETARIES[COMMUNE])
    await told(archive, a.step(handled, RAISED + DAY), now_in_force(cases=(CASE,)))
    assert await seen(archive, **team()) == {CASE}
    assert await scope(archive, **team()) == set()
    people = [INSPECTOR, a.SECRETARIES[COMMUNE], a.MEMBER]
    async with archive.asking(**team()) as connection:
        assert set(await organisation.names_inspected(connection, people, archive.head)) == set(people)
        assert await organisation.persons(connection, people, archive.head) == {}, "their names, and nothing else"
        assert await households.contacts(connection, [HOUSEHOLD], archive.head) == {}
        assert set(await households.contacts_by_cases(connection, [HOUSEHOLD], archive.head)) == {HOUSEHOLD}
        assert await connection.fetch("SELECT FROM trails_v1.entry") == []
        assert await connection.fetch("SELECT FROM organisation_v1.tenure") == []
    async with archive.asking(**team(asker=OUTSIDER)) as connection:
        assert await organisation.names_inspected(connection, people, archive.head) == {}
        assert await households.contacts_by_cases(connection, [HOUSEHOLD], archive.head) == {}
    async with archive.asking(PROVINCE, asker=INSPECTOR) as connection:
        assert await organisation.names_inspected(connection, people, archive.head) == {}, "an office asks by its scope"


@pytest.mark.parametrize(
    ("since", "until", "gives"),
    [(-9, -1, False), (-9, 0, True), (0, 0, True), (0, 9, True), (1, 9, False)],
)
async def test_it_holds_from_its_first_day_through_its_last(
    archive: ArchiveOf, since: int, until: int, gives: bool
) -> None:
    span = today() + since * DAY, today() + until * DAY
    await told(archive, mandate(*span, units=(COMMUNE,)), mandate(*span, mandate=OTHER, cases=(CASE,)))
    assert await seen(archive, **team()) == ({CASE, OTHER_CASE} if gives else set())
    assert await scope(archive, **team()) == ({COMMUNE, CELL, OTHER_CELL} if gives else set())
    async with archive.asking(**team()) as connection:
        assert await inspections.spans(connection, INSPECTOR) == [Span(span[0], span[1] + DAY)] * 2


async def test_what_was_extended_goes_on_and_what_was_ended_does_not(archive: ArchiveOf) -> None:
    extended = fact(MandateExtended(mandate=MANDATE, until=today()), today() - 2 * DAY, PROVINCE)
    ended = fact(MandateEnded(mandate=OTHER, reason=MandateEnding.WITHDRAWN), today(), PROVINCE)
    await told(
        archive,
        mandate(today() - 9 * DAY, today() - DAY, units=(CELL,)),
        mandate(today() - 9 * DAY, today() + 9 * DAY, mandate=OTHER, units=(ELSEWHERE,)),
    )
    assert await scope(archive, **team()) == {ELSEWHERE, a.FAR_CELL}
    await archive.record(extended, ended)
    await archive.project(REGISTERS)
    assert await scope(archive, **team()) == {CELL}
    async with archive.asking(**team()) as connection:
        before = await inspections.one(connection, OTHER, archive.head - 1)
        after = await inspections.one(connection, OTHER, archive.head)
    assert before is not None
    assert after is not None
    assert (before.ends, before.ended, len(before.steps)) == (today() + 10 * DAY, None, 1)
    assert (after.ends, after.ended, after.reason) == (today(), today(), "withdrawn")
    assert [(step.type, step.document) for step in after.steps] == [
        ("inspection.mandate_given.v1", "9-QĐ/UBKT"),
        ("inspection.mandate_ended.v1", None),
    ]


async def test_who_it_is_about_does_not_inspect_it_and_what_is_above_the_team_stays_hidden(archive: ArchiveOf) -> None:
    about = PersonConcerned(
        grievance=CASE, about=(Person(person=COLLEAGUE, above=PROVINCE),), visible=PROVINCE, holder=PROVINCE
    )
    await told(archive, a.step(about, RAISED + DAY), now_in_force(cases=(CASE, OTHER_CASE)))
    assert await seen(archive, **team()) == {CASE, OTHER_CASE}
    assert await seen(archive, **team(asker=COLLEAGUE)) == {OTHER_CASE}
    # The commune's own inspection is not above him, whoever gave the mandate.
    assert await seen(archive, **team(unit=COMMUNE)) == {OTHER_CASE}


async def test_a_unit_that_left_the_committee_is_not_its_to_have_inspected_any_more(archive: ArchiveOf) -> None:
    moved = fact(UnitReparented(unit=CELL, parent=ELSEWHERE, former_parent=COMMUNE), today() - DAY, CELL)
    await told(archive, now_in_force(unit=COMMUNE, units=(CELL, OTHER_CELL)), moved)
    assert await scope(archive, **team()) == {OTHER_CELL}
    assert await seen(archive, **team()) == set()


async def test_a_mandate_outlasts_the_committee_that_gave_it_where_another_took_it_in(archive: ArchiveOf) -> None:
    merged = fact(UnitMerged(unit=COMMUNE, into=ELSEWHERE), today() - DAY, COMMUNE)
    await told(archive, now_in_force(unit=COMMUNE, units=(CELL,)), merged)
    assert await scope(archive, **team()) == {CELL}
    assert await seen(archive, **team()) == {CASE}


async def test_who_sees_the_mandate(archive: ArchiveOf) -> None:
    about = PersonConcerned(
        grievance=CASE, about=(Person(person=OUTSIDER, above=COMMUNE),), visible=COMMUNE, holder=COMMUNE
    )
    given_ = now_in_force(unit=COMMUNE, cases=(CASE,), units=(CELL,))
    await told(archive, given_, now_in_force(mandate=OTHER, units=(PROVINCE,)), a.step(about, RAISED + DAY))

    async def sees(**who: Any) -> set[UUID]:
        async with archive.asking(**who) as connection:
            found = {row[0] for row in await connection.fetch("SELECT mandate FROM inspections_v1.mandate")}
        return found & {MANDATE, OTHER}

    for role in ("commune_office", "auditor", "system"):
        assert await sees(unit=PROVINCE, role=role) == {MANDATE, OTHER}
        assert await sees(unit=COMMUNE, role=role) == {MANDATE}
        assert await sees(unit=CELL, role=role) == await sees(unit=ELSEWHERE, role=role) == set()
        assert await sees(unit=COMMUNE, role=role, asker=OUTSIDER) == set(), "a case of it is about him"
    assert await sees(**team()) == {MANDATE, OTHER}
    assert await sees(**team(asker=a.INSPECTORS[PROVINCE])) == set(), "another team sees its own"
    assert await sees(person=INSPECTOR) == {MANDATE, OTHER}
    assert await sees(person=OUTSIDER) == await sees() == set()
    async with archive.asking(PROVINCE, role="auditor") as connection:
        kinds = {row[0] for row in await connection.fetch("SELECT type FROM trails_v1.message")}
    assert not [kind for kind in kinds if kind.startswith("inspection.")], "no other register opens its facts"


DAYS = st.integers(0, 20).map(lambda number: date(2026, 1, 1) + number * DAY)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=DAYS,
    until=DAYS,
    steps=st.lists(st.tuples(st.booleans(), DAYS), max_size=4),
    chunk=st.integers(1, 5),
    asked=st.lists(st.tuples(DAYS, st.integers(0, 4)), min_size=3, max_size=6),
)
async def test_who_was_mandated_when_is_what_the_facts_say_day_by_day(
    archive: ArchiveOf,
    first: date,
    until: date,
    steps: list[tuple[bool, date]],
    chunk: int,
    asked: list[tuple[date, int]],
) -> None:
    """Against a model that knows each day of which it was said that the mandate holds."""
    if not archive.facts:
        await archive.record(*a.founded())
    key = named(f"mandate at {archive.head}")
    facts = [mandate(first, until, mandate=key, units=(COMMUNE,))]
    for extends, day in steps:
        body = MandateExtended(mandate=key, until=day) if extends else _ended(key)
        facts.append(fact(body, day, PROVINCE))
    before = archive.head
    await archive.record(*facts)
    await archive.project(REGISTERS, chunk)
    days = [date(2026, 1, 1) + number * DAY for number in range(40)]
    async with archive.asking(PROVINCE, role="auditor") as connection:
        for day, number in asked:
            known = facts[: min(number, len(steps)) + 1]
            holds = {each for each in days if first <= each <= until}
            last, ended = until, None
            for one in known[1:]:
                last = one.body.until if isinstance(one.body, MandateExtended) else last
                ended = one.effective if isinstance(one.body, MandateEnded) else ended
                holds = {each for each in days if first <= each <= last and (ended is None or each < ended)}
            position = before + len(known)
            listed = await inspections.of_unit(connection, PROVINCE, day, position, True, 1000)
            assert (key in {each.mandate for each in listed}) == (day in holds)
            everything = await inspections.of_unit(connection, PROVINCE, day, position, False, 1000)
            assert key in {each.mandate for each in everything}
    assert await compare(archive.url, [Inspections], lambda *_: None) == []


def _ended(mandate: UUID) -> MandateEnded:
    return MandateEnded(mandate=mandate, reason=MandateEnding.CONCLUDED)


async def test_a_fact_that_fits_no_mandate_waits_and_harms_no_other(archive: ArchiveOf) -> None:
    await told(archive, now_in_force(units=(COMMUNE,)))
    await archive.record(
        fact(_ended(OTHER), today(), PROVINCE),
        now_in_force(units=(ELSEWHERE,)),
    )
    await archive.project(REGISTERS)
    parked = await archive.fetch("SELECT entity, reason FROM projection.quarantine ORDER BY reason")
    assert [tuple(row) for row in parked] == [(MANDATE, "mandate_exists"), (OTHER, "mandate_unknown")]
    assert await scope(archive, **team()) == {COMMUNE, CELL, OTHER_CELL}


def test_a_mandate_that_ended_before_it_began_holds_on_no_day() -> None:
    given_ = apply_mandate(None, mandate(date(2026, 2, 1), date(2026, 3, 1), units=(COMMUNE,)))
    ended = apply_mandate(given_, fact(_ended(MANDATE), date(2026, 1, 15), PROVINCE))
    assert ended.span == Span(date(2026, 2, 1), date(2026, 2, 1))
    assert not any(ended.span.holds(date(2026, 1, 1) + number * DAY) for number in range(90))
