"""Who may know of a grievance: row-level security answers without any WHERE of ours, and forgets what is withheld."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from events.envelope import Fact
from events.facts.assignments import HouseholdAssigned
from events.facts.grievance_values import Person
from events.facts.grievances import (
    DenunciationHandedOver,
    GrievanceTransferred,
    GrievanceWithdrawn,
    GrievanceWithheld,
    NamingTakenBack,
    PersonConcerned,
)
from events.facts.households import HouseholdMoved, HouseholdRegistered
from events.facts.members import MemberAdmitted, MemberStatus
from events.facts.organisation import UnitDissolved, UnitFounded, UnitKind, UnitMerged, UnitReparented
from projections.rebuild import compare, rebuild
from projections.registers import REGISTERS, households
from projections.registers.grievances import Grievances, receipts, tables
from tests.given import named
from tests.projections import grievance_cases as a
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.grievance_cases import (
    CASE,
    CELL,
    COMMUNE,
    ELSEWHERE,
    FAR_CELL,
    HOUSEHOLD,
    MEMBER,
    OTHER_CELL,
    PROVINCE,
)

BESIDE = named("commune beside")
RAISED, LATER = date(2022, 3, 7), date(2022, 3, 14)
UNITS = (PROVINCE, COMMUNE, ELSEWHERE, CELL, OTHER_CELL, FAR_CELL)
RELATIONS = (*tables.OF_CASES, "message")


async def given(archive: ArchiveOf, *facts: Fact[Any], chunk: int = 1000) -> None:
    await archive.record(*a.founded(), *facts)
    await archive.project(REGISTERS, chunk)
    assert await archive.fetch("SELECT * FROM projection.quarantine") == []


async def seen(archive: ArchiveOf, **who: Any) -> set[UUID]:
    """The cases in any row of any relation that the caller may read: no WHERE anywhere. All relations agree."""
    async with archive.asking(**who) as connection:
        found = [
            {row["grievance"] for row in await connection.fetch(f"SELECT * FROM grievances_v1.{name}")}
            for name in RELATIONS
        ]
    assert all(each == found[0] for each in found)
    return found[0]


async def sees(archive: ArchiveOf, grievance: UUID = CASE) -> set[UUID]:
    """The units that see the case."""
    return {unit for unit in UNITS if grievance in await seen(archive, unit=unit)}


def living_there() -> list[Fact[Any]]:
    """The household in its cell, given to the member."""
    return [
        fact(HouseholdRegistered(household=HOUSEHOLD, unit=CELL, head="s1:head"), a.FOUNDED, CELL),
        fact(MemberAdmitted(person=MEMBER, unit=CELL, status=MemberStatus.ACTIVE), a.FOUNDED, CELL),
        fact(HouseholdAssigned(assignment=named("assignment"), household=HOUSEHOLD, member=MEMBER), a.FOUNDED, CELL),
    ]


async def test_a_case_told_to_the_member_is_seen_by_him_and_from_his_cell_upwards(archive: ArchiveOf) -> None:
    await given(archive, *living_there(), a.raised(RAISED))
    assert await sees(archive) == {CELL, COMMUNE, PROVINCE}
    assert await seen(archive, person=MEMBER) == {CASE}
    assert await seen(archive, person=named("another member")) == set()
    assert await seen(archive) == set()


async def test_a_case_told_at_the_office_is_seen_neither_by_the_member_nor_by_his_cell(archive: ArchiveOf) -> None:
    await given(archive, *living_there(), a.at_office(RAISED))
    assert await sees(archive) == {COMMUNE, PROVINCE}
    assert await seen(archive, person=MEMBER) == set()


async def test_a_household_that_moved_brings_no_case_with_it(archive: ArchiveOf) -> None:
    moved = HouseholdMoved(household=HOUSEHOLD, unit=FAR_CELL, former_unit=CELL)
    await given(archive, *living_there(), a.raised(RAISED), fact(moved, LATER, FAR_CELL))
    assert await sees(archive) == {CELL, COMMUNE, PROVINCE}


async def test_no_fact_of_a_grievance_is_opened_by_the_trails_of_a_unit_or_household(archive: ArchiveOf) -> None:
    await given(archive, *living_there(), a.at_office(RAISED))
    for unit, person in ((CELL, None), (COMMUNE, None), (PROVINCE, None), (None, MEMBER)):
        async with archive.asking(unit, person) as connection:
            kinds = {row[0] for row in await connection.fetch("SELECT type FROM trails_v1.message")}
        assert kinds, "what is not about grievances is there"
        assert not [kind for kind in kinds if kind.startswith("grievance.")]


async def test_who_has_a_case_sees_it_as_long_as_he_has_it(archive: ArchiveOf) -> None:
    await given(archive, a.raised(RAISED), a.escalated(LATER, ELSEWHERE))
    assert await sees(archive) == {CELL, COMMUNE, PROVINCE, ELSEWHERE}
    await archive.record(a.escalated(LATER, PROVINCE, sender=ELSEWHERE))
    await archive.project(REGISTERS)
    assert await sees(archive) == {CELL, COMMUNE, PROVINCE}


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_case_that_turns_out_to_be_about_somebody_is_seen_only_above_him_in_all_its_past(
    archive: ArchiveOf, chunk: int
) -> None:
    secretary = a.SECRETARIES[CELL]
    about = (Person(person=secretary, above=COMMUNE),)
    concerned = PersonConcerned(grievance=CASE, about=about, visible=COMMUNE, holder=COMMUNE)
    await given(archive, a.raised(RAISED), a.step(concerned, LATER), chunk=chunk)
    assert await sees(archive) == {COMMUNE, PROVINCE}
    # Not even when he asks for an office above.
    assert await seen(archive, unit=COMMUNE, asker=secretary) == set()
    assert await seen(archive, unit=COMMUNE, asker=a.SECRETARIES[COMMUNE]) == {CASE}
    assert await seen(archive, person=MEMBER) == {CASE}


async def test_a_case_about_the_member_who_raised_it_is_not_his_to_see(archive: ArchiveOf) -> None:
    about = (Person(person=MEMBER, above=COMMUNE),)
    await given(archive, a.raised(RAISED, visible=COMMUNE, holder=COMMUNE, about=about))
    assert await seen(archive, person=MEMBER) == set()


async def test_what_is_about_the_highest_unit_is_for_inspection_alone(archive: ArchiveOf) -> None:
    about = (Person(person=a.SECRETARIES[PROVINCE]),)
    await given(archive, a.raised(RAISED, visible=PROVINCE, holder=None, about=about))
    assert await sees(archive) == set()
    assert await seen(archive, **a.inspecting(PROVINCE)) == {CASE}
    assert await seen(archive, **a.inspecting(COMMUNE)) == set()
    assert await seen(archive, **a.inspecting(PROVINCE) | {"asker": a.SECRETARIES[PROVINCE]}) == set()


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_naming_that_is_taken_back_is_none_in_all_the_past_of_the_case(archive: ArchiveOf, chunk: int) -> None:
    secretary = a.SECRETARIES[CELL]
    about = (Person(person=secretary, above=COMMUNE),)
    concerned = PersonConcerned(grievance=CASE, about=about, visible=COMMUNE, holder=COMMUNE)
    back = NamingTakenBack(grievance=CASE, cleared=(secretary,), visible=CELL, holder=COMMUNE)
    named_, later = LATER, LATER + timedelta(7)
    await given(archive, a.raised(RAISED), a.step(concerned, named_), a.step(back, later), chunk=chunk)
    assert await sees(archive) == {CELL, COMMUNE, PROVINCE}
    assert await seen(archive, unit=CELL, asker=secretary) == {CASE}
    assert await compare(archive.url, [Grievances], lambda *_: None) == []


async def test_an_inspection_sees_past_nobody_but_from_the_highest_unit(archive: ArchiveOf) -> None:
    """It stands at the commune, and is about somebody above whom only the province is."""
    about = (Person(person=a.SECRETARIES[COMMUNE], above=PROVINCE),)
    await given(archive, a.raised(RAISED, visible=COMMUNE, holder=COMMUNE, about=about))
    assert await seen(archive, **a.inspecting(COMMUNE)) == set()
    assert await seen(archive, **a.inspecting(PROVINCE)) == {CASE}


async def test_a_unit_that_was_put_under_another_is_seen_from_there_today(archive: ArchiveOf) -> None:
    moved = UnitReparented(unit=CELL, parent=ELSEWHERE, former_parent=COMMUNE)
    await given(archive, a.raised(RAISED), fact(moved, LATER, CELL))
    assert await sees(archive) == {CELL, ELSEWHERE, PROVINCE}


async def test_a_successor_sees_the_cases_of_what_went_into_it(archive: ArchiveOf) -> None:
    await given(archive, a.raised(RAISED), fact(UnitMerged(unit=CELL, into=FAR_CELL), LATER, CELL))
    assert await sees(archive) == {FAR_CELL, ELSEWHERE, PROVINCE}
    assert await waiting(archive, FAR_CELL, CELL, OTHER_CELL) == {(FAR_CELL, CASE), (CELL, CASE)}


async def test_of_a_cell_that_was_dissolved_the_unit_above_sees_the_cases(archive: ArchiveOf) -> None:
    await given(archive, a.raised(RAISED), fact(UnitDissolved(unit=CELL), LATER, CELL))
    assert await sees(archive) == {COMMUNE, PROVINCE}


async def waiting(archive: ArchiveOf, *cells: UUID) -> set[tuple[UUID, UUID]]:
    """Cell and case, as intake asks for them."""
    connection = await asyncpg.connect(archive.url, server_settings={"role": "soho_intake"})
    try:
        return {
            tuple(row) for row in await connection.fetch("SELECT cell, grievance FROM access.waiting_at($1)", cells)
        }
    finally:
        await connection.close()


async def test_a_cell_must_conclude_what_waits_there_and_nothing_that_it_may_not_know_of(archive: ArchiveOf) -> None:
    up, above = named("gone up"), named("above it")
    about = (Person(person=a.SECRETARIES[CELL], above=COMMUNE),)
    await given(
        archive,
        a.raised(RAISED),
        a.raised(RAISED, up),
        a.escalated(LATER, COMMUNE, grievance=up),
        a.raised(RAISED, above, visible=COMMUNE, holder=COMMUNE, about=about),
    )
    assert await waiting(archive, CELL, OTHER_CELL) == {(CELL, CASE)}
    assert await waiting(archive, COMMUNE) == {(COMMUNE, CASE), (COMMUNE, up), (COMMUNE, above)}
    await archive.record(a.escalated(LATER, COMMUNE))
    await archive.project(REGISTERS)
    assert await waiting(archive, CELL) == set()


async def test_nothing_waits_before_the_register_is_there(archive: ArchiveOf) -> None:
    await archive.fetch("DROP SCHEMA grievances_v1 CASCADE")
    assert await waiting(archive, CELL) == set()


RECEIPT = DenunciationHandedOver(receipt=named("receipt"), received=RAISED, handed_to=COMMUNE, number="12/BN")


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_case_that_is_withheld_stands_nowhere_any_more_and_a_rebuild_says_the_same(
    archive: ArchiveOf, chunk: int
) -> None:
    other = named("other case")
    await given(
        archive,
        a.raised(RAISED),
        a.raised(RAISED, other),
        a.escalated(LATER, COMMUNE),
        a.booked(LATER),
        a.step(GrievanceWithheld(grievance=CASE), LATER),
        a.step(RECEIPT, LATER),
        a.escalated(LATER, COMMUNE, grievance=other),
        chunk=chunk,
    )
    for name in ("step", "hop", "clock", "fact"):
        assert {row[0] for row in await archive.fetch(f"SELECT grievance FROM grievances_v1.{name}")} == {other}
    assert [row[0] for row in await archive.fetch("SELECT entity FROM grievances_v1.state")] == [other]
    everything = await archive.fetch(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'grievances_v1'"
    )
    for (name,) in everything:
        rows = await archive.fetch(f"SELECT t::text AS row FROM grievances_v1.{name} t")
        assert not [row for row in rows if str(CASE) in row["row"]], name
    assert await compare(archive.url, [Grievances], lambda *_: None) == []
    await rebuild(archive.url, [Grievances], lambda *_: None)
    assert await sees(archive, CASE) == set()
    assert await sees(archive, other) == {CELL, COMMUNE, PROVINCE}


async def contacts(archive: ArchiveOf, **who: Any) -> dict[UUID, Any]:
    """What the caller may read of who the households are: by sight, and by the cases that his unit has."""
    asked = [HOUSEHOLD, OTHER_HOUSEHOLD]
    async with archive.asking(**who) as connection:
        found = await households.contacts(connection, asked, archive.head)
        return found | await households.contacts_by_cases(connection, asked, archive.head)


OTHER_HOUSEHOLD = named("other household")
HEAD, OTHER_HEAD = ("s1:head", "s1:address"), ("s1:other head", None)


def registered() -> list[Fact[Any]]:
    """Two households of the cell."""
    return [
        fact(HouseholdRegistered(household=HOUSEHOLD, unit=CELL, head=HEAD[0], address=HEAD[1]), a.FOUNDED, CELL),
        fact(HouseholdRegistered(household=OTHER_HOUSEHOLD, unit=CELL, head=OTHER_HEAD[0]), a.FOUNDED, CELL),
    ]


def transferred(day: date, sender: UUID, to: UUID) -> Fact[Any]:
    return a.step(GrievanceTransferred(grievance=CASE, sender=sender, to=to), day)


async def test_a_body_to_which_a_case_was_transferred_reads_whose_it_is_while_it_has_it_and_nothing_else(
    archive: ArchiveOf,
) -> None:
    """Told at the office: the commune reads its own households; the commune beside only that of the case it has."""
    await given(archive, *registered(), a.at_office(RAISED), transferred(LATER, COMMUNE, ELSEWHERE))
    assert await contacts(archive, unit=ELSEWHERE) == {HOUSEHOLD: HEAD}
    assert await contacts(archive, unit=FAR_CELL) == {}
    assert await contacts(archive, person=MEMBER) == {}
    assert await contacts(archive) == {}
    assert await contacts(archive, unit=COMMUNE) == {HOUSEHOLD: HEAD, OTHER_HOUSEHOLD: OTHER_HEAD}
    async with archive.asking(ELSEWHERE) as connection:
        # Nothing else of the household is open to it, and no table is.
        assert await connection.fetch("SELECT * FROM households_v1.household") == []
        assert await households.households(connection, [HOUSEHOLD], LATER, archive.head) == []

    await archive.record(transferred(LATER + timedelta(7), ELSEWHERE, COMMUNE))
    await archive.project(REGISTERS)
    assert await contacts(archive, unit=ELSEWHERE) == {}


async def test_what_is_closed_or_about_its_own_people_opens_no_household(archive: ArchiveOf) -> None:
    about = (Person(named("officer"), ELSEWHERE),)
    await given(archive, *registered(), a.at_office(RAISED), transferred(LATER, COMMUNE, ELSEWHERE))
    assert await contacts(archive, unit=ELSEWHERE, asker=named("officer")) == {HOUSEHOLD: HEAD}
    concerned = PersonConcerned(grievance=CASE, about=about, visible=ELSEWHERE, holder=ELSEWHERE)
    await archive.record(a.step(concerned, LATER + timedelta(1)))
    await archive.project(REGISTERS)
    assert await contacts(archive, unit=ELSEWHERE, asker=named("officer")) == {}
    assert await contacts(archive, unit=ELSEWHERE, asker=named("another officer")) == {HOUSEHOLD: HEAD}
    await archive.record(a.step(GrievanceWithdrawn(grievance=CASE), LATER + timedelta(2)))
    await archive.project(REGISTERS)
    assert await contacts(archive, unit=ELSEWHERE, asker=named("another officer")) == {}


async def test_who_acts_for_a_unit_that_ended_reads_whose_case_it_is(archive: ArchiveOf) -> None:
    merged = UnitMerged(unit=ELSEWHERE, into=BESIDE)
    await given(
        archive,
        fact(UnitFounded(unit=BESIDE, kind=UnitKind.COMMUNE, name="Xã bên", parent=PROVINCE), a.FOUNDED, PROVINCE),
        *registered(),
        a.at_office(RAISED),
        transferred(LATER, COMMUNE, ELSEWHERE),
        fact(merged, LATER + timedelta(1), PROVINCE),
    )
    assert await contacts(archive, unit=BESIDE) == {HOUSEHOLD: HEAD}
    assert await contacts(archive, unit=ELSEWHERE) == {}


@pytest.mark.parametrize("chunk", [1, 100])
async def test_a_case_that_cannot_be_folded_is_taken_out_of_the_quarantine_as_well_when_it_is_withheld(
    archive: ArchiveOf, chunk: int
) -> None:
    other = named("other case")
    await archive.record(*a.founded(), *(a.raised(RAISED, case) for case in (CASE, CASE, other, other)))
    await archive.project(REGISTERS, chunk)
    parked = "SELECT entity, reason FROM projection.quarantine"
    assert {tuple(row) for row in await archive.fetch(parked)} == {
        (CASE, "grievance_exists"),
        (other, "grievance_exists"),
    }
    await archive.record(a.raised(RAISED), a.step(GrievanceWithheld(grievance=CASE), LATER))
    await archive.project(REGISTERS, chunk)
    assert [tuple(row) for row in await archive.fetch(parked)] == [(other, "grievance_exists")]
    assert await compare(archive.url, [Grievances], lambda *_: None) == []
    assert await sees(archive) == set()


async def test_a_receipt_is_for_the_inspection_of_a_unit_above_and_leads_nowhere(archive: ArchiveOf) -> None:
    await given(archive, a.step(RECEIPT, RAISED + timedelta(1), unit=COMMUNE))
    found = {}
    for unit in (PROVINCE, COMMUNE, ELSEWHERE, CELL):
        for role in ("inspection", "auditor", "commune_office", "system", ""):
            async with archive.asking(unit, asker=a.INSPECTORS[unit], role=role) as connection:
                found[unit, role] = [each.number for each in await receipts(connection)]
    assert {who for who, numbers in found.items() if numbers} == {(PROVINCE, "inspection"), (COMMUNE, "inspection")}
    columns = await archive.fetch(
        """SELECT column_name FROM information_schema.columns
           WHERE table_schema = 'grievances_v1' AND table_name = 'receipt'"""
    )
    assert {row[0] for row in columns} == {"receipt", "received", "handed_to", "number"}
    async with archive.asking(**a.inspecting(PROVINCE)) as connection:
        for view in ("trails_v1.message", "grievances_v1.message"):
            kinds = {row[0] for row in await connection.fetch(f"SELECT type FROM {view}")}
            assert RECEIPT.TYPE not in kinds
