"""What was erased is taken out of every register, whatever came together in one batch; and who sees the requests."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Fact
from events.facts.erasures import ErasureExecuted, ErasureGround, ErasureOf, ErasureRequested
from events.facts.evaluations import ObjectionAbout, ObjectionRaised, RoundOpened, Subject
from events.facts.households import EconomicClass, EconomicClassReviewed, HouseholdMoved, HouseholdRegistered
from events.facts.meetings import MonthlyReportSubmitted
from events.facts.organisation import CellKind, PersonRegistered, UnitFounded, UnitKind
from events.facts.visits import Outcome, Purpose, VisitCorrected, VisitDisputed, VisitRecorded
from projections.rebuild import compare, rebuild
from projections.registers import REGISTERS, erasures, households, organisation, visits
from projections.registers.coverage import Coverage
from projections.registers.grievances import Grievances
from tests.given import named
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.test_evaluations import RULES

PROVINCE, COMMUNE, CELL, OTHER = (named(f"place {number}") for number in range(4))
PERSON, NEIGHBOUR = named("somebody"), named("neighbour")
HOUSEHOLD, NEXT_DOOR = named("house"), named("next door")
VISIT, REPORT = named("a visit"), named("a report")
ROUND = {"round": named("a round"), "unit": CELL, "year": 2018}
START, DAY, LATER = date(2018, 1, 1), date(2018, 3, 1), date(2018, 6, 1)


def units() -> list[Fact[Any]]:
    levels = ((PROVINCE, UnitKind.PROVINCE, None), (COMMUNE, UnitKind.COMMUNE, PROVINCE))
    cells = ((CELL, UnitKind.CELL, COMMUNE), (OTHER, UnitKind.CELL, COMMUNE))
    return [
        fact(UnitFounded(unit=unit, kind=kind, name="Đơn vị", parent=above, cell_kind=_kind(kind)), START, unit)
        for unit, kind, above in (*levels, *cells)
    ]


def _kind(kind: UnitKind) -> CellKind | None:
    return CellKind.VILLAGE if kind is UnitKind.CELL else None


def visit(household: UUID, note: str, visit: UUID = VISIT) -> VisitRecorded:
    return VisitRecorded(
        visit=visit,
        household=household,
        member=PERSON,
        purpose=Purpose.REGULAR,
        topics=(),
        outcomes=(Outcome.INFORMED,),
        note=note,
    )


def told() -> list[Fact[Any]]:
    """Everything that has something sealed in a register: of whom it will be gone, and of others beside him."""
    corrected = VisitCorrected(
        visit=VISIT,
        household=HOUSEHOLD,
        member=PERSON,
        purpose=Purpose.REGULAR,
        topics=(),
        outcomes=(Outcome.INFORMED,),
        note="s1:gone",
    )
    return [
        fact(PersonRegistered(person=PERSON, name="s1:gone", contact="s1:gone"), START, CELL),
        fact(PersonRegistered(person=NEIGHBOUR, name="s1:stays", contact="s1:stays"), START, CELL),
        fact(HouseholdRegistered(household=HOUSEHOLD, unit=CELL, head="s1:gone", address="s1:gone"), START, CELL),
        fact(HouseholdRegistered(household=NEXT_DOOR, unit=CELL, head="s1:stays", address="s1:stays"), START, CELL),
        fact(visit(HOUSEHOLD, "s1:gone"), DAY, CELL),
        fact(visit(NEXT_DOOR, "s1:stays", uuid4()), DAY, CELL),
        fact(corrected, DAY, CELL),
        fact(VisitDisputed(visit=VISIT, household=HOUSEHOLD, member=PERSON, note="s1:gone"), DAY, CELL),
        fact(_report(), DAY, CELL),
        fact(RoundOpened(**ROUND, rules=RULES, subject=Subject.CELL, committee=COMMUNE), DAY, CELL),
        fact(
            ObjectionRaised(
                **ROUND, objection=named("objection"), member=PERSON, about=ObjectionAbout.DOSSIER, text="s1:gone"
            ),
            DAY,
            CELL,
        ),
        fact(PersonRegistered(person=PERSON, name="s1:gone too"), LATER, CELL),
    ]


def _report() -> MonthlyReportSubmitted:
    return MonthlyReportSubmitted(report=REPORT, unit=CELL, member=PERSON, month=DAY, lines=(), note="s1:gone")


def _of(subject: UUID) -> UUID:
    return named(f"an erasure of {subject}")


def erased(*owners: UUID) -> list[Fact[Any]]:
    return [fact(ErasureExecuted(erasure=_of(owner), subject=owner, whose=owner), LATER, COMMUNE) for owner in owners]


def requested() -> list[Fact[Any]]:
    kinds = ((PERSON, ErasureOf.PERSON), (HOUSEHOLD, ErasureOf.HOUSEHOLD))
    return [
        fact(
            ErasureRequested(erasure=_of(who), subject=who, unit=COMMUNE, of=of, ground=ErasureGround.REQUEST),
            LATER,
            COMMUNE,
        )
        for who, of in kinds
    ]


AFTERWARDS = [
    # What goes on about them; and what had been sealed just before the key ended.
    fact(HouseholdMoved(household=HOUSEHOLD, unit=OTHER, former_unit=CELL), date(2018, 7, 1), CELL),
    fact(
        EconomicClassReviewed(household=HOUSEHOLD, year=2018, economic_class=EconomicClass.POOR),
        date(2018, 8, 1),
        CELL,
    ),
    fact(visit(HOUSEHOLD, "s1:gone", named("a late visit")), date(2018, 8, 1), CELL),
    fact(PersonRegistered(person=PERSON, name="s1:gone"), date(2018, 8, 1), CELL),
]


KEEP_NO_TEXT = [Coverage, Grievances]
"""Registers that fold facts with something sealed in them and keep nothing of that. Trails hear of everything."""


def test_every_register_that_keeps_something_sealed_hears_of_erasures() -> None:
    told = [register for register in REGISTERS if any(body.SEALED for body in register.handles)]
    assert len(told) > len(KEEP_NO_TEXT)
    assert [register for register in told if ErasureExecuted not in register.handles] == KEEP_NO_TEXT


async def everything(archive: ArchiveOf) -> list[str]:
    """Every row of every register in which something that is gone still stands."""
    tables = await archive.fetch(
        "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname LIKE '%\\_v1' ORDER BY 1"
    )
    found = []
    for (table,) in tables:
        rows = await archive.fetch(f"SELECT t::text AS row FROM {table} t WHERE t::text LIKE '%s1:gone%'")
        found += [f"{table}: {row['row']}" for row in rows]
    gone = b"s1:gone".hex()
    for (table,) in tables:
        if table.endswith(".state"):
            rows = await archive.fetch(f"SELECT entity FROM {table} WHERE encode(body, 'hex') LIKE '%{gone}%'")
            found += [f"{table}: {row['entity']}" for row in rows]
    return found


@pytest.mark.parametrize("chunk", [1, 3, 5, 1000])
async def test_nothing_of_it_stands_in_any_register(archive: ArchiveOf, chunk: int) -> None:
    await archive.record(*units(), *told())
    await archive.project(REGISTERS, chunk)
    assert len(await everything(archive)) >= 10, "it stood there before: the search works"
    await archive.record(*requested(), *erased(PERSON, HOUSEHOLD), *AFTERWARDS)
    await archive.project(REGISTERS, chunk)
    assert await everything(archive) == []
    async with archive.asking(PROVINCE) as connection:
        head = archive.head
        people = await organisation.persons(connection, [PERSON, NEIGHBOUR], head)
        assert (people[PERSON].name, people[NEIGHBOUR].name) == (None, "s1:stays")
        contacts = await households.contacts(connection, [HOUSEHOLD, NEXT_DOOR], head)
        assert contacts[HOUSEHOLD] == (None, None)
        assert contacts[NEXT_DOOR][0] == "s1:stays"
        (stays,) = await visits.of_household(connection, NEXT_DOOR, START, LATER, head)
        assert stays.note == "s1:stays"
        # Where it belongs and what was done is still known, also of the time before.
        (moved,) = await households.households(connection, [HOUSEHOLD], date(2018, 9, 1), head)
        assert (moved.unit, moved.economic_class, moved.head) == (OTHER, EconomicClass.POOR, None)
        (before,) = await households.households(connection, [HOUSEHOLD], DAY, head)
        assert (before.unit, before.head, before.address) == (CELL, None, None)
        assert len(await visits.of_household(connection, HOUSEHOLD, START, LATER, head)) == 1


async def test_a_full_rebuild_brings_nothing_back(archive: ArchiveOf) -> None:
    await archive.record(*units(), *told(), *requested(), *erased(PERSON, HOUSEHOLD), *AFTERWARDS)
    await archive.project(REGISTERS, 2)
    await rebuild(archive.url, REGISTERS, lambda _done, _total: None)
    assert await everything(archive) == []
    assert await compare(archive.url, REGISTERS, lambda _done, _total: None) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_however_facts_come_together_the_registers_are_the_same(archive: ArchiveOf, data: st.DataObject) -> None:
    """An erasure anywhere in the story, folded in any steps, leaves what folding all at once leaves, and nothing
    sealed."""
    story = [*told(), *AFTERWARDS]
    place = data.draw(st.integers(4, len(story)))
    story[place:place] = [*requested(), *erased(*data.draw(st.permutations([PERSON, HOUSEHOLD])))]
    await archive.fetch("TRUNCATE archive.message")
    archive.facts = []
    await archive.record(*units(), *(_again(one) for one in story))
    for register in REGISTERS:
        await archive.fetch(f"DROP SCHEMA IF EXISTS {register.live_schema()} CASCADE")
    await archive.fetch("TRUNCATE projection.checkpoint, projection.quarantine")
    await archive.project(REGISTERS, data.draw(st.integers(1, 9)))
    assert await everything(archive) == []
    assert await compare(archive.url, REGISTERS, lambda _done, _total: None) == []


def _again(one: Fact[Any]) -> Fact[Any]:
    """The same with an id of its own."""
    return fact(one.body, one.effective, one.unit)


async def test_a_request_is_seen_where_it_was_received_and_above_and_by_who_asked(archive: ArchiveOf) -> None:
    await archive.record(*units(), *told(), *requested())
    await archive.project(REGISTERS)

    async def sees(**who: UUID) -> bool:
        async with archive.asking(**who) as connection:  # type: ignore[arg-type]
            return await erasures.one(connection, _of(PERSON), date(2018, 6, 1), archive.head) is not None

    assert [await sees(unit=unit) for unit in (PROVINCE, COMMUNE, CELL, OTHER)] == [True, True, False, False]
    assert [await sees(person=person) for person in (PERSON, NEIGHBOUR)] == [True, False]
